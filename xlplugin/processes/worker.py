"""A worker process: imports once, then calls one function after another as it is told. `python -m xlplugin.processes.worker`

It talks through its standard streams, one pickle a message; when its parent is gone it ends, whatever it does.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Iterator
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import Any

from xlplugin.orphans import die_with_parent

READY = "ready"


def main() -> None:
    """Say READY, then answer each (function, arguments, named arguments) with what it gives, until the stream ends."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get among the answers

    def say(message: Any) -> None:
        pickle.dump((message,), answers)
        answers.flush()

    try:
        for module in sys.argv[1:]:
            import_module(module)
    except Exception as failure:
        say(f"{type(failure).__name__}: {failure}")
        return
    gc.collect()
    gc.freeze()  # what has been imported stays: no need to look through it again and again
    gc.set_threshold(50_000, 20, 100)
    say(READY)
    for function, args, given in _questions():
        say(function(*args, **given))


def _questions() -> Iterator[Any]:
    """What the parent asks. Listened to by a thread, so that the end of the parent is heard in the middle of a workbook."""
    asked: SimpleQueue[Any] = SimpleQueue()

    def listen() -> None:
        with contextlib.suppress(Exception):
            while True:
                asked.put(pickle.load(sys.stdin.buffer))
        os._exit(0)

    Thread(target=listen, daemon=True).start()
    while True:
        yield asked.get()


if __name__ == "__main__":
    main()
