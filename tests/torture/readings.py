"""A workbook as we read it, held to what openpyxl and python-calamine read."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl

from xlplugin.cells import Cell, CellError, Uncalculated, normal
from xlplugin.hosts.file import FileBook

Places = dict[tuple[str, int, int], Cell]
"""What stands where: by sheet, row and column."""


def of_openpyxl(path: Path, *, formulas: bool = False) -> Places:
    """What openpyxl finds, of worksheets alone. Raises whatever openpyxl raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = openpyxl.load_workbook(path, data_only=not formulas).worksheets
    return {
        (sheet.title, cell.row, cell.column): normal(cell.value)
        for sheet in sheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None
    }


def of_ours(book: FileBook) -> Places:
    """What we find; what nobody calculated is no value. Raises UserError."""
    return {
        (name, row, column): value
        for name in book.sheets
        for row, line in enumerate(book.read(name).rows, 1)
        for column, value in enumerate(line, 1)
        if value is not None and not isinstance(value, Uncalculated)
    }


def differing(ours: Places, theirs: Places) -> dict[tuple[str, int, int], tuple[Cell, Cell]]:
    """Where two readings differ: what we have, what they have. A picture in a cell is nothing to us, an error to openpyxl."""
    return {
        place: (ours.get(place), theirs.get(place))
        for place in ours.keys() | theirs.keys()
        if ours.get(place) != theirs.get(place)
        and (ours.get(place), theirs.get(place)) != (None, CellError("#VALUE!"))
    }
