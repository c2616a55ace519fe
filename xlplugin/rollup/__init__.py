"""Counties' ledgers as one city ledger in a standard workbook, with the city's own bulletin: the same line, one level up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlplugin import files, minutes
from xlplugin.book import Book, SavedBook
from xlplugin.builder import drawn, refuse_macros
from xlplugin.cells import Cell
from xlplugin.deliver import bundle, of_day
from xlplugin.errors import Problem, UserError
from xlplugin.figures.said import Words, words
from xlplugin.hosts.locked import LockedBook, draft
from xlplugin.inputs import collect, output_name
from xlplugin.minutes import Log
from xlplugin.pipeline import Outcome
from xlplugin.render.record import problems, record, totals
from xlplugin.rollup.carry import carry, earlier
from xlplugin.rollup.county import County, Failure, read
from xlplugin.rollup.doubles import doubles
from xlplugin.rollup.merge import lacking, merge
from xlplugin.rollup.parameters import agreed
from xlplugin.say import one_line
from xlplugin.schema import MONTHLY_DONE, MONTHLY_PLAN


@dataclass(frozen=True)
class Rollup:
    """What came of a roll-up. `outcome` is the city's, None where nothing was to be added up; no `outputs`: nothing was written."""

    counties: tuple[County, ...]
    failures: tuple[Failure, ...]
    problems: tuple[Problem, ...]
    outcome: Outcome | None
    outputs: tuple[Path, ...]
    locked: bool = False
    """Whether one of the counties' workbooks has a password: then so has the city's."""

    @property
    def errors(self) -> int:
        """Errors of the counties' ledgers, between them, and of the city's own."""
        return sum(len(county.outcome.errors) for county in self.counties) + sum(
            p.severity == "E" for p in self.problems
        )

    @property
    def complete(self) -> bool:
        """Whether every county is in it and nothing is wrong."""
        return bool(self.outputs) and not self.failures and not self.errors

    def record(self) -> dict[str, object]:
        """What `--json` prints: the city's figures, each county's, what failed, and the problems between counties."""
        said = words(self.outcome.facts.settings) if self.outcome else Words()
        figures = record(self.outcome, self.outputs) if self.outcome else {"outputs": []}
        counties = [
            {"county": county.name, "path": str(county.path)}
            | totals(county.outcome.figures.whole, said)
            | {"errors": len(county.outcome.errors)}
            for county in self.counties
        ]
        return figures | {
            "counties": counties,
            "failures": [{"path": str(f.path), "error": f.error} for f in self.failures],
            "between": problems(self.problems),
        }

    def lines(self) -> Iterator[str]:
        """What a clerk reads: each county, what failed and why, what looks double, what was written."""
        for county in self.counties:
            whole, errors = county.outcome.figures.whole, county.outcome.errors
            yield f"{county.name} {whole.count}项 {one_line(county.path)}" + (
                f"：有{len(errors)}处错误" if errors else ""
            )
            for problem in errors:
                yield f"　错误 {problem.code} {problem.message}"
        for failure in self.failures:
            yield f"没有汇总 {one_line(failure.path)}：{failure.error}"
        for problem in self.problems:
            yield f"{'错误' if problem.severity == 'E' else '提醒'} {problem.code} {problem.message}"
        for path in self.outputs:
            yield f"已写出 {one_line(path)}"

    def closing(self) -> str:
        """One sentence: how many counties and projects; what to do where nothing was written."""
        projects = sum(county.outcome.figures.whole.count for county in self.counties)
        said = f"共{len(self.counties) + len(self.failures)}个县区，汇总了{len(self.counties)}个、{projects}项。"
        if self.complete:
            return said
        trouble = f"没有汇总的{len(self.failures)}个，错误{self.errors}处"
        if self.outputs:
            return f"{said}{trouble}；这一份仅供核对，不得印发。"
        return f"{said}{trouble}；没有写任何文件。改正后再汇总；一定要先看看的，加 --force。"


def rollup(
    paths: Sequence[Path],
    target: Path,
    as_of: dt.date | None = None,
    *,
    name: str = "",
    force: bool = False,
    document: bool = True,
    jobs: int = 0,
    password: str | None = None,
    log: Log | None = None,
) -> Rollup:
    """Add up counties' workbooks in `target`, a standard workbook with its bulletin, and `<stem>-通报.docx` and .txt beside it.

    Nothing is written where a county cannot be read or anything has errors, unless `force` is on; then the bulletin says so.
    What clerks changed in an earlier roll-up at `target` (参数, 措辞, archive) is kept. `jobs` as `county.read` has it. Raises UserError where no county can
    be read, or `target` is some other workbook.
    """
    before = earlier(target, password)
    books = [source.path for source in collect(paths, leave_out=target)]
    taken = minutes.read(log, books)
    counties, failures = read(books, as_of, jobs, password)
    if not counties:
        raise _none(failures)
    settings, differing = agreed(counties, name)
    problems = [*doubles(counties), *differing, *_half(counties)]
    errors = [problem for county in counties for problem in county.outcome.errors]
    wrong = bool(failures or errors) or any(problem.severity == "E" for problem in problems)
    locked = isinstance(before, LockedBook) or any(county.locked for county in counties)
    secret = password if locked else None
    city = _draft(target, counties, settings, before, named=bool(name), password=secret)
    outcome = of_day(city, None, document=document)
    stem = files.folder(target.parent) / output_name(target)
    stops = not force and (wrong or bool(outcome.errors))
    made = {} if stops else bundle(outcome, city, target, stem, document=document)
    written = [each for group in made.values() for each in group]
    said = minutes.line(log, "rollup", taken, outcome, city, written, password=secret)
    files.write(written, said)
    own = () if wrong else outcome.errors  # else they are the counties' own once more
    return Rollup(tuple(counties), tuple(failures), (*problems, *own), outcome, tuple(made), locked)


def _none(failures: Sequence[Failure]) -> UserError:
    reasons = "".join(f"\n{failure.path}：{failure.error}" for failure in failures)
    return UserError(f"没有一个县的台账可以汇总。请先改正：{reasons}")


def _draft(
    target: Path,
    counties: Sequence[County],
    settings: Mapping[str, Cell],
    before: Book | None,
    *,
    named: bool,
    password: str | None,
) -> SavedBook:
    """The city's workbook without its bulletin, locked where there is a password."""
    if password:
        refuse_macros(target)
    contents = merge(counties, str(settings["yardstick"]), settings)
    book = draft(target, drawn(target, contents))
    if before:
        carry(before, book, named=named)
    return draft(target, book.outputs(target)[0].content, password)


def _half(counties: Sequence[County]) -> Iterator[Problem]:
    """What some counties have and others lack is no part of the city's workbook."""
    for sheet in (MONTHLY_PLAN, MONTHLY_DONE):
        if without := lacking(counties, sheet.key):
            yield Problem(
                "KP34",
                "W",
                sheet.title,
                "",
                "",
                "各县都应填写",
                f"{'、'.join(without)}没有，全市的投资进度曲线不全",
                "请补填后再汇总",
            )
