"""How an indicator is computed: its function over one project's cells, exactly, or over whole columns, fast."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import numpy as np

from xlplugin.columns import Array
from xlplugin.indicators import progress
from xlplugin.indicators.arithmetic import Value
from xlplugin.indicators.yardsticks import NEEDS, Conditions
from xlplugin.schema import INDICATORS


class Row(Protocol):
    """One project's values by key."""

    def __getitem__(self, key: str, /) -> Value: ...


class Computation:
    """One indicator's function: `cell` for one project, `column` for all, `sources` for what was looked at.

    A function that takes the yardstick (`used`) chooses by it: its other columns may be missing, and only those count that
    the project's yardstick needs.
    """

    def __init__(self, body: Callable[..., Value]) -> None:
        self.body = body
        self.definition = inspect.getdoc(body) or ""
        self.parameters = tuple(inspect.signature(body).parameters)
        self.chooses = "used" in self.parameters

    def cell(self, row: Row, at: Conditions) -> Value:
        """The exact value for one project's columns; None where it does not exist."""
        given = [
            at if name == "at" else REGISTRY[name].cell(row, at) if name in REGISTRY else row[name]
            for name in self.parameters
        ]
        if not self.chooses and any(value is None for value in given):
            return None
        return self.body(*given)

    def column(self, columns: Mapping[str, Array], at: Conditions) -> Array:
        """The values for all projects, as floats; needs the columns that the parameters name."""
        return np.asarray(
            self.body(*(at if name == "at" else columns[name] for name in self.parameters)),
            dtype=float,
        )

    def sources(self, row: Row) -> tuple[str, ...]:
        """What a project's value was computed from, each once: keys of columns (`used`: the yardstick) and of parameters."""
        return tuple(dict.fromkeys(self._sources(row)))

    def _sources(self, row: Row) -> Iterator[str]:
        for name in self.parameters:
            if name in REGISTRY:
                yield from REGISTRY[name]._sources(row)
            elif name == "used":
                yield name
                yield from NEEDS[row[name]]
            elif name == "at":
                yield "as_of"
            elif not (self.chooses and name in _CHOSEN):
                yield name


_CHOSEN = frozenset(key for keys in NEEDS.values() for key in keys)

REGISTRY = {each.key: Computation(getattr(progress, each.key)) for each in INDICATORS}
"""Every declared indicator's rule; the function is found by its name."""


def add(columns: Mapping[str, Array], at: Conditions) -> dict[str, Array]:
    """A float column for every indicator, in the order in which they build on each other.

    Needs the columns that the functions name: done, plan (分), used (the yardstick), planned (分: the project's cumulative
    monthly plan, may be empty) …
    """
    found: dict[str, Array] = {}
    for key, rule in REGISTRY.items():
        found[key] = rule.column({**columns, **found}, at)
    return found
