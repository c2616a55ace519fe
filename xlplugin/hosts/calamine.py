"""python-calamine, written in Rust: what it reads as cells from A1, and what it raises as one sentence."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any, TypeVar

from xlplugin.book import ByColumn
from xlplugin.cells import Cell, normal_column
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.package import DAMAGED

T = TypeVar("T")

EMPTY: list[Cell] = []
"""A row without cells, one for all of them: a million lists take 60 MB. Never to be changed."""


def guarded(read: Callable[[], T]) -> T:
    """What the reader gives; whatever it raises becomes one sentence. It may panic, which is no Exception."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError, UserError):
        raise
    except BaseException:
        raise UserError(DAMAGED) from None


def opened(raw: bytes) -> Any:
    """A workbook of any format it knows."""
    from python_calamine import CalamineWorkbook

    return guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(raw)))


def rows(sheet: Any) -> list[list[Cell]]:
    """The reader's sheet, from A1; empty rows without cells."""
    top, left, columns = _columns(sheet)
    lines = zip(*[repeat(None)] * left, *columns, strict=False)
    found = [
        list(line) if line[left] is not None or line.count(None) < len(line) else EMPTY
        for line in lines
    ]
    return [*repeat(EMPTY, top), *found]


def in_pieces(pieces: Iterable[Any]) -> ByColumn:
    """A large sheet, from A1, of which the reader has the pieces as sheets, in whatever order."""
    rows = ByColumn()
    for piece in pieces:
        top, left, columns = _columns(piece)
        if columns and top < len(rows):  # rows out of order
            for at, line in enumerate(zip(*columns, strict=True), top + 1):
                for number, cell in enumerate(line, left + 1):
                    if cell is not None:
                        rows.put(at, number, cell)
        else:
            rows.reach(top if columns else 0, 0)
            rows.extend(left, columns)
    return rows


def _columns(sheet: Any) -> tuple[int, int, list[list[Cell]]]:
    """How many rows and columns are above and before the reader's cells, and those, in normal form.

    They are brought into it column by column: a column says much again and again.
    """
    top, left = sheet.start or (0, 0)
    columns = map(normal_column, zip(*sheet.to_python(skip_empty_area=True), strict=True))
    return top, left, list(columns)
