"""A workbook with an open password as a `Book`: what it saves has the same password, and so has what is made from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from xlplugin import files
from xlplugin.book import Changes, Grid, SavedBook
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.hosts.xlsx import encryption, intake

_NOWHERE = Path("草稿")
"""Where a draft seems to lie: not at its target, which has something else, or nothing."""


class LockedBook:
    """A book whose file is locked with a password, or is to be. `raw` is that file as it lies on the disk."""

    def __init__(self, book: SavedBook, password: str, raw: bytes = b"") -> None:
        self._book, self._password, self._raw = book, password, raw

    @property
    def path(self) -> Path:
        """Where it was opened."""
        return self._book.path

    @property
    def suffix(self) -> str:
        """What the name of a workbook that it saves ends with."""
        return self._book.suffix

    @property
    def macros(self) -> bool:
        """Whether what it saves carries macros."""
        return self._book.macros

    @property
    def sheets(self) -> Sequence[str]:
        """Names of the worksheets in order."""
        return self._book.sheets

    @property
    def made(self) -> Collection[str]:
        """Names of the worksheets that bear the program's mark."""
        return self._book.made

    def read(self, sheet: str) -> Grid:
        """A sheet as it was opened."""
        return self._book.read(sheet)

    def write(self, sheet: str, changes: Changes) -> None:
        """Collect changes."""
        self._book.write(sheet, changes)

    def outputs(self, path: Path | None = None) -> list[Output]:
        """The workbook as it is to lie at `path`, locked."""
        return [
            replace(self.lock(output), over=self._raw if output.over else output.over)
            for output in self._book.outputs(path)
        ]

    def lock(self, output: Output) -> Output:
        """What was made from it, a document say, locked with its password."""
        return encryption.locked(output, self._password)


def draft(target: Path, content: bytes, password: str | None = None) -> SavedBook:
    """A workbook that was drawn, to be written to `target`; where there is a password, locked with it."""
    from xlplugin.hosts.file import FileBook

    book = FileBook(_NOWHERE / target.name, content)
    return LockedBook(book, password) if password else book


def read(path: Path, password: str) -> LockedBook | None:
    """A workbook that is locked with this password; None for any other file. Raises UserError where it cannot be opened."""
    try:
        if files.read(path, len(intake.OLE)) != intake.OLE:
            return None
    except OSError:
        return None
    raw = intake.content(path)
    if not encryption.is_locked(raw):
        return None
    try:
        intake.check_name(path)
        content = encryption.unlocked(raw, password)
    except UserError as refusal:
        raise UserError(f"「{path.name}」{refusal}") from None
    return LockedBook(_unlocked(path, content), password, raw)


def _unlocked(path: Path, content: bytes) -> SavedBook:
    if content.startswith(intake.OLE):
        from xlplugin.hosts import readonly

        return readonly.old(path, content)
    from xlplugin.hosts.file import FileBook

    return FileBook(path, content)
