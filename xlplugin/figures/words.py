"""The words that narrow: values of classifying columns, states, changes since last month, single projects, and months.

A state or a change is a function: its label is the word, its docstring is its definition, told by `kp explain` and the manual.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from xlplugin.columns import Array
from xlplugin.figures.counted import members
from xlplugin.flags import BEHIND, LIGHTS, NOT_STARTED, ON_SCHEDULE, STATUSES, Facts
from xlplugin.flags.history import History
from xlplugin.schema import ANALYSIS, BUILDING, LEDGER, NATURES, UNRATED, Column
from xlplugin.schema.keys import TextKey


@dataclass(frozen=True, slots=True)
class Months:
    """Some months of the report's year, first and last (1–12)."""

    first: int
    last: int

    def hold(self, days: Array, year: int) -> Array:
        """Where a day lies in these months."""
        start = np.datetime64(f"{year}-{self.first:02}-01")
        end = np.datetime64(f"{year}-{self.last:02}") + 1
        return (days >= start) & (days < end)

    def __str__(self) -> str:
        return f"{self.first}月" if self.first == self.last else f"{self.first}至{self.last}月"


_SPAN = re.compile(r"(\d{1,2})(?:月?[至到—~-](\d{1,2}))?月(?:份)?")
_PARTS = {"上半年": (1, 6), "下半年": (7, 12)} | {
    f"{word}季度": (3 * at + 1, 3 * at + 3) for at, word in enumerate("一二三四")
}


def months(word: str, now: int) -> Months | None:
    """What a word says of months, where `now` is the report's: 本月, 上月, 本年, 9月, 1至9月, 三季度; None for any other word."""
    near = {"本月": (now, now), "当月": (now, now), "上月": (now - 1,) * 2, "本年": (1, now)}
    near["今年"] = near["本年"]
    span = _SPAN.fullmatch(word)
    ends = near.get(word) or _PARTS.get(word)
    if span:
        ends = (int(span[1]), int(span[2] or span[1]))
    return Months(*ends) if ends and 1 <= ends[0] <= ends[1] <= 12 else None


def begins_with_months(word: str) -> str:
    """The months that a longer word begins with: 本月新开工 → 本月; "" where it does not."""
    found = re.match(
        rf"本月|当月|上月|本年|今年|上半年|下半年|[一二三四]季度|{_SPAN.pattern}", word
    )
    return found[0] if found else ""


Where = TypeVar("Where", bound=Callable[..., Array | Collection[int]])


@dataclass(frozen=True, slots=True)
class State:
    """A word that a rule decides. `timed`: it is about the months of the name, this year's up to now where none are said."""

    label: str
    definition: str
    where: Callable[..., Array | Collection[int]]
    timed: bool = False


STATES: dict[str, State] = {}
CHANGES: dict[str, State] = {}
"""Words about the last month: no project has them where it left no record."""


def _state(
    label: str, kept: dict[str, State] = STATES, *, timed: bool = False
) -> Callable[[Where], Where]:
    def register(where: Where) -> Where:
        kept[label] = State(label, inspect.getdoc(where) or "", where, timed)
        return where

    return register


@_state(NOT_STARTED)
def not_started(facts: Facts) -> Array:
    """在建且截止日前没有实际开工日期"""
    return facts.where("status", NOT_STARTED)


@_state(ON_SCHEDULE)
def on_schedule(facts: Facts) -> Array:
    """已竣工，或人工认定达到，或完成率不低于序时进度"""
    return facts.where("status", ON_SCHEDULE)


@_state(BEHIND)
def behind(facts: Facts) -> Array:
    """人工认定未达到，或完成率低于序时进度"""
    return facts.where("status", BEHIND)


@_state(UNRATED)
def unrated(facts: Facts) -> Array:
    """已开工或前期，没有年度计划，也没有人工认定"""
    return facts.where("status", UNRATED)


@_state("已开工")
def started(facts: Facts) -> Array:
    """在建项目中截止日前有实际开工日期的"""
    return facts.where("nature", BUILDING) & ~facts.where("status", NOT_STARTED)


@_state("已竣工")
def finished(facts: Facts) -> Array:
    """截止日前有实际竣工日期"""
    return facts.data["finished"]


@_state(LEDGER["model"].heading)
def model(facts: Facts) -> Array:
    """台账里注明是标杆的"""
    return facts.where("model", True)


@_state("逾期未开工")
def overdue(facts: Facts) -> Array:
    """未开工，而计划开工日期已到"""
    cutoff = np.datetime64(facts.settings.as_of)
    return facts.where("status", NOT_STARTED) & (facts.data["planned_start"] <= cutoff)


@_state("未到开工时间")
def not_due(facts: Facts) -> Array:
    """未开工，而计划开工日期还没有到"""
    cutoff = np.datetime64(facts.settings.as_of)
    return facts.where("status", NOT_STARTED) & (facts.data["planned_start"] > cutoff)


@_state("到期未开工")
def due(facts: Facts) -> Array:
    """未开工，而计划开工日期已到，或者没有填"""
    return facts.where("status", NOT_STARTED) & ~not_due(facts)


@_state("新开工", timed=True)
def newly_started(facts: Facts, at: Months) -> Array:
    """实际开工日期在所说的月份里（不说月份的，为本年1月至截止日）"""
    return _by_now(facts, facts.data["actual_start"], at)


@_state("竣工", timed=True)
def newly_finished(facts: Facts, at: Months) -> Array:
    """实际竣工日期在所说的月份里（不说月份的，为本年1月至截止日）"""
    return _by_now(facts, facts.data["actual_finish"], at)


@_state("计划新开工", timed=True)
def to_start(facts: Facts, at: Months | None) -> Array:
    """计划开工日期在所说的月份里（不说月份的，为本年全年）"""
    return (at or Months(1, 12)).hold(facts.data["planned_start"], facts.settings.as_of.year)


@_state("计划竣工", timed=True)
def to_finish(facts: Facts, at: Months | None) -> Array:
    """计划竣工日期在所说的月份里（不说月份的，为本年全年）"""
    return (at or Months(1, 12)).hold(facts.data["planned_finish"], facts.settings.as_of.year)


def _by_now(facts: Facts, days: Array, at: Months | None) -> Array:
    as_of = facts.settings.as_of
    return (at or Months(1, 12)).hold(days, as_of.year) & (days <= np.datetime64(as_of))


@_state("新增滞后", CHANGES)
def newly_behind(history: History) -> Collection[int]:
    """上月不是未达到序时，本月未达到序时"""
    return history.newly_behind


@_state("已赶上", CHANGES)
def caught_up(history: History) -> Collection[int]:
    """上月未达到序时，本月达到序时"""
    return history.caught_up


@_state("连续滞后", CHANGES)
def still_behind(history: History) -> Collection[int]:
    """上月和本月都未达到序时"""
    return history.streaks


@_state("调入", CHANGES)
def joined(history: History) -> Collection[int]:
    """上月的记录里没有的项目"""
    return history.joined


@_state("未兑现", CHANGES)
def broken(history: History) -> Collection[int]:
    """上月记录的预计开工时间已过而未开工"""
    return history.broken


@dataclass(frozen=True, slots=True)
class Word:
    """One word that narrows, as it was understood."""

    text: str
    """In its own spelling: 省重点, 责任单位=县交通局 where it needs to be said."""
    rule: str
    """As it is explained: 「项目级别」为省重点."""
    where: Callable[[Facts, History | None, Months | None], Array | None]
    """Which projects it lets through; None where that cannot be known: last month left no record."""
    title: str = "状态"
    """What is written before it where it means two things: 责任单位=县交通局, 状态=竣工, 项目=3.1."""
    key: TextKey | None = None
    value: str = ""
    """The column that it is a value of, where it is one."""
    timed: bool = False
    project: int | None = None
    """The sheet row of the one project that it means."""


def of_column(key: TextKey, column: Column, value: str) -> Word:
    """A column's value; "" for what is left empty."""

    def where(facts: Facts, history: History | None, at: Months | None) -> Array:
        del history, at
        return facts.where(key, value)

    heading = column.heading
    text = value or f"{heading}={UNKNOWN}"
    rule = f"「{heading}」{f'为{value}' if value else '没有填'}"
    return Word(text, rule, where, heading, key, value)


def of_stage(stage: str) -> Word:
    """在建 or 前期: what the clerk's own words for a nature (续建, 新建, 储备) come to."""
    return of_column("nature", LEDGER["nature"], stage)


def of_group(title: str, levels: Sequence[str], nature: str) -> Word:
    """Some levels' projects of a nature."""

    def where(facts: Facts, history: History | None, at: Months | None) -> Array:
        del history, at
        return members(facts, levels, nature)

    return Word(
        title,
        f"「{LEDGER['level'].heading}」为{'、'.join(levels)}，「{LEDGER['nature'].heading}」为{nature}",
        where,
    )


def of_state(state: State) -> Word:
    """A word that a rule decides."""

    def where(facts: Facts, history: History | None, at: Months | None) -> Array:
        del history
        return np.asarray(state.where(facts, at) if state.timed else state.where(facts))

    if state.label not in STATUSES:
        return Word(state.label, state.definition, where, timed=state.timed)
    heading = ANALYSIS["status"].heading
    return Word(state.label, state.definition, where, heading, "status", state.label)


def of_change(change: State) -> Word:
    """A word about last month."""

    def where(facts: Facts, history: History | None, at: Months | None) -> Array | None:
        del at
        return None if history is None else np.isin(facts.data.rows, list(change.where(history)))

    return Word(change.label, change.definition, where)


def of_project(facts: Facts, row: int) -> Word:
    """The one project in a sheet row, by its id or, where it has none, its name."""
    project = facts.project(row)
    text = project.id or project.name

    def where(facts: Facts, history: History | None, at: Months | None) -> Array:
        del history, at
        return np.asarray(facts.data.rows == row)

    rule = f"「{LEDGER['name'].heading}」为{project.name}"
    return Word(text, rule, where, PROJECT_TITLE, project=row)


def either(words: list[Word]) -> Word:
    """What any of some words lets through: 省重点、市重点."""

    def where(facts: Facts, history: History | None, at: Months | None) -> Array | None:
        masks = [mask for word in words if (mask := word.where(facts, history, at)) is not None]
        return np.logical_or.reduce(masks) if len(masks) == len(words) else None

    return Word(
        "、".join(word.text for word in words),
        "或".join(word.rule for word in words),
        where,
        timed=any(word.timed for word in words),
    )


PROJECT_TITLE, STATE_TITLE, NATURE_TITLE = "项目", "状态", "性质用语"
"""What may be written before a project, a state, and a nature's own word where that is a stage's, too."""
UNKNOWN = "待核"
"""What stands for an empty value, after its heading: 项目级别=待核."""
WHOLE_WORDS = ("全部", "全部项目", "totals", "groups", "levels")
"""Words that narrow nothing, beside what a place calls itself (全县); the last are those of `--json`."""
SPELLED = {
    "达到序时进度": ON_SCHEDULE,
    "未达到序时进度": BEHIND,
    "未达序时": BEHIND,
    "not_started": NOT_STARTED,
    "on_schedule": ON_SCHEDULE,
    "behind": BEHIND,
    "started": "已开工",
    **{f"{light}灯": light for light in LIGHTS},
    **{hers: ours for key in ("level", "nature") for hers, ours in LEDGER[key].synonyms.items()},
}
"""Other spellings of our own words, folded."""
OURS = frozenset((*STATUSES, *NATURES, *CHANGES, "已开工", "已竣工", LEDGER["model"].heading))
"""Words that the delivered sentences use: by themselves they mean this whatever else is so called."""
