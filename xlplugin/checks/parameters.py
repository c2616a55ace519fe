"""KP37, KP38, KP40: what 参数 says that cannot be, or leaves unsaid; what cannot be drawn, or not written where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from xlplugin.cells import plain
from xlplugin.errors import Problem
from xlplugin.figures.classes import Classes
from xlplugin.flags import Facts
from xlplugin.indicators import UNIFORM
from xlplugin.periods import say_date
from xlplugin.schema import ANALYSIS, LEDGER, PARAMETERS, PLANNED, Parameter
from xlplugin.settings import TITLES, Settings
from xlplugin.tables import Table

LATEST_ISSUE = dt.timedelta(days=45)
"""After the cut-off: who issues later has another month's figures."""


def unread(facts: Facts) -> Iterator[Problem]:
    """KP37: a parameter's cell that cannot be read; the default stands in."""
    settings, table = facts.settings, facts.settings.table
    heading = table.sheet["value"].heading
    for parameter in PARAMETERS:
        if found := settings.unread.get(parameter.key):
            cell = settings.cells[parameter.key]
            expected = f"「{parameter.title}」{_wanted(parameter)}"
            advice = parameter.help.rstrip("。")
            yield Problem("KP37", "E", table.title, cell, heading, expected, found, advice)


def _wanted(parameter: Parameter) -> str:
    kinds = {
        "date": "应为日期",
        "share": "应为百分数",
        "points": "应为百分点数",
        "count": "应为整数",
        "number": "应为数字",
        "month_day": "应为「3月15日」这样的月日",
    }
    if parameter.choices:
        return f"应为{'、'.join(parameter.choices)}之一"
    return kinds.get(parameter.kind, "应为文字")


def unknown(facts: Facts) -> Iterator[Problem]:
    """KP37: a row of 参数 that names no parameter."""
    known = set(map(plain, TITLES.values()))
    table = facts.settings.table
    for row, name in table.items("name"):
        if name and plain(name) not in known:
            found = f"没有叫「{name}」的参数，这一行不起作用"
            yield table.problem("KP37", "W", row, "name", "应为已有的参数", found, "请核对参数名称")


def season(facts: Facts) -> Iterator[Problem]:
    """KP37: a building season of one end only, or that ends before it begins."""
    start, end = facts.settings.season_start, facts.settings.season_end
    key = "season_end" if start else "season_start"
    whole = start < end if start and end else not start and not end
    if not whole and not facts.settings.refused(key):
        expected, found = "施工期的开始和结束应都填写，开始在前", "现在不全或次序不对"
        advice = "请改正；不讲施工期的两处都留空"
        yield facts.settings.problem("KP37", "E", key, expected, found, advice)


def rankings(facts: Facts) -> Iterator[Problem]:
    """KP37: a word of 排名栏目 that means no column to rank by."""
    classes = Classes(facts)
    wrong = "、".join(word for word in facts.settings.rankings if not classes.ranked_by(word))
    if wrong and not facts.settings.refused("rankings"):
        there = (key for key in classes.columns if classes.ranked_by(classes.columns[key].heading))
        known = "、".join(classes.columns[key].heading for key in there)
        expected, found = f"只能按{known}排名", f"「{wrong}」不起作用"
        yield facts.settings.problem("KP37", "W", "rankings", expected, found, "请改正或删去")


def tabled(facts: Facts) -> Iterator[Problem]:
    """KP37: a word of 附表栏目 that is no column's heading."""
    classes = Classes(facts)
    wrong = "、".join(word for word in facts.settings.table_columns if not classes.called(word))
    if wrong and not facts.settings.refused("table_columns"):
        expected = f"应为「{LEDGER.title}」「{ANALYSIS.title}」的标题"
        found = f"「{wrong}」不起作用"
        yield facts.settings.problem("KP37", "W", "table_columns", expected, found, "请改正或删去")


def issued(facts: Facts) -> Iterator[Problem]:
    """KP37: a 发文日期 before the cut-off, or so long after it that it is another month's."""
    as_of, day = facts.settings.as_of, facts.settings.issued
    if day and not as_of <= day <= as_of + LATEST_ISSUE:
        expected = f"应在截止日期{say_date(as_of)}之后{LATEST_ISSUE.days}天以内"
        advice = "请改为这一期的发文日期，或留空"
        found = f"现为{say_date(day)}"
        yield facts.settings.problem("KP37", "W", "issued", expected, found, advice)


def renumbered(settings: Settings, archive: Table) -> Iterator[Problem]:
    """KP37: the 文号 that an archived month before this one bore."""
    number = plain(settings.number)
    days = [
        day
        for _, day, before in (archive.lines("cutoff", "document") if number else ())
        if day and day < settings.as_of and plain(before) == number
    ]
    if days:
        expected, found = "每期应各有文号", f"与截至{say_date(max(days))}的一期相同"
        yield settings.problem("KP37", "W", "number", expected, found, "请改为这一期的文号")


def yardstick(facts: Facts) -> Iterator[Problem]:
    """KP37: the county's yardstick cannot be computed: another stands in."""
    asked = facts.settings.yardstick
    if asked == facts.conditions.yardstick:
        return
    expected, found = f"口径为{asked}时应填写施工期的开始和结束", "现在没有填写"
    advice = "请填写施工期，或改用别的口径"
    if asked == PLANNED:
        expected, found = (
            f"口径为{PLANNED}时应填写「{facts.monthly_plan.title}」",
            "现在没有月度计划",
        )
        advice = "请填写月度计划，或改用别的口径"
    yield facts.settings.problem("KP37", "E", "yardstick", expected, found, advice)


def seasonless(facts: Facts) -> Iterator[Problem]:
    """KP37: a project's own yardstick needs the building season, and 参数 has none."""
    for asked in UNIFORM.keys() & facts.unusable.keys():
        for row in facts.data.rows[facts.unusable[asked]].tolist():
            expected = "用这个口径应先在参数里填写施工期"
            advice = "请填写施工期，或改用别的口径"
            yield facts.problem("KP37", "E", row, "yardstick", expected, "现在没有填写", advice)


Obstacle = tuple[str, str]
"""What keeps something from being done on this desk, and what to do about it, in the clerk's words."""


def undrawn(settings: Settings, obstacle: Obstacle | None) -> Iterator[Problem]:
    """KP38: charts are asked for that cannot be drawn here."""
    if obstacle:
        reason, advice = obstacle
        found = f"{reason}，文档里没有附图"
        yield settings.problem("KP38", "W", "charts", "应画出附图", found, advice)


def displaced(titles: Mapping[str, str]) -> Iterator[Problem]:
    """KP40: the clerk's own sheets bear the names of ours; `titles` has our names and those that ours bear instead."""
    for ours, title in titles.items():
        if plain(title) != plain(ours):
            yield Problem(
                "KP40", "W", ours, "", "", "不是程序写的表，不改动", f"程序写在「{title}」"
            )
