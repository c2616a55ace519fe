"""KP34: monthly plans that are missing, fall, or end elsewhere than the year's plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlplugin.amounts import in_wan
from xlplugin.errors import Problem
from xlplugin.flags import Facts
from xlplugin.schema import PLANNED
from xlplugin.schema.keys import MONTH_KEYS


def lacking(facts: Facts) -> Iterator[Problem]:
    """KP34: a project judged by its monthly plan that has none for the month."""
    missing = facts.unusable[PLANNED] & (facts.data["plan"] > 0)
    for row in facts.data.rows[missing].tolist():
        expected = f"口径为{PLANNED}的项目应有当月的累计计划"
        found = f"现在没有{facts.settings.as_of.month}月的计划"
        advice = "请补填月度计划，或改用别的口径"
        yield facts.problem("KP34", "E", row, "yardstick", expected, found, advice)


def rising(facts: Facts) -> Iterator[Problem]:
    """KP34: a cumulative plan rises from month to month and ends with the year's plan."""
    table, ledger = facts.monthly_plan, facts.ledger
    for row, identity, name, *amounts in table.lines("id", "name", *MONTH_KEYS):
        at = ledger.row_of(identity, name)
        if at is None:
            continue
        known = [
            (key, amount)
            for key, amount in zip(MONTH_KEYS, amounts, strict=True)
            if amount is not None
        ]
        for (_, before), (key, now) in pairwise(known):
            if now < before:
                expected = f"不应少于前面的累计 {in_wan(before)}"
                yield table.problem("KP34", "E", row, key, expected, f"现为 {in_wan(now)}")
        plan = facts.project(at).plan
        if known and plan is not None and known[-1][0] == MONTH_KEYS[-1] and known[-1][1] != plan:
            expected, found = f"应等于年度计划 {in_wan(plan)}", f"现为 {in_wan(known[-1][1])}"
            yield table.problem("KP34", "E", row, known[-1][0], expected, found)
