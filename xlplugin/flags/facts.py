"""Everything the judgements look at, joined to one row a project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from xlplugin import indicators
from xlplugin.columns import Array, Columns
from xlplugin.errors import Problem, Severity
from xlplugin.indicators import REGISTRY, Conditions
from xlplugin.ledger import Ledger
from xlplugin.schema import BUILDING, MILESTONE, MONTHLY, PLANNED
from xlplugin.schema.keys import MONTH_KEYS, ColumnKey
from xlplugin.settings import Settings
from xlplugin.tables import Table


class Project:
    """One project's values, as plain and as exact as can be: money in 分, text "" and all else None where there is none.

    An attribute is a column of `Facts.data`; indicators are exact here. Only what is asked for is looked up, so that a few
    projects among many cost little.
    """

    __slots__ = ("_facts", "_lists", "position")

    id: str
    name: str
    level: str
    agency: str
    county: str
    cause_kind: str
    cause: str
    stage: str
    expected_tender: str
    expected_start: str
    planned_progress: str
    actual_progress: str
    move: str
    adjustment: str
    yardstick: str
    verdict: str
    verdict_reason: str
    total: int | None
    plan: int | None
    done: int | None
    earlier_done: int | None
    parts: int | None
    parts_behind: int | None
    planned_start: dt.date | None
    actual_start: dt.date | None
    actual_finish: dt.date | None

    last_done: int | None
    finished: bool
    used: str
    status: str
    light: str

    completion: Fraction | None
    expected: Fraction | None
    gap: Fraction | None
    spi: Fraction | None
    remaining: int | None
    run_rate: Fraction | None
    forecast: Fraction | None

    def __init__(self, facts: Facts, position: int) -> None:
        self._facts = facts
        self._lists = facts.data.lists
        self.position = position

    def __getitem__(self, key: str) -> Any:
        """A value whose column is known at work only; so do the indicators ask."""
        if key in REGISTRY:
            return REGISTRY[key].cell(self, self._facts.conditions)
        return self._lists[key][self.position]


def _attribute(key: str) -> property:
    """Every sentence asks a dozen of them: a property costs a third of what `__getattr__` would."""
    if key in REGISTRY:
        return property(lambda project: project[key])
    return property(lambda project: project._lists[key][project.position])


for _key in Project.__annotations__:
    setattr(Project, _key, _attribute(_key))


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
    unusable: Mapping[str, Array]
    """Where the yardstick that was asked for cannot be computed, so that another stands in; by the one asked for."""

    @cached_property
    def across_counties(self) -> bool:
        """Whether the projects lie in several counties: then a project's name says its own."""
        return self.has("county") and len(set(self.data.values("county"))) > 1

    def rows(self, mask: Array) -> Iterator[tuple[int, Project]]:
        """(sheet row, project) of the projects that a mask picks."""
        positions = np.flatnonzero(mask)
        for row, position in zip(
            self.data.rows[positions].tolist(), positions.tolist(), strict=True
        ):
            yield row, Project(self, position)

    def project(self, row: int) -> Project:
        """The project in a sheet row of the ledger."""
        return self.at(int(np.searchsorted(self.data.rows, row)))

    def at(self, position: int) -> Project:
        """The project at a place in the columns."""
        return Project(self, position)

    def where(self, key: ColumnKey, *values: object) -> Array:
        """Where a column has one of some values. Not to be changed."""
        masks = [self.data.where(key, value) for value in values]
        return masks[0] if len(masks) == 1 else np.logical_or.reduce(masks)

    def problem(
        self, code: str, severity: Severity, row: int, key: ColumnKey, *words: str
    ) -> Problem:
        """A problem at one of the ledger's cells."""
        return self.ledger.table.problem(code, severity, row, key, *words)

    def refused(self, row: int, key: ColumnKey) -> bool:
        """Whether a cell of the ledger holds something that was refused when it was read: it only looks empty."""
        return self.ledger.table.refused(row, key)

    def has(self, *keys: ColumnKey) -> bool:
        """Whether the ledger has all these columns; a check whose column is missing is silent."""
        return all(self.ledger.table.has(key) for key in keys)


def gather(
    settings: Settings, ledger: Ledger, monthly_plan: Table, monthly_done: Table, issues: Table
) -> Facts:
    """Join the tables and compute every indicator."""
    data, month = ledger.table.data, settings.as_of.month
    last, before_last = of_months(ledger, monthly_done, month - 1, month - 2)
    (planned,) = of_months(ledger, monthly_plan, month)
    conditions = _conditions(settings, monthly_plan)
    cutoff = np.datetime64(settings.as_of)
    data = data.plus(
        {
            "planned": planned,
            "last_done": last,
            "before_last_done": before_last,
            "started": (data["actual_start"] <= cutoff)
            | (np.isnat(data["actual_start"]) & data.where("marked_started", True)),
            "finished": data["actual_finish"] <= cutoff,
        }
    )
    used, unusable = _yardsticks(data, conditions)
    data = data.plus({"used": used})
    data = data.plus(indicators.add(data.arrays, conditions), frozenset(REGISTRY))
    return Facts(settings, conditions, ledger, monthly_plan, monthly_done, issues, data, unusable)


def of_months(ledger: Ledger, table: Table, *months: int) -> list[Array]:
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
            values[places] = table.data[MONTH_KEYS[month - 1]][positions]
        columns.append(values)
    return columns


def _conditions(settings: Settings, monthly_plan: Table) -> Conditions:
    """The county's conditions; 按月 stands in for a default yardstick that cannot be computed."""
    asked = Conditions(
        settings.as_of, settings.yardstick, settings.factor, settings.factor_cap, settings.season
    )
    unplanned = asked.yardstick == PLANNED and not len(monthly_plan)
    seasonless = asked.yardstick in indicators.UNIFORM and indicators.required(asked) is None
    return replace(asked, yardstick=MONTHLY) if unplanned or seasonless else asked


def _yardsticks(data: Columns, at: Conditions) -> tuple[Array, dict[str, Array]]:
    """The yardstick of each project: its own, else the county's, else (where it cannot be computed: `Facts.unusable`) 按月."""
    used = np.where(data.where("yardstick", ""), at.yardstick, data["yardstick"])
    open_ = ~data["finished"] & (data["started"] | ~data.where("nature", BUILDING))
    unusable = {
        PLANNED: (used == PLANNED) & np.isnan(data["planned"]),
        MILESTONE: (used == MILESTONE) & open_ & data.where("verdict", ""),
    }
    for name, share in indicators.shares(at).items():
        if share is None and name != at.yardstick:
            unusable[name] = used == name
    fallback = at.yardstick if at.yardstick in indicators.UNIFORM else MONTHLY
    used[np.logical_or.reduce(list(unusable.values()))] = fallback
    return used, unusable
