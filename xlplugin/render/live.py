"""进度分析 in a workbook that carries the KP_ functions: they stand in the cells, with today's values beside them.

Such a workbook has the sheet 自检. Every other one gets native formulas and values, never KP_.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from xlplugin.amounts import NO_RATIO
from xlplugin.book import Book, Changes, Filling, Grid, Put
from xlplugin.cells import address
from xlplugin.schema import ANALYSIS, INDICATORS, SELF_CHECK
from xlplugin.tables import find

TABLE_NAME = "KP_TABLE"
"""The defined name of the ledger's whole table: the functions track it, and it follows the table wherever it goes."""

FUNCTIONS = {
    **{indicator.key: indicator.function for indicator in INDICATORS},
    "status": "KP_STATUS",
    "light": "KP_LIGHT",
}
"""Column of 进度分析 → the function that stands in it."""

_PLACES = {column.key: at for at, column in enumerate(ANALYSIS.columns, start=1)}


def has_functions(book: Book) -> bool:
    """Whether a workbook carries the KP_ functions."""
    return find(book, SELF_CHECK) is not None


def with_functions(columns: Mapping[str, Filling]) -> dict[str, Filling]:
    """The columns of 进度分析 with KP_ formulas in theirs; a project that no function could tell from another keeps values."""
    words = {key: columns[key].values for key in ("id", "name")}
    seen = Counter(word for values in words.values() for word in values)
    keys = [
        next((key for key, values in words.items() if values[at] and seen[values[at]] == 1), None)
        for at in range(len(words["id"]))
    ]
    live = dict(columns)
    for column, function in FUNCTIONS.items():
        old = columns[column]
        live[column] = replace(
            old,
            values=[
                NO_RATIO if key and value is None else value
                for key, value in zip(keys, old.values, strict=True)
            ],
            formulas=[
                _formula(function, address(row, _PLACES[key])) if key else before
                for row, (key, before) in enumerate(
                    zip(keys, old.formulas or [None] * len(keys), strict=True),
                    start=ANALYSIS.header_row + 1,
                )
            ],
        )
    return live


def waiting(sheet: Grid) -> Changes:
    """A sheet that has no project yet: its first row shows nothing until there is one."""
    row = ANALYSIS.header_row + 1
    return Changes(
        {
            (row, _PLACES[column]): Put("", _formula(function, address(row, _PLACES["id"])))
            for column, function in FUNCTIONS.items()
            if sheet.at(row, _PLACES[column]) is None
        }
    )


def _formula(function: str, project: str) -> str:
    return f"{function}({project},{TABLE_NAME})"
