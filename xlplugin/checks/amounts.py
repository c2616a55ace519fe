"""KP04–KP10 and KP21: amounts that are missing, or too large or small beside others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np

from xlplugin.amounts import in_wan, percent, ratio
from xlplugin.errors import Problem
from xlplugin.flags import NOT_STARTED, Facts
from xlplugin.flags.judgement import by_ratio
from xlplugin.schema.keys import ColumnKey
from xlplugin.tables import SHEET_ROWS

SLIP = 1000
"""A figure this many times last month's looks like 亿元 typed as 万元 (or the other way round)."""


def units(facts: Facts) -> Iterator[Problem]:
    """KP06: a whole column in another unit than 万元 is converted, and said."""
    table = facts.ledger.table
    for number, place in enumerate(table.places):
        for key, unit in place.header.units.items():
            if unit != (own := table.sheet[key].unit):
                yield facts.problem(
                    "KP06",
                    "W",
                    place.header.row + number * SHEET_ROWS,
                    cast(ColumnKey, key),
                    f"应以{own}计",
                    f"表里注明单位是{unit}，已按{unit}换算",
                    "请确认单位，最好改为万元",
                )


def missing(facts: Facts) -> Iterator[Problem]:
    """KP04: an amount left empty is said where it is added up as 0; where a judgement needs it, `sums.unjudged` says so."""
    lacking = np.isnan(facts.data["total"]) | np.isnan(facts.data["done"])
    judged = by_ratio(facts)[lacking].tolist()
    for by_figures, (row, project) in zip(judged, facts.rows(lacking), strict=True):
        if project.total is None and not facts.refused(row, "total"):
            yield facts.problem("KP04", "E", row, "total", "应为数字", "现为空")
        counts = not by_figures and project.status != NOT_STARTED
        if project.done is None and counts and not facts.refused(row, "done"):
            found, advice = "现为空，合计时按 0 计", "没有完成的请填 0"
            yield facts.problem("KP04", "W", row, "done", "应为数字", found, advice)


def plan_over_total(facts: Facts) -> Iterator[Problem]:
    """KP06: the year's plan is larger than the whole project."""
    for row, project in facts.rows(facts.data["plan"] > facts.data["total"]):
        expected, found = f"不应大于总投资 {in_wan(project.total)}", f"现为 {in_wan(project.plan)}"
        yield facts.problem("KP06", "W", row, "plan", expected, found)


def slips(facts: Facts) -> Iterator[Problem]:
    """KP06: a thousand times last month's figure, or a thousandth."""
    done, last = facts.data["done"], facts.data["last_done"]
    for row, project in facts.rows(
        (last > 0) & ((done >= last * SLIP) | ((done > 0) & (done * SLIP <= last)))
    ):
        expected = f"与上月 {in_wan(project.last_done)}相差不应上千倍"
        found = f"现为 {in_wan(project.done)}"
        yield facts.problem("KP06", "W", row, "done", expected, found)


def less_than_last_month(facts: Facts) -> Iterator[Problem]:
    """KP07: a cumulative figure that fell, without a note."""
    fell = facts.data["done"] < facts.data["last_done"]
    for row, project in facts.rows(fell & facts.where("adjustment", "")):
        expected = f"不应少于上月累计 {in_wan(project.last_done)}"
        found = f"现为 {in_wan(project.done)}"
        yield facts.problem("KP07", "E", row, "done", expected, found)


def over_total(facts: Facts) -> Iterator[Problem]:
    """KP08: done this year and in earlier years exceeds total investment; with an adjustment note it is only said."""
    data = facts.data
    for row, project in facts.rows(
        data["done"] + np.nan_to_num(data["earlier_done"]) > data["total"]
    ):
        sum_ = (project.done or 0) + (project.earlier_done or 0)
        yield facts.problem(
            "KP08",
            "W" if project.adjustment else "E",
            row,
            "done",
            f"连同以前年度不应超过总投资 {in_wan(project.total)}",
            f"现为 {in_wan(sum_)}",
        )


def high_completion(facts: Facts) -> Iterator[Problem]:
    """KP09: over 100 % is real but asked about; over 999 % is a slip."""
    plan, done = facts.data["plan"], facts.data["done"]
    for row, project in facts.rows((plan > 0) & (done > plan)):
        share = ratio(project.done, project.plan)
        assert share is not None
        wild = share * 100 > 999
        expected = "完成率不应超过 999%" if wild else "完成率一般不超过 100%"
        found = f"现为 {percent(share)}%"
        yield facts.problem("KP09", "E" if wild else "W", row, "done", expected, found)


def no_plan(facts: Facts) -> Iterator[Problem]:
    """KP10: no plan, so no ratio."""
    for row, project in facts.rows(np.nan_to_num(facts.data["plan"]) == 0):
        if not facts.refused(row, "plan"):
            expected, found = "应有年度计划", "现为空" if project.plan is None else "现为 0"
            yield facts.problem("KP10", "W", row, "plan", expected, found)


def parts(facts: Facts) -> Iterator[Problem]:
    """KP21: more sub-projects behind than there are."""
    for row, project in facts.rows(facts.data["parts_behind"] > facts.data["parts"]):
        expected, found = f"不应多于子项目数 {project.parts}", f"现为 {project.parts_behind}"
        yield facts.problem("KP21", "E", row, "parts_behind", expected, found)
