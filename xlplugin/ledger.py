"""项目台账: the projects as they were read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from xlplugin import reading
from xlplugin.book import Book, Grid
from xlplugin.cells import Cell, at_once, plain
from xlplugin.errors import Problem
from xlplugin.reading import Reading, Sum
from xlplugin.reading.others import settled
from xlplugin.schema.keys import ColumnKey, TextKey
from xlplugin.tables import SHEET_ROWS, Table

_BETWEEN = re.compile(r"[；;、，,]")
_NAMING: tuple[TextKey, ...] = ("id", "name")


@dataclass(frozen=True)
class Ledger:
    """The ledger's projects, one row each (index: sheet row), with what was wrong on the way."""

    table: Table
    problems: tuple[Problem, ...]
    sums: tuple[Sum, ...]
    """What sum and section rows claim; those rows are no projects."""
    grids: tuple[Grid, ...]
    """The sheets as they were read, one for each of the table's places."""
    reading: Reading
    order: Mapping[str, tuple[str, ...]]
    """By column's key: the words that 分类 has of it, in the order in which they are told."""

    def cell(self, row: int, key: ColumnKey) -> Cell:
        """What stands in a project's cell, as the clerk typed it; None where the sheet has no such column."""
        place, own = self.table.place(row)
        return self.grids[row // SHEET_ROWS].at(own, place.header.columns.get(key, 0))

    @cached_property
    def folded(self) -> Mapping[TextKey, list[str]]:
        """Ids and names without width and white space, in the ledger's order: as they are compared."""
        return {key: at_once(plain, self.table.data.values(key)) for key in _NAMING}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Sheet row of a project by id, name or alias (compared without width and white space); ambiguous words left out."""
        own = self.table.data.rows.tolist()
        said = [(row, text) for row, text in self.table.items("alias") if text]
        aliases = [(row, word) for row, text in said for word in _BETWEEN.split(text)]
        folded = at_once(plain, [word for _, word in aliases])
        named = [(words, own) for words in self.folded.values()]
        named.append((folded, [row for row, _ in aliases]))
        found: dict[str, int] = {}
        for words, rows in named:
            found.update(zip(words, rows, strict=True))
        if len(found) < sum(len(words) for words, _ in named):
            told = chain.from_iterable(zip(*each, strict=True) for each in named)
            for word in {word for word, row in told if found[word] != row}:
                del found[word]
        found.pop("", None)
        return found

    def cumulative(self, monthly: Table, month: int) -> Table:
        """月度完成 with cumulative months, where the office keeps each month's own."""
        done = {row: fen for row, fen in self.table.items("done") if fen}
        found = {row: self.row_of(*words) for row, *words in monthly.lines("id", "name")}
        known = {row: done[at] for row, at in found.items() if at in done}
        return settled(monthly, month, known)

    def row_of(self, *words: str) -> int | None:
        """Sheet row that these ids, names or aliases mean; None where none is known. The last has the word: a running number of
        another sheet is no id of ours, so a name is surer than an id.
        """
        known = [self.rows[key] for word in words if (key := plain(word)) in self.rows]
        return known[-1] if known else None


def read(book: Book, as_of: dt.date, sheet: str | None = None) -> Ledger:
    """The projects as of a date, from the sheets that hold them, or from the one named.

    Raises UserError where there is none, where a required column is missing, and where it has no project.
    """
    taken = reading.read(book, as_of, sheet)
    found = taken.reading
    problems = (*found.questions, *found.remarks, *taken.table.problems)
    return Ledger(taken.table, problems, taken.sums, taken.grids, found, taken.order)
