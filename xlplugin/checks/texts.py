"""KP18, KP20, KP22 and KP23: what is written about a project, and what ought to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from xlplugin.cells import at_once, plain
from xlplugin.errors import Problem
from xlplugin.figures.words import not_due
from xlplugin.flags import BEHIND, NOT_STARTED, Facts
from xlplugin.schema import BUILDING, MILESTONE, REACHED
from xlplugin.schema.keys import ColumnKey, TextKey
from xlplugin.tables import Table

_RELATIVE = re.compile(
    r"截[至止]目前|截[至止]今日|到目前为止|目前(?<!项目前)|当前(?<!应当前)|现阶段|今明两年|今年|去年|明年|后年|前年(?<![以提之]前年)|来年|本年度?|上年度?(?<!以上年)(?<!以上年度)|本月|"
    r"上月(?<!以上月)|下月(?<!以下月)|上个月|下个月|本周|上周|下周|今天|昨天|明天|近日|近期|日前(?<!\d日前)|不久前|"
    r"年内(?<![\d一二两三四五六七八九十]年内)|月内(?<![\d个]月内)"
)
"""What must not stand before a word is looked at after it: a search that knows how each word begins is ten times faster."""
FREE_TEXTS: tuple[TextKey, ...] = (
    "cause",
    "stage",
    "planned_progress",
    "actual_progress",
    "verdict_reason",
    "expected_start",
    "adjustment",
    "note",
)


_JUDGED_BY: tuple[ColumnKey, ...] = ("actual_start", "plan", "done")
"""Columns that tell whether a project is behind: where one of its cells cannot be read, that is said alone."""


def causes(facts: Facts) -> Iterator[Problem]:
    """KP18: behind or not started without a cause; behind with neither progress nor sub-projects told.

    What has spent nothing and is to start later needs no cause: the bulletin gives its month.
    """
    data = facts.data
    if facts.has("cause"):
        later = not_due(facts) & ~(data["done"] > 0)
        for row, project in facts.rows(
            facts.where("status", BEHIND, NOT_STARTED) & facts.where("cause", "") & ~later
        ):
            if not any(facts.refused(row, key) for key in _JUDGED_BY):  # the one thing wrong
                expected = f"{project.status}的项目应写明原因"
                if project.status == NOT_STARTED and project.done:
                    found = "现为空，而已有完成投资"
                    advice = "已开工的请补填开工日期，确未开工的请写明原因"
                    yield facts.problem("KP18", "E", row, "cause", expected, found, advice)
                else:
                    yield facts.problem("KP18", "E", row, "cause", expected, "现为空")
    if facts.has("planned_progress", "actual_progress") or facts.has("parts", "parts_behind"):
        untold = facts.where("planned_progress", "") | facts.where("actual_progress", "")
        uncounted = np.isnan(data["parts"]) | np.isnan(data["parts_behind"])
        key: ColumnKey = "actual_progress" if facts.has("actual_progress") else "parts_behind"
        for row in data.rows[facts.where("status", BEHIND) & untold & uncounted].tolist():
            expected, found = "未达到序时的项目应写明计划和实际进度，或滞后的子项目数", "现在不全"
            yield facts.problem("KP18", "W", row, key, expected, found)


def copied_causes(facts: Facts) -> Iterator[Problem]:
    """KP20: a cause word for word like last month's. What several projects share is no copy: the bulletin names them together."""
    given = ~facts.where("cause", "")
    now, last = (
        [text.strip("。；;") for text in at_once(plain, facts.data[key][given].tolist())]
        for key in ("cause", "last_cause")
    )
    for row, text, before in zip(facts.data.rows[given].tolist(), now, last, strict=True):
        if text == before:
            yield facts.problem("KP20", "W", row, "cause", "原因应按本月情况写", "与上月完全相同")


def milestones(facts: Facts) -> Iterator[Problem]:
    """KP22: a project judged by milestones that nobody has judged."""
    for row in facts.data.rows[facts.unusable[MILESTONE]].tolist():
        expected, found = f"口径为{MILESTONE}的项目应由人认定达到或未达到", "现为空"
        advice = "请填写认定结果和理由，或改用别的口径"
        yield facts.problem("KP22", "E", row, "verdict", expected, found, advice)


def verdicts(facts: Facts) -> Iterator[Problem]:
    """KP22: a human judgement needs a reason; it is said where it turns round what the figures of a 在建 project say."""
    given, unfounded = ~facts.where("verdict", ""), facts.where("verdict_reason", "")
    for row in facts.data.rows[given & unfounded].tolist():
        expected = "人工认定的应写明理由"
        yield facts.problem("KP22", "E", row, "verdict_reason", expected, "现为空")
    building = facts.where("nature", BUILDING) & facts.data["started"] & ~facts.data["finished"]
    for row, project in facts.rows(given & ~unfounded & building):
        reached = project.gap is not None and project.gap >= -facts.settings.tolerance
        if project.gap is not None and reached != (project.verdict == REACHED):
            found = f"认定为{project.verdict}，与按完成率计算的相反"
            yield facts.problem("KP22", "W", row, "verdict", "应与计算结果一致", found)


def relative_dates(facts: Facts) -> Iterator[Problem]:
    """KP23: 今年, 截至目前 … mean something else next month."""
    for key in FREE_TEXTS:
        yield from _relative(facts.ledger.table, key)
    yield from _relative(facts.issues, "text")


def _relative(table: Table, key: TextKey) -> Iterator[Problem]:
    words = {
        text: found[0] for text in set(table.data.values(key)) if (found := _RELATIVE.search(text))
    }
    for row, text in table.items(key) if words else ():
        if text in words:
            yield table.problem("KP23", "W", row, key, "应写具体日期", f"用了「{words[text]}」")
