"""Several sheets: parts are joined, months chosen, copies and summaries left; else it is asked. 栏目对应 and --sheet decide."""

from __future__ import annotations

import pytest
from reading.desk import HEAD, ONE, TWO, come_to, sheet

from xlplugin.book import Grid

A, B = sheet(HEAD, ONE), sheet(HEAD, TWO)
BOTH, ONLY_A, ONLY_B = "2: 8.00 1.60 1.28", "1: 5.00 1.00 0.80", "1: 3.00 0.60 0.48"
SUMMARY = sheet(
    "| 项目 | 总投资 | 年度计划投资 | 累计完成投资 |",
    "| 省重点 | 9000 | 900 | 80 |",
    "| 合计 | 9000 | 900 | 80 |",
)
PLAN = sheet(
    "| 序号 | 项目名称 | 项目级别 | 总投资 | 年度计划投资 |",
    "| 1 | 新项目 | 县重点 | 50000 | 10000 |",
)
OLD = sheet(HEAD, TWO, concealed=True)


@pytest.mark.parametrize(
    ("sheets", "came"),
    [
        ({"市重点": B, "县重点": A}, BOTH),
        ({"交通局": A, "住建局": B}, BOTH),
        ({"陵川县": A, "高平市": B}, BOTH),
        ({"续建项目": A, "新建项目": B}, BOTH),
        ({"Sheet1": A, "Sheet2": B}, "问 Sheet1"),
        ({"7月": A, "8月": A, "9月": B}, ONLY_B),
        ({"2021年8月": A, "2021年9月": B}, ONLY_B),
        ({"202108": A, "202109": B}, ONLY_B),
        ({"7月": A, "8月": B}, "问 8月"),
        ({"8月": A}, "问 8月"),
        ({"2020年": B, "2021年": A}, ONLY_A),
        ({"项目台账": A, "8月": A}, ONLY_A),
        ({"项目台账": A, "项目台账 (2)": B, "备份": B}, ONLY_A),
        ({"项目台账": OLD, "重点项目": A}, ONLY_A),
        ({"汇总": SUMMARY, "明细": A}, ONLY_A),
        ({"全部": sheet(HEAD, ONE, TWO), "县重点": A}, "问 全部"),
        ({"台账": A, "新增项目": PLAN}, "问 新增项目"),
        ({"项目清单": sheet("| 序号 | 项目名称 | 建设内容 |", "| 1 | 丙 | 修路 |"), "9月进度": A}, ONLY_A),
    ],
    ids=lambda value: "、".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_which_sheets(sheets: dict[str, Grid], came: str) -> None:
    assert come_to(sheets) == came


def test_a_sheets_name_fills_the_missing_column() -> None:
    head, line = HEAD.replace("| 项目级别 ", ""), ONE.replace("| 县重点 ", "")
    assert come_to(
        {"省重点": sheet(head, line), "县重点": sheet(head, line.replace("城南", "城西"))}
    ) == ("2: 10.00 2.00 1.60")


def test_the_clerk_names_the_sheet() -> None:
    assert come_to({"Sheet1": A, "Sheet2": B}, only="Sheet2") == ONLY_B
    assert come_to({"Sheet1": A, "Sheet2": B}, only="Sheet3").startswith(
        "停：没有叫「Sheet3」的工作表"
    )


def adopted(*lines: str) -> dict[str, Grid]:
    return {"栏目对应": sheet("| 类型 | 原文 | 位置 | 对应 | 单位 |", *lines)}


def test_what_the_clerk_laid_down_wins() -> None:
    assert (
        come_to({"Sheet1": A, "Sheet2": B, **adopted("| 工作表 | Sheet2 | | 项目台账 | |")})
        == ONLY_B
    )
    month = sheet(HEAD.replace("累计完成投资", "当月完成投资"), ONE)
    assert come_to({"甲": month, **adopted("| 栏目 | 当月完成投资 | | 累计完成投资 | |")}) == ONLY_A
    twins = sheet(
        HEAD.replace(" 累计完成投资 ", " 累计完成投资 | 累计完成投资 "),
        ONE.replace("| 8000", "| 7000 | 8000"),
    )
    assert come_to({"甲": twins}) == "问 G1"
    assert (
        come_to({"甲": twins, **adopted("| 栏目 | 累计完成投资 | 「甲」H1 | 累计完成投资 | |")})
        == ONLY_A
    )
    unsure = sheet(HEAD, ONE.replace("在建", "缓建"))
    assert come_to({"甲": unsure}) == "问 D1"
    assert come_to({"甲": unsure, **adopted("| 词语 | 缓建 | | 在建 | |")}) == ONLY_A
    small = sheet(HEAD, ONE.replace("50000 | 10000 | 8000", "5 | 1 | 0.8"))
    said = [f"| 单位 | {word} | | | 亿元 |" for word in ("总投资", "年度计划投资", "累计完成投资")]
    assert come_to({"甲": small, **adopted(*said)}) == ONLY_A


def test_a_ledger_that_lies_on_its_side_is_told_how_to_turn_it() -> None:
    upright = sheet(HEAD, ONE, TWO)
    lying = Grid(list(zip(*upright.rows, strict=True)))
    said = come_to(lying)
    assert said.startswith("停：「Sheet1」是横着填的")
    assert "A2 项目名称、A5 总投资、A6 年度计划投资、A7 累计完成投资" in said
    assert "转置" in said
    assert come_to({"Sheet1": lying, "Sheet2": upright}, only="Sheet1") == said
    assert come_to({"Sheet1": lying, "Sheet2": upright}) == BOTH
    apart = Grid(lying.rows, merged=("A1:A2",))
    assert "先取消合并单元格" in come_to(apart)
