"""Work that goes on beside other work: what is done outside of Python (parsing, compressing) leaves Python free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any, TypeVar

T = TypeVar("T")


def meanwhile(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a piece of work on another core; what is returned waits for its result, or raises what it raised."""
    return partial(next, ahead([work])())


def _raising(failure: BaseException) -> Callable[[], Any]:
    def again() -> Any:
        raise failure

    return again


def ahead(works: Sequence[Callable[[], T]], most: int = 3) -> Callable[[], Iterator[T]]:
    """Begin some pieces of work, one after the other; asked for, their results come in order. At `most` so many wait to be taken."""
    results: SimpleQueue[Callable[[], T]] = SimpleQueue()
    room = Semaphore(most)

    def run() -> None:
        for work in works:
            room.acquire()
            try:
                found = work()
            except BaseException as failure:
                results.put(_raising(failure))
                return
            results.put(partial(_same, found))

    def taken() -> Iterator[T]:
        for _ in works:
            found = results.get()()
            room.release()
            yield found

    Thread(target=run, daemon=True).start()
    return taken


def _same(found: T) -> T:
    return found
