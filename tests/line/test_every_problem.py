"""One workbook with one error of each kind of the trade's list gives exactly those problems, at those cells."""

from __future__ import annotations

from typing import Any

from line.desk import behind, day, problems, project, table, unstarted
from line.test_checks import SAID_ELSEWHERE

from xlplugin.book import Grid
from xlplugin.cells import CellError, Uncalculated
from xlplugin.errors import CODES
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, MONTHLY_PLAN, SETTINGS, WORDING

NOTED = {
    "marked_started": "是",
    "planned_start": None,
    "expected_start": None,
    "verdict": None,
    "verdict_reason": None,
    "earlier_done": None,
}

WRONG: list[tuple[dict[str, Any], str]] = [
    (project(1, id=None), "KP01 E A2"),
    (project(2, name="城南生态公园建设项目"), ""),
    (project(3, name="城南生态公园改造工程"), "KP02 W B4"),
    (project(4, level="国重点"), "KP03 E C5"),
    (project(5, total="2000万"), "KP04 E E6"),
    (project(6, earlier_done=-5), "KP05 E R7"),
    (project(7, total=90), "KP06 W F8"),
    (project(8), "KP07 E G9"),
    (project(9, earlier_done=921), "KP08 E G10"),
    (project(10, done=151), "KP09 W G11"),
    (project(11, plan=0), "KP10 W F12"),
    (unstarted(12, marked_started="是"), "KP11 E I13"),
    (unstarted(13, done=3, marked_started="否"), "KP12 W G14"),
    (behind(14, done=0), "KP13 W G15"),
    (project(15, done=100, actual_finish=day("2021-02-01")), "KP14 E J16"),
    (project(16, done=99, actual_finish=day("2021-09-01")), "KP15 W G17"),
    (project(17, planned_start="春节后"), "KP16 E H18"),
    (unstarted(18, marked_started="否", expected_start="9月上旬"), "KP17 W P19"),
    (behind(19, cause=None), "KP18 E O20"),
    (project(20), "KP19 W B21"),
    (behind(21, cause="缺土"), ""),
    (behind(22, cause="缺土"), "KP20 W O23"),
    (behind(23, parts_behind=4), "KP21 E L24"),
    (project(24, verdict="达到"), "KP22 E N25"),
    (project(25, note="今年完工"), "KP23 W Q26"),
    ({"id": "合计", "plan": 1}, "KP24 E A27, KP28 E F27"),
    (project(27, total=CellError("#REF!")), "KP25 E E28"),
    (project(28, total=Uncalculated("A1")), "KP26 E E29"),
    (project(29, nature=None), "KP27 E D30"),
    (project(30, marked_started=None), "KP29 E S31"),
    (behind(31, done=None), "KP30 E G32"),
    (project(32), "KP33 E A33"),
    (project(33), ""),
]
ELSEWHERE = [
    "KP31 E 问题清单!A4",
    "KP32 W 问题清单!A3",
    "KP34 E 月度计划!C2",
    "KP35 W 项目台账!A34",
    "KP36 E 措辞!B2",
    "KP37 E 参数!B3",
]


def workbook() -> MemoryBook:
    """Projects with their slips from row 2 on; everyone but P32 was there last month."""
    rows = [row if row["id"] == "合计" else {**NOTED, **row} for row, _ in WRONG]
    then = [
        {"id": row["id"] or "甲", "name": row["name"], "m8": 0 if n != 8 else 81}
        for n, row in enumerate((row for row, _ in WRONG if row["id"] != "合计"), start=1)
        if row["id"] != "P32"
    ]
    then[0] = {**then[0], "id": None}
    issues = [
        {"id": "P20", "kind": "资金", "text": "缺口"},
        {"id": "P33", "kind": "土地", "text": "未批"},
        {"id": "P99", "kind": "土地", "text": "未批"},
    ]
    return MemoryBook(
        {
            LEDGER.title: Grid(table(LEDGER, rows), hidden=frozenset({34})),
            MONTHLY_DONE.title: table(MONTHLY_DONE, then),
            MONTHLY_PLAN.title: table(MONTHLY_PLAN, [{"id": "P33", "m1": 9, "m2": 8}]),
            ISSUES.title: table(ISSUES, issues),
            SETTINGS.title: [
                [c.heading for c in SETTINGS.columns],
                ["报告截止日期", day("2021-09-30")],
                ["达到序时容差", "五个"],
            ],
            WORDING.title: [[c.heading for c in WORDING.columns], ["标题", "{{ 县名 }}通报"]],
        }
    )


def test_one_error_of_each_kind_gives_exactly_those_problems() -> None:
    told = [
        " ".join([*part.split()[:2], f"{LEDGER.title}!{part.split()[2]}"])
        for _, line in WRONG
        for part in line.split(", ")
        if part
    ]
    outcome = run(workbook())
    assert sorted(problems(outcome)) == sorted([*told, *ELSEWHERE])
    assert {line.split()[0] for line in problems(outcome)} == CODES.keys() - SAID_ELSEWHERE


def test_errors_come_first_then_by_sheet_row_and_column() -> None:
    severities = [problem.severity for problem in run(workbook()).problems]
    assert severities == sorted(severities)
