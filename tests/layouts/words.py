"""Layouts that differ in words: levels, natures, how a start is told, what stands for nothing."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from layouts.columns import (
    DONE,
    PLAN,
    TOTAL,
    agency,
    cause,
    finish,
    level,
    month_of,
    name,
    nature,
    number,
    progress,
    start,
)
from layouts.projects import Made
from layouts.registry import layout
from layouts.sheets import Col, draw


def _table(
    book: Workbook, *last: Col, levels: Col | None = None, natures: Col | None = None
) -> None:
    draw(
        book.active,
        [
            number(),
            name(),
            levels or level(),
            natures or nature(),
            agency(),
            TOTAL,
            PLAN,
            DONE,
            *last,
        ],
    )


@layout("用词", "省级、市级、县级")
def level_words(book: Workbook) -> None:
    _table(book, start(), cause(), levels=level("重点级别", "级"))


@layout("用词", "国家级、省级、区级")
def other_levels(book: Workbook) -> None:
    words = {"省": "国家级", "市": "省级", "县": "区级"}
    _table(book, start(), cause(), levels=Col("级别", lambda p: words[p.level]))


@layout("用词", "省级重点项目、市列重点、县定")
def wordy_levels(book: Workbook) -> None:
    words = {"省": "省级重点项目", "市": "市级重点工程", "县": "县级重点项目"}
    _table(book, start(), cause(), levels=Col("项目类别", lambda p: words[p.level]))


@layout("用词", "性质：续建、新建、储备")
def reserve(book: Workbook) -> None:
    _table(book, start(), cause(), natures=nature(前期="储备"))


@layout("用词", "性质：续建项目、计划新开工项目、前期推进项目")
def planned_new(book: Workbook) -> None:
    _table(
        book,
        start(),
        cause(),
        natures=nature("项目类型", 续建="续建项目", 新建="计划新开工项目", 前期="前期推进项目"),
    )


@layout("用词", "性质：计划竣工、续建、谋划储备")
def planned_finish(book: Workbook) -> None:
    words = {"新建": "新开工", "前期": "前期谋划"}
    _table(
        book,
        start(),
        cause(),
        natures=Col(
            "建设性质", lambda p: "计划竣工" if p.finish else words.get(p.nature, p.nature)
        ),
    )


@layout("用词", "有一个没见过的性质：滚动", "asked")
def unknown_nature(book: Workbook) -> None:
    _table(book, start(), cause(), natures=nature(前期="滚动"))


@layout("开工", "是否开工：是、否，没有日期")
def marks(book: Workbook) -> None:
    _table(book, Col("是否开工", lambda p: "是" if p.started else "否"), cause())


@layout("开工", "开工情况：已开工、未开工")
def states(book: Workbook) -> None:
    _table(book, Col("开工情况", lambda p: "已开工" if p.started else "未开工"), cause())


@layout("开工", "进度状态：正常推进、已竣工、未开工")
def progress_states(book: Workbook) -> None:
    def shown(p: Made) -> str:
        return (
            "已竣工"
            if p.finish
            else "正常推进"
            if p.started
            else "前期"
            if p.nature == "前期"
            else "未开工"
        )

    _table(book, Col("进度状态", shown), cause())


@layout("开工", "开工时间只到月：2021年4月")
def start_months(book: Workbook) -> None:
    _table(book, start(show=lambda p: month_of(p.start)), cause())


@layout("开工", "开工时间写成2021.4、2021-04")
def start_dots(book: Workbook) -> None:
    _table(
        book, start(show=lambda p: f"{p.start.year}.{p.start.month}" if p.start else None), cause()
    )


@layout("开工", "开工时间写成4月底、去年的带年份")
def start_parts(book: Workbook) -> None:
    def shown(p: Made) -> str | None:
        if p.start is None:
            return None
        return (
            f"{p.start.month}月底" if p.start.year == 2021 else f"{p.start.year}年{p.start.month}月"
        )

    _table(book, start(show=shown), cause())


@layout("开工", "没有开工的写「未开工」「尚未开工」")
def start_words(book: Workbook) -> None:
    _table(
        book, start(show=lambda p: p.start or ("尚未开工" if p.number == 8 else "未开工")), cause()
    )


@layout("开工", "日期带时刻和Z（2021-04-10T00:00:00.000Z）")
def start_iso(book: Workbook) -> None:
    _table(
        book,
        start(show=lambda p: f"{p.start.isoformat()}T00:00:00.000Z" if p.start else None),
        cause(),
    )


@layout("开工", "没有任何开工信息", "asked")
def no_start(book: Workbook) -> None:
    _table(book, cause())


@layout("开工", "表头是开工（计划开工）时间", "asked")
def start_or_planned(book: Workbook) -> None:
    _table(
        book,
        Col("开工（计划开工）时间", lambda p: p.start or p.planned_start, "yyyy-mm-dd"),
        cause(),
    )


@layout("开工", "竣工时间里多数日期在以后", "either")
def bare_finish(book: Workbook) -> None:
    _table(
        book,
        start(),
        Col("竣工时间", lambda p: p.finish or p.planned_finish, "yyyy-mm-dd"),
        cause(),
    )


@layout("开工", "计划开工、实际开工、计划竣工、实际竣工都有")
def all_dates(book: Workbook) -> None:
    _table(
        book,
        Col("计划开工时间", lambda p: p.planned_start, "yyyy-mm-dd"),
        start("实际开工时间"),
        Col("计划竣工时间", lambda p: p.planned_finish, "yyyy-mm-dd"),
        finish("实际竣工时间"),
        cause(),
    )


@layout("没有", "原因栏写「无」")
def nothing_wu(book: Workbook) -> None:
    _table(book, start(), cause(none="无"))


@layout("没有", "各栏空着的写「—」「/」")
def nothing_dash(book: Workbook) -> None:
    _table(
        book,
        start(show=lambda p: p.start or "—"),
        finish(show=lambda p: p.finish or "/"),
        cause(none="—"),
    )


@layout("没有", "备注里有 #REF!，进度里有图片公式")
def errors_beside(book: Workbook) -> None:
    _table(
        book,
        start(),
        cause(),
        Col("影像", lambda _: '=_xlfn.DISPIMG("ID_1",1)'),
        Col("完成率", lambda p: "#DIV/0!" if p.number == 8 else p.rate),
        Col("备注", lambda p: "#REF!" if p.number == 2 else ""),
    )


__all__ = ["ArrayFormula", "progress"]
