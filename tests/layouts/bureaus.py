"""Whole ledgers of bureaus and districts: levels, units, names and marks in the office's own ways."""

from __future__ import annotations

import datetime as dt

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
    progress,
    start,
    text,
    usual,
)
from layouts.counties import BOTH, county
from layouts.district import DISTRICT
from layouts.projects import PROJECTS
from layouts.registry import layout
from layouts.sheets import Col, draw

GRADES = {"省": "省级", "市": "市级", "县": "县级"}

county(
    "goals",
    "2021年目标任务(万元)、截止目前完成(万元)",
    [
        number("编号"),
        name("重点项目名称"),
        level("项目等级"),
        nature("建设类别"),
        agency("主管单位"),
        money("计划总投资(万元)", "total"),
        money("2021年目标任务(万元)", "plan"),
        money("截止目前完成(万元)", "done"),
        start("开工建设时间"),
        cause("制约因素"),
    ],
)
county(
    "bureau_short",
    "局里的小表：没有级别、责任单位、性质栏，只有是否开工",
    [
        number(),
        name("工程名称"),
        text("建设地点", "本县"),
        money("投资规模（万元）", "total"),
        money("今年任务（万元）", "plan"),
        money("已完成（万元）", "done"),
        Col("是否开工", lambda p: "是" if p.started else "否"),
        cause("需要解决的问题"),
    ],
    projects=[p for p in PROJECTS if p.nature != "前期"],
    want="asked",
    parts=(),
)
county(
    "district",
    "区里的表：省/市/区级，街道，名称带一期、二期、英文字母和全角数字",
    [
        number(),
        Col("项目名称", lambda p: p.name.replace("5G", "５Ｇ").replace("A5", "Ａ５")),
        Col("级别", lambda p: f"{p.level}级"),
        nature("项目类型", 新建="新开工", 前期="前期推进"),
        Col("所在街道", lambda p: p.town),
        agency("责任单位"),
        Col("区级领导", lambda _: "某某"),
        money("总投资（万元）", "total"),
        money("2021年计划投资（万元）", "plan"),
        money("2021年1—9月完成投资（万元）", "done"),
        Col("投资完成率（%）", lambda p: round(p.rate * 100, 2)),
        start("开工时间", lambda p: p.start and f"{p.start.year}.{p.start.month}"),
        progress("目前进展"),
        cause("存在问题", "/"),
    ],
    projects=DISTRICT,
)
county(
    "district_yi",
    "区里的表以亿元计，四位小数，表头两行，单位在右上角",
    [
        number(),
        name(),
        Col("项目层级", lambda p: f"{p.level}级重点"),
        nature("类别"),
        agency("责任单位"),
        money(("投资", "总投资"), "total", 0.0001, "0.0000"),
        money(("投资", "2021年计划"), "plan", 0.0001, "0.0000"),
        money(("投资", "1-9月完成"), "done", 0.0001, "0.0000"),
        Col(("投资", "完成比例"), lambda p: p.rate, "0%"),
        start(("建设时间", "开工")),
        Col(("建设时间", "计划完工"), lambda p: p.planned_finish, "yyyy/m/d"),
        cause("存在问题及建议"),
    ],
    projects=DISTRICT,
    above=["2021年区重点项目进展表（单位：亿元）"],
)
county(
    "ends_in_level",
    "没有级别栏，级别写在项目名称后面：绕城公路改扩建工程（省）",
    [
        number(),
        Col("项目名称", lambda p: f"{p.name}（{p.level}）"),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(),
        cause(),
    ],
    "either",
    parts=(),
)
county(
    "level_typo",
    "级别里有错字：省重点写成「省重占」，「市 重点」中间有空格",
    usual(TOTAL, PLAN, DONE)[:2]
    + [Col("项目级别", lambda p: {1: "省重占", 3: "市 重点"}.get(p.number, f"{p.level}重点"))]
    + usual(TOTAL, PLAN, DONE)[3:],
    "asked",
)
county(
    "level_grades_mixed",
    "级别写法不一：省级、省重点、市级重点、县重点、县级",
    usual(TOTAL, PLAN, DONE)[:2]
    + [Col("级别", lambda p: GRADES[p.level] if p.number % 2 else f"{p.level}重点")]
    + usual(TOTAL, PLAN, DONE)[3:],
    "either",
)
county(
    "filled_once",
    "级别、性质只在每组第一行写，下面空着（没有合并）",
    [
        number(),
        name(),
        Col("级别", lambda p: f"{p.level}重点" if p.number in (1, 3, 6, 11, 12) else None),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(),
        cause(),
    ],
    "either",
)
county(
    "ditto",
    "责任单位、级别与上一行相同的写「〃」",
    [
        number(),
        name(),
        Col("级别", lambda p: f"{p.level}重点" if p.number in (1, 3, 6, 11, 12) else "〃"),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(),
        cause(),
    ],
    "either",
)
county(
    "same_name_twice",
    "同一名称两行，靠标段区分",
    [
        number(),
        Col("项目名称", lambda p: "老旧小区改造" if p.number in (8, 9) else p.name),
        Col("标段", lambda p: {8: "一标段", 9: "二标段"}.get(p.number)),
        level(),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(),
        cause(),
    ],
    "asked",
)
county(
    "done_in_words",
    "完成投资写成「已完成16400万元」「未完成投资」",
    usual(
        TOTAL,
        PLAN,
        Col("1-9月完成投资", lambda p: f"已完成{p.done}万元" if p.done else "暂未完成投资"),
    ),
    "either",
)
county(
    "progress_percent_only",
    "只有完成百分比，没有完成投资",
    usual(TOTAL, PLAN, Col("1-9月完成年度计划比例（%）", lambda p: round(p.rate * 100, 2))),
    "asked",
)
county(
    "filled_on_day",
    "填报日期是日期格，写着8月31日",
    usual(TOTAL, PLAN, money("累计完成投资", "last")),
    "asked",
    above=["重点工程进展情况表", "填报日期：2021年8月31日"],
)


@layout("县区来表", "空栏隔开每一组，每项之间空一行，有筛选", parts=BOTH)
def spaced_out(book: Workbook) -> None:
    sheet = book.active
    cols = [
        number(),
        Col(None, lambda _: None),
        name(),
        level(),
        nature(),
        Col(None, lambda _: None),
    ]
    cols += [agency(), TOTAL, PLAN, Col(None, lambda _: None), DONE, start(), cause()]
    for at, col in enumerate(cols, 2):
        sheet.cell(3, at, col.heading)
    for p in PROJECTS:
        for at, col in enumerate(cols, 2):
            sheet.cell(3 + 2 * p.number, at, col.value(p))
    sheet.auto_filter.ref = "B3:N27"


@layout("县区来表", "累计完成投资一组，表头是日期8月31日、9月30日", parts=BOTH)
def date_heading(book: Workbook) -> None:
    days = (dt.date(2021, 8, 31), dt.date(2021, 9, 30))
    cols = usual(
        TOTAL,
        PLAN,
        *(
            money(("累计完成投资", day), key)
            for day, key in zip(days, ("last", "done"), strict=True)
        ),
    )
    draw(book.active, cols)
    for cell in book.active["H2:I2"][0]:
        cell.number_format = 'm"月"d"日"'
