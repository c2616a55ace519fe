"""Where the workbooks are done: in this process, in worker processes, on a cluster. The same function is mapped."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import local

from xlplugin.batch.child import Child
from xlplugin.batch.stop import Stop
from xlplugin.batch.work import Options, Result, run_one, undone

Job = tuple[int, Path, Options]
"""Its number, a workbook, how to do it."""
Numbered = tuple[int, Result]
Do = Callable[[Path, Options, float | None], Result]

_MOMENT = 0.2
"""Seconds after which to look whether Ctrl-C was pressed."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def here(jobs: Iterable[Job], stop: Stop) -> Generator[Numbered]:
    """One after the other, in this process; no clock can stop one of them."""
    for number, path, options in jobs:
        if stop.asked:
            return
        yield number, run_one(path, options)


def processes(
    jobs: Iterable[Job], stop: Stop, count: int, limit: float | None
) -> Generator[Numbered]:
    """In `count` worker processes, each driven by a thread of its own; what takes longer than `limit` seconds is killed."""
    mine = local()
    children: list[Child] = []

    def do(path: Path, options: Options, limit: float | None) -> Result:
        if not hasattr(mine, "child"):
            mine.child = Child()
            children.append(mine.child)
        result: Result = mine.child.run(path, options, limit)
        return result

    threads = ThreadPoolExecutor(count, thread_name_prefix="kp-batch")
    try:
        yield from mapped(threads, do, jobs, stop, count, limit)
    finally:
        for child in children:
            child.close()
        threads.shutdown(cancel_futures=True)
        for child in children:
            child.kill()


def mapped(
    executor: Executor, do: Do, jobs: Iterable[Job], stop: Stop, window: int, limit: float | None
) -> Generator[Numbered]:
    """Results as they come. At most `window` workbooks are under way, so that Ctrl-C has only those to wait for."""
    waiting: dict[Future[Result], Job] = {}
    left = iter(jobs)
    while True:
        while len(waiting) < window and not stop.asked and (job := next(left, None)):
            waiting[executor.submit(do, job[1], job[2], limit)] = job
        if not waiting:
            return
        for future in wait(waiting, _MOMENT, FIRST_COMPLETED).done:
            number, path, _ = waiting.pop(future)
            yield number, _result(future, path)


def _result(future: Future[Result], path: Path) -> Result:
    """A future's result; where the executor itself failed (a cluster's machines are gone), the reason."""
    try:
        return future.result()
    except (Exception, asyncio.CancelledError) as failure:
        return undone(
            path,
            f"没有做成（{type(failure).__name__}）。请再运行一次；仍不行的单独用 kp bulletin 试。",
        )
