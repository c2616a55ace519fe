"""Putting one value into one openpyxl cell: text is always text, whatever it begins with."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.looks import style_name
from xlplugin.cells import Cell
from xlplugin.say import seen

_FORMULA_SIGNS = ("=", "+", "-", "@")


def put(worksheet: Worksheet, row: int, column: int, value: Cell, look: str) -> None:
    """Write a value with a look. Text that begins like a formula is marked as text for Excel, too."""
    cell = worksheet.cell(row, column)
    cell.style = style_name(look)
    if value is None:
        return
    cell.value = seen(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True
