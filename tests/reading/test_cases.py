"""The small ledgers as offices keep them: the figures that a clerk expects, or one question and no bulletin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from line.desk import AS_OF

from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.record import record
from xlplugin.render.text import text

CASES = Path(__file__).parents[1] / "cases"
LEDGERS = sorted((CASES / "ledgers").glob("m*.xlsx"))
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (CASES / "ledgers" / "expected.json").read_text(encoding="utf-8")
)
ASKED = {"m10", "m11", "m13", "m14", "m16"}
"""The ledgers of which something is asked; all others are read right."""


def outcome_of(path: Path) -> Outcome:
    return run(FileBook(path), AS_OF)


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_small_ledger(path: Path) -> None:
    name, outcome = path.name[:3], outcome_of(path)
    want = EXPECTED[name]
    assert bool(outcome.errors) == (name in ASKED)
    if name in ASKED:
        assert want["asked"]
        assert len(outcome.errors) == 1
        return
    got = record(outcome, [])
    said = {**got["totals"], **{key: len(got[key]) for key in ("not_started", "behind")}}
    assert {key: said[key] for key in want if key != "asked"} == {
        key: value for key, value in want.items() if key != "asked"
    }
    written = text(outcome.bulletin)
    assert "因无" not in written
    assert "与上月相比" not in written


WORKBOOKS = {
    "1a-two-years": ["1.60", "0.80", "50.00"],
    "1b-hidden-twin": ["1.00", "0.80", "80.00"],
    "2a-two-ledgers": ["2.10", "1.27", "60.48"],
    "2b-hidden-old": ["1.80", "1.26", "70.00"],
    "3-cdata": ["1.80", "1.26", "70.00"],
    "4b-zwsp-heading": ["1.80", "1.26", "70.00"],
    "5-dispimg": ["1.80", "1.26", "70.00"],
    "5b-embed": ["1.80", "1.26", "70.00"],
    "7-dimA0": ["1.80", "1.26", "70.00"],
    "7b-dim18": ["1.80", "1.26", "70.00"],
    "8-sheetjs": ["1.20", "0.96", "80.00"],
    "9a-prefilled": ["1.80", "1.26", "70.00"],
    "9c-3rows": ["1.80", "1.26", "70.00"],
}
"""Plan, done and completion, where the workbook is right."""


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook(name: str) -> None:
    outcome = run(FileBook(CASES / "workbooks" / f"{name}.xlsx"))
    assert outcome.errors == ()
    totals = record(outcome, [])["totals"]
    assert [totals[key] for key in ("plan", "done", "completion")] == WORKBOOKS[name]
    assert "DISPIMG" not in text(outcome.bulletin)


def test_an_invisible_character_hides_no_double() -> None:
    outcome = run(FileBook(CASES / "workbooks" / "4-zwsp.xlsx"))
    assert [(p.code, p.cell) for p in outcome.errors] == [("KP01", "A5"), ("KP01", "B5")]


def test_headings_that_are_dates_are_months() -> None:
    table = run(FileBook(CASES / "workbooks" / "6-month-dates.xlsx")).facts.monthly_done
    assert [table.data.values(key)[0] for key in ("m1", "m8")] == [1_200_000_000, 9_600_000_000]


def test_the_hidden_sheet_and_the_hidden_twin_are_said() -> None:
    hidden = run(FileBook(CASES / "workbooks" / "2b-hidden-old.xlsx")).reading
    assert [(s.title, s.taken, s.why) for s in hidden.sheets] == [
        ("重点项目台账", True, "只有这张表像台账"),
        ("参数", False, "是「参数」"),
        ("项目台账", False, "隐藏的工作表"),
    ]
    twin = run(FileBook(CASES / "workbooks" / "1b-hidden-twin.xlsx")).reading
    (sheet,) = twin.ledgers
    assert [(p.heading.cell, p.why) for p in sheet.passed if p.known] == [("H1", "隐藏的栏目")]
