"""What is done to a whole column at once: always the same as cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import project, see

from xlplugin.amounts import FEN_PER_YI, MOST_FEN, half_up, money
from xlplugin.bulletin.printed import shares
from xlplugin.bulletin.projects import sentence
from xlplugin.bulletin.story import Story
from xlplugin.cells import CellError, Uncalculated, at_once, plain
from xlplugin.checks import texts
from xlplugin.checks.identity import core_of
from xlplugin.coercion import coerce
from xlplugin.columns import Columns
from xlplugin.flags import BEHIND
from xlplugin.indicators import REGISTRY
from xlplugin.schema import LEDGER, SETTINGS, Column

KINDS: dict[str, Column] = {column.kind: column for column in (*LEDGER.columns, *SETTINGS.columns)}
WORDS = st.sampled_from(
    [
        "在建",
        " 在 建",
        "省级",
        "是",
        "否",
        "√",
        "待定",
        "2021年7月",
        "2021.7.9",
        "7月",
        "１２",
        "-3",
        "1,200",
        "两\n行",
        "a\tb",
        "甲",
        "",
        " ",
    ]
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**13),
    st.floats(-10, 10**9, allow_nan=False),
    st.decimals(-10, 10**9, places=7),
    st.dates(),
    WORDS,
    st.sampled_from(
        [
            CellError("#REF!"),
            Uncalculated("A1+1"),
            1,
            1.0,
            True,
            0,
            -0.0,
            Decimal("1.0"),
            Decimal("1E+3"),
        ]
    ),
)
LIKE = st.one_of(
    st.lists(CELLS, max_size=8),
    st.lists(st.none() | WORDS, max_size=8),
    st.lists(st.none() | st.dates(), max_size=8),
    st.lists(st.none() | st.integers(0, 99) | st.floats(0, 99), max_size=8),
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(cells=LIKE)
@settings(max_examples=60, deadline=None)
def test_a_column_is_read_as_its_cells(kind: str, cells: list[Any]) -> None:
    """Law: reading a column at once gives the values and the findings of reading each cell on its own."""
    whole, findings = coerce(cells, KINDS[kind], "万元")
    single = [coerce([cell], KINDS[kind], "万元") for cell in cells]
    assert [repr(value) for value in whole.tolist()] == [
        repr(value) for values, _ in single for value in values.tolist()
    ]
    told = [
        replace(finding, index=index)
        for index, (_, found) in enumerate(single)
        for finding in found
    ]
    assert sorted(findings, key=repr) == sorted(told, key=repr)


@given(
    st.lists(
        st.text()
        | st.sampled_from(["A\u030a", "\u0301甲", "ﬁ", "\0", "ㄱ", "\u1161", "建设", "工", "程"]),
        max_size=6,
    ),
    st.sampled_from([plain, core_of]),
)
def test_many_texts_are_folded_as_each(texts: list[str], fold: Any) -> None:
    """Law: joined, folded and parted is folded one by one."""
    assert at_once(fold, texts) == [fold(text) for text in texts]


_AS_ONE_WOULD_SAY_IT = re.compile(
    r"截[至止]目前|截[至止]今日|到目前为止|(?<!项)目前|(?<!应)当前|现阶段|今明两年|今年|去年|明年|后年|(?<![以提之])前年|来年|本年度?|(?<!以)上年度?|本月|(?<!以)上月|(?<!以)下月|"
    r"上个月|下个月|本周|上周|下周|今天|昨天|明天|近日|近期|(?<!\d)日前|不久前|(?<![\d一二两三四五六七八九十])年内|(?<![\d个])月内"
)


@given(
    st.text(
        alphabet="截至止目前今日到为项应当现阶段去明年本上下月度个周天昨近期不久内以三3两后来提",
        max_size=12,
    )
)
def test_relative_dates_are_found_as_one_would_say_it(text: str) -> None:
    """Law: the quick pattern finds the same words as the plain one."""
    quick, said = texts._RELATIVE.search(text), _AS_ONE_WOULD_SAY_IT.search(text)
    assert (quick and quick.span()) == (said and said.span())


@given(st.integers(-MOST_FEN, MOST_FEN), st.integers(0, 6))
def test_money_in_print(fen: int, decimals: int) -> None:
    """Law: whole numbers are printed as the exact fraction is, half up."""
    assert money(fen, decimals) == f"{half_up(Fraction(fen, FEN_PER_YI), decimals):f}"


FEN = st.one_of(
    st.integers(0, 10**6),
    st.integers(0, 10**15),
    st.sampled_from([0, 3 * 10**6, 4 * 10**6, 60 * 10**6, 75 * 10**6, 80 * 10**6]),
)


@given(st.lists(st.tuples(FEN, FEN), min_size=1, max_size=4), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_shares_in_print(amounts: list[tuple[int, int]], decimals: int) -> None:
    """Law: completion and gap of many projects are printed, and said, as the exact values of each are."""
    outcome = see(
        *(
            project(at, plan=plan / 10**6, done=done / 10**6, cause="图纸未到")
            for at, (plan, done) in enumerate(amounts)
        ),
        settings={"decimals": decimals},
    )
    facts = outcome.facts
    story = Story(outcome.names, outcome.figures, outcome.wording)
    printed = {key: shares(facts, key, decimals) for key in ("completion", "gap")}
    for at, row in enumerate(facts.data.rows.tolist()):
        exact = {key: facts.project(row)[key] for key in printed}
        for key, value in exact.items():
            assert printed[key][at] == (
                "—" if value is None else f"{half_up(Fraction(value) * 100, decimals):f}"
            )
            assert shares(facts, key, decimals, np.array([at])) == [printed[key][at]]
        if facts.data.values("status")[at] == BEHIND and exact["gap"] is not None:
            if exact["completion"]:  # nothing is said in words: 尚未形成投资
                assert story.words.percent(Fraction(exact["completion"])) in sentence(story, row)
            assert story.words.gap(Fraction(exact["gap"])) in sentence(story, row)
    assert set(printed) <= set(REGISTRY)


def test_plain_values() -> None:
    """Whole numbers are ints, dates are dates, and None stands for what is not there; a share is as it is computed."""
    columns = Columns(
        np.array([4, 7]),
        {
            "fen": np.array([10.0**15, np.nan]),
            "share": np.array([0.5, np.nan]),
            "day": np.array(["2021-07-09", "NaT"], dtype="datetime64[D]"),
            "name": np.array(["甲", ""], dtype=object),
            "due": np.array([True, False]),
        },
        frozenset({"share"}),
    )
    assert (columns.listed("fen"), columns.listed("day")) == (
        [10**15, None],
        [dt.date(2021, 7, 9), None],
    )
    assert columns.where("name", "").tolist() == [False, True]
    assert columns.plus({"name": np.array(["乙", "丙"], dtype=object)}).where(
        "name", ""
    ).tolist() == [False, False]
    assert columns.only(np.array([1])).rows.tolist() == [7]
    assert (columns.listed("name"), columns.listed("due")) == (["甲", ""], [True, False])
    assert str(columns.listed("share")) == "[0.5, nan]"
