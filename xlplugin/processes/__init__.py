"""Worker processes seen from their parent: warm, watched by a clock, killed and replaced when they hang or die."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from xlplugin.processes.worker import READY

START_LIMIT = 120.0
"""Seconds that a worker may take for its imports; they do not count for a workbook."""

_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""Windows' way to keep Ctrl-C from a process."""

_TRIES = 2
"""A process that is killed, for want of memory perhaps, may not have been at fault: its question is asked once more."""

P = ParamSpec("P")
T = TypeVar("T")


class Late(Exception):
    """It took longer than it may, and was killed."""


class Died(Exception):
    """The process ended without an answer, twice."""


class NotStarted(Exception):
    """No process could be started; the message, which a clerk reads, says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(f"工作进程启动不了（{why}）。请运行 kp doctor 看看。")


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Child:
    """One worker process. It starts at the first call, and again after it was killed."""

    def __init__(self, *modules: str) -> None:
        """`modules` are imported before the first call, so that their time counts for none."""
        self._modules = modules
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's number; None while there is none."""
        return self._process.pid if self._process else None

    def call(
        self, limit: float | None, function: Callable[P, T], *args: P.args, **given: P.kwargs
    ) -> T:
        """What a function gives there, within `limit` seconds (None: however long it takes).

        Raises Late, Died, NotStarted; the function itself must not raise.
        """
        for _ in range(_TRIES):
            answer = self._ask(self._started(), (function, args, given), limit)
            if answer is not None:
                result: T = answer[0]
                return result
            self.kill()
            if self._closed:
                break
        raise Died

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.kill()
        if self._closed:
            raise NotStarted("已经停止")
        # -P: what lies beside the workbooks is not imported; -W: no warning becomes an error there.
        # Ctrl-C is for the parent: it decides what is finished and what is not.
        try:
            self._process = process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-Wignore",
                    "-m",
                    "xlplugin.processes.worker",
                    *self._modules,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
                creationflags=_OWN_GROUP,
            )
        except OSError as failure:
            raise NotStarted(f"系统错误 {failure.errno}") from failure
        try:
            said = self._ask(process, None, START_LIMIT)
        except Late:
            said = None
        if said != (READY,):
            self.kill()
            raise NotStarted(str(said[0] if said else "没有应答"))
        return process

    def _ask(
        self, process: subprocess.Popen[bytes], question: object, limit: float | None
    ) -> tuple[Any] | None:
        """The process's answer; None where it ended without one. Raises Late where it was killed for taking too long."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(limit, give_up) if limit else None
        if clock:
            clock.daemon = True
            clock.start()
        assert process.stdin
        assert process.stdout
        try:
            if question is not None:
                pickle.dump(question, process.stdin)
                process.stdin.flush()
            answer: tuple[Any] = pickle.load(process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            if late.is_set():
                self.kill()
                raise Late from None
            return None
        finally:
            if clock:
                clock.cancel()
        return answer

    def kill(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    _close(stream)

    def close(self) -> None:
        """End the process for good: another thread's `call` ends too, and starts no new one."""
        self._closed = True
        process = self._process
        if process:
            process.kill()


class Children:
    """Threads that each drive a worker process of their own; with the block they all end."""

    def __init__(self, count: int, modules: Sequence[str]) -> None:
        self.threads = ThreadPoolExecutor(count, thread_name_prefix="kp")
        self._modules = modules
        self._mine = threading.local()
        self._all: list[Child] = []

    @property
    def own(self) -> Child:
        """The process of the thread that asks."""
        if not hasattr(self._mine, "child"):
            self._mine.child = Child(*self._modules)
            self._all.append(self._mine.child)
        child: Child = self._mine.child
        return child

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._all:
            child.close()
        self.threads.shutdown(cancel_futures=True)
        for child in self._all:
            child.kill()


def _close(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        return
