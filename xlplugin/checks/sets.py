"""KP19, KP31–KP33: who stands in one sheet or month must stand in the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.errors import Problem
from xlplugin.flags import ON_SCHEDULE, Facts
from xlplugin.schema import FUNDING, JOINED, LEDGER, LEFT, SOLVED
from xlplugin.schema.keys import MONTH_KEYS
from xlplugin.tables import Table


def funding_gaps(facts: Facts) -> Iterator[Problem]:
    """KP19: praised as on schedule, and unfunded."""
    unfunded = {
        row
        for _, identity, name, kind, state in facts.issues.lines("id", "name", "kind", "state")
        if state != SOLVED and FUNDING in kind and (row := facts.ledger.row_of(identity, name))
    }
    for row in sorted(unfunded):
        project = facts.project(row)
        if project.status == ON_SCHEDULE:
            expected = "达到序时的项目不应有未解决的资金问题"
            found = f"「{facts.issues.title}」里有未解决的资金问题"
            yield facts.problem("KP19", "W", row, "name", expected, found)


def unknown_issues(facts: Facts) -> Iterator[Problem]:
    """KP31: an issue of a project that the ledger does not have."""
    return _unknown(facts, facts.issues)


def unknown_plans(facts: Facts) -> Iterator[Problem]:
    """KP31: a monthly plan of a project that the ledger does not have."""
    return _unknown(facts, facts.monthly_plan)


def _unknown(facts: Facts, table: Table) -> Iterator[Problem]:
    for row, identity, name in table.lines("id", "name"):
        if facts.ledger.row_of(identity, name) is None:
            found = f"台账里没有「{identity or name or '空'}」"
            yield table.problem("KP31", "E", row, "id", "应为台账里的项目", found)


def finished_issues(facts: Facts) -> Iterator[Problem]:
    """KP32: an open issue of a finished project; want of money is KP19's."""
    for row, identity, name, kind, state in facts.issues.lines("id", "name", "kind", "state"):
        at = facts.ledger.row_of(identity, name)
        if (
            state != SOLVED
            and FUNDING not in kind
            and at is not None
            and facts.project(at).finished
        ):
            expected, found = "已竣工的项目一般没有未解决的问题", "项目已竣工"
            yield facts.issues.problem("KP32", "W", row, "state", expected, found)


def changed_set(facts: Facts, archive: Table) -> Iterator[Problem]:
    """KP33: who was there last month must be there now, and the other way round, or be marked 调出, 调入.

    One without a figure (储备) leaves none in 月度完成: it was there if the month was archived with it, and while it still has
    none its absence proves nothing.
    """
    month = facts.settings.as_of.month - 1
    lines = (
        list(facts.monthly_done.lines("id", "name", "move", MONTH_KEYS[month - 1])) if month else []
    )
    then = [line for line in lines if line[-1] is not None]
    if not then:
        return
    known = {row: facts.ledger.row_of(identity, name) for row, identity, name, *_ in lines}
    was = {at for row, *_ in then if (at := known[row]) is not None}
    was |= set(_archived(facts, archive))
    joined = {known[row] for row, _, _, move, _ in lines if move == JOINED}
    for row, identity, name, move, _ in then:
        if known[row] is None and move != LEFT:
            expected = f"上月的项目应在「{LEDGER.title}」里，或注明调出"
            found = f"台账里没有「{name or identity}」"
            yield facts.monthly_done.problem("KP33", "E", row, "id", expected, found)
    for row, project in facts.rows(~np.isin(facts.data.rows, list(was))):
        told = project.move == JOINED or row in joined
        if project.id and project.done is not None and not told:
            yield facts.problem(
                "KP33", "E", row, "id", "上月没有的项目应注明调入", f"上月没有「{project.name}」"
            )


def _archived(facts: Facts, archive: Table) -> Iterator[int]:
    """Rows of the projects that were archived with last month."""
    last = np.datetime64(facts.settings.as_of, "M") - 1
    then = archive.data.only(archive.data["cutoff"].astype("datetime64[M]") == last)
    for own in zip(then.listed("id"), then.listed("name"), strict=True):
        if (row := facts.ledger.row_of(*own)) is not None:
            yield row
