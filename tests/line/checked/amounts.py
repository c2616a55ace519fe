"""Amounts against each other, and against last month's (KP05–KP10, KP21)."""

from __future__ import annotations

from line.checked import case
from line.desk import behind, day, project

CASES = [
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
        "21 more behind than there are",
        behind(1, parts=3, parts_behind=4),
        says="KP21 E parts_behind2",
    ),
    case("21 every one of them behind", behind(1, parts=3, parts_behind=3), says=""),
]
