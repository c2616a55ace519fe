"""The figures that the bulletin prints and `--json` gives: sums, groups and lists, counted once, and proved to close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from xlplugin import indicators
from xlplugin.amounts import ratio
from xlplugin.columns import Array
from xlplugin.figures.classes import ordered
from xlplugin.flags.facts import Facts
from xlplugin.schema import (
    BEHIND,
    BUILDING,
    CITY,
    COUNTY,
    EARLY,
    LEVELS,
    NATURES,
    NOT_STARTED,
    OF_ALL,
    OF_BUILDING,
    ON_SCHEDULE,
    PROVINCE,
    STATUSES,
    UNRATED,
)
from xlplugin.schema.keys import AMOUNTS, MONTH_KEYS

Groups = Mapping[str, tuple[tuple[str, ...], str]]
"""The groups that are printed: levels and nature of each."""


def grouping(facts: Facts) -> Groups:
    """省市重点在建, 县重点在建, every other level's 在建 in its place, and 前期."""
    levels = ordered(facts, "level")
    ours: Groups = {
        "省市重点在建": ((PROVINCE, CITY), BUILDING),
        "县重点在建": ((COUNTY,), BUILDING),
    }
    others: Groups = {
        f"{level}{BUILDING}": ((level,), BUILDING) for level in levels if level not in LEVELS
    }
    building = {**ours, **others}
    order = sorted(building, key=lambda title: levels.index(building[title][0][0]))
    return {**{title: building[title] for title in order}, EARLY: ((*levels, ""), EARLY)}


@dataclass(frozen=True, slots=True)
class Sums:
    """Count and money (分) of some projects; `levels` are those that occur among them."""

    count: int
    total: int
    plan: int
    done: int
    levels: tuple[str, ...]

    @property
    def completion(self) -> Fraction | None:
        """done ÷ plan; None where there is no plan."""
        return ratio(self.done, self.plan)


@dataclass(frozen=True)
class Figures:
    """Everything countable. Lists hold sheet rows, in the ledger's order."""

    whole: Sums
    groups: Mapping[str, Sums]
    levels: Mapping[str, int]
    natures: Mapping[str, int]
    """By the ledger's own words (续建, 新建, 前期), those of 在建 first."""
    building: int
    started: int
    start_base: int
    lists: Mapping[str, tuple[int, ...]]
    required: Fraction | None

    @property
    def not_started(self) -> tuple[int, ...]:
        """Rows of the projects 未开工."""
        return self.lists[NOT_STARTED]

    @property
    def on_schedule(self) -> tuple[int, ...]:
        """Rows of the projects 达到序时."""
        return self.lists[ON_SCHEDULE]

    @property
    def behind(self) -> tuple[int, ...]:
        """Rows of the projects 未达到序时."""
        return self.lists[BEHIND]

    @property
    def unrated(self) -> tuple[int, ...]:
        """Rows of the projects 暂不评价."""
        return self.lists[UNRATED]

    @property
    def by_status(self) -> str:
        """达到序时34项，未达到序时4项，未开工3项; 暂不评价 only where there are some."""
        order = (ON_SCHEDULE, BEHIND, NOT_STARTED, *((UNRATED,) if self.unrated else ()))
        return "，".join(f"{status}{len(self.lists[status])}项" for status in order)

    @property
    def start_rate(self) -> Fraction | None:
        """开工率: started ÷ the base that 开工率口径 names (在建 by default)."""
        return ratio(self.started, self.start_base)


def count(facts: Facts) -> Figures:
    """Count and add up judged facts."""
    data = facts.data
    building = facts.where("nature", BUILDING)
    buildings, missing = _count(building), _count(building & facts.where("status", NOT_STARTED))
    groups = {title: sums(facts, members(facts, *of)) for title, of in grouping(facts).items()}
    return Figures(
        whole=sums(facts, np.arange(len(data))),
        groups={title: group for title, group in groups.items() if group.count},
        levels={level: _count(facts.where("level", level)) for level in ordered(facts, "level")},
        natures=_natures(facts),
        building=buildings,
        started=buildings - missing,
        start_base=_count(start_base(facts)),
        lists={
            status: tuple(data.rows[facts.where("status", status)].tolist()) for status in STATUSES
        },
        required=indicators.required(facts.conditions),
    )


def _natures(facts: Facts) -> Mapping[str, int]:
    """How many projects have each nature in the ledger's own word; a stage that no project has is there with 0."""
    words, codes = facts.data.codes("nature_word")
    found: Counter[str] = Counter()
    for stage in NATURES:
        counts = np.bincount(codes[facts.where("nature", stage)], minlength=len(words)).tolist()
        own = {word: count for word, count in zip(words, counts, strict=True) if count}
        found.update(own or {stage: 0})
    return found


def start_base(facts: Facts) -> Array:
    """Where the projects are that 开工率 is counted upon, as 开工率口径 says."""
    building, basis = facts.where("nature", BUILDING), facts.settings.start_basis
    if basis == OF_BUILDING:
        return building
    if basis == OF_ALL:
        return np.ones(len(facts.data), dtype=bool)
    planned = facts.data["planned_start"]
    return building & (
        np.isnat(planned) | (planned <= np.datetime64(facts.settings.as_of)) | facts.data["started"]
    )


def _count(mask: Array) -> int:
    return int(np.count_nonzero(mask))


def members(facts: Facts, levels: Sequence[str], nature: str) -> Array:
    """Where the projects of a group are."""
    return facts.where("level", *levels) & facts.where("nature", nature)


def sums(facts: Facts, chosen: Array) -> Sums:
    """Add up the projects that a mask (or positions) picks; what is empty counts as nothing (a problem has been said)."""
    data = facts.data
    names, codes = data.codes("level")
    levels = {names[at] for at in np.unique(codes[chosen]).tolist()}
    total, plan, done = (int(data.whole(key)[chosen].sum()) for key in AMOUNTS)
    return Sums(
        len(data.rows[chosen]),
        total,
        plan,
        done,
        tuple(level for level in ordered(facts, "level") if level in levels),
    )


def by_month(facts: Facts, whole: Sums) -> Iterator[tuple[int, int | None]]:
    """Twelve months' plan and actual, cumulative, 分: what the S-curve draws.

    Without monthly plans the plan is spread evenly; this month's actual is the ledger's; months without a record are None.
    """
    now = facts.settings.as_of.month
    for month, key in enumerate(MONTH_KEYS, start=1):
        planned, recorded = (
            None if np.isnan(table.data[key]).all() else int(table.data.whole(key).sum())
            for table in (facts.monthly_plan, facts.monthly_done)
        )
        yield (
            whole.plan * month // 12 if planned is None else planned,
            whole.done if month == now else recorded if month < now else None,
        )
