"""How time and memory grow: `python growth.py RESULTS CHART` draws what `curves` measured. The same figures give the same file."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.measure import Cost

if TYPE_CHECKING:
    from benchmarks.works import Bench

Points = Sequence[tuple[int, float, float]]
"""Size, seconds, megabytes: medians."""

OURS, THEIRS = "#0b6e4f", "#8c8c8c"
ROUNDS = 3


def curves(bench: Bench, rounds: int) -> dict[str, Points]:
    """Whole processes: `kp bulletin` and the script over ledgers, `kp batch` over workbooks."""
    scale = bench.scale
    ledgers = {size: bench.ledger(size) for size in scale.projects}
    counties = bench.counties(max(scale.workbooks))
    return {
        "projects": [
            _point(size, rounds, partial(bench.bulletin, book)) for size, book in ledgers.items()
        ],
        "script": [
            _point(size, rounds, partial(bench.plain, book))
            for size, book in ledgers.items()
            if size <= scale.script_up_to
        ],
        "workbooks": [
            _point(size, rounds, partial(bench.batch, counties[:size])) for size in scale.workbooks
        ],
    }


def _point(size: int, rounds: int, work: Callable[[], Cost]) -> tuple[int, float, float]:
    costs = [work() for _ in range(rounds)]
    return (
        size,
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
    )


def draw(growth: Mapping[str, Points], path: Path) -> None:
    """Two panels, both axes logarithmic: time on the left (solid), memory on the right (dashed)."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "xlplugin", "font.family": "DejaVu Sans", "font.size": 9}):
        figure = Figure(figsize=(11, 4.2), layout="constrained")
        left, right = figure.subplots(1, 2)
        _panel(
            left,
            "projects",
            "One ledger: kp bulletin --no-docx",
            {"kp": (growth["projects"], OURS), "pandas + openpyxl": (growth["script"], THEIRS)},
        )
        _panel(
            right,
            "workbooks of 41 projects",
            "Many workbooks: kp batch --jobs 1 --no-docx",
            {"kp": (growth["workbooks"], OURS)},
        )
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _panel(time: Any, what: str, title: str, lines: Mapping[str, tuple[Points, str]]) -> None:
    memory = time.twinx()
    handles = []
    for name, (points, colour) in lines.items():
        sizes, seconds, megabytes = zip(*points, strict=True)
        handles += time.plot(
            sizes, seconds, "o-", color=colour, markersize=4, label=f"{name}: time"
        )
        handles += memory.plot(
            sizes,
            megabytes,
            "s--",
            color=colour,
            markersize=3,
            linewidth=1,
            label=f"{name}: peak memory",
        )
    for axis, unit, least in (
        (time, "time, seconds", 0.1),
        (memory, "peak memory of the largest process, MB", 10),
    ):
        axis.set(
            xscale="log", yscale="log", ylabel=unit, ylim=(least, least * 10**4)
        )  # as many decades: one grid for both
        for side in (axis.xaxis, axis.yaxis):
            side.set_major_formatter("{x:,.10g}")
        axis.yaxis.set_minor_formatter("")
    time.set(title=title, xlabel=what)
    time.grid(which="major", alpha=0.3)
    time.legend(handles=handles, loc="upper left", frameon=False)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["growth"], Path(sys.argv[2]))
