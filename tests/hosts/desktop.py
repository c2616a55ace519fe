"""Real Excel as a host: a workbook in an Excel of its own, looked at through Excel's own objects. Windows only."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from xlplugin.book import Book
from xlplugin.cells import CellError, split_range
from xlplugin.hosts.excel.entering import TEXT


def why_not() -> str:
    """Why real Excel cannot be used here; empty where it can."""
    if sys.platform != "win32":
        return "real Excel runs on Windows only"
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Excel.Application"))
    except OSError:
        return "Excel is not installed"
    return ""


@contextmanager
def excel() -> Iterator[Any]:
    """An Excel of its own, without a workbook, gone afterwards."""
    import xlwings

    app = xlwings.App(visible=False, add_book=False)
    app.display_alerts = False
    try:
        yield app
    finally:
        app.kill()


def _type(cell: Any, value: Any) -> None:
    """Enter a value as a clerk would: text stays text, a date looks like one."""
    if isinstance(value, str) and not isinstance(value, CellError):
        cell.number_format = TEXT
    if value is not None:
        cell.value = float(value) if type(value) is int else value
        if isinstance(value, dt.date):
            cell.number_format = "yyyy-mm-dd"


class Desktop:
    """The host as the examination meets it (`examined.Host`)."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def open(self, sheets: Any, tables: Any) -> Book:
        from xlplugin.hosts.excel import ExcelBook

        book = self.app.books.add()
        first = [sheet.name for sheet in book.sheets]
        for name, grid in sheets.items():
            sheet = book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
            for row, values in enumerate(grid.rows, start=1):
                for column, value in enumerate(values, start=1):
                    _type(sheet.range(row, column), value)
            for place, formula in grid.formulas.items():
                sheet.range(place).formula = "=" + formula
            for text in grid.merged:
                sheet.range(text).merge()
            if name in tables:
                table, ref = tables[name]
                sheet.tables.add(sheet.range(ref), name=table, has_headers=True)
            if grid.filtered:
                sheet.range("A1:B9").api.AutoFilter(1, "甲")
            for row in grid.hidden:
                sheet.range((row, 1)).api.EntireRow.Hidden = True
        for name in first:
            book.sheets[name].delete()
        return ExcelBook(book)

    def again(self, book: Book) -> Book:
        return book

    def style(self, book: Any, sheet: str, row: int, column: int) -> str:
        return str(book.book.sheets[sheet].range((row, column)).api.Style.Name)

    def height(self, book: Any, sheet: str, row: int) -> float | None:
        cells = book.book.sheets[sheet].range((row, 1))
        return (
            None
            if cells.row_height == book.book.sheets[sheet].api.StandardHeight
            else float(cells.row_height)
        )

    def width(self, book: Any, sheet: str, column: int) -> float | None:
        return float(book.book.sheets[sheet].range((1, column)).column_width)

    def table(self, book: Any, sheet: str, name: str) -> str:
        ref = str(book.book.sheets[sheet].tables[name].range.address).replace("$", "")
        assert split_range(ref)
        return ref
