"""What stands beside its place for a moment: a new file before it takes it, an old one in case it must come back."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from xlplugin.files.holding import hold

_OURS = re.compile(r"\.kp-[0-9a-z_]{8,16}\.tmp")
"""Names of what stands beside its place for a moment, those of earlier versions too."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file of ours beside a place. While it is open no other run takes it for a leftover."""

    path: Path
    file: FileIO
    identity: os.stat_result

    def move(self, target: Path) -> None:
        """Take a place, whatever it holds."""
        if sys.platform == "win32":
            self.file.close()  # Windows moves no file that is open
        os.replace(self.path, target)

    def is_at(self, path: Path) -> bool:
        """Whether it is this file that bears a name."""
        try:
            return os.path.samestat(self.identity, os.lstat(path))
        except OSError:
            return False

    def drop(self) -> None:
        """Close it; whatever stands beside the place is gone."""
        self.file.close()
        with contextlib.suppress(OSError):
            self.path.unlink()


def fresh(path: Path, mode: int) -> Beside:
    """A new empty file of ours, held."""
    while True:
        name = _name(path)
        file = FileIO(name, "x+", opener=lambda name, flags: os.open(name, flags, mode | 0o600))
        hold(file)
        if name.exists():  # else another run took it for a leftover before it was held
            return Beside(name, file, os.fstat(file.fileno()))
        file.close()


def kept(path: Path, stack: ExitStack) -> Beside | None:
    """What stands in a place, under another name for as long as the stack; None where nothing does."""
    if not os.path.lexists(path):
        return None
    name = _name(path)
    is_link = path.is_symlink()
    try:
        if sys.platform == "win32":
            raise NotImplementedError  # a file that is open under either name could not be replaced
        os.link(path, name, follow_symlinks=not is_link)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, name, follow_symlinks=False)
    # nobody takes a link for a leftover; on opening it would be followed
    old = Beside(name, FileIO(os.devnull if is_link else name), os.lstat(name))
    if not is_link:
        hold(old.file, patience=0)  # a place that is written over is held already
    stack.callback(old.drop)
    return old


def clear(path: Path) -> None:
    """Remove what runs that were killed left in a folder; what a living one has there, and all else, stays."""
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        left = [
            entry.path
            for entry in entries
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
        ]
        for name in left:
            with contextlib.suppress(OSError):
                _remove_dead(name)


def _name(path: Path) -> Path:
    return path.with_name(f".kp-{os.urandom(6).hex()}.tmp")


def _remove_dead(name: str) -> None:
    if sys.platform == "win32":
        os.unlink(name)  # there a file that is open cannot be removed
        return
    with open(name, "rb") as file:
        if hold(file, patience=0):
            os.unlink(name)
