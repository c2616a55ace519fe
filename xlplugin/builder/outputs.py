"""The sheets that the program writes at each run, as they wait in a new workbook: bulletin and results."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.cells import put
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import begin
from xlplugin.render.paper import TEXT_WIDTH
from xlplugin.schema import BULLETIN, RESULTS


def write_bulletin(worksheet: Worksheet) -> None:
    """An empty page for the bulletin: only its purpose is said."""
    put(worksheet, 1, 1, BULLETIN.help, "填表说明")
    worksheet.column_dimensions["A"].width = TEXT_WIDTH
    worksheet.row_dimensions[1].height = 30
    worksheet.sheet_view.showGridLines = False
    set_up_page(worksheet, landscape=False, side_cm=1.0)


def write_results(worksheet: Worksheet) -> None:
    """Headings of the list of problems, nothing found yet."""
    begin(worksheet, RESULTS, RESULTS.standard_columns)
    set_up_page(worksheet, landscape=True, heading_row=RESULTS.header_row)
