"""Indicators: a cell and a column agree (law), and the six yardsticks give what domain §4 says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import day

from xlplugin import indicators
from xlplugin.indicators import REGISTRY, Conditions
from xlplugin.periods import EARLIEST, LATEST, Season
from xlplugin.schema import DAILY, MILESTONE, MONTHLY, MONTHLY_FACTOR, PLANNED, SEASONAL, YARDSTICKS

FEN = st.one_of(st.none(), st.just(0), st.integers(0, 10**15))
ROW = st.fixed_dictionaries(
    {"done": FEN, "plan": FEN, "planned": FEN, "used": st.sampled_from(YARDSTICKS)}
)
SHARE = st.fractions(Fraction(1, 10), 5, max_denominator=1000)
AT = st.builds(
    Conditions,
    as_of=st.dates(EARLIEST, LATEST),
    yardstick=st.sampled_from(YARDSTICKS),
    factor=SHARE,
    factor_cap=SHARE,
    season=st.sampled_from([None, Season((3, 15), (11, 10)), Season((1, 1), (12, 31))]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), AT)
def test_a_cell_is_its_column(rows: list[dict[str, Any]], at: Conditions) -> None:
    """Law: for every registered indicator, the exact cell and the fast column say the same, missing values included."""
    columns = {
        key: np.array([row[key] for row in rows], dtype=object if key == "used" else float)
        for key in rows[0]
    }
    wide = indicators.add(columns, at)
    for key, indicator in REGISTRY.items():
        for cell, value in zip(
            (indicator.cell(row, at) for row in rows), wide[key].tolist(), strict=True
        ):
            assert (cell is None) == np.isnan(value), key
            if cell is not None:
                assert isinstance(cell, (int, Fraction))
                assert abs(float(cell) - value) <= 1e-9 * max(1, abs(float(cell))), key


def test_every_indicator_is_defined_by_its_docstring() -> None:
    assert all(indicator.definition and indicator.parameters for indicator in REGISTRY.values())
    assert list(REGISTRY) == [
        "completion",
        "expected",
        "gap",
        "spi",
        "remaining",
        "run_rate",
        "forecast",
    ]


SEASON = Season((3, 15), (11, 10))
ROW_9 = {"done": 0, "plan": 100, "planned": 60}


@pytest.mark.parametrize(
    ("yardstick", "as_of", "conditions", "expected"),
    [
        (MONTHLY, "2021-09-30", {}, Fraction(3, 4)),
        (MONTHLY, "2021-09-01", {}, Fraction(3, 4)),
        (MONTHLY, "2021-01-31", {}, Fraction(1, 12)),
        (MONTHLY, "2021-12-31", {}, 1),
        (DAILY, "2021-09-30", {}, Fraction(273, 365)),
        (DAILY, "2024-02-29", {}, Fraction(60, 366)),
        (DAILY, "2024-12-31", {}, 1),
        (
            MONTHLY_FACTOR,
            "2022-06-30",
            {"factor": Fraction(6, 5), "factor_cap": Fraction(1)},
            Fraction(3, 5),
        ),
        (MONTHLY_FACTOR, "2022-11-30", {"factor": Fraction(6, 5), "factor_cap": Fraction(1)}, 1),
        (
            MONTHLY_FACTOR,
            "2022-11-30",
            {"factor": Fraction(6, 5), "factor_cap": Fraction(11, 10)},
            Fraction(11, 10),
        ),
        (PLANNED, "2021-09-30", {}, Fraction(3, 5)),
        (SEASONAL, "2021-09-30", {"season": SEASON}, Fraction(200, 241)),
        (SEASONAL, "2021-03-14", {"season": SEASON}, 0),
        (SEASONAL, "2021-12-31", {"season": SEASON}, 1),
        (SEASONAL, "2021-09-30", {}, None),
        (MILESTONE, "2021-09-30", {}, None),
    ],
)
def test_yardsticks(yardstick: str, as_of: str, conditions: dict[str, Any], expected: Any) -> None:
    """The share of the year's plan expected at the cut-off date, six ways."""
    at = Conditions(day(as_of), yardstick, **conditions)
    assert REGISTRY["expected"].cell({**ROW_9, "used": yardstick}, at) == expected
    if yardstick not in (PLANNED, MILESTONE):
        assert indicators.required(at) == expected
    else:
        assert indicators.required(at) is None


AT_SEPTEMBER = Conditions(day("2021-09-30"))


@pytest.mark.parametrize(
    ("key", "row", "value"),
    [
        ("completion", {"done": 121, "plan": 200}, Fraction(121, 200)),
        ("completion", {"done": 1, "plan": 0}, None),
        ("completion", {"done": None, "plan": 5}, None),
        ("gap", {"done": 60, "plan": 100}, Fraction(-3, 20)),
        ("spi", {"done": 60, "plan": 100}, Fraction(4, 5)),
        ("remaining", {"done": 60, "plan": 100}, 40),
        ("remaining", {"done": 160, "plan": 100}, 0),
        ("run_rate", {"done": 70, "plan": 100}, 10),
        ("forecast", {"done": 60, "plan": 100}, 80),
    ],
)
def test_definitions(key: str, row: dict[str, Any], value: Any) -> None:
    assert REGISTRY[key].cell({"used": MONTHLY, "planned": None, **row}, AT_SEPTEMBER) == value


def test_no_month_is_left_in_december() -> None:
    at = Conditions(day("2021-12-31"))
    assert REGISTRY["run_rate"].cell({"done": 70, "plan": 100}, at) is None
