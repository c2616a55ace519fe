"""Checks 27–34: what must add up across projects, sheets and months."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.amounts import wan
from xlplugin.errors import Problem
from xlplugin.flags.checks_texts import project_of
from xlplugin.flags.facts import Facts
from xlplugin.flags.judgement import GREEN, ON_SCHEDULE
from xlplugin.schema import BUILDING, JOINED, LEDGER, LEFT, MONTHS, SOLVED

_SUMS = ("total", "plan", "done")


def declared_sums(facts: Facts) -> Iterator[Problem]:
    """KP28: a 合计 row of the sheet claims another sum than its projects have: a row is missing or double."""
    rows = facts.data.rows
    for row, claims in facts.ledger.declared.items():
        for key, claimed in claims.items():
            amounts = facts.data.whole(key)
            above = amounts[(rows < row) & ~np.isnan(facts.data[key])]
            whole = int(amounts.sum())
            fits = {whole, int(above.sum()), *_runs(above.tolist())}
            if claimed not in fits:
                yield facts.problem(
                    "KP28",
                    "E",
                    row,
                    key,
                    f"应等于各项目之和 {wan(whole)} 万元",
                    f"合计行写的是 {wan(claimed)} 万元",
                )


def _runs(values: list[int]) -> Iterator[int]:
    """Sums of the last one, two, three … of some values: what a subtotal of the rows right above it may be."""
    total = 0
    for value in reversed(values[-2000:]):
        total += value
        yield total


def started_marks(facts: Facts) -> Iterator[Problem]:
    """KP29: with a column 是否开工, started + not started must make up the 在建."""
    if not facts.has("marked_started"):
        return
    data, building = facts.data, facts.where("nature", BUILDING)
    unmarked, started, waiting = (
        building & facts.where("marked_started", mark) for mark in (None, True, False)
    )
    count, yes, no = (int(np.count_nonzero(each)) for each in (building, started, waiting))
    if not yes + no:
        return
    refused = {p.cell for p in facts.ledger.problems if p.code in ("KP03", "KP25", "KP26")}
    for row in data.rows[unmarked].tolist():
        if facts.ledger.table.address(row, "marked_started") not in refused:
            yield facts.problem(
                "KP29",
                "E",
                row,
                "marked_started",
                f"在建{count}项应都注明是否开工",
                f"现为空，已开工{yes}项加未开工{no}项等于{yes + no}项",
            )
    for row in data.rows[waiting & data["started"]].tolist():
        yield facts.problem(
            "KP29", "E", row, "marked_started", "应与开工日期一致", "注明未开工，却有开工日期"
        )


def unknown_projects(facts: Facts) -> Iterator[Problem]:
    """KP31: an issue of a project that the ledger does not have."""
    for row, identity, name in facts.issues.lines("id", "name"):
        if project_of(facts, identity, name) is None:
            yield facts.issues.problem(
                "KP31",
                "E",
                row,
                "id",
                "应为台账里的项目",
                f"台账里没有「{identity or name or '空'}」",
            )


def unlisted_problems(facts: Facts, others: frozenset[int]) -> Iterator[Problem]:
    """KP32: an open issue of a project that is neither not started nor behind, nor said by another check (`others`)."""
    said: set[int] = set()
    for row, identity, name, state in facts.issues.lines("id", "name", "state"):
        at = project_of(facts, identity, name)
        if state == SOLVED or at is None or at in said or at in others:
            continue
        project = facts.project(at)
        if project.status == ON_SCHEDULE and project.light == GREEN:
            said.add(at)
            yield facts.issues.problem(
                "KP32",
                "W",
                row,
                "id",
                "有未解决问题的项目一般未开工或未达到序时",
                f"「{project.name}」达到序时，亮绿灯",
            )


def changed_set(facts: Facts) -> Iterator[Problem]:
    """KP33: who was there last month must be there now, and the other way round, or be marked 调出, 调入."""
    month = facts.settings.as_of.month - 1
    lines = list(facts.monthly_done.lines("id", "name", "move", f"m{month}")) if month else []
    then = [line for line in lines if line[-1] is not None]
    if not then:
        return
    known = {row: project_of(facts, identity, name) for row, identity, name, *_ in lines}
    was = {at for row, *_ in then if (at := known[row]) is not None}
    joined = {known[row] for row, _, _, move, _ in lines if move == JOINED}
    for row, identity, name, move, _ in then:
        if known[row] is None and move != LEFT:
            yield facts.monthly_done.problem(
                "KP33",
                "E",
                row,
                "id",
                f"上月的项目应在「{LEDGER.title}」里，或注明调出",
                f"台账里没有「{name or identity}」",
            )
    for row, project in facts.rows(~np.isin(facts.data.rows, list(was))):
        if project.id and project.move != JOINED and row not in joined:
            yield facts.problem(
                "KP33", "E", row, "id", "上月没有的项目应注明调入", f"上月没有「{project.name}」"
            )


def monthly_plans(facts: Facts) -> Iterator[Problem]:
    """KP34: a cumulative plan rises from month to month and ends with the year's plan."""
    table = facts.monthly_plan
    keys = [column.key for column in MONTHS]
    for row, identity, name, *amounts in table.lines("id", "name", *keys):
        at = project_of(facts, identity, name)
        if at is None:
            yield table.problem(
                "KP31",
                "E",
                row,
                "id",
                "应为台账里的项目",
                f"台账里没有「{identity or name or '空'}」",
            )
            continue
        known = [
            (key, amount) for key, amount in zip(keys, amounts, strict=True) if amount is not None
        ]
        for (_, before), (key, now) in zip(known, known[1:], strict=False):
            if now < before:
                yield table.problem(
                    "KP34",
                    "E",
                    row,
                    key,
                    f"不应少于前面的累计 {wan(before)} 万元",
                    f"现为 {wan(now)} 万元",
                )
        plan = facts.project(at).plan
        if known and plan is not None and known[-1][0] == keys[-1] and known[-1][1] != plan:
            yield table.problem(
                "KP34",
                "E",
                row,
                known[-1][0],
                f"应等于年度计划 {wan(plan)} 万元",
                f"现为 {wan(known[-1][1])} 万元",
            )
