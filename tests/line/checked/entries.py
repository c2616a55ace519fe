"""What a cell holds, as it was typed (KP03, KP04, KP25, KP26)."""

from __future__ import annotations

from line.checked import case
from line.desk import day, project

from xlplugin.cells import CellError, Uncalculated

CASES = [
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
    case("25 error value", project(1, total=CellError("#REF!")), says="KP25 E total2"),
    case("25 error value as a name", project(1, name=CellError("#N/A")), says="KP25 E name2"),
    case("26 never calculated", project(1, total=Uncalculated("A1+1")), says="KP26 E total2"),
]
