"""Work that goes on beside other work: what is done outside of Python (parsing, compressing) leaves Python free."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def meanwhile(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a piece of work on another core; what is returned waits for its result, or raises what it raised."""
    results: SimpleQueue[Callable[[], T]] = SimpleQueue()

    def run() -> None:
        try:
            found = work()
        except BaseException as failure:
            results.put(_raising(failure))
        else:
            results.put(lambda: found)

    Thread(target=run, daemon=True).start()
    return lambda: results.get()()


def _raising(failure: BaseException) -> Callable[[], Any]:
    def again() -> Any:
        raise failure

    return again
