"""Every sheet, heading, note and choice of the schema is in the workbook, in its place."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder import Contents
from xlplugin.builder.looks import style_name
from xlplugin.builder.notes import note_text
from xlplugin.builder.workbook import assemble
from xlplugin.cells import address
from xlplugin.schema import (
    ANALYSIS,
    BY_LEVEL,
    BY_MONTH,
    GUIDE,
    LEDGER,
    LEVELS,
    MONTHS,
    RESULTS,
    SHEETS,
    Sheet,
)

TABLES = [sheet for sheet in (*SHEETS, BY_LEVEL, BY_MONTH) if sheet.columns]
ids = [sheet.key for sheet in TABLES]


def where(workbook: Workbook, sheet: Sheet) -> Worksheet:
    """The worksheet on which a table or a block stands."""
    return workbook[ANALYSIS.title if sheet in (BY_LEVEL, BY_MONTH) else sheet.title]


def headings(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Where each column's heading should stand."""
    return {
        c.key: (sheet.header_row, sheet.first_column + n)
        for n, c in enumerate(sheet.standard_columns)
    }


def test_the_sheets_are_those_of_the_schema_in_its_order(workbook: Workbook) -> None:
    assert workbook.sheetnames == [sheet.title for sheet in SHEETS]


@pytest.mark.parametrize("sheet", TABLES, ids=ids)
def test_headings_stand_exactly_as_declared(workbook: Workbook, sheet: Sheet) -> None:
    found = {
        key: where(workbook, sheet).cell(*place).value for key, place in headings(sheet).items()
    }
    assert found == {column.key: column.heading for column in sheet.standard_columns}


@pytest.mark.parametrize("sheet", TABLES, ids=ids)
def test_every_heading_has_its_help_as_a_note(workbook: Workbook, sheet: Sheet) -> None:
    for column in sheet.standard_columns:
        note = where(workbook, sheet).cell(*headings(sheet)[column.key]).comment
        if not column.help:
            assert note is None
            continue
        assert note is not None
        assert note.text == note_text(column, output=sheet.output)
        assert column.help in note.text
        assert sheet.output or all(choice in note.text for choice in column.choices)


def test_notes_are_large_enough_for_their_text() -> None:
    """At 11 points a character is 14.7 pixels wide and a line 20 high."""
    for worksheet in assemble(Contents()).worksheets:
        for note in (cell.comment for row in worksheet.iter_rows() for cell in row if cell.comment):
            assert note.height >= 20 * len(note.text) * 14.7 / note.width


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in TABLES if not sheet.output], ids=lambda sheet: sheet.key
)
def test_required_headings_are_told_apart(workbook: Workbook, sheet: Sheet) -> None:
    for column in sheet.standard_columns:
        cell = workbook[sheet.title].cell(*headings(sheet)[column.key])
        assert (cell.style == style_name("必填表头")) == column.required
        assert ("*" in cell.number_format) == column.required


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.columns], ids=lambda sheet: sheet.key
)
def test_title_and_help_stand_above(workbook: Workbook, sheet: Sheet) -> None:
    worksheet = workbook[sheet.title]
    assert worksheet["A1"].value == sheet.title
    assert sheet.help in worksheet["A2"].value
    has_money = any(column.kind == "money" for column in sheet.columns)
    assert worksheet["A2"].value.startswith("单位：万元") == has_money


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.columns], ids=lambda sheet: sheet.key
)
def test_columns_have_their_widths(workbook: Workbook, sheet: Sheet) -> None:
    for place, column in enumerate(sheet.standard_columns, 1):
        letter = address(1, place)[:-1]
        assert workbook[sheet.title].column_dimensions[letter].width == column.width


def test_nothing_is_merged_below_the_headings(workbook: Workbook) -> None:
    for sheet in SHEETS:
        if sheet is not GUIDE:
            assert all(
                merge.max_row < sheet.header_row
                for merge in workbook[sheet.title].merged_cells.ranges
            )


def test_headings_stay_in_sight(workbook: Workbook) -> None:
    panes = {sheet.key: workbook[sheet.title].freeze_panes for sheet in SHEETS if sheet.columns}
    assert panes == {
        "ledger": "C4",
        "monthly_plan": "C4",
        "monthly_done": "C4",
        "issues": "C4",
        "settings": "B4",
        "wording": "B4",
        "analysis": "C4",
        "results": "A4",
    }
    assert LEDGER.header_row == RESULTS.header_row == 3


def test_the_blocks_beside_the_analysis_name_their_rows(workbook: Workbook) -> None:
    worksheet = workbook[ANALYSIS.title]

    def labels(block: Sheet, count: int) -> list[object]:
        return [
            worksheet.cell(block.header_row + n, block.first_column).value
            for n in range(1, count + 1)
        ]

    assert labels(BY_LEVEL, 4) == [*LEVELS, "合计"]
    assert labels(BY_MONTH, 12) == [month.heading for month in MONTHS]


def test_the_guide_leads_to_every_other_sheet(workbook: Workbook) -> None:
    links = {
        cell.value: cell.hyperlink.location
        for row in workbook[GUIDE.title]
        for cell in row
        if cell.hyperlink
    }
    assert links == {sheet.title: f"'{sheet.title}'!A1" for sheet in SHEETS if sheet is not GUIDE}


def test_tabs_have_colours_by_purpose(workbook: Workbook) -> None:
    colours = {sheet.title: workbook[sheet.title].sheet_properties.tabColor.rgb for sheet in SHEETS}
    outputs = {colours[sheet.title] for sheet in SHEETS if sheet.output}
    assert len(outputs) == 1
    assert outputs.isdisjoint({colours[sheet.title] for sheet in SHEETS if not sheet.output})
