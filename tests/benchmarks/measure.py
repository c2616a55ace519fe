"""What a whole process costs, and works run side by side.

Whoever measures must be small itself: a child's peak memory counts from that of the process which started it. So nothing
heavy is imported here, and inputs, pictures and works inside a process are all made by processes of their own.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
PACKAGES = ("pandas", "openpyxl", "python-calamine", "xlwings", "xltpl", "docxtpl")
_MAXRSS = 1024 if sys.platform != "darwin" else 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall time, and the peak of resident memory (of a process's children: the largest one counts)."""

    seconds: float
    megabytes: float


def process(*command: str | Path) -> Cost:
    """Run a whole process, start-up and all. Raises RuntimeError, with what it said, where it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise RuntimeError(
                f"{' '.join(map(str, command))}: exit {child.returncode}\n{said.read().decode(errors='replace')}"
            )
    return Cost(seconds, usage.ru_maxrss * _MAXRSS / 1e6)


def script(name: str, *arguments: object) -> tuple[str, ...]:
    """The command that runs one of the scripts beside this one."""
    return sys.executable, str(HERE / name), *map(str, arguments)


def kp(*arguments: object) -> tuple[str, ...]:
    """The command line of the program under measurement."""
    return str(Path(sys.executable).with_name("kp")), *map(str, arguments)


def answer(*command: str) -> Any:
    """What a script prints as JSON. Raises CalledProcessError."""
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def side_by_side(rounds: int, *works: Callable[[], T]) -> list[tuple[T, ...]]:
    """Each work's result, round by round: one after the other, so that a busy machine slows all; the first round only warms."""
    return [tuple(work() for work in works) for _ in range(rounds + 1)][1:]


def here_and_now() -> dict[str, str]:
    """What a figure is worth nothing without."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} CPUs, {platform.system()}",
        "python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
