"""Excel's day numbers, in both of its calendars, and which number formats show a number as a day or a time."""

from __future__ import annotations

import datetime as dt
import re
from numbers import Number
from typing import Literal

_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_LITERAL = r'"[^"]*(?:"|$)|\\.|_.|\*.'
_NOT_SHOWN = re.compile(
    _LITERAL + r"|\[[^\[\]]*\]|AM/PM|A/P|上午/下午|General|G/通用格式|[Ee][+-]", re.I
)
_ELAPSED = re.compile(rf"{_LITERAL}|(\[(?:h+|m+|s+)\])", re.I)

_MONTH, _DAY, _CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
BUILT_IN = {
    14: "m/d/yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "m/d/yy h:mm",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    30: "m-d-yy",
    31: _MONTH + 'd"日"',
    32: _CLOCK,
    33: _CLOCK + 'ss"秒"',
    **dict.fromkeys((34, 55), "上午/下午" + _CLOCK),
    **dict.fromkeys((35, 56), "上午/下午" + _CLOCK + 'ss"秒"'),
}
"""What the formats that no file spells out show (ECMA-376, part 1, 18.8.30), those from 27 on in Chinese."""

KNOWN_EVERYWHERE = range(27)
"""Programs that know no Chinese have never heard of the others."""


Shown = Literal["date", "number", "anything"]
"""What a cell's format must show its value as, so that it is read again as what it was."""


class _ByClass(dict[type, Shown]):
    """What values of a class must be shown as: looked up for each cell, worked out once."""

    def __missing__(self, kind: type) -> Shown:
        found: Shown = "anything"
        if issubclass(kind, dt.date):
            found = "date"
        elif issubclass(kind, Number) and not issubclass(kind, bool):
            found = "number"
        self[kind] = found
        return found


SHOWN = _ByClass()


def to_serial(day: dt.date, date1904: bool) -> int:
    """The number that stands for a day from 1900-03-01 on (1904-01-01 in the other calendar)."""
    return (day - (_EPOCH_1904 if date1904 else _EPOCH_1900)).days


def from_serial(number: float, date1904: bool) -> dt.date | None:
    """The day that a number stands for; None where it stands for none."""
    days = int(number)
    if not date1904 and days < 61:
        days += 1  # Excel believes in 29 February 1900
    try:
        return (
            (_EPOCH_1904 if date1904 else _EPOCH_1900) + dt.timedelta(days) if number >= 0 else None
        )
    except OverflowError:
        return None


def letters_shown(code: str) -> str:
    """The letters of a number format that stand for something, in lower case: yyyy"年"m"月" → yyyym."""
    return "".join(
        char
        for char in _NOT_SHOWN.sub("", code).split(";")[0].lower()
        if char.isascii() and char.isalpha()
    )


def is_date(number_format: int, code: str | None) -> bool:
    """Whether a number format shows a day, month or year (a time of day alone is no date, nor is a duration)."""
    code = BUILT_IN.get(number_format, "") if code is None else code
    letters = letters_shown(code)
    return not _is_elapsed(code) and (
        any(char in letters for char in "yde")
        or "aaa" in letters
        or "b" in letters
        or ("m" in letters and not any(char in letters for char in "hs"))
    )


def _is_elapsed(code: str) -> bool:
    """Whether a format shows a duration, such as [h]:mm."""
    return any(found[1] for found in _ELAPSED.finditer(code))


def is_number(number_format: int, code: str | None) -> bool:
    """Whether a number format shows a number as one: not as a date, nor as a time or a duration."""
    code = BUILT_IN.get(number_format, "") if code is None else code
    return (
        not is_date(number_format, code)
        and not _is_elapsed(code)
        and not any(char in letters_shown(code) for char in "mhs")
    )


def is_unknown_date(code: str) -> bool:
    """Whether a format shows a date that python-calamine takes for a number: by an era's year (e"年"), or by a weekday before days or years (aaaa d)."""
    return is_date(0, code) and not _CALAMINE_DATE.match(letters_shown(code))


_CALAMINE_DATE = re.compile("[^admhys]*[dmhys]|[^a]*a.*[mp]")
"""Behind an a it looks for nothing but the rest of AM/PM."""
