"""The bulletin closes: its counts equal the names behind them, whatever the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from line import closing
from line.desk import behind, day, early, project, see, unstarted

from xlplugin.pipeline import Outcome
from xlplugin.render.text import text


def faults(outcome: Outcome) -> list[str]:
    """What does not close in an outcome's bulletin."""
    return closing.faults(text(outcome.bulletin), outcome.facts.data.values("name"))


SAME = {"cause": "资金未到位"}
ISSUES = [
    {"id": f"P{n:02}", "kind": kind, "text": "未解决好", "quantity": 3, "measure": unit}
    for n, kind, unit in (
        (1, "资金", "万元"),
        (2, "资金", "亿元"),
        (3, "土地", "亩"),
        (3, "征拆", "户"),
    )
]
EDGES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "one project": ([project(1)], {}),
    "one behind": ([behind(1)], {}),
    "one not started": ([unstarted(1)], {}),
    "one under preparation": ([early(1)], {}),
    "nothing behind": ([project(n) for n in range(1, 9)], {}),
    "all not started": ([unstarted(n) for n in range(1, 9)], {}),
    "all not started for one cause": ([unstarted(n, **SAME) for n in range(1, 9)], {}),
    "sixty behind": ([behind(n) for n in range(1, 61)], {}),
    "sixty behind for one cause": (
        [behind(n, **SAME, level=["省重点", "市重点", "县重点"][n % 3]) for n in range(1, 61)],
        {},
    ),
    "all under preparation": (
        [early(n, done=10, cause=f"缘由{n}", parts=1, parts_behind=1) for n in range(1, 6)],
        {},
    ),
    "no plan anywhere": ([project(n, plan=0) for n in range(1, 6)], {}),
    "no plan, and some not started": ([project(1, plan=None), unstarted(2, plan=None)], {}),
    "over 100 %": ([project(n, done=151) for n in range(1, 4)], {}),
    "nothing done": ([behind(n, done=0) for n in range(1, 4)], {}),
    "January": (
        [project(1, actual_start=day("2020-03-01")), unstarted(2)],
        {"as_of": "2021-01-31"},
    ),
    "December": ([project(1), behind(2), unstarted(3)], {"as_of": "2021-12-31"}),
    "29 February": (
        [
            project(1, actual_start=day("2023-03-01")),
            behind(2, done=1, actual_start=day("2023-03-01")),
        ],
        {"as_of": "2024-02-29"},
    ),
    "a hair below": (
        [behind(1, plan=10**7, total=10**8, done=7499999.99), project(2, done=75)],
        {},
    ),
    "exactly on schedule": ([project(1, done=75), unstarted(2, plan=None)], {}),
    "odd names": (
        [
            project(1, name="“甲”水库{{ 总数 }}"),
            behind(2, name="乙\n水库（二期）"),
            unstarted(3, name="丙{水}库<&>"),
        ],
        {},
    ),
    "texts with full stops": (
        [
            behind(1, cause="因图纸未到。", actual_progress="打桩。", planned_progress="封顶；"),
            unstarted(2, cause="因土地未批，", stage="正在报批。"),
        ],
        {},
    ),
    "a cause of a full stop": (
        [behind(1, cause="。"), unstarted(2, cause="因"), early(3, cause="；")],
        {},
    ),
    "vague expectations": (
        [
            unstarted(1, expected_start="待定", expected_tender="未定"),
            unstarted(2, expected_start="预计10月下旬开工", expected_tender="预计10月上旬招标"),
            unstarted(3, expected_start="9月下旬"),
            unstarted(4, expected_start="四季度"),
        ],
        {},
    ),
    "issues": ([behind(1), behind(2), unstarted(3)], {"issues": ISSUES}),
    "season over": (
        [behind(1)],
        {"as_of": "2021-12-31", "settings": {"season_start": "3月15日", "season_end": "11月10日"}},
    ),
    "season ahead": (
        [unstarted(1)],
        {"as_of": "2021-01-31", "settings": {"season_start": "3月15日", "season_end": "11月10日"}},
    ),
    "no decimals, 万元": (
        [project(1), behind(2), unstarted(3)],
        {"settings": {"decimals": 0, "unit": "万元"}},
    ),
    "benchmarks and finished": (
        [
            project(1, model="是"),
            project(2, model="是", done=100, actual_finish=day("2021-08-01")),
            project(3, cited="是"),
        ],
        {},
    ),
    "errors, forced": (
        [project(1, level=None), behind(2, nature=None), unstarted(3), behind(4, done=None)],
        {},
    ),
    "own yardsticks": ([project(1, yardstick="按日"), project(2)], {}),
    "half done judged by hand": (
        [project(1, verdict="未达到", verdict_reason="节点滞后", cause="缺土", plan=None)],
        {},
    ),
}


@pytest.mark.parametrize("name", EDGES)
def test_edge_ledgers_close(name: str) -> None:
    rows, rest = EDGES[name]
    assert faults(see(*rows, **rest)) == []


CAUSES = st.sampled_from(
    [None, "资金未到位", "图纸未到。", "因土地未批", "设计变更；资金紧张", "。"]
)
TEXTS = st.sampled_from([None, "完成打桩", "正在封顶。", "基础开挖，主体一层"])
PROJECTS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["省重点", "市重点", "县重点"]),
        "nature": st.sampled_from(["在建", "在建", "前期"]),
        "plan": st.sampled_from([0, None, 1, 100, 12000.5]),
        "done": st.sampled_from([0, 0.01, 7.5, 75, 80, 120, 9000.37]),
        "total": st.just(100000),
        "actual_start": st.sampled_from(
            [None, day("2020-05-01"), day("2021-08-31"), day("2021-10-01")]
        ),
        "actual_finish": st.sampled_from([None, None, day("2021-09-15")]),
        "cause": CAUSES,
        "stage": TEXTS,
        "actual_progress": TEXTS,
        "planned_progress": TEXTS,
        "parts": st.sampled_from([None, 0, 3]),
        "parts_behind": st.sampled_from([None, 0, 2]),
        "verdict": st.sampled_from([None, None, "达到", "未达到"]),
        "yardstick": st.sampled_from([None, None, "按日", "按月×系数", "形象节点"]),
        "model": st.sampled_from([None, "是"]),
        "cited": st.sampled_from([None, "否", "是"]),
        "expected_start": st.sampled_from([None, "10月下旬", "9月上旬", "四季度"]),
        "expected_tender": st.sampled_from([None, "10月上旬"]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PROJECTS, min_size=1, max_size=12),
    st.lists(st.sampled_from(ISSUES), max_size=3, unique_by=lambda i: (i["id"], i["kind"])),
    st.sampled_from([0, 1, 2, 4]),
    st.sampled_from(["亿元", "万元"]),
)
def test_any_ledger_closes(
    rows: list[dict[str, Any]], issues: list[dict[str, Any]], decimals: int, unit: str
) -> None:
    """Law: over random ledgers, right and wrong ones alike, no count differs from its names."""
    projects = [project(n, **row) for n, row in enumerate(rows, start=1)]
    assert (
        faults(see(*projects, issues=issues, settings={"decimals": decimals, "unit": unit})) == []
    )


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("未开工项目（1项）", "未开工项目（2项）"),
        ("达到序时进度2项", "达到序时进度3项"),
        ("重点工程4项", "重点工程5项"),
        ("（二）达到", "（三）达到"),
        ("2项重点工程达到", "3项重点工程达到"),
        ("二是", "三是"),
        ("县重点在建（3项）", "县重点在建（4项）"),
        ("加快办理乙河谷水库的", "加快办理的"),
    ],
)
def test_the_checker_sees_what_the_seed_got_wrong(true: str, false: str) -> None:
    """The checker is no friend of the program: each miscount, planted by hand, is found."""
    outcome = see(unstarted(1), behind(2), project(3), early(4))
    said = text(outcome.bulletin)
    assert true in said
    assert closing.faults(said.replace(true, false), outcome.facts.data.values("name"))


def test_projects_that_share_a_cause_are_told_together() -> None:
    """Word for word the same cause (but for 因 and the full stop) is said once, with all its projects and their number."""
    said = text(
        see(
            unstarted(1, **SAME),
            unstarted(2, cause="因资金未到位。"),
            unstarted(3),
            behind(4, **SAME),
            behind(5, **SAME),
            early(6, **SAME),
        ).bulletin
    )
    assert "1.乙河谷水库、丙河谷水库。均受资金未到位影响，尚未开工。" in said
    assert "戊河谷水库、己河谷水库。均受资金未到位影响，工程进度滞后。" in said
    assert "仍有3项在建项目尚未开工；庚河谷水库受资金未到位影响，推进缓慢。" in said


@pytest.mark.parametrize(
    ("count", "limit", "said"),
    [
        (1, 3, "的乙河谷水库达到或超过"),
        (2, 3, "丙河谷水库2项重点工程达到"),
        (3, 3, "丁河谷水库3项重点工程达到"),
        (4, 3, "丁河谷水库等4项重点工程达到"),
        (4, 1, "的乙河谷水库等4项重点工程达到"),
    ],
)
def test_a_few_are_named_and_the_rest_are_counted(count: int, limit: int, said: str) -> None:
    """One, some, and 等N项, where N is everyone."""
    assert said in text(
        see(*(project(n) for n in range(1, count + 1)), settings={"list_limit": limit}).bulletin
    )
