"""On paper: A4 (the ledger A3), as wide as the page, headings and page numbers on each one."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from xlplugin.cells import column_letters
from xlplugin.schema import ANALYSIS, BULLETIN, BY_LEVEL, GUIDE, LEDGER, SETTINGS, SHEETS, Sheet

A3, A4 = 8, 9


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_sheet_is_set_up_for_paper(workbook: Workbook, sheet: Sheet) -> None:
    worksheet = workbook[sheet.title]
    setup = worksheet.page_setup
    assert setup.paperSize == (A3 if sheet is LEDGER else A4)
    assert setup.orientation == (
        "portrait" if sheet in (GUIDE, BULLETIN, SETTINGS) else "landscape"
    )
    assert setup.fitToWidth == (2 if sheet is LEDGER else 1)
    assert setup.fitToHeight == (1 if sheet is GUIDE else 0)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert worksheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert worksheet.print_title_rows == ("$3:$3" if sheet.columns else None)


def test_the_ledger_repeats_number_and_name(workbook: Workbook) -> None:
    assert workbook[LEDGER.title].print_title_cols == "$A:$B"


def test_the_analysis_prints_its_table_apart_from_the_charts(workbook: Workbook) -> None:
    table, *others = sorted(
        workbook[ANALYSIS.title].print_area.replace("$", "").split(","),
        key=lambda a: len(a.split("!")[1]),
    )[::-1]
    assert f"A1:{column_letters(len(ANALYSIS.columns))}1048576" in table
    first = [area.split("!")[1].split(":")[0] for area in others]
    assert f"{column_letters(BY_LEVEL.first_column)}1" in first
    assert len(first) == 2
