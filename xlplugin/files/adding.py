"""A line that joins a file when a group of files takes its places: with them, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from xlplugin.files import rights
from xlplugin.files.holding import held, put
from xlplugin.files.reasons import refusal


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be added to a file, and the file that it speaks of: nobody may read the one who may not read the other."""

    path: Path
    text: str
    like: Path | None = None


@contextlib.contextmanager
def added(line: Line | None, kept: Callable[[], bool]) -> Iterator[None]:
    """Have a line on the disk while the files that it speaks of take their places; gone again where they could not.

    Others who add to the same file wait. `kept` says, where something went wrong, whether they took them all the same. A
    line that a killed run left half-written is ended first. Raises UserError.
    """
    if line is None:
        yield
        return
    with refusal(line.path):
        is_new = not line.path.exists()
        file = held(line.path, os.O_RDWR | os.O_CREAT)
    with file:
        size = file.seek(0, os.SEEK_END)
        try:
            with refusal(line.path):
                if is_new:
                    line.path.chmod(rights.mode(line.path, line.like)[0])
                _write(file, size, line.text)
            yield
        except BaseException:
            if not kept():
                _strike(file, size, line.path, is_new=is_new)
            raise


def _write(file: FileIO, size: int, text: str) -> None:
    file.seek(max(size - 1, 0))
    broken = size and file.read(1) != b"\n"
    file.seek(size)
    put(file, b"\n" * bool(broken) + text.encode("utf-8", "backslashreplace") + b"\n")


def _strike(file: FileIO, size: int, path: Path, *, is_new: bool) -> None:
    with contextlib.suppress(OSError):  # the failure that led here is the one to be told
        os.ftruncate(file.fileno(), size)
        if is_new and not size:
            path.unlink()
