"""Laws: every figure that a bulletin prints has a name, and the name gives the printed words wherever it is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.county import lingchuan
from line.desk import behind, day, early, project, see, unstarted

from xlplugin.bulletin.blocks import Heading, Items, Paragraph
from xlplugin.figures.said import words
from xlplugin.functions import FUNCTIONS, WRONG, Answers
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.trace import find

FIGURE = re.compile(r"\d+(?:\.\d+)?(?:项|%|个百分点|亿元|万元|个月|天)")
COUNTS_NAMES = re.compile(r"以上\d+项|等\d+项|余下\d+个月|不足[\d.]+个百分点")
"""What only counts the names before it, counts months of the calendar, or bounds what rounds to nothing."""
OF_A_PROJECT = (
    "总投资",
    "年度计划",
    "完成投资",
    "完成率",
    "差距",
    "年底预计",
    "月均需完成",
    "连续滞后月数",
    "剩余投资",
)


def printed(outcome: Outcome) -> Iterator[str]:
    """The sentences, without what was typed into the ledger and what only counts the names before it."""
    for block in outcome.bulletin.blocks:
        if isinstance(block, (Heading, Paragraph)):
            yield block.text
        elif isinstance(block, Items):
            yield from block.lines


def unnamed(outcome: Outcome) -> set[str]:
    """Printed figures that no name gives."""
    told = {outcome.names[name].text for name in outcome.bulletin.figures}
    for identity in outcome.facts.data.values("id"):
        told |= {outcome.names[f"{identity}.{label}"].text for label in OF_A_PROJECT}
    told = {each.removeprefix("-") for each in told}
    entered = "".join(
        str(cell)
        for title in ("cause", "stage", "actual_progress", "planned_progress")
        for cell in outcome.facts.data.listed(title)
    ) + "".join(outcome.facts.issues.data.values("text"))
    found = {
        figure
        for line in printed(outcome)
        for figure in FIGURE.findall(COUNTS_NAMES.sub("", line))
        if figure not in entered
    }
    return found - told - typed(outcome)


def typed(outcome: Outcome) -> set[str]:
    """The amounts of 问题清单 in print: each, and the sum of those that share their words."""
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    amounts: set[Decimal] = set()
    for _, *key, quantity in outcome.facts.issues.lines("kind", "text", "measure", "quantity"):
        if quantity and key[-1] == "万元":
            amounts.add(quantity)
            sums[key[0], key[1], key[2]] += quantity
    said = words(outcome.facts.settings)
    return {said.money(int(amount * 10**6)) for amount in (*amounts, *sums.values())}


def test_every_figure_of_the_case_county_has_a_name() -> None:
    outcome = run(lingchuan())
    assert len(outcome.bulletin.figures) > 30
    assert unnamed(outcome) == set()


def rows(kinds: list[tuple[int, str, int, bool]]) -> list[dict[str, Any]]:
    """Projects of some kinds, no two with the same cause."""
    made = (project, behind, unstarted, early)
    found = []
    for number, (kind, level, done, finished) in enumerate(kinds, start=1):
        row = made[kind](number, level=level, agency=f"{'甲乙丙'[number % 3]}局")
        if kind == 1:
            row["done"] = done % 75
        if kind == 0 and finished:
            row["actual_finish"] = day("2021-08-31")
        found.append(row)
    return found


KINDS = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["省重点", "市重点", "县重点", "国家重点"]),
    st.integers(1, 10**4),
    st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(KINDS, min_size=1, max_size=9),
    st.sampled_from(["万元", "亿元"]),
    st.integers(0, 3),
    st.sampled_from(["在建", "全部", "应开工"]),
)
def test_every_figure_of_any_county_has_a_name(
    kinds: list[tuple[int, str, int, bool]], unit: str, decimals: int, basis: str
) -> None:
    decided = {"unit": unit, "decimals": decimals, "start_basis": basis, "forecast": "是"}
    last = [{"id": f"P{n:02}", "m8": 50} for n in range(1, len(kinds) + 1)]
    outcome = see(*rows(kinds), settings=decided, monthly_done=last)
    assert unnamed(outcome) == set()


@settings(max_examples=15, deadline=None)
@given(st.lists(KINDS, min_size=1, max_size=6), st.data())
def test_a_name_gives_one_value_everywhere(
    kinds: list[tuple[int, str, int, bool]], data: Any
) -> None:
    """In a cell, in 措辞, and in `kp explain`."""
    names = [
        "全部.完成率",
        "省重点、市重点.完成投资",
        "在建.未达到序时.名单",
        "未开工.项数",
        "全部.差距",
        "责任单位.前三名",
        "P01.完成率",
        "P01.推进状态",
        "9月.完成投资",
        "新增滞后.名单",
    ]
    name = data.draw(st.sampled_from(names))
    outcome = see(*rows(kinds), wording={"标题": f"{{{{ {name} }}}}"})
    words = text(outcome.bulletin).splitlines()[0]
    (explained,) = find(outcome, name)
    cell = FUNCTIONS["KP"](Answers(outcome), name)
    assert cell != WRONG
    said = outcome.names[name]
    assert words.removesuffix("项") + (
        "项" if isinstance(said.said, int) else ""
    ) == explained.result or (said.value in (None, ()) and explained.result in ("—", ""))
    if isinstance(cell, str):
        assert cell == explained.result
    elif "%" in explained.result:
        assert cell * 100 == pytest.approx(float(explained.result.rstrip("%")), abs=0.005001)
    elif "亿元" in explained.result or "万元" in explained.result:
        scale = 10000 if "亿元" in explained.result else 1
        assert cell == pytest.approx(float(explained.result[:-2]) * scale, abs=0.005001 * scale)
