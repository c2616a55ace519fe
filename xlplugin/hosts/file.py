"""A clerk's workbook file as a `Book`: read fast, written without losing anything that is not understood."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from xlplugin.book import Changes, Grid
from xlplugin.cells import Cell, Uncalculated, normal
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import intake, listobjects, locks, newsheet, saving, sheetcharts
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.splice import Splice
from xlplugin.hosts.xlsx.strings import SharedStrings
from xlplugin.hosts.xlsx.styles import Styles
from xlplugin.hosts.xlsx.values import Reader
from xlplugin.hosts.xlsx.workbook import Workbook, refuses_changes


class FileBook:
    """A .xlsx or .xlsm file. Raises UserError where the file cannot be taken.

    `read` gives the file as it was opened; `write` collects; nothing reaches the disk before `save`.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._load(intake.load(self.path))

    def _load(self, package: Package) -> None:
        self._package = package
        try:
            self._workbook = Workbook(package)
            self._reader = Reader(package)
        except UserError as refusal:
            raise UserError(f"「{self.path.name}」{refusal}") from None
        self._styles: Styles | None = None
        self._strings: SharedStrings | None = None
        self._written: dict[str, list[Changes]] = {}

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in order, hidden ones too, added ones last."""
        return tuple(self._workbook.worksheets)

    @property
    def holder(self) -> str | None:
        """Who has the file open at the moment, such as "Excel/WPS 用户 张三"; None where nobody has."""
        return locks.holder(self.path)

    def read(self, sheet: str) -> Grid:
        """A sheet as the file had it when it was opened. Raises KeyError, or UserError for a damaged sheet."""
        try:
            return self._reader.read(sheet)
        except UserError as refusal:
            raise UserError(f"「{self.path.name}」{refusal}") from None

    def write(self, sheet: str, changes: Changes) -> None:
        """Collect changes of a sheet; a missing one is added. Raises UserError and then leaves all as it was."""
        if why := refuses_changes(self._package):
            raise UserError(f"「{self.path.name}」{why}。")
        kept = dict(self._package.new)
        try:
            self._write(sheet, changes)
        except BaseException:
            self._package.new = kept
            self._styles = None
            raise

    def _write(self, sheet: str, changes: Changes) -> None:
        part = self._workbook.worksheets.get(sheet)
        if part is None:
            part = newsheet.add(self._package, self._workbook, sheet, changes.layout)
        present = listobjects.of_sheet(self._package, part)
        table = next(
            (each for each in present if changes.span and changes.span.table in each.names), None
        )
        box = (
            listobjects.new_box(sheet, table, changes.span, present)
            if table and changes.span
            else None
        )
        splice = Splice(
            sheet,
            SheetXml(self._package.xml(part), part),
            changes,
            style_for=self._style_for,
            shared_text=self._shared_text,
            labels=frozenset().union(*(each.labels for each in present)),
            date1904=self._workbook.date1904,
        )
        data = splice.apply()
        written = [changes, *self._written.get(sheet, ())]
        if table and box:
            if box != table.box:
                data = listobjects.ranges_follow(data, part, table, box[2])
                listobjects.resize(self._package, table, box)
            sheetcharts.follow(
                self._package,
                part,
                sheet,
                table.box,
                box,
                table.header_rows,
                self._value_at(sheet, written),
                date1904=self._workbook.date1904,
            )
        self._package.replace(part, splice.with_new_rows(data))
        if self._styles:
            self._styles.flush()
        if splice.formulas_changed:
            self._workbook.forget_calculation_order()
        if self._package.new:
            self._workbook.calculate_on_load()
        self._written[sheet] = written

    def _style_for(self, key: str | None, is_date: bool, present: int | None) -> int | None:
        """The cell format for a style key over a cell format that is there; a date must show as one."""
        if key is None and not is_date:
            return present
        if self._styles is None:
            self._styles = Styles(self._package, self._workbook.part, self._workbook.namespace)
        style = present
        if key is not None and not (present is not None and self._styles.is_based_on(present, key)):
            style = self._styles.named(key)
        return (
            self._styles.dated(style or 0)
            if is_date and not self._styles.is_date(style or 0)
            else style
        )

    def _shared_text(self, number: int) -> str | None:
        self._strings = self._strings or SharedStrings(self._package, self._workbook.part)
        return self._strings.text(number)

    def _value_at(self, sheet: str, written: list[Changes]) -> Callable[[int, int], Cell]:
        """What a cell will hold: what was written to it, else what the file has."""
        grid = self._reader.read(sheet) if sheet in self._reader.sheets else Grid([])

        def value_at(row: int, column: int) -> Cell:
            put = next((put for changes in written if (put := changes.at(row, column))), None)
            if put is None:
                return grid.at(row, column)
            value = normal(put.value)
            return Uncalculated(put.formula) if value is None and put.formula is not None else value

        return value_at

    def save(self, path: Path | None = None) -> None:
        """Put the workbook, with what was written, on the disk; None: in its own place.

        Atomic: on any failure the target is as it was. Where nothing changed the file is copied, or left alone.
        Raises UserError where someone has the target open, where the source changed meanwhile, or the disk refuses.
        """
        target = Path(path if path is not None else self.path).resolve()
        in_place = target == self.path.resolve()
        if not self._package.new and in_place:
            return
        self._check_target(target, in_place=in_place)
        data = self._package.build() if self._package.new else self._package.raw
        try:
            saving.verify(self._package, data)
        except UserError as refusal:
            raise UserError(f"「{self.path.name}」{refusal}") from refusal
        saving.write_atomically(target, data, like=self.path)
        if in_place:
            self._load(Package(data))

    def _check_target(self, target: Path, *, in_place: bool) -> None:
        wanted = ".xlsm" if self._workbook.is_macro else ".xlsx"
        if not in_place and target.suffix.lower() != wanted:
            raise UserError(
                f"「{target.name}」的扩展名应为 {wanted}，否则 Excel 无法打开，请改名后重试。"
            )
        locks.refuse_if_held(target)
        if target.is_file() and not os.access(target, os.W_OK):
            raise UserError(f"「{target.name}」是只读文件，请取消只读属性或换一个文件名后重试。")
        if in_place and _content(self.path) != self._package.raw:
            raise UserError(
                f"「{target.name}」在处理期间已被他人改动，为免覆盖未作保存，请重新运行。"
            )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
