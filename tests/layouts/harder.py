"""Layouts in which two troubles meet, or one that is seen seldom."""

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
    name,
    nature,
    number,
    progress,
    start,
    text,
    usual,
)
from layouts.projects import PROJECTS, Made
from layouts.registry import layout
from layouts.sheets import Col, draw, head, row, summed


@layout("两难", "自年初累计与自开工累计，都在「投资完成情况」一组里")
def since_when(book: Workbook) -> None:
    group = "投资完成情况（万元）"
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money((group, "自开工累计"), "since_start"),
            money((group, "自年初累计"), "done"),
        ),
    )


@layout("两难", "只有2020年的计划投资", "asked")
def plan_of_last_year(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, money("2020年计划投资", "first_plan"), DONE))


@layout("两难", "只有2020年1-9月完成投资", "asked")
def done_of_last_year(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("2020年1-9月完成投资", "earlier")))


@layout("两难", "表上写单位：亿元，年度计划一栏自己写（万元）")
def unit_above_and_own(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("总投资", "total", 0.0001),
            money("年度计划投资（万元）", "plan"),
            money("1-9月累计完成投资（万元）", "done"),
        ),
        above=["单位：亿元"],
    )


@layout("两难", "工作表叫2021.8、2021.9")
def sheets_by_dots(book: Workbook) -> None:
    book.remove(book.active)
    draw(book.create_sheet("2021.8"), usual(TOTAL, PLAN, money("累计完成投资", "last")))
    draw(book.create_sheet("2021.9"), usual(TOTAL, PLAN, money("累计完成投资", "done")))


@layout("两难", "工作表叫八月、九月")
def sheets_by_numerals(book: Workbook) -> None:
    book.remove(book.active)
    draw(book.create_sheet("九月"), usual(TOTAL, PLAN, money("累计完成投资", "done")))
    draw(book.create_sheet("八月"), usual(TOTAL, PLAN, money("累计完成投资", "last")))


@layout("两难", "一张全部项目的汇总，另有各级的分表", "either")
def whole_and_parts(book: Workbook) -> None:
    book.active.title = "汇总"
    draw(book.active, USUAL)
    for each in ("省", "市", "县"):
        draw(book.create_sheet(f"{each}重点"), USUAL, [p for p in PROJECTS if p.level == each])


@layout("两难", "合计行下面有「其中：省重点」等分项合计")
def sums_of_which(book: Workbook) -> None:
    sheet = book.active
    at = head(sheet, USUAL, top=1, left=1)
    summed(sheet, at, USUAL, "合计", PROJECTS, MONEY)
    for each in ("省", "市", "县"):
        at += 1
        label = f"其中：{each}重点" if each == "省" else f"{each}重点"
        summed(sheet, at, USUAL, label, [p for p in PROJECTS if p.level == each], MONEY)
    for project in PROJECTS:
        at += 1
        row(sheet, at, USUAL, project)


@layout("两难", "没有开工时间，形象进度里写着未开工", "either")
def start_in_progress(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(),
            name(),
            level(),
            nature(),
            agency(),
            TOTAL,
            PLAN,
            DONE,
            Col("形象进度", lambda p: p.progress if p.started or p.nature == "前期" else "未开工"),
            cause(),
        ],
    )


@layout("两难", "金额是文本，带千分号和全角数字", "either")
def typed_amounts(book: Workbook) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    draw(
        book.active,
        usual(
            Col("总投资", lambda p: f"{p.total:,}"),
            Col("年度计划投资", lambda p: f"{p.plan}".translate(wide)),
            Col("1-9月累计完成投资", lambda p: f" {p.done} "),
        ),
    )


@layout("两难", "千分号打成了中文标点：20、000、1，200，000.00、12.000.00")
def chinese_marks(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            Col(
                "总投资",
                lambda p: f"{p.total:,}".replace(",", "、" if p.total % 1000 == 0 else "，"),
            ),
            Col("年度计划投资", lambda p: f"{p.plan:,}.00".replace(",", "，")),
            Col("1-9月累计完成投资", lambda p: f"{p.done:,}.00".replace(",", ".")),
        ),
    )


@layout("两难", "千分号打错了地方：1，2000、2.0000.00", "asked")
def marks_astray(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            Col(
                "1-9月累计完成投资",
                lambda p: f"{p.done // 10000}，{p.done % 10000:04}" if p.done > 9999 else p.done,
            ),
        ),
    )


@layout("两难", "一张表上下两段，各有表头，栏目次序不同")
def stacked(book: Workbook) -> None:
    sheet = book.active
    draw(sheet, USUAL, PROJECTS[:6], above=["省市重点工程"])
    other = [number(), name(), nature(), level(), TOTAL, DONE, PLAN, agency(), start(), cause()]
    draw(sheet, other, PROJECTS[6:], above=["县重点工程"], top=11)


@layout("两难", "9月一组下面分当月、累计")
def month_group(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money(("2021年9月", "当月完成"), "month"),
            money(("2021年9月", "累计完成"), "done"),
        ),
    )


@layout("两难", "8月、9月两组，各分当月、累计")
def two_month_groups(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money(("8月", "当月完成"), "month", 0.5),
            money(("8月", "累计完成"), "last"),
            money(("9月", "当月完成"), "month"),
            money(("9月", "累计完成"), "done"),
        ),
    )


@layout("两难", "十四五计划投资与2021年计划投资")
def five_years(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL, money("“十四五”计划投资", "total", 0.8), money("2021年计划投资", "plan"), DONE
        ),
    )


@layout("两难", "到位资金、财政资金、新增投资也是金额")
def funds(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("已到位资金", "done", 0.5),
            money("累计到位资金", "done", 0.75),
            DONE,
            money("下步计划投资", "plan", 0.25),
        ),
    )


@layout("两难", "只写总投资、计划投资、完成投资", "either")
def bare_words(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, money("计划投资", "plan"), money("完成投资", "done")))


@layout("两难", "还有1-10月预计完成投资")
def forecast_column(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, DONE, money("1-10月预计完成投资", "plan")))


@layout("两难", "还有10月计划完成投资、四季度计划")
def next_plans(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL, PLAN, DONE, money("10月计划完成投资", "month"), money("四季度计划投资", "month")
        ),
    )


@layout("两难", "还有1-9月计划完成投资（序时任务）")
def plan_to_date(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("1-9月计划完成投资", "plan", 0.75),
            money("1-9月实际完成投资", "done"),
        ),
    )


@layout("两难", "去年同期完成投资、同比增长")
def same_period(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("去年同期完成投资", "earlier"),
            DONE,
            Col("同比增长", lambda _: 0.1, "0.0%"),
        ),
    )


@layout("两难", "隐藏着几行旧项目")
def hidden_rows(book: Workbook) -> None:
    drawn = draw(book.active, USUAL)
    for at in (drawn.first, drawn.first + 3):
        book.active.row_dimensions[at].hidden = True


@layout("两难", "省市重点分表名与表内级别栏不一致", "either")
def name_against_column(book: Workbook) -> None:
    book.remove(book.active)
    for each in ("省", "市", "县"):
        draw(book.create_sheet(f"{each}重点"), USUAL, [p for p in PROJECTS if p.level == each])


@layout("两难", "计划总投资、年度计划总投资")
def plan_totals(book: Workbook) -> None:
    draw(book.active, usual(money("计划总投资", "total"), money("年度计划总投资", "plan"), DONE))


@layout("两难", "单位换行写在表头里：总投资\\n亿元")
def unit_in_line(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("总投资\n亿元", "total", 0.0001),
            money("年度计划\n万元", "plan"),
            money("累计完成\n万元", "done"),
        ),
    )


@layout("两难", "表在第二张，前面是封面和填表说明")
def cover(book: Workbook) -> None:
    book.active.title = "封面"
    book.active["B5"] = "某县重点工程进展情况（2021年9月）"
    sheet = book.create_sheet("填表说明")
    for at, line in enumerate(
        ("一、项目名称写全称。", "二、总投资、年度计划投资、累计完成投资均以万元计。"), start=1
    ):
        sheet.cell(at, 1, line)
    draw(book.create_sheet("9月"), USUAL)


@layout("两难", "各县区各一张表，表名就是县区")
def by_county(book: Workbook) -> None:
    book.remove(book.active)
    for title, projects in (
        ("东山县", PROJECTS[:4]),
        ("西河县", PROJECTS[4:8]),
        ("南湖区", PROJECTS[8:]),
    ):
        draw(book.create_sheet(title), USUAL, projects)


@layout("两难", "未开工的写着计划开工时间，混在开工时间一栏里", "either")
def planned_in_start(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(),
            name(),
            level(),
            nature(),
            agency(),
            TOTAL,
            PLAN,
            DONE,
            start(
                "开工时间",
                lambda p: p.start or f"计划{p.planned_start.year}年{p.planned_start.month}月",
            ),
            cause(),
        ],
    )


@layout("两难", "前期项目和在建项目的状态写成：在建、竣工、未开工、前期")
def one_state(book: Workbook) -> None:
    def shown(p: Made) -> str:
        return (
            "竣工"
            if p.finish
            else "在建"
            if p.started
            else "前期"
            if p.nature == "前期"
            else "未开工"
        )

    draw(
        book.active,
        [
            number(),
            name(),
            level(),
            agency(),
            TOTAL,
            PLAN,
            DONE,
            Col("项目状态", shown),
            progress(),
            cause(),
        ],
    )


@layout("两难", "有审批、用地等手续栏，写着已办、未办")
def paperwork(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            DONE,
            after=(text("立项批复", "已办"), text("用地手续", "未办"), text("环评", "已办")),
        ),
    )
