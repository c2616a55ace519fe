"""The document's cells as plain values: dates as dates, errors as errors, and what of a sheet a check must see."""

from __future__ import annotations

import datetime as dt
from typing import Any

Uno = Any
"""An object of LibreOffice: `uno` has no types."""

DATE, LOGICAL = 2, 1024
"""Kinds of number format (com.sun.star.util.NumberFormat)."""
FAILED = 4
"""Formulas that give an error (com.sun.star.sheet.FormulaResult)."""
FORMULAS = 16
"""com.sun.star.sheet.CellFlags.FORMULA."""
ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!")
MARK = "_kp_made"
"""The name by which a sheet says that the program made it (`book.MARK`)."""


def used(sheet: Uno) -> tuple[int, int]:
    """How many rows and columns a sheet takes up, from A1."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    return last.EndRow + 1, last.EndColumn + 1


def rows(model: Uno, area: Uno) -> list[list[Uno]]:
    """An area's values, ready for JSON: text, numbers, truth, None, {"date": …}, {"error": …}; KP_ formulas are left out."""
    found = [[None if value == "" else value for value in row] for row in area.getDataArray()]
    first = area.getRangeAddress()
    start = model.NullDate
    day0 = dt.date(start.Year, start.Month, start.Day)
    for kind, boxes in kinds(model, area):
        for row, column in _places(first, boxes) if kind & (DATE | LOGICAL) else ():
            value = found[row][column]
            if isinstance(value, float):
                found[row][column] = _dated(day0, value) if kind & DATE else bool(value)
    for box in area.queryFormulaCells(FAILED).getRangeAddresses():
        for row, column in _places(first, [box]):
            text = area.getCellByPosition(column, row).getString()
            found[row][column] = {"error": text if text in ERRORS else "#N/A"}
    for row, column in own_formulas(area):
        found[row][column] = None
    return found


def _dated(day0: dt.date, value: float) -> Uno:
    try:
        return {"date": (day0 + dt.timedelta(int(value))).isoformat()}
    except OverflowError:
        return value


def kinds(model: Uno, area: Uno) -> list[tuple[int, Uno]]:
    """Where an area's cells share a look: the kind of its number format, and the ranges."""
    groups = area.getUniqueCellFormatRanges()
    formats = model.getNumberFormats()
    found = []
    for at in range(groups.getCount()):
        group = groups.getByIndex(at)
        found.append((formats.getByKey(group.NumberFormat).Type, group.getRangeAddresses()))
    return found


def _places(first: Uno, boxes: Uno) -> Uno:
    for box in boxes:
        for row in range(box.StartRow, box.EndRow + 1):
            for column in range(box.StartColumn, box.EndColumn + 1):
                yield row - first.StartRow, column - first.StartColumn


def own_formulas(area: Uno) -> list[tuple[int, int]]:
    """Where KP_ formulas stand in an area, from its first cell: a function must not read what it gives itself."""
    first = area.getRangeAddress()
    sheet = area.getSpreadsheet()
    found = []
    for box in formula_boxes(area):
        part = sheet.getCellRangeByPosition(
            box.StartColumn, box.StartRow, box.EndColumn, box.EndRow
        )
        for at, line in enumerate(part.getFormulaArray(), start=box.StartRow - first.StartRow):
            for n, text in enumerate(line, start=box.StartColumn - first.StartColumn):
                if is_own(text):
                    found.append((at, n))
    return found


def formula_boxes(area: Uno) -> Uno:
    """The ranges of an area or sheet that hold formulas."""
    return area.queryContentCells(FORMULAS).getRangeAddresses()


def is_own(formula: str) -> bool:
    """Whether a formula calls one of our functions."""
    return "KP_" in formula or "KP(" in formula


def whole(sheet: Uno) -> Uno:
    """A sheet from A1 to its last cell."""
    height, width = used(sheet)
    return sheet.getCellRangeByPosition(0, 0, width - 1, height - 1)


def is_made(sheet: Uno) -> bool:
    """Whether a sheet bears the program's mark."""
    return any(name.lower() == MARK for name in sheet.NamedRanges.getElementNames())


def everything(model: Uno) -> list[dict[str, Uno]]:
    """Every sheet with all that a button's work looks at (`book.Grid`)."""
    found = []
    for sheet in (model.Sheets.getByIndex(at) for at in range(model.Sheets.getCount())):
        area = whole(sheet)
        found.append(
            {
                "name": sheet.getName(),
                "rows": rows(model, area),
                "made": is_made(sheet),
                "merged": merged(area),
                "concealed": not sheet.IsVisible,
                **_hidden(area),
                "formats": _formats(model, area),
            }
        )
    return found


def merged(area: Uno) -> list[tuple[int, int, int, int]]:
    """The merged ranges: first row, first column, last row, last column, from 1."""
    sheet = area.getSpreadsheet()
    groups = area.getUniqueCellFormatRanges()
    found = []
    for at in range(groups.getCount()):
        boxes = groups.getByIndex(at).getRangeAddresses()
        if not sheet.getCellByPosition(boxes[0].StartColumn, boxes[0].StartRow).IsMerged:
            continue
        for box in boxes:
            for row in range(box.StartRow, box.EndRow + 1):
                for column in range(box.StartColumn, box.EndColumn + 1):
                    cell = sheet.getCellByPosition(column, row)
                    if cell.IsMerged:
                        cursor = sheet.createCursorByRange(cell)
                        cursor.collapseToMergedArea()
                        found.append(box_of(cursor.getRangeAddress()))
    return found


def box_of(address: Uno) -> tuple[int, int, int, int]:
    """A range address counted from 1."""
    return (
        address.StartRow + 1,
        address.StartColumn + 1,
        address.EndRow + 1,
        address.EndColumn + 1,
    )


def _hidden(area: Uno) -> dict[str, Uno]:
    """Numbers of the hidden rows and columns, and whether a filter hides rows."""
    seen = [box_of(box) for box in area.queryVisibleCells().getRangeAddresses()]
    shown = {row for box in seen for row in range(box[0], box[2] + 1)}
    columns = {column for box in seen for column in range(box[1], box[3] + 1)}
    last = area.getRangeAddress()
    gone = [row for row in range(1, last.EndRow + 2) if row not in shown]
    lines = area.getRows()
    return {
        "hidden": gone,
        "hidden_columns": [n for n in range(1, last.EndColumn + 2) if n not in columns],
        "filtered": any(lines.getByIndex(row - 1).IsFiltered for row in gone),
    }


def _formats(model: Uno, area: Uno) -> list[tuple[str, list[tuple[int, int, int, int]]]]:
    """Number formats that are not the common one, and where they are."""
    groups = area.getUniqueCellFormatRanges()
    formats = model.getNumberFormats()
    found = []
    for at in range(groups.getCount()):
        group = groups.getByIndex(at)
        code = formats.getByKey(group.NumberFormat).FormatString
        if code != "General":
            found.append((code, [box_of(box) for box in group.getRangeAddresses()]))
    return found
