"""What each family of the harness does: try, and say what missed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

KP = str(Path(sys.executable).with_name("kp"))
BUG = re.compile("意外|Traceback|panicked|RUST_BACKTRACE")
STAMPED = "docProps/core.xml"
"""The one part of a workbook that says when it was made."""

State = dict[str, bytes]
"""The files of a folder, by their names below it."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try; `miss` is what went wrong, "" where the promise held."""

    what: str
    miss: str = ""


Family = Callable[[Path, bool], Iterator[Try]]
"""Given an empty folder, and whether all is to be tried or what the gate has time for."""


def kp(
    folder: Path, *words: str, before: tuple[str, ...] = (), **options: object
) -> subprocess.CompletedProcess[str]:
    """A command, run in a folder; `before` is put before it, such as strace."""
    given: dict[str, object] = {"capture_output": True, **options}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*before, KP, *words],
        cwd=folder,
        env={**os.environ, "XDG_STATE_HOME": str(folder.parent / "state")},
        encoding="utf-8",
        check=False,
        **given,
    )


def state(folder: Path) -> State:
    """What lies there now."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def restore(folder: Path, files: Mapping[str, bytes]) -> None:
    """Let a folder hold these files and nothing else."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two files hold the same, but for the moment when they were made."""
    if one == other or one is None or other is None:
        return one == other
    if not (one.startswith(b"PK") and other.startswith(b"PK")):
        return False
    try:
        return _members(one) == _members(other)
    except (zipfile.BadZipFile, EOFError):
        return False


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist() if name != STAMPED}
