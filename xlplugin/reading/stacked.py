"""Tables that stand one below the other on a sheet, each under headings of its own: each is read by these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlplugin.book import Grid
from xlplugin.cells import Cell, address, split_range
from xlplugin.reading.below import LEADING
from xlplugin.reading.headings import LONGEST, Headings, find, things
from xlplugin.reading.meaning import level_meaning, text_of

_AMOUNTS = frozenset({"total", "plan", "done"})


def stacked(grid: Grid, block: Headings) -> list[tuple[Grid, Headings]]:
    """The tables of a sheet from the top down, each with the rows that are its own, where they stand; mostly one.

    A further table begins where a name and two amounts have headings again, other ones or in another order; the same ones
    are repeated for printing.
    """
    tables: list[tuple[Grid, Headings]] = []
    while further := next(_further(grid, block), None):
        start, headings = further
        tables.append((replace(grid, rows=grid.rows[:start]), block))
        grid = replace(grid, rows=[*[()] * start, *grid.rows[start:]])
        block = headings
    return [*tables, (grid, block)]


def _further(grid: Grid, block: Headings) -> Iterator[tuple[int, Headings]]:
    """The tables below the first one: how many rows stand above each, and its headings."""
    for start in _starts(grid, block):
        if start >= block.below and (found := find(_shifted(grid, start))):
            yield start, _lowered(found, start)


def _shifted(grid: Grid, rows: int) -> Grid:
    """A sheet as if it began further down."""
    merged = []
    for area in grid.merged:
        top, left, bottom, right = split_range(area)
        if top > rows:
            merged.append(f"{address(top - rows, left)}:{address(bottom - rows, right)}")
    return replace(grid, rows=grid.rows[rows:], merged=tuple(merged))


def _lowered(block: Headings, rows: int) -> Headings:
    """Headings that were found in such a sheet, where they really stand."""
    columns = tuple(
        replace(column, heading=replace(column.heading, row=column.heading.row + rows))
        for column in block.columns
    )
    return Headings(block.first + rows, block.last + rows, block.below + rows, columns)


def _starts(grid: Grid, block: Headings) -> Iterator[int]:
    """How many rows stand above a further table: its title, a blank row and its headings are its own."""
    amounts = block.of(*_AMOUNTS)
    names = block.of("name")
    if not amounts or not names:
        return
    name = names[0].number - 1
    above = {
        (number, text)
        for row in grid.rows[block.first - 1 : block.below - 1]
        for number, cell in enumerate(row)
        if (text := text_of(cell))
    }
    for number, cell in enumerate(grid.column(amounts[0].number, block.below - 1), block.below - 1):
        if cell.__class__ is str and _heads(grid.rows[number], above):
            start = number
            while start > block.below - 1 and _is_title(grid.rows[start - 1], name):
                start -= 1
            yield start


def _heads(row: Sequence[Cell], above: set[tuple[int, str]]) -> bool:
    """Whether a row has the headings of a ledger, and not those above once more."""
    texts = [(number, text_of(cell)) for number, cell in enumerate(row) if cell is not None]
    if any(not text or len(text) > LONGEST for _, text in texts) or set(texts) <= above:
        return False
    found = things([text for _, text in texts])
    return "name" in found and len(found & _AMOUNTS) > 1


def _is_title(row: Sequence[Cell], name: int) -> bool:
    """Whether a row above a table's headings belongs to it: blank, a title or a group of headings; never a project."""
    texts = [text_of(cell) for cell in row if cell is not None]
    if not all(isinstance(cell, str) for cell in row if cell is not None):
        return False
    if len(texts) > 2:
        return all(level_meaning(text)[1].says for text in texts)
    named = len(row) > name and row[name] is not None
    return not named or bool(LEADING.match(text_of(row[name])))
