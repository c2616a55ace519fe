"""A workbook that is not there yet: sheets of cells, by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from xlplugin.book import Changes
from xlplugin.hosts.openpyxl import OpenpyxlBook


def empty() -> Workbook:
    """A workbook without sheets. Its default font is 宋体, which every Chinese desk has: it sets the unit of column widths."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    plain = Font(name="宋体", sz=11, charset=134)
    workbook._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # openpyxl has no public way
    workbook._named_styles["Normal"].font = plain  # type: ignore[attr-defined]
    return workbook


def fresh(sheets: Mapping[str, Changes]) -> bytes:
    """The file of a workbook of these sheets."""
    workbook = empty()
    book = OpenpyxlBook(workbook)
    for title, changes in sheets.items():
        book.write(title, changes)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The file of a workbook. openpyxl's own `save` lays each sheet into a temporary file, where others may read it."""
    drawn = io.BytesIO()
    _InMemory(workbook, ZipFile(drawn, "w", ZIP_DEFLATED)).save()
    return drawn.getvalue()


class _InMemory(ExcelWriter):
    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        drawn = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out=drawn)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], drawn.getvalue())
        self.manifest.append(ws)
