"""A workbook that is open in Excel, over xlwings: read at one stroke, written in blocks, and whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import xlwings as xw

from xlplugin.book import MARK, Changes, Grid, Layout, Put, Span
from xlplugin.cells import Cell, normal_row, split_range
from xlplugin.errors import UserError
from xlplugin.hosts import guards
from xlplugin.hosts.excel.blocks import blocks
from xlplugin.hosts.excel.entering import Ready, cells, enter, old, prepare
from xlplugin.hosts.excel.native import native
from xlplugin.hosts.guards import Box
from xlplugin.hosts.links import refers_elsewhere

_QUIET = {
    "calculation": "manual",
    "screen_updating": False,
    "enable_events": False,
    "display_alerts": False,
}


class ExcelBook:
    """A `Book` over an open xlwings workbook; nothing is saved, that stays the clerk's own act.

    Excel calculates, so a formula's value is Excel's and never `Uncalculated`. Where the engine cannot tell (xlwings'
    remote engine), `formulas`, `hidden`, `merged`, `hidden_columns`, `formats` and `struck` are empty, `filtered` and `concealed` False;
    named styles become direct looks.
    """

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._native = native(book)
        self._undo: list[Callable[[], object]] | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets, in order, hidden ones too."""
        return tuple(sheet.name for sheet in self.book.sheets)

    @property
    def made(self) -> frozenset[str]:
        """Names of the worksheets that bear the program's mark."""
        return frozenset(sheet.name for sheet in self.book.sheets if _is_made(sheet))

    def _find(self, name: str) -> xw.Sheet | None:
        return next((sheet for sheet in self.book.sheets if sheet.name == name), None)

    def read(self, sheet: str) -> Grid:
        """A sheet's cells in normal form. Raises KeyError for a sheet that is not there."""
        source = self._find(sheet)
        if source is None:
            raise KeyError(sheet)
        box = self._extent(source)
        rows = self._rows(cells(source, box))
        formulas = self._links(source, box) if self._native.has_links() else {}
        tells = self._native
        return Grid(
            rows,
            formulas,
            tells.hidden(source, box),
            tells.merged(source, box),
            tells.filtered(source),
            tells.hidden_columns(source, box),
            tells.concealed(source),
            tells.formats(source, box),
            tells.struck(source, box),
        )

    def _extent(self, sheet: xw.Sheet) -> Box:
        """From A1 to the last cell that was ever used."""
        used = sheet.used_range
        height, width = used.shape
        return (
            1,
            1,
            max(self._native.last_row(sheet, used.row + height - 1), 1),
            used.column + width - 1,
        )

    def _rows(self, used: xw.Range) -> list[list[Cell]]:
        rows = used.options(ndim=2, err_to_str=True).value
        if any(
            isinstance(value, Decimal) for row in rows for value in row
        ):  # a currency format: only four decimals came
            exact = self._native.exact(used)
            rows = (
                [
                    [
                        bare if isinstance(value, Decimal) else value
                        for value, bare in zip(*pair, strict=True)
                    ]
                    for pair in zip(rows, exact, strict=True)
                ]
                if exact is not None
                else rows
            )
        grid = [normal_row(_time(self._native.value(value)) for value in row) for row in rows]
        while grid and all(value is None for value in grid[-1]):
            grid.pop()
        return grid

    def _links(self, sheet: xw.Sheet, box: Box) -> Mapping[tuple[int, int], str]:
        everywhere = {
            (row, column): None for row in range(1, box[2] + 1) for column in range(1, box[3] + 1)
        }
        puts = old(sheet, Grid([]), everywhere)
        return {
            place: put.formula
            for place, put in puts.items()
            if put.formula and refers_elsewhere(put.formula)
        }

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells at once; a missing sheet is added at the end. Raises UserError.

        Everything is checked before the first cell changes. If Excel refuses half-way all the same, values, formulas,
        merges and the table are put back and an added sheet is removed; looks and heights may have changed.
        """
        target = self._find(sheet)
        if target is None:
            guards.check_name(sheet, self._native.names())
        grid = self.read(sheet) if target else Grid([])
        kept, gone = ((), grid.merged) if changes.instead else (grid.merged, ())
        changes = changes.over(grid)
        merges = guards.check_merges(sheet, kept, changes.merges)
        puts = changes.puts()
        guards.check_covered(sheet, (*kept, *merges), puts)
        for (row, column), put in puts.items():
            guards.checked(sheet, row, column, put)
        ready = _ready(puts, grid)
        resize = self._resize(target, changes.span) if target and changes.span else None
        self._native.check(target, [box for box, _ in blocks(dict.fromkeys(ready, True))])
        with self.quiet(), self.together():
            try:
                place = target or self._add(sheet, changes.layout)
                self._merge(place, gone, merges)
                self._write(place, grid, changes, ready, resize)
            except UserError:
                raise
            except Exception as error:
                said = self._native.complaint(error)
                if said is None:
                    raise
                raise UserError(
                    f"「{sheet}」写不进去，Excel 说：{said}。已恢复原样，请照此处理后重试。"
                ) from error

    def _write(
        self,
        sheet: xw.Sheet,
        grid: Grid,
        changes: Changes,
        ready: Mapping[tuple[int, int], Ready],
        resize: tuple[Any, Box] | None,
    ) -> None:
        if resize is not None:
            table, box = resize
            before = split_range(table.range.address)
            self._on_failure(lambda: table.resize(cells(sheet, before)))
            table.resize(cells(sheet, box))
        if changes.made and not _is_made(sheet):
            mark = sheet.names.add(MARK, f"='{sheet.name.replace(chr(39), 2 * chr(39))}'!$A$1")
            self._on_failure(mark.delete)
            self._native.hide(mark)
        if ready:
            present = {place: prepare(put) for place, put in old(sheet, grid, ready).items()}
            texts = {place for place in ready if isinstance(grid.at(*place), str)}
            now = texts | {place for place, cell in ready.items() if cell.kind == "text"}
            self._on_failure(lambda: enter(sheet, self._native, present, now))
            enter(sheet, self._native, ready, texts)
        for box, height in blocks({(row, 1): height for row, height in changes.heights.items()}):
            if height is None:
                cells(sheet, box).rows.autofit()
            else:
                cells(sheet, box).row_height = height
        for column, width in changes.widths.items():
            sheet.range((1, column)).column_width = width

    def _merge(self, sheet: xw.Sheet, gone: Iterable[str], merges: Iterable[str]) -> None:
        """Part the cells of some ranges, then merge others."""
        for ranged in map(sheet.range, gone):
            self._on_failure(ranged.merge)
            ranged.unmerge()
        for ranged in map(sheet.range, merges):
            self._on_failure(ranged.unmerge)
            ranged.merge()

    def _add(self, name: str, layout: Layout) -> xw.Sheet:
        """A new sheet at the end; the one that the clerk looks at stays in sight."""
        active = self.book.sheets.active
        sheet = self.book.sheets.add(name, after=self.book.sheets[len(self.book.sheets) - 1])
        self._on_failure(sheet.delete)
        for column, width in layout.widths.items():
            sheet.range((1, column)).column_width = width
        self._native.lay_out(sheet, layout)
        active.activate()
        return sheet

    def _resize(self, sheet: xw.Sheet, span: Span) -> tuple[Any, Box] | None:
        """A table of the sheet and where it will lie; None where nothing changes. Raises UserError where it cannot."""
        table = next(
            (table for table in sheet.tables if span.table in (table.name, table.display_name)),
            None,
        )
        if table is None:
            return None
        first, left, last, right = split_range(table.range.address)
        box = first, left, max(span.last_row, first + 1), right
        if box[2] == last:
            return None
        if table.show_totals:
            raise UserError(
                f"「{sheet.name}」的表格 {span.table} 带有汇总行，行数无法随数据增减，请先取消汇总行再重试。"
            )
        for other in sheet.tables:
            if other.name != table.name and guards.overlap(split_range(other.range.address), box):
                raise UserError(
                    f"「{sheet.name}」的表格 {span.table} 需延长到第 {box[2]} 行，会碰到表格 {other.name}，请先移开再重试。"
                )
        return table, box

    def _on_failure(self, step: Callable[[], object]) -> None:
        if self._undo is not None:
            self._undo.append(step)

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Several writings as one: when one fails, those before it are put back too."""
        if self._undo is not None:
            yield
            return
        steps: list[Callable[[], object]] = []
        self._undo = steps
        try:
            yield
        except BaseException as failure:
            self._undo = None
            failed = [
                step for step in reversed(steps) if not _succeeds(step)
            ]  # each has its turn, whatever another did
            if failed:
                raise UserError(
                    "写到一半出错，没能全部恢复原样。请不要保存，关闭工作簿再打开。"
                ) from failure
            raise
        finally:
            self._undo = None

    @contextlib.contextmanager
    def quiet(self, status: str | None = None) -> Iterator[None]:
        """Excel neither calculates nor redraws nor asks meanwhile; afterwards all is as it was, whatever happened.

        `status` stands in the status bar meanwhile. A setting that the engine lacks is left out.
        """
        app = self.book.app
        with contextlib.ExitStack() as restore:
            for name, value in {**_QUIET, **({"status_bar": status} if status else {})}.items():
                with contextlib.suppress(Exception):
                    before = getattr(app, name)
                    setattr(app, name, value)
                    restore.callback(_succeeds, partial(setattr, app, name, before))
            restore.enter_context(self._native.quiet())
            yield


def _ready(puts: Mapping[tuple[int, int], Put], grid: Grid) -> dict[tuple[int, int], Ready]:
    """The cells to hand over: one that is empty, gets no style and lies beyond all that was used needs nothing."""
    prepared = {place: prepare(put) for place, put in puts.items()}
    height, width = len(grid.rows), max((len(row) for row in grid.rows), default=0)
    return {
        (row, column): cell
        for (row, column), cell in prepared.items()
        if cell.kind != "empty" or cell.style or (row <= height and column <= width)
    }


def _is_made(sheet: xw.Sheet) -> bool:
    """Whether a sheet bears the program's mark; a name of one sheet comes with the sheet's before it."""
    return any(name.name.rpartition("!")[2].casefold() == MARK for name in sheet.names)


def _time(value: object) -> object:
    """A time of day without a date, which comes as a moment of Excel's first day."""
    return value.time() if isinstance(value, dt.datetime) and value.year < 1900 else value


def _succeeds(step: Callable[[], object]) -> bool:
    try:
        step()
    except Exception:
        return False
    return True
