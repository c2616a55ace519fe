"""Workbooks of formats that are only read, .xls, .ods and CSV, told by their content; what is made from them is an .xlsx."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlplugin.book import Changes, Grid, Put
from xlplugin.cells import Cell, split_range
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.hosts import calamine, delimited, guards
from xlplugin.hosts.memory import MemoryBook
from xlplugin.hosts.xlsx import intake
from xlplugin.hosts.xlsx.extent import LARGEST_AREA

_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_REPEATED = re.compile(
    rb"<table:table-row\s[^>]*number-rows-repeated=\"(\d{3,})\"[^>]*[^/]>(.*?)</table:table-row>",
    re.S,
)
_COLUMNS = re.compile(rb"number-columns-repeated=\"(\d+)\"")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


class ReadOnlyBook(MemoryBook):
    """A workbook that was read whole. What is written to it is saved as an .xlsx of its values, elsewhere."""

    suffix = ".xlsx"
    macros = False

    def __init__(self, path: Path, sheets: Mapping[str, Grid]) -> None:
        super().__init__(sheets)
        self.path = path
        self._came = {name: self.read(name) for name in self.sheets}
        self._written: list[tuple[str, Changes]] = []

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells at once; a missing sheet is added. Raises UserError as every host does."""
        super().write(sheet, changes)
        self._written.append((sheet, changes))

    def outputs(self, path: Path | None = None) -> list[Output]:
        """The workbook that is to lie at `path`. Raises UserError where that would be its own place."""
        if path is None or path.resolve() == self.path.resolve():
            raise UserError(
                f"「{self.path.name}」不是 .xlsx，只能读取，不能写回。请在 Excel 或 WPS 中打开后另存为 .xlsx 再做；"
                "只要通报的，去掉 --in-place，结果另存在旁边。"
            )
        return [Output(path, self._drawn(), like=self.path)]

    def _drawn(self) -> bytes:
        from xlplugin.hosts.fresh import empty
        from xlplugin.hosts.openpyxl import OpenpyxlBook

        workbook = empty()
        book = OpenpyxlBook(workbook)
        for name, grid in self._came.items():
            book.write(name, Changes(_puts(grid), merges=grid.merged))
            workbook[name].sheet_state = "hidden" if grid.concealed else "visible"
        for name, changes in self._written:
            book.write(name, changes)
        drawn = io.BytesIO()
        workbook.save(drawn)
        return drawn.getvalue()


def _puts(grid: Grid) -> dict[tuple[int, int], Put]:
    """What a sheet held, as far as an .xlsx takes it and nothing covers it."""
    covered = {
        (row, column)
        for top, left, bottom, right in map(split_range, grid.merged)
        for row in range(top, min(bottom, len(grid.rows)) + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    return {
        (row, column): Put(_fitting(value))
        for row, line in enumerate(grid.rows, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None and (row, column) not in covered
    }


def _fitting(value: Cell) -> Cell:
    if isinstance(value, dt.date) and value < guards.EARLIEST:
        return str(value)
    return value


def read(path: Path) -> ReadOnlyBook | None:
    """A file that is such a workbook by its content, whatever it is called; None for any other. Raises UserError where it cannot be read."""
    head = b""
    with contextlib.suppress(OSError), path.open("rb") as file:
        head = file.read(4096)
    try:
        if delimited.is_text(head):
            return ReadOnlyBook(path, {_title(path): Grid(delimited.rows(intake.content(path)))})
        if _ODS in head[:200]:
            return ReadOnlyBook(path, _sheets(_checked(intake.content(path))))
        if head.startswith(intake.OLE) and intake.is_old_workbook(raw := intake.content(path)):
            return ReadOnlyBook(path, _sheets(raw))
    except UserError as refusal:
        said = str(refusal)
        raise UserError(said if path.name in said else f"「{path.name}」{said}") from None
    return None


def _title(path: Path) -> str:
    """What Excel calls the one sheet of a text: by the file."""
    return path.stem.translate(_FORBIDDEN)[: guards.LONGEST_NAME].strip() or "Sheet1"


def _checked(raw: bytes) -> bytes:
    """An .ods that does no harm: one cell repeated without end would fill the memory."""
    package = intake.check_zip(raw)
    cells = 0
    for rows, inside in _REPEATED.findall(package.read("content.xml")):
        if b"office:value" in inside:
            cells += int(rows) * (1 + sum(map(int, _COLUMNS.findall(inside))))
    if cells > LARGEST_AREA:
        raise UserError("里有重复了太多次的单元格，请删除表格之外零散的内容后另存再试。")
    return raw


def _sheets(raw: bytes) -> dict[str, Grid]:
    book = calamine.opened(raw)
    return {
        str(entry.name): calamine.guarded(lambda entry=entry: _grid(book, entry))  # type: ignore[misc]
        for entry in book.sheets_metadata
        if str(entry.typ) == "SheetTypeEnum.WorkSheet"
    }


def _grid(book: Any, entry: Any) -> Grid:
    sheet = book.get_sheet_by_name(entry.name)
    merged = (
        guards.range_text((top + 1, left + 1, bottom + 1, right + 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(
        calamine.rows([sheet]),
        merged=tuple(text for text in merged if ":" in text),
        concealed=str(entry.visible) != "SheetVisibleEnum.Visible",
    )
