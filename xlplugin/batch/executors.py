"""Where the workbooks are done: in this process, in worker processes, on a cluster. The same function is mapped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path
from threading import local

from xlplugin.batch.stop import Stop
from xlplugin.batch.work import Options, Result, run_one, undone
from xlplugin.processes import Child, Children, Died, Late, NotStarted

Job = tuple[int, Path, Options]
"""Its number, a workbook, how to do it."""
Numbered = tuple[int, Result]
Do = Callable[[Path, Options, float | None], Result]

_MOMENT = 0.2
"""Seconds after which to look whether Ctrl-C was pressed."""

_MODULES = (
    "xlplugin.batch.work",
    "xlplugin.deliver",
    "xlplugin.render.docx",
    "xlplugin.render.record",
)
"""What a worker process loads before its first workbook."""


def here(jobs: Iterable[Job], stop: Stop) -> Generator[Numbered]:
    """One after the other, in this process; no clock can stop one of them."""
    for number, path, options in jobs:
        if stop.asked:
            return
        yield number, run_one(path, options)


def processes(
    jobs: Iterable[Job], stop: Stop, count: int, limit: float | None
) -> Generator[Numbered]:
    """In `count` worker processes; what takes longer than `limit` seconds is killed."""
    with Children(count, _MODULES) as children:

        def do(path: Path, options: Options, limit: float | None) -> Result:
            return watched(children.own, path, options, limit)

        yield from mapped(children.threads, do, jobs, stop, count, limit)


def watched(child: Child, path: Path, options: Options, limit: float | None) -> Result:
    """`run_one` in a worker process, within `limit` seconds (None: however long it takes). Never raises."""
    try:
        return child.call(limit, run_one, path, options)
    except Late:
        return undone(
            path,
            f"超过{limit:g}秒还没有做完，已经放弃。请看它是否过大，或加大 --timeout。",
            "timeout",
        )
    except Died:
        return undone(path, "处理它的进程两次意外中断，可能是内存不足。请单独用 kp bulletin 再试。")
    except NotStarted as failure:
        return undone(path, str(failure))


_here = local()


def run_watched(path: Path, options: Options, limit: float | None) -> Result:
    """`run_one` with its time limit: in this thread's own worker process. What a cluster's machines are given.

    Without a limit there is nothing to watch, and the work is done right here.
    """
    if limit is None:
        return run_one(path, options)
    if not hasattr(_here, "child"):
        _here.child = Child(*_MODULES)
    return watched(_here.child, path, options, limit)


def mapped(
    executor: Executor, do: Do, jobs: Iterable[Job], stop: Stop, window: int, limit: float | None
) -> Generator[Numbered]:
    """Results as they come. At most `window` workbooks are under way, so that Ctrl-C has only those to wait for.

    The next one begins before a result is given: it is worked on while this one is recorded and flushed.
    """
    waiting: dict[Future[Result], Job] = {}
    left = iter(jobs)

    def begin() -> None:
        while len(waiting) < window and not stop.asked and (job := next(left, None)):
            waiting[executor.submit(do, job[1], job[2], limit)] = job

    begin()
    while waiting:
        for future in wait(waiting, _MOMENT, FIRST_COMPLETED).done:
            number, path, _ = waiting.pop(future)
            result = _result(future, path)
            begin()
            yield number, result


def _result(future: Future[Result], path: Path) -> Result:
    """A future's result; where the executor itself failed (a cluster's machines are gone), the reason."""
    try:
        return future.result()
    except (Exception, asyncio.CancelledError) as failure:
        return undone(
            path,
            f"没有做成（{type(failure).__name__}）。请再运行一次；仍不行的单独用 kp bulletin 试。",
        )
