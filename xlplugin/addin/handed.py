"""Values as COM hands them over, brought to rows of plain cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlplugin.cells import Cell, CellError, normal
from xlplugin.schema import SHEETS

HandedRows = Sequence[Sequence[Cell]]

_SCODE = -2146828288
"""An error value comes as this number plus Excel's own: 2042 is #N/A. Real numbers never come as integers."""
_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2045: "#SPILL!",
    2050: "#CALC!",
}


def error_number(value: object) -> int | None:
    """Excel's number of an error value; None for any other value."""
    if value.__class__ is int and 2000 <= value - _SCODE <= 2099:
        number: int = value - _SCODE
        return number
    return None


def cell(value: object) -> Cell:
    """One handed-over value in normal form, errors as errors."""
    number = error_number(value)
    return normal(value) if number is None else CellError(_ERRORS.get(number, "#N/A"))


def rows_of(grid: object) -> HandedRows:
    """A range's values: rows of cells, one row of them, or a single cell."""
    if not isinstance(grid, (tuple, list)):
        return [[cell(grid)]]
    rows = grid if grid and isinstance(grid[0], (tuple, list)) else [grid]
    return [[cell(value) for value in row] for row in rows]


def titled(name: str, grid: object) -> Iterator[tuple[str, HandedRows]]:
    """A sheet's title and rows: "KP_LEDGER" is a declared sheet, whatever it is called in the workbook, "=台账" a title."""
    if grid is None:
        return
    title = name[1:] if name.startswith("=") else _TITLES.get(name)
    if title:
        yield title, rows_of(grid)


_TITLES = {f"KP_{sheet.key.upper()}": sheet.title for sheet in SHEETS}
