"""A column is chosen by what its heading says, held against 30 September 2021; what remains in doubt is asked."""

from __future__ import annotations

import pytest
from reading.desk import HEAD, ONE, TWO, come_to, sheet

RIGHT = "2: 8.00 1.60 1.28"


@pytest.mark.parametrize(
    ("heading", "came"),
    [
        ("截至9月底累计完成投资", RIGHT),
        ("前三季度累计完成投资", RIGHT),
        ("一至九月完成投资额", RIGHT),
        ("2021年1—9月份完成投资（万元）", RIGHT),
        ("本年完成投资", RIGHT),
        ("截止9.30完成投资", RIGHT),
        ("截至三季度末完成投资", RIGHT),
        ("1-3季度完成投资", RIGHT),
        ("前两个季度完成投资", "问 G1"),
        ("截止8.31完成投资", "问 G1"),
        ("截至八月底累计完成投资", "问 G1"),
        ("九月份完成投资", "问 G1"),
        ("8-9月完成投资", "问 G1"),
        ("本月累计完成投资", "问 G1"),
        ("开工至今完成投资", "问 G1"),
        ("累计完成投资（含以前年度）", "问 G1"),
        ("上半年完成投资", "问 G1"),
        ("三季度完成投资", "问 G1"),
        ("当月完成投资", "问 G1"),
        ("9月完成投资", "问 G1"),
        ("1-8月完成投资", "问 G1"),
        ("截至8月底累计完成投资", "问 G1"),
        ("开工以来累计完成投资", "问 G1"),
        ("2020年完成投资", "问 G1"),
    ],
)
def test_the_only_figure_of_what_is_done(heading: str, came: str) -> None:
    head = HEAD.replace("累计完成投资", heading)
    assert come_to(sheet(head, ONE, TWO)) == came


@pytest.mark.parametrize(
    ("heading", "came"),
    [
        ("2021年计划投资", RIGHT),
        ("本年度投资计划", RIGHT),
        ("年初计划投资", RIGHT),
        ("2021年目标任务", RIGHT),
        ("2020年计划投资", "问 F1"),
        ("三季度计划投资", "问 F1"),
    ],
)
def test_the_only_plan(heading: str, came: str) -> None:
    assert come_to(sheet(HEAD.replace("年度计划投资", heading), ONE, TWO)) == came


def beside(before: str, headings: str, cells: str) -> str:
    """What comes of one project whose heading `before` is replaced by several, with these cells."""
    values = {"总投资": "50000", "年度计划投资": "10000", "累计完成投资": "8000"}
    line = ONE.replace(f"| {values[before]} |", f"| {cells} |", 1)
    return come_to(sheet(HEAD.replace(f" {before} ", f" {headings} ", 1), line))


@pytest.mark.parametrize(
    ("before", "headings", "cells", "came"),
    [
        ("累计完成投资", "本月完成 | 本年累计完成", "900 | 8000", "1: 5.00 1.00 0.80"),
        ("累计完成投资", "截至2020年底累计完成投资 | 2021年完成投资", "15000 | 8000", "1: 5.00 1.00 0.80"),
        ("累计完成投资", "2020年完成投资 | 2021年1-9月完成投资 | 完成率", "9000 | 8000 | 80%", "1: 5.00 1.00 0.80"),
        ("累计完成投资", "开工累计完成 | 1-9月完成", "12000 | 8000", "1: 5.00 1.00 0.80"),
        ("累计完成投资", "累计完成投资 | 累计完成投资额", "8000 | 8000", "1: 5.00 1.00 0.80"),
        ("累计完成投资", "累计完成投资 | 累计完成投资额", "8000 | 7000", "问 G1"),
        ("总投资", "总投资（估算） | 总投资（概算）", "48000 | 50000", "问 E1"),
        ("总投资", "总投资（万元） | 总投资（亿元）", "50000 | 5", "1: 5.00 1.00 0.80"),
        ("年度计划投资", "原计划投资 | 调整后计划投资", "16000 | 10000", "1: 5.00 1.00 0.80"),
        ("年度计划投资", "2021年计划投资 | 2022年计划投资", "10000 | 16000", "1: 5.00 1.00 0.80"),
        ("年度计划投资", "“十四五”计划投资 | 2021年计划投资", "45000 | 10000", "1: 5.00 1.00 0.80"),
        ("年度计划投资", "年度计划投资 | 调整后年度计划投资", "10000 |", "问 G1"),
    ],
)  # fmt: skip
def test_of_several_the_one_that_says_so(before: str, headings: str, cells: str, came: str) -> None:
    assert beside(before, headings, cells) == came


def test_months_under_a_group() -> None:
    lines = (
        "| 序号 | 项目名称 | 项目级别 | 建设性质 | 总投资 | 2021年计划 | 累计完成投资 | | 开工时间 |",
        "| | | | | | | 8月 | 9月 | |",
        "| 1 | 城南水厂 | 县重点 | 在建 | 50000 | 10000 | 7000 | 8000 | 2020-05-01 |",
    )
    assert come_to(sheet(*lines)) == "1: 5.00 1.00 0.80"


@pytest.mark.parametrize(
    ("title", "came"),
    [
        ("| 2021年1-9月重点项目完成情况统计表 |", RIGHT),
        ("| 2021年重点项目台账 | | | | | | 填报日期：2021年10月8日 |", RIGHT),
        ("| 重点项目台账 | | | | | | 2021年10月8日 |", RIGHT),
        ("| 2021年8月重点项目进度表 |", "问 A1"),
        ("| 截至2021年8月31日 |", "问 A1"),
        ("| 2020年重点项目台账 |", "问 A1"),
    ],
)
def test_the_period_that_a_title_states(title: str, came: str) -> None:
    assert come_to(sheet(title, HEAD, ONE, TWO)) == came


def test_an_offices_own_words() -> None:
    lines = (
        "| 序号 | 重点项目名称 | 重点类别 | 性质 | 投资总额 | 本年度投资计划 | 本年完成投资 | 实际开工日期 | 工作进展 "
        "| 滞后原因及困难 | 项目业主 | 牵头领导 | 建设规模及内容 | 建设年限 |",
        "| 1 | 甲河 | 省级 | 续建 | 50000 | 10000 | 8000 | 2020-05-01 | 主体 | 无 | 水务公司 | 张三 | 大坝 | 2020-2022 |",
    )
    assert come_to(sheet(*lines)) == "1: 5.00 1.00 0.80"


def test_what_is_missing_is_said_once_with_the_headings_seen() -> None:
    lines = (
        "| 序号 | 项目名称 | 总投资 | 年度计划投资 | 累计完成投资 |",
        "| 1 | 甲河 | 50000 | 10000 | 8000 |",
    )
    came = come_to(sheet(*lines))
    assert came.startswith(
        "停：「Sheet1」缺少「项目级别」、「建设性质」。看到的标题有：A1 序号、B1 项目名称"
    )
