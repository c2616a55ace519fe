"""Rows that stand among the projects and are none, or none any more: taken out, starred, compared, broken up, summed elsewhere."""

from __future__ import annotations

from dataclasses import replace

from openpyxl import Workbook
from openpyxl.styles import Font

from layouts.columns import MONEY, USUAL, text, without
from layouts.projects import PROJECTS, Made
from layouts.registry import BOTH, layout
from layouts.sheets import draw, head, row, summed

KIND = "不再是项目的行"
GONE = replace(PROJECTS[7], number=13, name="旧城河道整治工程", total=9000, plan=5000)
COUNTY = tuple(replace(p, level="县") if p.level == "市" else p for p in PROJECTS)
"""As if there were projects of two levels only."""


@layout(KIND, "表末「三、退出项目（1项）」一段，下面的项目不再计入", parts=BOTH)
def section_of_withdrawn(book: Workbook) -> None:
    last = draw(book.active, USUAL).last
    book.active.cell(last + 1, 1, "三、退出项目（1项）")
    row(book.active, last + 2, USUAL, GONE)


@layout(KIND, "空一行，另起一表「附：2021年调出项目」，栏目相同", parts=BOTH)
def table_of_withdrawn(book: Workbook) -> None:
    last = draw(book.active, USUAL).last
    book.active.cell(last + 2, 1, "附：2021年调出项目")
    draw(book.active, USUAL, [GONE], top=last + 3)


@layout(KIND, "备注栏写着「已取消，拟退出」", "asked", parts=BOTH)
def withdrawn_by_remark(book: Workbook) -> None:
    cols = [*USUAL, text("备注", None)]
    last = draw(book.active, cols, (*PROJECTS, GONE)).last
    book.active.cell(last, len(cols), "已取消，拟退出")


@layout(KIND, "项目名称后面写着「（已终止）」", "asked", parts=BOTH)
def withdrawn_by_name(book: Workbook) -> None:
    draw(book.active, USUAL, (*PROJECTS, replace(GONE, name=f"{GONE.name}（已终止）")))


@layout(KIND, "退出的项目整行打了删除线", "asked", parts=BOTH)
def struck_through(book: Workbook) -> None:
    last = draw(book.active, USUAL, (*PROJECTS, GONE)).last
    for cell in book.active[last]:
        cell.font = Font(strike=True)


@layout(KIND, "表下的注打了删除线，项目没有打", parts=BOTH)
def struck_note(book: Workbook) -> None:
    last = draw(book.active, USUAL).last
    book.active.cell(last + 1, 1, "注：已退出的项目不再列入").font = Font(strike=True)


@layout(KIND, "备注栏写着「取消收费站一处」：项目照样计入", parts=BOTH)
def something_else_cancelled(book: Workbook) -> None:
    cols = [*USUAL, text("备注", None)]
    draw(book.active, cols)
    book.active.cell(3, len(cols), "取消收费站一处，改建服务区")


@layout(KIND, "没有级别栏：表名写县重点，名称前的★在表下注明是省重点", projects=COUNTY, parts=BOTH)
def starred(book: Workbook) -> None:
    sheet, cols = book.active, without("项目级别")
    sheet.title = "县重点"
    at = head(sheet, cols, top=1, left=1)
    for project in COUNTY:
        mark = "★" if project.level == "省" else ""
        row(sheet, at, cols, replace(project, name=mark + project.name))
        at += 1
    sheet.cell(at, 1, "注：标★的为省重点项目")


@layout(KIND, "合计下面还有「平均」「占比」两行", parts=BOTH)
def compared(book: Workbook) -> None:
    last = draw(book.active, USUAL).last
    summed(book.active, last + 1, USUAL, "合计", PROJECTS, MONEY)
    for at, label in enumerate(("平均", "占比"), last + 2):
        summed(book.active, at, USUAL, label, PROJECTS[:1], MONEY)


@layout(KIND, "「合计」写在级别栏里", parts=BOTH)
def sum_in_another_column(book: Workbook) -> None:
    last = draw(book.active, USUAL).last
    summed(book.active, last + 1, USUAL, "合计", PROJECTS, MONEY, label_at=3)


@layout(KIND, "最上面一行只写「共12项」和各栏之和", parts=BOTH)
def sum_by_count(book: Workbook) -> None:
    at = head(book.active, USUAL, top=1, left=1)
    summed(book.active, at, USUAL, "共12项", PROJECTS, MONEY, label_at=1)
    for place, project in enumerate(PROJECTS, at + 1):
        row(book.active, place, USUAL, project)


@layout(KIND, "序号全是①②③", parts=BOTH)
def ringed_numbers(book: Workbook) -> None:
    draw(book.active, USUAL)
    for at in range(len(PROJECTS)):
        book.active.cell(at + 2, 1, chr(ord("①") + at))


def _part(of: Made, name: str) -> Made:
    return replace(of, name=name, total=of.total // 2, plan=of.plan // 2, done=of.done // 2)


@layout(KIND, "序号栏写「其中」，下面一行没有序号，两行都写了级别和性质", parts=BOTH)
def of_which_as_number(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for project in PROJECTS:
        row(sheet, at, USUAL, project)
        at += 1
        if project.number == 4:
            for number, name in (("其中", "东区厂房"), (None, "西区厂房")):
                row(sheet, at, USUAL, _part(project, name))
                sheet.cell(at, 1).value = number
                at += 1
