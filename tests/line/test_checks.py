"""Every check: a small ledger with exactly one thing wrong is told exactly that, at that cell, and nothing else.

The ledgers stand in `line/checked`, by what is checked.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from line.checked import amounts, beside, dates, entries, identity, parameters, texts
from line.desk import book, day, keyed, project, see, table

from xlplugin.book import Book, Grid
from xlplugin.cells import address
from xlplugin.errors import CODES
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import LEDGER

ROWS = [
    each
    for kind in (identity, entries, amounts, dates, texts, beside, parameters)
    for each in kind.CASES
]


SEEN: dict[int, tuple[Outcome, Book]] = {}


def once(projects: Any, rest: Any) -> tuple[Outcome, Book]:
    """What comes of a case, worked out once for all tests, and its workbook."""
    if id(projects) not in SEEN:
        others = {key: value for key, value in rest.items() if key != "as_of"}
        SEEN[id(projects)] = see(*projects, **rest), book(*projects, **others)
    return SEEN[id(projects)]


@pytest.mark.parametrize(("projects", "rest", "told"), ROWS)
def test_one_thing_wrong_is_told_and_nothing_else(
    projects: Any, rest: Any, told: list[str]
) -> None:
    outcome, desk = once(projects, rest)
    assert sorted(keyed(outcome, desk)) == sorted(told)


LAID = table(LEDGER, [project(1), project(2)])
TOTAL = LAID[0].index(LEDGER["total"].heading) + 1
LOOKS = [
    ("hidden row", Grid(LAID, hidden=frozenset({3})), ["KP35 W id3"]),
    ("hidden row elsewhere", Grid(LAID, hidden=frozenset({9})), []),
    ("filter", Grid(LAID, filtered=True), ["KP35 W id1"]),
    (
        "merged data",
        Grid(LAID, merged=(f"{address(2, TOTAL)}:{address(2, TOTAL + 1)}",)),
        ["KP35 W total2"],
    ),
    ("merged headings", Grid(LAID, merged=("A1:B1",)), []),
    (
        "formula into another workbook",
        Grid(LAID, formulas={(2, TOTAL): "[1]Sheet1!A1"}),
        ["KP25 E total2"],
    ),
    (
        "unit in the heading",
        Grid(
            [
                [h if h != "总投资" else "总投资（亿元）" for h in LAID[0]],
                *([0.1 if v == 1000 else v for v in row] for row in LAID[1:]),
            ]
        ),
        ["KP06 W total1"],
    ),
    (
        "unit in the heading that cannot be",
        Grid([[h if h != "总投资" else "总投资（亿元）" for h in LAID[0]], *LAID[1:]]),
        ["KP39 E plan1"],
    ),
]


@pytest.mark.parametrize(
    ("grid", "told"), [line[1:] for line in LOOKS], ids=[line[0] for line in LOOKS]
)
def test_what_hides_or_bends_data_is_told(grid: Grid, told: list[str]) -> None:
    """KP35, KP25 and KP06 see what is not a value: hidden rows, filters, merges, links, units in headings."""
    desk = book(**{LEDGER.title: grid})
    assert keyed(run(desk, day("2021-09-30")), desk) == told


SAID_ELSEWHERE = {"KP38", "KP40"}
"""Codes of the Word document's charts, with the tests of the document, and of the clerk's own sheets, with theirs."""


def test_every_code_has_a_case() -> None:
    """No check is declared that no ledger here brings out."""
    shown = {word.split()[0] for parameter in ROWS for word in parameter.values[2]} | {
        told.split()[0] for _, _, line in LOOKS for told in line
    }
    assert shown == CODES.keys() - SAID_ELSEWHERE


@pytest.mark.parametrize(("projects", "rest", "told"), ROWS)
def test_messages_say_where_what_and_what_to_do_in_chinese(
    projects: Any, rest: Any, told: list[str]
) -> None:
    """Where — what should be — what is — what to do, in one line that ends with a full stop and has no foreign word."""
    found = once(projects, rest)[0].problems
    assert len(found) == len(told)
    for problem in found:
        assert problem.message.startswith(f"「{problem.sheet}」{problem.cell}")
        assert problem.message.endswith("。")
        assert len(problem.saying) > 2
        assert problem.remedy
        assert not set("\n\r\t") & set(problem.message)
        bare = re.sub(
            r"「[^」]*」|\{\{?.*?\}\}?|[A-Z]{1,3}\d+(:[A-Z]+\d+)?|\bExcel\b|#[A-Z/0!]+|--as-of",
            "",
            problem.message,
        )
        assert not re.search(r"[A-Za-z]", bare), problem.message
        assert not re.search(r"。。|，。|，，|：。|None|nan", problem.message), problem.message
