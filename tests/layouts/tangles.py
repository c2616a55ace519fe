"""Whole ledgers in which rows, sheets and other tables lie about the projects: sections, parts, sums, pivots, months, departments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    money,
    name,
    nature,
    number,
    start,
    usual,
    without,
)
from layouts.district import DISTRICT
from layouts.projects import PROJECTS, Made
from layouts.registry import BOTH, layout
from layouts.sheets import Col, draw, head, row, summed

BY_LEVEL = {each: [p for p in PROJECTS if p.level == each] for each in "省市县"}
BY_NATURE = {each: [p for p in PROJECTS if p.nature == each] for each in ("续建", "新建", "前期")}


def _lines(sheet: Worksheet, lines: Sequence[Sequence[Any]]) -> None:
    for line in lines:
        sheet.append(line)


def _whole(sheet: Worksheet, at: int, cols: Sequence[Col], projects: Sequence[Made]) -> int:
    for project in projects:
        row(sheet, at, cols, project)
        at += 1
    return at


@layout("表中有表", "段末小计，段首只有「省重点项目」几个字，没有级别栏", parts=BOTH)
def section_and_subtotal(book: Workbook) -> None:
    sheet, cols = book.active, without("项目级别")
    at = head(sheet, cols, top=1, left=1)
    for each, projects in BY_LEVEL.items():
        sheet.cell(at, 1, f"{each}重点项目")
        at = _whole(sheet, at + 1, cols, projects)
        summed(sheet, at, cols, f"{each}重点小计", projects, MONEY, label_at=1)
        at += 1
    summed(sheet, at, cols, f"全县合计（{len(PROJECTS)}个）", PROJECTS, MONEY, label_at=1)


@layout("表中有表", "合计在最前，各段「省重点小计」在段首，序号栏写一、二、三", parts=BOTH)
def sums_first(book: Workbook) -> None:
    sheet, cols = book.active, without("项目级别")
    at = head(sheet, cols, top=1, left=1)
    summed(sheet, at, cols, "总 计", PROJECTS, MONEY)
    for numeral, (each, projects) in zip("一二三", BY_LEVEL.items(), strict=True):
        at += 1
        sheet.cell(at, 1, numeral)
        summed(sheet, at, cols, f"{each}重点小计", projects, MONEY)
        at = _whole(sheet, at + 1, cols, projects) - 1


@layout(
    "表中有表", "序号栏：一、（一）、1 三层，前两层带金额，名称栏写续建项目、省重点", parts=BOTH
)
def three_deep(book: Workbook) -> None:
    sheet, cols = book.active, without("项目级别", "建设性质")
    at = head(sheet, cols, top=1, left=1)
    for numeral, (kind, projects) in zip("一二三", BY_NATURE.items(), strict=True):
        sheet.cell(at, 1, numeral)
        summed(sheet, at, cols, f"{kind}项目", projects, MONEY)
        at += 1
        grades = [(e, [p for p in projects if p.level == e]) for e in "省市县"]
        for part, (each, some) in zip("一二三", [g for g in grades if g[1]], strict=False):
            sheet.cell(at, 1, f"（{part}）")
            summed(sheet, at, cols, f"{each}重点（{len(some)}个）", some, MONEY)
            at = _whole(sheet, at + 1, cols, some)
            for place in range(len(some)):
                sheet.cell(at - len(some) + place, 1, place + 1)


@layout("表中有表", "段标题是部门：县交通局（1项），没有责任单位栏")
def sections_by_agency(book: Workbook) -> None:
    sheet, cols = book.active, without("责任单位")
    at = head(sheet, cols, top=1, left=1)
    for unit in dict.fromkeys(p.agency for p in PROJECTS):
        some = [p for p in PROJECTS if p.agency == unit]
        sheet.cell(at, 1, f"{unit}（{len(some)}项）")
        at = _whole(sheet, at + 1, cols, some)


@layout("表中有表", "段标题是乡镇，级别、性质各有栏", parts=BOTH)
def sections_by_town(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for numeral, town in zip("一二三四五六", dict.fromkeys(p.town for p in PROJECTS), strict=False):
        sheet.cell(at, 1, f"{numeral}、{town}")
        at = _whole(sheet, at + 1, USUAL, [p for p in PROJECTS if p.town == town])


def _sub(sheet: Worksheet, at: int, label: Any, words: str, p: Made, share: float) -> int:
    line = [label, words, None, None, None, p.total * share, p.plan * share, p.done * share]
    for place, value in enumerate(line, 1):
        sheet.cell(at, place, value)
    return at + 1


def _with_parts(sheet: Worksheet, marks: Sequence[tuple[Any, str]]) -> None:
    at = head(sheet, USUAL, top=1, left=1)
    for p in PROJECTS:
        row(sheet, at, USUAL, p)
        at += 1
        if p.number in (1, 5):
            for label, words in marks:
                at = _sub(sheet, at, label, words, p, 0.5)


@layout("子项", "其中：一标段，下一行「二标段」没有标记也没有序号", "either", parts=BOTH)
def part_unmarked(book: Workbook) -> None:
    _with_parts(book.active, [(None, "其中：一标段"), (None, "二标段")])


@layout("子项", "子项序号（1）（2），名称没有「其中」", parts=BOTH)
def part_brackets(book: Workbook) -> None:
    _with_parts(book.active, [("（1）", "一标段"), ("（2）", "二标段")])


@layout("子项", "子项没有序号，名称前有两个空格", "either", parts=BOTH)
def part_indented(book: Workbook) -> None:
    _with_parts(book.active, [(None, "  路基工程"), (None, "  路面工程")])


@layout("子项", "子项序号1-1、1-2", parts=BOTH)
def part_dashes(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    for p in PROJECTS:
        row(sheet, at, USUAL, p)
        at += 1
        if p.number in (1, 5):
            for n in (1, 2):
                at = _sub(sheet, at, f"{p.number}-{n}", f"第{n}标段", p, 0.5)


@layout("子项", "子项序号①②，名称前面写「其中：」只在第一个", parts=BOTH)
def part_circles(book: Workbook) -> None:
    _with_parts(book.active, [("①", "其中：一标段"), ("②", "二标段")])


@layout("子项", "项目名称、级别纵向合并两行，每行一个标段，金额各记各的", "asked")
def merged_pairs(book: Workbook) -> None:
    sheet = book.active
    cols = [number(), name(), Col("标段", lambda _: "一标段"), *USUAL[2:]]
    at = head(sheet, cols, top=1, left=1)
    for p in PROJECTS:
        row(sheet, at, cols, p)
        if p.number == 1:
            for place, key in ((7, "total"), (8, "plan"), (9, "done")):
                sheet.cell(at, place, getattr(p, key) / 2)
                sheet.cell(at + 1, place, getattr(p, key) / 2)
            sheet.cell(at + 1, 3, "二标段")
            for place in (1, 2, 4, 5, 6, 10, 11):
                sheet.merge_cells(
                    start_row=at, end_row=at + 1, start_column=place, end_column=place
                )
            at += 1
        at += 1


@layout("表中有表", "每个项目两行：计划一行、完成一行，名称合并", "asked")
def two_lines_each(book: Workbook) -> None:
    sheet = book.active
    _lines(
        sheet,
        [
            [
                "序号",
                "项目名称",
                "项目级别",
                "建设性质",
                "责任单位",
                "总投资",
                "指标",
                "2021年投资",
                "开工时间",
            ]
        ],
    )
    for p in PROJECTS:
        at = sheet.max_row + 1
        first = [p.number, p.name, f"{p.level}重点", p.nature, p.agency, p.total]
        sheet.append([*first, "计划", p.plan, p.start])
        sheet.append([*[None] * 6, "完成", p.done])
        for place in range(1, 7):
            sheet.merge_cells(start_row=at, end_row=at + 1, start_column=place, end_column=place)


@layout("表中有表", "行列颠倒：一列一个项目", "asked")
def transposed(book: Workbook) -> None:
    for col in USUAL:
        book.active.append([col.heading, *(col.value(p) for p in PROJECTS)])


@layout("表中有表", "左边续建、右边新建和前期，两张表并排", parts=BOTH)
def side_by_side(book: Workbook) -> None:
    cols = USUAL
    draw(book.active, cols, BY_NATURE["续建"], above=["续建项目"])
    draw(
        book.active,
        cols,
        [*BY_NATURE["新建"], *BY_NATURE["前期"]],
        above=["新建和前期项目"],
        left=len(cols) + 2,
    )


@layout("表中有表", "右边隔一栏有按级别汇总的小表", parts=BOTH)
def pivot_beside(book: Workbook) -> None:
    sheet = book.active
    draw(sheet, USUAL)
    for at, line in enumerate(
        [
            ["行标签", "计数项:项目名称", "求和项:年度计划投资"],
            *([f"{e}重点", len(s), sum(p.plan for p in s)] for e, s in BY_LEVEL.items()),
            ["总计", len(PROJECTS), sum(p.plan for p in PROJECTS)],
        ],
        3,
    ):
        for place, value in enumerate(line, len(USUAL) + 2):
            sheet.cell(at, place, value)


@layout("表中有表", "明细上面先有一张按级别的汇总小表", parts=BOTH)
def summary_above(book: Workbook) -> None:
    sheet = book.active
    _lines(
        sheet,
        [
            ["一、总体情况"],
            ["级别", "项目数", "总投资", "年度计划投资", "累计完成投资"],
            *(
                [
                    f"{e}重点",
                    len(s),
                    *(sum(getattr(p, k) for p in s) for k in ("total", "plan", "done")),
                ]
                for e, s in BY_LEVEL.items()
            ),
            [],
            ["二、项目明细"],
        ],
    )
    draw(sheet, USUAL, top=8)


@layout("表中有表", "明细下面空两行有一张按性质的汇总小表", parts=BOTH)
def summary_below(book: Workbook) -> None:
    sheet = book.active
    draw(sheet, USUAL)
    _lines(
        sheet,
        [
            [],
            [],
            ["性质", "项目数", "总投资", "年度计划投资", "累计完成投资"],
            *(
                [e, len(s), *(sum(getattr(p, k) for p in s) for k in ("total", "plan", "done"))]
                for e, s in BY_NATURE.items()
            ),
        ],
    )


@layout("表中有表", "续建、新建、前期三段上下排列，各有标题和同样的表头，没有性质栏", parts=BOTH)
def three_tables(book: Workbook) -> None:
    sheet, top = book.active, 1
    for kind, projects in BY_NATURE.items():
        drawn = draw(sheet, without("建设性质"), projects, above=[f"{kind}项目"], top=top)
        top = drawn.last + 3


@layout("分表来表", "各部门一张表，栏目次序、叫法都不同")
def agencies_own_ways(book: Workbook) -> None:
    book.remove(book.active)
    ways = [
        [number(), name(), level(), nature(), TOTAL, PLAN, DONE, start(), cause()],
        [
            number(),
            name("工程名称"),
            nature("类别"),
            level("级别"),
            money("概算总投资", "total"),
            money("1-9月完成投资", "done"),
            money("2021年计划投资", "plan"),
            cause("困难问题"),
            start("开工日期"),
        ],
    ]
    for at, unit in enumerate(dict.fromkeys(p.agency for p in PROJECTS)):
        draw(
            book.create_sheet(unit),
            ways[at % 2],
            [p for p in PROJECTS if p.agency == unit],
            above=[f"{unit}重点项目进展表"],
        )


@layout("分表来表", "各级一张表，其中一张以亿元计")
def one_sheet_in_yi(book: Workbook) -> None:
    book.remove(book.active)
    for each, projects in BY_LEVEL.items():
        share = 0.0001 if each == "省" else 1
        cols = [
            col
            if col.levels[0] not in MONEY
            else Col(col.heading, lambda p, c=col, s=share: round(c.value(p) * s, 6))
            for col in without("项目级别")
        ]
        unit = "亿元" if each == "省" else "万元"
        draw(book.create_sheet(f"{each}重点"), cols, projects, above=[f"单位：{unit}"])


@layout("分表来表", "各县区一张表，最后有一张汇总（每县一行）和一张空表", parts=BOTH)
def counties_and_summary(book: Workbook) -> None:
    book.remove(book.active)
    groups = {"东山县": PROJECTS[:5], "西河县": PROJECTS[5:9], "南湖区": PROJECTS[9:]}
    summary = book.create_sheet("汇总")
    _lines(summary, [["县区", "项目数", "总投资", "年度计划投资", "累计完成投资"]])
    for title, projects in groups.items():
        summary.append(
            [
                title,
                len(projects),
                *(sum(getattr(p, k) for p in projects) for k in ("total", "plan", "done")),
            ]
        )
        drawn = draw(book.create_sheet(title), USUAL, projects, above=[f"{title}重点项目"])
        summed(book[title], drawn.last + 1, USUAL, "合计", projects, MONEY)
    draw(book.create_sheet("北湖区"), USUAL, [], above=["北湖区重点项目"])


@layout("分表来表", "1-7月、1-8月、1-9月三张表，9月那张多了两个项目", parts=BOTH)
def months_growing_list(book: Workbook) -> None:
    book.remove(book.active)
    for month in (7, 8, 9):
        key = "done" if month == 9 else "last"
        draw(
            book.create_sheet(f"1-{month}月"),
            usual(TOTAL, PLAN, money("累计完成投资", key)),
            PROJECTS if month == 9 else PROJECTS[:10],
            above=[f"2021年1-{month}月重点项目进展情况"],
        )


@layout("分表来表", "7.31、8.31、9.30三张表")
def sheets_by_day(book: Workbook) -> None:
    book.remove(book.active)
    for title, key in (("7.31", "last"), ("8.31", "last"), ("9.30", "done")):
        draw(book.create_sheet(title), usual(TOTAL, PLAN, money("累计完成投资", key)))


@layout("分表来表", "上月、本月两张表", "either")
def last_and_this(book: Workbook) -> None:
    book.remove(book.active)
    draw(book.create_sheet("上月"), usual(TOTAL, PLAN, money("累计完成投资", "last")))
    draw(book.create_sheet("本月"), usual(TOTAL, PLAN, money("累计完成投资", "done")))


@layout("分表来表", "台账（一）、台账（二）是一张表的上下两半", parts=BOTH)
def two_halves(book: Workbook) -> None:
    book.active.title = "台账（一）"
    draw(book.active, USUAL, PROJECTS[:7])
    draw(book.create_sheet("台账（二）"), USUAL, PROJECTS[7:])


@layout("分表来表", "每月一张表，只有当月完成投资", "asked")
def months_own_only(book: Workbook) -> None:
    book.remove(book.active)
    for month in range(7, 10):
        draw(book.create_sheet(f"{month}月"), usual(TOTAL, PLAN, money("当月完成投资", "month")))


@layout("分表来表", "基本情况一张表，投资完成另一张表，按项目名称对应", "asked")
def split_by_columns(book: Workbook) -> None:
    book.active.title = "基本情况"
    draw(book.active, [number(), name(), level(), nature(), agency(), TOTAL, start(), cause()])
    draw(book.create_sheet("投资完成"), [number(), name(), PLAN, DONE])


@layout("分表来表", "2020年、2021年两张年度表，项目大半相同")
def two_years(book: Workbook) -> None:
    book.remove(book.active)
    draw(book.create_sheet("2020年"), usual(TOTAL, PLAN, money("累计完成投资", "earlier")))
    draw(book.create_sheet("2021年"), usual(TOTAL, PLAN, money("累计完成投资", "done")))


@layout("分表来表", "已调出项目另有一张表", "either", parts=BOTH)
def taken_out(book: Workbook) -> None:
    book.active.title = "2021年重点项目"
    draw(book.active, USUAL, PROJECTS)
    draw(book.create_sheet("已调出项目"), USUAL, DISTRICT[:2])


@layout("表中有表", "表尾：合计、空行、单位负责人、制表人、审核、填报说明三条", parts=BOTH)
def long_footer(book: Workbook) -> None:
    drawn = draw(book.active, USUAL, above=["重点项目表", "单位：万元"])
    summed(book.active, drawn.last + 1, USUAL, "合    计", PROJECTS, MONEY, label_at=1)
    _lines(
        book.active,
        [
            [],
            ["单位负责人：", None, "审核人：", None, "制表人：张某", None, "2021年9月30日"],
            ["填报说明："],
            ["1.项目名称请写全称；", None],
            ["2.累计完成投资为1月至本月累计，单位万元；"],
            [3, "请于每月28日前报送。"],
        ],
    )


@layout("表中有表", "合计行的数是文本，且四舍五入到亿元两位", "either", parts=BOTH)
def rounded_sum(book: Workbook) -> None:
    drawn = draw(book.active, USUAL)
    at = drawn.last + 1
    book.active.cell(at, 2, "合计")
    for place, key in ((6, "total"), (7, "plan"), (8, "done")):
        amount = sum(getattr(p, key) for p in PROJECTS)
        book.active.cell(at, place, f"{amount / 10000:.2f}亿元")


@layout("表中有表", "合计行写着项数和百分数：12个、75.15%", parts=BOTH)
def sum_with_share(book: Workbook) -> None:
    cols = [*USUAL[:8], Col("完成率", lambda p: p.rate, "0.00%"), *USUAL[8:]]
    drawn = draw(book.active, cols)
    summed(book.active, drawn.last + 1, cols, "总计", PROJECTS, MONEY, label_at=1)
    book.active.cell(drawn.last + 1, 2, "12个")
    book.active.cell(drawn.last + 1, 9, "75.15%")


@layout("表中有表", "表头两行，数据中间又重复一次两行表头", parts=BOTH)
def heads_again(book: Workbook) -> None:
    cols = usual(
        TOTAL, money(("2021年投资", "计划"), "plan"), money(("2021年投资", "完成"), "done")
    )
    draw(book.active, cols, PROJECTS[:6])
    draw(book.active, cols, PROJECTS[6:], top=9)


@layout("表中有表", "级别只在每组第一行写，下面空着（没有合并），按级别排", parts=BOTH)
def named_once(book: Workbook) -> None:
    sorted_ = [p for some in BY_LEVEL.values() for p in some]
    heads = {some[0].number for some in BY_LEVEL.values()}
    once = Col("项目级别", lambda p: f"{p.level}重点" if p.number in heads else None)
    draw(book.active, [*USUAL[:2], once, *USUAL[3:]], sorted_)
