"""The figures of the bulletin, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from xlplugin.amounts import NO_RATIO, money, percent, wan
from xlplugin.bulletin.opening import arithmetic
from xlplugin.columns import Array
from xlplugin.figures.counted import Sums, grouping, members
from xlplugin.flags import BEHIND, NOT_STARTED, ON_SCHEDULE, Facts
from xlplugin.pipeline import Outcome
from xlplugin.schema import ANALYSIS, BUILDING, LEDGER, OF_BUILDING
from xlplugin.trace.figure import Trace
from xlplugin.trace.sources import column, parameter


def traces(outcome: Outcome) -> Iterator[Trace]:
    """Every figure of the bulletin."""
    facts, figures = outcome.facts, outcome.figures
    yield from _sums(facts, "totals", "全部项目", figures.whole, facts.data.rows.tolist())
    for level in figures.levels:
        rule = f"「{LEDGER['level'].heading}」为{level}的项目数"
        rows = _rows(facts, facts.where("level", level))
        yield _count(facts, f"levels.{level}", f"{level}项数", rule, "level", rows)
    groups = grouping(facts.data)
    for title, group in figures.groups.items():
        rows = _rows(facts, members(facts, *groups[title]))
        yield from _sums(facts, f"groups.{title}", title, group, rows)
    yield _required(outcome)
    yield from _starts(outcome)
    for path, name, chosen, rule in (
        ("not_started", NOT_STARTED, figures.not_started, "在建且截止日前没有实际开工日期"),
        (
            "on_schedule",
            ON_SCHEDULE,
            figures.on_schedule,
            "已竣工，或人工认定达到，或没有年度计划，或完成率不低于序时进度",
        ),
        ("behind", BEHIND, figures.behind, "人工认定未达到，或完成率低于序时进度"),
    ):
        yield _count(facts, path, name, rule, "name", chosen)


def _rows(facts: Facts, mask: Array) -> list[int]:
    found: list[int] = facts.data.rows[np.flatnonzero(mask)].tolist()
    return found


def _sums(facts: Facts, path: str, title: str, group: Sums, rows: list[int]) -> Iterator[Trace]:
    decimals = facts.settings.decimals
    yield _count(facts, f"{path}.count", f"{title}项数", "项目行数", "id", rows)
    for key, word, fen in (
        ("total", "investment", group.total),
        ("plan", "plan", group.plan),
        ("done", "done", group.done),
    ):
        heading = LEDGER[key].heading
        yield Trace(
            f"{path}.{word}",
            f"{title}{heading}",
            f"{money(fen, decimals)}亿元",
            f"{len(rows)}个项目「{heading}」之和＝{wan(fen)} 万元",
            f"四舍五入到小数{decimals}位",
            column(facts, key, rows),
        )
    share = percent(group.completion, decimals)
    yield Trace(
        f"{path}.completion",
        f"{title}{ANALYSIS['completion'].heading}",
        f"{share}%" if share else NO_RATIO,
        f"{wan(group.done)} ÷ {wan(group.plan)}" if group.plan else "没有年度计划，不计算",
        "用未四舍五入的合计数相除",
        "，".join(column(facts, key, rows) for key in ("done", "plan")),
    )


def _required(outcome: Outcome) -> Trace:
    facts, decimals = outcome.facts, outcome.facts.settings.decimals
    required = percent(outcome.figures.required, decimals)
    return Trace(
        "required",
        ANALYSIS["expected"].heading,
        f"{required}%" if required else "逐项不同",
        arithmetic(facts.conditions, decimals) or "逐项计算",
        f"口径：{facts.conditions.yardstick}",
        parameter(facts, "yardstick"),
    )


def _starts(outcome: Outcome) -> Iterator[Trace]:
    facts, figures = outcome.facts, outcome.figures
    building = _rows(facts, facts.where("nature", BUILDING)) if figures.building else []
    waiting = set(figures.not_started)
    started = [row for row in building if row not in waiting]
    rule = "在建项目中截止日前有实际开工日期的"
    yield _count(facts, "started", "已开工项数", rule, "actual_start", started)
    rate, basis = percent(figures.start_rate, facts.settings.decimals), facts.settings.start_basis
    yield Trace(
        "start_rate",
        "开工率",
        f"{rate}%" if rate else NO_RATIO,
        f"已开工{figures.started} ÷ {figures.start_base}",
        f"以{basis}项目为基数" if basis != OF_BUILDING else "以在建项目为基数",
        column(facts, "actual_start", building),
    )


def _count(facts: Facts, path: str, name: str, rule: str, key: str, rows: Sequence[int]) -> Trace:
    return Trace(path, name, f"{len(rows)}项", rule, "", column(facts, key, rows))
