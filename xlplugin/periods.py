"""Dates as Chinese offices write them: reading, printing, months, 旬, the building season."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlplugin.cells import Cell, Understood, Unreadable

EPOCH = dt.date(1899, 12, 30)
EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2099, 12, 31)
_FULL = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])"
)
_ODD = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})\.?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月(?:份|底|末)?|[-/.](\d{1,2}))")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_EXPECTED = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月份?(?:(上|中|下)旬|(初|中|底|末)|(\d{1,2})[日号])?(?:左右|前|以前|之前)?"
)


def date(value: Cell, *, month_ok: bool = False) -> Understood[dt.date | None]:
    """A cell read as a date; None for an empty one.

    Real dates and full dates in text (2021-07-09, 2021/7/9, 2021年7月9日) are taken as they are; 2021.7.9, 20210709 and
    the serial 44386 are read and echoed. With `month_ok` a month alone (2021年7月) is read as its last day and echoed.
    Anything else raises Unreadable.
    """
    if value is None:
        return Understood(None)
    if isinstance(value, dt.date):
        return Understood(_real(value.year, value.month, value.day))
    if isinstance(value, bool):
        raise Unreadable("这是逻辑值，不是日期")
    if isinstance(value, (int, float, Decimal)):
        return Understood(_from_number(value), echo=True)
    text = _TIME.sub(
        "",
        "".join(unicodedata.normalize("NFKC", value).split(" "))
        if "年" in value
        else unicodedata.normalize("NFKC", value).strip(),
    )
    if found := _FULL.fullmatch(text):
        return Understood(_real(*(int(part) for part in found.groups() if part)))
    if found := _ODD.fullmatch(text):
        return Understood(_real(*(int(part) for part in found.groups() if part)), echo=True)
    if text.isdigit() and len(text) == 5:
        return Understood(_from_number(int(text)), echo=True)
    if found := _MONTH.fullmatch(text):
        if not month_ok:
            raise Unreadable("只写到月份，缺少日")
        year, month = (int(part) for part in found.groups() if part)
        return Understood(month_end(_real(year, month, 1)), echo=True)
    raise Unreadable("不是可辨认的日期")


def _from_number(value: int | float | Decimal) -> dt.date:
    whole = int(value)
    if (EARLIEST - EPOCH).days <= whole <= (LATEST - EPOCH).days:
        return EPOCH + dt.timedelta(days=whole)
    if whole == value and 10_000_000 < whole < 100_000_000:
        return _real(whole // 10000, whole // 100 % 100, whole % 100)
    raise Unreadable("不是可辨认的日期")


def _real(year: int, month: int, day: int) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Unreadable("历法上没有这一天") from None
    if not EARLIEST <= found <= LATEST:
        raise Unreadable("年份不合理")
    return found


def say_date(day: dt.date | None, *, year: bool = True) -> str:
    """2021年10月8日, without zero padding; without the year on request; "" for no date."""
    if day is None:
        return ""
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日"


def month_end(day: dt.date) -> dt.date:
    """The last day of the month that `day` lies in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on; the month's last day where that day does not exist (31 Jan + 1 → 28 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if calendar.isleap(year) else 365


def expectation(text: str) -> str:
    """An expectation without the words around it: 预计10月下旬开工 → 10月下旬; "" for what promises nothing, such as 待定."""
    bare = re.sub(
        r"^(?:预计|计划|拟于?|力争)|(?:完成)?招(?:投)?标$|开工(?:建设)?$",
        "",
        text.strip().strip("。；;，, "),
    )
    return "" if re.match(r"[待未不无暂—/-]", bare) else bare


def expected_by(text: str, as_of: dt.date) -> dt.date | None:
    """The last day that an expectation such as 10月下旬, 10月底 or 2021年10月15日 allows; None where it names no month.

    Without a year the month nearest to `as_of` is meant: in December, 1月 is next year's.
    """
    found = _EXPECTED.fullmatch("".join(unicodedata.normalize("NFKC", expectation(text)).split()))
    if not found or not 1 <= int(found[2]) <= 12 or found[1] == "0000":
        return None
    month = int(found[2])
    year = (
        int(found[1])
        if found[1]
        else as_of.year + (month - as_of.month < -6) - (month - as_of.month > 6)
    )
    end = calendar.monthrange(year, month)[1]
    day = {"上": 10, "中": 20, "下": end}.get(found[3], {"初": 10, "中": 20}.get(found[4], end))
    if found[5]:
        day = int(found[5])
    return dt.date(year, month, day) if 1 <= day <= end else None


_PARTS = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "上半年": 6, "下半年": 12}
_PARTS |= {"年底": 12, "年末": 12, "年内": 12}


@lru_cache(1024)
def promised(text: str, as_of: dt.date) -> tuple[str, dt.date | None]:
    """A promise (10月下旬, 明年3月, 四季度) as it may stand in a text of any date, and the last day that it allows.

    明年 becomes a year's number. A month that a January's ledger names far ahead is this year's: nobody promises what is past.
    Kept, as few words promise much: 0.1 s of 100,000 projects.
    """
    said = re.sub(r"^(?:今年|本年)的?", "", expectation(text))
    said = re.sub(r"^明年的?", f"{as_of.year + 1}年", said)
    part = re.fullmatch(r"(?:(\d{4})年)?(.+?)前?", said)
    if part and part[2] in _PARTS:
        return said, month_end(dt.date(int(part[1] or as_of.year), _PARTS[part[2]], 1))
    day = expected_by(said, as_of)
    if day and day.year < as_of.year and day.month - as_of.month < 11 and "年" not in said:
        day = expected_by(f"{as_of.year}年{said}", as_of)
    return said, day


@dataclass(frozen=True, slots=True)
class Season:
    """The building season of a northern county (有效施工期), from one month-day to another of the same year."""

    start: tuple[int, int]
    end: tuple[int, int]

    def days(self, year: int) -> tuple[dt.date, dt.date]:
        """First and last day in a year."""
        return dt.date(year, *self.start), dt.date(year, *self.end)

    def length(self, year: int) -> int:
        """Days of the season, both ends counted."""
        first, last = self.days(year)
        return (last - first).days + 1

    def elapsed(self, day: dt.date) -> int:
        """Days of the season gone by at the end of `day`, between 0 and its length."""
        first, _ = self.days(day.year)
        return min(max((day - first).days + 1, 0), self.length(day.year))

    def left(self, day: dt.date) -> int:
        """Days of the season still to come after `day`."""
        return self.length(day.year) - self.elapsed(day)


def month_day(value: Cell) -> Understood[tuple[int, int] | None]:
    """A cell such as 3月15日, 3-15 or a date, read as (month, day). Raises Unreadable."""
    if value is None:
        return Understood(None)
    if isinstance(value, dt.date):
        value = f"{value.month}月{value.day}日"
    found = re.fullmatch(r"(\d{1,2})(?:月|-|/)(\d{1,2})[日号]?", "".join(str(value).split()))
    if not found:
        raise Unreadable("不是「3月15日」这样的月日")
    day = _real(2001, int(found[1]), int(found[2]))
    return Understood((day.month, day.day))
