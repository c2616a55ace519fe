"""Amounts: what is read, what is refused, and how it is rounded and printed (domain §5, §6)."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplugin.amounts import MOST_FEN, UNITS, half_up, money, number, percent, ratio, to_fen, wan
from xlplugin.cells import Unreadable
from xlplugin.coercion import coerce
from xlplugin.schema import LEDGER


@pytest.mark.parametrize(
    ("cell", "value", "echo"),
    [
        (None, None, False),
        (1200, "1200", False),
        (1200.0, "1200", False),
        (12100.000000000002, "12100", False),
        (0.1, "0.1", False),
        (Decimal("1.005"), "1.005", False),
        ("1,200", "1200", True),
        ("１２００", "1200", True),
        ("１，２００．５", "1200.5", True),
        (" 12 ", "12", True),
        ("　12", "12", True),
        ("-3", "-3", True),
        ("1,234,567.89", "1234567.89", True),
        ("007", "7", True),
        ("20、000", "20000", True),
        ("１、200、000.50", "1200000.50", True),
        ("12。5", "12.5", True),
        ("12.000.00", "12000.00", True),
        ("1，200，000．00", "1200000.00", True),
    ],
)
def test_what_is_read(cell: Any, value: str | None, echo: bool) -> None:
    """A number is taken as it is; text that can mean nothing else is taken and said back."""
    assert number(cell) == (None if value is None else Decimal(value), echo)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("一百", "不是数字"),
        ("2000万", "单位「万」"),
        ("2000 万元", "单位「万元」"),
        ("1.2亿", "单位「亿」"),
        ("—", "不是数字"),
        ("-", "不是数字"),
        ("/", "不是数字"),
        ("约100", "不是数字"),
        ("1,20", "标点"),
        ("1.2.3", "标点"),
        ("1，2000", "标点"),
        ("2.0000.00", "标点"),
        ("20、300", "标点"),
        ("20。000", "标点"),
        ("1.200.000", "标点"),
        ("1,200、000", "标点"),
        ("1e5", "不是数字"),
        ("12 00", "不是数字"),
        ("无", "不是数字"),
        ("", "不是数字"),
        (True, "逻辑值"),
        (dt.date(2021, 9, 30), "日期格式"),
        (float("inf"), "过大"),
    ],
)
def test_what_is_refused(cell: Any, why: str) -> None:
    """Nothing is guessed, nothing becomes 0; the reason names the unit where there is one."""
    with pytest.raises(Unreadable, match=why):
        number(cell)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.135", 2, "0.14"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("0.1249999", 2, "0.12"),
        ("99.995", 2, "100.00"),
        ("0", 2, "0.00"),
        ("-0.001", 2, "0.00"),
    ],
)
def test_half_up(value: str, decimals: int, printed: str) -> None:
    assert f"{half_up(Decimal(value), decimals):f}" == printed


@given(st.integers(-(10**17), 10**17), st.integers(0, 6), st.sampled_from(list(UNITS)))
def test_money_rounds_as_decimal_does(fen: int, decimals: int, unit: str) -> None:
    """Law: money() is Decimal's quantize, half up, in every unit; only −0 is printed as 0."""
    exact = (Decimal(fen) / UNITS[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(money(fen, decimals, unit)) == exact
    assert len(money(fen, decimals, unit).partition(".")[2]) == decimals


@given(st.integers(-MOST_FEN, MOST_FEN))
def test_fen_survive_a_round_trip(fen: int) -> None:
    """Law: 分 → 万元 → 分 loses nothing, and 万元 come without trailing zeros."""
    assert to_fen(wan(fen)) == fen
    assert "E" not in str(wan(fen)) or wan(fen) == 0


@given(
    st.one_of(
        st.integers(0, 10**9), st.floats(0, 10**8, allow_nan=False), st.decimals(0, 10**7, places=6)
    ),
    st.sampled_from(["万元", "亿元", "元"]),
)
def test_a_column_of_money_is_its_cells(value: Any, unit: str) -> None:
    """Law: the fast way through floats and the exact way through Decimal give the same 分."""
    exact = number(value).value
    assert exact is not None
    try:
        expected = to_fen(exact, unit)
    except Unreadable:
        return
    assert coerce([value], LEDGER["total"], unit)[0].tolist() == [expected]


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (121, 200, "60.50"),
        (1, 8, "12.50"),
        (1, 800, "0.13"),
        (151, 100, "151.00"),
        (0, 7, "0.00"),
        (1, 0, None),
        (-1, 800, "-0.13"),
    ],
)
def test_percent(part: int, whole: int, printed: str | None) -> None:
    """A ratio to 0 does not exist: neither 0 % nor an error."""
    assert percent(ratio(part, whole)) == printed


def test_a_ratio_of_arrays_integers_is_exact() -> None:
    np = pytest.importorskip("numpy")
    assert ratio(np.int64(7), np.int64(12)) == Fraction(7, 12)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("0.005", 1), ("0.025", 3), ("-0.025", -3), ("0.0249999", 2), ("1234567.895", 123456790)],
)
def test_half_a_fen_counts_as_one(yuan: str, fen: int) -> None:
    assert to_fen(Decimal(yuan), "元") == fen
    if fen > 0:
        assert coerce([float(yuan)], LEDGER["total"], "元")[0].tolist() == [fen]


@pytest.mark.parametrize("value", ["100000000001", "1e11"])
def test_amounts_beyond_meaning_are_refused(value: str) -> None:
    with pytest.raises(Unreadable, match="过大"):
        to_fen(Decimal(value), "万元")
