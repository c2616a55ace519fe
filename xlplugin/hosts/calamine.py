"""python-calamine, written in Rust: what it reads as cells from A1, and what it raises as one sentence."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any, TypeVar

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


def rows(sheets: Iterable[Any]) -> list[list[Cell]]:
    """The reader's sheet, or its pieces in whatever order, from A1; empty rows without cells.

    Cells are brought into normal form column by column: a column says much again and again.
    """
    rows: list[list[Cell]] = []
    for sheet in sheets:
        top, left = sheet.start or (0, 0)
        columns = map(normal_column, zip(*sheet.to_python(skip_empty_area=True), strict=True))
        lines = zip(*[repeat(None)] * left, *columns, strict=False)
        found = [
            list(line) if line[left] is not None or line.count(None) < len(line) else EMPTY
            for line in lines
        ]
        rows.extend(repeat(EMPTY, top - len(rows)))
        for at, line in enumerate(found[: len(rows) - top], top):  # rows out of order
            rows[at] = line or rows[at]
        rows += found[len(rows) - top :]
    return rows
