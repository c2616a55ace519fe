"""Each month's own amount in a column, and no cumulative one: added up where words, rates or amounts tell so, else asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from line.desk import AS_OF
from reading.desk import come_to, sheet

from xlplugin.book import Grid
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.render.analysis import analysis
from xlplugin.schema import ADOPTED
from xlplugin.trace.project import of_project

RIGHT = "2: 8.00 1.60 1.28"
FIRST = (1000, 800, 900, 900, 900, 900, 900, 900, 800)
SECOND = (500, 500, 600, 500, 500, 600, 600, 500, 500)
MONTHS = [f"{month}月" for month in range(1, 10)]


def ledger(
    months: Sequence[str],
    first: Sequence[object] = FIRST,
    second: Sequence[object] = SECOND,
    beside: str = "",
) -> Grid:
    """Two projects, their months, and one more column (`beside`: heading, first, second)."""
    words, one, two = beside.split() if beside else ("备注", "", "")
    return sheet(
        f"| 编号 | 项目名称 | 项目级别 | 建设性质 | 总投资 | 年度计划投资 | {' | '.join(months)} | 开工时间 | {words} |",
        f"| SZ-1 | 城南水厂 | 县重点 | 在建 | 50000 | 10000 | {' | '.join(map(str, first))} | 2020-05-01 | {one} |",
        f"| SZ-2 | 城北大桥 | 市重点 | 续建 | 30000 | 6000 | {' | '.join(map(str, second))} | 2020-06-01 | {two} |",
    )


def summed(amounts: Sequence[int]) -> Iterator[int]:
    """The same months, cumulative."""
    for at in range(len(amounts)):
        yield sum(amounts[: at + 1])


RISING = [(100 * n, 60 * n) for n in range(1, 10)]


@pytest.mark.parametrize(
    ("grid", "came"),
    [
        (ledger(MONTHS), RIGHT),
        (ledger(["一季度完成投资", "二季度完成投资", "三季度完成投资"], (3000, 2000, 3000), (2000, 1000, 1800)), RIGHT),
        (ledger(["1-2月完成投资", *(f"{m}完成投资" for m in MONTHS[2:])], (1800, *FIRST[2:]), (1000, *SECOND[2:])), RIGHT),
        (ledger(MONTHS, *zip(*RISING, strict=True)), "问 G1"),
        (ledger([f"{m}当月完成" for m in MONTHS], *zip(*RISING, strict=True)), "2: 8.00 1.60 0.72"),
        (ledger(MONTHS, *zip(*RISING, strict=True), "完成率 45% 45%"), "2: 8.00 1.60 0.72"),
        (ledger(MONTHS, list(summed(FIRST)), list(summed(SECOND))), "问 G1"),
        (ledger(MONTHS, [*list(summed(FIRST))[:8], 7000], list(summed(SECOND))), "问 G1"),
        (ledger(MONTHS, [*FIRST[:6], "—", *FIRST[7:]], SECOND), "2: 8.00 1.60 1.19"),
        (ledger(MONTHS, [*FIRST[:6], "未报", *FIRST[7:]], SECOND), "问 M2"),
        (ledger(MONTHS[:8], FIRST[:8], SECOND[:8]), "停"),
        (ledger([*MONTHS, "10月"], [*FIRST, 900], [*SECOND, 500]), "问 G1"),
        (ledger([*MONTHS, "10月"], [*FIRST, ""], [*SECOND, ""]), RIGHT),
    ],
)  # fmt: skip
def test_months_that_must_be_added_up(grid: Grid, came: str) -> None:
    assert come_to(grid).startswith(came)


def test_what_is_asked_is_answered_in_the_sheet_for_it() -> None:
    grid = ledger(MONTHS, *zip(*RISING, strict=True))
    head = f"| {' | '.join(ADOPTED[key].heading for key in ('kind', 'hers', 'place', 'ours'))} |"
    all_of_them = sheet(head, *(f"| 栏目 | {month} | | 累计完成投资 |" for month in MONTHS))
    some = sheet(head, *(f"| 栏目 | {month} | | 累计完成投资 |" for month in MONTHS[:3]))
    last = sheet(head, "| 栏目 | 9月 | | 累计完成投资 |")
    assert come_to({"台账": grid, ADOPTED.title: all_of_them}) == "2: 8.00 1.60 0.72"
    assert come_to({"台账": grid, ADOPTED.title: some}) == "2: 8.00 1.60 0.72"
    assert (
        come_to({"台账": ledger(MONTHS[:8], FIRST[:8], SECOND[:8]), ADOPTED.title: some}) == "问 G1"
    )
    assert come_to({"台账": grid, ADOPTED.title: last}) == "2: 8.00 1.60 0.14"


def test_every_month_is_named_where_the_figure_comes_from() -> None:
    outcome = run(MemoryBook({"台账": ledger(MONTHS)}), AS_OF)
    (told,) = [p for p in outcome.problems if p.code == "KP39"]
    assert (told.severity, told.cell) == ("W", "O1")
    assert "G1—O1" in told.found
    completion = next(t for t in of_project(outcome, 2) if t.path.endswith(".completion"))
    assert "累计完成投资 G2+H2+I2+J2+K2+L2+M2+N2+O2" in completion.cells
    written = analysis(outcome)
    formulas = [f for area in written.areas for c in area.fillings for f in c.formulas or () if f]
    assert not any("!$O" in formula for formula in formulas)  # Excel would look up September alone
    assert any("!$F" in formula for formula in formulas)
