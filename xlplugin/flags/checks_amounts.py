"""Checks 4–15 and 21: amounts, dates and states that do not fit together. A check whose column is missing is silent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.amounts import percent, ratio, wan
from xlplugin.errors import Problem
from xlplugin.flags.facts import Facts
from xlplugin.flags.judgement import NOT_STARTED, by_ratio
from xlplugin.periods import add_months, say_date
from xlplugin.schema import BUILDING

SLIP = 1000
"""A figure this many times last month's looks like 亿元 typed as 万元 (or the other way round)."""
MUCH, TOO_MUCH = 1, 10
"""Completion above 100 % is asked about (151 % was seen); above 1,000 % (999 %) it cannot be."""


def missing_amounts(facts: Facts) -> Iterator[Problem]:
    """KP04, KP30: an amount left empty. Nothing is read as 0 silently where a judgement or a sum needs it."""
    refused = {
        problem.cell
        for problem in facts.ledger.problems
        if problem.code in ("KP04", "KP25", "KP26")
    }
    lacking = np.isnan(facts.data["total"]) | np.isnan(facts.data["done"])
    judged = by_ratio(facts)[lacking].tolist()
    for by_figures, (row, project) in zip(judged, facts.rows(lacking), strict=True):
        if project.total is None and facts.ledger.table.address(row, "total") not in refused:
            yield facts.problem("KP04", "E", row, "total", "应为数字", "现为空")
        if project.done is None and facts.ledger.table.address(row, "done") not in refused:
            if by_figures:
                yield facts.problem(
                    "KP30",
                    "E",
                    row,
                    "done",
                    "应为数字，否则不能判断是否达到序时",
                    "现为空",
                    "请填写累计完成投资，没有完成的填 0",
                )
            elif project.status != NOT_STARTED:
                yield facts.problem(
                    "KP04",
                    "W",
                    row,
                    "done",
                    "应为数字",
                    "现为空，合计时按 0 计",
                    "没有完成的请填 0",
                )


def plan_over_total(facts: Facts) -> Iterator[Problem]:
    """KP06: the year's plan is larger than the whole project."""
    for row, project in facts.rows(facts.data["plan"] > facts.data["total"]):
        yield facts.problem(
            "KP06",
            "W",
            row,
            "plan",
            f"不应大于总投资 {wan(project.total)} 万元",
            f"现为 {wan(project.plan)} 万元",
        )


def against_last_month(facts: Facts) -> Iterator[Problem]:
    """KP06, KP07: a thousand times last month's figure, or less than last month's without a note."""
    done, last = facts.data["done"], facts.data["last_done"]
    for row, project in facts.rows(
        (last > 0) & ((done >= last * SLIP) | ((done > 0) & (done * SLIP <= last)))
    ):
        yield facts.problem(
            "KP06",
            "W",
            row,
            "done",
            f"与上月 {wan(project.last_done)} 万元相差不应上千倍",
            f"现为 {wan(project.done)} 万元",
        )
    for row, project in facts.rows((done < last) & facts.where("adjustment", "")):
        yield facts.problem(
            "KP07",
            "E",
            row,
            "done",
            f"不应少于上月累计 {wan(project.last_done)} 万元",
            f"现为 {wan(project.done)} 万元",
        )


def over_total(facts: Facts) -> Iterator[Problem]:
    """KP08: done this year and in earlier years exceeds total investment; with an adjustment note it is only said."""
    data = facts.data
    for row, project in facts.rows(
        data["done"] + np.nan_to_num(data["earlier_done"]) > data["total"]
    ):
        sum_ = project.done + (project.earlier_done or 0)
        yield facts.problem(
            "KP08",
            "W" if project.adjustment else "E",
            row,
            "done",
            f"连同以前年度不应超过总投资 {wan(project.total)} 万元",
            f"现为 {wan(sum_)} 万元",
        )


def high_completion(facts: Facts) -> Iterator[Problem]:
    """KP09: over 100 % is real but asked about; over 999 % is a slip."""
    plan, done = facts.data["plan"], facts.data["done"]
    for row, project in facts.rows((plan > 0) & (done > plan)):
        share = ratio(project.done, project.plan)
        assert share is not None
        wild = share * 100 > 999
        yield facts.problem(
            "KP09",
            "E" if wild else "W",
            row,
            "done",
            "完成率不应超过 999%" if wild else "完成率一般不超过 100%",
            f"现为 {percent(share)}%",
        )


def no_plan(facts: Facts) -> Iterator[Problem]:
    """KP10: no plan, so no ratio."""
    refused = {p.cell for p in facts.ledger.problems if p.code in ("KP04", "KP05", "KP25", "KP26")}
    for row, project in facts.rows(np.nan_to_num(facts.data["plan"]) == 0):
        if facts.ledger.table.address(row, "plan") not in refused:
            yield facts.problem(
                "KP10",
                "W",
                row,
                "plan",
                "应有年度计划",
                "现为空" if project.plan is None else "现为 0",
            )


def start_dates(facts: Facts) -> Iterator[Problem]:
    """KP11: marked started without a date; a start after the cut-off; no dates at all, so that nothing counts as started."""
    data, as_of = facts.data, facts.settings.as_of
    refused = {p.cell for p in facts.ledger.problems if p.code in ("KP16", "KP25", "KP26")}
    if not facts.has("actual_start") and facts.where("nature", BUILDING).any():
        table = facts.ledger.table
        yield table.problem(
            "KP11",
            "W",
            table.header.row,
            "actual_start",
            "台账应有这一栏",
            "现在没有，在建项目都按未开工计",
            "请加上这一栏，已开工的填日期",
        )
    if facts.has("marked_started", "actual_start"):
        for row, _ in facts.rows(
            facts.where("marked_started", True) & np.isnat(data["actual_start"])
        ):
            if facts.ledger.table.address(row, "actual_start") not in refused:
                yield facts.problem(
                    "KP11", "E", row, "actual_start", "已标明开工的应有开工日期", "现为空"
                )
    for row, project in facts.rows(data["actual_start"] > np.datetime64(as_of)):
        yield facts.problem(
            "KP11",
            "E",
            row,
            "actual_start",
            f"不应晚于截止日期{say_date(as_of)}",
            f"现为{say_date(project.actual_start)}",
        )


def start_and_money(facts: Facts) -> Iterator[Problem]:
    """KP12, KP13: not started but money spent; started and nothing spent for two months."""
    if not facts.has("actual_start"):
        return
    data, done, as_of = facts.data, facts.data["done"], facts.settings.as_of
    for row, project in facts.rows(facts.where("status", NOT_STARTED) & (done > 0)):
        yield facts.problem(
            "KP12", "W", row, "done", "未开工项目应没有投资", f"现为 {wan(project.done)} 万元"
        )
    running = facts.where("nature", BUILDING) & data["started"] & ~data["finished"]
    long = data["actual_start"] <= np.datetime64(add_months(as_of, -2))
    none = (done == 0) & (
        as_of.month >= 2
    )  # the figure is this year's: January tells of one month only
    still = (done == data["before_last_done"]) & (done > 0)
    for row, project in facts.rows(running & long & (none | still)):
        yield facts.problem(
            "KP13",
            "W",
            row,
            "done",
            "开工两个月以上应有新的投资",
            "至今为 0" if project.done == 0 else f"两个月来一直是 {wan(project.done)} 万元",
        )


def finish(facts: Facts) -> Iterator[Problem]:
    """KP14, KP15: finished before it was started; finished but under 100 %."""
    data = facts.data
    for row, project in facts.rows(data["actual_finish"] < data["actual_start"]):
        yield facts.problem(
            "KP14",
            "E",
            row,
            "actual_finish",
            f"不应早于开工日期{say_date(project.actual_start)}",
            f"现为{say_date(project.actual_finish)}",
        )
    if facts.has("actual_start", "actual_finish"):
        refused = {p.cell for p in facts.ledger.problems if p.code in ("KP16", "KP25", "KP26")}
        for row, _ in facts.rows(
            ~np.isnat(data["actual_finish"])
            & np.isnat(data["actual_start"])
            & facts.where("nature", BUILDING)
        ):
            if facts.ledger.table.address(row, "actual_start") not in refused:
                yield facts.problem(
                    "KP14",
                    "E",
                    row,
                    "actual_start",
                    "有竣工日期的应有开工日期",
                    "现为空",
                    "请补填实际开工日期",
                )
    for row, project in facts.rows(
        data["finished"] & (data["plan"] > 0) & (data["done"] < data["plan"])
    ):
        yield facts.problem(
            "KP15",
            "W",
            row,
            "done",
            "已竣工项目的完成率应为 100%",
            f"现为 {percent(ratio(project.done, project.plan))}%",
        )


def parts(facts: Facts) -> Iterator[Problem]:
    """KP21: more sub-projects behind than there are."""
    for row, project in facts.rows(facts.data["parts_behind"] > facts.data["parts"]):
        yield facts.problem(
            "KP21",
            "E",
            row,
            "parts_behind",
            f"不应多于子项目数 {project.parts}",
            f"现为 {project.parts_behind}",
        )
