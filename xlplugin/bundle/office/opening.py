"""A document that was just opened: its KP_ formulas are made to be ours.

From an Excel workbook LibreOffice before 7.6 or so takes KP_ names for unknown ones, and keeps the values that the file came with.
They are entered once more, without leaving a trace in 撤销; where no Python can be reached, all stays as it is.
"""

from __future__ import annotations

import re

from .desk import WORKER, Gone
from .documents import document
from .sheets import Uno, formula_boxes, is_own
from .writing import quiet

_WHOLE = re.compile(r"(\w+)\[#all\]", re.IGNORECASE)
"""A name that means a whole table, which LibreOffice reads before it knows the tables."""


def settle(model: Uno) -> None:
    """Enter the KP_ formulas anew and watch the ledger, where there are any and the worker answers."""
    found = [cell for sheet in _sheets(model) for cell in _own(sheet)]
    if not found:
        return
    try:
        WORKER.ask({"ping": True})
    except Gone:
        return
    with quiet(model):
        _mend_names(model)
        document(model).watch()
        for cell in found:
            _enter(cell)
        for cell in found:
            cell.getError()  # calculated now, and not when it is shown: then the document would count as changed


def _sheets(model: Uno) -> list[Uno]:
    return [model.Sheets.getByIndex(at) for at in range(model.Sheets.getCount())]


def _own(sheet: Uno) -> list[Uno]:
    """The cells of a sheet with KP_ formulas."""
    found = []
    for box in formula_boxes(sheet):
        area = sheet.getCellRangeByPosition(
            box.StartColumn, box.StartRow, box.EndColumn, box.EndRow
        )
        for row, line in enumerate(area.getFormulaArray()):
            found += [area.getCellByPosition(n, row) for n, text in enumerate(line) if is_own(text)]
    return found


def _enter(cell: Uno) -> None:
    """Enter a cell's formula again; one of a whole range as a whole."""
    if cell.getArrayFormula():
        cursor = cell.getSpreadsheet().createCursorByRange(cell)
        cursor.collapseToCurrentArray()
        text = cursor.getArrayFormula().strip("{}")
        cursor.setArrayFormula("")
        cursor.setArrayFormula(text)
    else:
        cell.setFormula(cell.getFormula())


def _mend_names(model: Uno) -> None:
    """Names of whole tables that LibreOffice could not make out."""
    names, tables = model.NamedRanges, model.DatabaseRanges
    for name in map(names.getByName, names.getElementNames()):
        whole = _WHOLE.fullmatch(name.getContent())
        if whole and name.getReferredCells() is None and tables.hasByName(whole[1]):
            area = tables.getByName(whole[1]).getDataArea()
            cells = model.Sheets.getByIndex(area.Sheet).getCellRangeByPosition(
                area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
            )
            name.setContent(cells.AbsoluteName)
