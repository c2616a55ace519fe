"""A workbook as a pandas DataFrame, for those who calculate on: see `xlplugin.read`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from xlplugin import hosts
from xlplugin.amounts import FEN_PER_WAN
from xlplugin.columns import Array
from xlplugin.deliver import of_day
from xlplugin.schema import ANALYSIS, LEDGER, Column

ROW = "行"


def frame(path: Path, as_of: dt.date | None, password: str | None) -> pd.DataFrame:
    """The ledger's columns that the workbook has, and those of 进度分析. Raises UserError."""
    facts = of_day(hosts.open(path, password), as_of).facts
    own = [column for column in LEDGER.columns if facts.ledger.table.header.columns.get(column.key)]
    columns = {column.key: column for column in (*own, *ANALYSIS.columns)}
    index = pd.Index(facts.data.rows, name=ROW)
    return pd.DataFrame(
        {c.heading: _series(c, facts.data.arrays[c.key], index) for c in columns.values()}, index
    )


def _series(column: Column, array: Array, index: pd.Index) -> pd.Series:
    """A column's values in the sheet's unit; missing as pandas says it: NaN, NaT, <NA>, "" for text."""
    match column.kind:
        case "money":
            return pd.Series(array / FEN_PER_WAN, index)
        case "points":
            return pd.Series(array * 100, index)
        case "count":
            whole = np.nan_to_num(array).astype(np.int64)
            return pd.Series(pd.arrays.IntegerArray(whole, np.isnan(array)), index)
        case "date" | "month":
            return pd.Series(array.astype("datetime64[s]"), index)
        case "flag":
            return pd.Series(array, index, dtype="boolean")
        case _:
            return pd.Series(array, index, dtype=array.dtype)
