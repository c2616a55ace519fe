"""Layouts that differ in how the ledger is spread over sheets, and in what other sheets lie beside it."""

from __future__ import annotations

from openpyxl import Workbook

from layouts.columns import (
    DONE,
    PLAN,
    TOTAL,
    agency,
    level,
    money,
    name,
    number,
    text,
    usual,
    without,
)
from layouts.projects import PROJECTS
from layouts.registry import layout
from layouts.sheets import Col, draw

USUAL = (TOTAL, PLAN, DONE)


def _parts(book: Workbook, titles: dict[str, list], cols: list[Col], above: bool = True) -> None:
    book.remove(book.active)
    for title, projects in titles.items():
        draw(
            book.create_sheet(title), cols, projects, above=[f"{title}项目情况表"] if above else []
        )


def _by(key: str, ending: str = "") -> dict[str, list]:
    found: dict[str, list] = {}
    for project in PROJECTS:
        found.setdefault(getattr(project, key) + ending, []).append(project)
    return found


@layout("分表", "省重点、市重点、县重点各一张表，表里没有级别栏")
def by_level(book: Workbook) -> None:
    _parts(book, _by("level", "重点"), without("项目级别"))


@layout("分表", "一个部门一张表，表里没有责任单位栏")
def by_agency(book: Workbook) -> None:
    _parts(book, _by("agency"), without("责任单位"))


@layout("分表", "续建、新建、前期各一张表，表里没有性质栏")
def by_nature(book: Workbook) -> None:
    _parts(book, _by("nature", "项目"), without("建设性质"))


@layout("分表", "省市重点、县重点两张表，各有级别栏")
def two_parts(book: Workbook) -> None:
    groups = {
        "省市重点": [p for p in PROJECTS if p.level != "县"],
        "县重点": [p for p in PROJECTS if p.level == "县"],
    }
    _parts(book, groups, usual(*USUAL))


@layout("分表", "8月、9月各一张表")
def by_month(book: Workbook) -> None:
    book.remove(book.active)
    draw(book.create_sheet("8月"), usual(TOTAL, PLAN, money("累计完成投资", "last")))
    draw(book.create_sheet("9月"), usual(TOTAL, PLAN, money("累计完成投资", "done")))


@layout("分表", "2021年7月至9月各一张表，最新的在最前")
def by_month_newest_first(book: Workbook) -> None:
    book.remove(book.active)
    for title, key in (("2021年9月", "done"), ("2021年8月", "last"), ("2021年7月", "last")):
        draw(book.create_sheet(title), usual(TOTAL, PLAN, money("累计完成投资", key)))


@layout("分表", "两张表项目相同、数不同，看不出哪张该用", "asked")
def rivals(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("累计完成投资", "last")))
    draw(book.create_sheet("Sheet2"), usual(TOTAL, PLAN, money("累计完成投资", "done")))


@layout("别的表", "前面有一张按级别汇总的表")
def summary_first(book: Workbook) -> None:
    sheet = book.active
    sheet.title = "汇总表"
    for line in (
        ["重点工程汇总表"],
        ["项目级别", "项目个数", "总投资", "年度计划投资", "累计完成投资"],
        ["省重点", 2, 92500, 29000, 21600],
        ["市重点", 4, 149400, 36400, 27480],
        ["县重点", 6, 53000, 22900, 17280],
        ["合计", 12, 294900, 88300, 66360],
    ):
        sheet.append(line)
    draw(book.create_sheet("项目明细"), usual(*USUAL))


@layout("别的表", "前面有一张没有金额的项目清单")
def list_first(book: Workbook) -> None:
    sheet = book.active
    sheet.title = "项目清单"
    draw(sheet, [number(), name(), level(), agency()])
    draw(book.create_sheet("进展情况"), usual(*USUAL))


@layout("别的表", "有一张隐藏的旧表，名字正好叫项目台账")
def hidden_old(book: Workbook) -> None:
    sheet = book.active
    sheet.title, sheet.sheet_state = "项目台账", "hidden"
    draw(sheet, usual(TOTAL, PLAN, money("累计完成投资", "last")))
    draw(book.create_sheet("重点项目进展"), usual(*USUAL))
    book.active = 1


@layout("别的表", "有一张备份表")
def backup(book: Workbook) -> None:
    book.active.title = "重点项目"
    draw(book.active, usual(*USUAL))
    draw(
        book.create_sheet("重点项目（备份）"),
        usual(TOTAL, PLAN, money("1-9月累计完成投资", "last")),
    )


@layout("别的表", "问题清单的样子不一样")
def other_issues(book: Workbook) -> None:
    book.active.title = "台账"
    draw(book.active, usual(*USUAL))
    sheet = book.create_sheet("问题清单")
    for line in (
        ["序号", "涉及项目", "需协调解决的事项", "责任领导"],
        [1, "职业中学实训基地", "土地手续", "某某"],
    ):
        sheet.append(line)


@layout("别的表", "月度完成记的是各月当月数")
def own_months(book: Workbook) -> None:
    book.active.title = "台账"
    draw(book.active, usual(*USUAL))
    months = [
        money("9月", "month") if m == 9 else Col(f"{m}月", lambda p: round(p.last / 8, 2))
        for m in range(1, 10)
    ]
    draw(book.create_sheet("月度完成"), [number("项目编号"), name(), *months])


@layout("别的表", "有空白的Sheet2、Sheet3，还有一张人员通讯录")
def empty_sheets(book: Workbook) -> None:
    draw(book.active, usual(*USUAL))
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")
    draw(
        book.create_sheet("通讯录"),
        [number(), text("姓名", "张某"), agency("单位"), text("电话", "0356-1")],
        PROJECTS[:3],
    )


@layout("别的表", "已有一张自己写的通报")
def own_bulletin(book: Workbook) -> None:
    book.active.title = "台账"
    draw(book.active, usual(*USUAL))
    sheet = book.create_sheet("通报")
    sheet["A1"], sheet["A2"] = "关于重点工程进展情况的通报", "各有关单位：今年以来……"
