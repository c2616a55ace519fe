"""A workbook that is not there yet: sheets of cells, by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

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
    drawn = io.BytesIO()
    workbook.save(drawn)
    return drawn.getvalue()
