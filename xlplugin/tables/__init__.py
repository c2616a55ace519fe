"""Any declared table: a sheet's grid → typed columns, with a problem for every cell that cannot be read.

Each value stands under its sheet row and the schema's key, so it has an address. By kind: money whole 分 · count a whole
number · date and month a date · flag True, False or None · number Decimal or None · text, name, id and choice str, "" where
empty · any the cell as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, overload

import numpy as np

from xlplugin import made
from xlplugin.book import Book, ByColumn, Grid
from xlplugin.cells import Cell, CellError, Uncalculated, address, plain, runs
from xlplugin.coercion import Finding, coerce, fetched, nothing
from xlplugin.columns import Array, Columns
from xlplugin.errors import Problem, Severity, UserError, by_cause
from xlplugin.schema import Column, Sheet
from xlplugin.schema.keys import CellKey, ColumnKey, DateKey, TextKey, WholeKey
from xlplugin.tables.header import SEARCHED_ROWS, Header, find_header, missing_columns


class MissingColumn(UserError):
    """A sheet has no heading row with all columns that it needs."""


SHEET_ROWS = 1 << 21
"""What the row numbers of a table's second sheet begin with: a row's number says its sheet, and the first sheet's are its own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A sheet that rows of a table come from, and its headings."""

    title: str
    header: Header


@dataclass(frozen=True)
class Table:
    """A declared table as it was found in a workbook; in several sheets where the office keeps it so."""

    sheet: Sheet
    title: str
    header: Header
    data: Columns
    problems: tuple[Problem, ...] = ()
    refusals: frozenset[tuple[int, str]] = frozenset()
    """Row and column of the cells that were refused: they only look empty."""
    more: tuple[Origin, ...] = ()
    """The further sheets; `title` and `header` are the first one's."""

    def __len__(self) -> int:
        return len(self.data)

    def has(self, key: ColumnKey) -> bool:
        """Whether the workbook has this column."""
        return any(key in place.header.columns for place in self.places)

    @property
    def places(self) -> tuple[Origin, ...]:
        """The sheets that the rows come from."""
        return (Origin(self.title, self.header), *self.more)

    def place(self, row: int) -> tuple[Origin, int]:
        """A row's sheet, and its number there."""
        sheet, own = divmod(row, SHEET_ROWS)
        return self.places[sheet], own

    def say(self, row: int) -> str:
        """A row as a clerk would say it: 第7行; with its sheet where there are several: 「县重点」第7行."""
        place, own = self.place(row)
        return (f"「{place.title}」" if self.more else "") + f"第{own}行"

    @overload
    def items(self, key: TextKey) -> Iterator[tuple[int, str]]: ...
    @overload
    def items(self, key: WholeKey) -> Iterator[tuple[int, int | None]]: ...
    @overload
    def items(self, key: DateKey) -> Iterator[tuple[int, dt.date | None]]: ...
    @overload
    def items(self, key: CellKey) -> Iterator[tuple[int, Cell]]: ...
    def items(self, key: ColumnKey) -> Iterator[tuple[int, Any]]:
        """(sheet row, value) of a column, as plain Python values."""
        return zip(self.data.rows.tolist(), self.data.listed(key), strict=True)

    def lines(self, *keys: ColumnKey) -> Iterator[tuple[Any, ...]]:
        """(sheet row, value, value …) of some columns."""
        return zip(self.data.rows.tolist(), *map(self.data.listed, keys), strict=True)

    def address(self, row: int, key: ColumnKey) -> str:
        """A1 address of a column's cell in a row; the row's first cell where the column is missing."""
        place, own = self.place(row)
        columns = place.header.columns
        return address(own, columns[key] if key in columns else min(columns.values(), default=1))

    def addresses(self, row: int, key: ColumnKey) -> list[str]:
        """The addresses of all cells that a value is the sum of; mostly it is one cell."""
        place, own = self.place(row)
        return [address(own, at) for at in place.header.added.get(key, ())] or [
            self.address(row, key)
        ]

    def refused(self, row: int, key: ColumnKey) -> bool:
        """Whether a cell held something that was refused when it was read: it only looks empty."""
        return (row, key) in self.refusals

    def problem(
        self, code: str, severity: Severity, row: int, key: ColumnKey, *words: str
    ) -> Problem:
        """A problem at one of the table's cells, or of a row that the book has not (0); the words are what a Problem has: expected, found, advice."""
        title, cell = self.place(row)[0].title, self.address(row, key) if row else ""
        return Problem(code, severity, title, cell, self.sheet[key].heading, *words)


def find(book: Book, sheet: Sheet) -> tuple[str, Grid] | None:
    """The sheet by its name, then by an alias; None where the workbook has neither. An output only where the program made it."""
    if sheet.output:
        return made.find(book, sheet)
    names = {plain(name): name for name in reversed(book.sheets)}
    for wanted in (sheet.title, *sheet.aliases):
        if title := names.get(plain(wanted)):
            return title, book.read(title)
    return None


def read_optional(book: Book, sheet: Sheet) -> Table:
    """A table that a workbook may lack: empty then. Raises MissingColumn where the sheet is there without its headings."""
    found = find(book, sheet)
    if found is None or not any(any(c is not None for c in row) for row in found[1].rows):
        return empty(sheet)
    return read(found[1], sheet, found[0])


def read(grid: Grid, sheet: Sheet, title: str) -> Table:
    """Read a sheet's table: every cell typed or said to be wrong. Rows without any declared value are passed over; an
    optional column that the sheet lacks is there, empty (`Table.has` knows).

    Raises MissingColumn where no heading row has all required columns.
    """
    header = find_header(grid, sheet)
    if header is None:
        names = "、".join(f"「{column.heading}」" for column in missing_columns(grid, sheet))
        raise MissingColumn(
            f"「{title}」前{SEARCHED_ROWS}行里找不到完整的表头，缺少{names}。请补上这些栏目，或把现有栏目改成这个名称。"
        )
    rows, columns = filled(grid, header.row, sorted(set(header.columns.values())))
    cells = {key: columns[at] for key, at in header.columns.items()}
    return typed(grid, sheet, Origin(title, header), rows, cells)


def typed(
    grid: Grid,
    sheet: Sheet,
    place: Origin,
    rows: Sequence[int],
    cells: Mapping[str, Sequence[Cell]],
) -> Table:
    """Cells by column, one a row, as a table: each typed or said to be wrong, cells of one column with one fault together."""
    header = place.header
    foreign = _foreign(grid, rows)
    arrays: dict[str, Array] = {}
    problems: list[Problem] = []
    refusals: set[tuple[int, str]] = set()
    for column in sheet.columns:
        if column.key not in cells:
            arrays[column.key] = nothing(column, len(rows))
            continue
        unit = header.units.get(column.key, column.unit)
        arrays[column.key], findings = coerce(cells[column.key], column, unit)
        at = header.columns.get(column.key, 0)
        faults = (*findings, *foreign.get(at, ()))
        refusals |= {(rows[f.index], column.key) for f in faults if f.severity == "E"}
        problems += _said(faults, column, place.title, rows, at)
    data = Columns(np.array(rows, dtype=np.int64), arrays)
    return Table(sheet, place.title, header, data, tuple(problems), frozenset(refusals))


def _said(
    faults: Sequence[Finding], column: Column, title: str, rows: Sequence[int], at: int
) -> Iterator[Problem]:
    """One problem a fault of a column: cells that share it are told together."""
    places = (address(rows[fault.index], at or 1) for fault in faults)
    problems = (
        Problem(f.code, f.severity, title, cell, column.heading, f.expected, f.found, f.advice)
        for f, cell in zip(faults, places, strict=True)
    )
    for alike in by_cause(problems, alike=True):
        first, cells = alike[0], [problem.cell for problem in alike]
        found = first.found if len(cells) == 1 else f"{first.found}等{len(cells)}处：{runs(cells)}"
        yield replace(first, found=found)


def filled(
    grid: Grid, row: int, numbers: Sequence[int]
) -> tuple[Sequence[int], Mapping[int, Sequence[Cell]]]:
    """The rows below a row that hold anything in some columns (numbers, ascending): their numbers, and their cells by column."""
    count = max(0, len(grid.rows) - row)
    rows: Sequence[int] = range(row + 1, row + 1 + count)
    if not isinstance(grid.rows, ByColumn) and not all(below := grid.rows[row:]):
        rows, row = list(compress(rows, below)), 0  # a million empty rows are soon passed over
        grid, count = replace(grid, rows=list(compress(below, below))), len(rows)
    columns = {number: grid.column(number, row) for number in numbers}
    first = columns[numbers[0]]
    bare = (
        {
            at
            for at in range(count)
            if first[at] is None and all(cells[at] is None for cells in columns.values())
        }
        if None in first
        else ()
    )
    if not bare:
        return rows, columns
    kept = [at not in bare for at in range(count)]
    return list(compress(rows, kept)), {
        number: list(compress(cells, kept)) for number, cells in columns.items()
    }


def empty(sheet: Sheet) -> Table:
    """A table that the workbook does not have: no rows, every column's type as declared. Shared: not to be changed."""
    if sheet.key in _EMPTY:
        return _EMPTY[sheet.key]
    data = Columns(
        np.empty(0, dtype=np.int64), {column.key: nothing(column, 0) for column in sheet.columns}
    )
    return _EMPTY.setdefault(
        sheet.key, Table(sheet, sheet.title, Header(sheet.header_row, {}), data)
    )


_EMPTY: dict[str, Table] = {}


def _foreign(grid: Grid, rows: Sequence[int]) -> dict[int, list[Finding]]:
    """What is said of the formulas that fetch their value from another workbook, by column."""
    found: dict[int, list[Finding]] = {}
    places = {row: index for index, row in enumerate(rows)} if grid.formulas else {}
    for (row, column), formula in sorted(grid.formulas.items()):
        uncomputed = isinstance(grid.at(row, column), (CellError, Uncalculated))
        if formula and row in places and not uncomputed:
            found.setdefault(column, []).append(fetched(places[row], formula))
    return found
