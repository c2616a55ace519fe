"""Typed columns over the rows of a sheet: what the line computes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, overload

import numpy as np

from xlplugin.cells import Cell
from xlplugin.schema.keys import (
    CellKey,
    ColumnKey,
    DateKey,
    FlagKey,
    IndicatorKey,
    NumberKey,
    TextKey,
    WholeKey,
)

Array = np.ndarray[Any, Any]
Values = list[Any]


class Columns:
    """Arrays by key, each with one value for each sheet row.

    Whole numbers (分, counts) are floats, exact since they stay below 2^53, and NaN where there is none: whatever is compared with
    nothing is untrue. So are `shares`, which need not be whole. Dates are datetime64[D], truths bool, all else objects.
    """

    def __init__(
        self, rows: Array, arrays: Mapping[str, Array], shares: frozenset[str] = frozenset()
    ) -> None:
        self.rows = rows
        self.arrays = arrays
        self.shares = shares
        self.lists = _Lists(self)
        self._masks: dict[tuple[str, object], Array] = {}
        self._codes: dict[str, tuple[list[str], Array]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: ColumnKey) -> Array:
        return self.arrays[key]

    @overload
    def values(self, key: TextKey) -> list[str]: ...
    @overload
    def values(self, key: WholeKey) -> list[int | None]: ...
    @overload
    def values(self, key: DateKey) -> list[dt.date | None]: ...
    @overload
    def values(self, key: FlagKey) -> list[bool | None]: ...
    @overload
    def values(self, key: NumberKey) -> list[Decimal | None]: ...
    @overload
    def values(self, key: IndicatorKey) -> list[float]: ...
    @overload
    def values(self, key: CellKey) -> list[Cell]: ...
    def values(self, key: ColumnKey) -> Values:
        """A column as plain Python values, kept; None for a number or a date that is not there."""
        return self.lists[key]

    def listed(self, key: str) -> Values:
        """The same for a column whose key is known at work only."""
        return self.lists[key]

    def _plain(self, key: str) -> Values:
        """The same, made anew."""
        array = self.arrays[key]
        whole = array.dtype.kind == "f" and key not in self.shares
        values: Values = (_whole(array) if whole else array).tolist()
        for at in np.flatnonzero(np.isnan(array)).tolist() if whole else ():
            values[at] = None
        return values

    def where(self, key: ColumnKey, value: object) -> Array:
        """Where a column of objects has a value, kept: asking 100,000 of them takes milliseconds. Not to be changed."""
        if (key, value) not in self._masks:
            if coded := self._codes.get(key):
                words, codes = coded
                mask = codes == words.index(value) if value in words else np.zeros(len(codes), bool)
            else:
                mask = self.arrays[key] == value
            self._masks[key, value] = np.asarray(mask, dtype=bool)
        return self._masks[key, value]

    def codes(self, key: TextKey) -> tuple[list[str], Array]:
        """A column's different words as they first come, and which of them each row has; kept, since one pass is enough."""
        if key not in self._codes:
            words = self.arrays[key].tolist()
            numbers = {word: at for at, word in enumerate(dict.fromkeys(words))}
            codes = np.fromiter(map(numbers.__getitem__, words), np.intp, count=len(words))
            self._codes[key] = list(numbers), codes
        return self._codes[key]

    def whole(self, key: WholeKey) -> Array:
        """A column of whole numbers as int64; 0 where there is none."""
        return _whole(self.arrays[key])

    def only(self, chosen: Array) -> Columns:
        """The rows that a mask (or positions) picks."""
        return Columns(
            self.rows[chosen],
            {key: array[chosen] for key, array in self.arrays.items()},
            self.shares,
        )

    def plus(self, arrays: Mapping[str, Array], shares: frozenset[str] = frozenset()) -> Columns:
        """The same rows with more (or other) columns."""
        more = Columns(self.rows, {**self.arrays, **arrays}, self.shares | shares)
        more.lists |= {key: values for key, values in self.lists.items() if key not in arrays}
        more._masks = {
            (key, value): mask for (key, value), mask in self._masks.items() if key not in arrays
        }
        more._codes = {key: coded for key, coded in self._codes.items() if key not in arrays}
        return more


def _whole(array: Array) -> Array:
    return np.where(np.isnan(array), 0, array).astype(np.int64)


class _Lists(dict[str, Values]):
    """Columns as plain values, each made when it is first asked for; then a value costs no call: stories ask for many."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __missing__(self, key: str) -> Values:
        self[key] = values = self._columns._plain(key)
        return values
