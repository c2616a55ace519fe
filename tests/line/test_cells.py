"""One normal form of a cell, and addresses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplugin.cells import (
    MAX_COLUMN,
    MAX_ROW,
    CellError,
    Uncalculated,
    address,
    column_letters,
    column_number,
    normal,
    normal_column,
    normal_row,
    plain,
    show,
    split_address,
    split_range,
)
from xlplugin.errors import UserError

FORMS = [
    (None, None),
    ("", None),
    (" 　\n", None),
    (" a ", " a "),
    (1, 1),
    (1.5, 1.5),
    (True, True),
    (float("nan"), None),
    (float("-inf"), CellError("#NUM!")),
    (pd.NaT, None),
    (np.int64(3), 3),
    (np.float64(2.5), 2.5),
    (np.float64("nan"), None),
    (np.bool_(True), True),
    (dt.datetime(2021, 7, 9, 12, 30, tzinfo=dt.UTC), dt.date(2021, 7, 9)),
    (pd.Timestamp("2021-07-09"), dt.date(2021, 7, 9)),
    (dt.time(8, 30), "08:30:00"),
    (dt.timedelta(hours=1), "1:00:00"),
    (Decimal("1.10"), Decimal("1.10")),
    ("#REF!", CellError("#REF!")),
    ("#标题", "#标题"),
    (Uncalculated("A1"), Uncalculated("A1")),
]


@pytest.mark.parametrize(("value", "form"), FORMS)
def test_normal_form(value: Any, form: Any) -> None:
    """Whatever library a value comes from, it has one form and one type."""
    assert (normal(value), type(normal(value))) == (form, type(form))
    assert normal_row([value]) == [form]


def test_what_no_cell_holds() -> None:
    with pytest.raises(TypeError):
        normal(object())


@given(st.integers(1, MAX_ROW), st.integers(1, MAX_COLUMN))
def test_addresses(row: int, column: int) -> None:
    """Law: number → letters → number, place → address → place."""
    assert column_number(column_letters(column)) == column
    assert split_address(address(row, column)) == (row, column)
    assert split_range(address(row, column)) == (row, column, row, column)


@pytest.mark.parametrize("text", ["", "7", "K", "K0", "XFE1", "A1048577", "K7:", "甲7", "A1:B2"])
def test_no_address(text: str) -> None:
    with pytest.raises(UserError):
        split_address(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＬＣ－０１", "lc-01"), ("甲 项目", "甲项目"), ("甲\n项目", "甲项目"), ("（一）", "(一)")],
)
def test_words_are_compared_without_width_and_space(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, "空"),
        (7.0, "7"),
        (1.5, "1.5"),
        ("甲\n乙", "甲、乙"),
        (Decimal("1E+3"), "1000"),
        ("长" * 40, "长" * 29 + "…"),
    ],
)
def test_a_cell_as_a_message_quotes_it(cell: Any, shown: str) -> None:
    assert show(cell) == shown


@pytest.mark.parametrize("times", [1, 400])
def test_a_column_is_its_cells_in_normal_form(times: int) -> None:
    """Whether it says much again and again or not; what is equal but of another kind stays what it is."""
    part = ["", " ", "#N/A", "甲", "=DISPIMG(1)", 2.5, dt.date(2021, 9, 30), float("inf")]
    for more in ([], [1.0, True], [False, 0.0]):
        column = tuple([*part, *more] * times)
        found = normal_column(column)
        assert [(type(cell), cell) for cell in found] == [
            (type(cell), cell) for cell in map(normal, column)
        ]
