"""What is computed of each project; an indicator answers a cell exactly and a column fast, and both agree (a law)."""

from __future__ import annotations

from collections.abc import Mapping

from xlplugin.columns import Array
from xlplugin.indicators import progress as _progress
from xlplugin.indicators.arithmetic import REGISTRY, Indicator, decide
from xlplugin.indicators.yardsticks import OWN, UNIFORM, Conditions, required, shares

__all__ = [
    "OWN",
    "REGISTRY",
    "UNIFORM",
    "Conditions",
    "Indicator",
    "add",
    "decide",
    "required",
    "shares",
]

assert _progress


def add(columns: Mapping[str, Array], at: Conditions) -> dict[str, Array]:
    """A float column for every indicator, in the order in which they build on each other.

    Needs done, plan (分), used (the yardstick) and planned (分: the project's cumulative monthly plan, may be empty).
    """
    found: dict[str, Array] = {}
    for key, indicator in REGISTRY.items():
        found[key] = indicator.column({**columns, **found}, at)
    return found
