"""A worker process seen from its parent: warm, watched by a clock, killed and replaced when it hangs."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from xlplugin.batch.work import Options, Result, run_one, undone
from xlplugin.batch.worker import READY
from xlplugin.errors import UserError

START_LIMIT = 120.0
"""Seconds that a worker may take for its imports; they do not count for a workbook."""

_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""Windows' way to keep Ctrl-C from a process."""


class Child:
    """One worker process. It starts at the first workbook, and again after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's number; None while there is none."""
        return self._process.pid if self._process else None

    def run(self, path: Path, options: Options, limit: float | None) -> Result:
        """One workbook's result, within `limit` seconds (None: however long it takes). Never raises."""
        try:
            process = self._started()
        except (OSError, UserError) as failure:
            return undone(path, f"工作进程启动不了（{failure}）。请运行 kp doctor 看看。")
        answer, late = _ask(process, (path, options), limit)
        if late or answer is None:
            self.kill()
        if isinstance(answer, Result):
            return answer
        if late:
            return undone(
                path,
                f"超过{limit:g}秒还没有做完，已经放弃。请看它是否过大，或加大 --timeout。",
                "timeout",
            )
        return undone(path, "处理它的进程意外中断，可能是内存不足。请单独用 kp bulletin 再试。")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.kill()
        if self._closed:
            raise UserError("已经停止")
        # Ctrl-C is for the parent: it decides what is finished and what is not
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "xlplugin.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
            creationflags=_OWN_GROUP,
        )
        said, _ = _ask(process, None, START_LIMIT)
        if said != READY:
            self.kill()
            raise UserError(str(said or "没有应答"))
        return process

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
        """End the process for good: another thread's `run` ends too, and starts no new one."""
        self._closed = True
        process = self._process
        if process:
            process.kill()


def _ask(
    process: subprocess.Popen[bytes], question: object, limit: float | None
) -> tuple[object, bool]:
    """The process's answer (None where it ended without one), and whether it was killed because it took too long."""
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
        return pickle.load(process.stdout), late.is_set()
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        return None, late.is_set()
    finally:
        if clock:
            clock.cancel()


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream:
            stream.close()
    except OSError:
        return


_here = threading.local()


def run_watched(path: Path, options: Options, limit: float | None) -> Result:
    """`run_one` with its time limit: in this thread's own worker process. What a cluster's machines are given.

    Without a limit there is nothing to watch, and the work is done right here.
    """
    if limit is None:
        return run_one(path, options)
    if not hasattr(_here, "child"):
        _here.child = Child()
    result: Result = _here.child.run(path, options, limit)
    return result
