"""Month against month: what is new since last month. Missing history is simply not spoken of.

A past month's statuses come from the archive (归档台账) where the month was archived, else they are worked out again from
月度完成 by the same rules, at that month's end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from xlplugin.amounts import ratio
from xlplugin.cells import at_once, plain
from xlplugin.flags.facts import Facts, gather
from xlplugin.flags.judgement import status
from xlplugin.periods import month_end, promised
from xlplugin.schema import BEHIND, NOT_STARTED, ON_SCHEDULE
from xlplugin.schema.keys import MONTH_KEYS
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
    ids = dict(zip(facts.data.rows.tolist(), at_once(plain, facts.data.values("id")), strict=True))
    now = dict(zip(ids, facts.data.values("status"), strict=True))
    was = {row: last.statuses.get(identity) for row, identity in ids.items()}
    here = set(ids.values())
    return History(
        last,
        newly_behind=tuple(
            row for row in ids if now[row] == BEHIND and was[row] in (ON_SCHEDULE, NOT_STARTED)
        ),
        caught_up=tuple(row for row in ids if now[row] == ON_SCHEDULE and was[row] == BEHIND),
        streaks=_streaks(
            facts, archive, [row for row in ids if now[row] == BEHIND and was[row] == BEHIND], ids
        ),
        joined=tuple(row for row in ids if was[row] is None),
        left=tuple(name for identity, name in last.names.items() if identity not in here),
        broken={
            row: promise
            for row, identity in ids.items()
            if now[row] == NOT_STARTED
            and _due(promise := last.promises.get(identity, ""), facts.settings.as_of)
        },
    )


def _due(promise: str, as_of: dt.date) -> bool:
    _, day = promised(promise, as_of)
    return day is not None and day <= as_of


def _streaks(
    facts: Facts, archive: Table, rows: list[int], ids: Mapping[int, str]
) -> dict[int, int]:
    lengths = dict.fromkeys(rows, 1)
    running = set(rows)
    for month in _months(facts, archive):
        if month is None or not running:
            break
        running = {row for row in running if month.statuses.get(ids[row]) == BEHIND}
        for row in running:
            lengths[row] += 1
    return lengths


def _months(facts: Facts, archive: Table) -> Iterator[Month | None]:
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
    cutoffs = archive.data["cutoff"]
    same = (cutoffs >= np.datetime64(end.replace(day=1))) & (cutoffs <= np.datetime64(end))
    if not same.any():
        return None
    kept = archive.data.only(same & (cutoffs == cutoffs[same].max()))
    ids = at_once(plain, kept.values("id"))
    return Month(
        dict(zip(ids, kept.values("status"), strict=True)),
        dict(zip(ids, kept.values("name"), strict=True)),
        int(kept.whole("done").sum()),
        int(kept.whole("plan").sum()),
        dict(zip(ids, kept.values("expected_start"), strict=True)),
    )


def _recomputed(facts: Facts, end: dt.date) -> Month | None:
    """A month of the same year by 月度完成: its figures judged by today's rules at that month's end."""
    monthly = facts.monthly_done
    if end.year != facts.settings.as_of.year:
        return None
    recorded = [
        line[1:]
        for line in monthly.lines("id", "name", MONTH_KEYS[end.month - 1])
        if line[-1] is not None
    ]
    if not recorded:
        return None
    by_id = {plain(identity): (name or identity, done) for identity, name, done in recorded}
    table = facts.ledger.table
    own = at_once(plain, table.data.values("id"))
    here = [position for position, identity in enumerate(own) if identity in by_id]
    then = table.data.only(np.array(here, dtype=np.intp))
    ids = [own[position] for position in here]
    statuses: dict[str, str] = {}
    if ids:
        then = then.plus({"done": np.array([by_id[identity][1] for identity in ids], dtype=float)})
        ledger = replace(facts.ledger, table=replace(table, data=then))
        settings = replace(facts.settings, as_of=month_end(end))
        statuses = dict(
            zip(
                ids,
                status(
                    gather(settings, ledger, facts.monthly_plan, monthly, facts.issues)
                ).tolist(),
                strict=True,
            )
        )
    return Month(
        statuses,
        {identity: name for identity, (name, _) in by_id.items()},
        sum(done for _, done in by_id.values()),
        int(then.whole("plan").sum()),
        {},
    )
