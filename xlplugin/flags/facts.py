"""Everything the judgements look at, joined to one row a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xlplugin import indicators
from xlplugin.columns import Array, Columns
from xlplugin.errors import Problem
from xlplugin.indicators import Conditions
from xlplugin.ledger import Ledger
from xlplugin.schema import BUILDING, MILESTONE, MONTHLY, PLANNED
from xlplugin.settings import Settings
from xlplugin.tables import Table

if TYPE_CHECKING:
    import pandas as pd


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
        return self._facts.column(key)[self._position]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts.data.arrays)

    def __len__(self) -> int:
        return len(self._facts.data.arrays)


@dataclass(frozen=True)
class Facts:
    """The ledger with its yardsticks, indicators and history.

    `data` are the ledger's columns plus: used (the yardstick that counts), planned (分, cumulative plan to the month),
    last_done and before_last_done (分, 月度完成 one and two months ago), started, finished (bool), every indicator.
    """

    settings: Settings
    conditions: Conditions
    ledger: Ledger
    monthly_plan: Table
    monthly_done: Table
    issues: Table
    data: Columns
    yardstick_problems: tuple[Problem, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """The data for looking at, one row a project."""
        return self.data.frame

    def rows(self, mask: Any) -> Iterator[tuple[int, Project]]:
        """(sheet row, project) of the projects that a mask picks."""
        positions = np.flatnonzero(mask)
        for row, position in zip(
            self.data.rows[positions].tolist(), positions.tolist(), strict=True
        ):
            yield row, Project(self, position)

    def project(self, row: int) -> Project:
        """The project in a sheet row of the ledger."""
        return Project(self, int(np.searchsorted(self.data.rows, row)))

    def column(self, key: str) -> list[Any]:
        """A column as plain Python values; None for a number or a date that is not there."""
        return self.data.values(key)

    def where(self, key: str, *values: Any) -> Array:
        """Where a column has one of some values. Not to be changed."""
        masks = [self.data.where(key, value) for value in values]
        return masks[0] if len(masks) == 1 else np.logical_or.reduce(masks)

    def problem(
        self,
        code: str,
        severity: Any,
        row: int,
        key: str,
        expected: str,
        found: str,
        advice: str = "",
    ) -> Problem:
        """A problem at one of the ledger's cells."""
        return self.ledger.table.problem(code, severity, row, key, expected, found, advice)

    def has(self, *keys: str) -> bool:
        """Whether the ledger has all these columns; a check whose column is missing is silent."""
        return all(self.ledger.table.has(key) for key in keys)


def gather(
    settings: Settings, ledger: Ledger, monthly_plan: Table, monthly_done: Table, issues: Table
) -> Facts:
    """Join the tables and compute every indicator."""
    data, month = ledger.table.data, settings.as_of.month
    last, before_last = _of_months(ledger, monthly_done, month - 1, month - 2)
    (planned,) = _of_months(ledger, monthly_plan, month)
    conditions, wrong = _conditions(settings, monthly_plan)
    cutoff = np.datetime64(settings.as_of)
    data = data.plus(
        {
            "planned": planned,
            "last_done": last,
            "before_last_done": before_last,
            "started": data["actual_start"] <= cutoff,
            "finished": data["actual_finish"] <= cutoff,
        }
    )
    used, missing = _yardsticks(data, conditions, ledger)
    data = data.plus({"used": used})
    data = data.plus(indicators.add(data.arrays, conditions), frozenset(indicators.REGISTRY))
    return Facts(
        settings, conditions, ledger, monthly_plan, monthly_done, issues, data, (*wrong, *missing)
    )


def _of_months(ledger: Ledger, table: Table, *months: int) -> list[Array]:
    """A monthly table's columns in the ledger's order, 分; empty where project or month is missing.

    A project is known by its id, its name or an alias, as everywhere.
    """
    found = {
        at: position
        for position, (_, *words) in enumerate(table.lines("id", "name"))
        if (at := ledger.row_of(*words)) is not None
    }
    places, positions = np.searchsorted(ledger.table.data.rows, list(found)), list(found.values())
    columns = []
    for month in months:
        values = np.full(len(ledger.table), np.nan)
        if month >= 1 and found:
            values[places] = table.data[f"m{month}"][positions]
        columns.append(values)
    return columns


def _conditions(settings: Settings, monthly_plan: Table) -> tuple[Conditions, list[Problem]]:
    """The county's conditions; a default yardstick that cannot be computed is a problem, and 按月 stands in."""
    problems = []
    yardstick = settings.yardstick
    found = Conditions(
        settings.as_of, yardstick, settings.factor, settings.factor_cap, settings.season
    )
    if yardstick == PLANNED and not len(monthly_plan):
        problems.append(
            settings.problem(
                "yardstick",
                f"口径为{PLANNED}时应填写「{monthly_plan.title}」",
                "现在没有月度计划",
                "请填写月度计划，或改用别的口径",
            )
        )
    elif yardstick in indicators.UNIFORM and indicators.required(found) is None:
        problems.append(
            settings.problem(
                "yardstick",
                f"口径为{yardstick}时应填写施工期的开始和结束",
                "现在没有填写",
                "请填写施工期，或改用别的口径",
            )
        )
    if problems:
        found = Conditions(
            settings.as_of, MONTHLY, settings.factor, settings.factor_cap, settings.season
        )
    return found, problems


def _yardsticks(data: Columns, at: Conditions, ledger: Ledger) -> tuple[Array, list[Problem]]:
    """The yardstick of each project: its own, else the county's, else (where it cannot be computed) 按月."""
    used = np.where(data.where("yardstick", ""), at.yardstick, data["yardstick"])
    fallback = at.yardstick if at.yardstick in indicators.UNIFORM else MONTHLY
    problems = []
    lacking = (used == PLANNED) & np.isnan(data["planned"])
    for row in data.rows[lacking & (data["plan"] > 0)].tolist():
        problems.append(
            ledger.table.problem(
                "KP34",
                "E",
                row,
                "yardstick",
                f"口径为{PLANNED}的项目应有当月的累计计划",
                f"现在没有{at.as_of.month}月的计划",
                "请补填月度计划，或改用别的口径",
            )
        )
    open_ = ~data["finished"] & (data["started"] | ~data.where("nature", BUILDING))
    unjudged = (used == MILESTONE) & open_ & data.where("verdict", "")
    for row in data.rows[unjudged].tolist():
        problems.append(
            ledger.table.problem(
                "KP22",
                "E",
                row,
                "verdict",
                f"口径为{MILESTONE}的项目应由人认定达到或未达到",
                "现为空",
                "请填写认定结果和理由，或改用别的口径",
            )
        )
    seasonless = np.zeros(len(data), dtype=bool)
    for name, share in indicators.shares(at).items():
        if share is None and name != at.yardstick:
            seasonless |= used == name
    for row in data.rows[seasonless].tolist():
        problems.append(
            ledger.table.problem(
                "KP37",
                "E",
                row,
                "yardstick",
                "用这个口径应先在参数里填写施工期",
                "现在没有填写",
                "请填写施工期，或改用别的口径",
            )
        )
    used[lacking | unjudged | seasonless] = fallback
    return used, problems
