"""Python's part of one worksheet function call: `python tests/benchmarks/udf_call.py [calls]` prints a table.

Through xlwings' own `XLPython.CallUDF` (pywin32 stubbed, so without COM's own time), answers cached; beside it what the
usual way costs: a function that has xlwings convert the ledger into a DataFrame at every call. `--json ROUNDS` is for run.py.
"""

from __future__ import annotations

import json
import sys
import time
import types
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from addin.harness import UDFS, Dispatch, dispatch
from cases.build import SETTINGS, contents

from xlplugin.schema import LEDGER

PLACE = "C:\\case.xlsm\n\n1.1"
COLUMNS = LEDGER.standard_columns
GOAL = 0.1
Call = Callable[[int], Any]


def grid(projects: int) -> tuple[tuple[Any, ...], ...]:
    """The case's ledger, as often as it takes, as COM hands it over; every project with a number and name of its own."""
    rows = contents().ledger
    return (
        tuple(column.heading for column in COLUMNS),
        *(
            tuple(
                _as_com(rows[at % len(rows)].get(column.key), column.key, at) for column in COLUMNS
            )
            for at in range(projects)
        ),
    )


def _as_com(value: Any, key: str, at: int) -> Any:
    if key in ("id", "name"):
        return f"{value}-{at:05}"
    if hasattr(value, "year"):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return float(value) if isinstance(value, int) else value


def milliseconds(calls: int, call: Callable[[int], Any]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    for at in range(calls):
        call(at)
    return (time.perf_counter() - start) / calls * 1000


def usual() -> types.ModuleType:
    """A worksheet function as xlwings' manual shows one."""
    import pandas as pd
    from xlwings import udfs

    def completion(project, ledger):  # type: ignore[no-untyped-def]
        row = ledger[ledger[LEDGER["id"].heading] == project]
        return float(row[LEDGER["done"].heading].iloc[0] / row[LEDGER["plan"].heading].iloc[0])

    module = types.ModuleType("usual")
    module.completion = udfs.xlarg("ledger", pd.DataFrame, index=False)(udfs.xlfunc(completion))  # type: ignore[attr-defined]
    udfs.udf_modules["usual"] = {"filename": "", "filetime": None, "module": module}
    return module


def ready(call: Dispatch, projects: int) -> tuple[float, Call, Call, Call, Call]:
    """A ledger handed over (in milliseconds), and then four calls: one project, one sum, one name, one project the usual way."""
    as_of = SETTINGS["as_of"]
    settings = (("参数", "值"), ("报告截止日期", datetime(as_of.year, as_of.month, as_of.day)))  # type: ignore[union-attr]  # noqa: DTZ001
    ledger = grid(projects)
    ids = [row[0] for row in ledger[1:]]
    hand_over = milliseconds(
        1,
        lambda _: call(UDFS, "KP_LOAD", (PLACE, ("KP_LEDGER", "KP_SETTINGS"), (ledger, settings))),
    )
    one = lambda at: call(UDFS, "KP_COMPLETION", (ids[at % len(ids)], PLACE))  # noqa: E731
    total = lambda _: call(UDFS, "KP_SUM", ("plan", "县重点", None, None, PLACE))  # noqa: E731
    named = lambda _: call(UDFS, "KP", ("县重点.在建.完成率", PLACE))  # noqa: E731
    slow = lambda at: call("usual", "completion", (ids[at % len(ids)], ledger))  # noqa: E731
    assert one(0) == slow(0)
    assert isinstance(total(0), float)
    assert isinstance(named(0), float)
    return hand_over, one, total, named, slow


def rows(call: Dispatch, calls: int) -> Iterator[tuple[int, float, float, float, float, float]]:
    """For each size of ledger: handing over, one project, one sum, one name, the usual way; in milliseconds."""
    usual()
    for projects in (41, 5000):
        hand_over, one, total, named, slow = ready(call, projects)
        times = max(calls * 41 // projects // 20, 3)
        yield (
            projects,
            hand_over,
            milliseconds(calls, one),
            milliseconds(calls, total),
            milliseconds(calls, named),
            milliseconds(times, slow),
        )


def rounds(count: int) -> Iterator[tuple[float, float, float]]:
    """At 41 projects, in each round one after the other: a cached call, one by a name, one the usual way; in milliseconds."""
    with dispatch() as call:
        usual()
        _, one, _, named, slow = ready(call, 41)
        for _ in range(count):
            yield milliseconds(2000, one), milliseconds(2000, named), milliseconds(100, slow)


def main(calls: int) -> None:
    """Measure and print."""
    write = sys.stdout.write
    write(
        f"| projects | ledger handed over, once a change | one project | one sum | one name | goal | DataFrame at each call | ratio |\n{'|---' * 8}|\n"
    )
    with dispatch() as call:
        for projects, hand_over, one, total, named, slow in rows(call, calls):
            write(
                f"| {projects:,} | {hand_over:.0f} ms | {one:.3f} ms | {total:.3f} ms | {named:.3f} ms | ≤ {GOAL} ms | {slow:.2f} ms | {slow / one:,.0f} × |\n"
            )


if __name__ == "__main__":
    if "--json" in sys.argv:
        json.dump(list(rounds(int(sys.argv[2]))), sys.stdout)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20000)
