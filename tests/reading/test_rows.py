"""Rows: sums are reconciled, sections and merged cells give what they say, parts and notes are no projects."""

from __future__ import annotations

import pytest
from reading.desk import HEAD, ONE, TWO, come_to, sheet

RIGHT = "2: 8.00 1.60 1.28"
BARE = "| 序号 | 项目名称 | 总投资 | 年度计划投资 | 累计完成投资 | 开工时间 |"
SORTED = "| 序号 | 项目名称 | 建设性质 | 总投资 | 年度计划投资 | 累计完成投资 | 开工时间 |"


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        (("| | 合计（2项） | | | 80000 | 16000 | 12800 | |", ONE, TWO), RIGHT),
        ((ONE, TWO, "| 总 计 | | | | 80000 | 16000 | 12800 | |"), RIGHT),
        ((ONE, TWO, "| 合计 | | | | 80000 | 16000 | 13000 | |"), "问 G4"),
        (
            (
                "| | 县重点小计 | | | 50000 | 10000 | 8000 | |",
                ONE,
                "| | 市重点小计 | | | 30000 | 6000 | 4800 | |",
                TWO,
                "| | 总计 | | | 80000 | 16000 | 12800 | |",
            ),
            RIGHT,
        ),
        (
            (
                ONE,
                TWO,
                "| | 合计 | | | 80000 | 16000 | 12800 | |",
                "| | 其中：省重点 | | | 0 | 0 | 0 | |",
            ),
            RIGHT,
        ),
    ],
)
def test_sums(lines: tuple[str, ...], came: str) -> None:
    assert come_to(sheet(HEAD, *lines)) == came


def test_sections_give_level_and_nature() -> None:
    lines = (
        "| 一、省重点（1项） | | | | | |",
        "| （一）续建项目 | | | | | |",
        "| 1 | 甲河水库 | 50000 | 10000 | 8000 | 2020-05-01 |",
        "| 二、县重点（2项） | | | | | |",
        "| （一）续建项目（1项） | | | | | |",
        "| 1 | 乙河水库 | 30000 | 6000 | 4800 | 2020-05-01 |",
        "| （二）前期项目（1项） | | | | | |",
        "| 2 | 丙河水库 | 20000 | 0 | 0 | |",
    )
    assert come_to(sheet(BARE, *lines)) == "3: 10.00 1.60 1.28"


def sections(first: str, second: str) -> str:
    return come_to(
        sheet(
            SORTED,
            f"| 一 | 省重点项目（{first}项） | | 50000 | 10000 | 8000 | |",
            "| 1 | 甲河水库 | 续建 | 50000 | 10000 | 8000 | 2020-05-01 |",
            f"| 二 | 县重点项目（2项） | | {second} | 6000 | 4800 | |",
            "| 1 | 乙河水库 | 续建 | 30000 | 6000 | 4800 | 2020-05-01 |",
            "| 2 | 丙河水库 | 储备 | 20000 | 0 | 0 | |",
        )
    )


def test_a_sections_sums_and_numbers_are_held_against_its_projects() -> None:
    assert sections("1", "50000") == "3: 10.00 1.60 1.28"
    assert sections("2", "50000") == "问 B2"
    assert sections("1", "60000") == "问 D4"


def test_merged_levels() -> None:
    lines = (
        "| 级别 | 序号 | 项目名称 | 性质 | 总投资 | 年度计划投资 | 累计完成投资 | 开工时间 |",
        "| 省重点 | 1 | 甲河水库 | 续建 | 50000 | 10000 | 8000 | 2020-05-01 |",
        "| | 2 | 乙河水库 | 续建 | 50000 | 10000 | 8000 | 2020-05-01 |",
    )
    assert come_to(sheet(*lines, merged=("A2:A3",))) == "2: 10.00 2.00 1.60"
    assert come_to(sheet(*lines)) == "问 A3"


@pytest.mark.parametrize("marks", [("1.1", "1.2"), ("1-1", "1-2"), ("（1）", "（2）"), ("①", "②")])
def test_parts(marks: tuple[str, str]) -> None:
    parts = (
        f"| {marks[0]} | 取水泵站 | 县重点 | 在建 | 20000 | 4000 | 3000 | |",
        f"| {marks[1]} | 净水厂区 | 县重点 | 在建 | 30000 | 6000 | 5000 | |",
    )
    assert come_to(sheet(HEAD, ONE, *parts, TWO)) == RIGHT


def test_the_name_is_the_key_where_no_number_is() -> None:
    restarted = TWO.replace("| 2 |", "| 1 |")
    assert come_to(sheet(HEAD, ONE, restarted)) == RIGHT
    assert come_to(sheet(HEAD, ONE, TWO.replace("| 2 |", "| |"))) == RIGHT
    assert come_to(sheet(HEAD.replace("| 序号 ", ""), ONE[4:], TWO[4:])) == RIGHT
    assert come_to(sheet(HEAD, ONE, restarted.replace("城北大桥", "城南水厂"))) == "问 B3"
    assert come_to(sheet(HEAD.replace("序号", "项目编号"), ONE, restarted)) == "问 A3"


@pytest.mark.parametrize(
    "lines",
    [
        ("| 3 | | | | 0 | 0 | 0 | |", "| 4 | | | | | | | |"),
        (
            "| 填表人：张三 | | 审核人：李四 | | 单位负责人： | | | |",
            "| 单位（盖章） |",
            "| 2021年10月8日 |",
        ),
        (
            "| 注：1.本表金额单位为万元。 |",
            "| 2.完成投资为累计数。 |",
            "| | 备注：某项目已调出。 |",
        ),
    ],
)
def test_what_stands_below_is_no_project(lines: tuple[str, ...]) -> None:
    assert come_to(sheet(HEAD, ONE, TWO, *lines)) == RIGHT


def test_numbers_of_the_columns_below_the_headings() -> None:
    for marks in (
        "| 甲 | 乙 | 丙 | 丁 | 1 | 2 | 3 | 4 |",
        "| （1） | （2） | （3） | （4） | （5） | （6） | （7）=（5）-（6） | 8 |",
    ):
        assert come_to(sheet(HEAD, marks, ONE, TWO)) == RIGHT


def test_numerals_may_number_projects() -> None:
    assert (
        come_to(sheet(HEAD, ONE.replace("| 1 |", "| 一 |"), TWO.replace("| 2 |", "| 二 |")))
        == RIGHT
    )


def test_a_project_without_number_and_level_is_never_lost() -> None:
    lost = "| | 县体育中心 | | | 50000 | 10000 | 8000 | 2020-05-01 |"
    assert come_to(sheet(HEAD, lost, ONE, TWO)) == "问 C2 D2"


def test_a_name_merged_over_two_rows_is_one_project() -> None:
    def came(*below: str) -> str:
        return come_to(sheet(HEAD, ONE, *below, TWO, merged=("B2:B3", "A2:A3")))

    assert came("| | | | | | | | 二标段未开工 |") == RIGHT
    assert came("| | | | | 0 | | — | |") == RIGHT
    assert came("| | | | | 50000 | 10000 | 8000 | |") == "问 B1"  # a half, or the whole once more
    assert came("| | | | | 20000 | 4000 | 3000 | |") == "问 B1"
    assert came("| | | | | | | 3000 | |") == "问 B1"
    parts = ("| | | | | 30000 | 6000 | 5000 | |", "| | | | | 20000 | 4000 | 3000 | |")
    assert come_to(sheet(HEAD, ONE, *parts, TWO, merged=("B2:B4",))) == RIGHT
