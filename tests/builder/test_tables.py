"""Excel's tables: valid, named as declared, with a data row, and filled as told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from xlplugin.builder import Contents, build
from xlplugin.builder.looks import input_look, style_name
from xlplugin.cells import split_range
from xlplugin.schema import ANALYSIS, LEDGER, PARAMETERS, SETTINGS, SHEETS, Sheet

WITH_TABLE = [sheet for sheet in SHEETS if sheet.table]


@pytest.mark.parametrize("sheet", WITH_TABLE, ids=lambda sheet: sheet.key)
def test_a_table_covers_its_headings_and_a_data_row(workbook: Workbook, sheet: Sheet) -> None:
    table = workbook[sheet.title].tables[sheet.table]
    first, left, last, right = split_range(table.ref)
    assert (first, left) == (sheet.header_row, 1)
    assert last > first
    assert table.column_names == [column.heading for column in sheet.standard_columns]
    assert right == len(sheet.standard_columns)
    assert table.autoFilter.ref == table.ref
    assert table.displayName.isascii()


def test_table_numbers_and_names_are_unique(workbook: Workbook) -> None:
    tables = [table for worksheet in workbook.worksheets for table in worksheet.tables.values()]
    assert (
        len({table.id for table in tables})
        == len({table.displayName for table in tables})
        == len(WITH_TABLE)
    )


def test_the_analysis_has_a_row_for_each_project(case: Workbook) -> None:
    last_rows = {
        split_range(case[sheet.title].tables[sheet.table].ref)[2] for sheet in (LEDGER, ANALYSIS)
    }
    assert last_rows == {44}


def test_every_cell_has_the_look_of_its_column(case: Workbook) -> None:
    for place, column in enumerate(LEDGER.standard_columns, 1):
        styles = {case[LEDGER.title].cell(row, place).style for row in range(4, 45)}
        assert styles == {style_name(input_look(column))}


def test_values_are_real_dates_and_numbers(case: Workbook) -> None:
    """LC2021-01,王莽岭景区基础设施改造提升工程,…,96000,20000,12100,2021-03-20,2021-03-28"""
    row = {
        column.key: case[LEDGER.title].cell(4, place)
        for place, column in enumerate(LEDGER.standard_columns, 1)
    }
    assert (row["id"].value, row["total"].value, row["parts"].value) == ("LC2021-01", 96000, 8)
    assert row["actual_start"].value.date() == dt.date(2021, 3, 28)
    assert row["actual_start"].number_format == "yyyy-m-d"
    assert row["id"].number_format == "@"
    assert row["total"].number_format.startswith("#,##0.00")
    assert row["actual_finish"].value is None


def test_parameters_are_typed(case: Workbook) -> None:
    values = {row[0].value: row[1].value for row in case[SETTINGS.title].iter_rows(min_row=4)}
    titles = {parameter.key: parameter.title for parameter in PARAMETERS}
    assert list(values) == list(titles.values())
    assert values[titles["as_of"]].date() == dt.date(2021, 9, 30)
    expected = {
        "county": "陵川县",
        "factor": 1,
        "red_points": 20,
        "red_ratio": 0.6,
        "season_start": "3月15日",
        "decimals": 2,
        "appendix": "是",
    }
    assert {key: values[titles[key]] for key in expected} == expected


@pytest.mark.parametrize("text", ["=1+1", "+8613", "-前期", "@某人", "\t=1+1", "007", "#N/A?"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    build(tmp_path / "新.xlsx", Contents(ledger=[{"id": text, "name": text, "note": text}]))
    row = openpyxl.load_workbook(tmp_path / "新.xlsx")[LEDGER.title][4]
    assert [(cell.value, cell.data_type) for cell in (row[0], row[1], row[-1])] == [(text, "s")] * 3


def test_an_extra_column_appears_when_it_is_filled(tmp_path: Path) -> None:
    build(tmp_path / "新.xlsx", Contents(ledger=[{"id": "1", "earlier_done": Decimal("12.5")}]))
    worksheet = openpyxl.load_workbook(tmp_path / "新.xlsx")[LEDGER.title]
    assert {cell.value: worksheet.cell(4, cell.column).value for cell in worksheet[3]}[
        LEDGER["earlier_done"].heading
    ] == 12.5


@pytest.mark.parametrize(
    "filling",
    [Contents(ledger=[{"nmae": "错"}]), Contents(settings={"asof": "错"})],
    ids=["column", "parameter"],
)
def test_an_unknown_key_is_a_bug_of_the_caller(tmp_path: Path, filling: Contents) -> None:
    with pytest.raises(KeyError, match="no"):
        build(tmp_path / "新.xlsx", filling)


def test_rows_are_tall_enough_for_their_text(case: Workbook) -> None:
    """The longest cell of LC2021-08, 实际进度, has 43 characters at 10 points in a column 26 wide."""
    worksheet = case[LEDGER.title]
    assert worksheet.row_dimensions[11].height >= 4 * 13
    assert worksheet.row_dimensions[17].height == 18
