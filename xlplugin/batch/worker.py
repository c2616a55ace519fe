"""A worker process: imports once, then does one workbook after another as it is told. `python -m xlplugin.batch.worker`

It talks through its standard streams, one pickle a message; when its parent is gone the stream ends, and so does it.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys

READY = "ready"


def main() -> None:
    """Say READY, then answer each (path, options) with its Result, until the stream ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get among the answers

    def say(message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    try:
        from xlplugin import deliver  # noqa: F401
        from xlplugin.batch.work import run_one
        from xlplugin.render import docx, record  # noqa: F401
    except Exception as failure:
        say(f"{type(failure).__name__}: {failure}")
        return
    gc.collect()
    gc.freeze()  # what has been imported stays: no need to look through it again and again
    gc.set_threshold(50_000, 20, 100)
    say(READY)
    while True:
        try:
            path, options = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        say(run_one(path, options))


if __name__ == "__main__":
    main()
