"""Dates as offices write them: reading, printing, 旬, months, the building season (domain §5, §6)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from line.desk import day

from xlplugin.cells import Unreadable
from xlplugin.periods import (
    EARLIEST,
    LATEST,
    Season,
    add_months,
    date,
    expected_by,
    month_day,
    month_end,
    say_date,
)

DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    ("cell", "read", "echo"),
    [
        (None, None, False),
        (day("2021-07-09"), "2021-07-09", False),
        ("2021-7-9", "2021-07-09", False),
        ("2021/07/09", "2021-07-09", False),
        ("2021年7月9日", "2021-07-09", False),
        ("2021 年 7 月 9 日", "2021-07-09", False),
        ("２０２１年７月９日", "2021-07-09", False),
        ("2021-07-09 00:00:00", "2021-07-09", False),
        ("2021年7月9号", "2021-07-09", False),
        ("2021.7.9", "2021-07-09", True),
        ("2021.07.09", "2021-07-09", True),
        ("20210709", "2021-07-09", True),
        (20210709, "2021-07-09", True),
        (20210709.0, "2021-07-09", True),
        (44386, "2021-07-09", True),
        (44386.5, "2021-07-09", True),
        ("44386", "2021-07-09", True),
        ("2024-02-29", "2024-02-29", False),
    ],
)
def test_dates_that_are_read(cell: Any, read: str | None, echo: bool) -> None:
    """What is clear is taken; what is written oddly is taken and said back."""
    assert date(cell) == (read and day(read), echo)


@pytest.mark.parametrize(
    "cell",
    [
        "春节后",
        "2021年",
        "7月9日",
        "2021-13-01",
        "2021-02-29",
        "20211340",
        "1021-07-09",
        "2021",
        7,
        2021.7,
        True,
        "2021.7",
        "44386.5天",
        "#N/A",
        day("1900-01-05"),
        day("2201-07-09"),
        "2021年7月",
        "2021-7",
    ],
)
def test_dates_that_are_refused(cell: Any) -> None:
    """No such day, no year or day, or out of all reason: never guessed."""
    with pytest.raises(Unreadable):
        date(cell)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2021年7月", "2021-07-31"),
        ("2021年2月份", "2021-02-28"),
        ("2024-2", "2024-02-29"),
        ("2021/12", "2021-12-31"),
    ],
)
def test_a_month_alone_is_its_last_day_where_that_is_allowed(cell: str, read: str) -> None:
    assert date(cell, month_ok=True) == (day(read), True)


@given(DAYS)
def test_what_is_said_is_read_again(one: dt.date) -> None:
    """Law: a date printed in any of the offices' ways is read as that date; nothing is zero-padded."""
    assert date(say_date(one)) == (one, False)
    assert "月0" not in say_date(one)
    assert "年0" not in say_date(one)
    for text in (
        one.isoformat(),
        f"{one.year}.{one.month}.{one.day}",
        f"{one:%Y%m%d}",
        str((one - dt.date(1899, 12, 30)).days),
    ):
        assert date(text).value == one


@pytest.mark.parametrize(
    ("text", "as_of", "by"),
    [
        ("10月上旬", "2021-09-30", "2021-10-10"),
        ("10月中旬", "2021-09-30", "2021-10-20"),
        ("10月下旬", "2021-09-30", "2021-10-31"),
        ("2月下旬", "2024-01-31", "2024-02-29"),
        ("10月底", "2021-09-30", "2021-10-31"),
        ("10月", "2021-09-30", "2021-10-31"),
        ("10月初", "2021-09-30", "2021-10-10"),
        ("10月15日前", "2021-09-30", "2021-10-15"),
        ("2022年3月", "2021-09-30", "2022-03-31"),
        ("1月上旬", "2021-12-31", "2022-01-10"),
        ("12月下旬", "2022-01-31", "2021-12-31"),
        ("3月底", "2021-09-30", "2021-03-31"),
        ("9月底", "2021-03-31", "2021-09-30"),
        ("2月底", "2021-09-30", "2022-02-28"),
        ("10月底", "2021-03-31", "2020-10-31"),
        ("１０月下旬", "2021-09-30", "2021-10-31"),
        ("2021年10月15日", "2021-09-30", "2021-10-15"),
        ("预计10月下旬开工", "2021-09-30", "2021-10-31"),
        ("拟于10月上旬完成招标。", "2021-09-30", "2021-10-10"),
        ("四季度", "2021-09-30", None),
        ("待定", "2021-09-30", None),
        ("13月", "2021-09-30", None),
        ("2月30日", "2021-09-30", None),
        ("0000年1月", "2021-09-30", None),
    ],
)
def test_expectations(text: str, as_of: str, by: str | None) -> None:
    """The last day that an expectation allows; without a year the nearest month is meant."""
    assert expected_by(text, day(as_of)) == (by and day(by))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2021-01-31", 1, "2021-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2021-11-30", 3, "2022-02-28"),
        ("2021-03-31", -1, "2021-02-28"),
        ("2021-12-15", 1, "2022-01-15"),
        ("2021-01-15", -1, "2020-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2021-05-05", 0, "2021-05-05"),
    ],
)
def test_months_on(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@given(DAYS)
def test_a_months_end_is_the_day_before_the_next_month(one: dt.date) -> None:
    assert (month_end(one) + dt.timedelta(days=1)).day == 1


SEASON = Season((3, 15), (11, 10))


@pytest.mark.parametrize(
    ("on", "gone", "left"),
    [
        ("2021-03-14", 0, 241),
        ("2021-03-15", 1, 240),
        ("2021-09-30", 200, 41),
        ("2021-11-09", 240, 1),
        ("2021-11-10", 241, 0),
        ("2021-12-31", 241, 0),
        ("2024-02-29", 0, 241),
    ],
)
def test_the_building_season(on: str, gone: int, left: int) -> None:
    """15 March to 10 November has 241 days, both ends counted; the seed's 30 September leaves 41."""
    assert (SEASON.elapsed(day(on)), SEASON.left(day(on)), SEASON.length(2021)) == (gone, left, 241)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3月15日", (3, 15)),
        ("３月１５日", (3, 15)),
        ("11-10", (11, 10)),
        ("3/15", (3, 15)),
        (day("2021-03-15"), (3, 15)),
        (None, None),
    ],
)
def test_month_and_day(cell: Any, read: Any) -> None:
    assert month_day(cell).value == read


@pytest.mark.parametrize("cell", ["三月", "2月30日", "2月29日", day("2024-02-29"), 3.15, "13月1日"])
def test_no_month_and_day(cell: Any) -> None:
    """29 February is no end of a season: most years have none."""
    with pytest.raises(Unreadable):
        month_day(cell)
