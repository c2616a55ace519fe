"""How lists, headings and levels are worded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from xlplugin.figures.said import reason
from xlplugin.flags import Facts
from xlplugin.reading.terms import is_place
from xlplugin.schema import BUILDING, EARLY

T = TypeVar("T")
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十, 105 → 一百零五: for headings, up to 9999."""
    text, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            bare = power == 10 and number < 20
            text += ("零" if gap else "") + ("" if bare else DIGITS[digit]) + sign
        gap = bool(text) and not digit
    return text or DIGITS[0]


def listing(names: Iterable[str]) -> str:
    """甲、乙、丙; titles in 《》 follow each other without a mark between (GB/T 15834)."""
    return "、".join(names).replace("》、《", "》《")


MOST_NAMES = 10
"""No sentence has a longer list of names."""


def a_few(names: Iterable[str], of: int, unit: str = "") -> str:
    """甲、乙、丙; of more than ten the first ten and 等12项, or 等 alone where their number has been said (no unit)."""
    few = listing(islice(names, MOST_NAMES))
    if of <= MOST_NAMES:
        return few
    return f"{few}等{of}{unit}" if unit else f"{few}等"


_ENDS = ("影响", "制约", "限制")


def because(text: str, what: str, then: str = "") -> str:
    """A cause with its predicate: 受设计变更影响，尚未开工; one of several clauses stays as it is: 因甲，乙，尚未开工 (or `then`)."""
    cause = reason(text)
    if not cause:
        return what
    if cause.startswith("受") and cause.endswith(_ENDS):
        return _then(cause, what)
    if re.search("[，；。,;]", cause):
        return _then(f"因{cause}", then or what)
    bare = cause.removeprefix("受").removesuffix("的影响").removesuffix("影响")
    return _then(f"受{bare}影响", what)


def _then(cause: str, what: str) -> str:
    return f"{cause}，{what}" if what else cause


def grouped(items: Sequence[T], key: Callable[[T], str]) -> list[list[T]]:
    """Items with the same key together, in the order in which each key first comes; an empty key stands alone."""
    groups: dict[str, list[T]] = {}
    for number, item in enumerate(items):
        groups.setdefault(key(item) or f"\0{number}", []).append(item)
    return list(groups.values())


_PARTED = re.compile("[、和及/]")
KEY = "重点"
"""What a level's word ends with, as ours do."""


_INVESTMENT = re.compile("(?:概算|估算|预算|计划)总投资")


def investment(facts: Facts) -> str:
    """What the whole investment is called: as the ledger's heading has it (估算总投资), else 概算总投资."""
    columns = (column for sheet in facts.ledger.reading.ledgers for column in sheet.columns)
    heading = next((column.heading.words for column in columns if column.key == "total"), "")
    found = _INVESTMENT.search(heading)
    return found[0] if found else "概算总投资"


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


def group_name(title: str, levels: Sequence[str]) -> str:
    """A group by the levels that occur in it: 省市重点在建 of 市重点 alone → 市重点在建; 前期 stays."""
    return title if title == EARLY else f"{levels_name(levels)}{BUILDING}"


def levels_name(levels: Sequence[str]) -> str:
    """省重点, 市重点 → 省市重点; levels of other words one after the other."""
    if all(level.endswith(KEY) for level in levels):
        return "".join(level.removesuffix(KEY) for level in levels) + KEY
    return "、".join(levels)
