"""Excel's day numbers, in both of its calendars."""

from __future__ import annotations

import datetime as dt
import re

_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_NOT_SHOWN = re.compile(
    r'"[^"]*(?:"|$)|\\.|_.|\*.|\[[^\[\]]*\]|AM/PM|A/P|上午/下午|General|G/通用格式|[Ee][+-]', re.I
)
_BUILT_IN = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})


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
        for char in _NOT_SHOWN.sub("", code.split(";")[0]).lower()
        if char.isascii() and char.isalpha()
    )


def is_date(number_format: int, code: str | None) -> bool:
    """Whether a number format shows a day, month or year (a time of day alone is no date)."""
    if code is None:
        return number_format in _BUILT_IN
    letters = letters_shown(code)
    return (
        any(char in letters for char in "yde")
        or "aaa" in letters
        or "b" in letters
        or ("m" in letters and not any(char in letters for char in "hs"))
    )


def is_weekday(code: str) -> bool:
    """Whether a format shows a date by other letters than y m d h s: aaaa, e"年"."""
    letters = letters_shown(code)
    return is_date(0, code) and not any(char in letters for char in "ymdhs")
