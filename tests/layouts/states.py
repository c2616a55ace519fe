"""Whole ledgers in which the start, the finish, the level or the nature is shown in some way of the office's own."""

from __future__ import annotations

from typing import Any

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
    text,
)
from layouts.district import DISTRICT
from layouts.projects import PROJECTS, Made
from layouts.registry import BOTH, Want, table
from layouts.sheets import Col


def state(
    key: str,
    title: str,
    *shown: Col,
    want: Want = "right",
    head: list[Col] | None = None,
    parts: tuple[str, ...] = BOTH,
    projects: Any = PROJECTS,
    **more: Any,
) -> None:
    """Register a table whose columns beyond the usual ones are these."""
    first = [number(), name(), level(), nature(), agency()] if head is None else head
    cols = [*first, TOTAL, PLAN, DONE, *shown, cause()]
    table("状态来表", key, title, cols, want, projects, parts, **more)


def of(p: Made, done: Any, going: Any, waiting: Any, early: Any) -> Any:
    """One word for each state."""
    if p.nature == "前期":
        return early
    return done if p.finish else going if p.started else waiting


def tick(heading: Any, test: Any, mark: str = "√") -> Col:
    return Col(heading, lambda p: mark if test(p) else None)


state(
    "w_mixed_yes",
    "是否开工写法不一：是、已开工、√、Y、开工、否、未",
    Col(
        "是否开工",
        lambda p: (
            ["是", "已开工", "√", "Y", "开工", "是的"][p.number % 6]
            if p.started
            else "否"
            if p.number % 2
            else "未"
        ),
    ),
    want="either",
)
state(
    "w_circle",
    "是否开工：○表示已开工，空着的没有开工",
    tick("是否开工", lambda p: p.started, "○"),
    want="right",
)
state("w_circle_cross", "是否开工：○、×", Col("是否开工", lambda p: "○" if p.started else "×"))
state(
    "w_two_ticks",
    "开工情况一组：已开工、未开工各打√",
    tick(("开工情况", "已开工"), lambda p: p.started),
    tick(("开工情况", "未开工"), lambda p: not p.started),
    want="either",
)
state(
    "w_four_ticks",
    "项目状态一组：竣工、在建、未开工、前期各打√",
    tick(("项目状态", "竣工"), lambda p: p.finish),
    tick(("项目状态", "在建"), lambda p: p.started and not p.finish),
    tick(("项目状态", "未开工"), lambda p: not p.started and p.nature != "前期"),
    tick(("项目状态", "前期"), lambda p: p.nature == "前期"),
    want="either",
)
state(
    "w_words",
    "开工情况写成句子：已于2021年5月开工、计划10月开工、正在做前期",
    Col(
        "开工情况",
        lambda p: of(p, "已竣工", f"已于{month_of(p.start)}开工", "计划10月开工", "正在做前期工作"),
    ),
)
state(
    "w_words_long",
    "开工情况写成长句",
    Col(
        "开工情况",
        lambda p: of(
            p,
            "2021年8月竣工验收",
            "已开工建设，目前正在施工",
            "因土地手续未办结，尚未开工",
            "正在开展前期工作，未开工",
        ),
    ),
)
state(
    "w_progress_words",
    "建设进展：建成投用、建设中、未启动、谋划中",
    Col("建设进展", lambda p: of(p, "建成投用", "建设中", "未启动", "谋划中")),
    want="either",
)
state(
    "w_status_letters",
    "状态：A、B、C、D，表下注明含义",
    Col("项目状态", lambda p: of(p, "A", "B", "C", "D")),
    want="asked",
    below=["注：A已竣工，B在建，C未开工，D前期。"],
)
state(
    "w_started_month",
    "开工时间写「2021年5月」「已开工」「/」混用",
    Col(
        "开工时间",
        lambda p: ("已开工" if p.number == 4 else month_of(p.start)) if p.started else "/",
    ),
)
state(
    "w_dates_mixed",
    "开工时间写法混杂：2021.5、2021年3月、21-3-20、2020/6/15、日期",
    Col(
        "开工时间",
        lambda p: (
            p.start
            and [
                p.start,
                f"{p.start.year}.{p.start.month}",
                month_of(p.start),
                f"{p.start:%Y-%m}",
                f"{p.start:%Y/%m/%d}",
                f"{p.start:%Y%m%d}",
            ][p.number % 6]
        ),
    ),
)
state(
    "w_float_dates",
    "开工时间是数2021.5、2019.4（不是文本）",
    Col("开工时间", lambda p: p.start and float(f"{p.start.year}.{p.start.month}")),
)
state(
    "w_planned_actual_one_cell",
    "开工时间（计划/实际）写在一格：2021.5/2021.5",
    Col(
        "开工时间（计划/实际）",
        lambda p: f"{p.planned_start:%Y.%m}/" + (f"{p.start:%Y.%m}" if p.start else "未开工"),
    ),
    want="asked",
)
state(
    "w_planned_only",
    "只有计划开工时间，形象进度里看得出开没开工",
    Col("计划开工时间", lambda p: month_of(p.planned_start)),
    progress(),
    want="either",
)
state(
    "w_years",
    "只有建设年限2019-2022，没有开工时间",
    Col("建设年限", lambda p: f"{p.planned_start.year}-{p.planned_finish.year}"),
    progress(),
    want="either",
)
state(
    "w_years_months",
    "建设起止年月：2019.04-2022.12，未开工的写计划",
    Col("建设起止年月", lambda p: f"{p.planned_start:%Y.%m}-{p.planned_finish:%Y.%m}"),
    want="asked",
)
state(
    "w_plan_actual_groups",
    "开工时间一组：计划、实际；竣工时间一组：计划、实际",
    Col(("开工时间", "计划"), lambda p: month_of(p.planned_start)),
    Col(("开工时间", "实际"), lambda p: month_of(p.start) or None),
    Col(("竣工时间", "计划"), lambda p: month_of(p.planned_finish)),
    Col(("竣工时间", "实际"), lambda p: month_of(p.finish) or None),
)
state(
    "w_finish_done",
    "开工时间、竣工时间，竣工时间里写已竣工或计划的年月",
    start(),
    finish("竣工时间", lambda p: "已竣工" if p.finish else f"{month_of(p.planned_finish)}（计划）"),
    want="either",
)
state(
    "w_finish_word",
    "竣工时间里只有一项写「已竣工」，其余空着",
    start(),
    finish("竣工时间", lambda p: "已竣工" if p.finish else None),
)
state(
    "w_finish_future",
    "计划竣工时间以后的日期，是否竣工：是、否",
    start(),
    finish("计划竣工时间", lambda p: p.planned_finish),
    Col("是否竣工", lambda p: "是" if p.finish else "否"),
)
state(
    "w_finish_bare_future",
    "竣工时间全是年月，多数在以后",
    start(),
    Col("竣工时间", lambda p: month_of(p.finish or p.planned_finish)),
    want="either",
)
state(
    "w_state_and_start",
    "有开工时间，又有项目状态：续建、新开工、未开工、前期、竣工",
    start(),
    Col(
        "项目状态",
        lambda p: (
            "竣工"
            if p.finish
            else "前期"
            if p.nature == "前期"
            else "未开工"
            if not p.started
            else "续建"
            if p.nature == "续建"
            else "新开工"
        ),
    ),
)
state(
    "w_contradiction",
    "开工时间空着，却有完成投资（忘了填）",
    start("开工时间", lambda p: p.start if p.number != 4 else None),
    want="asked",
)
state(
    "w_yes_no_full",
    "是否已开工建设：ｙ、ｎ全角",
    Col("是否已开工建设", lambda p: "Ｙ" if p.started else "Ｎ"),
    want="either",
)
state(
    "w_started_numbers", "已开工填1、未开工填0", Col("是否开工（1是0否）", lambda p: int(p.started))
)
state(
    "w_procedures",
    "施工许可：有、无；开工时间；形象进度",
    text("施工许可", "有"),
    start("开工时间（年月）", lambda p: month_of(p.start) or "—"),
    progress(),
)
state(
    "w_reason_started",
    "未开工原因一栏另立",
    start(),
    Col("未开工原因", lambda p: None if p.started else p.cause or None),
    Col("滞后原因", lambda p: p.cause if p.started else None),
    want="either",
)
state(
    "w_light",
    "已有亮灯一栏：绿、黄、红，是否达序时：是、否",
    start(),
    Col("亮灯", lambda p: "绿灯" if p.rate >= 0.75 else "红灯"),
    Col("是否达序时进度", lambda p: "是" if p.rate >= 0.75 else "否"),
    want="either",
)

ONE = [number(), name()]
state(
    "n_level_ticks",
    "级别一组：省重点、市重点、县重点各打√",
    start(),
    want="either",
    head=[
        *ONE,
        *(tick(("级别", f"{w}重点"), lambda p, w=w: p.level == w) for w in "省市县"),
        nature(),
        agency(),
    ],
)
state(
    "n_nature_ticks",
    "建设性质一组：续建、新建、前期各打√",
    start(),
    want="either",
    head=[
        *ONE,
        level(),
        *(tick(("建设性质", w), lambda p, w=w: p.nature == w) for w in ("续建", "新建", "前期")),
        agency(),
    ],
)
state(
    "n_nature_and_kind",
    "项目性质是政府投资、企业投资，建设类型才是续建、新建",
    start(),
    head=[*ONE, level(), text("项目性质", "政府投资"), nature("建设类型"), agency()],
)
state(
    "n_level_and_nature",
    "类别一栏写「省重点续建」「县重点前期」",
    start(),
    want="either",
    head=[*ONE, Col("项目类别", lambda p: f"{p.level}重点{p.nature}项目"), agency()],
    parts=(),
)
state(
    "n_kind_industry",
    "项目类别是产业、民生，级别另有一栏",
    start(),
    head=[
        *ONE,
        Col("项目类别", lambda p: p.industry),
        level("重点级别"),
        nature("建设阶段"),
        agency(),
    ],
)
state(
    "n_units_many",
    "牵头单位、配合单位、责任人、包联领导、电话",
    start(),
    head=[
        *ONE,
        level(),
        nature(),
        agency("牵头单位"),
        text("配合单位", "县自然资源局"),
        text("责任人", "某某"),
        text("包联县领导", "某某"),
        text("联系电话", 13800000000),
    ],
)
state(
    "n_units_no_lead",
    "责任单位、建设单位、施工单位",
    start(),
    head=[
        *ONE,
        level(),
        nature(),
        text("建设单位", "某公司"),
        agency("责任单位"),
        text("施工单位", "某建筑公司"),
    ],
)
state(
    "n_no_number",
    "没有序号，第一栏是责任单位（合并样空着），第二栏项目名称",
    start(),
    want="either",
    head=[
        Col("责任单位", lambda p: None if p.number == 2 else p.agency),
        name(),
        level(),
        nature(),
    ],
)
state(
    "n_number_words",
    "序号写成省-01、市-01、县-01",
    start(),
    head=[Col("序号", lambda p: f"{p.level}-{p.number:02d}"), name(), level(), nature(), agency()],
)
state(
    "n_number_new",
    "序号写成1、2、新增1",
    start(),
    head=[
        Col("序号", lambda p: f"新增{p.number - 10}" if p.number > 10 else p.number),
        name(),
        level(),
        nature(),
        agency(),
    ],
)
state(
    "n_district_state",
    "区里的表：开工状态、层级、街道",
    Col("开工状态", lambda p: of(p, "完工", "在建", "未开工", "前期")),
    head=[
        *ONE,
        Col("项目层级", lambda p: f"{p.level}级重点"),
        nature(新建="新开工"),
        agency(),
        Col("属地街道", lambda p: p.town),
    ],
    projects=DISTRICT,
)
