"""A clerk's workbook file as a `Book`: read fast, written without losing anything that is not understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xlplugin import files, locks
from xlplugin.book import Changes, Grid, Span
from xlplugin.cells import Cell, Uncalculated, normal
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.hosts.guards import Box
from xlplugin.hosts.xlsx import calculation, intake, listobjects, newsheet, saving, sheetcharts
from xlplugin.hosts.xlsx.listobjects import ListObject
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.serials import Shown
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.splice import Splice
from xlplugin.hosts.xlsx.strings import SharedStrings
from xlplugin.hosts.xlsx.styles import Styles
from xlplugin.hosts.xlsx.values import Reader
from xlplugin.hosts.xlsx.workbook import Workbook, refuses_changes


class FileBook:
    """A .xlsx or .xlsm file. Raises UserError where the file cannot be taken.

    `read` gives the file as it was opened; `write` collects; nothing reaches the disk before `save`. `content` is what
    is at hand of the file at `path`: unlocked, or drawn and to be written elsewhere.
    """

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        self.path = Path(path)
        self._load(intake.load(self.path, content))

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
    def made(self) -> frozenset[str]:
        """Names of the worksheets that bear the program's mark."""
        return self._workbook.made

    @property
    def macros(self) -> bool:
        """Whether it carries macros."""
        return self._workbook.is_macro

    @property
    def suffix(self) -> str:
        """What a file of this kind must end with for Excel to open it, spelled as the clerk does."""
        wanted = ".xlsm" if self.macros else ".xlsx"
        return self.path.suffix if self.path.suffix.lower() == wanted else wanted

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
        except BaseException as failure:
            self._package.new = kept
            self._styles = None
            if isinstance(failure, UserError):
                raise UserError(f"「{self.path.name}」{failure}") from None
            raise

    def _write(self, sheet: str, changes: Changes) -> None:
        part = self._workbook.worksheets.get(sheet)
        if part is None:
            part = newsheet.add(self._package, self._workbook, sheet, changes.layout)
        present = listobjects.of_sheet(self._package, part)
        moved = _moved(sheet, present, changes.span)
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
        if moved:
            data = self._move(sheet, part, *moved, data, written)
        self._package.replace(part, splice.with_new_rows(data))
        if changes.made and sheet not in self.made:
            self._workbook.mark(sheet)
        if self._styles:
            self._styles.flush()
        if splice.formulas_changed:
            self._workbook.forget_calculation_order()
        self._written[sheet] = written

    def _move(
        self,
        sheet: str,
        part: str,
        table: ListObject,
        box: Box,
        data: bytes,
        written: list[Changes],
    ) -> bytes:
        """The sheet with what follows a table to its new last row; the sheet's charts over it go with it."""
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
        return data

    def _style_for(self, key: str | None, wanted: Shown, present: int | None) -> int | None:
        """The cell format for a style key over a cell format that is there; a date must show as one, and a number."""
        if key is None and wanted == "anything":
            return present
        if self._styles is None:
            self._styles = Styles(self._package, self._workbook.part, self._workbook.namespace)
        style = present
        if key is not None and not (present is not None and self._styles.is_based_on(present, key)):
            style = self._styles.named(key)
        if self._styles.shows(style or 0, wanted):
            return style
        return self._styles.showing(style or 0, wanted)

    def _shared_text(self, number: int) -> str | None:
        self._strings = self._strings or SharedStrings(self._package, self._workbook.part)
        return self._strings.text(number)

    def _value_at(self, sheet: str, written: list[Changes]) -> Callable[[int, int], Cell]:
        """What a cell will hold: what was written to it, else what the file has."""

        def value_at(row: int, column: int) -> Cell:
            put = next((put for changes in written if (put := changes.at(row, column))), None)
            if put is None:
                known = sheet in self._reader.sheets
                return self._reader.read(sheet).at(row, column) if known else None
            value = normal(put.value)
            return Uncalculated(put.formula) if value is None and put.formula is not None else value

        return value_at

    def outputs(self, path: Path | None = None) -> list[Output]:
        """The workbook, with what was written, as it is to lie at `path`; None: in its own place, no file where nothing changed.

        Raises UserError where Excel would not open a file of that name.
        """
        if path is None or path == self.path or self._is_at(path):
            if not self._package.new:
                return []
            target, over = self.path.resolve(), self._package.raw
        else:
            target, over = path, None
            if path.suffix.lower() != self.suffix.lower():
                if path.suffix.lower() == self.path.suffix.lower():
                    raise UserError(
                        f"「{self.path.name}」其实是{'带' if self.macros else '不带'}宏的工作簿（{self.suffix}），"
                        "扩展名写错了，Excel 打不开。请先改正它的扩展名再重试。"
                    )
                raise UserError(
                    f"「{path.name}」的扩展名应为 {self.suffix}，否则 Excel 无法打开，请改名后重试。"
                )
        if self._package.new and self._is_calculation_due():
            self._workbook.calculate_on_load()
        data = self._package.build() if self._package.new else self._package.raw
        return [Output(target, data, like=self.path, verify=self._verify, over=over)]

    def _is_calculation_due(self) -> bool:
        whole = {
            sheet: all(changes.instead for changes in written)
            for sheet, written in self._written.items()
        }
        worksheets = self._workbook.worksheets
        return calculation.is_due(self._package, self._workbook.part, worksheets, whole)

    def _is_at(self, path: Path) -> bool:
        return path.resolve() == self.path.resolve() and not path.is_symlink()

    def _verify(self, data: bytes) -> None:
        try:
            saving.verify(self._package, data)
        except UserError as refusal:
            raise UserError(f"「{self.path.name}」{refusal}") from refusal

    def save(self, path: Path | None = None) -> None:
        """Put the workbook, with what was written, on the disk; None: in its own place, and it may be written again.

        Raises UserError as `outputs` and `files.write` do.
        """
        outputs = self.outputs(path)
        files.write(outputs)
        for output in outputs:
            if output.over:
                self._load(Package(output.content))


def _moved(
    sheet: str, present: list[ListObject], span: Span | None
) -> tuple[ListObject, Box] | None:
    """The table that a span means, and the box that it is to have; None where the sheet has none of that name."""
    table = next((each for each in present if span and span.table in each.names), None)
    return (table, listobjects.new_box(sheet, table, span, present)) if table and span else None
