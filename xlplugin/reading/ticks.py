"""One question that a sheet answers by several columns with a tick in one of them: 省重点 √ | 市重点 | 县重点 is one column of levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from xlplugin.book import Grid
from xlplugin.cells import Cell, plain
from xlplugin.reading import terms
from xlplugin.reading.headings import Headed, Headings
from xlplugin.reading.meaning import CLASS, level_meaning
from xlplugin.reading.model import Heading
from xlplugin.reading.qualifiers import Meaning

_TICKS = frozenset({"√", "✓", "✔", "☑", "●", "■", "○", "v", "y", "是", "1"})
_ASKED = ("level", "nature", "marked_started", CLASS)
LOOKED_AT = 2000
"""Rows that are looked at to tell whether columns hold ticks."""


def folded(grid: Grid, block: Headings) -> tuple[Grid, Headings]:
    """The grid and the headings with each such group as one column, its first; both as they are where there is none."""
    groups = list(_groups(grid, block))
    if not groups:
        return grid, block
    rows = list(grid.rows)
    columns = list(block.columns)
    for what, group in groups:
        for at in range(block.below - 1, len(rows)):
            rows[at] = _one(rows[at], group)
        first = group[0].heading
        words = first.words.rpartition("·")[0] or "、".join(map(_own, group))
        one = Headed(Heading(first.row, first.column, words), Meaning(what))
        columns[columns.index(group[0])] = one
        columns = [column for column in columns if column not in group[1:]]
    return replace(grid, rows=rows), replace(block, columns=tuple(columns))


def _own(column: Headed) -> str:
    return column.heading.words.rpartition("·")[2]


def _groups(grid: Grid, block: Headings) -> Iterator[tuple[str, list[Headed]]]:
    """What is asked, and the columns that answer it: neighbours under one heading, or all named after levels or stages."""
    below = grid.rows[block.below - 1 : block.below - 1 + LOOKED_AT]
    named = groupby(block.columns, key=_asked)
    for (what, _), some in named:
        group = list(some)
        if what and len(group) > 1 and _ticked(below, group):
            yield what, group


def _asked(column: Headed) -> tuple[str, str]:
    above, _, own = column.heading.words.rpartition("·")
    if terms.level_in(own):
        return "level", above
    what = level_meaning(above)[1].what if above else ""
    if what in _ASKED:
        return what, above
    return ("nature" if not above and terms.stage(own) else ""), above


def _ticked(rows: Sequence[Sequence[Cell]], group: Sequence[Headed]) -> bool:
    """Whether the columns hold nothing but ticks, never two in a row."""
    numbers = [column.number - 1 for column in group]
    seen = 0
    for row in rows:
        held = [row[at] for at in numbers if at < len(row) and row[at] is not None]
        if any(not _is_tick(cell) for cell in held) or len(held) > 1:
            return False
        seen += bool(held)
    return seen > 0


def _is_tick(cell: Cell) -> bool:
    return cell in (1, True) or (isinstance(cell, str) and plain(cell) in _TICKS)


def _one(row: Sequence[Cell], group: Sequence[Headed]) -> list[Cell]:
    """A row whose first column of a group says which of them is ticked."""
    said = next(
        (_own(c) for c in group if len(row) >= c.number and row[c.number - 1] is not None), None
    )
    numbers = {column.number - 1 for column in group}
    cells = [None if at in numbers else cell for at, cell in enumerate(row)]
    if said is not None:
        cells[group[0].number - 1] = said
    return cells
