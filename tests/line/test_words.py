"""Figures in print: half up where a float says otherwise, and never 0.00 for what is not nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from line.desk import AS_OF, project, see

from xlplugin.amounts import FEN_PER_WAN, half_up
from xlplugin.bulletin import story
from xlplugin.bulletin.words import chinese
from xlplugin.figures.said import Words
from xlplugin.render.text import text


@pytest.mark.parametrize(
    ("wan", "decimals", "said"),
    [
        ("0", 2, "0.00亿元"),
        ("50", 2, "0.01亿元"),
        ("49.999999", 2, "50万元"),
        ("49.99", 2, "49.99万元"),
        ("30", 2, "30万元"),
        ("30.125", 2, "30.13万元"),
        ("0.005", 2, "0.01万元"),
        ("0.004999", 2, "0.004999万元"),
        ("0.001", 2, "0.001万元"),
        ("0.000001", 2, "0.000001万元"),
        ("-30", 2, "-30万元"),
        ("3000", 0, "3000万元"),
        ("5000", 0, "1亿元"),
        ("308300", 2, "30.83亿元"),
        ("308350", 2, "30.84亿元"),
    ],
)
def test_small_money_is_said_in_smaller_words(wan: str, decimals: int, said: str) -> None:
    """What would be 0.00亿元 is said in 万元, with as many decimals as it takes not to be 0."""
    assert Words(decimals).money(int(Decimal(wan) * FEN_PER_WAN)) == said


@pytest.mark.parametrize(
    ("fen", "said"),
    [(1, "0.000001万元"), (10**6, "1万元"), (2_500_000, "2.50万元"), (0, "0万元")],
)
def test_money_in_an_office_that_counts_in_wan(fen: int, said: str) -> None:
    """Never 0 where there is some, and whole 万元 without decimals."""
    assert Words(2, "万元").money(fen) == said


def test_percentages_have_decimals_of_their_own() -> None:
    said = Words(2, "亿元", 1)
    assert (said.money(10**10), said.percent(Fraction(7791, 10**4))) == ("1.00亿元", "77.9%")


def test_a_bulletin_of_small_money() -> None:
    said = text(see(project(1, total=40, plan=30, done=25)).bulletin)
    assert "概算总投资40万元，年度计划投资30万元。截至2021年9月30日，累计完成投资25万元" in said
    assert "0.00亿元" not in said


TIES = ["0.005", "0.015", "0.035", "0.045", "1.005", "2.675", "8.325", "64.995", "74.985"]
"""Completed of a plan of 100: each a half in the third decimal of a per cent, which floats put on either side."""


def test_a_share_that_lies_between_two_prints_goes_up() -> None:
    outcome = see(*(project(n, done=float(tie)) for n, tie in enumerate(TIES, start=1)))
    appendix = text(outcome.bulletin).partition("\n附件\n")[2]
    printed = [line.split("\t")[6] for line in appendix.splitlines() if line[:1].isdigit()]
    assert printed == [f"{half_up(Decimal(tie), 2)}" for tie in TIES]
    assert outcome.as_of == AS_OF


NUMBERED = {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一"}
NUMBERED |= {110: "一百一十", 115: "一百一十五", 1_001: "一千零一", 2_021: "二千零二十一"}


@pytest.mark.parametrize(("number", "said"), NUMBERED.items())
def test_headings_are_numbered_as_far_as_there_are_any(number, said):
    assert chinese(number) == said


def test_more_levels_than_anybody_has(monkeypatch):
    """Each is a section of the appendix; what our own outline leaves out has no cell of the workbook to be told at."""
    monkeypatch.setattr(story, "MOST_ITEMS", 100)
    outcome = see(*(project(n, level=f"第{n}类") for n in range(1, 103)))
    assert "（一百零二）" in text(outcome.bulletin)
    assert [p.cell for p in outcome.problems if "只写前100项" in p.advice] in ([""], [])


def test_a_word_of_a_thousand_signs_sorts_nothing():
    outcome = see(project(level="重" * 1_000), project(2))
    (problem,) = [p for p in outcome.problems if p.code == "KP03"]
    assert problem.found.endswith("，有1000字")
