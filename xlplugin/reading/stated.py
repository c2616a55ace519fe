"""The period that a sheet states for all of its figures: in its title, in a line above the headings, in its name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from xlplugin.cells import address, plain, show
from xlplugin.errors import Problem
from xlplugin.periods import month_end, say_date
from xlplugin.reading.columns import named, wanted
from xlplugin.reading.headings import Headed
from xlplugin.reading.meaning import level_meaning
from xlplugin.reading.qualifiers import Meaning
from xlplugin.reading.questions import question
from xlplugin.schema import LEDGER

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part

_FILLED_IN = re.compile(
    r"填[报表]|制表|报送|编制|打印|印发|上报|^日期|^时间|^\(?\d{4}年\d{1,2}月\d{1,2}日\)?$"
)
_FILLED_ON = re.compile(
    r"(?:填[报表]|制表|报送|编制|上报)(?:日期|时间):?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})"
)
_EDITED = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:更新|修[订改]|填报|制表|印发|报送|整理|打印)"
)
"""When a sheet was last touched, which is no period of its figures."""
_FIGURES = re.compile(r"截[至止]|统计|完成|进度|进展|情况|台账|月报|调度|一览|汇总|表$|月\)?$")


def periods(part: Part) -> Iterator[Problem]:
    """A question where the title speaks of another year or month than the report, and the amounts' own headings say none."""
    done = part.choice.taken.get("done")
    if done is None or done.meaning.months:
        return
    yield from islice(_filled_too_early(part), 1)
    yield from _own_month(part, done)
    for cell, text in _lines(part):
        said = level_meaning(_EDITED.sub("", plain(text)))[1]
        last = said.months[1] if said.months else None
        year = said.year
        own_year = done.meaning.year
        if last in (None, part.as_of.month) and (year or own_year or part.as_of.year) in (
            part.as_of.year,
            own_year,
        ):
            continue
        yield _question(part, cell, text, said)
        return


EVEN = 2
"""Even months' shares of the year's plan: a sheet of a later month that has no more may hold that month's own amounts."""


def _own_month(part: Part, done: Headed) -> Iterator[Problem]:
    """A question where a sheet 9月 has 完成投资, of which nothing says since when, and hardly more than a month's share."""
    said, name = done.meaning, level_meaning(plain(part.title))[1]
    month = part.as_of.month
    if said.basis or said.summed or said.to_date or name.months != (month, month) or name.summed:
        return
    plan, spent = (sum(filter(None, part.amounts(key))) for key in ("plan", "done"))
    if month > 2 * EVEN and 0 < 12 * spent <= EVEN * plan:
        yield question(
            part.title,
            done.heading.cell,
            LEDGER["done"].heading,
            f"应为{wanted('done', part.as_of)}",
            f"{named([done])}没有写是累计，只有年度计划的{100 * spent / plan:.1f}%，像是{month}月一个月的数",
            "确是累计的，请在标题里写明「累计」；是当月数的，请加上累计一栏",
        )


def _filled_too_early(part: Part) -> Iterator[Problem]:
    """A sheet that was filled in before the report's month cannot hold its figures."""
    first = part.as_of.replace(day=1)
    for number, row in enumerate(part.grid.rows[: part.block.first - 1], start=1):
        for column, cell in enumerate(row, start=1):
            found = _FILLED_ON.search(plain(cell)) if isinstance(cell, str) else None
            day = _date(found) if found else None
            if day and day < first:
                yield question(
                    part.title,
                    address(number, column),
                    "",
                    f"应为截至{say_date(part.as_of)}的数",
                    f"写的是「{show(cell)}」",
                    f"要按{say_date(month_end(day))}的数生成，用 --as-of {month_end(day)}；"
                    "日期没有改过来的，请改正",
                )


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def _lines(part: Part) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(part.grid.rows[: part.block.first - 1], start=1):
        for column, cell in enumerate(row, start=1):
            text = plain(cell) if isinstance(cell, str) else ""
            if isinstance(cell, str) and _FIGURES.search(text) and not _FILLED_IN.search(text):
                yield address(number, column), cell


def _question(part: Part, cell: str, text: str, said: Meaning) -> Problem:
    as_of = part.as_of
    day = month_end(dt.date(said.year or as_of.year, said.months[1] if said.months else 12, 1))
    return question(
        part.title,
        cell,
        "",
        f"应为截至{say_date(as_of)}的数",
        f"标题写的是「{show(text)}」",
        f"要按{say_date(day)}的数生成，用 --as-of {day}；标题没有改过来的，请改正",
    )
