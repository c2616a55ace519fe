"""KP11–KP15 and KP17: dates that do not fit each other, the money, or the cut-off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.amounts import in_wan, percent, ratio
from xlplugin.cells import show
from xlplugin.errors import Problem
from xlplugin.flags import NOT_STARTED, Facts
from xlplugin.periods import add_months, promised, say_date
from xlplugin.schema import BUILDING


def start_dates(facts: Facts) -> Iterator[Problem]:
    """KP11: marked started without a date; a start after the cut-off."""
    data, as_of = facts.data, facts.settings.as_of
    if facts.has("marked_started", "actual_start"):
        for row, _ in facts.rows(
            facts.where("marked_started", True) & np.isnat(data["actual_start"])
        ):
            if not facts.refused(row, "actual_start"):
                yield facts.problem(
                    "KP11", "E", row, "actual_start", "已标明开工的应有开工日期", "现为空"
                )
    for row, project in facts.rows(data["actual_start"] > np.datetime64(as_of)):
        expected = f"不应晚于截止日期{say_date(as_of)}"
        found = f"现为{say_date(project.actual_start)}"
        yield facts.problem("KP11", "E", row, "actual_start", expected, found)


def spent_unstarted(facts: Facts) -> Iterator[Problem]:
    """KP12: not started but money spent."""
    if facts.has("actual_start"):
        spent = facts.where("status", NOT_STARTED) & (facts.data["done"] > 0)
        for row, project in facts.rows(spent):
            found = f"现为 {in_wan(project.done)}"
            yield facts.problem("KP12", "W", row, "done", "未开工项目应没有投资", found)


def nothing_spent(facts: Facts) -> Iterator[Problem]:
    """KP13: started, and nothing spent for two months."""
    if not facts.has("actual_start"):
        return
    data, done, as_of = facts.data, facts.data["done"], facts.settings.as_of
    running = facts.where("nature", BUILDING) & data["started"] & ~data["finished"]
    long = data["actual_start"] <= np.datetime64(add_months(as_of, -2))
    # the figure is this year's: in January 0 tells of one month only
    none = (done == 0) & (as_of.month >= 2)
    still = (done == data["before_last_done"]) & (done > 0)
    for row, project in facts.rows(running & long & (none | still)):
        found = "至今为 0" if project.done == 0 else f"两个月来一直是 {in_wan(project.done)}"
        yield facts.problem("KP13", "W", row, "done", "开工两个月以上应有新的投资", found)


def finished_before_start(facts: Facts) -> Iterator[Problem]:
    """KP14: finished before it was started, or without a start."""
    data = facts.data
    for row, project in facts.rows(data["actual_finish"] < data["actual_start"]):
        expected = f"不应早于开工日期{say_date(project.actual_start)}"
        found = f"现为{say_date(project.actual_finish)}"
        yield facts.problem("KP14", "E", row, "actual_finish", expected, found)
    if not facts.has("actual_start", "actual_finish"):
        return
    unstarted = ~np.isnat(data["actual_finish"]) & np.isnat(data["actual_start"])
    for row in data.rows[unstarted & facts.where("nature", BUILDING)].tolist():
        if not facts.refused(row, "actual_start"):
            expected, advice = "有竣工日期的应有开工日期", "请补填实际开工日期"
            yield facts.problem("KP14", "E", row, "actual_start", expected, "现为空", advice)


def finished_unspent(facts: Facts) -> Iterator[Problem]:
    """KP15: finished but under 100 %."""
    data = facts.data
    for row, project in facts.rows(
        data["finished"] & (data["plan"] > 0) & (data["done"] < data["plan"])
    ):
        found = f"现为 {percent(ratio(project.done, project.plan))}%"
        yield facts.problem("KP15", "W", row, "done", "已竣工项目的完成率应为 100%", found)


def late_expectations(facts: Facts) -> Iterator[Problem]:
    """KP17: a start that was expected before the cut-off and has not come."""
    as_of = facts.settings.as_of
    for row, project in facts.rows(
        facts.where("status", NOT_STARTED) & ~facts.where("expected_start", "")
    ):
        _, day = promised(project.expected_start, as_of)
        if day and day <= as_of:
            expected = f"应在截止日期{say_date(as_of)}之后"
            found = f"现为「{show(project.expected_start)}」"
            yield facts.problem("KP17", "W", row, "expected_start", expected, found)
