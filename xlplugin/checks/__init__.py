"""The checks (勾稽关系) over what was entered, in one room: what a cell may hold is said where cells are typed (`coercion`),
everything else here. A check is a generator of Problems over the facts; one whose column is missing is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlplugin.checks import amounts, dates, identity, parameters, plans, sets, sums, texts
from xlplugin.checks.parameters import Obstacle, displaced, undrawn
from xlplugin.checks.sums import closing
from xlplugin.errors import Problem
from xlplugin.flags import Facts
from xlplugin.tables import Table

Check = Callable[[Facts], Iterator[Problem]]

SETTINGS: tuple[Check, ...] = (
    parameters.unread,
    parameters.unknown,
    parameters.season,
    parameters.rankings,
    parameters.tabled,
    parameters.issued,
)
"""What 参数 says by itself."""

ROWS: tuple[Check, ...] = (
    identity.words,
    sums.classes,
    identity.near_names,
    identity.hidden,
    amounts.units,
)
"""What the ledger's rows say by themselves, in the order of the trade's list."""

CHECKS: tuple[Check, ...] = (
    parameters.yardstick,
    plans.lacking,
    texts.milestones,
    parameters.seasonless,
    amounts.missing,
    sums.unjudged,
    amounts.plan_over_total,
    amounts.slips,
    amounts.less_than_last_month,
    amounts.over_total,
    amounts.high_completion,
    amounts.no_plan,
    dates.start_dates,
    dates.spent_unstarted,
    dates.nothing_spent,
    dates.finished_before_start,
    dates.finished_unspent,
    amounts.parts,
    dates.late_expectations,
    texts.causes,
    sets.funding_gaps,
    texts.copied_causes,
    texts.verdicts,
    texts.relative_dates,
    sums.declared,
    sums.started_marks,
    sets.unknown_issues,
    sets.finished_issues,
    sets.unknown_plans,
    plans.rising,
)
"""What does not fit together: figures, dates, states, sheets, months."""


def check(facts: Facts, archive: Table) -> tuple[Problem, ...]:
    """Every problem there is, all at once: sheet by sheet what reading found and what the sheet says by itself, then the rest.

    Nothing is computed on the way out. Problems are told sheet by sheet, as first met here. While the reading itself is in
    doubt, what would follow from it is not told: the questions come first.
    """
    if facts.ledger.reading.questions:
        return (*facts.settings.problems, *_all(SETTINGS, facts), *facts.ledger.problems)
    return (
        *facts.settings.problems,
        *_all(SETTINGS, facts),
        *facts.ledger.problems,
        *_all(ROWS, facts),
        *facts.monthly_plan.problems,
        *facts.monthly_done.problems,
        *facts.issues.problems,
        *_all(CHECKS, facts),
        *sets.changed_set(facts, archive),
        *parameters.renumbered(facts.settings, archive),
    )


def _all(checks: tuple[Check, ...], facts: Facts) -> list[Problem]:
    return [problem for check in checks for problem in check(facts)]
