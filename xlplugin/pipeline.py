"""The whole story on one page: a book goes in, an Outcome comes out. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from xlplugin import checks, flags, ledger, made, settings, tables
from xlplugin.book import Book
from xlplugin.bulletin import template
from xlplugin.bulletin.blocks import Bulletin
from xlplugin.bulletin.compose import compose
from xlplugin.bulletin.room import has_charts
from xlplugin.bulletin.template import Wording
from xlplugin.cells import split_address
from xlplugin.checks import Obstacle
from xlplugin.errors import Problem
from xlplugin.figures import Names
from xlplugin.figures.counted import Figures, count
from xlplugin.flags import Facts
from xlplugin.flags.history import History, compare
from xlplugin.reading import Reading, others
from xlplugin.schema import (
    ANALYSIS,
    ARCHIVE,
    BULLETIN,
    ISSUES,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    READING,
    RESULTS,
    WORKING,
)


@dataclass(frozen=True)
class Outcome:
    """What was found out about one workbook. Sheets, documents, worksheet functions and batches are views of it."""

    as_of: dt.date
    facts: Facts
    figures: Figures
    bulletin: Bulletin
    problems: tuple[Problem, ...]
    wording: Wording
    names: Names
    history: History | None = None

    @property
    def reading(self) -> Reading:
        """How the workbook was read, and what is asked of it."""
        return self.facts.ledger.reading

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the bulletin unless it is forced."""
        return tuple(problem for problem in self.problems if problem.severity == "E")


def run(
    book: Book,
    as_of: dt.date | None = None,
    obstacle: Callable[[], Obstacle | None] | None = None,
    sheet: str | None = None,
    kept: Book | None = None,
) -> Outcome:
    """Reading → ledger → checked facts → judgements → figures → bulletin.

    `as_of` is the cut-off date; None takes the workbook's own 报告截止日期. `obstacle` says what keeps a face from drawing charts
    (fonts take time to find). `sheet` is the only one to take projects from; `kept` the whole book, of which `book` is a past day.
    Raises UserError where the work cannot go on: no ledger, a required column missing, no project, no date.
    """
    decided = settings.read(book, as_of)
    projects = ledger.read(book, decided.as_of, sheet)
    monthly_plan, monthly_done, issues = (
        others.read(book, optional) for optional in (MONTHLY_PLAN, MONTHLY_DONE, ISSUES)
    )
    monthly_done = projects.cumulative(monthly_done, decided.as_of.month)
    facts = flags.judge(flags.gather(decided, projects, monthly_plan, monthly_done, issues))
    figures = count(facts)
    archive = tables.read_optional(kept or book, ARCHIVE)
    history = compare(facts, archive)
    names = Names(facts, history, archive)
    wording = template.read(book, names)
    titles = _titles(book, working=decided.working)
    undrawn = obstacle() if obstacle and has_charts(facts, wording.outline) else None
    problems = _in_order(
        *checks.check(facts, archive),
        *wording.problems,
        *checks.undrawn(decided, undrawn),
        *checks.displaced(titles),
    )
    if not _errors(problems):
        problems = _in_order(*problems, *checks.closing(figures, projects.table.title))
    bulletin, failed = compose(
        names, figures, wording, _errors(problems), titles[ANALYSIS.title], drawn=not undrawn
    )
    problems = _in_order(*problems, *failed)
    return Outcome(decided.as_of, facts, figures, bulletin, problems, wording, names, history)


def _titles(book: Book, *, working: bool) -> dict[str, str]:
    """What each sheet that the program writes is called in this book, by its own name."""
    outputs = (BULLETIN, ANALYSIS, RESULTS, READING, *((WORKING,) if working else ()))
    return {sheet.title: made.place(book, sheet).title for sheet in outputs}


def _errors(problems: tuple[Problem, ...]) -> int:
    return sum(problem.severity == "E" for problem in problems)


def _in_order(*problems: Problem) -> tuple[Problem, ...]:
    """Each problem once: errors before warnings, then by sheet as first met, row and column."""
    sheets = {problem.sheet: None for problem in problems}
    place = {sheet: number for number, sheet in enumerate(sheets)}
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (
                p.severity,
                place[p.sheet],
                split_address(p.cell) if p.cell else (0, 0),
                p.code,
            ),
        )
    )
