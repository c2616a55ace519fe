"""KP27–KP30: what must add up — classes, claimed sums, marks, lists — before it is printed and as it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from xlplugin.amounts import in_wan
from xlplugin.columns import Array
from xlplugin.errors import Problem
from xlplugin.figures.counted import Figures
from xlplugin.flags import Facts
from xlplugin.flags.judgement import by_ratio
from xlplugin.reading import Sum
from xlplugin.schema import BUILDING, LEDGER
from xlplugin.schema.keys import Amount, TextKey
from xlplugin.tables import SHEET_ROWS

SLACK = 10_000
"""A claimed sum may differ by this many 分 (100 元): offices round."""

_SHARED_OUT = {"项数": "count", "总投资额": "total", "年度计划额": "plan", "累计完成额": "done"}
"""What the groups share out among them."""


def classes(facts: Facts) -> Iterator[Problem]:
    """KP27: a level or nature left empty: the classes do not add up to all projects."""
    sorting: tuple[TextKey, ...] = ("level", "nature")
    for key in sorting:
        column = LEDGER[key]
        for row in facts.data.rows[facts.where(key, "")].tolist():
            if not facts.refused(row, key):
                expected = f"应为{'、'.join(column.choices)}之一"
                found = f"现为空，按{column.heading}分的项数加起来不等于总数"
                yield facts.problem("KP27", "E", row, key, expected, found)


def unjudged(facts: Facts) -> Iterator[Problem]:
    """KP30: a project to be judged by figures has none: it belongs to none of the three lists for sure."""
    for row in facts.data.rows[by_ratio(facts) & np.isnan(facts.data["done"])].tolist():
        if not facts.refused(row, "done"):
            expected = "应为数字，否则不能判断是否达到序时"
            advice = "请填写累计完成投资，没有完成的填 0"
            yield facts.problem("KP30", "E", row, "done", expected, "现为空", advice)


def declared(facts: Facts) -> Iterator[Problem]:
    """KP28: a sum or a section of the sheet claims another amount, or number, than its projects have: a row is missing or double."""
    for claim in facts.ledger.sums:
        own = _own(facts, claim)
        if claim.rows and claim.count is not None and claim.count != (count := int(own.sum())):
            found = f"小标题写的是{claim.count}项"
            yield facts.problem("KP28", "E", claim.row, "name", f"下面有{count}项", found)
        wrong: dict[Amount, tuple[int, int]] = {}
        for key, claimed in claim.claims.items():
            amounts = facts.data.whole(key)
            whole = int(amounts[own].sum())
            fits = {whole} if claim.bounded else _fitting(facts, claim.row, key)
            if all(abs(claimed - fit) > SLACK for fit in fits):
                wrong[key] = whole, claimed
        if wrong:
            yield _unequal(facts, claim.row, wrong)


def _own(facts: Facts, claim: Sum) -> Array:
    """The projects of which a row claims the sum."""
    rows = facts.data.rows
    if claim.of_which:
        key, word = claim.of_which
        return facts.where(key, word) & (rows >= claim.sheet[0]) & (rows <= claim.sheet[1])
    first, last = claim.rows or (0, rows[-1])
    return (rows >= first) & (rows <= last)


def _unequal(facts: Facts, row: int, wrong: Mapping[Amount, tuple[int, int]]) -> Problem:
    """One message for a row, however many of its amounts differ."""
    one = len(wrong) == 1
    said = {key: "" if one else f"{LEDGER[key].heading} " for key in wrong}
    whole = "、".join(said[key] + in_wan(each) for key, (each, _) in wrong.items())
    claimed = "、".join(said[key] + in_wan(each) for key, (_, each) in wrong.items())
    return facts.problem(
        "KP28", "E", row, next(iter(wrong)), f"应等于各项目之和 {whole}", f"合计行写的是 {claimed}"
    )


def _fitting(facts: Facts, row: int, key: Amount) -> set[int]:
    """What a sum row may come to: all projects, its sheet's, or the last and the next ones beside it."""
    rows, amounts = facts.data.rows, facts.data.whole(key)
    sheet = row - row % SHEET_ROWS
    own = (rows >= sheet) & (rows < sheet + SHEET_ROWS)
    above, below = amounts[own & (rows < row)], amounts[own & (rows > row)]
    return {
        int(amounts.sum()),
        int(amounts[own].sum()),
        int(above.sum()),
        *_runs(above.tolist()),
        *_runs(below.tolist()[::-1]),
    }


def _runs(values: list[int]) -> Iterator[int]:
    """Sums of the last one, two, three … of some values: what a subtotal of the rows right above it may be."""
    total = 0
    for value in reversed(values[-2000:]):
        total += value
        yield total


def started_marks(facts: Facts) -> Iterator[Problem]:
    """KP29: with a column 是否开工, started + not started must make up the 在建."""
    if not facts.has("marked_started"):
        return
    data, building = facts.data, facts.where("nature", BUILDING)
    unmarked, started, waiting = (
        building & facts.where("marked_started", mark) for mark in (None, True, False)
    )
    count, yes, no = (int(np.count_nonzero(each)) for each in (building, started, waiting))
    if not yes + no:
        return
    for row in data.rows[unmarked].tolist():
        if not facts.refused(row, "marked_started"):
            expected = f"在建{count}项应都注明是否开工"
            found = f"现为空，已开工{yes}项加未开工{no}项等于{yes + no}项"
            yield facts.problem("KP29", "E", row, "marked_started", expected, found)
    for row in data.rows[waiting & data["started"]].tolist():
        yield facts.problem(
            "KP29", "E", row, "marked_started", "应与开工日期一致", "注明未开工，却有开工日期"
        )


def closing(figures: Figures, sheet: str) -> Iterator[Problem]:
    """KP27–KP30 over the figures themselves: what is about to be printed must add up, whatever the ledger says."""

    def wrong(code: str, expected: str, found: str) -> Problem:
        return Problem(code, "E", sheet, "", "", expected, found)

    n = figures.whole.count
    for what, parts in (("级别", figures.levels), ("性质", figures.natures)):
        if (summed := sum(parts.values())) != n:
            told = "＋".join(f"{name}{count}" for name, count in parts.items())
            yield wrong("KP27", f"按{what}分应合计{n}项", f"{told}＝{summed}项")
    for what, key in _SHARED_OUT.items():
        whole, shared = (
            getattr(figures.whole, key),
            sum(getattr(group, key) for group in figures.groups.values()),
        )
        if whole != shared:
            total, now = (f"{n}" if key == "count" else f"{in_wan(n)}" for n in (whole, shared))
            yield wrong("KP28", f"各组{what}应合计 {total}", f"现合计 {now}")
    if figures.started + len(figures.not_started) != figures.building:
        yield wrong(
            "KP29",
            f"已开工加未开工应等于在建{figures.building}项",
            f"现为{figures.started}＋{len(figures.not_started)}项",
        )
    listed = [row for rows in figures.lists.values() for row in rows]
    if len(listed) != n or len(set(listed)) != n:
        yield wrong(
            "KP30", f"未开工、达到、未达到序时、暂不评价应合计{n}项", f"现合计{len(listed)}项"
        )
