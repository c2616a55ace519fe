"""Every figure of the README's section on speed, by one command: `python tests/benchmarks/run.py`. Needs `pip install -e '.[bench]'`.

Works are run side by side, so that ratios hold on any machine; see `works.py`. What was measured goes to results.json; once
every row is there, the README's table and chart are written from it. Half an hour or more on two processors; use an idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import growth, table
from benchmarks.measure import HERE, here_and_now, process, script
from benchmarks.works import WORKS, Bench

README = HERE.parents[1] / "README.md"
RESULTS, CHART = HERE / "results.json", HERE / "growth.svg"
GROWTH = "growth"


def stored() -> dict[str, Any]:
    """What was measured before."""
    return dict(json.loads(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}


def measured(wanted: set[str], bench: Bench, rounds: int | None) -> Iterator[dict[str, Any]]:
    """The wanted rows' results as results.json keeps them, work by work."""
    where = here_and_now()
    for measure, usual in dict.fromkeys(WORKS[number] for number in WORKS if number in wanted):
        samples = measure(bench, rounds or usual)
        yield {
            key: {"ours": _short(ours), "theirs": _short(theirs), **where}
            for key, (ours, theirs) in samples.items()
        }
    if GROWTH in wanted:
        curves = growth.curves(bench, rounds or growth.ROUNDS)
        yield {
            GROWTH: {name: [_short(point) for point in points] for name, points in curves.items()}
            | where
        }


def _short(figures: Any) -> list[float]:
    return [float(f"{figure:.5g}") for figure in figures]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def store(results: dict[str, Any]) -> None:
    """Keep what was measured, one row a line."""
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(results[key])}" for key in sorted(results))
    RESULTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def show(results: dict[str, Any]) -> None:
    """Draw the chart, and once every row was measured write the README."""
    if GROWTH in results:
        process(*script("growth.py", RESULTS, CHART))
    if table.complete(results):
        README.write_text(
            table.shown(README.read_text(encoding="utf-8"), results), encoding="utf-8"
        )


def main(arguments: list[str]) -> None:
    """Measure what is wanted, keep it, show the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--only",
        metavar="1,3",
        help=f"these rows: {', '.join(WORKS)}, {GROWTH}; the others stay as they were measured before",
    )
    parser.add_argument(
        "--rounds", type=int, metavar="N", help="so many rounds of each, after one that only warms"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="small inputs, one round, nothing kept: does it all still run?",
    )
    parser.add_argument(
        "--render", action="store_true", help="measure nothing: chart and README from results.json"
    )
    chosen = parser.parse_args(arguments)
    wanted = set(chosen.only.split(",")) if chosen.only else {*WORKS, GROWTH}
    if unknown := wanted - {*WORKS, GROWTH}:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once, by the warming
    scale = table.QUICK if chosen.quick else table.FULL
    results = {} if chosen.quick else stored()
    with tempfile.TemporaryDirectory() as folder:
        for found in measured(
            set() if chosen.render else wanted,
            Bench(Path(folder), scale),
            1 if chosen.quick else chosen.rounds,
        ):
            results |= found
            _say(
                "\n".join(
                    line
                    for line in table.table(found, scale).splitlines()[2:]
                    if line.startswith("| ")
                )
                or "growth"
            )
            if not chosen.quick:
                store(results)
    if not chosen.quick:
        show(results)
    _say(f"\n{table.table(results, scale)}")


if __name__ == "__main__":
    main(sys.argv[1:])
