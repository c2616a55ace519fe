"""Which rows are projects, each once (KP01, KP02, KP24)."""

from __future__ import annotations

from line.checked import case
from line.desk import behind, early, project, unstarted

CASES = [
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
        "02 the eastern one beside the whole",
        project(1, name="城郊产业园标准厂房"),
        project(2, name="城郊产业园东标准厂房"),
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
]
