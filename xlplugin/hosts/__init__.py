"""Hosts: who holds a workbook. Memory, a clerk's file, an open openpyxl workbook, Excel; each is a `book.Book`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xlplugin.book import SavedBook


def _by_content(path: Path) -> SavedBook:
    from xlplugin.hosts import readonly

    if book := readonly.read(path):
        return book
    from xlplugin.hosts.file import FileBook

    return FileBook(path)


FORMATS: dict[str, Callable[[Path], SavedBook]] = {
    ".xlsx": _by_content,
    ".xlsm": _by_content,
    ".xls": _by_content,
    ".et": _by_content,
    ".ods": _by_content,
    ".csv": _by_content,
}
"""Who opens which suffix; each is loaded when it is first asked for. Of these a file is what it holds: suffixes lie."""


def open(path: Path, password: str | None = None) -> SavedBook:
    """A clerk's workbook, by its suffix; a locked one with its password. Raises UserError where it cannot be read."""
    if password:
        from xlplugin.hosts import locked

        if book := locked.read(path, password):
            return book
    return FORMATS.get(path.suffix.lower(), _by_content)(path)
