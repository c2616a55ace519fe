"""What stands out: each project's status and light, and every check (勾稽关系) over what was entered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from xlplugin.cells import split_range
from xlplugin.errors import Problem
from xlplugin.flags import checks_amounts, checks_sets, checks_texts, judgement
from xlplugin.flags.facts import Facts, gather
from xlplugin.flags.judgement import (
    BEHIND,
    GREEN,
    GREY,
    LIGHTS,
    NOT_STARTED,
    ON_SCHEDULE,
    RED,
    STATUSES,
    YELLOW,
)

__all__ = [
    "BEHIND",
    "CHECKS",
    "GREEN",
    "GREY",
    "LIGHTS",
    "NOT_STARTED",
    "ON_SCHEDULE",
    "RED",
    "STATUSES",
    "YELLOW",
    "Facts",
    "check",
    "gather",
    "judge",
]

CHECKS: tuple[Callable[[Facts], Iterator[Problem]], ...] = (
    checks_amounts.missing_amounts,
    checks_amounts.plan_over_total,
    checks_amounts.against_last_month,
    checks_amounts.over_total,
    checks_amounts.high_completion,
    checks_amounts.no_plan,
    checks_amounts.start_dates,
    checks_amounts.start_and_money,
    checks_amounts.finish,
    checks_amounts.parts,
    checks_texts.late_expectations,
    checks_texts.causes,
    checks_texts.funding_gaps,
    checks_texts.copied_causes,
    checks_texts.verdicts,
    checks_texts.relative_dates,
    checks_sets.declared_sums,
    checks_sets.started_marks,
    checks_sets.unknown_projects,
    checks_sets.changed_set,
    checks_sets.monthly_plans,
)
"""Every check over judged facts, in the order of the trade's list."""

_FLAGS = frozenset({"KP06", "KP08", "KP09", "KP12", "KP13", "KP15", "KP19"})
"""Warnings that already point at a project, so that an open issue of it needs no further word."""


def judge(facts: Facts) -> Facts:
    """The facts with status and light columns."""
    statuses = judgement.status(facts)
    return replace(
        facts, data=facts.data.plus({"status": statuses, "light": judgement.light(facts, statuses)})
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """Every problem there is, all at once: of reading first, then of each check; nothing is computed on the way out."""
    read = (
        *facts.ledger.problems,
        *facts.monthly_plan.problems,
        *facts.monthly_done.problems,
        *facts.issues.problems,
    )
    found = [problem for one in CHECKS for problem in one(facts)]
    flagged = frozenset(
        split_range(p.cell)[0]
        for p in found
        if p.code in _FLAGS and p.sheet == facts.ledger.table.title
    )
    return (
        *read,
        *facts.yardstick_problems,
        *found,
        *checks_sets.unlisted_problems(facts, flagged),
    )
