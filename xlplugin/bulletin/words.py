"""How figures, lists and dates are worded; the only place where numbers become Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from xlplugin.amounts import NO_RATIO, half_up, money, percent

T = TypeVar("T")
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Words:
    """The office's own way with numbers: one number of decimals and one unit for the whole text."""

    decimals: int = 2
    unit: str = "亿元"

    def money(self, fen: int) -> str:
        """分 → 30.83亿元. What would print as 0.00亿元 without being nothing is said in 万元 (30万元)."""
        text = money(fen, self.decimals, self.unit)
        if fen and self.unit == "亿元" and not text.strip("-0."):
            decimals = self.decimals if half_up(Fraction(fen, 10**6), self.decimals) else 6
            return f"{trimmed(money(fen, decimals, '万元'))}万元"
        return f"{text}{self.unit}"

    def percent(self, share: Fraction | None) -> str:
        """0.7791 → 77.91%; "" where there is no ratio."""
        return "" if share is None else f"{percent(share, self.decimals)}%"

    def points(self, share: Fraction) -> str:
        """The size of a gap in 百分点, without sign and unit: −0.145 → 14.50; what would print as 0.00 is said to be less."""
        if share and not half_up(share * 100, self.decimals):
            return f"不足{half_up(Fraction(1, 10**self.decimals), self.decimals)}"
        return percent(abs(share), self.decimals) or NO_RATIO

    def gap(self, share: Fraction | None) -> str:
        """A gap as it is said: 低于序时14.50个百分点, 高于序时…, 与序时进度持平; "" where there is none."""
        if share is None:
            return ""
        if not share:
            return "与序时进度持平"
        return self.said_gap(f"{'-' if share < 0 else ''}{self.points(share)}")

    @staticmethod
    def said_gap(points: str) -> str:
        """A gap that is no 0 as it is said, from its 百分点 in print: "-14.50" → 低于序时14.50个百分点."""
        return f"{'低' if points.startswith('-') else '高'}于序时{points.removeprefix('-')}个百分点"


def trimmed(number: str) -> str:
    """A decimal number without trailing zeros: 30.00 → 30."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十: for headings, up to 99."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (
        DIGITS[ones] if ones or not tens else ""
    )


def listing(names: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(names)


def clause(text: str) -> str:
    """A clerk's fragment without the full stop it may end with."""
    return text.strip().strip("。；;，, ")


def reason(text: str) -> str:
    """A cause as it stands after 因."""
    cleaned = clause(text)
    return (
        cleaned[1:]
        if cleaned.startswith("因") and not cleaned.startswith(("因素", "因地"))
        else cleaned
    )


def grouped(items: Sequence[T], key: Callable[[T], str]) -> list[list[T]]:
    """Items with the same key together, in the order in which each key first comes; an empty key stands alone."""
    groups: dict[str, list[T]] = {}
    for number, item in enumerate(items):
        groups.setdefault(key(item) or f"\0{number}", []).append(item)
    return list(groups.values())


KEY = "重点"
"""What a level's word ends with, as ours do."""


def levels_word(levels: Sequence[str]) -> str:
    """省重点, 市重点, 县重点 → 省市县三级; two → 市县两级; one → 县级."""
    short = [level.removesuffix(KEY) for level in levels]
    if any(word == level for word, level in zip(short, levels, strict=True)):
        return ""
    counted = ("", "", "两", "三", "四", "五", "六")
    return "".join(short) + f"{counted[len(short)]}级" if 0 < len(short) < len(counted) else ""


def levels_name(levels: Sequence[str]) -> str:
    """省重点, 市重点 → 省市重点; levels of other words one after the other."""
    if all(level.endswith(KEY) for level in levels):
        return "".join(level.removesuffix(KEY) for level in levels) + KEY
    return "、".join(levels)
