"""Whether a figure's period and basis are those of the report: held against its date, never against its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlplugin.periods import month_end
from xlplugin.reading.qualifiers import (
    ADJUSTED,
    EARLIER,
    ELSEWHEN,
    FIRST,
    MONTH,
    SINCE_START,
    SUMMED,
    YEAR,
    Meaning,
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a heading fits: the higher the surer; 0 where it speaks of something else, and `why`."""

    rank: int
    why: str = ""
    other_date: dt.date | None = None
    """The date at which it would fit."""

    def __bool__(self) -> bool:
        return self.rank > 0


def _other_year(said: Meaning, as_of: dt.date) -> Fit | None:
    if said.year and said.year != as_of.year:
        months = said.months or (1, 12)
        return Fit(0, f"是{said.year}年的数", month_end(dt.date(said.year, months[1], 1)))
    if said.basis == ELSEWHEN:
        return Fit(0, f"是{said.period or ELSEWHEN}的数")
    return None


def done(said: Meaning, as_of: dt.date) -> Fit:
    """This year's amount up to the report's date: 1-9月 on 30 September; never 当月, 自开工累计, another month's or year's."""
    if said.basis == SINCE_START:
        return Fit(0, "是自开工以来的累计")
    if said.basis == EARLIER:
        return Fit(0, "是以前年度的数")
    if (other := _other_year(said, as_of)) is not None:
        return other
    if said.basis == MONTH:
        return Fit(1) if up_to_this_month(said) else Fit(0, "只是当月数")
    if said.months:
        first, last = said.months
        if first == last > 1 and not said.summed:
            return Fit(0, f"只是{last}月一个月的数")
        if first not in (1, last):
            return Fit(0, f"只是{first}-{last}月的数")
        if last != as_of.month:
            return Fit(0, f"是截至{last}月的数", month_end(dt.date(as_of.year, last, 1)))
        return Fit(3 if said.to_date and said.basis != YEAR else 5)
    if said.basis == YEAR or (said.year and not said.to_date):
        return Fit(4)
    return Fit(2 if said.to_date or said.summed else 1)


def up_to_this_month(said: Meaning) -> bool:
    """本月累计: what has come together up to this month, where the month's own amount has a column beside it."""
    return said.summed and said.period in ("本月", "本期")


def plan(said: Meaning, as_of: dt.date) -> Fit:
    """The whole year's plan, as last adjusted."""
    if (other := _other_year(said, as_of)) is not None:
        return other
    if said.months and said.months != (1, 12):
        return Fit(0, f"不是全年的计划（{said.period}）")
    if said.basis in (MONTH, EARLIER, SINCE_START):
        return Fit(0, f"是{said.basis}的计划")
    if said.summed or said.to_date:
        return Fit(0, "是累计到某时的计划")
    rank = 2 + 2 * bool(said.year or said.basis == YEAR)
    return Fit(rank + (said.version == ADJUSTED) - (said.version == FIRST))


def total(said: Meaning, _as_of: dt.date) -> Fit:
    """The project's whole investment, whatever the year."""
    if said.basis in (MONTH, EARLIER, ELSEWHEN, SINCE_START) or said.months:
        return Fit(0, f"是{said.period or said.basis}的数")
    rank = 4 - 2 * bool(said.year or said.basis == YEAR) - bool(said.summed)
    return Fit(rank + (said.version == ADJUSTED) - (said.version == FIRST))


def earlier(said: Meaning, as_of: dt.date) -> Fit:
    """What had been done before this year, all together."""
    if said.basis != EARLIER:
        return Fit(0)
    if said.year and said.year != as_of.year - 1:
        return Fit(0, f"是截至{said.year}年的数")
    return Fit(2)


def basis_of(said: Meaning) -> str:
    """The basis in one word, for the clerk to see."""
    if said.basis:
        return said.basis + (SUMMED if said.summed and said.basis == YEAR else "")
    if said.months and said.months[0] == 1:
        return YEAR + SUMMED
    return SUMMED if said.summed else YEAR if said.year else ""
