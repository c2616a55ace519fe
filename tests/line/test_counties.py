"""Bulletins that were read aloud: what is said of each county stands in `golden/counties`, and what is claimed is so, on any day."""

from __future__ import annotations

import datetime as dt
import math
import os
from pathlib import Path

import pytest
from line import claims, closing
from line.counties import COUNTIES
from line.county import aliases

from xlplugin.bulletin.blocks import Items, Paragraph, PrintedTable
from xlplugin.measure import width
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import lines, text

GOLDEN = Path(__file__).parent / "golden" / "counties"


@pytest.fixture(scope="module")
def read() -> dict[str, Outcome]:
    """Every county's outcome."""
    return {name: run(make()) for name, make in COUNTIES.items()}


@pytest.mark.parametrize("name", COUNTIES)
def test_the_text_is_the_one_that_was_read_aloud(read: dict[str, Outcome], name: str) -> None:
    """The text without its tables; `KP_UPDATE_GOLDEN=1 pytest` writes it anew, and the note beside it says what was read and changed."""
    said = closing.attached(text(read[name].bulletin))[0]
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KP_UPDATE_GOLDEN"):
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")
    assert path.with_suffix(".md").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", COUNTIES)
def test_it_closes_and_what_it_claims_is_so(read: dict[str, Outcome], name: str) -> None:
    outcome = read[name]
    assert outcome.errors == ()
    said = text(outcome.bulletin)
    assert closing.faults(said, outcome.facts.data.values("name"), aliases(outcome)) == []
    assert claims.faults(outcome) == []


@pytest.mark.parametrize(
    "name", ["01-case", "04-31-january", "05-31-december", "09-nothing-started"]
)
def test_on_every_day_of_the_year_what_it_claims_is_so(name: str) -> None:
    """The same ledger at each cut-off date of its year: nothing expected in the past, no season that is over, no effort where
    none is needed, no blame before the time."""
    desk = COUNTIES[name]()
    day = dt.date(2021, 1, 1)
    while day.year == 2021:
        outcome = run(desk, day)
        assert claims.faults(outcome) == [], day
        day += dt.timedelta(days=1)


def test_600_projects_with_60_behind_are_four_pages(read: dict[str, Outcome]) -> None:
    """22 lines of 28 characters a page, before what is attached; no paragraph of more than 350 characters."""
    taken = 3
    for block in read["08-sixty-of-600"].bulletin.blocks:
        if isinstance(block, PrintedTable):
            break
        taken += sum(max(1, math.ceil(width(line) / 28)) for line in lines(block))
        texts = (
            block.lines
            if isinstance(block, Items)
            else [block.text]
            if isinstance(block, Paragraph)
            else []
        )
        assert all(len(each) <= closing.LONGEST for each in texts)
    assert taken <= 4 * 22
