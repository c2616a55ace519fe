"""The words of more offices: headings five rows deep, natures and states by other names, dates in words, units in other places."""

from __future__ import annotations

from openpyxl import Workbook

from layouts.columns import (
    DONE,
    MONEY,
    PLAN,
    TOTAL,
    USUAL,
    agency,
    cause,
    level,
    money,
    month_of,
    name,
    nature,
    number,
    start,
    text,
    usual,
    without,
)
from layouts.projects import PROJECTS, Made
from layouts.registry import BOTH, layout, table
from layouts.sheets import Col, draw

KIND = "各地的叫法"


def _with(heading: str, col: Col) -> list[Col]:
    return [col if each.heading == heading else each for each in USUAL]


for key, words in {
    "or": "新建或续建",
    "slash": "新建/续建",
    "brackets": "新（续）建",
    "kind": "项目属性",
}.items():
    cols = _with("建设性质", nature(words))
    table(KIND, f"nature_headed_{key}", f"性质栏的标题是「{words}」", cols, parts=BOTH)

table(
    KIND,
    "nature_by_words",
    "「项目性质」填政府投资、企业投资，「建设阶段」填续建、新建、前期",
    [
        number(),
        name(),
        level(),
        Col("项目性质", lambda p: "政府投资" if p.number % 2 else "企业投资"),
        nature("建设阶段"),
        *USUAL[4:],
    ],
    parts=BOTH,
)
table(
    KIND,
    "hastening",
    "性质写加快建设、新建、加快前期",
    _with("建设性质", nature(续建="加快建设", 前期="加快前期")),
    parts=("level",),
)

_DEEP = ("投资（万元）", "2021年", "完成", "累计")
for merged in (True, False):
    table(
        KIND,
        f"five_rows_{'merged' if merged else 'plain'}",
        f"五行表头，「累计」下面还分金额、比例{'' if merged else '，不合并'}",
        usual(
            money(("投资（万元）", "总投资"), "total"),
            money(("投资（万元）", "2021年", "计划"), "plan"),
            money((*_DEEP[:3], "当月"), "month"),
            money((*_DEEP, "金额"), "done"),
            Col((*_DEEP, "比例"), lambda p: round(p.rate, 4)),
        ),
        merged=merged,
        parts=BOTH,
    )

for key, words in {"adjusted": "9月调整", "half": "二季度调整", "issued": "3月下达"}.items():
    first = () if key == "issued" else (money("年度计划投资（年初下达）", "first_plan"),)
    plan = money(f"年度计划投资（{words}）", "plan")
    table(
        KIND, f"plan_{key}", f"计划栏写着「{words}」", usual(TOTAL, *first, plan, DONE), parts=BOTH
    )

table(
    KIND,
    "level_in_title",
    "没有级别栏，标题写「县级重点项目」",
    without("项目级别"),
    projects=[p for p in PROJECTS if p.level == "县"],
    above=("某某市陵河县2021年县级重点项目台账",),
)
table(
    KIND,
    "edited_in_october",
    "标题写「（10月8日更新）」",
    usual(TOTAL, PLAN, money("累计完成投资", "done")),
    above=("陵河县2021年重点项目台账（10月8日更新）",),
    parts=BOTH,
)


@layout(KIND, "单位只写在工作表名里：重点项目（亿元）", parts=BOTH)
def unit_in_name(book: Workbook) -> None:
    book.active.title = "重点项目（亿元）"
    keys = zip(MONEY, ("total", "plan", "done"), strict=True)
    draw(book.active, usual(*(money(heading, key, 1e-4) for heading, key in keys)))


@layout(KIND, "项目名称占两栏，上下都合并", parts=BOTH)
def name_over_two_columns(book: Workbook) -> None:
    cols = [number(), name(), text("项目名称", None), *USUAL[2:]]
    draw(book.active, cols)
    for at in range(1, len(PROJECTS) + 2):
        book.active.merge_cells(start_row=at, end_row=at, start_column=2, end_column=3)


def _pace(p: Made) -> str:
    if p.nature == "前期":
        return "前期"
    return "未开工" if not p.started else "滞后" if p.rate < 0.75 and not p.finish else "正常"


table(
    KIND,
    "pace",
    "没有开工日期，进度状态写正常、滞后、未开工",
    [
        *without("开工时间"),
        Col("进度状态", _pace),
        Col("竣工时间", lambda p: p.finish, "yyyy-mm-dd"),
    ],
    parts=BOTH,
)
table(
    KIND,
    "yes_and_when",
    "是否开工写「是（2021.3）」",
    [
        *without("开工时间"),
        Col("是否开工", lambda p: f"是（{p.start.year}.{p.start.month}）" if p.start else "否"),
        Col("竣工时间", lambda p: p.finish, "yyyy-mm-dd"),
    ],
    parts=BOTH,
)
table(
    KIND,
    "from_year_end_to_month_end",
    "只有「截至2020年底累计完成」「截至2021年9月底累计完成」，都是自开工以来的",
    usual(
        TOTAL,
        money("截至2020年底累计完成投资", "earlier"),
        PLAN,
        money("截至2021年9月底累计完成投资", "since_start"),
    ),
    "asked",
)


@layout(KIND, "一月一表，「完成投资」记的是当月数，没有写明", "asked")
def own_months(book: Workbook) -> None:
    book.active.title = "8月"
    for sheet in (book.active, book.create_sheet("9月")):
        draw(
            sheet,
            [*usual(TOTAL, PLAN, money("完成投资", "month"))[:-1], text("存在问题", "征地滞后")],
        )


_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_STARTS = {
    "chinese_year": (
        "二〇二一年3月",
        lambda p: (
            month_of(p.start).translate(_DIGITS)
            if p.start and p.start.month < 10
            else month_of(p.start)
        ),
    ),
    "trailing_slash": ("2021/3/", lambda p: f"{p.start.year}/{p.start.month}/" if p.start else ""),
    "beginning": ("2020年初", lambda p: f"{p.start.year}年初" if p.start else ""),
    "planned_last": (
        "2022年5月计划开工",
        lambda p: month_of(p.start) or f"{month_of(p.planned_start)}计划开工",
    ),
    "before_the_end": ("年底前开工", lambda p: month_of(p.start) or "年底前开工"),
}
for key, (words, show) in _STARTS.items():
    cols = [
        number(),
        name(),
        level(),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        start(show=show),
        cause(),
    ]
    cols.append(Col("竣工时间", lambda p: p.finish, "yyyy-mm-dd"))
    table(KIND, f"start_{key}", f"开工时间写「{words}」", cols, parts=BOTH)
