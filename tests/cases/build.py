"""Builds the committed workbooks: `python tests/cases/build.py [PATH]`, the case from its two CSV files.

The case has no history: the monthly sheets stay empty, so that no check speaks of last month.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

from xlplugin import amounts, periods
from xlplugin.builder import Contents, build
from xlplugin.cells import Cell, normal
from xlplugin.schema import ISSUES, LEDGER, Column, Sheet

HERE = Path(__file__).parent
WORKBOOKS = HERE.parents[1] / "workbooks"
WORKBOOK, WITH_MACROS, STANDARD = (
    WORKBOOKS / name for name in ("lingchuan-2021.xlsx", "lingchuan-2021.xlsm", "standard.xlsm")
)

SETTINGS: dict[str, Cell] = {
    "as_of": dt.date(2021, 9, 30),
    "county": "陵川县",
    "office": "陵川县重点工程办公室",
    "issued": dt.date(2021, 10, 8),
    "number": "陵重点办〔2021〕3号",
    "addressee": "各乡镇人民政府，县直各有关单位",
    "season_start": "3月15日",
    "season_end": "11月10日",
}


def contents() -> Contents:
    """The case county as a clerk would have typed it: real dates, real numbers."""
    return Contents(
        ledger=_rows("lingchuan-2021.csv", LEDGER),
        issues=_rows("lingchuan-2021-issues.csv", ISSUES),
        settings=SETTINGS,
    )


def _rows(name: str, sheet: Sheet) -> list[dict[str, Cell]]:
    by_heading = {column.heading: column for column in sheet.columns}
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return [
            {
                by_heading[heading].key: _typed(by_heading[heading], text)
                for heading, text in row.items()
            }
            for row in csv.DictReader(file)
        ]


def _typed(column: Column, text: str) -> Cell:
    if not text:
        return None
    if column.kind in ("money", "number", "count"):
        number = amounts.number(text).value
        return int(number) if number is not None and number == int(number) else number
    return periods.date(text).value if column.kind in ("date", "month") else normal(text)


def committed() -> dict[Path, Contents]:
    """Every workbook that is kept in the repository, with what is in it."""
    return {WORKBOOK: contents(), WITH_MACROS: contents(), STANDARD: Contents()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]), contents(), overwrite=True)
    else:
        for path, filling in committed().items():
            build(path, filling, overwrite=True)
