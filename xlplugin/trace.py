"""Where a figure comes from: its formula, its yardstick, the rows and cells behind it (`kp explain`, sheet 计算过程)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlplugin.amounts import NO_RATIO, money, percent, wan
from xlplugin.bulletin.compose import arithmetic
from xlplugin.cells import address, plain
from xlplugin.errors import UserError
from xlplugin.flags import BEHIND, NOT_STARTED, ON_SCHEDULE
from xlplugin.flags.facts import Exact, Facts
from xlplugin.flags.figures import GROUPS, Sums
from xlplugin.indicators import REGISTRY
from xlplugin.pipeline import Outcome
from xlplugin.schema import ANALYSIS, BUILDING, LEDGER, LEVELS, OF_BUILDING

SHOWN_CELLS = 12
"""Cells that are named one by one; beyond that ranges are given."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One figure of the bulletin: its path as in `--json`, its Chinese name, and how it comes about."""

    path: str
    name: str
    result: str
    formula: str
    basis: str
    cells: str


def find(outcome: Outcome, words: str) -> list[Trace]:
    """The traces that a figure's name or path means: totals.completion, 前期完成率, LC2021-01, LC2021-01.完成率, 未开工 …

    Raises UserError, with the names there are, where it means none.
    """
    wanted = plain(words)
    everything = list(traces(outcome))
    exact = [trace for trace in everything if wanted in (plain(trace.path), plain(trace.name))]
    if exact:
        return exact
    project, _, figure = words.rpartition(".") if "." in words else (words, "", "")
    row = outcome.facts.ledger.rows.get(plain(project))
    if row is None and plain(words) in outcome.facts.ledger.rows:
        row, figure = outcome.facts.ledger.rows[plain(words)], ""
    if row is not None:
        own = list(of_project(outcome, row))
        chosen = (
            [
                t
                for t in own
                if plain(figure)
                in (plain(t.name.split("：")[-1]), plain(t.path.rsplit(".", 1)[-1]))
            ]
            if figure
            else own
        )
        if chosen:
            return chosen
    near = [trace for trace in everything if wanted and wanted in plain(trace.name)]
    if near:
        return near
    names = "、".join(trace.name for trace in everything)
    raise UserError(
        f"没有叫「{words}」的数字。可以查：{names}；也可以写项目编号，如「{outcome.facts.frame['id'].iloc[0]}」。"
    )


def traces(outcome: Outcome) -> Iterator[Trace]:
    """Every figure of the bulletin, in its order."""
    figures, facts = outcome.figures, outcome.facts
    decimals = facts.settings.decimals
    everyone = facts.frame.index.tolist()
    yield from _sums(outcome, "totals", "全部项目", figures.whole, everyone)
    for level in LEVELS:
        rows = facts.frame.index[facts.frame["level"] == level].tolist()
        yield _count(
            outcome,
            f"levels.{level}",
            f"{level}项数",
            f"「{LEDGER['level'].heading}」为{level}的项目数",
            "level",
            rows,
        )
    for title, group in figures.groups.items():
        levels, nature = GROUPS[title]
        frame = facts.frame
        rows = frame.index[frame["level"].isin(levels) & (frame["nature"] == nature)].tolist()
        yield from _sums(outcome, f"groups.{title}", title, group, rows)
    required = percent(figures.required, decimals)
    yield Trace(
        "required",
        ANALYSIS["expected"].heading,
        f"{required}%" if required else "逐项不同",
        arithmetic(facts.conditions, decimals) or "逐项计算",
        f"口径：{facts.conditions.yardstick}",
        _setting(outcome, "yardstick"),
    )
    building = (
        facts.frame.index[facts.frame["nature"] == BUILDING].tolist() if figures.building else []
    )
    started = [row for row in building if row not in set(figures.not_started)]
    yield _count(
        outcome,
        "started",
        "已开工项数",
        "在建项目中截止日前有实际开工日期的",
        "actual_start",
        started,
    )
    rate = percent(figures.start_rate, decimals)
    yield Trace(
        "start_rate",
        "开工率",
        f"{rate}%" if rate else NO_RATIO,
        f"已开工{figures.started} ÷ {figures.start_base}",
        f"以{facts.settings.start_basis}项目为基数"
        if facts.settings.start_basis != OF_BUILDING
        else "以在建项目为基数",
        _range(outcome, "actual_start", building),
    )
    for path, name, rows, rule in (
        ("not_started", NOT_STARTED, figures.not_started, "在建且截止日前没有实际开工日期"),
        (
            "on_schedule",
            ON_SCHEDULE,
            figures.on_schedule,
            "已竣工，或人工认定达到，或没有年度计划，或完成率不低于序时进度",
        ),
        ("behind", BEHIND, figures.behind, "人工认定未达到，或完成率低于序时进度"),
    ):
        yield _count(outcome, path, name, rule, "name", list(rows))


def _sums(outcome: Outcome, path: str, title: str, group: Sums, rows: list[int]) -> Iterator[Trace]:
    settings = outcome.facts.settings
    yield _count(outcome, f"{path}.count", f"{title}项数", "项目行数", "id", rows)
    for key, word, fen in (
        ("total", "investment", group.total),
        ("plan", "plan", group.plan),
        ("done", "done", group.done),
    ):
        yield Trace(
            f"{path}.{word}",
            f"{title}{LEDGER[key].heading}",
            f"{money(fen, settings.decimals)}亿元",
            f"{len(rows)}个项目「{LEDGER[key].heading}」之和＝{wan(fen)} 万元",
            "四舍五入到小数" + f"{settings.decimals}位",
            _range(outcome, key, rows),
        )
    share = percent(group.completion, settings.decimals)
    yield Trace(
        f"{path}.completion",
        f"{title}{ANALYSIS['completion'].heading}",
        f"{share}%" if share else NO_RATIO,
        f"{wan(group.done)} ÷ {wan(group.plan)}" if group.plan else "没有年度计划，不计算",
        "用未四舍五入的合计数相除",
        "，".join(_range(outcome, key, rows) for key in ("done", "plan")),
    )


def _count(outcome: Outcome, path: str, name: str, rule: str, key: str, rows: list[int]) -> Trace:
    return Trace(path, name, f"{len(rows)}项", rule, "", _range(outcome, key, rows))


def of_project(outcome: Outcome, row: int) -> Iterator[Trace]:
    """The figures of one project."""
    facts = outcome.facts
    table, decimals = facts.ledger.table, facts.settings.decimals
    position = facts.frame.index.tolist().index(row)
    cells = Exact(facts, position)
    name = facts.frame.at[row, "name"]
    values = {key: REGISTRY[key].cell(cells, facts.conditions) for key in REGISTRY}
    plan, done = (
        NO_RATIO if cells[key] is None else f"{wan(cells[key])}" for key in ("plan", "done")
    )
    expected = percent(values["expected"], decimals) or NO_RATIO
    months, left = outcome.as_of.month, facts.conditions.months_left
    says: dict[str, tuple[Any, str]] = {
        "completion": (_percent(values["completion"], decimals), f"{done} ÷ {plan}"),
        "expected": (_percent(values["expected"], decimals), f"口径：{cells['used']}"),
        "gap": (
            NO_RATIO if values["gap"] is None else f"{percent(values['gap'], decimals)}个百分点",
            f"{done} ÷ {plan} − {expected}%",
        ),
        "spi": (
            NO_RATIO if values["spi"] is None else f"{float(values['spi']):.2f}",
            f"{done} ÷ {plan} ÷ {expected}%",
        ),
        "remaining": (_wan(values["remaining"]), f"{plan} − {done}，不小于 0"),
        "run_rate": (_wan(values["run_rate"]), f"剩余投资 ÷ {left}个月"),
        "forecast": (_wan(values["forecast"]), f"{done} ÷ {months} × 12"),
    }
    source = "、".join(
        f"{LEDGER[key].heading} {table.address(row, key)}"
        for key in ("done", "plan")
        if table.has(key)
    )
    identity = cells["id"] or name
    for key, (result, formula) in says.items():
        yield Trace(
            f"{identity}.{key}", f"{name}：{ANALYSIS[key].heading}", result, formula, "", source
        )
    yield Trace(
        f"{identity}.status",
        f"{name}：{ANALYSIS['status'].heading}",
        cells["status"],
        _why(facts, row, cells),
        "",
        "、".join(
            table.address(row, key)
            for key in ("nature", "actual_start", "actual_finish", "verdict")
            if table.has(key)
        ),
    )
    yield Trace(
        f"{identity}.light",
        f"{name}：{ANALYSIS['light'].heading}",
        cells["light"],
        f"亮灯方式：{facts.settings.light_rule}",
        "",
        source,
    )


def _why(facts: Facts, row: int, cells: Exact) -> str:
    """Which of the five rules gave the status."""
    if cells["status"] == NOT_STARTED:
        return "在建，截止日前没有实际开工日期"
    if cells["finished"]:
        return "截止日前已竣工"
    if cells["verdict"]:
        return f"人工认定「{cells['verdict']}」：{cells['verdict_reason'] or '未写理由'}"
    if not cells["plan"]:
        return "没有年度计划，按达到序时计"
    tolerance = facts.settings.tolerance
    return (
        "完成率与序时进度相比"
        + (f"，容差{percent(tolerance, facts.settings.decimals)}个百分点" if tolerance else "")
        + f"（第{row}行）"
    )


def _percent(share: Any, decimals: int) -> str:
    text = percent(share, decimals)
    return NO_RATIO if text is None else f"{text}%"


def _wan(fen: Any) -> str:
    return NO_RATIO if fen is None else f"{money(int(fen), 2, '万元')}万元"


def _range(outcome: Outcome, key: str, rows: Sequence[int]) -> str:
    """「项目台账」K4:K44, or the cells one by one where they do not stand together."""
    table = outcome.facts.ledger.table
    column = table.header.columns.get(key)
    if column is None or not rows:
        return ""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = [
        address(a, column) if a == b else f"{address(a, column)}:{address(b, column)}"
        for a, b in runs
    ]
    return (
        f"「{table.title}」"
        + "、".join(said[:SHOWN_CELLS])
        + (f"等{len(rows)}格" if len(said) > SHOWN_CELLS else "")
    )


def _setting(outcome: Outcome, key: str) -> str:
    settings = outcome.facts.settings
    return f"「{settings.title}」{settings.cells[key]}" if key in settings.cells else "程序默认"
