"""Dates as clerks write them: a month for its last day, 去年10月, 计划8月, 2021.4 typed as a number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from xlplugin import periods
from xlplugin.amounts import counted
from xlplugin.cells import Cell, Unreadable, plain
from xlplugin.reading import terms


def days(cells: Sequence[Cell], as_of: dt.date) -> list[dt.date | None]:
    """Cells as dates, a month as its last day; None for what is none (whoever types the column says so)."""
    return [day_of(cell, as_of) for cell in cells]


def whole_day(cell: Cell, as_of: dt.date, *, month_ok: bool = False, actual: bool = False) -> Cell:
    """A month that stands for a date (2021年4月, 2021.4, 7月底) as its last day; anything else as it is.

    With `month_ok` the column itself takes a month with its year. In a column of what has happened (`actual`) a month without
    a year is this year's rather than next year's, and a plan (计划10月) or 未开工 is no date.
    """
    if isinstance(cell, float) and 1990 < cell < 2100 and cell != int(cell):
        return _decimal_month(cell, as_of)
    if isinstance(cell, (int, float)) and 199001 <= cell <= 209912 and 1 <= cell % 100 <= 12:
        return periods.month_end(dt.date(int(cell // 100), int(cell % 100), 1))
    if not isinstance(cell, str):
        return cell
    cell = cell.strip(_QUOTES)
    try:
        periods.date(cell, month_ok=month_ok)
    except Unreadable:
        if actual and (says_planned(cell) or terms.started(cell) is False):
            return None
        return day_of(cell, as_of, actual=actual) or cell
    return cell


def says_planned(cell: Cell) -> bool:
    """计划8月, 2021年8月（计划): a plan, whatever the column."""
    if not isinstance(cell, str):
        return False
    text = cell.strip(_QUOTES)
    return bool(PLANNED.match(text) or _BRACKETED_PLAN.search(text) or _PLANNED_LAST.search(text))


PLANNED = re.compile(r"计划|拟|预计|力争|争取|目标|预期")


def _decimal_month(cell: float, as_of: dt.date) -> Cell:
    """2021.4 typed as a number; 2021.1 may be October, and is a date only where both are past."""
    year, month = int(cell), round((cell - int(cell)) * 100)
    if month % 10:
        return cell if month > 12 else periods.month_end(dt.date(year, month, 1))
    months = [m for m in {month // 10, month if month <= 12 else 0} if 1 <= m <= 12]
    last = [periods.month_end(dt.date(year, m, 1)) for m in months]
    return max(last) if last and (len(last) == 1 or max(last) <= as_of) else cell


def day_of(cell: Cell, as_of: dt.date, *, actual: bool = False) -> dt.date | None:
    """The (last) day that a cell names; with `actual` as in `whole_day`."""
    if cell is None:
        return None
    if isinstance(cell, str):
        cell = cell.strip(_QUOTES) if actual else _BRACKETED_PLAN.sub("", cell.strip(_QUOTES))
        cell = _TRAILING.sub("", _CHINESE_YEAR.sub(_in_digits, cell))
    try:
        return periods.date(cell).value
    except Unreadable:
        if not isinstance(cell, str):
            return None
    found = periods.expected_by(cell, as_of) or _spoken(plain(cell), as_of)
    if found is None or not actual:
        return found
    if found.year > as_of.year and str(found.year) not in plain(cell):
        found = periods.month_end(found.replace(year=as_of.year, day=1))
    begins = found.replace(day=1) if "月" in cell else found.replace(month=1, day=1)
    return as_of if begins <= as_of < found and not re.search("[日号]", cell) else found


_BRACKETED_PLAN = re.compile(r"[(（](?:计划|预计|拟|暂定)[)）]$")
_PLANNED_LAST = re.compile(r"(?:计划|拟|预计|力争|争取)开工(?:建设)?$|前(?:能|可)?开工(?:建设)?$")
_TRAILING = re.compile(r"(?<=\d)[./\-]$")
_CHINESE_YEAR = re.compile(
    r"^([二][〇○零Oo0][〇○零Oo0一二三四五六七八九]{2})年(?:([十一二三四五六七八九]{1,2})月)?(?:([十一二三四五六七八九]{1,3})日)?"
)
_CHINESE_DIGITS = "零一二三四五六七八九"


def _in_digits(found: re.Match[str]) -> str:
    """二〇二一年三月 in digits."""
    digits = [max(_CHINESE_DIGITS.find(sign), 0) for sign in found[1]]
    year = "".join(map(str, digits)) + "年"
    return year + "".join(
        f"{counted(said)}{sign}" for said, sign in ((found[2], "月"), (found[3], "日")) if said
    )


_QUOTES = "'’‘` "
"""What exports put before a date to keep it a text."""


_YEARS = {"去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "次年": 1}
_SPOKEN = re.compile(
    rf"(?P<year>{'|'.join(_YEARS)}|20\d\d|[12]\d(?=[年.]))[年度.\-/]*"
    r"(?:(?P<month>\d{1,2})(?:月份?)?(?:[.\-/月]?(?P<day>\d{1,2})[日号]?|(?P<ten>[上中下])旬|[初中底末])?"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<early>初))?[底末]?前?(?:(?:已|计划|拟|预计|力争|争取)?(?:能)?(?:开工|竣工)|建成|完工)?(?:建设)?"
)
_FOURTHS = "一二三四"


def _spoken(text: str, as_of: dt.date) -> dt.date | None:
    """去年10月, 21.9.30, 2020年第四季度, 2019年: the last day that it allows; None for anything else."""
    found = _SPOKEN.fullmatch(text)
    if found is None:
        return None
    said = found["year"]
    year = as_of.year + _YEARS[said] if said in _YEARS else int(said) + 2000 * (len(said) == 2)
    quarter, half = found["quarter"], found["half"]
    last = (
        3 * (_FOURTHS.find(quarter) + 1 or int(quarter))
        if quarter
        else 6
        if half == "上"
        else 3
        if found["early"]
        else 12
    )
    month = int(found["month"] or last)
    if not 1 <= month <= 12:
        return None
    end = periods.month_end(dt.date(year, month, 1))
    day = int(found["day"] or {"上": 10, "中": 20}.get(found["ten"] or "", end.day))
    return end.replace(day=day) if 1 <= day <= end.day else None
