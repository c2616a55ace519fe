"""Each project has one status and one light, by rule, from unrounded values (design §3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import behind, day, early, project, see, unstarted

from xlplugin.pipeline import Outcome

MISSED, REACHED, WAITING, UNRATED = "未达到序时", "达到序时", "未开工", "暂不评价"
DONE = {"actual_finish": day("2021-09-30"), "done": 100}
BY_HAND = {"verdict_reason": "现场核实"}


def one(outcome: Outcome, key: str = "status") -> str:
    """The only project's status or light."""
    (value,) = outcome.facts.data.listed(key)
    return str(value)


RULES = [
    # 1. 在建 and no start up to the cut-off
    ("no start", unstarted(), {}, WAITING),
    ("start after the cut-off", project(actual_start=day("2021-10-01")), {}, WAITING),
    ("start on the cut-off", project(actual_start=day("2021-09-30")), {}, REACHED),
    ("no start goes before finished", unstarted(**DONE), {}, WAITING),
    ("no start goes before 人工认定", unstarted(verdict="达到", **BY_HAND), {}, WAITING),
    ("no start matters not to 前期", early(), {}, REACHED),
    # 2. finished up to the cut-off
    ("finished goes before 人工认定", project(**DONE, verdict="未达到", **BY_HAND), {}, REACHED),
    ("finished, little done", project(**{**DONE, "done": 1}), {}, REACHED),
    (
        "finish after the cut-off counts not yet",
        project(actual_finish=day("2021-10-01"), done=1),
        {},
        MISSED,
    ),
    # 3. 人工认定
    ("judged to lag", project(done=100, verdict="未达到", **BY_HAND), {}, MISSED),
    ("judged to be on time", project(done=1, verdict="达到", **BY_HAND), {}, REACHED),
    ("judged goes before no plan", project(plan=None, verdict="未达到", **BY_HAND), {}, MISSED),
    # 4. no plan
    ("no plan", project(plan=None), {}, UNRATED),
    ("no plan, finished", project(plan=None, actual_finish=day("2021-09-01")), {}, REACHED),
    ("plan 0", project(plan=0, done=0), {}, UNRATED),
    # 5. completion against expected
    ("exactly as expected", project(done=75), {}, REACHED),
    ("one 分 short", project(done=Decimal("74.999999")), {}, MISSED),
    ("one 分 over", project(done=Decimal("75.000001")), {}, REACHED),
    ("7/12 of twelve", project(plan=12, done=7), {"as_of": "2021-07-31"}, REACHED),
    (
        "7/12 of 0.12, which no float holds",
        project(plan=0.12, done=0.07),
        {"as_of": "2021-07-31"},
        REACHED,
    ),
    ("11/12 of 1.2", project(plan=1.2, done=1.1), {"as_of": "2021-11-30"}, REACHED),
    ("1/3 of 0.3", project(plan=0.3, done=0.1), {"as_of": "2021-04-30", "settings": {}}, REACHED),
    (
        "a huge plan, one 分 short",
        project(total=9 * 10**8, plan=Decimal("800000000"), done=Decimal("599999999.999999")),
        {},
        MISSED,
    ),
    ("a huge plan, exactly", project(total=9 * 10**8, plan=800000000, done=600000000), {}, REACHED),
    (
        "3 days of 365",
        project(plan=365, done=3, actual_start=day("2021-03-01")),
        {"as_of": "2022-01-03", "settings": {"yardstick": "按日"}},
        REACHED,
    ),
    (
        "60 days of 366",
        project(plan=366, done=60),
        {"as_of": "2024-02-29", "settings": {"yardstick": "按日"}},
        REACHED,
    ),
    ("within 15 points", project(done=60), {"settings": {"tolerance": 15}}, REACHED),
    (
        "a 分 beyond 15 points",
        project(done=Decimal("59.999999")),
        {"settings": {"tolerance": 15}},
        MISSED,
    ),
    ("within 0.1 points", project(done=74.9), {"settings": {"tolerance": 0.1}}, REACHED),
    ("beyond 0.1 points", project(done=74.89), {"settings": {"tolerance": 0.1}}, MISSED),
    ("no figure cannot be shown to be on time", behind(done=None), {}, MISSED),
    (
        "where its own yardstick fails the county's counts: 273 days of 365",
        project(plan=365, done=273, yardstick="月度计划"),
        {"settings": {"yardstick": "按日"}},
        REACHED,
    ),
    (
        "factor typed as a number of per cent",
        project(done=60, yardstick="按月×系数"),
        {"settings": {"factor": 80}},
        REACHED,
    ),
    (
        "factor typed as a number of per cent, a 分 short",
        project(done=Decimal("59.999999"), yardstick="按月×系数"),
        {"settings": {"factor": 80}},
        MISSED,
    ),
    (
        "factor typed as a share",
        project(done=60, yardstick="按月×系数"),
        {"settings": {"factor": 0.8}},
        REACHED,
    ),
    (
        "half past judged by its own yardstick",
        project(done=50, plan=100, yardstick="月度计划"),
        {"monthly_plan": [{"id": "P01", "m9": 50}]},
        REACHED,
    ),
    (
        "70 % at three quarters, factor 80 %",
        project(done=60, yardstick="按月×系数"),
        {"settings": {"factor": "80%"}},
        REACHED,
    ),
]


@pytest.mark.parametrize(
    ("row", "rest", "status"), [line[1:] for line in RULES], ids=[line[0] for line in RULES]
)
def test_the_first_rule_that_fits_decides(
    row: dict[str, Any], rest: dict[str, Any], status: str
) -> None:
    assert one(see(row, **rest)) == status


RATIO = {"light_rule": "比例", "yellow_ratio": "80%", "red_ratio": "60%"}
LIGHTS = [
    ("on schedule", project(), {}, "绿"),
    ("a little behind", behind(done=74.99), {}, "黄"),
    ("behind for want of a figure", behind(done=None), {}, "黄"),
    (
        "behind for want of a figure, far from any threshold",
        behind(done=None),
        {"settings": {"yellow_points": 10}},
        "黄",
    ),
    ("exactly 20 points", behind(done=55), {}, "黄"),
    ("a 分 beyond 20 points", behind(done=Decimal("54.999999")), {}, "红"),
    ("exactly the yellow threshold", behind(done=65), {"settings": {"yellow_points": 10}}, "绿"),
    ("beyond the yellow threshold", behind(done=64.99), {"settings": {"yellow_points": 10}}, "黄"),
    ("ratio: exactly 80 %", behind(done=60), {"settings": RATIO}, "绿"),
    ("ratio: under 80 %", behind(done=59.99), {"settings": RATIO}, "黄"),
    ("ratio: exactly 60 %", behind(done=45), {"settings": RATIO}, "黄"),
    ("ratio: under 60 %", behind(done=44.99), {"settings": RATIO}, "红"),
    ("judged to lag, far ahead", project(done=100, verdict="未达到", **BY_HAND), {}, "黄"),
    (
        "judged to lag, nothing to compare",
        project(plan=None, verdict="未达到", **BY_HAND),
        {},
        "黄",
    ),
    ("no plan, nothing to compare", project(plan=None), {}, "灰"),
    ("judged to lag, far behind", behind(done=1, verdict="未达到", **BY_HAND), {}, "红"),
    ("judged to be on time, far behind", project(done=1, verdict="达到", **BY_HAND), {}, "绿"),
    ("start planned for tomorrow", unstarted(planned_start=day("2021-10-01")), {}, "灰"),
    ("start planned for today", unstarted(planned_start=day("2021-09-30")), {}, "黄"),
    ("no planned start", unstarted(), {}, "黄"),
    ("planned by the month alone", unstarted(planned_start="2021年10月"), {}, "灰"),
    ("three months to the day", unstarted(planned_start=day("2021-06-30")), {}, "红"),
    ("three months but for a day", unstarted(planned_start=day("2021-07-01")), {}, "黄"),
    (
        "30 November and three months",
        unstarted(planned_start=day("2020-11-30")),
        {"as_of": "2021-02-28"},
        "红",
    ),
    (
        "29 November and three months, leap year",
        unstarted(planned_start=day("2023-11-30")),
        {"as_of": "2024-02-28"},
        "黄",
    ),
    (
        "30 November and three months, leap year",
        unstarted(planned_start=day("2023-11-30")),
        {"as_of": "2024-02-29"},
        "红",
    ),
    (
        "red after one month, if so decided",
        unstarted(planned_start=day("2021-08-30")),
        {"settings": {"red_months": 1}},
        "红",
    ),
]


@pytest.mark.parametrize(
    ("row", "rest", "light"), [line[1:] for line in LIGHTS], ids=[line[0] for line in LIGHTS]
)
def test_lights(row: dict[str, Any], rest: dict[str, Any], light: str) -> None:
    assert one(see(row, **rest), "light") == light


DATED = [
    ["参数", "值", "生效日期"],
    ["红灯百分点", 30],
    ["红灯百分点", 10, day("2021-07-01")],
    ["红灯百分点", 5, day("2022-01-01")],
]


@pytest.mark.parametrize(
    ("as_of", "done", "light"),
    [
        ("2021-06-30", 25, "黄"),
        ("2021-07-01", 25, "红"),
        ("2021-12-31", 90, "黄"),
        ("2021-12-31", 89.9, "红"),
        ("2022-01-01", 2, "红"),
        ("2022-01-31", 3.34, "黄"),
    ],
)
def test_dated_thresholds_are_picked_by_the_reports_date(
    as_of: str, done: float, light: str
) -> None:
    """
    | 参数 | 值 | 生效日期 |
    | 红灯百分点 | 30 | |
    | 红灯百分点 | 10 | 2021-07-01 |
    | 红灯百分点 | 5 | 2022-01-01 |
    """
    assert (
        one(
            see(behind(done=done, actual_start=day("2020-03-01")), as_of=as_of, 参数=DATED), "light"
        )
        == light
    )


FOUR = [
    project(1),
    unstarted(2, planned_start=day("2021-08-01")),
    unstarted(3, planned_start=day("2021-12-01")),
    early(4),
    project(5, planned_start=day("2021-12-01")),
]


@pytest.mark.parametrize(
    ("planned", "due"),
    [(day("2021-09-30"), 2), (day("2021-10-01"), 1), (None, 2)],
    ids=["planned for the cut-off day", "planned for the day after", "no date planned"],
)
def test_what_should_have_been_started(planned: Any, due: int) -> None:
    """应开工: beside what has started, whatever was planned up to the cut-off day, or without a day."""
    found = see(project(1), unstarted(2, planned_start=planned), settings={"start_basis": "应开工"})
    assert found.figures.start_base == due


@pytest.mark.parametrize(
    ("basis", "rate"), [("在建", "50.00"), ("全部", "40.00"), ("应开工", "66.67")]
)
def test_the_start_rate_has_three_bases(basis: str, rate: str) -> None:
    """Two of four 在建 started: of five in all; of three due (planned − not on time + early)."""
    from xlplugin.render.record import record

    found = record(see(*FOUR, settings={"start_basis": basis}))
    assert (found["started"], found["start_rate"]) == (2, rate)


ROWS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["省重点", "市重点", "县重点"]),
        "nature": st.sampled_from(["在建", "前期"]),
        "plan": st.one_of(st.none(), st.integers(0, 10**6)),
        "done": st.one_of(st.none(), st.integers(0, 10**6)),
        "total": st.integers(0, 10**7),
        "actual_start": st.sampled_from([None, day("2021-01-05"), day("2021-12-05")]),
        "actual_finish": st.sampled_from([None, day("2021-09-30")]),
        "verdict": st.sampled_from([None, "达到", "未达到"]),
        "planned_start": st.sampled_from([None, day("2021-01-05"), day("2021-12-05")]),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_parts_make_up_the_whole(rows: list[dict[str, Any]]) -> None:
    """Law: statuses, groups, levels and natures each part the projects; sums of parts are the sum of the whole, to the 分."""
    figures = see(*(project(n, **row) for n, row in enumerate(rows, start=1))).figures
    everyone = sorted(row for rows_ in figures.lists.values() for row in rows_)
    assert everyone == list(range(2, len(rows) + 2))
    assert (
        sum(figures.levels.values())
        == sum(figures.natures.values())
        == figures.whole.count
        == len(rows)
    )
    for key in ("count", "total", "plan", "done"):
        assert sum(getattr(group, key) for group in figures.groups.values()) == getattr(
            figures.whole, key
        )
    assert figures.started + len(figures.not_started) == figures.building
    assert figures.whole.done == sum(row["done"] or 0 for row in rows) * 1_000_000
