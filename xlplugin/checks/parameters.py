"""KP37: what 参数 says, or leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.errors import Problem
from xlplugin.flags import Facts
from xlplugin.indicators import UNIFORM
from xlplugin.schema import PLANNED


def yardstick(facts: Facts) -> Iterator[Problem]:
    """KP37: the county's yardstick cannot be computed: another stands in."""
    asked = facts.settings.yardstick
    if asked == facts.conditions.yardstick:
        return
    expected, found, advice = (
        (
            f"口径为{PLANNED}时应填写「{facts.monthly_plan.title}」",
            "现在没有月度计划",
            "请填写月度计划，或改用别的口径",
        )
        if asked == PLANNED
        else (
            f"口径为{asked}时应填写施工期的开始和结束",
            "现在没有填写",
            "请填写施工期，或改用别的口径",
        )
    )
    yield facts.settings.problem("yardstick", expected, found, advice)


def seasonless(facts: Facts) -> Iterator[Problem]:
    """KP37: a project's own yardstick needs the building season, and 参数 has none."""
    for asked in UNIFORM.keys() & facts.unusable.keys():
        for row in facts.data.rows[facts.unusable[asked]].tolist():
            expected = "用这个口径应先在参数里填写施工期"
            advice = "请填写施工期，或改用别的口径"
            yield facts.problem("KP37", "E", row, "yardstick", expected, "现在没有填写", advice)
