"""Arithmetic that means the same for a cell and for a column.

A cell is an int, a Fraction, a text or None (no value); a column is a float array (NaN: no value) or an object array of
text. Columns are for looking at; wherever a decision hangs on less than `DOUBT`, the exact cell decides (see `decide`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from xlplugin.columns import Array

Value = Any
DOUBT = 1e-9


def divide(part: Value, whole: Value) -> Value:
    """part ÷ whole; no value where either is missing or the whole is 0."""
    if isinstance(part, np.ndarray) or isinstance(whole, np.ndarray):
        with np.errstate(divide="ignore", invalid="ignore"):
            result = np.asarray(part, dtype=float) / np.asarray(whole, dtype=float)
        return np.where(np.isfinite(result), result, np.nan)
    return None if part is None or not whole else Fraction(part) / Fraction(whole)


def at_least(value: Value, least: int) -> Value:
    """The value, or `least` where it is smaller."""
    return np.maximum(value, least) if isinstance(value, np.ndarray) else max(value, least)


def choose(name: Value, values: Mapping[str, Value]) -> Value:
    """The value that goes with a name; no value for other names."""
    if not isinstance(name, np.ndarray):
        return values.get(name)
    result = np.full(len(name), np.nan)
    named = set(name.tolist())
    for word, value in values.items():
        if value is not None and word in named:
            hit = name == word
            result[hit] = value[hit] if isinstance(value, np.ndarray) else float(value)
    return result


def decide(difference: Array, exact: Callable[[int], Fraction | None]) -> Array:
    """The sign (−1, 0, 1) of each difference; near zero the exact one at that position is asked. NaN gives 0."""
    sign = np.where(np.isnan(difference), 0, np.sign(difference))
    for position in np.flatnonzero(np.abs(difference) < DOUBT):
        value = exact(int(position))
        sign[position] = 0 if value is None else (value > 0) - (value < 0)
    return sign
