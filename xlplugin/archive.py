"""归档: each month's figures kept in the workbook, so that the next month can be compared and an old one written again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlplugin import made, tables
from xlplugin.amounts import wan
from xlplugin.book import Book, Changes, Grid, Put, Span
from xlplugin.cells import Cell, plain
from xlplugin.columns import Columns
from xlplugin.errors import UserError
from xlplugin.outline import head, layout, places, style_of
from xlplugin.pipeline import Outcome
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, ISSUES, LEDGER, MONTHLY_DONE, Column, Sheet
from xlplugin.schema.keys import MONTH_KEYS, ColumnKey
from xlplugin.tables import Table


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

    @property
    def made(self) -> Collection[str]:
        """The book's."""
        return self.book.made

    def read(self, sheet: str) -> Grid:
        """A sheet as it was."""
        return self.grids[sheet] if sheet in self.grids else self.book.read(sheet)

    def write(self, sheet: str, changes: Changes) -> None:
        """Change the real book."""
        self.book.write(sheet, changes)


@dataclass(frozen=True, slots=True)
class Kept:
    """One archived day: its projects by status, their plan and what was done (分), the bulletin's number."""

    day: dt.date
    statuses: Mapping[str, int]
    plan: int
    done: int
    document: str


def kept(book: Book) -> list[Kept]:
    """What a book's archive holds, the last day first."""
    table = tables.read_optional(book, ARCHIVE)
    days: dict[dt.date, list[tuple[Any, ...]]] = {}
    for _, day, *values in table.lines("cutoff", "status", "plan", "done", "document"):
        if day:
            days.setdefault(day, []).append(tuple(values))
    found = []
    for day, lines in sorted(days.items(), reverse=True):
        statuses, plan, done, documents = zip(*lines, strict=True)
        document = next(filter(None, documents), "")
        found.append(Kept(day, Counter(statuses), _sum(plan), _sum(done), document))
    return found


def _sum(fen: Sequence[int | None]) -> int:
    return sum(filter(None, fen))


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
        return settings.read(book, None).as_of
    except UserError:
        return None


_JUDGED = ("status", "light", "document")


def _of_day(grid: Grid, table: Table, day: dt.date) -> Grid:
    """The same sheet with the rows of other days emptied, so that every cell keeps its address; without what the program judged
    then, and with a nature in the clerk's own word, where it was kept."""
    kept = {row for row, cutoff in table.items("cutoff") if cutoff == day}
    rows = [
        list(line) if number <= table.header.row or number in kept else []
        for number, line in enumerate(grid.rows, start=1)
    ]
    columns = table.header.columns
    judged = [columns[key] - 1 for key in _JUDGED if key in columns]
    for line in rows[table.header.row - 1 :]:
        for at in judged:
            line[at : at + 1] = [None] * len(line[at : at + 1])
    if table.has("nature_word") and table.has("nature"):
        word, nature = columns["nature_word"] - 1, columns["nature"] - 1
        for number, line in enumerate(rows, start=1):
            if len(line) > word and line[word] is not None:
                line[nature] = line[nature] if number == table.header.row else line[word]
                line[word] = None
    return replace(grid, rows=rows)


def archive(outcome: Outcome, book: Book) -> str:
    """Keep this month in a book: its column in 月度完成, its rows in the archive. Returns what was done, in one sentence.

    A day that is archived already is replaced. Raises UserError where the data has errors.
    """
    if outcome.errors:
        raise UserError(
            f"台账还有{len(outcome.errors)}处错误，不能归档。请先检查台账，改正以后再归档。"
        )
    facts, day = outcome.facts, outcome.as_of
    projects = _values(facts.data, LEDGER.columns)
    projects |= {"status": facts.data.values("status"), "light": facts.data.values("light")}
    projects["document"] = [facts.settings.number or None] * len(facts.data)
    projects["nature_word"] = facts.data.values("nature_word")
    _monthly(outcome, book)
    _keep(book, ARCHIVE, day, projects)
    _keep(book, ARCHIVE_ISSUES, day, _values(facts.issues.data, ISSUES.columns))
    return f"已归档{day.year}年{day.month}月：{len(facts.data)}个项目记入「{MONTHLY_DONE.title}」{day.month}月一栏和「{ARCHIVE.title}」。"


def _values(data: Columns, columns: Sequence[Column]) -> dict[str, Sequence[Cell]]:
    """A table's columns as cells: money in 万元, dates as dates, nothing for what is missing."""
    return {
        column.key: [as_typed(column, value) for value in data.listed(column.key)]
        for column in columns
    }


def as_typed(column: Column, value: Any) -> Cell:
    """A typed value as a clerk would type it: money in 万元, dates as dates, nothing for what is missing."""
    if value is None or value == "":
        return None
    if column.kind == "flag":
        return "是" if value else "否"
    return wan(value) if column.kind == "money" else value


@dataclass
class _Page:
    """A sheet as it stands, and the cells of it that are to change; one without headings gets them."""

    sheet: Sheet
    title: str
    columns: Mapping[str, int]
    header_row: int
    last: int
    cells: dict[tuple[int, int], Put]
    table: Table | None = None

    def put(self, row: int, key: str, value: Cell) -> None:
        """Write one value, where the sheet has its column."""
        if key in self.columns:
            self.cells[row, self.columns[key]] = Put(value, style=style_of(self.sheet[key]))

    def rows(self, key: ColumnKey) -> Iterator[tuple[Any, ...]]:
        """The rows there are, with their values of a column."""
        return iter(()) if self.table is None else self.table.lines(key)

    def write(self, book: Book) -> None:
        """Change the book; the Excel table, where there is one, ends at the last row."""
        span = Span(self.sheet.table, self.header_row, self.last) if self.sheet.table else None
        book.write(
            self.title,
            Changes(self.cells, layout=layout(self.sheet), span=span, made=self.sheet.output),
        )


def _page(book: Book, sheet: Sheet) -> _Page:
    """A sheet of a book, be it there or not."""
    title, grid = tables.find(book, sheet) or (made.place(book, sheet).title, Grid([]))
    top = sheet.header_row
    if tables.find_header(grid, sheet) is None:
        columns = {column.key: at for at, column in places(sheet)}
        return _Page(sheet, title, columns, top, top, head(sheet))
    table = tables.read(grid, sheet, title)
    header = table.header
    last = max([header.row, *table.data.rows.tolist()])
    return _Page(sheet, title, header.columns, header.row, last, {}, table)


def _keep(book: Book, sheet: Sheet, day: dt.date, values: Mapping[str, Sequence[Cell]]) -> None:
    """Write a day's rows: over its own from an earlier archiving, else below the last."""
    page = _page(book, sheet)
    count = len(next(iter(values.values())))
    own = [row for row, cutoff in page.rows("cutoff") if cutoff == day]
    rows = own[:count] + [page.last + number for number in range(1, count - len(own) + 1)]
    for key, column in {"cutoff": [day] * count, **values}.items():
        for row, value in zip(rows, column, strict=True):
            page.put(row, key, value)
    for row in own[count:]:
        page.cells |= {(row, at): Put(None) for at in page.columns.values()}
    page.write(book)


def _monthly(outcome: Outcome, book: Book) -> None:
    """The month's column of 月度完成; projects that it does not have yet are added below. One laid out otherwise is left alone."""
    found = tables.find(book, MONTHLY_DONE)
    if found and any(map(any, found[1].rows)) and not tables.find_header(found[1], MONTHLY_DONE):
        return
    page = _page(book, MONTHLY_DONE)
    key = MONTH_KEYS[outcome.as_of.month - 1]
    if key not in page.columns:
        raise UserError(
            f"「{page.title}」没有「{MONTHLY_DONE[key].heading}」一栏。请补上这一栏再归档。"
        )
    at = {plain(identity): row for row, identity in page.rows("id")}
    for own, name, done in zip(
        *map(outcome.facts.data.listed, ("id", "name", "done")), strict=True
    ):
        identity = plain(own)
        if identity not in at:
            page.last += 1
            at[identity] = page.last
            page.put(page.last, "id", own)
            page.put(page.last, "name", name)
        page.put(at[identity], key, None if done is None else wan(done))
    page.write(book)
