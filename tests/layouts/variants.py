"""Layouts that differ from the usual one in a column or two: periods, units, natures, levels, starts and dates in other words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from layouts.columns import (
    DONE,
    PLAN,
    TOTAL,
    agency,
    cause,
    finish,
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
from layouts.projects import Made
from layouts.registry import table
from layouts.sheets import Col

Show = Callable[[Made], Any]


def _done(*columns: Col) -> list[Col]:
    return usual(TOTAL, PLAN, *columns)


def _with(**columns: Col) -> list[Col]:
    """The usual columns, some of them others."""
    mine = {
        "level": level(),
        "nature": nature(),
        "agency": agency(),
        "total": TOTAL,
        "plan": PLAN,
        "done": DONE,
        "start": start(),
        "cause": cause(),
    } | columns
    return [number(), name(), *mine.values()]


for key, heading, want in (
    ("p_nine_words", "1至9月完成投资", "right"),
    ("p_wave", "1～9月完成投资额（万元）", "right"),
    ("p_both_months", "2021年1月至9月完成投资", "right"),
    ("p_until_day", "截至2021年9月30日累计完成投资", "right"),
    ("p_begin_september", "年初至9月底完成投资", "right"),
    ("p_until_september", "1月到9月累计完成", "right"),
    ("p_zeros", "01-09月累计完成投资额", "right"),
    ("p_first_nine", "前9个月完成投资", "right"),
    ("p_first_nine_words", "前九个月完成投资", "right"),
    ("p_chinese", "一至九月完成投资", "right"),
    ("p_until_dot", "截止9.30完成投资", "right"),
    ("p_until_date", "截至2021.9.30累计完成投资", "right"),
    ("p_until_iso", "截至2021-09-30完成投资", "right"),
    ("p_until_short", "截至9月份完成投资", "right"),
    ("p_september_total", "9月份累计完成投资", "right"),
    ("p_september_words", "九月份累计完成投资", "right"),
    ("p_quarter_end", "2021年第三季度末累计完成投资", "right"),
    ("p_third_end", "三季度末累计完成投资", "right"),
    ("p_three_quarters", "一至三季度完成投资", "right"),
    ("p_quarters_figures", "1-3季度完成投资", "right"),
    ("p_year_begin", "自年初累计完成投资", "right"),
    ("p_year_begin_words", "年初至报告期末累计完成投资", "right"),
    ("p_this_year", "2021年累计已完成投资", "right"),
):
    table("期次写法", key, heading, _done(money(heading, "done")), want)

for key, first, second in (
    ("q_month_total", "本月", "本月累计"),
    ("q_month_up_to", "当月完成", "截至当月完成"),
    ("q_september_two", "九月份完成投资", "一至九月完成投资"),
    ("q_quarter_two", "三季度完成投资", "前三季度完成投资"),
    ("q_month_year", "月完成投资", "年完成投资"),
    ("q_period", "本期完成投资", "期末累计完成投资"),
):
    table(
        "期次写法", key, f"{first}、{second}", _done(money(first, "month"), money(second, "done"))
    )

table(
    "期次写法",
    "q_last_this",
    "上月止累计、本月完成、本月止累计",
    _done(money("上月止累计", "last"), money("本月完成", "month"), money("本月止累计", "done")),
)
table(
    "期次写法",
    "q_history",
    "历年完成投资、累计完成投资（含历年）、本年完成",
    _done(
        money("历年完成投资", "earlier"),
        money("累计完成投资（含历年）", "since_start"),
        money("本年完成", "done"),
    ),
)
table(
    "期次写法",
    "q_both_bare",
    "累计完成投资、其中：本年完成投资",
    _done(money("累计完成投资", "since_start"), money("其中：本年完成投资", "done")),
)
table(
    "期次写法",
    "q_plan_months",
    "全年计划投资、1-9月应完成投资、1-9月实际完成投资",
    usual(
        TOTAL,
        money("全年计划投资", "plan"),
        Col("1-9月应完成投资", lambda p: p.plan * 0.75),
        money("1-9月实际完成投资", "done"),
    ),
)

for key, title, line, share in (
    ("u_money_yi", "金额单位：亿元", "金额单位：亿元", 0.0001),
    ("u_measure", "计量单位：亿元", "计量单位：亿元", 0.0001),
    ("u_money_wan", "金额：万元", "金额：万元", 1),
    ("u_unit_yuan", "单位：元", "单位：元", 10000),
    ("u_thousand", "单位：千元", "单位：千元", 10),
    ("u_million", "单位：百万元", "单位：百万元", 0.01),
    ("u_people", "单位:人民币亿元", "单位:人民币亿元", 0.0001),
    ("u_spaced", "单 位：亿 元", "单 位：亿 元", 0.0001),
    ("u_items", "单位：项、亿元、%", "单位：项、亿元、%", 0.0001),
    ("u_in_yi", "（以亿元为单位）", "（以亿元为单位）", 0.0001),
    ("u_title_tail", "标题末尾（亿元）", "2021年重点项目投资完成情况表（亿元）", 0.0001),
):
    cols = usual(
        *(
            money(col.heading, k, share)
            for col, k in ((TOTAL, "total"), (PLAN, "plan"), (DONE, "done"))
        )
    )
    table("单位写法", key, title, cols, above=[line])

table(
    "单位写法",
    "u_notes",
    "表下注：1.本表金额单位为亿元；2.……",
    usual(
        *(
            money(c.heading, k, 0.0001)
            for c, k in ((TOTAL, "total"), (PLAN, "plan"), (DONE, "done"))
        )
    ),
    below=["注：1.本表金额单位为亿元；2.进度以形象进度为准。"],
)
table(
    "单位写法",
    "u_two",
    "表上写了两种单位：总投资亿元、其余万元",
    usual(money("总投资", "total", 0.0001), PLAN, DONE),
    "either",
    above=["单位：总投资亿元，其余万元"],
)
table(
    "单位写法",
    "u_two_lines",
    "表上写万元，表下写亿元",
    usual(TOTAL, PLAN, DONE),
    "either",
    above=["单位：万元"],
    below=["注：金额单位为亿元。"],
)
table(
    "单位写法",
    "u_second_row",
    "两行表头，第二行是单位",
    [
        number(),
        name(),
        level(),
        nature(),
        agency(),
        money(("总投资", "（亿元）"), "total", 0.0001),
        money(("年度计划投资", "（万元）"), "plan"),
        money(("1-9月累计完成投资", "（万元）"), "done"),
        start(),
        cause(),
    ],
)
for key, headings in (
    ("u_dash", ("总投资—亿元", "年度计划投资—万元", "累计完成投资—万元")),
    ("u_colon", ("总投资：亿元", "年度计划投资：万元", "累计完成投资：万元")),
    ("u_square", ("总投资[亿元]", "年度计划投资[万元]", "累计完成投资[万元]")),
    ("u_front", ("（亿元）总投资", "（万元）年度计划", "（万元）累计完成")),
    ("u_unit_word", ("总投资（单位亿元）", "年度计划投资（单位万元）", "累计完成投资（单位万元）")),
    ("u_comma", ("总投资，亿元", "年度计划投资，万元", "累计完成投资，万元")),
):
    total, plan, done = headings
    table(
        "单位写法",
        key,
        total,
        usual(money(total, "total", 0.0001), money(plan, "plan"), money(done, "done")),
    )

for key, words, want in (
    ("n_intended", {"前期": "拟建"}, "right"),
    ("n_research", {"前期": "前期研究"}, "right"),
    ("n_research_project", {"前期": "前期研究类项目", "续建": "续建类", "新建": "新建类"}, "right"),
    ("n_plan_start", {"新建": "新开工"}, "right"),
    ("n_carried", {"续建": "结转续建", "新建": "当年新开工", "前期": "谋划"}, "right"),
    ("n_expand", {"续建": "扩建", "新建": "迁建"}, "right"),
    ("n_rebuild", {"续建": "改建", "新建": "技术改造"}, "right"),
    ("n_wrap", {"续建": "收尾"}, "right"),
    ("n_in_building", {"续建": "在建", "新建": "在建", "前期": "预备"}, "right"),
    (
        "n_bracket",
        {"续建": "在建（续建）", "新建": "在建（新开工）", "前期": "前期（储备）"},
        "right",
    ),
    ("n_letters", {"续建": "A类", "新建": "B类", "前期": "C类"}, "asked"),
    ("n_blank", {"续建": "正在实施", "新建": "开工建设", "前期": "前期工作"}, "either"),
):
    table("性质写法", key, "、".join(words.values()), _with(nature=nature(**words)), want)

LEVEL_WORDS = {
    "l_six": {"省": "省“六个一”", "市": "市重点", "县": "县重点"},
    "l_grade": {"省": "省级重点工程", "市": "市级重点工程", "县": "县级重点工程"},
    "l_state": {"省": "国家级", "市": "省级", "县": "市级"},
    "l_town": {"省": "市级", "市": "县级", "县": "镇级"},
    "l_committee": {"省": "省重点", "市": "市重点", "县": "县委县政府重点"},
    "l_short": {"省": "省", "市": "市", "县": "县"},
    "l_both": {"省": "省、市重点", "市": "市重点", "县": "县重点"},
    "l_other": {"省": "“十四五”重大", "市": "专项债", "县": "一般"},
}
for key, words in LEVEL_WORDS.items():
    col = Col("项目级别", lambda p, words=words: words[p.level])
    table("级别写法", key, "、".join(words.values()), _with(level=col))


def _started(heading: Any, yes: str, no: Any, early: Any = None) -> Col:
    return Col(heading, lambda p: yes if p.started else early if p.nature == "前期" else no)


for key, col, want in (
    ("s_tick", _started("是否开工", "√", "×"), "right"),
    ("s_y", _started("是否开工", "Y", "N", "N"), "right"),
    ("s_circle", _started("是否开工", "○", None), "either"),
    ("s_dot", _started("是否开工", "●", None), "either"),
    ("s_one", _started("是否开工", 1, 0, 0), "right"),
    ("s_bool", Col("是否开工", lambda p: p.started), "right"),
    ("s_tick_only", _started("是否已开工", "√", None), "either"),
    ("s_tick_heading", _started("已开工", "√", None), "either"),
    ("s_not_heading", Col("未开工", lambda p: "√" if not p.started else None), "either"),
    ("s_state", _started("建设状态", "施工中", "手续办理中", "前期工作"), "right"),
    (
        "s_stopped",
        Col("工程状态", lambda p: "停工" if p.number == 5 else "在施" if p.started else "未动工"),
        "either",
    ),
    ("s_date_words", Col("开工时间", lambda p: "已开工" if p.started else "未开工"), "right"),
    ("s_date_mixed", Col("开工时间", lambda p: "已开工" if p.number == 1 else p.start), "right"),
    ("s_pending", Col("开工时间", lambda p: p.start or "待定"), "right"),
    ("s_expected", Col("开工时间", lambda p: p.start or "预计10月开工"), "right"),
    ("s_expected_past", Col("实际开工时间", lambda p: p.start or "计划8月开工"), "right"),
    ("s_plan_bracket", Col("开工时间", lambda p: p.start or "2021年8月（计划）"), "either"),
    ("s_slash", Col("开工时间", lambda p: p.start or "/"), "right"),
    (
        "s_began",
        Col(
            "开工时间",
            lambda p: f"{p.start.year}年{p.start.month}月开工" if p.start else "尚未动工",
        ),
        "right",
    ),
    (
        "s_progress",
        Col(
            "开工情况",
            lambda p: (
                f"{p.start.year}年{p.start.month}月已开工" if p.start else "未开工，正在办理手续"
            ),
        ),
        "right",
    ),
):
    table("开工写法", key, str(col.heading), _with(start=col), want)


def _dated(pattern: str) -> Col:
    def shown(p: Made) -> Any:
        d = p.start
        return d and pattern.format(y=d.year, yy=d.year % 100, m=d.month, d=d.day)

    return Col("开工时间", shown)


for key, pattern, want in (
    ("d_no_day_word", "{y}年{m}月{d}", "right"),
    ("d_dash_month", "{y}-{m}", "right"),
    ("d_short", "{yy}.{m}.{d}", "right"),
    ("d_short_words", "{yy}年{m}月", "right"),
    ("d_slash", "{y}/{m}/{d}", "right"),
    ("d_dots", "{y}.{m:02d}.{d:02d}", "right"),
    ("d_packed", "{y}{m:02d}{d:02d}", "right"),
    ("d_packed_month", "{y}{m:02d}", "right"),
    ("d_early", "{y}年{m}月初", "right"),
    ("d_ten", "{y}年{m}月上旬", "right"),
    ("d_year", "{y}年", "either"),
    ("d_quote", "'{y}-{m}-{d}", "right"),
    ("d_spaces", "{y} 年 {m} 月 {d} 日", "right"),
):
    table("日期写法", key, pattern, _with(start=_dated(pattern)), want)

table(
    "日期写法",
    "d_number",
    "日期是数 20210930",
    _with(start=Col("开工时间", lambda p: p.start and int(f"{p.start:%Y%m%d}"))),
)
table(
    "日期写法",
    "d_serial",
    "日期没有设格式，显示成 44469",
    _with(start=Col("开工时间", lambda p: p.start and (p.start - dt.date(1899, 12, 30)).days)),
)
table(
    "日期写法",
    "d_this_last",
    "今年3月、去年8月",
    _with(
        start=Col(
            "开工时间",
            lambda p: (
                p.start
                and f"{ {2021: '今年', 2020: '去年'}.get(p.start.year, f'{p.start.year}年') }{p.start.month}月"
            ),
        )
    ),
)

table(
    "数",
    "v_percent",
    "完成率一栏是 0—100 的数，夹在计划与完成之间",
    usual(
        TOTAL,
        PLAN,
        Col("完成率", lambda p: round(p.rate * 100, 2)),
        DONE,
        Col("占年度计划%", lambda p: round(p.rate * 100, 2)),
    ),
)
table(
    "数",
    "v_zero_dash",
    "没有完成的写「—」",
    _with(done=Col("1-9月累计完成投资", lambda p: p.done or "—")),
    "either",
)
table("数", "v_commas", "金额带千分号的文本", _with(total=Col("总投资", lambda p: f"{p.total:,}")))
table(
    "数", "v_spaces", "金额是前后有空格的文本", _with(total=Col("总投资", lambda p: f" {p.total} "))
)
table(
    "数",
    "v_about",
    "总投资写「约68000」",
    _with(total=Col("总投资", lambda p: f"约{p.total}")),
    "either",
)
table(
    "数",
    "v_adjust",
    "年度计划、调增调减（负数）、调整后计划",
    usual(
        TOTAL,
        money("年度计划投资", "first_plan"),
        Col("调增调减", lambda p: p.plan - p.first_plan),
        money("调整后年度计划", "plan"),
        DONE,
    ),
)
table(
    "数",
    "v_left",
    "还有剩余投资、欠完成、还需完成",
    [
        *usual(TOTAL, PLAN, DONE),
        Col("剩余投资", lambda p: p.total - p.earlier - p.done),
        Col("比计划欠完成", lambda p: p.plan - p.done),
        Col("年内还需完成投资", lambda p: p.plan - p.done),
    ],
)
table(
    "数",
    "v_next",
    "还有明年计划投资、下月计划、10月计划",
    [
        *usual(TOTAL, PLAN, DONE),
        Col("2022年计划投资", lambda _: 500),
        Col("下月计划完成投资", lambda _: 300),
    ],
)
table(
    "数",
    "v_funds",
    "总投资后面分中央预算内、专项债、自筹",
    usual(
        TOTAL,
        Col("中央预算内投资", lambda p: p.total / 2),
        Col("专项债券", lambda _: 0),
        Col("企业自筹投资", lambda p: p.total / 2),
        PLAN,
        DONE,
    ),
)
table(
    "数",
    "v_building",
    "建安投资、固定资产投资与总投资并列",
    usual(
        TOTAL,
        Col("其中：建安投资", lambda p: p.total / 2),
        PLAN,
        DONE,
        Col("其中：固定资产投资", lambda p: p.done / 2),
    ),
)
table(
    "数",
    "v_finish",
    "竣工时间写「已竣工」",
    [*usual(TOTAL, PLAN, DONE), finish("实际竣工时间", lambda p: "已竣工" if p.finish else None)],
    "either",
)
table(
    "没有",
    "x_picture",
    "现场照片一栏是图片公式",
    [*usual(TOTAL, PLAN, DONE), text("现场照片", '=DISPIMG("ID_1",1)')],
)
table(
    "没有",
    "x_picture_progress",
    "形象进度里放图片",
    [*usual(TOTAL, PLAN, DONE), text("形象进度", '=_xlfn.DISPIMG("ID_1",1)')],
)
table(
    "没有",
    "x_none_words",
    "原因栏写「暂无」「不存在问题」「正常」",
    _with(cause=cause(none="正常")),
    "either",
)
table(
    "没有",
    "x_no_problem",
    "原因栏写「不存在问题」",
    _with(cause=cause(none="不存在问题")),
    "either",
)
table(
    "没有",
    "x_progress_two",
    "上月形象进度、本月形象进度",
    [*usual(TOTAL, PLAN, DONE), Col("上月形象进度", lambda _: "基础"), progress("本月形象进度")],
)
