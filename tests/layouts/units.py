"""Layouts that differ in where, and whether, the unit of money is said."""

from __future__ import annotations

from openpyxl import Workbook

from layouts.columns import (
    DONE,
    PLAN,
    TOTAL,
    agency,
    cause,
    level,
    money,
    name,
    nature,
    number,
    start,
    usual,
)
from layouts.registry import layout
from layouts.sheets import Col, draw

YI, YUAN = 0.0001, 10000


@layout("单位", "总投资（亿元），其余（万元）")
def mixed(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("总投资（亿元）", "total", YI),
            money("年度计划投资（万元）", "plan"),
            money("1-9月完成投资（万元）", "done"),
        ),
    )


@layout("单位", "总投资（亿）")
def short(book: Workbook) -> None:
    draw(book.active, usual(money("总投资（亿）", "total", YI), PLAN, DONE))


@layout("单位", "总投资（亿元，含征地费）")
def with_words(book: Workbook) -> None:
    draw(book.active, usual(money("总投资（亿元，含征地费）", "total", YI), PLAN, DONE))


@layout("单位", "总投资/亿元")
def slash(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("总投资/亿元", "total", YI),
            money("年度计划投资/万元", "plan"),
            money("完成投资/万元", "done"),
        ),
    )


@layout("单位", "表上一行：单位：亿元")
def line_above(book: Workbook) -> None:
    draw(book.active, usual(*_all(YI)), above=["2021年重点工程情况表", "单位：亿元"])


@layout("单位", "表上一行：单位：个、亿元")
def line_of_two(book: Workbook) -> None:
    draw(book.active, usual(*_all(YI)), above=["重点工程情况表", "单位：个、亿元"])


@layout("单位", "标题里写（单位：亿元）")
def in_title(book: Workbook) -> None:
    draw(book.active, usual(*_all(YI)), above=["2021年全县重点工程情况表（金额单位：亿元）"])


@layout("单位", "表下面注明金额单位为亿元")
def note_below(book: Workbook) -> None:
    draw(book.active, usual(*_all(YI)), below=["注：本表金额单位均为亿元。"])


@layout("单位", "合并的组名里写单位：投资情况（亿元）")
def in_group(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money(("投资情况（亿元）", "总投资"), "total", YI),
            money(("投资情况（亿元）", "年度计划"), "plan", YI),
            money(("投资情况（亿元）", "1-9月完成"), "done", YI),
        ),
    )


@layout("单位", "总投资（元）")
def yuan(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("总投资（元）", "total", YUAN),
            money("年度计划投资（元）", "plan", YUAN),
            money("完成投资（元）", "done", YUAN),
        ),
    )


@layout("单位", "数字格式里带亿元", "either")
def format_yi(book: Workbook) -> None:
    shown = '0.00"亿元"'
    draw(
        book.active,
        usual(
            money("总投资", "total", YI, shown),
            money("年度计划投资", "plan", YI, shown),
            money("1-9月完成投资", "done", YI, shown),
        ),
    )


@layout("单位", "以元录入，数字格式显示成万（0!.0,）", "either")
def format_scaled(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            *(
                money(col.heading, key, YUAN, "0!.0,")
                for col, key in ((TOTAL, "total"), (PLAN, "plan"), (DONE, "done"))
            )
        ),
    )


@layout("单位", "单元格里写着「6.8亿元」「20000万元」")
def in_cells(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            Col("总投资", lambda p: f"{p.total / 10000:g}亿元"),
            Col("年度计划投资", lambda p: f"{p.plan}万元"),
            Col("1-9月完成投资", lambda p: f"{p.done}万元"),
        ),
    )


@layout("单位", "单位占表头下面一行")
def own_row(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(("序号", "")),
            name(("项目名称", "")),
            level(("级别", "")),
            nature(("性质", "")),
            agency(("责任单位", "")),
            money(("总投资", "亿元"), "total", YI),
            money(("年度计划投资", "万元"), "plan"),
            money(("1-9月完成投资", "万元"), "done"),
            start(("开工时间", "")),
            cause(("存在问题", "")),
        ],
        merged=False,
    )


@layout("单位", "哪里都没有写单位，数是以亿元计的", "asked")
def unsaid(book: Workbook) -> None:
    draw(book.active, usual(*_all(YI)))


@layout("单位", "没有写单位，总投资是亿元、其余是万元", "asked")
def unsaid_total(book: Workbook) -> None:
    draw(book.active, usual(money("总投资", "total", YI), PLAN, DONE))


def _all(share: float) -> tuple[Col, Col, Col]:
    return (
        money("总投资", "total", share),
        money("年度计划投资", "plan", share),
        money("1-9月完成投资", "done", share),
    )
