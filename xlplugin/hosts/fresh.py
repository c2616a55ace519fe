"""A workbook that is not there yet: sheets of cells, by openpyxl, into a file of its own."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

from xlplugin.book import Changes
from xlplugin.errors import UserError
from xlplugin.hosts.openpyxl import OpenpyxlBook


def write_fresh(path: Path, sheets: Mapping[str, Changes]) -> None:
    """Write a workbook of these sheets, whole or not at all; one that is there is replaced.

    Raises UserError where it cannot be written, because somebody has it open, say.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    plain = Font(name="宋体", sz=11, charset=134)  # the default font sets the unit of column widths
    workbook._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # openpyxl has no public way
    workbook._named_styles["Normal"].font = plain  # type: ignore[attr-defined]
    book = OpenpyxlBook(workbook)
    for title, changes in sheets.items():
        book.write(title, changes)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kp-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            workbook.save(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as failure:
        raise UserError(
            f"写不了 {path}（{failure.strerror}）。请看它是否正打开着、磁盘是否已满，再运行一次：已做好的不会重做。"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
