"""Starts, finishes and cut-off dates (KP11–KP17)."""

from __future__ import annotations

from line.checked import case
from line.desk import behind, day, project, unstarted

CASES = [
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
]
