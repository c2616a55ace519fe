"""Checks 27–34: what must add up across projects, sheets and months."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from xlplugin.amounts import wan
from xlplugin.errors import Problem
from xlplugin.flags.checks_texts import project_of
from xlplugin.flags.facts import Facts
from xlplugin.flags.judgement import GREEN, ON_SCHEDULE
from xlplugin.schema import BUILDING, JOINED, LEDGER, LEFT, MONTHS, SOLVED

_SUMS = ("total", "plan", "done")


def declared_sums(facts: Facts) -> Iterator[Problem]:
    """KP28: a 合计 row of the sheet claims another sum than its projects have: a row is missing or double."""
    frame = facts.frame
    for row, claims in facts.ledger.declared.items():
        for key, claimed in claims.items():
            above = frame.loc[frame.index < row, key].dropna()
            whole = int(frame[key].dropna().sum())
            fits = {whole, int(above.sum())} | {int(part) for part in _runs(above)}
            if claimed not in fits:
                yield facts.problem("KP28", "E", row, key, f"应等于各项目之和 {wan(whole)} 万元", f"合计行写的是 {wan(claimed)} 万元")


def _runs(values: pd.Series) -> Iterator[int]:
    """Sums of the last one, two, three … of some values: what a subtotal of the rows right above it may be."""
    total = 0
    for value in reversed(values.tolist()[-2000:]):
        total += value
        yield total


def started_marks(facts: Facts) -> Iterator[Problem]:
    """KP29: with a column 是否开工, started + not started must make up the 在建."""
    if not facts.has("marked_started"):
        return
    building = facts.frame[facts.frame["nature"] == BUILDING]
    marks = building["marked_started"]
    if marks.isna().all():
        return
    yes, no = int((marks == True).sum()), int((marks == False).sum())  # noqa: E712 — None is neither
    refused = {p.cell for p in facts.ledger.problems if p.code in ("KP03", "KP25", "KP26")}
    for row in building.index[marks.isna()].tolist():
        if facts.ledger.table.address(row, "marked_started") not in refused:
            yield facts.problem("KP29", "E", row, "marked_started", f"在建{len(building)}项应都注明是否开工",
                                f"现为空，已开工{yes}项加未开工{no}项等于{yes + no}项")
    for row in building.index[(marks == False) & building["started"]].tolist():  # noqa: E712
        yield facts.problem("KP29", "E", row, "marked_started", "应与开工日期一致", "注明未开工，却有开工日期")


def unknown_projects(facts: Facts) -> Iterator[Problem]:
    """KP31: an issue of a project that the ledger does not have."""
    for row, issue in zip(facts.issues.frame.index.tolist(), facts.issues.frame.itertuples(), strict=True):
        if project_of(facts, issue.id, issue.name) is None:
            yield facts.issues.problem("KP31", "E", row, "id", "应为台账里的项目", f"台账里没有「{issue.id or issue.name or '空'}」")


def unlisted_problems(facts: Facts, others: frozenset[int]) -> Iterator[Problem]:
    """KP32: an open issue of a project that is neither not started nor behind, nor said by another check (`others`)."""
    frame = facts.frame
    said: set[int] = set()
    for row, issue in zip(facts.issues.frame.index.tolist(), facts.issues.frame.itertuples(), strict=True):
        at = project_of(facts, issue.id, issue.name)
        if issue.state == SOLVED or at is None or at in said or at in others:
            continue
        if frame.at[at, "status"] == ON_SCHEDULE and frame.at[at, "light"] == GREEN:
            said.add(at)
            yield facts.issues.problem("KP32", "W", row, "id", "有未解决问题的项目一般未开工或未达到序时",
                                       f"「{frame.at[at, 'name']}」达到序时，亮绿灯")


def changed_set(facts: Facts) -> Iterator[Problem]:
    """KP33: who was there last month must be there now, and the other way round, or be marked 调出, 调入."""
    month = facts.settings.as_of.month - 1
    if month < 1 or facts.monthly_done.frame.empty:
        return
    then = facts.monthly_done.frame
    then = then[then[f"m{month}"].notna()]
    if then.empty:
        return
    known = {line.Index: project_of(facts, line.id, line.name) for line in facts.monthly_done.frame.itertuples()}
    was = {known[row] for row in then.index.tolist()}
    joined = {known[line.Index] for line in facts.monthly_done.frame.itertuples() if line.move == JOINED}
    for row, last in zip(then.index.tolist(), then.itertuples(), strict=True):
        if known[row] is None and last.move != LEFT:
            yield facts.monthly_done.problem("KP33", "E", row, "id", f"上月的项目应在「{LEDGER.title}」里，或注明调出",
                                             f"台账里没有「{last.name or last.id}」")
    for row, project in facts.rows(~facts.frame.index.isin(list(was - {None}))):
        if project.id and project.move != JOINED and row not in joined:
            yield facts.problem("KP33", "E", row, "id", "上月没有的项目应注明调入", f"上月没有「{project.name}」")


def monthly_plans(facts: Facts) -> Iterator[Problem]:
    """KP34: a cumulative plan rises from month to month and ends with the year's plan."""
    table = facts.monthly_plan
    for row, line in zip(table.frame.index.tolist(), table.frame.itertuples(), strict=True):
        at = project_of(facts, line.id, line.name)
        known = [(column.key, getattr(line, column.key)) for column in MONTHS if pd.notna(getattr(line, column.key))]
        if at is None:
            yield table.problem("KP31", "E", row, "id", "应为台账里的项目", f"台账里没有「{line.id or line.name or '空'}」")
            continue
        for (_, before), (key, now) in zip(known, known[1:], strict=False):
            if now < before:
                yield table.problem("KP34", "E", row, key, f"不应少于前面的累计 {wan(before)} 万元", f"现为 {wan(now)} 万元")
        plan = facts.frame.at[at, "plan"]
        if known and pd.notna(plan) and known[-1][0] == MONTHS[-1].key and known[-1][1] != plan:
            yield table.problem("KP34", "E", row, known[-1][0], f"应等于年度计划 {wan(plan)} 万元", f"现为 {wan(known[-1][1])} 万元")

