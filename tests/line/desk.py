"""A clerk's desk for tests: workbooks in memory, written as short as one would say them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from xlplugin.book import Book
from xlplugin.cells import split_address
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import (
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    PARAMETERS,
    SETTINGS,
    SHEETS,
    WORDING,
    Sheet,
)

AS_OF = dt.date(2021, 9, 30)
"""Nine months gone: 75 % expected by 按月."""

NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_TITLES = {parameter.key: parameter.title for parameter in PARAMETERS}


def day(text: str) -> dt.date:
    """2021-09-30 as a date."""
    return dt.date.fromisoformat(text)


def project(number: int = 1, **values: Any) -> dict[str, Any]:
    """A project with nothing wrong: a county's, started in March, 80 of 100 done. `values` by column key; None empties."""
    name = "".join(NAMES[int(digit)] for digit in str(number)) + "河谷水库"
    return {
        "id": f"P{number:02}",
        "name": name,
        "level": "县重点",
        "nature": "在建",
        "total": 1000,
        "plan": 100,
        "done": 80,
        "actual_start": day("2021-03-01"),
        **values,
    }


def early(number: int = 1, **values: Any) -> dict[str, Any]:
    """A project under preparation with nothing wrong."""
    return project(number, nature="前期", actual_start=None, **values)


def behind(number: int = 1, **values: Any) -> dict[str, Any]:
    """A project 15 points behind, everything told that must be told."""
    return project(
        number,
        **{"done": 60, "cause": f"第{number}处图纸未到", "parts": 3, "parts_behind": 1, **values},
    )


def unstarted(number: int = 1, **values: Any) -> dict[str, Any]:
    """A project not started, its cause told."""
    return project(
        number, **{"done": 0, "actual_start": None, "cause": f"第{number}处土地未批", **values}
    )


def table(sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Rows by column key as a sheet: headings first; required columns and those that a row names."""
    rows = list(rows)
    used = {key for row in rows for key in row}
    assert used <= {column.key for column in sheet.columns}, used
    columns = [column for column in sheet.columns if column.required or column.key in used]
    return [
        [column.heading for column in columns],
        *([row.get(column.key) for column in columns] for row in rows),
    ]


def book(
    *projects: Mapping[str, Any],
    issues: Iterable[Mapping[str, Any]] = (),
    monthly_plan: Iterable[Mapping[str, Any]] = (),
    monthly_done: Iterable[Mapping[str, Any]] = (),
    settings: Mapping[str, Any] | None = None,
    wording: Mapping[str, str] | None = None,
    **sheets: Any,
) -> MemoryBook:
    """A workbook with these projects from row 2 on; other sheets only where something is said for them."""
    content: dict[str, Any] = {LEDGER.title: table(LEDGER, projects)}
    for sheet, rows in (
        (MONTHLY_PLAN, monthly_plan),
        (MONTHLY_DONE, monthly_done),
        (ISSUES, issues),
    ):
        if rows := list(rows):
            content[sheet.title] = table(sheet, rows)
    if settings:
        content[SETTINGS.title] = table(
            SETTINGS,
            ({"name": _TITLES.get(key, key), "value": value} for key, value in settings.items()),
        )
    if wording:
        content[WORDING.title] = table(
            WORDING, ({"paragraph": key, "template": text} for key, text in wording.items())
        )
    return MemoryBook({**content, **sheets})


def see(*projects: Mapping[str, Any], as_of: dt.date | str | None = AS_OF, **rest: Any) -> Outcome:
    """What comes of a workbook with these projects."""
    return run(book(*projects, **rest), day(as_of) if isinstance(as_of, str) else as_of)


def problems(outcome: Outcome) -> list[str]:
    """Problems as one word each: KP04 E 项目台账!E2."""
    return [f"{p.code} {p.severity} {p.sheet}!{p.cell}" for p in outcome.problems]


def keyed(outcome: Outcome, desk: Book) -> list[str]:
    """The same without addresses, which move with every new column: KP04 E total2 in the ledger, KP34 E 月度计划 m3 2 elsewhere.

    The column is the one that stands over the cell in the sheet, told by its heading.
    """
    words = []
    for problem in outcome.problems:
        place = problem.sheet
        if problem.cell:
            row, column = split_address(problem.cell)
            sheet = next(sheet for sheet in SHEETS if sheet.title == problem.sheet)
            heading = str(desk.read(problem.sheet).at(1, column)).partition("（")[0]
            key = next(c.key for c in sheet.columns if c.heading == heading)
            place = f"{key}{row}" if sheet is LEDGER else f"{sheet.title} {key} {row}"
        words.append(f"{problem.code} {problem.severity} {place}")
    return words


def grid(document: str) -> list[list[Any]]:
    """A sheet drawn with bars: numbers and dates (2021-07-09) become such, the rest is text, blanks are empty."""
    rows = [line.strip().strip("|").split("|") for line in document.strip().splitlines()]
    return [[cell(text.strip()) for text in row] for row in rows]


def cell(text: str) -> Any:
    """What a clerk typed: a number, a date, text, or nothing."""
    if not text:
        return None
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    return day(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def sheet_of(key: str) -> Sheet:
    """A declared sheet by its key."""
    return next(sheet for sheet in SHEETS if sheet.key == key)
