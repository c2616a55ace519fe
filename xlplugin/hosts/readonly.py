"""Workbooks of formats that are only read, .xls, .ods and CSV, told by their content; what is made from them is an .xlsx."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplugin.book import Changes, Grid, Put
from xlplugin.cells import Cell, split_range
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.files import read as read_file
from xlplugin.hosts import biff, calamine, delimited, guards, ods
from xlplugin.hosts.xlsx import encryption, intake

if TYPE_CHECKING:
    from xlplugin.hosts.file import FileBook

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


class ReadOnlyBook:
    """A workbook that was read whole. What is written to it goes into an .xlsx that has its sheets' values."""

    suffix = ".xlsx"
    macros = False
    made: frozenset[str] = frozenset()

    def __init__(self, path: Path, grids: Mapping[str, Grid]) -> None:
        self.path = path
        self._grids = grids

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in order, hidden ones too."""
        return tuple(self._grids)

    def read(self, sheet: str) -> Grid:
        """A sheet as it came. Raises KeyError for one that is not there."""
        return self._grids[sheet]

    def write(self, sheet: str, changes: Changes) -> None:
        """Collect changes; a missing sheet is added. Raises UserError as every host does."""
        self._copy.write(sheet, changes)

    def outputs(self, path: Path | None = None) -> list[Output]:
        """The .xlsx that is to lie at `path`. Raises UserError where that would be its own place."""
        if path is None or path.resolve() == self.path.resolve():
            raise UserError(
                f"「{self.path.name}」不是 .xlsx，只能读取，不能写回。请在 Excel 或 WPS 中打开后另存为 .xlsx 再做；"
                "只要通报的，去掉 --in-place，结果另存在旁边。"
            )
        return self._copy.outputs(path)

    @cached_property
    def _copy(self) -> FileBook:
        from xlplugin.hosts.file import FileBook
        from xlplugin.hosts.fresh import fresh

        copy = FileBook(self.path, fresh({name: Changes({}) for name in self._grids}))
        for name, grid in self._grids.items():
            copy.write(name, Changes(_puts(grid), merges=grid.merged))
        return copy


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
    with contextlib.suppress(OSError):
        head = read_file(path, 4096)
    try:
        if head and delimited.is_text(head):
            rows = delimited.rows(intake.content(path))
            if path.suffix.lower() in delimited.SUFFIXES or max(map(len, rows), default=0) > 1:
                return ReadOnlyBook(path, {_title(path): Grid(rows)})
            return None  # mere words
        if ods.MARK in head[:200]:
            return ReadOnlyBook(path, _sheets(ods.check(intake.content(path))))
        if head.startswith(intake.OLE) and intake.is_old_workbook(raw := intake.content(path)):
            return old(path, raw)
    except UserError as refusal:
        said = str(refusal)
        raise UserError(said if path.name in said else f"「{path.name}」{said}") from None
    return None


def old(path: Path, raw: bytes) -> ReadOnlyBook:
    """An .xls, from its bytes. Raises UserError where it cannot be read."""
    if encryption.is_locked(raw):
        raise UserError(encryption.advice())
    return ReadOnlyBook(path, biff.with_errors(raw, _sheets(raw)))


def _title(path: Path) -> str:
    """What Excel calls the one sheet of a text: by the file."""
    return path.stem.translate(_FORBIDDEN)[: guards.LONGEST_NAME].strip() or "Sheet1"


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
        calamine.rows(sheet),
        merged=tuple(text for text in merged if ":" in text),
        concealed=str(entry.visible) != "SheetVisibleEnum.Visible",
    )
