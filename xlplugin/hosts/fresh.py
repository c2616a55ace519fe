"""A workbook that is not there yet: sheets of cells, by openpyxl."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE

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
    _InMemory(workbook, _Archive(drawn, "w", ZIP_DEFLATED)).save()
    return drawn.getvalue()


_FONT = re.compile(rb"(?<=<font>)(?:<\w+[^>]*/>)+(?=</font>)")
_PART = re.compile(rb"<(\w+)(?:\s[^<>]*)?/>")
_ORDER = (
    b"b",
    b"i",
    b"strike",
    b"u",
    b"vertAlign",
    b"sz",
    b"color",
    b"name",
    b"family",
    b"charset",
)
"""What a font says, in the order of ISO 29500's schema; openpyxl has one of its own."""


def _in_order(font: re.Match[bytes]) -> bytes:
    parts = {part[1]: part[0] for part in _PART.finditer(font[0])}
    return b"".join(parts.pop(name, b"") for name in _ORDER) + b"".join(parts.values())


class _Archive(ZipFile):
    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """A part; the fonts of the styles as the schema has them."""
        if zinfo_or_arcname == ARC_STYLE:
            data = _FONT.sub(_in_order, data)
        super().writestr(zinfo_or_arcname, data, compress_type, compresslevel)


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
