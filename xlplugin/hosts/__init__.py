"""Hosts: who holds a workbook. Memory, a clerk's file, an open openpyxl workbook, Excel; each is a `book.Book`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xlplugin.book import SavedBook


def _excel(path: Path) -> SavedBook:
    from xlplugin.hosts.file import FileBook

    return FileBook(path)


FORMATS: dict[str, Callable[[Path], SavedBook]] = {".xlsx": _excel, ".xlsm": _excel}
"""Who opens which suffix; each is loaded when it is first asked for."""


def open(path: Path) -> SavedBook:
    """A clerk's workbook, by its suffix. Raises UserError where it cannot be read.

    An unknown suffix is Excel's: its host looks inside, and says what else a file is.
    """
    return FORMATS.get(path.suffix.lower(), _excel)(path)
