"""What must add up, and the sheets beside the ledger (KP19, KP27–KP34)."""

from __future__ import annotations

from line.checked import case
from line.desk import behind, day, early, project

FULL_YEAR = {f"m{month}": month * 8 for month in range(1, 12)} | {"m12": 100}
AS_LAST_MONTH = {"m7": 60, "m8": 70}

CASES = [
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
]
