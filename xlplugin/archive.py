"""归档: each month's figures kept in the workbook, so that the next month can be compared and an old one written again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlplugin import tables
from xlplugin.amounts import wan
from xlplugin.book import Book, Changes, Grid, Layout, Put, Span
from xlplugin.cells import Cell, plain
from xlplugin.columns import Columns
from xlplugin.errors import UserError
from xlplugin.pipeline import Outcome
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, ISSUES, LEDGER, MONTHLY_DONE, Column, Sheet
from xlplugin.tables import Table

_STYLES = {"money": "万元", "date": "日期", "month": "日期"}


@dataclass(frozen=True)
class Past:
    """A book as it was archived: its ledger and issues are the archive's rows of one day. Writing goes to the real book."""

    book: Book
    grids: Mapping[str, Grid]
    hidden: frozenset[str]

    @property
    def sheets(self) -> Sequence[str]:
        """The book's sheets without today's ledger and issues."""
        return [title for title in self.book.sheets if title not in self.hidden]

    def read(self, sheet: str) -> Grid:
        """A sheet as it was."""
        return self.grids[sheet] if sheet in self.grids else self.book.read(sheet)

    def write(self, sheet: str, changes: Changes) -> None:
        """Change the real book."""
        self.book.write(sheet, changes)


def as_it_was(book: Book, as_of: dt.date | None) -> Book:
    """The book of an archived day, where `as_of` asks for one that is past; else the book itself.

    A day is past when it is archived and the workbook has moved on: its own 报告截止日期 is later, or a later day is archived.
    """
    found = tables.find(book, ARCHIVE) if as_of else None
    if found is None or as_of is None:
        return book
    title, grid = found
    table = tables.read(grid, ARCHIVE, title)
    days = {day for day in table.data.values("cutoff") if day}
    current = _own_date(book)
    if as_of not in days or not (max(days) > as_of or (current and current > as_of)):
        return book
    grids = {title: _of_day(grid, table, as_of)}
    hidden = {found[0] for sheet in (LEDGER, ISSUES) if (found := tables.find(book, sheet))} - {
        title
    }
    if issues := tables.find(book, ARCHIVE_ISSUES):
        grids[issues[0]] = _of_day(
            issues[1], tables.read(issues[1], ARCHIVE_ISSUES, issues[0]), as_of
        )
        hidden -= {issues[0]}
    return Past(book, grids, frozenset(hidden))


def _own_date(book: Book) -> dt.date | None:
    from xlplugin import settings

    try:
        return settings.read(book, None)[0].as_of
    except UserError:
        return None


def _of_day(grid: Grid, table: Table, day: dt.date) -> Grid:
    """The same sheet with the rows of other days emptied, so that every cell keeps its address."""
    kept = {row for row, cutoff in table.items("cutoff") if cutoff == day}
    rows = [
        line if number <= table.header.row or number in kept else []
        for number, line in enumerate(grid.rows, start=1)
    ]
    return Grid(rows, grid.formulas, grid.hidden, grid.merged, grid.filtered)


def archive(outcome: Outcome, book: Book) -> str:
    """Keep this month in a book: its column in 月度完成, its rows in the archive. Returns what was done, in one sentence.

    A day that is archived already is replaced. Raises UserError where the data has errors.
    """
    if outcome.errors:
        raise UserError(
            f"台账还有{len(outcome.errors)}处错误，不能归档。请先检查台账，改正以后再归档。"
        )
    facts = outcome.facts
    month = outcome.as_of.month
    projects = [
        [
            *_cells(facts.data, LEDGER.columns, at),
            facts.column("status")[at],
            facts.column("light")[at],
        ]
        for at in range(len(facts.data))
    ]
    issues = [_cells(facts.issues.data, ISSUES.columns, at) for at in range(len(facts.issues))]
    _monthly(outcome, book, month)
    _keep(book, ARCHIVE, outcome.as_of, projects)
    _keep(book, ARCHIVE_ISSUES, outcome.as_of, issues)
    return f"已归档{outcome.as_of.year}年{month}月：{len(projects)}个项目记入「{MONTHLY_DONE.title}」{month}月一栏和「{ARCHIVE.title}」。"


def _cells(data: Columns, columns: Sequence[Column], at: int) -> list[Cell]:
    """One row's values as cells: money in 万元, dates as dates, nothing for what is missing."""
    cells: list[Cell] = []
    for column in columns:
        value = data.values(column.key)[at]
        if value is None or value == "":
            cells.append(None)
        elif column.kind == "money":
            cells.append(wan(value))
        elif column.kind == "flag":
            cells.append("是" if value else "否")
        else:
            cells.append(value)
    return cells


def _keep(book: Book, sheet: Sheet, day: dt.date, rows: list[list[Cell]]) -> None:
    """Write a day's rows: over its own from an earlier archiving, else below the last."""
    found = tables.find(book, sheet)
    title, grid = found if found else (sheet.title, Grid([]))
    cells: dict[tuple[int, int], Put] = {}
    columns = {column.key: at for at, column in enumerate(sheet.columns, start=1)}
    free: list[int] = []
    last = sheet.header_row
    if found and (header := tables.find_header(grid, sheet)):
        columns = dict(header.columns)
        table = tables.read(grid, sheet, title)
        free = [row for row, cutoff in table.items("cutoff") if cutoff == day]
        last = max([header.row, *table.data.rows.tolist()])
    else:
        cells |= {
            (sheet.header_row, at): Put(column.heading, style="表头")
            for at, column in enumerate(sheet.columns, start=1)
        }
    places = free + [last + number for number in range(1, len(rows) - len(free) + 1)]
    for at, values in zip(places, rows, strict=False):
        for column, value in zip(sheet.columns, [day, *values], strict=True):
            if column.key in columns:
                cells[at, columns[column.key]] = Put(value, style=_STYLES.get(column.kind, "文字"))
    for row in free[len(rows) :]:
        cells |= {(row, at): Put(None) for at in columns.values()}
    layout = Layout(
        {at: column.width for at, column in enumerate(sheet.columns, start=1)},
        freeze=sheet.header_row,
        landscape=True,
        title_rows=(sheet.header_row, sheet.header_row),
    )
    book.write(title, Changes(cells, layout=layout))


def _monthly(outcome: Outcome, book: Book, month: int) -> None:
    """The month's column of 月度完成; projects that it does not have yet are added below."""
    found = tables.find(book, MONTHLY_DONE)
    title, grid = found if found else (MONTHLY_DONE.title, Grid([]))
    columns = {column.key: at for at, column in enumerate(MONTHLY_DONE.columns, start=1)}
    cells: dict[tuple[int, int], Put] = {}
    at: dict[str, int] = {}
    last = MONTHLY_DONE.header_row
    header = tables.find_header(grid, MONTHLY_DONE) if found else None
    if header is None:
        cells |= {
            (last, number): Put(column.heading, style="表头")
            for number, column in enumerate(MONTHLY_DONE.columns, start=1)
        }
    else:
        columns = dict(header.columns)
        table = tables.read(grid, MONTHLY_DONE, title)
        at = {plain(identity): row for row, identity in table.items("id")}
        last = max([header.row, *table.data.rows.tolist()])
    key = f"m{month}"
    if key not in columns:
        raise UserError(f"「{title}」没有「{MONTHLY_DONE[key].heading}」一栏。请补上这一栏再归档。")
    facts = outcome.facts
    for own, name, done in zip(*map(facts.column, ("id", "name", "done")), strict=True):
        identity = plain(own)
        if identity not in at:
            last += 1
            at[identity] = last
            cells[last, columns["id"]] = Put(own, style="居中")
            if "name" in columns:
                cells[last, columns["name"]] = Put(name, style="文字")
        cells[at[identity], columns[key]] = Put(None if done is None else wan(done), style="万元")
    book.write(
        title,
        Changes(
            cells,
            layout=Layout(
                {columns["id"]: 12, columns.get("name", 2): 34}, freeze=MONTHLY_DONE.header_row
            ),
            span=Span(MONTHLY_DONE.table, header.row if header else MONTHLY_DONE.header_row, last),
        ),
    )
