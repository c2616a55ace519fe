"""Everything the judgements look at, joined to one row a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from xlplugin import indicators
from xlplugin.errors import Problem
from xlplugin.indicators import Conditions
from xlplugin.ledger import Ledger
from xlplugin.schema import BUILDING, MILESTONE, MONTHLY, PLANNED
from xlplugin.settings import Settings
from xlplugin.tables import Table


class Project:
    """One project's values by column key, as attributes."""

    __slots__ = ("_facts", "_position")

    def __init__(self, facts: Facts, position: int) -> None:
        self._facts = facts
        self._position = position

    def __getattr__(self, key: str) -> Any:
        return self._facts.column(key)[self._position]


class Exact(Mapping[str, Any]):
    """One project's columns as an indicator's exact cells: ints, text, None for no value."""

    __slots__ = ("_facts", "_position")

    def __init__(self, facts: Facts, position: int) -> None:
        self._facts = facts
        self._position = position

    def __getitem__(self, key: str) -> Any:
        value = self._facts.column(key)[self._position]
        return None if value is pd.NA or value is pd.NaT else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts.frame.columns)

    def __len__(self) -> int:
        return len(self._facts.frame.columns)


@dataclass(frozen=True)
class Facts:
    """The ledger with its yardsticks, indicators and history.

    `frame` is the ledger's frame plus: used (the yardstick that counts), planned (分, cumulative plan to the month),
    last_done and before_last_done (分, 月度完成 one and two months ago), started, finished (bool), every indicator.
    """

    settings: Settings
    conditions: Conditions
    ledger: Ledger
    monthly_plan: Table
    monthly_done: Table
    issues: Table
    frame: pd.DataFrame
    yardstick_problems: tuple[Problem, ...]
    columns: dict[str, list[Any]] = field(default_factory=dict, repr=False)

    def rows(self, mask: Any) -> Iterator[tuple[int, Project]]:
        """(sheet row, project) of the projects that a mask picks."""
        index = self.frame.index
        for position in np.flatnonzero(np.asarray(mask, dtype=bool)).tolist():
            yield int(index[position]), Project(self, position)

    def column(self, key: str) -> list[Any]:
        """A column as plain Python values, kept: asking for single cells of a frame is slow."""
        if key not in self.columns:
            self.columns[key] = self.frame[key].tolist()
        return self.columns[key]

    def problem(self, code: str, severity: Any, row: int, key: str, expected: str, found: str, advice: str = "") -> Problem:
        """A problem at one of the ledger's cells."""
        return self.ledger.table.problem(code, severity, row, key, expected, found, advice)

    def has(self, *keys: str) -> bool:
        """Whether the ledger has all these columns; a check whose column is missing is silent."""
        return all(self.ledger.table.has(key) for key in keys)


def gather(settings: Settings, ledger: Ledger, monthly_plan: Table, monthly_done: Table, issues: Table) -> Facts:
    """Join the tables and compute every indicator."""
    frame = ledger.frame.copy()
    month = settings.as_of.month
    frame["planned"] = _of_month(ledger, monthly_plan, month)
    frame["last_done"] = _of_month(ledger, monthly_done, month - 1)
    frame["before_last_done"] = _of_month(ledger, monthly_done, month - 2)
    conditions, wrong = _conditions(settings, monthly_plan)
    cutoff = np.datetime64(settings.as_of)
    for key, date in (("started", "actual_start"), ("finished", "actual_finish")):
        frame[key] = (frame[date] <= cutoff).to_numpy(dtype=bool)
    frame["used"], missing = _yardsticks(frame, conditions, ledger)
    frame = indicators.add(frame, conditions)
    return Facts(settings, conditions, ledger, monthly_plan, monthly_done, issues, frame, (*wrong, *missing))


def _of_month(ledger: Ledger, table: Table, month: int) -> pd.Series:
    """A monthly table's column in the ledger's order, 分; empty where project or month is missing.

    A project is known by its id, its name or an alias, as everywhere.
    """
    values = pd.Series(pd.NA, index=ledger.frame.index, dtype="Int64")
    if month >= 1 and len(table.frame):
        words = zip(table.frame["id"].tolist(), table.frame["name"].tolist(), strict=True)
        found = {at: position for position, pair in enumerate(words) if (at := ledger.row_of(*pair)) is not None}
        values.loc[list(found)] = table.frame[f"m{month}"].iloc[list(found.values())].to_numpy()
    return values


def _conditions(settings: Settings, monthly_plan: Table) -> tuple[Conditions, list[Problem]]:
    """The county's conditions; a default yardstick that cannot be computed is a problem, and 按月 stands in."""
    problems = []
    yardstick = settings.yardstick
    found = Conditions(settings.as_of, yardstick, settings.factor, settings.factor_cap, settings.season)
    if yardstick == PLANNED and monthly_plan.frame.empty:
        problems.append(settings.problem("yardstick", f"口径为{PLANNED}时应填写「{monthly_plan.title}」", "现在没有月度计划",
                                         "请填写月度计划，或改用别的口径"))
    elif yardstick in indicators.UNIFORM and indicators.required(found) is None:
        problems.append(settings.problem("yardstick", f"口径为{yardstick}时应填写施工期的开始和结束", "现在没有填写",
                                         "请填写施工期，或改用别的口径"))
    if problems:
        found = Conditions(settings.as_of, MONTHLY, settings.factor, settings.factor_cap, settings.season)
    return found, problems


def _yardsticks(frame: pd.DataFrame, at: Conditions, ledger: Ledger) -> tuple[Any, list[Problem]]:
    """The yardstick of each project: its own, else the county's, else (where it cannot be computed) 按月."""
    used = frame["yardstick"].where(frame["yardstick"] != "", at.yardstick).to_numpy(dtype=object).copy()
    fallback = at.yardstick if at.yardstick in indicators.UNIFORM else MONTHLY
    problems = []
    lacking = (used == PLANNED) & frame["planned"].isna().to_numpy(dtype=bool)
    for row in frame.index[lacking & (frame["plan"].fillna(0) > 0).to_numpy(dtype=bool)].tolist():
        problems.append(ledger.table.problem("KP34", "E", row, "yardstick", f"口径为{PLANNED}的项目应有当月的累计计划",
                                             f"现在没有{at.as_of.month}月的计划", "请补填月度计划，或改用别的口径"))
    open_ = ~frame["finished"] & (frame["started"] | (frame["nature"] != BUILDING))
    unjudged = (used == MILESTONE) & (open_ & (frame["verdict"] == "")).to_numpy(dtype=bool)
    for row in frame.index[unjudged].tolist():
        problems.append(ledger.table.problem("KP22", "E", row, "verdict", f"口径为{MILESTONE}的项目应由人认定达到或未达到",
                                             "现为空", "请填写认定结果和理由，或改用别的口径"))
    seasonless = (used != at.yardstick) & np.isin(used, [n for n, share in indicators.shares(at).items() if share is None])
    for row in frame.index[seasonless].tolist():
        problems.append(ledger.table.problem("KP37", "E", row, "yardstick", "用这个口径应先在参数里填写施工期", "现在没有填写",
                                             "请填写施工期，或改用别的口径"))
    used[lacking | unjudged | seasonless] = fallback
    return used, problems
