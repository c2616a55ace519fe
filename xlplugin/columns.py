"""Typed columns over the rows of a sheet: what the line computes with; a DataFrame of them is made for those who ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, Any]


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
        self._values: dict[str, list[Any]] = {}
        self._masks: dict[tuple[str, Any], Array] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Array:
        return self.arrays[key]

    def values(self, key: str) -> list[Any]:
        """A column as plain Python values, kept; None for a number or a date that is not there."""
        if key not in self._values:
            self._values[key] = self._plain(key)
        return self._values[key]

    def _plain(self, key: str) -> list[Any]:
        array = self.arrays[key]
        whole = array.dtype.kind == "f" and key not in self.shares
        values: list[Any] = (self.whole(key) if whole else array).tolist()
        for at in np.flatnonzero(np.isnan(array)).tolist() if whole else ():
            values[at] = None
        return values

    def items(self, key: str) -> Iterator[tuple[int, Any]]:
        """(sheet row, value) of a column."""
        return zip(self.rows.tolist(), self.values(key), strict=True)

    def where(self, key: str, value: Any) -> Array:
        """Where a column of objects has a value, kept: asking 100,000 of them takes milliseconds. Not to be changed."""
        if (key, value) not in self._masks:
            self._masks[key, value] = np.asarray(self.arrays[key] == value, dtype=bool)
        return self._masks[key, value]

    def whole(self, key: str) -> Array:
        """A column of whole numbers as int64; 0 where there is none."""
        array = self.arrays[key]
        return np.where(np.isnan(array), 0, array).astype(np.int64)

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
        more._values = {key: values for key, values in self._values.items() if key not in arrays}
        more._masks = {
            (key, value): mask for (key, value), mask in self._masks.items() if key not in arrays
        }
        return more

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The columns as pandas has them: whole numbers Int64, dates datetime64, shares float64, truths bool, else object."""
        import pandas as pd  # takes longer to import than a county takes to compute

        index = pd.Index(self.rows)
        data = {}
        for key, array in self.arrays.items():
            if array.dtype.kind == "f" and key not in self.shares:
                data[key] = pd.Series(
                    pd.arrays.IntegerArray(self.whole(key), np.isnan(array)), index=index
                )
            else:
                kind = "datetime64[s]" if array.dtype.kind == "M" else array.dtype
                data[key] = pd.Series(array.astype(kind, copy=False), index=index, dtype=kind)
        return pd.DataFrame(data, index=index, copy=False)
