"""Many workbooks at once: one bulletin each, and a summary that ranks the counties and gives every failure's reason."""

from __future__ import annotations

import contextlib
import glob
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from xlplugin import files
from xlplugin.batch import records
from xlplugin.batch.executors import Job, Numbered, here, processes, processors
from xlplugin.batch.stop import Stop
from xlplugin.batch.work import Options, Result, Status, run_one
from xlplugin.inputs import SUMMARY, Source, collect

__all__ = [
    "TIME_LIMIT",
    "Batch",
    "Options",
    "Plan",
    "Result",
    "Source",
    "batch",
    "collect",
    "processors",
    "run_one",
]

TIME_LIMIT = 300.0
"""Seconds for one workbook, unless the clerk says otherwise."""

Watch = Callable[[Result, bool], None]
"""Told of each result as it comes, and whether it is an earlier run's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is to be run. `limit` None: no time limit (then one job is done in this very process)."""

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

    @property
    def counts(self) -> Mapping[str, int]:
        """How many results there are of each status."""
        return Counter(result.status for result in self.results)

    def record(self) -> dict[str, Any]:
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
        }


def batch(
    sources: Sequence[Source],
    options: Options,
    plan: Plan,
    watch: Watch = lambda _result, _old: None,
) -> Batch:
    """Write the bulletin of each workbook below `options.folder`, and the summary of all.

    What an earlier run did is not done again while workbook, options and program are the same. Ctrl-C lets what runs be
    finished; the rest is "pending". Raises UserError where the folder or the cluster cannot be used.
    """
    folder = files.folder(options.folder)
    known = records.known(folder)
    marks: list[str | None] = [None] * len(sources)
    found: dict[int, Result] = {}
    reused = 0

    def keep(number: int, result: Result, *, old: bool) -> None:
        found[number] = result
        note(records.row(result, marks[number]))
        watch(result, old)

    def to_do() -> Iterator[Job]:
        nonlocal reused
        for number, source in enumerate(sources):
            own = replace(options, folder=folder / source.sub)
            marks[number] = mark = records.fingerprint(source.path, options, source.sub)
            if earlier := records.again(known.get(mark or ""), source.path, own.folder):
                reused += 1
                keep(number, earlier, old=True)
            else:
                yield number, source.path, own

    threading.Thread(
        target=import_module, args=("xlplugin.batch.summary",)
    ).start()  # it takes as long as a few workbooks
    with records.journal(folder) as note, Stop() as stop:
        with (
            contextlib.suppress(KeyboardInterrupt),
            contextlib.closing(_execute(to_do(), stop, plan, len(sources))) as came,
        ):
            for number, result in came:
                keep(number, _with_warning(result, folder / sources[number].sub), old=False)
        results = tuple(
            found.get(number)
            or Result(str(source.path), "pending", source.path.stem, error="中断时还没有做。")
            for number, source in enumerate(sources)
        )
        outputs = _summarise(folder, results, marks)
    for sub in {
        source.sub
        for source, result in zip(sources, results, strict=True)
        if result.status == "timeout"
    }:
        files.clear(folder / sub)  # of the processes that had to be killed
    return Batch(results, reused, len(found) < len(sources), outputs)


def _execute(jobs: Iterator[Job], stop: Stop, plan: Plan, most: int) -> Generator[Numbered]:
    if plan.cluster:
        from xlplugin.batch.cluster import cluster

        return cluster(jobs, stop, plan.cluster, plan.limit)
    if plan.jobs == 1 and plan.limit is None:
        return here(jobs, stop)
    return processes(jobs, stop, min(plan.jobs, most), plan.limit)


def _with_warning(result: Result, folder: Path) -> Result:
    """A failure beside which an earlier bulletin still lies says so: nobody must take the old one for this one."""
    if result.status == "done" or not any(
        folder.glob(f"{glob.escape(Path(result.path).stem)}-通报.*")
    ):
        return result
    return replace(result, error=f"{result.error}{folder} 里的同名通报是以前的。")


def _summarise(
    folder: Path, results: Sequence[Result], marks: Sequence[str | None]
) -> tuple[Path, ...]:
    """The JSON lines first: what was done is then known to the next run, even where the workbook cannot be written."""
    from xlplugin.batch import summary

    places = summary.places(results)
    lines = records.write(
        folder,
        [
            records.row(result, mark) | ({"rank": places[at]} if result.status == "done" else {})
            for at, (result, mark) in enumerate(zip(results, marks, strict=True))
        ],
    )
    workbook = folder / SUMMARY
    summary.write(workbook, results, places)
    return workbook, lines
