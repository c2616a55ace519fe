"""The unit of the amounts: in the heading, a line, a note, a number format or the cell; what cannot be is asked."""

from __future__ import annotations

import pytest
from reading.desk import HEAD, ONE, TWO, come_to, sheet

SMALL = (
    "| 1 | 城南水厂 | 县重点 | 在建 | 5 | 1 | 0.8 | 2020-05-01 |",
    "| 2 | 城北大桥 | 市重点 | 续建 | 3 | 0.6 | 0.48 | 2020-06-01 |",
)
RIGHT = "2: 8.00 1.60 1.28"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("| 单位：亿元 |", ""),
        ("| 单位：个、亿元 |", ""),
        ("| 重点项目进度表（亿元） |", ""),
        ("| | | | | | 金额单位：亿元 |", ""),
        ("| 单位：亿元、%、公顷 |", ""),
        ("| 填报单位：发改局 | | 单位：亿元 |", ""),
        ("", "| 注：本表金额单位为亿元。 |"),
        ("", "| 说明：以上投资均以亿元计 |"),
    ],
)
def test_a_line_above_or_below(above: str, below: str) -> None:
    lines = [line for line in (above, HEAD, *SMALL, below) if line]
    assert come_to(sheet(*lines)) == RIGHT


def test_a_group_a_row_and_a_suffix() -> None:
    group = (
        "| 序号 | 项目名称 | 项目级别 | 建设性质 | 投资情况（亿元） | | | 开工时间 |",
        "| | | | | 总投资 | 年度计划 | 累计完成 | |",
    )
    assert come_to(sheet(*group, *SMALL)) == RIGHT
    assert come_to(sheet(HEAD, "| | | | | 亿元 | 亿元 | 亿元 | |", *SMALL)) == RIGHT
    assert come_to(sheet(HEAD.replace("投资 |", "投资亿元 |"), *SMALL)) == RIGHT


@pytest.mark.parametrize(
    ("code", "scale"),
    [('0.00"亿元"', 1), ("0!.0000", 10**8), ("0!.0,", 10**8), ('0!.0,"万元"', 10**8)],
)
def test_number_formats(code: str, scale: int) -> None:
    formats = {(row, column): code for row in (2, 3) for column in (5, 6, 7)}
    drawn = sheet(HEAD, *SMALL, formats=formats)
    rows = [
        [c * scale if isinstance(c, float) and at > 3 else c for at, c in enumerate(r)]
        for r in drawn.rows
    ]
    assert come_to(sheet(HEAD, formats=formats).__class__(rows, formats=formats)) == RIGHT


def test_the_cell_says_it() -> None:
    line = "| 1 | 城南水厂 | 县重点 | 在建 | 5亿 | 10000万元 | 8000万 | 2020-05-01 |"
    assert come_to(sheet(HEAD, line)) == "1: 5.00 1.00 0.80"


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        ((HEAD, *SMALL), "问 E1"),
        (("| 单位：亿元、万元 |", HEAD, *SMALL), "问 E2"),
        ((HEAD.replace(" 总投资 ", " 总投资（亿元） "), *SMALL), "问 F1"),
        ((HEAD, ONE.replace("| 10000 | 8000 |", "| 1 | 0.8 |")), "问 F1"),
        ((HEAD, ONE.replace("50000 | 10000 | 8000", "500000000 | 100000000 | 80000000")), "问 E1"),
    ],
)
def test_what_cannot_be_is_asked_once(lines: tuple[str, ...], came: str) -> None:
    assert come_to(sheet(*lines)) == came


def test_one_odd_row_is_no_unit() -> None:
    odd = "| 3 | 城西路 | 县重点 | 在建 | 2 | 1 | 1 | 2020-06-01 |"
    assert come_to(sheet(HEAD, ONE, TWO, odd)) == "3: 8.00 1.60 1.28"
