"""One county's workbook as a roll-up takes it: read, checked and judged by the same pipeline as everywhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlplugin import hosts
from xlplugin.cells import plain
from xlplugin.deliver import of_day
from xlplugin.errors import Problem, Severity, UserError
from xlplugin.hosts.locked import LockedBook
from xlplugin.pipeline import Outcome
from xlplugin.processes import Children, Died, Late, NotStarted
from xlplugin.schema.keys import ColumnKey

TIME_LIMIT = 300.0
"""Seconds for one workbook."""


@dataclass(frozen=True)
class County:
    """A county's name, where its workbook lies, and what was found out about it."""

    name: str
    path: Path
    outcome: Outcome
    locked: bool = False
    """Whether its workbook has a password."""

    def problem(
        self, code: str, severity: Severity, row: int, key: ColumnKey, *words: str
    ) -> Problem:
        """A problem at one of its ledger's cells, the file's name in front of the sheet's as Excel writes it: [a.xlsx]项目台账."""
        problem = self.outcome.facts.problem(code, severity, row, key, *words)
        return replace(problem, sheet=f"[{self.path.name}]{problem.sheet}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A workbook that is no part of the roll-up, and why."""

    path: Path
    error: str


def read(
    paths: Sequence[Path], as_of: dt.date | None, jobs: int = 0, password: str | None = None
) -> tuple[list[County], list[Failure]]:
    """Every workbook that can be read; a county that comes twice, or at another date than most, is a failure.

    With `jobs` they are read in so many processes: one that hangs or brings its process down is a failure, too.
    """
    counties: list[County] = []
    failures: list[Failure] = []
    seen: dict[str, Path] = {}
    for path, found in zip(paths, _found(paths, as_of, jobs, password), strict=True):
        if isinstance(found, str):
            failures.append(Failure(path, found))
            continue
        name = found.outcome.facts.settings.county or path.stem
        if (first := seen.setdefault(plain(name), path)) is not path:
            failures.append(
                Failure(
                    path,
                    f"与 {first} 同为「{name}」，一个地区只能汇总一次。请留一份，或改正「参数」里的地区名称。",
                )
            )
        else:
            counties.append(replace(found, name=name))
    return _of_one_day(counties, failures)


def read_one(path: Path, as_of: dt.date | None, password: str | None) -> County | str:
    """What was found out about a workbook, called by its file, or why nothing could be. Never raises."""
    try:
        source = hosts.open(path, password)
        return County(path.stem, path, of_day(source, as_of), isinstance(source, LockedBook))
    except UserError as refusal:
        return str(refusal)
    except Exception:
        from xlplugin.log import record_bug

        return f"程序出了意外，没有汇总这个县。详情已记入 {record_bug()}，请把它发给维护人员。"


def _found(
    paths: Sequence[Path], as_of: dt.date | None, jobs: int, password: str | None
) -> Iterable[County | str]:
    if not jobs:
        return [read_one(path, as_of, password) for path in paths]
    with Children(min(jobs, len(paths)), ("xlplugin.rollup.county",)) as children:

        def watched(path: Path) -> County | str:
            try:
                return children.own.call(TIME_LIMIT, read_one, path, as_of, password)
            except Late:
                return f"超过{TIME_LIMIT:g}秒还没有读完，已经放弃。请看它是否过大。"
            except Died:
                return "读它的进程两次意外中断，可能是内存不足。请单独用 kp check 再试。"
            except NotStarted as failure:
                return str(failure)

        return list(children.threads.map(watched, paths))


def _of_one_day(
    counties: Sequence[County], failures: list[Failure]
) -> tuple[list[County], list[Failure]]:
    days = Counter(county.outcome.as_of for county in counties)
    if len(days) < 2:
        return list(counties), failures
    day = max(days, key=lambda day: (days[day], day))
    odd = [
        Failure(
            county.path,
            f"截止日期是 {county.outcome.as_of}，其他县是 {day}，不能加在一起。请对齐「报告截止日期」，或用 --as-of 统一指定。",
        )
        for county in counties
        if county.outcome.as_of != day
    ]
    return [county for county in counties if county.outcome.as_of == day], [*failures, *odd]
