"""Where the headings of a sheet beside the ledger stand, and in which unit its amounts are."""

from __future__ import annotations

from typing import Any

from xlplugin.book import Grid
from xlplugin.schema import MONTHLY_PLAN
from xlplugin.tables import find_header

HEADINGS = ["项目编号", "项目名称", *(f"{month}月" for month in range(1, 13))]


def header(*rows: list[Any]) -> Any:
    """The heading row found among some rows."""
    return find_header(Grid(list(rows)), MONTHLY_PLAN)


def test_a_headings_own_unit_goes_before_the_one_above() -> None:
    own = [f"{text}（万元）" if text == "1月" else text for text in HEADINGS]
    found = header(["月度计划", "单位：亿元"], own)
    assert (found.units["m1"], found.units["m2"]) == ("万元", "亿元")


def test_of_like_headings_the_first_counts() -> None:
    found = header([*HEADINGS, "12月"])
    assert found.columns["m12"] == 14
    found = header([*HEADINGS[:-1], "2021年12月", "2022年12月"])
    assert found.columns["m12"] == 14


def test_headings_may_stand_as_low_as_row_20() -> None:
    note = ["填表说明"]
    assert header(*[note] * 19, HEADINGS).row == 20
    assert header(*[note] * 20, HEADINGS) is None
