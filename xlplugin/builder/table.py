"""A sheet with a table: title, help line, headings, rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.cells import put
from xlplugin.builder.contents import Row
from xlplugin.builder.looks import heading_look, size_of
from xlplugin.builder.notes import add_note
from xlplugin.cells import Cell, address, column_letters
from xlplugin.measure import HIGHEST, LEAST_HEIGHT, height_of
from xlplugin.outline import (
    HEADING_HEIGHT,
    HELP_ROW,
    TITLE_HEIGHT,
    TITLE_ROW,
    columns_within,
    help_height,
)
from xlplugin.schema import Column, Sheet

_TABLE_STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)

Look = Callable[[Column], str]


def begin(worksheet: Worksheet, sheet: Sheet, columns: Sequence[Column], *, fixed: int = 0) -> None:
    """Title, help line, headings, widths; headings and the first `fixed` columns stay in sight."""
    _write_top(worksheet, sheet, [column.width for column in columns])
    write_headings(worksheet, sheet, columns)
    set_widths(worksheet, columns)
    worksheet.freeze_panes = address(sheet.header_row + 1, fixed + 1)


def _write_top(worksheet: Worksheet, sheet: Sheet, widths: Sequence[float]) -> None:
    """Title and help line over columns of these widths."""
    shown = columns_within(widths)
    fits, text = shown == len(widths), _help_line(sheet)
    put(worksheet, TITLE_ROW, 1, sheet.title, "表名" if fits else "长表名")
    put(worksheet, HELP_ROW, 1, text, "填表说明")
    for row in (TITLE_ROW, HELP_ROW):
        if shown > 1:
            worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=shown)
    worksheet.row_dimensions[TITLE_ROW].height = TITLE_HEIGHT
    worksheet.row_dimensions[HELP_ROW].height = help_height(text, widths)


def _help_line(sheet: Sheet) -> str:
    money = next(
        (column.unit for column in sheet.columns if column.kind == "money" and column.unit), None
    )
    return (f"单位：{money}　　" if money else "") + sheet.help


def set_widths(worksheet: Worksheet, columns: Sequence[Column], first: int = 1) -> None:
    """Make columns as wide as declared."""
    for place, column in enumerate(columns, first):
        worksheet.column_dimensions[column_letters(place)].width = column.width


def write_headings(worksheet: Worksheet, sheet: Sheet, columns: Sequence[Column]) -> None:
    """Headings, exactly as declared, each with its note."""
    for place, column in enumerate(columns, sheet.first_column):
        put(
            worksheet,
            sheet.header_row,
            place,
            column.heading,
            heading_look(column, output=sheet.output),
        )
        add_note(worksheet, address(sheet.header_row, place), column, output=sheet.output)
    if sheet.first_column == 1:
        worksheet.row_dimensions[sheet.header_row].height = HEADING_HEIGHT


def write_rows(
    worksheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row], first_row: int, look: Look
) -> int:
    """Data rows, at least one (empty) one; returns the last row."""
    looks = {column.key: look(column) for column in columns}
    for row, values in enumerate(rows or [{}], first_row):
        shown = {key: (values.get(key), style) for key, style in looks.items()}
        write_row(worksheet, row, columns, shown)
    return first_row + max(len(rows), 1) - 1


def write_row(
    worksheet: Worksheet,
    row: int,
    columns: Sequence[Column],
    shown: Mapping[str, tuple[Cell, str]],
    first_column: int = 1,
) -> None:
    """One row, a value and a look by column key, tall enough for its texts."""
    height = LEAST_HEIGHT
    for place, column in enumerate(columns, first_column):
        value, look = shown[column.key]
        put(worksheet, row, place, value, look)
        if isinstance(value, str):
            height = max(height, height_of(value, column.width, size_of(look)))
    worksheet.row_dimensions[row].height = min(height, HIGHEST)


def add_table(worksheet: Worksheet, sheet: Sheet, columns: int, last_row: int) -> None:
    """Declare the Excel table over headings and rows."""
    table = Table(
        displayName=sheet.table,
        name=sheet.table,
        ref=f"{address(sheet.header_row, sheet.first_column)}:{address(last_row, columns)}",
    )
    table.tableStyleInfo = _TABLE_STYLE
    worksheet.add_table(table)
