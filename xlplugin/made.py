"""Which sheets the program made: told by a mark of their own, never by their names alone. The clerk's own are not written over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

from xlplugin.book import Book, Grid
from xlplugin.cells import plain
from xlplugin.schema import ANALYSIS, BULLETIN, Sheet

_TELLING = 4
"""A sheet made before there were marks is known by its title and so many first headings, each in its place; one without a
title by its first heading, and by having none of the clerk's."""


class Whereabouts(NamedTuple):
    """Where a sheet of ours is, or will be: its name in this workbook, and whether it is there."""

    title: str
    there: bool = True


def place(book: Book, sheet: Sheet) -> Whereabouts:
    """The sheet that the program made; else an empty one by the first name that nobody bears."""
    names = {plain(name): name for name in reversed(book.sheets)}
    for wanted in _titles(sheet):
        title = names.get(plain(wanted))
        if title is None:
            return Whereabouts(wanted, there=False)
        if title in book.made or _alike(book, book.read(title), sheet):
            return Whereabouts(title)
    raise AssertionError("names never end")


def find(book: Book, sheet: Sheet) -> tuple[str, Grid] | None:
    """The sheet that the program made; None where the workbook has none."""
    found = place(book, sheet)
    return (found.title, book.read(found.title)) if found.there else None


def _titles(sheet: Sheet) -> Iterator[str]:
    return chain(
        (sheet.title, f"{sheet.title}（程序生成）"),
        (f"{sheet.title}（程序生成{number}）" for number in count(2)),
    )


def _alike(book: Book, grid: Grid, sheet: Sheet) -> bool:
    """Whether an unmarked sheet is one that an earlier version made, or one that holds nothing to be lost."""
    filled = [[cell for cell in row if cell is not None] for row in grid.rows]
    if not any(filled):
        return True
    if sheet is BULLETIN:
        return grid.at(1, 1) == sheet.help or (
            all(row[:1] == cells for row, cells in zip(grid.rows, filled, strict=True) if cells)
            and _written_before_marks(book)
        )
    headings = [column.heading for column in sheet.columns]
    if sheet.header_row == 1:
        return filled[0][:1] == headings[:1] and {*filled[0]} <= {*headings}
    there = [grid.at(sheet.header_row, sheet.first_column + at) for at in range(_TELLING)]
    return there == headings[:_TELLING] and grid.at(1, 1) == sheet.title


def _written_before_marks(book: Book) -> bool:
    """Whether the workbook has a filled 进度分析 without a mark: an earlier version wrote it, and the bulletin with it."""
    title, grid = find(book, ANALYSIS) or ("", Grid([]))
    return title not in book.made and len(grid.rows) > ANALYSIS.header_row
