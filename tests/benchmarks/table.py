"""The benchmark's table: what is compared with what, what must be reached, and how the results are shown."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

MARKED = re.compile(r"(<!-- generated: benchmarks -->\n).*?(<!-- end -->)", re.S)
CHART = "![Time and memory from 41 to 100,000 projects, and from 10 to 1,000 workbooks](tests/benchmarks/growth.svg)"
HEAD = f"| work | ours | against | theirs | ratio | goal | reached |\n{'|---' * 7}|\n"
SCRIPT = "pandas + openpyxl, load and save only"

Results = Mapping[str, Mapping[str, Any]]
"""By row key: `ours` and `theirs`, a figure a round, with date, machine, python and packages."""

REASONS: Mapping[str, str] = {
    "3": "a sheet is inflated (0.2 s), and its rows are proven to hold nothing odd, before the reader has them, in pieces beside other work "
    "(1.2 s); reading the headings, typing, checking and telling take a second more, on one processor.",
    "4": "each workbook is read in a process that may fall, its outputs' hashes belong to the record, and all is flushed to the disk; a profile "
    "of one shows no part that stands out (flushing, the reader, compressing lead).",
    "5": "two batches that know nothing of each other, the next line, are hardly faster: this machine's two processors, both at work, do less "
    "than 1.8 × the work of one, and starting a program takes a second that is not halved.",
}
"""By row key: why a goal is not reached. Shown only while it is not."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the inputs are."""

    large: int = 100_000
    rewritten: int = 20_000
    counties: int = 300
    sampled: int = 30
    projects: tuple[int, ...] = (41, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
    workbooks: tuple[int, ...] = (10, 30, 100, 300, 1_000)
    script_up_to: int = 10_000
    """The script grows so fast that it is shown up to this many projects only."""


FULL = Scale()
QUICK = Scale(
    large=300,
    rewritten=100,
    counties=4,
    sampled=2,
    projects=(41, 100, 300),
    workbooks=(2, 4),
    script_up_to=100,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `goal` is what ours ÷ theirs may be at most, or None; with `times`, what theirs ÷ ours must be at least."""

    key: str
    work: str
    against: str
    unit: str
    goal: Fraction | None
    times: bool = False

    def ratio(self, ours: float, theirs: float) -> float:
        """The figure that is compared with the goal."""
        return theirs / ours if self.times else ours / theirs

    def reached(self, ratio: float) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return (
            None if self.goal is None else ratio >= self.goal if self.times else ratio <= self.goal
        )


def rows(scale: Scale = FULL) -> tuple[Row, ...]:
    """Every comparison, in the order of the table."""
    large, many = f"{scale.large:,} projects", f"{scale.counties:,} county workbooks of 41 projects"
    runs = f"{scale.counties:,} runs of {SCRIPT} ({scale.sampled} measured, × {Fraction(scale.counties, scale.sampled)})"
    return (
        Row(
            "1",
            "`kp bulletin`, 41 projects, whole process, workbook and text",
            SCRIPT,
            "s",
            Fraction(1),
        ),
        Row("1-docx", "the same and the Word document", SCRIPT, "s", None),
        Row(
            "2",
            f"`kp bulletin`, {large} of 25 columns, flags and bulletin written: time",
            SCRIPT,
            "s",
            Fraction(1, 6),
        ),
        Row("2-memory", "the same: peak memory", SCRIPT, "MB", Fraction(1, 2)),
        Row(
            "3",
            f"{large} read, checked and computed, nothing written, whole process",
            "python-calamine, values only read",
            "s",
            Fraction(2),
        ),
        Row(
            "4",
            f"`kp batch --jobs 1`, {many}: workbook and text of each, and the summary",
            runs,
            "s",
            Fraction(1, 15),
        ),
        Row(
            "5",
            "`kp batch --jobs 2`, the same workbooks",
            "`--jobs 1`",
            "s",
            Fraction(9, 5),
            times=True,
        ),
        Row(
            "5-apart",
            "two `kp batch --jobs 1` at once, half the workbooks each, knowing nothing of each other",
            "`--jobs 1`",
            "s",
            None,
            times=True,
        ),
        Row(
            "6",
            "the bulletin's sheet rendered and saved, warm, CPU time",
            "xltpl, a template of as many rows",
            "ms",
            Fraction(1),
        ),
        Row(
            "6-docx",
            "the bulletin's document rendered and saved, warm, CPU time",
            "docxtpl, a template of as many paragraphs",
            "ms",
            Fraction(1),
        ),
        Row(
            "7",
            "a `KP_` call, answer cached, Python's part",
            "xlwings, ledger of 41 as a DataFrame at each call",
            "ms",
            Fraction(1, 30),
        ),
        Row(
            "7-name",
            '`KP("县重点.在建.完成率")`, answer cached, Python\'s part',
            "xlwings, ledger of 41 as a DataFrame at each call",
            "ms",
            Fraction(1, 30),
        ),
        Row(
            "8",
            f"`kp bulletin --in-place`, {scale.rewritten:,} projects, over the bulletin of the month before",
            "the same, over none",
            "s",
            Fraction(13, 10),
        ),
    )


def table(results: Results, scale: Scale = FULL) -> str:
    """The table of those rows that were measured, why a goal was missed, and where and when all this was."""
    measured = [(row, *_medians(results[row.key])) for row in rows(scale) if row.key in results]
    lines = "".join(_line(row, ours, theirs) for row, ours, theirs in measured)
    missed = [
        row
        for row, ours, theirs in measured
        if row.reached(row.ratio(ours, theirs)) is False and row.key in REASONS
    ]
    reasons = "".join(f"\nReason ({row.work}): {REASONS[row.key]}\n" for row in missed)
    return f"{HEAD}{lines}{reasons}\n" + "".join(
        f"{line}\n" for line in _where([results[row.key] for row, _, _ in measured])
    )


def shown(readme: str, results: Results) -> str:
    """The README with the results between its markers: table and chart."""
    generated = table(results) + (f"\n{CHART}\n" if "growth" in results else "")
    return MARKED.sub(lambda found: found[1] + generated + found[2], readme)


def complete(results: Results) -> bool:
    """Whether every row was measured."""
    return all(row.key in results for row in rows())


def _medians(result: Mapping[str, Any]) -> tuple[float, float]:
    return statistics.median(result["ours"]), statistics.median(result["theirs"])


def _line(row: Row, ours: float, theirs: float) -> str:
    ratio = row.ratio(ours, theirs)
    reached = {None: "", True: "yes", False: "no"}[row.reached(ratio)]
    return f"| {row.work} | {_amount(ours, row.unit)} | {row.against} | {_amount(theirs, row.unit)} | {_share(ratio, row)} | {_goal(row)} | {reached} |\n"


def _amount(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 or unit == "MB" else f"{value:.3g} {unit}"


def _share(ratio: float, row: Row) -> str:
    """0.87 × or, where the goal is a fraction, 1/6.3."""
    if row.goal is not None and row.goal < 1 and ratio < 1:
        return f"1/{1 / ratio:.3g}"
    return f"{ratio:.2f} × {'as fast' if row.times else ''}".rstrip()


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return (
        f"≥ {float(row.goal):.1f} × as fast"
        if row.times
        else f"≤ {row.goal if row.goal < 1 else f'{float(row.goal):.1f} ×'}"
    )


def _where(results: list[Mapping[str, Any]]) -> Iterator[str]:
    """One line for each machine and day on which some of it was measured."""
    places: dict[tuple[str, ...], list[int]] = {}
    for result in results:
        places.setdefault(
            tuple(result[key] for key in ("machine", "python", "date", "packages")), []
        ).append(len(result["ours"]))
    for (machine, python, date, packages), rounds in places.items():
        count = f"{min(rounds)}" if len(set(rounds)) == 1 else f"{min(rounds)} to {max(rounds)}"
        yield f"{machine}; Python {python}; {date}; medians of {count} round{'' if count == '1' else 's'}. {packages}."
