"""进度分析 as it waits in a new workbook: headings, empty rows, blocks beside the table, lights, charts."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.cells import put
from xlplugin.builder.contents import Row
from xlplugin.builder.lights import colour_lights
from xlplugin.builder.native_charts import add_charts, printed_areas
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import add_table, begin, write_headings, write_rows
from xlplugin.cells import MAX_ROW, column_letters
from xlplugin.measure import height_of
from xlplugin.outline import style_of
from xlplugin.schema import ANALYSIS, BY_LEVEL, BY_MONTH, LEVELS, MONTHS, WHOLE, Sheet


def write_analysis(worksheet: Worksheet, ledger: Sequence[Row]) -> None:
    """The sheet with room for the projects of a ledger (one at least), whose names decide how high the rows are."""
    columns, projects = ANALYSIS.standard_columns, len(ledger)
    last_row = ANALYSIS.header_row + max(projects, 1)
    begin(worksheet, ANALYSIS, columns, fixed=2)
    write_rows(worksheet, columns, [{}] * projects, ANALYSIS.header_row + 1, style_of)
    for row, project in enumerate(ledger, ANALYSIS.header_row + 1):
        name = ANALYSIS["name"]
        worksheet.row_dimensions[row].height = height_of(
            str(project.get(name.key) or ""), name.width, 10
        )
    add_table(worksheet, ANALYSIS, len(columns), last_row)
    _write_block(worksheet, BY_LEVEL, (*LEVELS, WHOLE))
    _write_block(worksheet, BY_MONTH, tuple(month.heading for month in MONTHS))
    _set_widths(worksheet)
    colour_lights(worksheet)
    add_charts(worksheet, projects)
    _print(worksheet, len(columns), projects)


def _write_block(worksheet: Worksheet, block: Sheet, labels: tuple[str, ...]) -> None:
    """A small table without filter: its name above, the labels of its rows, and empty cells to be written."""
    put(worksheet, block.header_row - 1, block.first_column, block.title, "小标题")
    write_headings(worksheet, block, block.columns)
    for row, label in enumerate(labels, block.header_row + 1):
        for place, column in enumerate(block.columns, block.first_column):
            put(
                worksheet,
                row,
                place,
                label if place == block.first_column else None,
                style_of(column),
            )


def _set_widths(worksheet: Worksheet) -> None:
    for place in range(len(ANALYSIS.standard_columns) + 1, BY_LEVEL.first_column):
        worksheet.column_dimensions[column_letters(place)].width = 3
    for block in (BY_LEVEL, BY_MONTH):
        for place, column in enumerate(block.columns, block.first_column):
            dimension = worksheet.column_dimensions[column_letters(place)]
            dimension.width = max(
                column.width, dimension.width if place < BY_LEVEL.first_column + 3 else 0
            )


def _print(worksheet: Worksheet, columns: int, projects: int) -> None:
    """The table on its own pages, however long it grows; then the blocks and the charts."""
    set_up_page(worksheet, landscape=True, heading_row=ANALYSIS.header_row)
    areas = [f"A1:{column_letters(columns)}{MAX_ROW}", *printed_areas(projects)]
    worksheet.print_area = ",".join(areas)
