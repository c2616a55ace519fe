"""Money and ratios, exact: 万元 at the door, integer 分 inside, 亿元 and per cent in print, always half up."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from xlplugin.cells import Cell, Understood, Unreadable, show

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
FEN_PER_YI = 10_000_000_000
UNITS = {
    "元": FEN_PER_YUAN,
    "千元": 100_000,
    "万元": FEN_PER_WAN,
    "百万元": 100_000_000,
    "千万元": 1_000_000_000,
    "亿元": FEN_PER_YI,
}
"""分 in one of each unit an office writes amounts in."""

MOST_FEN = 100_000 * FEN_PER_YI

_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)}

NO_RATIO = "—"
"""What stands in print where a ratio does not exist (plan empty or 0)."""

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
LONGEST_NUMBER = 64
"""So many characters at most are looked at as a number."""

_WITH_UNIT = re.compile(
    rf"{_NUMBER.pattern}(元|万|亿|万元|亿元|千元|百万|千万|百万元|千万元)(?:人民币)?"
)


_RUN = re.compile(r"[\d.,、。]{3,}")
_GROUPED = re.compile(r"\d{1,3}(?:、\d{3})*、0\d\d(?:、\d{3})*(?:\.\d+)?")
_POINTED = re.compile(r"\d+。(?:\d{1,2}|\d{4,})")
_STOPPED = re.compile(r"\d{1,3}(?:\.\d{3})+\.\d{1,2}")


def _half_width(text: str) -> str:
    """A text in half width, its digits with the marks that they are meant to have where they can mean one number only.

    A group such as 000 is no number by itself, so 20、000 is no list of two; of 12.000.00 only the last point can be one.
    What could be two numbers (20、300, 1,2000, 20。000) stays as it is, and is refused.
    """
    return _RUN.sub(_marked, unicodedata.normalize("NFKC", text))


def _marked(run: re.Match[str]) -> str:
    digits = run[0]
    if _GROUPED.fullmatch(digits):
        return digits.replace("、", "")
    if _STOPPED.fullmatch(digits):
        return digits.replace(".", "", digits.count(".") - 1)
    return digits.replace("。", ".") if _POINTED.fullmatch(digits) else digits


def money_unit(word: str) -> str:
    """A unit of money in one of the spellings of `UNITS`: 亿 → 亿元."""
    whole = word if word in UNITS else word + "元" if word else ""
    return whole if whole in UNITS else ""


def number(value: Cell) -> Understood[Decimal | None]:
    """A cell read as an exact number; None for an empty one.

    A number comes out with Excel's 15 digits, so 12100.000000000002 is 12100. Text is read where nothing else can be
    meant ("1,200", 20、000, full-width digits, outer spaces) and echoed; anything else raises Unreadable, with the reason.
    """
    if value is None:
        return Understood(None)
    if isinstance(value, bool):
        raise Unreadable("这是逻辑值，不是数字")
    if isinstance(value, Decimal):
        return Understood(value)
    if isinstance(value, int):
        return Understood(Decimal(value))
    if isinstance(value, float):
        if value in (float("inf"), float("-inf")):
            raise Unreadable("数字过大")
        return Understood(Decimal(f"{value:.15g}"))
    if isinstance(value, dt.date):
        raise Unreadable("单元格是日期格式")
    if len(value.strip()) > LONGEST_NUMBER:
        raise Unreadable("不是数字")
    text = _half_width(value).strip()
    if _NUMBER.fullmatch(text):
        return Understood(Decimal(text.replace(",", "")), echo=True)
    if unit := _WITH_UNIT.fullmatch("".join(text.split())):
        raise Unreadable(f"数字后带有单位「{unit[1]}」")
    if _RUN.fullmatch(text) and text.strip(".,、。"):
        raise Unreadable("看不出标点是千分号还是小数点")
    raise Unreadable("不是数字")


def with_unit(text: str) -> tuple[Decimal, str] | None:
    """An amount that says its own unit (90000万元, 6.8亿) as number and unit; None for any other text."""
    if len(text.strip()) > LONGEST_NUMBER:
        return None
    found = _WITH_UNIT.fullmatch("".join(_half_width(text).split()))
    if not found:
        return None
    unit = found[1] if found[1] in UNITS else found[1] + "元"
    digits = found[0][: found[0].index(found[1])]
    return Decimal(digits.replace(",", "")), unit


_ROUGH = re.compile(r"(?:约|大约|已?完成|累计(?:已?完成)?|共计?)?(.*?)(?:左右|上下)?")


def bare(text: str) -> str:
    """An amount without the words that offices put around it: 约68000, 已完成16400万元, 1200左右."""
    if len(text) > LONGEST_NUMBER:
        return text
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    found = _ROUGH.fullmatch(folded)
    return found[1] if found and found[1] != folded else text


def to_fen(value: Decimal, unit: str = "万元") -> int:
    """An amount in `unit` as whole 分, half up. Raises Unreadable beyond what a ledger can mean (10 万亿元, so that the sums
    of thousands of projects stay exact in 64 bits).
    """
    fen = (
        (value * UNITS[unit]).quantize(Decimal(1), ROUND_HALF_UP)
        if abs(value) < 10**12
        else Decimal("Infinity")
    )
    if not abs(fen) <= MOST_FEN:
        raise Unreadable(f"{show(value)}{unit}过大")
    return int(fen)


def wan(fen: int) -> Decimal:
    """分 as exact 万元, without trailing zeros."""
    amount = Decimal(int(fen)) / FEN_PER_WAN
    return (
        amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    )


def in_wan(fen: int | None) -> str:
    """分 in a message: 「1200 万元」, 「—」 where there is none."""
    return NO_RATIO if fen is None else f"{wan(fen)} 万元"


def half_up(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """Round as a clerk does (四舍五入): 0.125 → 0.13, −0.125 → −0.13; never binary, never banker's."""
    exact = Fraction(value)
    return Decimal(_digits(exact.numerator, exact.denominator, decimals)).scaleb(-decimals)


def _digits(part: int, whole: int, decimals: int) -> int:
    """part ÷ whole in units of the last decimal, half up."""
    digits = (2 * abs(part) * int(10**decimals) + whole) // (2 * whole)
    return digits if part >= 0 else -digits


def money(fen: int, decimals: int = 2, unit: str = "亿元") -> str:
    """分 in print, in 亿元 (or another of `UNITS`), without the unit: 308300 万元 → "30.83"."""
    digits = _digits(fen, UNITS[unit], decimals)
    whole, rest = divmod(abs(digits), 10**decimals)
    return f"{'-' if digits < 0 else ''}{whole}" + (f".{rest:0{decimals}}" if decimals else "")


def ratio(part: int | Fraction | None, whole: int | Fraction | None) -> Fraction | None:
    """part ÷ whole as an exact share; None where one is missing or the whole is 0, since then no ratio exists."""
    return None if part is None or not whole else _exact(part) / _exact(whole)


def _exact(value: int | Fraction) -> Fraction:
    """numpy's integers count as integers; a Fraction of them would carry them on into Decimal, which refuses them."""
    return value if isinstance(value, Fraction) else Fraction(int(value))


def percent(share: Fraction | None, decimals: int = 2) -> str | None:
    """A share in print as per cent without the sign: 0.7791 → "77.91"; None stays None.

    The same words serve 百分点: a gap of −0.145 is "-14.50".
    """
    return None if share is None else f"{half_up(share * 100, decimals):f}"


def counted(said: str) -> int:
    """三 → 3, 十二 → 12, 三十 → 30: a number below a hundred in Chinese."""
    tens, ten, ones = said.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
