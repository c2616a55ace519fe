"""表 and 图 of an office's outline: by a column, by one within another, of projects; sums, ties, small groups, columns of its choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import AS_OF, behind, book, early, project, unstarted

from xlplugin.bulletin.blocks import Chart, Paragraph, PrintedTable
from xlplugin.bulletin.charts import MOST_PROJECTS
from xlplugin.errors import Problem
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import LEDGER, SETTINGS, WORDING

BEGUN = [["标题", "标题", None, "通报"], ["开头", "段", None, "情况如下。"]]
HEADS = [WORDING[key].heading for key in ("paragraph", "depth", "each", "template")]


def see(
    *rows: Mapping[str, Any],
    outline: list[tuple[str, ...]] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Outcome:
    """What comes of a ledger under an outline, with parameters by title."""
    ledger = book(*rows)
    sheets: dict[str, Any] = {LEDGER.title: ledger.read(LEDGER.title).rows}
    if outline:
        sheets[WORDING.title] = [HEADS, *BEGUN, *map(list, outline)]
    if parameters:
        sheets[SETTINGS.title] = [["参数", "值"], *map(list, parameters.items())]
    return run(MemoryBook(sheets), AS_OF)


def wrong(outcome: Outcome) -> list[Problem]:
    """What is said of the outline and of 参数."""
    return [each for each in outcome.problems if each.sheet != LEDGER.title]


def tables(outcome: Outcome) -> list[PrintedTable]:
    return [block for block in outcome.bulletin.blocks if isinstance(block, PrintedTable)]


def notes(outcome: Outcome) -> list[str]:
    found = [block.text for block in outcome.bulletin.blocks if isinstance(block, Paragraph)]
    return [text for text in found if text.startswith("注：")]


ROWS = [
    project(1, level="省重点", agency="甲局", done=80),
    behind(2, agency="甲局"),
    project(3, agency="乙局", done=70, total=123456, cause="图纸未到"),
    project(4, agency="丙局", plan=None, done=0),
]


def test_a_table_by_a_column_within_another_has_subtotals_and_the_whole() -> None:
    outcome = see(*ROWS, outline=[("分级表", "表", "级别、责任单位", "各级各单位")])
    (table,) = tables(outcome)
    assert wrong(outcome) == []
    assert table.title == "各级各单位"
    assert [row[:4] for row in table.rows] == [
        ("（一）省重点（1项）",),
        ("1", "甲局", "1", "100"),
        ("—", "小计", "1", "100"),
        ("（二）县重点（3项）",),
        ("1", "乙局", "1", "100"),
        ("2", "甲局", "1", "100"),
        ("—", "丙局", "1", "0"),
        ("—", "小计", "3", "200"),
        ("—", "合计", "4", "300"),
    ]
    assert notes(outcome) == ["注：没有年度计划的不参加排名。"]


def test_ties_share_a_place_and_small_groups_have_none_as_is_said_below() -> None:
    rows = [project(n, agency=f"{'甲乙丙丁'[n // 2]}局", done=80 + n // 4) for n in range(7)]
    outcome = see(*rows, outline=[("表", "表", "责任单位", "")], parameters={"排名最少项数": 2})
    (table,) = tables(outcome)
    assert [row[:3] for row in table.rows] == [
        ("1", "丙局", "2"),
        ("2", "甲局", "2"),
        ("2", "乙局", "2"),
        ("—", "丁局", "1"),
        ("—", "合计", "7"),
    ]
    assert notes(outcome) == ["注：少于2项的不参加排名；完成率相同的名次并列。"]


def test_a_table_of_projects_has_the_columns_that_the_office_names() -> None:
    wanted = "项目名称、责任单位、实际开工日期、总投资、完成率、当前排第几、亮灯"
    outline = [("落后项目", "表", "未达到序时", "落后项目表"), ("全部表", "表", "", "")]
    outcome = see(*ROWS, outline=outline, parameters={"附表栏目": wanted})
    behind_table, every = tables(outcome)
    (said,) = wrong(outcome)
    assert (said.code, said.severity) == ("KP37", "W")
    assert "「当前排第几」不起作用" in said.message
    assert behind_table.head == (
        "序号",
        "项目名称",
        "责任单位",
        "实际开工日期",
        "总投资",
        "完成率",
        "亮灯",
    )
    assert behind_table.rows[1] == (
        "2",
        project(3)["name"],
        "乙局",
        "2021-03-01",
        "123,456",
        "70.00",
        "黄",
    )
    assert behind_table.rows[-1] == ("", "合计", "", "", "124,456", "65.00", "")
    assert behind_table.unit == "单位：万元、%"
    assert (every.title, len(every.rows)) == ("全部表", 5)


def test_each_part_of_a_table_of_projects_has_its_own_sum() -> None:
    levels = {1: "县重点", 2: "县重点", 3: "省重点", 4: "省重点"}
    rows = [project(n, level=level, done=10 * n) for n, level in levels.items()]
    appendix = tables(see(*rows))[0]
    done = appendix.head.index(LEDGER["done"].heading)
    sums = [(row[1], row[done]) for row in appendix.rows if len(row) > 1 and not row[0]]
    assert sums == [("小计", "70"), ("小计", "30"), ("合计", "100")]


def test_the_appendix_is_such_a_table_and_separators_are_the_offices_choice() -> None:
    chosen = {"附表栏目": "项目名称、总投资", "千位分隔": "否"}
    (table,) = tables(see(*ROWS, parameters=chosen))
    assert table.head == ("序号", "项目名称", "总投资")
    assert ("3", project(3)["name"], "123456") in table.rows
    assert table.rows[-1] == ("", "合计", "126456")


@pytest.mark.parametrize(
    ("each", "categories"),
    [
        ("责任单位", ("甲局", "乙局", "丙局")),
        ("未达到序时", (project(2)["name"], project(3)["name"])),
        ("", tuple(f"{month}月" for month in range(1, 13))),
    ],
)
def test_a_chart_goes_by_a_column_by_projects_or_by_months(
    each: str, categories: tuple[str, ...]
) -> None:
    outcome = see(*ROWS, outline=[("示意图", "图", each, "完成情况图")])
    (chart,) = [block for block in outcome.bulletin.blocks if isinstance(block, Chart)]
    assert wrong(outcome) == []
    assert (chart.title, chart.categories) == ("完成情况图", categories)


@pytest.mark.parametrize(
    ("each", "found"),
    [
        ("行业", "没有「行业」一栏"),
        ("级别、责任单位、性质", "栏"),
        ("完成律", "相近的有：完成率"),
        ("完成率", "是一个数字"),
    ],
)
@pytest.mark.parametrize("depth", ["表", "图"])
def test_a_table_by_what_there_is_not_says_so(depth: str, each: str, found: str) -> None:
    outcome = see(*ROWS, outline=[("甲表", depth, each, "")])
    (said,) = wrong(outcome)
    assert (said.code, said.severity, said.cell) == ("KP36", "W", "C4")
    assert found in said.message


PROJECTS = st.builds(
    lambda make, **values: {**make(1), **values},
    st.sampled_from([project, early, behind, unstarted]),
    level=st.sampled_from(["省重点", "县重点", "A类", None]),
    agency=st.sampled_from(["甲局", "乙局", None]),
    plan=st.one_of(st.none(), st.integers(0, 10**6)),
    done=st.integers(0, 10**6),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PROJECTS, min_size=1, max_size=12))
def test_a_tables_parts_add_up(rows: list[dict[str, Any]]) -> None:
    """Law: subtotals are the sums of their rows but for what is left empty, and the whole is the sum of the subtotals."""
    named = [
        {**row, "id": f"P{n}", "name": f"第{n}号工程", "agency": row["agency"] or "待定局"}
        for n, row in enumerate(rows)
    ]
    (table,) = tables(see(*named, outline=[("表", "表", "级别、责任单位", "")]))
    whole, parts, lines = table.rows[-1], [], []
    for row in table.rows[:-1]:
        if len(row) > 1 and row[1] == "小计":
            parts.append(row)
            assert list(map(number, row[2:5])) == [sum(each) for each in zip(*lines, strict=True)]
            lines = []
        elif len(row) > 1:
            lines.append(list(map(number, row[2:5])))
    assert list(map(number, whole[2:5])) == [
        sum(map(number, each)) for each in list(zip(*parts, strict=True))[2:5]
    ]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_a_chart_goes_by_one_column_and_has_room_for_so_many_bars() -> None:
    outcome = see(*ROWS, outline=[("示意图", "图", "级别、责任单位", "")])
    assert ["图只能按一栏画" in each.message for each in wrong(outcome)] == [True]
    rows = [project(n, agency=f"第{n}局") for n in range(1, 60)]
    (chart,) = [
        block
        for block in see(*rows, outline=[("示意图", "图", "责任单位", "")]).bulletin.blocks
        if isinstance(block, Chart)
    ]
    assert len(chart.categories) == MOST_PROJECTS
