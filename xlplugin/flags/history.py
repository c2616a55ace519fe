"""Month against month: what is new since last month. Missing history is simply not spoken of.

A past month's statuses come from the archive (归档台账) where the month was archived, else they are worked out again from
月度完成 by the same rules, at that month's end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from xlplugin.amounts import ratio
from xlplugin.cells import plain
from xlplugin.flags.facts import Facts, gather
from xlplugin.flags.judgement import BEHIND, NOT_STARTED, ON_SCHEDULE, status
from xlplugin.periods import expected_by, month_end
from xlplugin.tables import Table

LOOKED_BACK = 24
"""Months that a run of lagging is followed back at most."""


@dataclass(frozen=True)
class Month:
    """One past month: statuses by project (folded id), names, the sums it closed with (分), what was promised then."""

    statuses: Mapping[str, str]
    names: Mapping[str, str]
    done: int
    plan: int
    promises: Mapping[str, str]

    @property
    def completion(self) -> Fraction | None:
        """done ÷ plan of that month; None where there was no plan."""
        return ratio(self.done, self.plan)


@dataclass(frozen=True)
class History:
    """What is new since last month. Rows are the ledger's."""

    last: Month
    newly_behind: tuple[int, ...]
    caught_up: tuple[int, ...]
    streaks: Mapping[int, int]
    """Months that a project has been behind without a break, this one counted; two and more only."""
    joined: tuple[int, ...]
    left: tuple[str, ...]
    broken: Mapping[int, str]
    """Projects that were to start by now, as last month's record promised, and have not."""


def compare(facts: Facts, archive: Table) -> History | None:
    """This month against the last; None where the last month left no record."""
    months = _months(facts, archive)
    last = next(months)
    if last is None:
        return None
    ids = {row: plain(identity) for row, identity in zip(facts.frame.index.tolist(), facts.column("id"), strict=True)}
    now = dict(zip(ids, facts.column("status"), strict=True))
    was = {row: last.statuses.get(identity) for row, identity in ids.items()}
    here = set(ids.values())
    return History(
        last,
        newly_behind=tuple(row for row in ids if now[row] == BEHIND and was[row] in (ON_SCHEDULE, NOT_STARTED)),
        caught_up=tuple(row for row in ids if now[row] == ON_SCHEDULE and was[row] == BEHIND),
        streaks=_streaks(facts, archive, [row for row in ids if now[row] == BEHIND and was[row] == BEHIND], ids),
        joined=tuple(row for row in ids if was[row] is None),
        left=tuple(name for identity, name in last.names.items() if identity not in here),
        broken={row: promise for row, identity in ids.items() if now[row] == NOT_STARTED
                and _due(promise := last.promises.get(identity, ""), facts.settings.as_of)},
    )


def _due(promise: str, as_of: dt.date) -> bool:
    day = expected_by(promise, as_of) if promise else None
    return day is not None and day <= as_of


def _streaks(facts: Facts, archive: Table, rows: list[int], ids: Mapping[int, str]) -> dict[int, int]:
    lengths = dict.fromkeys(rows, 1)
    running = set(rows)
    for month in _months(facts, archive):
        if month is None or not running:
            break
        running = {row for row in running if month.statuses.get(ids[row]) == BEHIND}
        for row in running:
            lengths[row] += 1
    return lengths


def _months(facts: Facts, archive: Table) -> Any:
    """Past months, the last first; None for the first that left no record, and then no more."""
    end = facts.settings.as_of
    for _ in range(LOOKED_BACK):
        end = end.replace(day=1) - dt.timedelta(days=1)
        month = _archived(archive, end) or _recomputed(facts, end)
        yield month
        if month is None:
            return
    yield None


def _archived(archive: Table, end: dt.date) -> Month | None:
    cutoffs = archive.frame["cutoff"]
    same = archive.frame[(cutoffs >= pd.Timestamp(end.replace(day=1))) & (cutoffs <= pd.Timestamp(end))]
    if same.empty:
        return None
    same = same[same["cutoff"] == same["cutoff"].max()]
    ids = [plain(identity) for identity in same["id"]]
    return Month(dict(zip(ids, same["status"], strict=True)), dict(zip(ids, same["name"], strict=True)),
                 int(same["done"].fillna(0).sum()), int(same["plan"].fillna(0).sum()),
                 dict(zip(ids, same["expected_start"], strict=True)))


def _recomputed(facts: Facts, end: dt.date) -> Month | None:
    """A month of the same year by 月度完成: its figures judged by today's rules at that month's end."""
    monthly = facts.monthly_done
    if end.year != facts.settings.as_of.year or monthly.frame.empty:
        return None
    recorded = monthly.frame[f"m{end.month}"].dropna()
    if recorded.empty:
        return None
    by_id = {plain(monthly.frame.at[row, "id"]): (row, int(value)) for row, value in recorded.items()}
    frame = facts.ledger.frame
    ids = frame["id"].map(plain)
    then = frame[ids.isin(by_id)].copy()
    names = {identity: monthly.frame.at[row, "name"] or monthly.frame.at[row, "id"] for identity, (row, _) in by_id.items()}
    statuses: dict[str, str] = {}
    if len(then):
        then["done"] = pd.array([by_id[plain(identity)][1] for identity in then["id"]], dtype="Int64")
        ledger = replace(facts.ledger, table=replace(facts.ledger.table, frame=then))
        settings = replace(facts.settings, as_of=month_end(end))
        past = gather(settings, ledger, facts.monthly_plan, monthly, facts.issues)
        statuses = dict(zip((plain(identity) for identity in then["id"]), status(past), strict=True))
    plan = int(then["plan"].fillna(0).sum())
    return Month(statuses, names, sum(value for _, value in by_id.values()), plan, {})
