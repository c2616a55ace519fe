"""A workbook as we read it, held to what openpyxl reads; and where openpyxl is the odd one."""

from __future__ import annotations

import pickle
import tempfile
import warnings
from pathlib import Path

import openpyxl
from torture.bounded import bounded

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
        (sheet.title, *place): normal(_double(cell.value))
        for sheet in sheets
        for place, cell in sheet._cells.items()  # what is there; `iter_rows` makes what is not
        if cell.value is not None
    }


def _double(value: object) -> object:
    """A cell's numbers are doubles (ECMA-376, part 1, 18.18.11); openpyxl has Python's whole numbers, which have no end."""
    try:
        return float(value) if type(value) is int else value
    except OverflowError:
        return CellError("#NUM!")


def of_openpyxl_apart(path: Path) -> Places | None:
    """What openpyxl finds, in time and memory that are none of ours; None where it falls or is stopped."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        bounded(lambda: str(kept.write_bytes(pickle.dumps(of_openpyxl(path)))))
        return pickle.loads(kept.read_bytes()) if kept.exists() else None


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
    """Where two readings differ, and openpyxl is not the odd one: what we have, what they have."""
    both = {place: (ours.get(place), theirs.get(place)) for place in ours.keys() | theirs.keys()}
    return {
        at: (our, their)
        for at, (our, their) in both.items()
        if our != their and not _is_odd(our, their)
    }


LAST_DAY = 2_958_465
"""31 December 9999, beyond which Excel knows no days."""


def _is_odd(our: Cell, their: Cell) -> bool:
    """Whether openpyxl has an error where Excel has none: for a picture in a cell, and for a number in a date's format that is no day, which Excel shows as ####."""
    is_number = isinstance(our, (int, float)) and not 0 <= our <= LAST_DAY
    return their == CellError("#VALUE!") and (our in (None, CellError("#NUM!")) or is_number)
