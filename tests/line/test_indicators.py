"""Indicators: a cell and a column agree (law), and the six yardsticks give what domain §4 says."""

from __future__ import annotations

import inspect
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import day, project, see

from xlplugin import indicators
from xlplugin.cells import column_letters
from xlplugin.functions import FUNCTIONS, Answers
from xlplugin.indicators import REGISTRY, Conditions, progress
from xlplugin.periods import EARLIEST, LATEST, Season
from xlplugin.pipeline import Outcome
from xlplugin.render.analysis import analysis
from xlplugin.schema import (
    ANALYSIS,
    DAILY,
    INDICATORS,
    MILESTONE,
    MONTHLY,
    MONTHLY_FACTOR,
    PLANNED,
    SEASONAL,
    YARDSTICKS,
    Indicator,
)
from xlplugin.trace import find

SHARE = st.fractions(Fraction(1, 10), 5, max_denominator=1000)
AT = st.builds(
    Conditions,
    as_of=st.dates(EARLIEST, LATEST),
    yardstick=st.sampled_from(YARDSTICKS),
    factor=SHARE,
    factor_cap=SHARE,
    season=st.sampled_from([None, Season((3, 15), (11, 10)), Season((1, 1), (12, 31))]),
)

FACTS = see(project()).facts.data
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "f": st.one_of(st.none(), st.just(0), st.integers(0, 10**15)),
    "O": st.sampled_from(["", "甲", "乙"]),
    "b": st.booleans(),
    "M": st.one_of(st.none(), st.dates(EARLIEST, LATEST)),
}
"""What a column's cell may be, by the kind of its array: money and counts, texts, truths, dates."""


def rows() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Projects with every column that some indicator looks at."""
    keys = {name for rule in REGISTRY.values() for name in rule.parameters} - {"at", *REGISTRY}
    cells = {key: CELLS[FACTS[key].dtype.kind] for key in sorted(keys)}
    cells["used"] = st.sampled_from(YARDSTICKS)
    return st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(rows(), AT)
def test_a_cell_is_its_column(rows: list[dict[str, Any]], at: Conditions) -> None:
    """Law: for every declared indicator, the exact cell and the fast column say the same, missing values included.

    A difference of amounts is as true as the last digits of floats of these amounts.
    """
    columns = {key: np.array([row[key] for row in rows], dtype=FACTS[key].dtype) for key in rows[0]}
    wide = indicators.add(columns, at)
    for key, rule in REGISTRY.items():
        for row, value in zip(rows, wide[key].tolist(), strict=True):
            cell = rule.cell(row, at)
            amounts = [amount for amount in row.values() if isinstance(amount, int)]
            digits = {"money": 4e-15 * max(amounts, default=0)}
            assert (cell is None) == np.isnan(value), key
            if cell is not None:
                assert isinstance(cell, (int, Fraction))
                near = max(1e-9 * max(1, abs(float(cell))), digits.get(ANALYSIS[key].kind, 0))
                assert abs(float(cell) - value) <= near, key


def test_what_is_declared_is_computed() -> None:
    """A function of `progress.py` and a declaration for each other, in one order; its docstring is its definition."""
    bodies = [
        name
        for name, body in vars(progress).items()
        if inspect.isfunction(body) and body.__module__ == progress.__name__ and name[0] != "_"
    ]
    assert bodies == list(REGISTRY) == [indicator.key for indicator in INDICATORS]
    assert all(rule.definition and rule.parameters for rule in REGISTRY.values())


def number(value: object) -> float:
    """A cell's number, NaN where it has none."""
    return value if isinstance(value, (int, float)) else math.nan


def excel(formula: str, outcome: Outcome) -> object:
    """What a formula of the first project's row says: these few functions mean in Python what they mean in Excel.

    A cell without a number is NaN: Python works out both branches of an IF.
    """
    table = analysis(outcome).areas[0]
    cells = {
        f"{column_letters(at)}{table.row}": number(filling.values[0])
        for at, filling in enumerate(table.fillings, table.column)
    }
    functions = {
        "IF": lambda truth, one, other: one if truth else other,
        "AND": lambda *truths: all(truths),
        "ISNUMBER": lambda value: value == value,
        "N": lambda value: value if value == value else 0,
        "MAX": max,
    }
    return eval(formula, functions, cells)


BEYOND_EXCEL = {"expected"}
"""What no formula of one row works out: the yardsticks are six, and one has a sheet of its own."""


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_what_is_declared_is_everywhere(indicator: Indicator) -> None:
    """A column of 进度分析 with the function's value in it, a worksheet function, an explanation; nothing is left out."""
    outcome = see(project(done=60, cause="图纸未到"))
    place = [column.key for column in ANALYSIS.columns].index(indicator.key)
    says = FUNCTIONS[indicator.function](Answers(outcome), "P01")
    native, with_functions = (
        analysis(outcome, live=live).areas[0].fillings[place] for live in (False, True)
    )
    assert native.values == with_functions.values == [pytest.approx(says)]
    assert with_functions.formulas == [f"{indicator.function}(A4,KP_TABLE)"]
    if indicator.key not in BEYOND_EXCEL:
        assert native.formulas
        assert excel(native.formulas[0] or "", outcome) == pytest.approx(says)
    [explained] = find(outcome, f"P01.{indicator.column.heading}")
    assert explained.cells
    assert not {"{", "—"} & set(explained.result + explained.formula)
    assert FUNCTIONS[indicator.function].help.startswith(f"{indicator.column.heading}：")
    assert all((indicator.examples, indicator.help, indicator.column.help, indicator.working))


@pytest.mark.parametrize(
    ("key", "shown"),
    [("completion", "—"), ("gap", "—"), ("spi", "—"), ("remaining", None), ("run_rate", "—")],
)
def test_without_a_plan(key: str, shown: str | None) -> None:
    """A ratio's formula waits for the plan to be filled in; where none stands there is a dash, or nothing for an amount."""
    outcome = see(project(plan=None))
    place = [column.key for column in ANALYSIS.columns].index(key)
    cell = analysis(outcome).areas[0].fillings[place]
    assert cell.values == [shown]
    assert any(cell.formulas or ()) == (key in ("completion", "gap", "spi"))
    if cell.formulas and cell.formulas[0]:
        assert excel(cell.formulas[0], outcome) == shown


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
