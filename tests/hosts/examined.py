"""The hosts that sit the contract examination. A new host joins by one class here and its name in HOSTS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Protocol

import openpyxl
import xlsxwriter
from hosts.csvs import CsvFolder
from openpyxl.worksheet.table import Table

from xlplugin import files
from xlplugin.book import Book, Changes, Grid, Put
from xlplugin.cells import CellError, address, column_letters, split_range
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.hosts.openpyxl import OpenpyxlBook

Sheets = Mapping[str, Grid]
Tables = Mapping[str, tuple[str, str]]
"""By sheet: a table's name and range."""


class Host(Protocol):
    """How the examination meets a host: a workbook given, a workbook after writing, and three looks at it.

    `limits` says what its format cannot hold, with the reason. A question that needs such a thing must then fail: a limit
    that is none is an error, too.
    """

    limits: Mapping[str, str]

    def __init__(self, folder: Path) -> None: ...

    def open(self, sheets: Sheets, tables: Tables) -> Book: ...

    def again(self, book: Book) -> Book: ...

    def style(self, book: Book, sheet: str, row: int, column: int) -> str: ...

    def height(self, book: Book, sheet: str, row: int) -> float | None: ...

    def width(self, book: Book, sheet: str, column: int) -> float | None: ...

    def table(self, book: Book, sheet: str, name: str) -> str: ...


class _Host:
    limits: Mapping[str, str] = {}

    def __init__(self, folder: Path) -> None:
        self.folder = folder


class Memory(_Host):
    def open(self, sheets: Sheets, tables: Tables) -> Book:
        self.tables = tables
        return MemoryBook(sheets)

    def again(self, book: Book) -> Book:
        return book

    def style(self, book: MemoryBook, sheet: str, row: int, column: int) -> str:
        return "KP" + book.styles[sheet][row, column]

    def height(self, book: MemoryBook, sheet: str, row: int) -> float | None:
        return book.heights[sheet].get(row)

    def width(self, book: MemoryBook, sheet: str, column: int) -> float | None:
        return book.widths[sheet].get(column)

    def table(self, book: MemoryBook, sheet: str, name: str) -> str:
        first, left, _, right = split_range(self.tables[sheet][1])
        return f"{address(first, left)}:{address(book.spans[sheet][name].last_row, right)}"


class Openpyxl(_Host):
    def open(self, sheets: Sheets, tables: Tables) -> Book:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, grid in sheets.items():
            sheet = workbook.create_sheet(name)
            for row, values in enumerate(grid.rows, start=1):
                for column, value in enumerate(values, start=1):
                    cell = sheet.cell(row, column, value)
                    if isinstance(value, str) and not isinstance(value, CellError):
                        cell.data_type = "s"
            for (row, column), formula in grid.formulas.items():
                sheet.cell(row, column).value = "=" + formula
            for row in grid.hidden:
                sheet.row_dimensions[row].hidden = True
            for ranged in grid.merged:
                sheet.merge_cells(ranged)
            if grid.filtered:
                sheet.auto_filter.ref = "A1:B9"
                sheet.auto_filter.add_filter_column(0, ["甲"])
            if name in tables:
                table = Table(displayName=tables[name][0], ref=tables[name][1])
                sheet.add_table(table)
        return OpenpyxlBook(workbook)

    def again(self, book: OpenpyxlBook) -> Book:
        return book

    def style(self, book: OpenpyxlBook, sheet: str, row: int, column: int) -> str:
        return book.workbook[sheet].cell(row, column).style

    def height(self, book: OpenpyxlBook, sheet: str, row: int) -> float | None:
        return book.workbook[sheet].row_dimensions[row].height

    def width(self, book: OpenpyxlBook, sheet: str, column: int) -> float | None:
        return book.workbook[sheet].column_dimensions[column_letters(column)].width

    def table(self, book: OpenpyxlBook, sheet: str, name: str) -> str:
        return book.workbook[sheet].tables[name].ref


def _write(sheet: Any, row: int, column: int, value: Any, date: Any) -> None:
    if isinstance(value, CellError):
        sheet.write_formula(row, column, "=NA()", None, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, date)
    elif value is not None:
        sheet.write(row, column, value)


class File(_Host):
    """The file's looks are openpyxl's, not our own reader's."""

    def open(self, sheets: Sheets, tables: Tables) -> Book:
        path = Path(self.folder, "台账.xlsx")
        with xlsxwriter.Workbook(path) as workbook:
            date = workbook.add_format({"num_format": "yyyy-mm-dd"})
            for name, grid in sheets.items():
                sheet = workbook.add_worksheet(name)
                for ranged in grid.merged:
                    sheet.merge_range(ranged, "")
                if name in tables:
                    first, left, last, right = split_range(tables[name][1])
                    heads = [
                        {"header": grid.at(first, column)} for column in range(left, right + 1)
                    ]
                    sheet.add_table(
                        first - 1,
                        left - 1,
                        last - 1,
                        right - 1,
                        {"name": tables[name][0], "columns": heads},
                    )
                for row, values in enumerate(grid.rows):
                    for column, value in enumerate(values):
                        _write(sheet, row, column, value, date)
                for (row, column), formula in grid.formulas.items():
                    sheet.write_formula(
                        row - 1, column - 1, "=" + formula, None, grid.at(row, column)
                    )
                for row in grid.hidden:
                    sheet.set_row(row - 1, None, None, {"hidden": True})
                if grid.filtered:
                    sheet.autofilter("A1:B9")
                    sheet.filter_column("A", "x == 甲")
        return FileBook(path)

    def again(self, book: FileBook) -> Book:
        saved = Path(self.folder, "再存.xlsx")
        book.save(saved)
        return FileBook(saved)

    def style(self, book: FileBook, sheet: str, row: int, column: int) -> str:
        return openpyxl.load_workbook(book.path)[sheet].cell(row, column).style

    def height(self, book: FileBook, sheet: str, row: int) -> float | None:
        return openpyxl.load_workbook(book.path)[sheet].row_dimensions[row].height

    def width(self, book: FileBook, sheet: str, column: int) -> float | None:
        letters = column_letters(column)
        return openpyxl.load_workbook(book.path)[sheet].column_dimensions[letters].width

    def table(self, book: FileBook, sheet: str, name: str) -> str:
        return openpyxl.load_workbook(book.path)[sheet].tables[name].ref


class _Saved(_Host):
    """A host that remembers what it was told about looks, and loses what its files cannot hold. `book` opens a path."""

    book: type[Any]

    def empty(self) -> Path:
        """A new place with a workbook without sheets."""
        raise NotImplementedError

    def open(self, sheets: Sheets, tables: Tables) -> Book:
        del tables
        book = self.book(self.empty())
        for name, grid in sheets.items():
            puts = {
                (row, column): Put(value)
                for row, values in enumerate(grid.rows, start=1)
                for column, value in enumerate(values, start=1)
            }
            book.write(name, Changes(puts))
        files.write(book.outputs())
        return self.book(book.path)

    def again(self, book: Any) -> Book:
        saved = self.empty()
        files.write(book.outputs(saved))
        return self.book(saved)

    def style(self, book: Any, sheet: str, row: int, column: int) -> str:
        return book.styles[sheet].get((row, column), "")

    def height(self, book: Any, sheet: str, row: int) -> float | None:
        return book.heights[sheet].get(row)

    def width(self, book: Any, sheet: str, column: int) -> float | None:
        return book.widths[sheet].get(column)

    def table(self, book: Any, sheet: str, name: str) -> str:
        return str(book.spans[sheet].get(name))


class Csvs(_Saved):
    book = CsvFolder
    limits = {
        "styles": "a CSV file has texts and commas: nothing says how a cell looks",
        "heights": "a CSV file has no row heights",
        "formulas": "a CSV file has values only: a formula without one is an empty cell",
        "links": "a CSV file has values only",
        "facts": "a CSV file knows neither hidden rows nor filters nor merged cells",
        "marks": "a CSV file says nothing of itself",
        "merging": "a CSV file knows no merged cells",
        "merged": "a CSV file knows no merged cells",
        "tables": "a CSV file is one range: no table lies in it",
    }

    def empty(self) -> Path:
        return Path(mkdtemp(".csvs", dir=self.folder))


HOSTS: Mapping[str, type[Host]] = {
    "memory": Memory,
    "openpyxl": Openpyxl,
    "file": File,
    "csvs": Csvs,
}
SAVED = {name: host for name, host in HOSTS.items() if name not in ("memory", "openpyxl")}
"""Those whose books lie on a disk."""
