"""Whole ledgers as counties, districts and bureaus send them: several troubles on one sheet, most of them about months, plans and units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from layouts.projects import PROJECTS, Made
from layouts.registry import BOTH, Want, table
from layouts.sheets import Col


def county(
    key: str,
    title: str,
    cols: Sequence[Col],
    want: Want = "right",
    projects: Sequence[Made] = PROJECTS,
    parts: tuple[str, ...] = BOTH,
    **more: Any,
) -> None:
    """Register one sheet with one table."""
    table("县区来表", key, title, cols, want, projects, parts, **more)


INVESTED = "投资情况（万元）"
county(
    "three_rows",
    "三行表头：总投资、至2020年底累计、2021年（计划：年初、调整；完成：9月、1-9月）",
    [
        number(),
        name(),
        level(),
        nature(),
        agency("责任单位（牵头）"),
        money((INVESTED, "总投资"), "total"),
        money((INVESTED, "至2020年底累计完成"), "earlier"),
        money((INVESTED, "2021年", "计划（年初）"), "first_plan"),
        money((INVESTED, "2021年", "计划（调整）"), "plan"),
        money((INVESTED, "2021年", "9月完成"), "month"),
        money((INVESTED, "2021年", "1-9月完成"), "done"),
        start("开工时间", lambda p: p.start and f"{p.start:%Y.%m}"),
        progress("截至9月底形象进度"),
        cause("存在的困难和问题", "无"),
    ],
    above=["附件1", "某县2021年重点工程建设进展情况表（截至2021年9月30日）"],
    below=["填表人：张某", "联系电话：0356-0000000"],
)
county(
    "plan_and_image",
    "「2021年计划投资及形象进度」「1—9月完成情况」两组，各有投资与形象进度",
    [
        number(),
        name("项目\n名称"),
        level("级别"),
        nature("性质"),
        agency("建设\n单位"),
        money("概算总投资\n（亿元）", "total", 0.0001),
        money(("2021年计划投资及形象进度", "计划投资（万元）"), "plan"),
        text(("2021年计划投资及形象进度", "年度形象进度目标"), "完成主体工程"),
        money(("1—9月完成情况", "完成投资（万元）"), "done"),
        progress(("1—9月完成情况", "形象进度")),
        start("实际开工\n时间"),
        cause("备注"),
    ],
    "either",
)
MONTHS = [
    Col(
        f"{m}月",
        lambda p, m=m: (
            (p.month if m == 9 else (p.last // 8 + (p.last % 8 if m == 1 else 0)))
            if m <= 9
            else None
        ),
    )
    for m in range(1, 13)
]


def _quarter(p: Made, k: int) -> int:
    """What a project did in a quarter: less in the second than in the first."""
    return (p.done // 2, p.done // 4, p.done - p.done // 2 - p.done // 4)[k]


county("months_across", "1月至12月各一栏，末尾有1-9月累计", usual(TOTAL, PLAN, *MONTHS, DONE))
county(
    "months_across_total",
    "「2021年完成投资」一组：1月至12月、合计",
    usual(
        TOTAL,
        PLAN,
        *(Col(("2021年完成投资（万元）", col.heading), col.value) for col in MONTHS),
        money(("2021年完成投资（万元）", "合计"), "done"),
    ),
)
county(
    "months_across_alone",
    "只有1月至12月各月当月数，没有累计",
    usual(TOTAL, PLAN, *MONTHS),
)
county(
    "months_named_own",
    "「各月当月完成投资」一组：1月至9月，没有累计",
    usual(TOTAL, PLAN, *(Col(("各月当月完成投资", c.heading), c.value) for c in MONTHS[:9])),
)
county(
    "quarters_alone",
    "一季度、二季度、三季度各一栏完成投资，另有完成率",
    usual(
        TOTAL,
        PLAN,
        *(Col(f"{q}季度完成投资", lambda p, k=k: _quarter(p, k)) for k, q in enumerate("一二三")),
        Col("完成率", lambda p: round(p.done / p.plan, 4) if p.plan else None),
    ),
)
county(
    "months_growing_bare",
    "1月至9月各一栏，填的是累计数，标题不说",
    usual(
        TOTAL,
        PLAN,
        *(Col(f"{m}月", lambda p, m=m: p.last * m // 8 if m < 9 else p.done) for m in range(1, 10)),
    ),
    "asked",
)
county(
    "months_growing",
    "1月、1-2月……1-9月逐月累计各一栏",
    usual(
        TOTAL,
        PLAN,
        Col("1月完成投资", lambda p: p.last // 8),
        *(Col(f"1-{m}月完成投资", lambda p, m=m: p.last * m // 8) for m in range(2, 9)),
        money("1-9月完成投资", "done"),
        *(Col(f"1-{m}月完成投资", lambda _: None) for m in range(10, 13)),
    ),
)
county(
    "months_plan_done",
    "每月一组：计划、完成；最后一组全年：计划、累计完成",
    usual(
        money("总投资(万元)", "total"),
        *(
            Col((f"{m}月", words), lambda p, m=m, k=k: p.month if k and m == 9 else p.plan // 12)
            for m in range(1, 10)
            for k, words in enumerate(("计划", "完成"))
        ),
        money(("全年", "计划投资"), "plan"),
        money(("全年", "累计完成"), "done"),
    ),
    "either",
)
county(
    "plan_parts_sum_last",
    "年度计划一组：中央、省、市县、自筹、小计（小计在最后）",
    usual(
        TOTAL,
        *(
            Col(("2021年度计划投资", w), lambda p, s=s: p.plan * s // 100)
            for w, s in (("中央", 10), ("省级", 20), ("市县", 30), ("自筹", 40))
        ),
        money(("2021年度计划投资", "小计"), "plan"),
        DONE,
    ),
    projects=PROJECTS,
)
county(
    "old_new_plan",
    "计划(原)、计划(现)",
    usual(TOTAL, money("年度计划（原）", "first_plan"), money("年度计划（现）", "plan"), DONE),
    "either",
)
county(
    "year_group_percent",
    "「2021年投资（万元）」一组：计划、完成、%",
    [
        number("No."),
        name("工程名称"),
        level(),
        nature(),
        agency("责任部门"),
        money("总投资\n（万元）", "total"),
        money(("2021年投资（万元）", "计划"), "plan"),
        money(("2021年投资（万元）", "完成"), "done"),
        Col(("2021年投资（万元）", "%"), lambda p: round(100 * p.rate, 1)),
        start("开工日期"),
        cause("未达进度原因"),
    ],
)
county(
    "done_and_percent",
    "累计完成、累计完成（%）并列，百分数写成0.82",
    usual(TOTAL, PLAN, money("累计完成", "done"), Col("累计完成（%）", lambda p: round(p.rate, 4))),
)
county(
    "percent_first",
    "累计完成（%）写成82.0，站在累计完成投资之前",
    usual(
        TOTAL,
        PLAN,
        Col("累计完成%", lambda p: round(p.rate * 100, 1)),
        money("累计完成额", "done"),
    ),
)
county(
    "september_plan_done",
    "9月份一组：当月计划、当月完成、累计计划、累计完成",
    usual(
        TOTAL,
        money("全年计划", "plan"),
        Col(("9月份", "当月计划"), lambda p: p.plan // 12),
        money(("9月份", "当月完成"), "month"),
        Col(("9月份", "累计计划"), lambda p: p.plan * 9 // 12),
        money(("9月份", "累计完成"), "done"),
        Col("完成全年计划比例", lambda p: p.rate, "0.0%"),
    ),
)
county(
    "quarters_planned",
    "上半年计划、三季度计划、全年计划，另有预计全年完成",
    usual(
        TOTAL,
        Col("上半年计划投资", lambda p: p.plan // 2),
        Col("三季度计划投资", lambda p: p.plan // 4),
        money("全年计划投资", "plan"),
        money("截至9月底完成投资", "done"),
        money("预计全年完成投资", "plan"),
    ),
)
county(
    "bare_since_start",
    "只有一栏累计完成投资，记的是自开工以来的数，好几项超过年度计划一倍",
    usual(TOTAL, PLAN, money("累计完成投资", "since_start")),
    "asked",
)
county(
    "since_start_noted",
    "累计完成投资一栏，表下注明为自开工累计",
    usual(TOTAL, PLAN, money("累计完成投资", "since_start"), money("2021年完成", "done")),
    below=["注：“累计完成投资”为自开工以来累计完成数。"],
)
county(
    "title_last_month",
    "标题写8月，栏目只写累计完成投资",
    usual(TOTAL, PLAN, money("累计完成投资", "last")),
    "asked",
    above=["某县2021年8月重点项目进展情况表"],
)
county(
    "title_last_year",
    "标题写2020年，栏目只写年度计划、累计完成",
    usual(TOTAL, PLAN, money("累计完成投资", "done")),
    "asked",
    above=["某县2020年重点项目进展情况表"],
)
county(
    "title_until_august",
    "标题写（截至2021年8月31日），栏目只写累计完成投资",
    usual(TOTAL, PLAN, money("累计完成投资", "last")),
    "asked",
    above=["某县重点项目进展情况表", "（截至2021年8月31日）"],
)
county(
    "reported_in_october",
    "标题写9月，填报日期10月8日",
    usual(TOTAL, PLAN, money("累计完成投资", "done")),
    above=[
        "某县2021年9月重点项目进展情况表",
        "填报单位：某县发改局　单位：万元　填报日期：2021年10月8日",
    ],
)
county(
    "third_quarter_title",
    "标题写2021年三季度",
    usual(TOTAL, PLAN, money("累计完成投资", "done")),
    above=["某县2021年三季度重点项目建设情况统计表"],
)
county(
    "all_in_one_line",
    "填报单位、单位：亿元、日期写在同一格",
    usual(
        money("总投资", "total", 0.0001),
        money("年度计划投资", "plan", 0.0001),
        money("累计完成投资", "done", 0.0001),
    ),
    above=[
        "2021年重点工程推进表",
        "填报单位：县重点办          单位：亿元          填报日期：2021年9月30日",
    ],
)
county(
    "yi_total_wan_done",
    "总投资（亿）与年度计划（亿元）、完成（万元）混用",
    usual(
        money("总投资(亿)", "total", 0.0001),
        money("2021年度投资目标(亿元)", "plan", 0.0001),
        money("1-9月完成额(万元)", "done"),
    ),
)
county(
    "yi_texts",
    "金额是文本：「6.8亿」「2亿」「16,400万」",
    usual(
        Col("总投资", lambda p: f"{p.total / 10000:g}亿"),
        Col("年度计划投资", lambda p: f"{p.plan / 10000:g}亿"),
        Col("累计完成投资", lambda p: f"{p.done:,}万" if p.done else "0"),
    ),
)
county(
    "chinese_commas",
    "金额用全角逗号、顿号当千分号",
    usual(
        Col("总投资（万元）", lambda p: f"{p.total:,}".replace(",", "，")),
        Col("年度计划投资（万元）", lambda p: f"{p.plan:,}".replace(",", "、")),
        Col("累计完成投资（万元）", lambda p: f"{p.done:,}.00"),
    ),
    "either",
)
county(
    "ranges",
    "总投资是范围：6.8—7.0亿",
    usual(
        Col("总投资", lambda p: f"{p.total / 10000:.1f}—{p.total / 10000 + 0.2:.1f}亿元"),
        PLAN,
        DONE,
    ),
    "asked",
)
county(
    "about",
    "总投资写「约68000」，完成写「—」",
    usual(
        Col("总投资（万元）", lambda p: f"约{p.total}"),
        Col("年度计划投资（万元）", lambda p: p.plan),
        Col("累计完成投资（万元）", lambda p: p.done or "—"),
    ),
    "either",
)
county(
    "negative_month",
    "9月当月有负数（核减），累计不受影响",
    usual(
        TOTAL,
        PLAN,
        Col("9月完成投资", lambda p: -p.month if p.number == 4 else p.month),
        money("1-9月累计完成投资", "done"),
    ),
)
county(
    "two_totals",
    "估算总投资、批复概算总投资两栏，数不同",
    usual(money("估算总投资", "total", 1.1), money("批复概算总投资", "total"), PLAN, DONE),
    "asked",
)
county(
    "two_measures",
    "完成投资分统计口径、形象口径两栏",
    usual(
        TOTAL,
        PLAN,
        money("1-9月完成投资（统计口径）", "done", 0.8),
        money("1-9月完成投资（形象口径）", "done"),
    ),
    "asked",
)
