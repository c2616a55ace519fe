"""One workbook with one error of each kind of the trade's list gives exactly those problems, at those cells."""

from __future__ import annotations

from typing import Any

from line.desk import behind, day, keyed, project, table, unstarted

from xlplugin.book import Grid
from xlplugin.cells import CellError, Uncalculated
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
    (project(1, id=None), "KP01 E id2"),
    (project(2, name="城南生态公园建设项目"), ""),
    (project(3, name="城南生态公园改造工程"), "KP02 W name4"),
    (project(4, yardstick="按周"), "KP03 E yardstick5"),
    (project(5, total="两千"), "KP04 E total6"),
    (project(6, earlier_done=-5), "KP05 E earlier_done7"),
    (project(7, total=90), "KP06 W plan8"),
    (project(8), "KP07 E done9"),
    (project(9, earlier_done=921), "KP08 E done10"),
    (project(10, done=151), "KP09 W done11"),
    (project(11, plan=0), "KP10 W plan12"),
    (unstarted(12, marked_started="是", parts=3, parts_behind=1), "KP11 E actual_start13"),
    (unstarted(13, done=3, marked_started="否"), "KP12 W done14"),
    (behind(14, done=0), "KP13 W done15"),
    (project(15, done=100, actual_finish=day("2021-02-01")), "KP14 E actual_finish16"),
    (project(16, done=99, actual_finish=day("2021-09-01")), "KP15 W done17"),
    (project(17, planned_start="春节后"), "KP16 E planned_start18"),
    (unstarted(18, marked_started="否", expected_start="9月上旬"), "KP17 W expected_start19"),
    (behind(19, cause=None), "KP18 E cause20"),
    (project(20), "KP19 W name21"),
    (behind(21, cause="缺土"), ""),
    (behind(22, cause="缺土", last_cause="缺土"), "KP20 W cause23"),
    (behind(23, parts_behind=4), "KP21 E parts_behind24"),
    (project(24, verdict="达到"), "KP22 E verdict_reason25"),
    (project(25, note="今年完工"), "KP23 W note26"),
    ({"id": "合计", "plan": 1}, "KP28 E plan27"),
    (project(27, total=CellError("#REF!")), "KP25 E total28"),
    (project(28, total=Uncalculated("A1")), "KP26 E total29"),
    (project(29, nature=None), "KP27 E nature30"),
    (project(30, marked_started=None), "KP29 E marked_started31"),
    (behind(31, done=None), "KP30 E done32"),
    (project(32), "KP33 E id33"),
    (project(33, done=100, actual_finish=day("2021-09-01")), ""),
]
ELSEWHERE = [
    "KP31 E 问题清单 id 4",
    "KP32 W 问题清单 state 3",
    "KP34 E 月度计划 m2 2",
    "KP35 W id34",
    "KP36 W 措辞 template 2",
    "KP37 E 参数 value 3",
]


TRADE = set(range(1, 38)) - {24}
"""The numbers of the trade's list; a sum among the projects (24) is read as a sum, and is no problem."""


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
        {"id": "P33", "kind": "土地", "text": "未批", "state": "未解决"},
        {"id": "P99", "kind": "土地", "text": "未批"},
    ]
    return MemoryBook(
        {
            LEDGER.title: Grid(table(LEDGER, rows), hidden=frozenset({34})),
            MONTHLY_DONE.title: table(MONTHLY_DONE, then),
            MONTHLY_PLAN.title: table(MONTHLY_PLAN, [{"id": "P33", "m1": 9, "m2": 8}]),
            ISSUES.title: table(ISSUES, issues),
            SETTINGS.title: table(
                SETTINGS,
                [
                    {"name": "报告截止日期", "value": day("2021-09-30")},
                    {"name": "达到序时容差", "value": "五个"},
                ],
            ),
            WORDING.title: table(WORDING, [{"paragraph": "标题", "template": "{{ 县名 }}通报"}]),
        }
    )


def test_one_error_of_each_kind_gives_exactly_those_problems() -> None:
    desk = workbook()
    outcome = run(desk)
    told = [part for _, line in WRONG for part in line.split(", ") if part]
    assert sorted(keyed(outcome, desk)) == sorted([*told, *ELSEWHERE])
    assert {problem.code for problem in outcome.problems} == {f"KP{n:02}" for n in TRADE}


def test_errors_come_first_then_by_sheet_row_and_column() -> None:
    severities = [problem.severity for problem in run(workbook()).problems]
    assert severities == sorted(severities)
