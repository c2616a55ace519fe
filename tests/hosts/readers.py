"""Formats that are only read, written here for the examination: .xls by xlwt, .ods and CSV by hand. After writing they are .xlsx."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import xlwt
from hosts.examined import File, Host, Sheets, Tables

from xlplugin import files, hosts
from xlplugin.book import Book
from xlplugin.cells import Cell, CellError, split_range
from xlplugin.hosts.file import FileBook

VALUES_ONLY = "the reader gives values: a formula is its last result"


class _Read(File):
    """Opened as a format that is only read, looked at as the .xlsx that it is saved as."""

    limits = {
        "links": VALUES_ONLY,
        "facts": "the reader tells neither hidden rows nor filters",
        "tables": "there are no tables in such a file",
    }
    suffix: str

    @staticmethod
    def made(sheets: Sheets) -> bytes:
        raise NotImplementedError

    def open(self, sheets: Sheets, tables: Tables) -> Book:
        del tables
        path = Path(self.folder, next(iter(sheets), "表") + self.suffix)
        path.write_bytes(self.made(sheets))
        return hosts.open(path)

    def again(self, book: Book) -> Book:
        saved = Path(self.folder, "再存.xlsx")
        files.write(book.outputs(saved))  # type: ignore[attr-defined]
        return FileBook(saved)

    def table(self, book: Book, sheet: str, name: str) -> str:
        try:
            return super().table(book, sheet, name)
        except KeyError:
            return "none"


class Xls(_Read):
    suffix = ".xls"

    @staticmethod
    def made(sheets: Sheets) -> bytes:
        workbook, drawn = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
        day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
        for name, grid in sheets.items():
            sheet = workbook.add_sheet(name)
            for row, values in enumerate(grid.rows):
                for column, value in enumerate(values):
                    if isinstance(value, CellError):
                        sheet.row(row).set_cell_error(column, value)
                    elif value is not None:
                        style = day if isinstance(value, dt.date) else xlwt.Style.default_style
                        sheet.write(row, column, value, style)
            for top, left, bottom, right in map(split_range, grid.merged):
                sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        workbook.save(drawn)
        return drawn.getvalue()


class Ods(_Read):
    suffix = ".ods"
    limits = {**_Read.limits, "merged": "the reader does not tell merged cells of .ods"}

    @staticmethod
    def made(sheets: Sheets) -> bytes:
        tables = "".join(
            f'<table:table table:name="{escape(name)}">'
            + "".join(
                f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
                for row in grid.rows or [[None]]
            )
            + "</table:table>"
            for name, grid in sheets.items()
        )
        return ods(tables)


class Csv(_Read):
    suffix = ".csv"
    limits = {
        **_Read.limits,
        "merged": "a CSV file knows no merged cells",
        "sheets": "a CSV file is one sheet",
        "signs": "a text that reads as a number is one, as in any spreadsheet",
    }

    @staticmethod
    def made(sheets: Sheets) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(next(iter(sheets.values())).rows)
        return text.getvalue().encode("utf-8-sig")


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods(tables: str) -> bytes:
    """An .ods of these tables."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", MANIFEST)
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, dt.date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        said = 'office:value-type="string"'
    else:
        said = f'office:value-type="float" office:value="{value}"'
    lines = str(value).split("\n")
    spaced = (re.sub(" ( *)", _ods_spaces, escape(line)) for line in lines)
    return f"<table:table-cell {said}>{''.join(f'<text:p>{line}</text:p>' for line in spaced)}</table:table-cell>"


def _ods_spaces(found: re.Match[str]) -> str:
    return f'<text:s text:c="{len(found[0])}"/>'


READERS: Mapping[str, type[Host]] = {"xls": Xls, "ods": Ods, "csv": Csv}
