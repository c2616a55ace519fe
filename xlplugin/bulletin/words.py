"""How lists, headings and levels are worded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from xlplugin.reading.terms import is_place

T = TypeVar("T")
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十: for headings, up to 99."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (
        DIGITS[ones] if ones or not tens else ""
    )


def listing(names: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(names)


def grouped(items: Sequence[T], key: Callable[[T], str]) -> list[list[T]]:
    """Items with the same key together, in the order in which each key first comes; an empty key stands alone."""
    groups: dict[str, list[T]] = {}
    for number, item in enumerate(items):
        groups.setdefault(key(item) or f"\0{number}", []).append(item)
    return list(groups.values())


_PARTED = re.compile("[、和及/]")
KEY = "重点"
"""What a level's word ends with, as ours do."""


def levels_word(levels: Sequence[str]) -> str:
    """省重点, 市重点, 县重点 → 省市县三级; two, or one of both (省、市重点) → 省市两级; one → 县级; "" of any other words."""
    if not all(level.endswith(KEY) for level in levels):
        return ""
    named = (_PARTED.split(level.removesuffix(KEY)) for level in levels)
    short = list(dict.fromkeys(place for places in named for place in places))
    if not all(map(is_place, short)):
        return ""
    counted = ("", "", "两", "三", "四", "五", "六")
    return "".join(short) + f"{counted[len(short)]}级" if 0 < len(short) < len(counted) else ""


def levels_name(levels: Sequence[str]) -> str:
    """省重点, 市重点 → 省市重点; levels of other words one after the other."""
    if all(level.endswith(KEY) for level in levels):
        return "".join(level.removesuffix(KEY) for level in levels) + KEY
    return "、".join(levels)
