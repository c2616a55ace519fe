"""Something done in a process that may fall, within the bounds that every file under 20 MB keeps."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

SECONDS, MEGABYTES = 10, 1024
_ADDRESSES = 4 << 30
"""Of memory asked for, so many bytes bring a process down before it brings the machine down."""


def bounded(do: Callable[[], str]) -> tuple[str, bool]:
    """What it says, or how it ended; and whether it kept the bounds of processor time and memory, and Rust kept silent."""
    with tempfile.TemporaryDirectory() as folder:
        said, complaint = Path(folder) / "said", Path(folder) / "stderr"
        child = os.fork()
        if child == 0:
            _child(do, said, complaint)
        _, status, used = os.wait4(child, 0)
        if os.WIFSIGNALED(status):
            return f"killed by {signal.Signals(os.WTERMSIG(status)).name}", False
        kept = used.ru_utime + used.ru_stime < SECONDS and used.ru_maxrss < MEGABYTES * 1024
        loud = "panicked" in complaint.read_text("utf-8", "replace")
        return said.read_text("utf-8") if said.exists() else "nothing said", kept and not loud


def _child(do: Callable[[], str], said: Path, complaint: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    signal.alarm(12 * SECONDS)  # a machine that does much else is slow, not stuck
    try:
        os.dup2(os.open(complaint, os.O_WRONLY | os.O_CREAT), 2)
        said.write_text(do(), "utf-8", "replace")
    except BaseException as failure:
        said.write_text(f"{type(failure).__name__}: {failure}", "utf-8", "replace")
    finally:
        os._exit(0)
