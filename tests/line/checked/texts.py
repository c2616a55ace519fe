"""What is written about a project (KP18, KP20, KP22, KP23)."""

from __future__ import annotations

from line.checked import case
from line.desk import behind, day, early, project, unstarted

CASES = [
    case("18 behind without cause", behind(1, cause=None), says="KP18 E cause2"),
    case("18 not started without cause", unstarted(1, cause=None), says="KP18 E cause2"),
    case(
        "18 an amount that cannot be read is said alone",
        behind(1, cause=None, done="八千"),
        says="KP04 E done2",
    ),
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
]
