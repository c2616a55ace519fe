"""Where a declared table's headings stand in a sheet, which column each of them heads, and what unit its money is in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from xlplugin.amounts import UNITS
from xlplugin.book import Grid, first_rows
from xlplugin.cells import Cell, plain
from xlplugin.schema import Column, Sheet

SEARCHED_ROWS = 20
"""Headings are looked for in this many first rows: titles and notes may stand above."""

_UNIT = re.compile(r"[(\[【](?:单位[:：]?)?(百万元|千元|万元|亿元|元)[)\]】]")
_BRACKETS = re.compile(r"[(\[【][^)\]】]{0,60}[)\]】]")
_PERIOD = re.compile(
    r"^(?:\d{4}年(?!度)|\d{4}(?=年度)|\d{4}(?!年)|\d{2,4}年?1[-—~至到]\d{1,2}月份?|1[-—~至到]\d{1,2}月份?|截[至止]\d{1,2}月(?:底|末|份|\d{1,2}日)?)"
)
_LINE_UNIT = re.compile(r"单位[:：](百万元|千元|万元|亿元|元)")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's headings stand: the last heading row, each found column's number, and the money's unit.

    `added`: the columns that are added up for one of ours (each month's own amount), of which `columns` has the last.
    """

    row: int
    columns: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def _words(cell: Cell) -> str:
    """A heading as it is compared: without width, white space, marks, units and periods."""
    if isinstance(cell, dt.date):
        return f"{cell.month}月"
    if not isinstance(cell, str):
        return ""
    return _BRACKETS.sub("", plain(cell)).strip("*：:").removeprefix("*")


def _match(cells: Sequence[Cell], sheet: Sheet) -> dict[str, int]:
    """Columns found in one heading row: first by heading, then by alias in order, then without a leading period."""
    place: dict[str, int] = {}
    bare: dict[str, int] = {}
    for number, cell in enumerate(cells, start=1):
        words = _words(cell)
        if words:
            place.setdefault(words, number)
            bare.setdefault(_PERIOD.sub("", words), number)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for places, part in ((place, slice(1)), (place, slice(1, None)), (bare, slice(None))):
        for key, names in _names(sheet):
            if key not in found:
                hits = (places[name] for name in names[part] if name in places)
                number_found = next((hit for hit in hits if hit not in taken), None)
                if number_found:
                    found[key] = number_found
                    taken.add(number_found)
    return found


def _names(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    """Each column's key with the words it is found by: its heading first, then its aliases."""
    if sheet.key not in _NAMES:
        _NAMES[sheet.key] = [
            (column.key, tuple(map(_words, (column.heading, *column.aliases))))
            for column in sheet.columns
        ]
    return _NAMES[sheet.key]


_NAMES: dict[str, list[tuple[str, tuple[str, ...]]]] = {}


def _candidates(grid: Grid) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each of the first rows as a heading row, then each two of them as one heading of two rows."""
    rows = dict(first_rows(grid, SEARCHED_ROWS))
    yield from rows.items()
    for number in rows:
        if number + 1 in rows:
            above, below = rows[number], rows[number + 1]
            width = max(len(above), len(below))
            yield (
                number + 1,
                [grid.at(number + 1, c) or grid.at(number, c) for c in range(1, width + 1)],
            )


def find_header(grid: Grid, sheet: Sheet) -> Header | None:
    """The heading row with the most known columns, if it has all required ones; None otherwise."""
    best: Header | None = None
    for row, cells in _candidates(grid):
        found = _match(cells, sheet)
        complete = all(column.key in found for column in sheet.columns if column.required)
        if complete and (best is None or len(found) > len(best.columns)):
            best = Header(row, found, _units(grid, row, cells, found, sheet))
            if len(found) >= len(sheet.standard_columns):
                break  # no other row can be a better one
    return best


def _units(
    grid: Grid, row: int, cells: Sequence[Cell], found: Mapping[str, int], sheet: Sheet
) -> dict[str, str]:
    """The unit each money column is written in: in its heading, else in a line above (单位：亿元), else 万元."""
    above = "".join(
        plain(c)
        for _, line in first_rows(grid, row)
        for c in line
        if isinstance(c, str) and "单位" in c
    )
    line = _LINE_UNIT.search(above)
    units: dict[str, str] = {}
    for column in sheet.columns:
        if column.kind == "money" and column.key in found:
            at = found[column.key]
            own = _UNIT.search(_text(cells[at - 1])) or _UNIT.search(_group_heading(grid, row, at))
            units[column.key] = own[1] if own else line[1] if line else column.unit
    return {key: unit for key, unit in units.items() if unit in UNITS}


def _text(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, str) else ""


def _group_heading(grid: Grid, row: int, column: int) -> str:
    """The heading that spans this column in the row above: the nearest text at it or left of it."""
    return next((text for c in range(column, 0, -1) if (text := _text(grid.at(row - 1, c)))), "")


def missing_columns(grid: Grid, sheet: Sheet) -> list[Column]:
    """The required columns that the likeliest heading row lacks."""
    likeliest = max((_match(cells, sheet) for _, cells in _candidates(grid)), key=len, default={})
    return [column for column in sheet.columns if column.required and column.key not in likeliest]
