"""The works themselves: what is run for each row of the table, ours and the other one in turns."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.measure import HERE, Cost, answer, kp, process, script, side_by_side
from benchmarks.table import Scale

CASE = HERE.parents[1] / "workbooks" / "lingchuan-2021.xlsx"

Samples = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""By row key: ours and theirs, a figure a round."""


@dataclass(frozen=True)
class Bench:
    """A folder for inputs and outputs; inputs are made when first asked for, and never measured."""

    folder: Path
    scale: Scale

    def ledger(self, projects: int) -> Path:
        """A ledger of that many projects."""
        path = self.folder / f"ledger-{projects}.xlsx"
        if not path.exists():
            process(*script("ledgers.py", "ledger", projects, path))
        return path

    def counties(self, number: int) -> list[Path]:
        """That many county workbooks."""
        folder = self.folder / "counties"
        folder.mkdir(exist_ok=True)
        process(*script("ledgers.py", "counties", number, folder))
        return sorted(folder.iterdir())[:number]

    def bulletin(self, book: Path, *options: str) -> Cost:
        """`kp bulletin`, without the Word document unless `options` ask for it."""
        return process(
            *kp("bulletin", book, "-o", self.folder / "out", *(options or ("--no-docx",)))
        )

    def plain(self, book: Path) -> Cost:
        """The script that only loads and saves."""
        return process(*script("plain.py", book, self.folder / "plain.xlsx"))

    def batch(self, books: Sequence[Path], jobs: int = 1) -> Cost:
        """`kp batch` into a new folder, so that nothing is up to date."""
        out = Path(tempfile.mkdtemp(dir=self.folder))
        cost = process(*kp("batch", *books, "-o", out, "--no-docx", "--jobs", jobs))
        shutil.rmtree(out)
        return cost


def small(bench: Bench, rounds: int) -> Samples:
    """The case county, whole processes."""
    found = side_by_side(
        rounds,
        lambda: bench.bulletin(CASE),
        lambda: bench.bulletin(CASE, "--docx"),
        lambda: bench.plain(CASE),
    )
    text, document, plain = (
        [cost.seconds for cost in column] for column in zip(*found, strict=True)
    )
    return {"1": (text, plain), "1-docx": (document, plain)}


def large(bench: Bench, rounds: int) -> Samples:
    """The largest ledger, written: time and memory of the same runs."""
    book = bench.ledger(bench.scale.large)
    ours, theirs = zip(
        *side_by_side(rounds, lambda: bench.bulletin(book), lambda: bench.plain(book)), strict=True
    )
    return {
        "2": (_seconds(ours), _seconds(theirs)),
        "2-memory": ([cost.megabytes for cost in ours], [cost.megabytes for cost in theirs]),
    }


def computed(bench: Bench, rounds: int) -> Samples:
    """The largest ledger, read and computed."""
    book = bench.ledger(bench.scale.large)
    works = (partial(process, *script(name, book)) for name in ("compute.py", "values.py"))
    ours, theirs = zip(*side_by_side(rounds, *works), strict=True)
    return {"3": (_seconds(ours), _seconds(theirs))}


def batches(bench: Bench, rounds: int) -> Samples:
    """A batch in one process and in two, the script's runs on workbooks spread over the batch between them.

    Two batches of half the workbooks each, at once and knowing nothing of each other, show what the machine gives at most.
    """
    books = bench.counties(bench.scale.counties)
    sample = books[:: bench.scale.counties // bench.scale.sampled]
    half = len(sample) // 2

    def runs(part: Sequence[Path]) -> float:
        return sum(bench.plain(book).seconds for book in part) * len(books) / len(sample)

    def apart() -> float:
        middle = len(books) // 2
        with ThreadPoolExecutor(2) as both:
            return max(
                cost.seconds for cost in both.map(bench.batch, (books[:middle], books[middle:]))
            )

    found = side_by_side(
        rounds,
        lambda: bench.batch(books).seconds,
        lambda: runs(sample[:half]),
        lambda: bench.batch(books, 2).seconds,
        apart,
        lambda: runs(sample[half:]),
    )
    one, first, two, halves, second = zip(*found, strict=True)
    return {
        "4": (one, [a + b for a, b in zip(first, second, strict=True)]),
        "5": (two, one),
        "5-apart": (halves, one),
    }


def rendered(bench: Bench, rounds: int) -> Samples:
    """Sheet and document in a process of their own."""
    found = answer(*script("templates.py", rounds + 1, bench.folder))[1:]
    sheet, xltpl, document, docxtpl = zip(*found, strict=True)
    return {"6": (sheet, xltpl), "6-docx": (document, docxtpl)}


def called(_bench: Bench, rounds: int) -> Samples:
    """Worksheet function calls in a process of their own."""
    found = answer(*script("udf_call.py", "--json", rounds + 1))[1:]
    ours, named, theirs = zip(*found, strict=True)
    return {"7": (ours, theirs), "7-name": (named, theirs)}


def rewritten(bench: Bench, rounds: int) -> Samples:
    """A month's sheets written where those of the month before stand, and where none do."""
    source, book = bench.ledger(bench.scale.rewritten), bench.folder / "again.xlsx"

    def written(month: str) -> float:
        options = ("--in-place", "--no-docx", "--force", "--as-of", month)
        return process(*kp("bulletin", book, *options)).seconds

    def anew(month: str) -> float:
        shutil.copyfile(source, book)
        return written(month)

    def over() -> float:
        anew("2021-09-30")
        return written("2021-10-31")

    ours, theirs = zip(*side_by_side(rounds, over, lambda: anew("2021-10-31")), strict=True)
    return {"8": (ours, theirs)}


def _seconds(costs: Sequence[Cost]) -> list[float]:
    return [cost.seconds for cost in costs]


WORKS: Mapping[str, tuple[Callable[[Bench, int], Samples], int]] = {
    "1": (small, 15),
    "2": (large, 3),
    "3": (computed, 7),
    "4": (batches, 3),
    "5": (batches, 3),
    "6": (rendered, 30),
    "7": (called, 15),
    "8": (rewritten, 5),
}
"""By the row's number: the work, and how many rounds are enough for it."""
