"""Functions over the whole ledger, by level, nature and status."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlplugin.amounts import NO_RATIO
from xlplugin.cells import plain
from xlplugin.flags import STATUSES
from xlplugin.functions.answers import Answers, wan
from xlplugin.functions.registry import WRONG, Argument, Example, function
from xlplugin.schema import LEDGER, LEVELS, NATURES
from xlplugin.schema.keys import TextKey

MONEY = {
    plain(word): key
    for key in ("total", "plan", "done")
    for word in (LEDGER[key].heading, *LEDGER[key].aliases, key)
}
WHAT = Argument(
    "what", "算什么", "、".join(LEDGER[key].heading for key in ("total", "plan", "done")) + "之一。"
)
LEVEL = Argument("level", "级别", f"可省略。{'、'.join(LEVELS)}，几个用「、」隔开。", optional=True)
NATURE = Argument("nature", "性质", f"可省略。{'、'.join(NATURES)}。", optional=True)
STATUS = Argument("status", "状态", f"可省略。{'、'.join(STATUSES)}。", optional=True)

Filters = list[tuple[TextKey, Sequence[str]]]


def filters(level: object, nature: object, status: object) -> Filters | None:
    """What the optional arguments let through; None where a word is not one of the choices."""
    found: Filters = []
    offered: tuple[tuple[TextKey, object, tuple[str, ...]], ...] = (
        ("level", level, LEVELS),
        ("nature", nature, NATURES),
        ("status", status, STATUSES),
    )
    for key, given, choices in offered:
        words = (
            [word for word in re.split(r"[、,，;；]", str(given)) if word.strip()]
            if given not in (None, "")
            else []
        )
        known = {plain(choice): choice for choice in choices}
        if any(plain(word) not in known for word in words):
            return None
        if words:
            found.append((key, [known[plain(word)] for word in words]))
    return found


@function(
    "KP_SUM",
    "投资合计，万元。",
    WHAT,
    LEVEL,
    NATURE,
    STATUS,
    examples=[Example('KP_SUM("plan",,,,KP_SAMPLE)', 33000.0, "33000")],
)
def total(
    answers: Answers,
    what: object,
    level: object = None,
    nature: object = None,
    status: object = None,
) -> object:
    chosen, key = filters(level, nature, status), MONEY.get(plain(str(what or "")))
    return WRONG if chosen is None or key is None else wan(getattr(answers.sums(chosen), key))


@function(
    "KP_RATE",
    "完成率合计：累计完成之和 ÷ 年度计划之和。没有年度计划的为「—」。",
    LEVEL,
    NATURE,
    STATUS,
    examples=[Example("KP_RATE(,,,KP_SAMPLE)", 19100 / 33000, "19100/33000")],
)
def rate(
    answers: Answers, level: object = None, nature: object = None, status: object = None
) -> object:
    chosen = filters(level, nature, status)
    if chosen is None:
        return WRONG
    share = answers.sums(chosen).completion
    return NO_RATIO if share is None else float(share)


@function(
    "KP_COUNT",
    "项数。",
    LEVEL,
    NATURE,
    STATUS,
    examples=[Example("KP_COUNT(,,,KP_SAMPLE)", 5, "5")],
)
def count(
    answers: Answers, level: object = None, nature: object = None, status: object = None
) -> object:
    chosen = filters(level, nature, status)
    return WRONG if chosen is None else len(answers.chosen(chosen))


@function(
    "KP_LIST",
    "项目名单，用「、」隔开。",
    LEVEL,
    NATURE,
    STATUS,
    examples=[
        Example(
            "KP_LIST(INDEX(KP_SAMPLE,2,3),,,KP_SAMPLE)",
            "样例一景区建设项目",
            "INDEX(KP_SAMPLE,2,2)",
        )
    ],
)
def names(
    answers: Answers, level: object = None, nature: object = None, status: object = None
) -> object:
    chosen = filters(level, nature, status)
    return (
        WRONG
        if chosen is None
        else "、".join(answers.column("name")[at] for at in answers.chosen(chosen))
    )


TOTALS = (total, rate, count, names)
