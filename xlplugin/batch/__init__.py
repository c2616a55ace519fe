"""Many workbooks at once: one bulletin each, and a summary that ranks the counties and gives every failure's reason."""

from __future__ import annotations

import contextlib
import glob
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import get_args

from xlplugin import files
from xlplugin.batch import records
from xlplugin.batch.executors import Job, Numbered, here, processes
from xlplugin.batch.stop import Stop
from xlplugin.batch.work import Options, Result, Status, run_one
from xlplugin.errors import UserError
from xlplugin.inputs import SUMMARY, Source, collect, output_name

TIME_LIMIT = 300.0
"""Seconds for one workbook, unless the clerk says otherwise."""

Watch = Callable[[Result, bool], None]
"""Told of each result as it comes, and whether it is an earlier run's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is to be run. `limit` None: no time limit.

    Without `jobs` all is done in this very process, which a workbook may hang or bring down.
    """

    jobs: int = 1
    limit: float | None = TIME_LIMIT
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch: a result a workbook in the order of the input, how many are an earlier run's, and the summary."""

    results: tuple[Result, ...]
    reused: int
    interrupted: bool
    outputs: tuple[Path, ...]
    unwritten: str = ""
    """Why the summary, or one of its two files, could not be written."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many results there are of each status."""
        return Counter(result.status for result in self.results)

    def record(self) -> dict[str, object]:
        """What `--json` prints: how many of each status, and each workbook's own; its figures stand in summary.jsonl."""
        books = [
            {"path": result.path, "status": result.status}
            | ({"error": result.error} if result.error else {})
            for result in self.results
        ]
        return {
            "count": len(self.results),
            **{status: self.counts[status] for status in get_args(Status)},
            "reused": self.reused,
            "interrupted": self.interrupted,
            "workbooks": books,
            "outputs": [str(path) for path in self.outputs],
        } | ({"error": self.unwritten} if self.unwritten else {})


@dataclass
class _Run:
    """A batch while it runs: the results so far by the workbook's number, and the fingerprint of each."""

    sources: Sequence[Source]
    options: Options
    note: Callable[[records.Record], None]
    watch: Watch
    found: dict[int, Result] = field(default_factory=dict)
    marks: dict[int, str | None] = field(default_factory=dict)
    reused: int = 0

    def folder(self, number: int) -> Path:
        """Where a workbook's bulletin goes."""
        return self.options.folder / self.sources[number].sub

    def keep(self, number: int, result: Result, *, old: bool) -> None:
        """A result has come."""
        self.found[number] = result
        self.note(records.row(result, self.marks[number]))
        self.watch(result, old)

    def to_do(self, known: Mapping[str, Result]) -> Iterator[Job]:
        """What is not known from an earlier run; what is, is kept."""
        for number, source in enumerate(self.sources):
            own = replace(self.options, folder=self.folder(number))
            mark = records.fingerprint(source.path, self.options, source.sub)
            self.marks[number] = mark
            if earlier := records.again(known.get(mark or ""), source.path, own.folder):
                self.reused += 1
                self.keep(number, earlier, old=True)
            else:
                yield number, source.path, own

    def results(self) -> tuple[Result, ...]:
        """A result a workbook, in the order of the input."""
        return tuple(
            self.found.get(number)
            or Result(str(source.path), "pending", source.path.stem, error="中断时还没有做。")
            for number, source in enumerate(self.sources)
        )


def batch(
    sources: Sequence[Source],
    options: Options,
    plan: Plan,
    watch: Watch = lambda _result, _old: None,
) -> Batch:
    """Write the bulletin of each workbook below `options.folder`, and the summary of all.

    What an earlier run did is not done again while workbook, options and program are the same. Ctrl-C lets what runs be
    finished; the rest is "pending". Raises UserError where the folder or the cluster cannot be used; a summary that cannot
    be written is said in the Batch.
    """
    if plan.cluster and options.password:
        raise UserError("用 --cluster 时密码会在网上明文传送，不能与 --password-file 一起用。")
    folder = files.folder(options.folder)
    known = {} if options.log else records.known(folder)
    threading.Thread(
        target=import_module, args=("xlplugin.batch.summary",)
    ).start()  # it takes as long as a few workbooks
    with records.journal(folder) as note, Stop() as stop:
        run = _Run(sources, replace(options, folder=folder), note, watch)
        with (
            contextlib.suppress(KeyboardInterrupt),
            contextlib.closing(_execute(run.to_do(known), stop, plan, len(sources))) as came,
        ):
            for number, result in came:
                run.keep(number, _with_warning(result, run.folder(number)), old=False)
        results = run.results()
        outputs, unwritten = _summarise(folder, results, run.marks, options.password)
    if folder / records.LINES in outputs:
        records.forget_journal(folder)
    for sub in {
        source.sub
        for source, result in zip(sources, results, strict=True)
        if result.status == "timeout"
    }:
        files.clear(folder / sub)  # of the processes that had to be killed
    return Batch(results, run.reused, len(run.found) < len(sources), outputs, unwritten)


def _execute(jobs: Iterator[Job], stop: Stop, plan: Plan, most: int) -> Generator[Numbered]:
    if plan.cluster:
        from xlplugin.batch.cluster import cluster

        return cluster(jobs, stop, plan.cluster, plan.limit)
    if not plan.jobs:
        return here(jobs, stop)
    return processes(jobs, stop, min(plan.jobs, most), plan.limit)


def _with_warning(result: Result, folder: Path) -> Result:
    """A failure beside which an earlier bulletin still lies says so: nobody must take the old one for this one."""
    if result.status == "done" or not any(
        folder.glob(f"{glob.escape(output_name(Path(result.path)))}.*")
    ):
        return result
    return replace(result, error=f"{result.error}{folder} 里的同名通报是以前的。")


def _summarise(
    folder: Path,
    results: Sequence[Result],
    marks: Mapping[int, str | None],
    password: str | None,
) -> tuple[tuple[Path, ...], str]:
    """What could be written of the summary, and why not the rest: a full disk must not hide what was done.

    The JSON lines first: what was done is then known to the next run, even where the workbook cannot be written.
    """
    from xlplugin.batch import summary

    places = summary.places(results)
    rows = [
        records.row(result, marks.get(at))
        | ({"rank": places[at]} if result.status == "done" and not result.locked else {})
        for at, result in enumerate(results)
    ]
    written: list[Path] = []
    refusals: list[str] = []

    def lines() -> Path:
        return records.write(folder, rows)

    def workbook() -> Path:
        return summary.write(folder / SUMMARY, results, places, password)

    for write in (lines, workbook):
        try:
            written.insert(0, write())
        except UserError as refusal:
            refusals.append(str(refusal))
    return tuple(written), "".join(refusals)
