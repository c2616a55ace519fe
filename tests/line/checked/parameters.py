"""措辞 and 参数 (KP36, KP37)."""

from __future__ import annotations

from line.checked import case
from line.desk import day, project

CASES = [
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
