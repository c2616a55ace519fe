"""进度分析 in a workbook that carries the KP_ functions: they stand in the cells, with today's values beside them.

Such a workbook has the sheet 自检. Every other one gets native formulas and values, never KP_.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from xlplugin.amounts import NO_RATIO
from xlplugin.book import Book, Changes, Grid, Put
from xlplugin.cells import address
from xlplugin.ledger import find
from xlplugin.schema import ANALYSIS, SELF_CHECK

TABLE_NAME = "KP_TABLE"
"""The defined name of the ledger's whole table: the functions track it, and it follows the table wherever it goes."""

FUNCTIONS = {
    "completion": "KP_COMPLETION", "expected": "KP_REQUIRED", "gap": "KP_GAP", "spi": "KP_SPI", "remaining": "KP_REMAINING",
    "run_rate": "KP_RUNRATE", "forecast": "KP_FORECAST", "status": "KP_STATUS", "light": "KP_LIGHT",
}
"""Column of 进度分析 → the function that stands in it."""

MOST = 1000
"""Up to this many projects: each cell is a call of Python, and beyond that Excel would be slow."""

_PLACES = {column.key: at for at, column in enumerate(ANALYSIS.columns, start=1)}


def has_functions(book: Book) -> bool:
    """Whether a workbook carries the KP_ functions."""
    return find(book, SELF_CHECK) is not None


def with_functions(changes: Changes, projects: int) -> Changes:
    """The same changes with KP_ formulas in their columns; a project that no function could tell from another keeps values."""
    if projects > MOST:
        return changes
    cells = dict(changes.cells)
    rows = range(ANALYSIS.header_row + 1, ANALYSIS.header_row + 1 + projects)
    seen = Counter(cells[row, _PLACES[key]].value for row in rows for key in ("id", "name"))
    for row in rows:
        key = next((key for key in ("id", "name") if (word := cells[row, _PLACES[key]].value) and seen[word] == 1), None)
        for column, function in FUNCTIONS.items() if key else ():
            place = (row, _PLACES[column])
            value = NO_RATIO if cells[place].value is None else cells[place].value
            cells[place] = replace(cells[place], value=value, formula=_formula(function, address(row, _PLACES[key or "id"])))
    return replace(changes, cells=cells)


def waiting(sheet: Grid) -> Changes:
    """A sheet that has no project yet: its first row shows nothing until there is one."""
    row = ANALYSIS.header_row + 1
    return Changes({(row, _PLACES[column]): Put("", _formula(function, address(row, _PLACES["id"])))
                    for column, function in FUNCTIONS.items() if sheet.at(row, _PLACES[column]) is None})


def _formula(function: str, project: str) -> str:
    return f"{function}({project},{TABLE_NAME})"
