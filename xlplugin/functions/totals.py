"""Functions over the whole ledger: any figure by its name, and the four that are asked by level, nature and status."""

from __future__ import annotations

import re

from xlplugin.flags import STATUSES
from xlplugin.functions.answers import WRONG, Answers
from xlplugin.functions.registry import Argument, Example, function
from xlplugin.schema import ANALYSIS, LEDGER, LEVELS, NATURES
from xlplugin.schema.keys import AMOUNTS

NAME = Argument(
    "name",
    "名称",
    "用点连起来的几个词，从左到右，最后是数字，如「省重点.在建.完成率」。见「数字的名称」。",
)
WHAT = Argument("what", "算什么", f"{'、'.join(LEDGER[key].heading for key in AMOUNTS)}之一。")
LEVEL = Argument(
    "level",
    "级别",
    f"可省略。{'、'.join(LEVELS)}，或台账里别的级别，几个用「、」隔开。",
    optional=True,
)
NATURE = Argument(
    "nature", "性质", f"可省略。{'、'.join(NATURES)}，或台账里的词，如续建。", optional=True
)
STATUS = Argument("status", "状态", f"可省略。{'、'.join(STATUSES)}。", optional=True)
_ASKED = (LEDGER["level"].heading, LEDGER["nature"].heading, ANALYSIS["status"].heading)


@function(
    "KP",
    "通报里的任何一个数字，按它的名称：比例为0到1，差距为百分点，金额为万元，名单用「、」隔开。",
    NAME,
    examples=[
        Example('KP("在建.完成率",KP_SAMPLE)', 19100 / 33000, "19100/33000"),
        Example('KP("未开工.项数",KP_SAMPLE)', 1, "1"),
        Example('KP("省重点.名单",KP_SAMPLE)', "样例一景区建设项目", "INDEX(KP_SAMPLE,2,2)"),
    ],
)
def named(answers: Answers, name: object = None) -> object:
    return answers.named(str(name or ""))


def _of(answers: Answers, what: str, *given: object) -> object:
    """A figure of the projects that the optional arguments let through, several words of one with 、 between them."""
    words = [
        f"{heading}={'、'.join(filter(None, map(str.strip, re.split('[、,，;；]', str(word)))))}"
        for heading, word in zip(_ASKED, given, strict=True)
        if word not in (None, "")
    ]
    return answers.named(".".join([*words, what]))


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
    found = _of(answers, str(what or ""), level, nature, status)
    return found if isinstance(found, float) else WRONG


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
    return _of(answers, "completion", level, nature, status)


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
    return _of(answers, "count", level, nature, status)


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
    return _of(answers, "names", level, nature, status)


TOTALS = (named, total, rate, count, names)
