"""Every check: a small ledger with exactly one thing wrong is told exactly that, at that cell, and nothing else.

A case is a workbook and what is said of it: code, severity, and where, as column and row of the ledger (plan2) or as sheet,
column and row. Where one slip cannot come alone, the companions are named beside it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from line.desk import behind, book, day, early, keyed, project, see, table, unstarted

from xlplugin.book import Book, Grid
from xlplugin.cells import CellError, Uncalculated, address
from xlplugin.errors import CODES
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import LEDGER

FULL_YEAR = {f"m{month}": month * 8 for month in range(1, 12)} | {"m12": 100}
AS_LAST_MONTH = {"m7": 60, "m8": 70}


def case(name: str, *projects: dict[str, Any], says: str, **rest: Any) -> Any:
    """One line of the tables below; `says` lists what is told, separated by commas."""
    return pytest.param(
        projects, rest, [part.strip() for part in says.split(",") if part.strip()], id=name
    )


ROWS = [
    case("nothing wrong", project(1), behind(2), unstarted(3), early(4), says=""),
    case("01 no id", project(1, id=None), says="KP01 E id2"),
    case("01 no name", project(1, name=" 　"), says="KP01 E name2"),
    case("01 same id", project(1), project(2, id=" p01 "), says="KP01 E id3"),
    case("01 same id in full width", project(1), project(2, id="Ｐ０１"), says="KP01 E id3"),
    case("01 same number as text", project(1, id=7.0), project(2, id="7"), says="KP01 E id3"),
    case(
        "01 same name",
        project(1, name="甲河水库"),
        project(2, name="甲河 水库"),
        says="KP01 E name3",
    ),
    case(
        "02 names alike but for generic words",
        project(1, name="城南生态公园建设项目"),
        project(2, name="城南生态公园改造工程"),
        says="KP02 W name3",
    ),
    case(
        "02 one character more",
        project(1, name="清河流域综合治理示范区"),
        project(2, name="清河流域综合新治理示范区"),
        says="KP02 W name3",
    ),
    case(
        "02 numbered phases are different",
        project(1, name="产业园一期标准厂房"),
        project(2, name="产业园二期标准厂房"),
        says="",
    ),
    case(
        "02 four characters beside the generic words are enough",
        project(1, name="城南公园建设项目"),
        project(2, name="城南公园改造工程"),
        says="KP02 W name3",
    ),
    case(
        "02 three are not: too many projects share them",
        project(1, name="城南河建设项目"),
        project(2, name="城南河改造工程"),
        says="",
    ),
    case("03 a level of the office's own", project(1, level="国家级"), says=""),
    case(
        "03 a nature that may be either",
        project(1, nature="缓建"),
        project(2, nature="缓建"),
        says="KP39 E nature1",
    ),
    case(
        "03 other words for a nature",
        project(1, nature="续建"),
        project(2, nature="储备", actual_start=None),
        says="",
    ),
    case("03 yardstick outside the list", project(1, yardstick="按周"), says="KP03 E yardstick2"),
    case(
        "03 other words for a level",
        project(1, level="县级"),
        project(2, level=" 市重点项目"),
        says="",
    ),
    case("04 words", project(1, total="一百"), says="KP04 E total2"),
    case("04 unit", project(1, total="2000万"), says="KP04 W total2"),
    case("04 two units", project(1, total="2亿3000万"), says="KP04 E total2"),
    case("04 dash", project(1, plan="—"), says="KP04 E plan2"),
    case(
        "04 done refused",
        project(1, done="八十", cause="数字未报", parts=2, parts_behind=1),
        says="KP04 E done2",
    ),
    case(
        "04 read and said back",
        project(1, total="1,200", plan="１００", done=" 80 "),
        says="KP04 W total2, KP04 W plan2, KP04 W done2",
    ),
    case("04 empty total", project(1, total=None), says="KP04 E total2"),
    case("04 half a sub-project", project(1, parts=2.5, parts_behind=1), says="KP04 E parts2"),
    case("04 sub-projects beyond counting", project(1, parts=1e30), says="KP04 E parts2"),
    case("04 an amount beyond meaning", project(1, total=1e30), says="KP04 E total2"),
    case(
        "04 the largest amount among others",
        project(1, total=10**9),
        project(2),
        project(3),
        says="",
    ),
    case("04 no county's project is that large", project(1, total=10**9), says="KP39 E total1"),
    case("04 nor that small", project(1, total=5, plan=1, done=0.8), says="KP39 E total1"),
    case(
        "04 an amount beyond the largest that a float would still hold",
        project(1, total=1.5 * 10**9),
        says="KP04 E total2",
    ),
    case(
        "04 done empty where it does not matter",
        project(1, done=None, verdict="达到", verdict_reason="节点完成"),
        says="KP04 W done2",
    ),
    case(
        "04 done empty of a finished project",
        project(1, done=None, actual_finish=day("2021-09-01")),
        says="KP04 W done2",
    ),
    case("05 negative", project(1, total=-1000), says="KP05 E total2, KP06 W plan2, KP08 E done2"),
    case("05 negative sub-projects", project(1, parts=-1), says="KP05 E parts2"),
    case("06 plan over total", project(1, total=90), says="KP06 W plan2"),
    case("06 all of it is planned for this year", project(1, total=100), says=""),
    case(
        "06 a thousand times last month",
        project(1, done=80),
        says="KP06 W done2",
        monthly_done=[{"id": "P01", "m8": 0.08}],
    ),
    case(
        "06 a thousandth of last month",
        behind(1, done=0.08, adjustment="审计核减"),
        says="KP06 W done2",
        monthly_done=[{"id": "P01", "m8": 80}],
    ),
    case(
        "06 not quite a thousandth",
        behind(1, done=0.08, adjustment="审计核减"),
        says="",
        monthly_done=[{"id": "P01", "m8": 79.99}],
    ),
    case(
        "07 less than last month",
        project(1),
        says="KP07 E done2",
        monthly_done=[{"id": "P01", "m8": 81}],
    ),
    case(
        "07 less, with a note",
        project(1, adjustment="审计核减"),
        says="",
        monthly_done=[{"id": "P01", "m8": 81}],
    ),
    case(
        "07 last month found by its name",
        project(1, alias="小水库"),
        says="KP07 E done2",
        monthly_done=[{"id": "小水库", "m8": 81}],
    ),
    case(
        "07 nothing before January",
        project(1, done=8, actual_start=day("2020-03-01")),
        says="",
        as_of="2021-01-31",
        monthly_done=[{"id": "P01", "m12": 99}],
    ),
    case("08 over total", project(1, earlier_done=921), says="KP08 E done2"),
    case(
        "08 over total with a note",
        project(1, earlier_done=921, adjustment="概算调整"),
        says="KP08 W done2",
    ),
    case("08 exactly total", project(1, earlier_done=920), says=""),
    case("09 over 100 %", project(1, done=151), says="KP09 W done2"),
    case("09 exactly 999 %", project(1, done=999), says="KP09 W done2"),
    case("09 over 999 %", project(1, done=999.01), says="KP09 E done2"),
    case("09 exactly 100 %", project(1, done=100), says=""),
    case("10 plan 0", project(1, plan=0), says="KP10 W plan2"),
    case("10 no plan", project(1, plan=None), says="KP10 W plan2"),
    case(
        "11 marked started, no date", unstarted(1, marked_started="是"), says="KP11 E actual_start2"
    ),
    case(
        "11 start after the cut-off",
        unstarted(1, actual_start=day("2021-10-01")),
        says="KP11 E actual_start2",
    ),
    case("11 start on the cut-off", project(1, actual_start=day("2021-09-30")), says=""),
    case(
        "11 no dates of starts at all",
        {k: v for k, v in unstarted(1).items() if k != "actual_start"},
        says="KP39 E id1",
    ),
    case("12 money without a start", unstarted(1, done=3), says="KP12 W done2"),
    case(
        "13 nothing for two months",
        behind(1, done=0, actual_start=day("2021-07-30")),
        says="KP13 W done2",
    ),
    case("13 started lately", behind(1, done=0, actual_start=day("2021-07-31")), says=""),
    case(
        "13 nothing new for two months",
        project(1),
        says="KP13 W done2",
        monthly_done=[{"id": "P01", "m7": 80, "m8": 80}],
    ),
    case("13 something new", project(1), says="", monthly_done=[{"id": "P01", "m7": 79, "m8": 80}]),
    case(
        "13 January tells of one month only",
        behind(1, done=0, actual_start=day("2020-03-01")),
        says="",
        as_of="2021-01-31",
    ),
    case(
        "14 finished before started",
        project(1, done=100, actual_finish=day("2021-02-28")),
        says="KP14 E actual_finish2",
    ),
    case(
        "14 finished and never started",
        unstarted(1, done=0, actual_finish=day("2021-09-01")),
        says="KP14 E actual_start2, KP15 W done2",
    ),
    case(
        "15 finished, not all done",
        project(1, done=99, actual_finish=day("2021-09-01")),
        says="KP15 W done2",
    ),
    case("16 no date", project(1, planned_start="春节后"), says="KP16 E planned_start2"),
    case("16 no such day", project(1, planned_start="2021-02-29"), says="KP16 E planned_start2"),
    case(
        "16 a month is enough for a start",
        project(1, actual_start="2021年7月"),
        project(2, actual_start="2021.4"),
        project(3, actual_start="7月底"),
        says="",
    ),
    case(
        "16 a start in a month to come",
        unstarted(1, actual_start="2021年11月"),
        says="KP11 E actual_start2",
    ),
    case(
        "16 a month is enough", project(1, planned_start="2021年7月"), says="KP16 W planned_start2"
    ),
    case("16 dots", project(1, actual_start="2021.7.9"), says="KP16 W actual_start2"),
    case("16 eight digits", project(1, actual_start=20210709), says="KP16 W actual_start2"),
    case("16 serial number", project(1, actual_start=44386), says="KP16 W actual_start2"),
    case(
        "16 written out",
        project(1, actual_start="2021年7月9日"),
        project(2, actual_start="2021/7/9"),
        says="",
    ),
    case(
        "16 a year out of reason",
        project(1, planned_start=day("2201-07-09")),
        says="KP16 E planned_start2",
    ),
    case(
        "17 expected start gone by",
        unstarted(1, expected_start="9月下旬"),
        says="KP17 W expected_start2",
    ),
    case("17 expected start to come", unstarted(1, expected_start="10月上旬"), says=""),
    case(
        "17 January is next year's in December",
        unstarted(1, expected_start="1月上旬"),
        says="",
        as_of="2021-12-31",
    ),
    case("18 behind without cause", behind(1, cause=None), says="KP18 E cause2"),
    case("18 not started without cause", unstarted(1, cause=None), says="KP18 E cause2"),
    case(
        "18 not started before its time",
        unstarted(1, cause=None, planned_start=day("2021-10-01")),
        says="",
    ),
    case(
        "18 not started before its time, and money spent",
        unstarted(1, cause=None, done=5, planned_start=day("2021-10-01")),
        says="KP12 W done2, KP18 E cause2",
    ),
    case(
        "18 behind, nothing told of progress",
        behind(1, parts_behind=None),
        says="KP18 W parts_behind2",
    ),
    case(
        "18 behind, both progresses told",
        behind(1, parts=None, parts_behind=None, actual_progress="打桩", planned_progress="封顶"),
        says="",
    ),
    case(
        "19 on schedule and unfunded",
        project(1),
        says="KP19 W name2",
        issues=[{"id": "P01", "kind": "资金", "text": "缺口", "state": "未解决"}],
    ),
    case(
        "19 solved",
        project(1),
        says="",
        issues=[{"id": "P01", "kind": "资金", "text": "缺口", "state": "已办结"}],
    ),
    case(
        "20 shared with another row",
        behind(1, cause="缺土"),
        behind(2, cause="缺土。"),
        says="",
    ),
    case(
        "20 copied from last month",
        behind(1, cause="缺土", last_cause="缺 土"),
        says="KP20 W cause2",
    ),
    case(
        "21 more behind than there are",
        behind(1, parts=3, parts_behind=4),
        says="KP21 E parts_behind2",
    ),
    case("21 every one of them behind", behind(1, parts=3, parts_behind=3), says=""),
    case(
        "22 verdict without reason",
        project(1, verdict="达到", verdict_reason=None),
        says="KP22 E verdict_reason2",
    ),
    case(
        "22 verdict with reason, as the figures say",
        project(1, verdict="达到", verdict_reason="节点完成"),
        says="",
    ),
    case(
        "22 verdict against the figures",
        behind(1, verdict="达到", verdict_reason="节点完成"),
        project(
            2, verdict="未达到", verdict_reason="质量返工", cause="返工", parts=2, parts_behind=1
        ),
        says="KP22 W verdict2, KP22 W verdict3",
    ),
    case(
        "22 under preparation, judged by hand",
        early(1, done=10, verdict="达到", verdict_reason="节点完成"),
        says="",
    ),
    case(
        "22 nobody judged", project(1, yardstick="形象节点", verdict=None), says="KP22 E verdict2"
    ),
    case("22 nothing to judge yet", unstarted(1, yardstick="形象节点"), says=""),
    case("23 today's words", project(1, note="今年完工"), says="KP23 W note2"),
    case("23 to date", behind(1, cause="截至目前缺土"), says="KP23 W cause2"),
    case(
        "23 in what is expected",
        unstarted(1, expected_start="明年3月开工"),
        says="KP23 W expected_start2",
    ),
    case("23 two years at once", project(1, note="今明两年完工"), says="KP23 W note2"),
    case(
        "23 in an issue",
        behind(1),
        says="KP23 W 问题清单 text 2",
        issues=[{"id": "P01", "kind": "土地", "text": "本月未批"}],
    ),
    case(
        "23 words that only look so",
        project(1, note="项目前期手续10月30日前办完，3个月内开工，2021年内完成，应当前往"),
        says="",
    ),
    case(
        "24 sum among the projects",
        project(1),
        {"id": "合计", "total": 1000, "plan": 100, "done": 80},
        says="",
    ),
    case(
        "24 sum in the name's column",
        project(1),
        {"name": "小　计：", "plan": 100},
        says="",
    ),
    case("24 section heading", {"id": "一、县重点"}, project(1), says=""),
    case(
        "24 section heading with sums",
        {"id": "一", "name": "县重点", "plan": 100},
        project(1),
        says="",
    ),
    case("24 a project that is merely called so", project(1, name="小计量站改造"), says=""),
    case("25 error value", project(1, total=CellError("#REF!")), says="KP25 E total2"),
    case("25 error value as a name", project(1, name=CellError("#N/A")), says="KP25 E name2"),
    case("26 never calculated", project(1, total=Uncalculated("A1+1")), says="KP26 E total2"),
    case("27 no level", project(1, level=None), says="KP27 E level2"),
    case("27 no nature", project(1, nature=None), says="KP27 E nature2"),
    case(
        "28 the sum row claims another sum",
        project(1),
        {"id": "合计", "plan": 101},
        says="KP28 E plan3",
    ),
    case(
        "29 not marked",
        project(1, marked_started=None),
        project(2, marked_started="是"),
        says="KP29 E marked_started2",
    ),
    case(
        "29 marked not started, with a date",
        project(1, marked_started="否"),
        says="KP29 E marked_started2",
    ),
    case("30 nothing to judge by", behind(1, done=None), says="KP30 E done2"),
    case(
        "31 issue of an unknown project",
        project(1),
        says="KP31 E 问题清单 id 2",
        issues=[{"id": "P99", "kind": "土地", "text": "未批"}],
    ),
    case(
        "31 issue by the project's alias",
        behind(1, alias="小水库；老水库"),
        says="",
        issues=[{"id": "老水库", "kind": "土地", "text": "未批"}],
    ),
    case(
        "31 an alias that two projects share means neither",
        behind(1, alias="小水库"),
        behind(2, alias="小水库"),
        says="KP31 E 问题清单 id 2",
        issues=[{"id": "小水库", "kind": "土地", "text": "未批"}],
    ),
    case(
        "31 monthly plan of an unknown project",
        project(1),
        says="KP31 E 月度计划 id 2",
        monthly_plan=[{"id": "P99", "m1": 1}],
    ),
    case(
        "32 issue of a project that runs well",
        project(1),
        says="",
        issues=[{"id": "P01", "kind": "土地", "text": "未批"}],
    ),
    case(
        "32 issue of a finished project",
        project(1, done=100, actual_finish=day("2021-09-01")),
        says="KP32 W 问题清单 state 2",
        issues=[{"id": "P01", "kind": "土地", "text": "未批", "state": "未解决"}],
    ),
    case(
        "33 gone since last month",
        project(1),
        says="KP33 E 月度完成 id 3",
        monthly_done=[{"id": "P01", **AS_LAST_MONTH}, {"id": "P02", **AS_LAST_MONTH}],
    ),
    case(
        "33 new since last month",
        project(1),
        project(2),
        says="KP33 E id3",
        monthly_done=[{"id": "P01", **AS_LAST_MONTH}],
    ),
    case(
        "33 none without a figure, last month or now",
        project(1),
        early(2, plan=None, done=None),
        says="KP04 W done3, KP10 W plan3",
        monthly_done=[{"id": "P01", **AS_LAST_MONTH}],
    ),
    case(
        "33 both noted",
        project(1),
        project(3, move="调入"),
        says="",
        monthly_done=[
            {"id": "P01", **AS_LAST_MONTH},
            {"id": "P02", "move": "调出", **AS_LAST_MONTH},
        ],
    ),
    case(
        "34 falls",
        project(1),
        says="KP34 E 月度计划 m3 2",
        monthly_plan=[{"id": "P01", **FULL_YEAR, "m3": 5}],
    ),
    case(
        "34 does not reach the year's plan",
        project(1),
        says="KP34 E 月度计划 m12 2",
        monthly_plan=[{"id": "P01", **FULL_YEAR, "m12": 111}],
    ),
    case("34 rises", project(1), says="", monthly_plan=[{"id": "P01", **FULL_YEAR}]),
    case(
        "34 no monthly plan to judge by", project(1, yardstick="月度计划"), says="KP34 E yardstick2"
    ),
    case(
        "36 unknown name",
        project(1),
        says="KP36 W 措辞 template 2",
        wording={"标题": "{{ 县名 }}通报"},
    ),
    case(
        "36 unknown paragraph", project(1), says="KP36 W 措辞 paragraph 2", wording={"题目": "通报"}
    ),
    case("37 not a number", project(1), says="KP37 E 参数 value 2", settings={"tolerance": "五个"}),
    case("37 beyond reason", project(1), says="KP37 E 参数 value 2", settings={"decimals": 9}),
    case("37 no such parameter", project(1), says="KP37 W 参数 name 2", settings={"容忍度": 5}),
    case(
        "37 not in the list", project(1), says="KP37 E 参数 value 2", settings={"yardstick": "按周"}
    ),
    case(
        "37 issued before the cut-off",
        project(1),
        says="KP37 W 参数 value 2",
        settings={"issued": day("2021-09-29")},
    ),
    case(
        "37 issued in another month",
        project(1),
        says="KP37 W 参数 value 2",
        settings={"issued": day("2021-11-15")},
    ),
    case(
        "37 issued in time",
        project(1),
        says="",
        settings={"issued": day("2021-11-14")},
    ),
    case("37 half a season", project(1), says="KP37 E 参数", settings={"season_start": "3月15日"}),
    case(
        "37 a season that ends on 29 February",
        project(1),
        says="KP37 E 参数 value 3",
        settings={"season_start": "1月15日", "season_end": day("2024-02-29")},
    ),
    case(
        "37 no season to count by",
        project(1),
        says="KP37 E 参数 value 2",
        settings={"yardstick": "有效施工期"},
    ),
    case(
        "37 no season for one project", project(1, yardstick="有效施工期"), says="KP37 E yardstick2"
    ),
    case(
        "37 no monthly plan to count by",
        project(1),
        says="KP37 E 参数 value 2",
        settings={"yardstick": "月度计划"},
    ),
    case(
        "16 cut-off read and said back",
        project(1),
        says="KP16 W 参数 value 2",
        as_of=None,
        settings={"as_of": "2021.9.30"},
    ),
]


SEEN: dict[int, tuple[Outcome, Book]] = {}


def once(projects: Any, rest: Any) -> tuple[Outcome, Book]:
    """What comes of a case, worked out once for all tests, and its workbook."""
    if id(projects) not in SEEN:
        others = {key: value for key, value in rest.items() if key != "as_of"}
        SEEN[id(projects)] = see(*projects, **rest), book(*projects, **others)
    return SEEN[id(projects)]


@pytest.mark.parametrize(("projects", "rest", "told"), ROWS)
def test_one_thing_wrong_is_told_and_nothing_else(
    projects: Any, rest: Any, told: list[str]
) -> None:
    outcome, desk = once(projects, rest)
    assert sorted(keyed(outcome, desk)) == sorted(told)


LAID = table(LEDGER, [project(1), project(2)])
TOTAL = LAID[0].index(LEDGER["total"].heading) + 1
LOOKS = [
    ("hidden row", Grid(LAID, hidden=frozenset({3})), ["KP35 W id3"]),
    ("hidden row elsewhere", Grid(LAID, hidden=frozenset({9})), []),
    ("filter", Grid(LAID, filtered=True), ["KP35 W id1"]),
    (
        "merged data",
        Grid(LAID, merged=(f"{address(2, TOTAL)}:{address(2, TOTAL + 1)}",)),
        ["KP35 W total2"],
    ),
    ("merged headings", Grid(LAID, merged=("A1:B1",)), []),
    (
        "formula into another workbook",
        Grid(LAID, formulas={(2, TOTAL): "[1]Sheet1!A1"}),
        ["KP25 E total2"],
    ),
    (
        "unit in the heading",
        Grid(
            [
                [h if h != "总投资" else "总投资（亿元）" for h in LAID[0]],
                *([0.1 if v == 1000 else v for v in row] for row in LAID[1:]),
            ]
        ),
        ["KP06 W total1"],
    ),
    (
        "unit in the heading that cannot be",
        Grid([[h if h != "总投资" else "总投资（亿元）" for h in LAID[0]], *LAID[1:]]),
        ["KP39 E plan1"],
    ),
]


@pytest.mark.parametrize(
    ("grid", "told"), [line[1:] for line in LOOKS], ids=[line[0] for line in LOOKS]
)
def test_what_hides_or_bends_data_is_told(grid: Grid, told: list[str]) -> None:
    """KP35, KP25 and KP06 see what is not a value: hidden rows, filters, merges, links, units in headings."""
    desk = book(**{LEDGER.title: grid})
    assert keyed(run(desk, day("2021-09-30")), desk) == told


SAID_ELSEWHERE = {"KP38", "KP40"}
"""Codes of the Word document's charts, with the tests of the document, and of the clerk's own sheets, with theirs."""


def test_every_code_has_a_case() -> None:
    """No check is declared that no ledger here brings out."""
    shown = {word.split()[0] for parameter in ROWS for word in parameter.values[2]} | {
        told.split()[0] for _, _, line in LOOKS for told in line
    }
    assert shown == CODES.keys() - SAID_ELSEWHERE


@pytest.mark.parametrize(("projects", "rest", "told"), ROWS)
def test_messages_say_where_what_and_what_to_do_in_chinese(
    projects: Any, rest: Any, told: list[str]
) -> None:
    """Where — what should be — what is — what to do, in one line that ends with a full stop and has no foreign word."""
    found = once(projects, rest)[0].problems
    assert len(found) == len(told)
    for problem in found:
        assert problem.message.startswith(f"「{problem.sheet}」{problem.cell}")
        assert problem.message.endswith("。")
        assert len(problem.saying) > 2
        assert problem.remedy
        assert not set("\n\r\t") & set(problem.message)
        bare = re.sub(
            r"「[^」]*」|\{\{?.*?\}\}?|[A-Z]{1,3}\d+(:[A-Z]+\d+)?|\bExcel\b|#[A-Z/0!]+|--as-of",
            "",
            problem.message,
        )
        assert not re.search(r"[A-Za-z]", bare), problem.message
        assert not re.search(r"。。|，。|，，|：。|None|nan", problem.message), problem.message
