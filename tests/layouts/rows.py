"""Layouts that differ in what stands between the projects: sums, sections, parts, notes, blank and pre-filled rows."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from layouts.columns import (
    DONE,
    MONEY,
    PLAN,
    TOTAL,
    USUAL,
    agency,
    cause,
    level,
    name,
    nature,
    number,
    start,
    without,
)
from layouts.projects import PROJECTS, Made
from layouts.registry import layout
from layouts.sheets import Col, draw, head, row, summed

LEVELS = ("省", "市", "县")


def _of(level_word: str) -> list[Made]:
    return [p for p in PROJECTS if p.level == level_word]


@layout("行", "最后一行合计")
def sum_below(book: Workbook) -> None:
    drawn = draw(book.active, USUAL)
    summed(book.active, drawn.last + 1, USUAL, "合计", PROJECTS, MONEY)


@layout("行", "表头下面第一行就是合计")
def sum_above(book: Workbook) -> None:
    sheet = book.active
    first = head(sheet, USUAL, top=1, left=1)
    summed(sheet, first, USUAL, "合计（12项）", PROJECTS, MONEY, label_at=1)
    for at, project in enumerate(PROJECTS, start=first + 1):
        row(sheet, at, USUAL, project)


@layout("行", "每个级别后面有小计，最后有总计")
def subtotals(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for each in LEVELS:
        for project in _of(each):
            row(sheet, at, USUAL, project)
            at += 1
        summed(sheet, at, USUAL, "小 计", _of(each), MONEY)
        at += 1
    summed(sheet, at, USUAL, "总  计", PROJECTS, MONEY, label_at=1)


@layout("行", "合计行与各项目之和不符", "asked")
def wrong_sum(book: Workbook) -> None:
    drawn = draw(book.active, USUAL)
    summed(book.active, drawn.last + 1, USUAL, "合计", PROJECTS[:-1], MONEY)


def _sections(
    sheet: Worksheet, cols: Sequence[Col], *, sums: bool, merged: bool, restart: bool
) -> None:
    at = head(sheet, cols, top=1, left=1)
    for numeral, each in zip("一二三", LEVELS, strict=True):
        title = f"{numeral}、{each}重点（{len(_of(each))}项）"
        if sums:
            summed(sheet, at, cols, title, _of(each), MONEY, label_at=1)
        else:
            sheet.cell(at, 1, title)
        if merged:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(cols))
        at += 1
        for place, project in enumerate(_of(each), start=1):
            row(sheet, at, cols, project)
            if restart:
                sheet.cell(at, 1, place)
            at += 1


@layout("行", "一、省重点（2项）这样的小标题，没有级别栏")
def sections(book: Workbook) -> None:
    _sections(book.active, without("项目级别"), sums=False, merged=False, restart=False)


@layout("行", "小标题横向合并，序号每段重新编")
def sections_merged(book: Workbook) -> None:
    _sections(book.active, without("项目级别"), sums=False, merged=True, restart=True)


@layout("行", "小标题行上带本段合计")
def sections_with_sums(book: Workbook) -> None:
    _sections(book.active, without("项目级别"), sums=True, merged=False, restart=True)


@layout("行", "两层小标题：一、省重点，（一）续建项目，没有级别、性质栏")
def sections_of_two_levels(book: Workbook) -> None:
    sheet, cols = book.active, without("项目级别", "建设性质")
    at = head(sheet, cols, top=1, left=1)
    for numeral, each in zip("一二三", LEVELS, strict=True):
        sheet.cell(at, 1, f"{numeral}、{each}重点项目")
        at += 1
        natures = dict.fromkeys(p.nature for p in _of(each))
        for part, kind in zip("一二三", natures, strict=False):
            sheet.cell(at, 1, f"（{part}）{kind}项目")
            at += 1
            for project in (p for p in _of(each) if p.nature == kind):
                row(sheet, at, cols, project)
                at += 1


@layout("行", "级别一栏纵向合并")
def level_merged(book: Workbook) -> None:
    _merged(book.active, [level(), *without("项目级别")], [len(_of(each)) for each in LEVELS])


@layout("行", "责任单位一栏纵向合并")
def agency_merged(book: Workbook) -> None:
    projects = sorted(PROJECTS, key=lambda p: p.agency)
    counts: dict[str, int] = {}
    for project in projects:
        counts[project.agency] = counts.get(project.agency, 0) + 1
    _merged(book.active, [agency(), *without("责任单位")], list(counts.values()), projects)


def _merged(
    sheet: Worksheet, cols: list[Col], counts: list[int], projects: Sequence[Made] | None = None
) -> None:
    ordered = projects or [p for each in LEVELS for p in _of(each)]
    at = draw(sheet, cols, ordered).first
    for count in counts:
        if count > 1:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at + count - 1, end_column=1)
        at += count


@layout("行", "项目下面有1.1、1.2其中：的子项")
def parts(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for project in PROJECTS:
        row(sheet, at, USUAL, project)
        at += 1
        if project.number in (4, 9):
            for part in (1, 2):
                sheet.cell(at, 1, f"{project.number}.{part}")
                sheet.cell(at, 2, ("其中：" if part == 1 else "") + f"{project.name}{part}标段")
                for col, amount in zip(
                    (6, 7, 8), (project.total, project.plan, project.done), strict=True
                ):
                    sheet.cell(at, col, amount / 2)
                at += 1


@layout("行", "没有序号，也没有编号")
def no_number(book: Workbook) -> None:
    draw(book.active, without("序号"))


@layout("行", "段与段之间空一行")
def blank_rows(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for each in LEVELS:
        for project in _of(each):
            row(sheet, at, USUAL, project)
            at += 1
        at += 1


@layout("行", "下面还有几十行预填了公式的空行")
def prefilled(book: Workbook) -> None:
    sheet, cols = book.active, [*USUAL, Col("完成率", lambda _: None)]
    drawn = draw(sheet, cols)
    for at in range(drawn.first, drawn.last + 40):
        sheet.cell(at, len(cols), f'=IF(G{at}="","",H{at}/G{at})')


@layout("行", "下面预填了序号")
def prefilled_numbers(book: Workbook) -> None:
    drawn = draw(book.active, USUAL)
    for at in range(1, 20):
        book.active.cell(drawn.last + at, 1, len(PROJECTS) + at)


@layout("行", "标题和表头重复出现（打印分页时复制的）")
def repeated_headings(book: Workbook) -> None:
    sheet = book.active
    draw(sheet, USUAL, PROJECTS[:6], above=["重点工程进展情况表"])
    draw(sheet, USUAL, PROJECTS[6:], above=["重点工程进展情况表（续）"], top=10)


@layout("行", "项目名称带编号：1.绕城公路……")
def numbered_names(book: Workbook) -> None:
    cols = [
        Col("项目名称", lambda p: f"{p.number}.{p.name}"),
        level(),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(),
        cause(),
    ]
    draw(book.active, cols)


@layout("行", "说明写在表中间：注：以下为前期项目")
def note_between(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for project in PROJECTS:
        if project.number == 11:
            sheet.cell(at, 1, "注：以下为前期项目")
            at += 1
        row(sheet, at, USUAL, project)
        at += 1


__all__ = ["MONEY", "name", "number"]
