"""The ledgers that were dropped on the page: each in a folder of its own, which is removed with it."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from asyncio import Lock
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from xlplugin import files
from xlplugin.errors import UserError

_ODD = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
"""What no file's name may hold on Windows."""
_LONGEST = 60
"""Letters of a name: Chinese ones take three bytes each, and a name may have 255 with what is added to it."""


@dataclass
class OnShelf:
    """A ledger, what was last made of it, and when it was last asked for."""

    path: Path
    used: float
    made: Sequence[Path] = ()
    lock: Lock = field(default_factory=Lock)
    """One thing at a time is done with a ledger."""

    @property
    def folder(self) -> Path:
        """Where all of its files lie."""
        return self.path.parents[1]


class Shelf:
    """Ledgers by a number that cannot be guessed. They lie below `folder`; those that nobody asks for `keep` seconds go."""

    def __init__(
        self, folder: Path, keep: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder, self._keep, self._clock = folder, keep, clock
        self._ledgers: dict[str, OnShelf] = {}

    def put(self, name: str, content: bytes) -> str:
        """Keep a ledger; its number. Raises UserError where the disk refuses."""
        number = secrets.token_urlsafe(16)
        path = files.folder(self._folder / number / "台账") / _file_name(name)
        files.write([files.Output(path, content)])
        self._ledgers[number] = OnShelf(path, self._clock())
        return number

    def get(self, number: str) -> OnShelf:
        """A ledger, which is used now. Raises UserError where it is not there any more."""
        found = self._ledgers.get(number)
        if found is None:
            raise UserError("这个台账放得太久，临时文件已经删去。请再拖进来一次。")
        found.used = self._clock()
        return found

    def remove(self, number: str) -> None:
        """Remove a ledger and all that was made of it."""
        if found := self._ledgers.pop(number, None):
            shutil.rmtree(found.folder, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what nobody has asked for of late."""
        late = self._clock() - self._keep
        for number in [number for number, each in self._ledgers.items() if each.used < late]:
            self.remove(number)


def _file_name(name: str) -> str:
    """A name that a file may have, of what a browser or whoever says that it is called."""
    own = PurePosixPath(_ODD.sub("_", PureWindowsPath(name).name).strip(" ."))
    return f"{own.stem[:_LONGEST] or '台账'}{own.suffix[:8]}"
