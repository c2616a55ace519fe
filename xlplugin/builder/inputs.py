"""The sheets that clerks fill in: ledger, monthly figures, issues."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.contents import Contents
from xlplugin.builder.looks import input_look, number_format_of
from xlplugin.builder.printing import WIDE, set_up_page
from xlplugin.builder.table import add_table, begin, write_rows
from xlplugin.builder.validation import add_validation
from xlplugin.cells import column_letters
from xlplugin.schema import LEDGER, Column, Sheet

_FIXED = ("id", "name")
"""Keys of the columns that stay in sight while a wide table is scrolled."""


def write_input(worksheet: Worksheet, sheet: Sheet, contents: Contents) -> None:
    """One input table, filled with what there is, ready for more."""
    columns = contents.columns(sheet)
    wide = sum(column.width for column in columns) > WIDE
    fixed = sum(column.key in _FIXED for column in columns) if wide else 0
    begin(worksheet, sheet, columns, fixed=fixed)
    last_row = write_rows(
        worksheet, columns, contents.rows(sheet), sheet.header_row + 1, input_look
    )
    add_table(worksheet, sheet, len(columns), last_row)
    _format_below(worksheet, columns)
    for place, column in enumerate(columns, 1):
        add_validation(worksheet, sheet, column, place)
    set_up_page(
        worksheet,
        landscape=wide,
        a3=sheet is LEDGER,
        pages_across=2 if sheet is LEDGER else 1,
        heading_row=sheet.header_row,
        fixed_columns=f"A:{column_letters(fixed)}" if sheet is LEDGER else None,
    )


def _format_below(worksheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Rows that are yet to come read numbers as numbers and 001 as text, also where Excel does not extend the table."""
    for place, column in enumerate(columns, 1):
        worksheet.column_dimensions[column_letters(place)].number_format = number_format_of(
            input_look(column)
        )
