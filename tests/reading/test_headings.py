"""Headings of every depth. A test's sheet is drawn with bars; what each heading means is written below it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from line.desk import grid

from xlplugin.book import Grid
from xlplugin.cells import plain
from xlplugin.reading.headings import find
from xlplugin.reading.meaning import meaning


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("序号", "serial"),
        ("重点项目名称", "name"),
        ("重点类别", "level"),
        ("总投资（亿元，含设备）", "total 亿元"),
        ("今年计划投资", "plan 本年"),
        ("本年度投资计划", "plan 本年"),
        ("2021年目标任务", "plan 2021"),
        ("2021年度投资计划（调整后）", "plan 2021 调整后"),
        ("年度计划投资（年初）", "plan 本年 年初"),
        ("十四五计划投资", "plan 别的时段"),
        ("1-9月累计完成投资", "done (1, 9) +"),
        ("一至九月完成投资", "done (1, 9)"),
        ("截至9月底累计完成投资（万元）", "done (1, 9) + 万元"),
        ("前三季度完成投资", "done (1, 9)"),
        ("三季度完成投资", "done (7, 9)"),
        ("完成投资（当月）", "done 当月"),
        ("自开工累计完成投资", "done + 自开工累计"),
        ("截至2020年底累计完成投资", "done 2020 + 以前年度"),
        ("完成年度计划比例（%）", "ratio 本年"),
        ("开工（计划开工）时间", "unsureplanned_start"),
        ("开工日期（计划）", "planned_start"),
        ("开工时间", "start"),
        ("预计开工时间", "expected_start"),
        ("竣工时间", "finish"),
        ("是否开工", "marked_started"),
        ("进度状态", "marked_started"),
        ("滞后原因及困难", "cause"),
        ("工作进展", "actual_progress"),
        ("项目业主", "agency"),
        ("牵头领导", "person"),
        ("建设规模及内容", "content"),
        ("开工·计划", "planned_start"),
        ("形象进度·计划", "planned_progress"),
        ("2021年投资·完成", "done 2021"),
        ("累计完成投资·9月当月", "done (9, 9) + 当月"),
        ("2021年·1-9月完成", "done 2021 (1, 9)"),
        ("城南水厂", ""),
    ],
)
def test_what_a_heading_says(heading: str, what: str) -> None:
    """Thing, year, months, whether cumulative, basis, version, unit: only what the words say."""
    said = meaning([plain(level) for level in heading.split("·")])
    parts = [said.what, said.year, said.months, "+" if said.summed else "", said.basis]
    assert " ".join(str(p) for p in [*parts, said.version, *said.units] if p) == what


def words(document: str, **more: Any) -> tuple[list[str], int]:
    """Each column's heading as letter and words, and the first row below the headings."""
    block = find(Grid(grid(document), **more))
    assert block is not None
    return [f"{c.heading.cell} {c.heading.words}" for c in block.columns], block.below


def test_two_rows_with_merged_groups() -> None:
    found, below = words(
        """
        | 2021年1-9月重点项目完成情况表 |
        | 序号 | 项目名称 | 总投资 | 2020年 | | 2021年 | | 备注 |
        | | | | 计划 | 完成 | 计划 | 完成 | |
        | 1 | 甲河水库 | 5000 | 10 | 10 | 20 | 15 | |
        """,
        merged=("A1:H1", "A2:A3", "D2:E2", "F2:G2"),
    )
    assert found[3:7] == ["D3 2020年·计划", "E3 2020年·完成", "F3 2021年·计划", "G3 2021年·完成"]
    assert (found[0], below) == ("A2 序号", 4)


def test_three_rows_not_merged_and_a_number_row() -> None:
    found, below = words(
        """
        | 序号 | 项目名称 | 投资（万元） | | | 开工 |
        | | | 总投资 | 2021年 | | 日期 |
        | | | | 计划 | 完成 | 实际 |
        | 甲 | 乙 | 1 | 2 | 3 | 4 |
        | 1 | 甲河水库 | 5000 | 20 | 15 | 2021-03-01 |
        """
    )
    assert found[2:] == [
        "C2 投资(万元)·总投资",
        "D3 投资(万元)·2021年·计划",
        "E3 投资(万元)·2021年·完成",
        "F3 开工·日期·实际",
    ]
    assert below == 5


def test_groups_above_a_full_row_and_far_down_the_sheet() -> None:
    found, below = words(
        "\n".join(["| |"] * 40)
        + """
        | | | 填报单位：发改局 | | 单位：亿元 |
        | | | | | 投资情况（亿元） | | 备注 |
        | | 序号 | 项目名称 | 项目级别 | 总投资 | 计划投资 | |
        | | 1 | 甲河水库 | 县重点 | 5 | 1 | |
        """.strip("\n")
    )
    assert found[3] == "E42 投资情况(亿元)·总投资"
    assert below == 43


def test_a_row_of_units_and_headings_that_are_dates() -> None:
    rows = [
        ["序号", "项目名称", "总投资", "累计完成投资", None],
        [None, None, "万元", dt.date(2021, 8, 1), dt.date(2021, 9, 1)],
        [1, "甲河水库", 500, 20, 30],
    ]
    block = find(Grid(rows))
    assert block is not None
    assert block.columns[2].meaning.units == ("万元",)
    assert [c.meaning.months for c in block.columns[3:]] == [(8, 8), (9, 9)]
    assert {c.meaning.what for c in block.columns[3:]} == {"done"}
    assert block.below == 3


def test_a_section_row_is_no_heading() -> None:
    _, below = words(
        """
        | 序号 | 项目名称 | 总投资 | 年度计划投资 |
        | 2021年续建项目 |
        | 1 | 甲河水库 | 5000 | 20 |
        """
    )
    assert below == 2
