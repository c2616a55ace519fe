"""Ledgers that differ in small things from those before: marks and words of the start, years side by side, tables at the side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

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
    progress,
    start,
    text,
    usual,
)
from layouts.projects import PROJECTS
from layouts.registry import BOTH, LAYOUTS, Draw, Layout, Want, table
from layouts.sheets import Col, draw, head, row, summed


def add(
    key: str,
    cols: Sequence[Col],
    want: Want = "right",
    *,
    parts: tuple[str, ...] = BOTH,
    **more: Any,
) -> None:
    """Register one plain table."""
    table("小处不同", f"z_{key}", key, cols, want, parts=parts, **more)


def free(
    key: str, want: Want = "right", *, parts: tuple[str, ...] = BOTH
) -> Callable[[Draw], Draw]:
    """Register what a function draws."""

    def register(drawn: Draw) -> Draw:
        LAYOUTS.append(Layout("小处不同", f"z_{key}", key, drawn, want, parts=parts))
        return drawn

    return register


add(
    "years_group",
    usual(
        TOTAL,
        money(("完成投资（万元）", "2020年底前"), "earlier"),
        money(("完成投资（万元）", "2021年1-9月"), "done"),
        money(("完成投资（万元）", "累计"), "since_start"),
        money("2021年计划", "plan"),
    ),
)
add(
    "total_and_years",
    usual(
        TOTAL,
        money("2020年底前完成", "earlier"),
        money("2021年计划", "plan"),
        money("2022年计划", "first_plan"),
        money("2021年完成", "done"),
    ),
)
add(
    "plan_actual",
    usual(TOTAL, money("2021年计划完成投资", "plan"), money("2021年实际完成投资", "done")),
)
add(
    "multi_line_title",
    USUAL,
    above=["某县2021年重点项目推进情况表\n（截至9月底）            单位：万元"],
)
add(
    "star_level",
    USUAL[:2]
    + [Col("级别", lambda p: "★" + p.level + "重点" if p.number < 4 else p.level + "重点")]
    + USUAL[3:],
    "either",
)
add(
    "star_name",
    USUAL[:1]
    + [Col("项目名称", lambda p: ("★" if p.number in (1, 4) else "") + p.name)]
    + USUAL[2:],
    "either",
    below=["注：★为省市重点调度项目。"],
)
add("unit_two_lines", USUAL[:4] + [Col("责任单位", lambda p: p.agency + "\n" + p.town)] + USUAL[5:])
add(
    "month_only",
    usual(
        money("总投资", "total"),
        money("年计划", "plan"),
        money("1-8月", "last"),
        money("1-9月", "done"),
    ),
)
add("month_ends", usual(TOTAL, PLAN, money("8月末", "last"), money("9月末", "done")), "either")
add(
    "this_last",
    usual(
        TOTAL, money("上年累计", "earlier"), money("本年计划", "plan"), money("本年累计", "done")
    ),
)
add(
    "invest_group",
    usual(
        TOTAL,
        money(("投资完成情况（万元）", "年度计划"), "plan"),
        money(("投资完成情况（万元）", "本月"), "month"),
        money(("投资完成情况（万元）", "本年"), "done"),
        money(("投资完成情况（万元）", "自开工"), "since_start"),
    ),
)
add("plan_real", usual(TOTAL, money("计划投资", "plan"), money("实际投资", "done")), "either")
add(
    "two_years_plan",
    usual(TOTAL, money("2021年计划投资", "plan"), money("2022年计划投资", "first_plan"), DONE),
)
add(
    "bracket_in_amount",
    usual(
        TOTAL,
        PLAN,
        Col("1-9月累计完成投资", lambda p: f"{p.done}（含征地）" if p.number == 2 else p.done),
    ),
    "asked",
)
add("two_notes", USUAL + [text("备注", "一"), text("备注", "二")])
add(
    "no_one_name",
    USUAL[:1] + [Col("项目名称", lambda p: p.name if p.number != 6 else None)] + USUAL[2:],
    "asked",
)
add("county_level", USUAL[:2] + [text("县区", "东山县")] + USUAL[2:])
add(
    "abc_level",
    USUAL[:2]
    + [Col("重点类别", lambda p: {"省": "A类", "市": "B类", "县": "C类"}[p.level])]
    + USUAL[3:],
)
add(
    "quarters_start",
    USUAL[:-2]
    + [
        Col(
            "开工时间",
            lambda p: p.start and f"{p.start.year}年{'一二三四'[(p.start.month - 1) // 3]}季度",
        ),
        cause(),
    ],
)
add(
    "half_start",
    USUAL[:-2]
    + [
        Col(
            "开工时间",
            lambda p: p.start and f"{p.start.year}年{'上' if p.start.month < 7 else '下'}半年",
        ),
        cause(),
    ],
)
add("yi_wei", USUAL[:-2] + [Col("是否开工", lambda p: "已" if p.started else "未"), cause()])
add(
    "progress_number",
    USUAL[:-2] + [Col("工程进度", lambda p: round(p.rate * 100)), progress(), start(), cause()],
)
add("progress_pct", USUAL[:-2] + [Col("进度", lambda p: p.rate, "0%"), start(), cause()])
add("nbsp", usual(Col("总投资（万）", lambda p: f"{p.total}\u00a0"), PLAN, DONE))
add(
    "invest_words",
    usual(
        money(("投资额（万元）", "总"), "total"),
        money(("投资额（万元）", "今年计划"), "plan"),
        money(("投资额（万元）", "已完成"), "done"),
    ),
)
add(
    "vertical_heads",
    usual(
        money("总\n投\n资", "total"),
        money("年\n度\n计\n划", "plan"),
        money("累\n计\n完\n成", "done"),
    ),
)
add(
    "spaced_heads",
    usual(money("总 投 资", "total"), money("年 度 计 划", "plan"), money("累 计 完 成", "done")),
)
add(
    "budget",
    usual(
        money("总概（预）算", "total"),
        money("本年度计划投资额", "plan"),
        money("2021年1~9月份累计完成投资额(含预付款)", "done"),
    ),
)
add(
    "finish_pct",
    usual(TOTAL, PLAN, DONE)
    + [
        Col("完成年度投资比例", lambda p: p.rate, "0.0%"),
        Col("累计完成总投资比例", lambda p: (p.earlier + p.done) / p.total, "0.0%"),
    ],
)
add(
    "sum_cols",
    usual(
        TOTAL,
        PLAN,
        money("1-8月累计完成投资", "last"),
        money("9月完成投资", "month"),
        Col("合计", lambda p: p.done),
    ),
    "either",
)
add(
    "accum_month_pair",
    usual(
        TOTAL,
        PLAN,
        money(("完成投资", "9月"), "month"),
        money(("完成投资", "1-9月"), "done"),
        money(("形象进度", "9月"), "month"),
    ),
    "either",
)
add("level_suffix", USUAL[:2] + [Col("级别", lambda p: p.level + "级重点工程项目")] + USUAL[3:])
add(
    "year_in_title_only",
    usual(TOTAL, money("计划", "plan"), money("完成", "done")),
    above=["2021年1-9月重点项目投资完成情况"],
)
add("plan_done_bare", usual(TOTAL, money("计划数", "plan"), money("完成数", "done")), "either")
add(
    "mixed_natures",
    USUAL[:3]
    + [
        Col(
            "建设性质",
            lambda p: {"续建": "续建", "新建": "2021年新开工", "前期": "前期谋划"}[p.nature],
        )
    ]
    + USUAL[4:],
)
add(
    "state_words",
    [
        number(),
        name(),
        level(),
        nature(),
        agency(),
        TOTAL,
        PLAN,
        DONE,
        Col(
            "当前状态",
            lambda p: (
                "竣工投产"
                if p.finish
                else "开工在建"
                if p.started
                else "前期阶段"
                if p.nature == "前期"
                else "招投标阶段"
            ),
        ),
        cause(),
    ],
)
add(
    "start_plan_col",
    USUAL[:-2]
    + [Col("拟开工时间", lambda p: month_of(p.planned_start)), start("实际开工"), cause()],
)
add(
    "total_dynamic",
    usual(money("动态总投资", "total"), money("静态总投资", "total", 0.95), PLAN, DONE),
    "asked",
)
add(
    "amount_kilo",
    usual(
        money("总投资（千元）", "total", 10),
        money("年度计划（千元）", "plan", 10),
        money("累计完成（千元）", "done", 10),
    ),
)
add(
    "loan_done",
    usual(TOTAL, PLAN, money("累计支付资金", "done", 0.5), money("累计完成工程量（万元）", "done")),
    "either",
)
add(
    "day_dates",
    USUAL[:-2]
    + [
        Col("开工日期", lambda p: p.start and f"{p.start.year}.{p.start.month}.{p.start.day}开工"),
        cause(),
    ],
)
add(
    "open_words",
    USUAL[:-2]
    + [
        Col(
            "开工情况",
            lambda p: (
                "前期" if p.nature == "前期" else "已开工" if p.started else "计划9月底前开工"
            ),
        ),
        cause(),
    ],
)
add(
    "open_words2",
    USUAL[:-2]
    + [Col("开工情况", lambda p: "正在办理前期手续" if not p.started else "施工中"), cause()],
)
add(
    "open_words3",
    USUAL[:-2]
    + [Col("开工情况", lambda p: "暂未开工" if not p.started else "按计划已开工"), cause()],
)
add(
    "open_words4",
    USUAL[:-2]
    + [Col("开工情况", lambda p: "未达到开工条件" if not p.started else "实质性开工"), cause()],
)
add(
    "open_words5",
    USUAL[:-2]
    + [Col("项目进展情况", lambda p: "未开工" if not p.started else p.progress), cause()],
    "either",
)
add(
    "open_words6",
    USUAL[:-2] + [Col("开工情况", lambda p: "具备开工条件" if not p.started else "开工"), cause()],
)
add(
    "open_words7",
    USUAL[:-2] + [Col("开工情况", lambda p: "预计年底开工" if not p.started else "开工"), cause()],
)
add(
    "open_words8",
    USUAL[:-2]
    + [Col("开工情况", lambda p: "正在组织开工准备" if not p.started else "已进场施工"), cause()],
)
add(
    "open_words9",
    USUAL[:-2]
    + [
        Col(
            "开工情况",
            lambda p: "即将开工" if not p.started else "停工" if p.number == 5 else "复工",
        ),
        cause(),
    ],
)


@free("name_sections")
def _drawn1(b: Workbook) -> None:
    s = b.active
    cols = [c for c in USUAL if c.heading not in ("序号", "建设性质")]
    at = head(s, cols, top=1, left=1)
    for n, k in zip("一二三", ("续建", "新建", "前期"), strict=False):
        some = [p for p in PROJECTS if p.nature == k]
        summed(
            s,
            at,
            cols,
            f"（{n}）{k}项目（{len(some)}个）",
            some,
            ("总投资", "年度计划投资", "1-9月累计完成投资"),
            label_at=1,
        )
        at += 1
        for p in some:
            row(s, at, cols, p)
            at += 1


@free("sheet_sections", parts=("level",))
def _drawn2(b: Workbook) -> None:
    b.remove(b.active)
    for n, k in zip("一二三", "省市县", strict=False):
        draw(
            b.create_sheet(f"{n}、{k}重点"),
            [c for c in USUAL if c.heading != "项目级别"],
            [p for p in PROJECTS if p.level == k],
            above=[f"{k}重点项目"],
        )


@free("sheet_yyyymm")
def _drawn3(b: Workbook) -> None:
    b.remove(b.active)
    for t, k in (("202109", "done"), ("202108", "last")):
        draw(b.create_sheet(t), usual(TOTAL, PLAN, money("累计完成投资", k)))


@free("same_month_twice", "asked")
def _drawn4(b: Workbook) -> None:
    b.remove(b.active)
    for t, k in (("9月", "last"), ("9月（修改）", "done")):
        draw(b.create_sheet(t), usual(TOTAL, PLAN, money("累计完成投资", k)))


@free("building_and_early_lacking", "either")
def _drawn5(b: Workbook) -> None:
    b.remove(b.active)
    draw(
        b.create_sheet("在建项目"),
        [c for c in USUAL if c.heading != "建设性质"],
        [p for p in PROJECTS if p.nature != "前期"],
    )
    draw(
        b.create_sheet("前期项目"),
        [number(), name(), level(), agency(), TOTAL, Col("前期工作进展", lambda p: p.progress)],
        [p for p in PROJECTS if p.nature == "前期"],
    )


@free("page_two")
def _drawn6(b: Workbook) -> None:
    s = b.active
    draw(s, USUAL, PROJECTS[:6], above=["重点项目表"])
    s.cell(9, 1, "第2页")
    draw(s, USUAL, PROJECTS[6:], top=10)


@free("sum_mid")
def _drawn7(b: Workbook) -> None:
    s = b.active
    d = draw(s, USUAL)
    summed(s, d.last + 1, USUAL, "合计", PROJECTS, MONEY)
    summed(s, d.last + 2, USUAL, "其中：在建", [p for p in PROJECTS if p.nature != "前期"], MONEY)
    summed(s, d.last + 3, USUAL, "前期", [p for p in PROJECTS if p.nature == "前期"], MONEY)


@free("hidden_row_old", "either")
def _drawn8(b: Workbook) -> None:
    s = b.active
    d = draw(s, USUAL, [*PROJECTS])
    s.row_dimensions[d.first].hidden = True
    s.auto_filter.ref = f"A1:J{d.last}"


@free("percent_table_beside")
def _drawn9(b: Workbook) -> None:
    s = b.active
    draw(s, USUAL)
    for r, (a, c) in enumerate([("县交通局", 0.82), ("县水利局", 0.58)], 2):
        s.cell(r, 13, a)
        s.cell(r, 14, c)
    s.cell(1, 13, "责任单位")
    s.cell(1, 14, "完成率")


@free("rank_beside")
def _drawn10(b: Workbook) -> None:
    s = b.active
    draw(s, USUAL)
    for r, p in enumerate(sorted(PROJECTS, key=lambda p: -p.rate), 2):
        s.cell(r, 13, r - 1)
        s.cell(r, 14, p.name)
        s.cell(r, 15, p.rate)
    for c, w in ((13, "名次"), (14, "项目名称"), (15, "完成率")):
        s.cell(1, c, w)
