"""Values by python-calamine, and what it leaves out or gets wrong put right from the sheet's own XML."""

from __future__ import annotations

import contextlib
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from threading import Lock
from typing import Any

from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError, NormalColumn, Uncalculated
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Place
from xlplugin.hosts.xlsx import opc, serials, sheetfacts, xmltext
from xlplugin.hosts.xlsx.extent import check_extent
from xlplugin.hosts.xlsx.intake import LARGE
from xlplugin.hosts.xlsx.meanwhile import ahead
from xlplugin.hosts.xlsx.package import DAMAGED, Package
from xlplugin.hosts.xlsx.pieces import as_sheets, split
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.styles import Styles
from xlplugin.hosts.xlsx.workbook import Workbook

_KNOWN_ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}


class Reader:
    """Reads the sheets of one package, as it came."""

    def __init__(self, package: Package) -> None:
        self._package = package.as_it_came()
        self._workbook = Workbook(self._package)
        self._parts = self._workbook.worksheets
        self._transcode()
        self._calamine: Any = None
        self._pieces = False
        self._lock = Lock()
        self._grids: dict[str, Grid] = {}
        self._begun: dict[str, Callable[[], Grid]] = {}
        for name, part in self._parts.items():
            if len(self._package.kept.get(part, b"")) > LARGE:
                with contextlib.suppress(UserError):  # whoever reads the sheet is told
                    self._begun[name] = self._begin(name)

    @property
    def sheets(self) -> frozenset[str]:
        """Names of the worksheets."""
        return frozenset(self._parts)

    def read(self, name: str) -> Grid:
        """One sheet, read once. Raises KeyError for a name that is not there, UserError for what cannot be read."""
        if name not in self._grids:
            try:
                self._grids[name] = (self._begun.pop(name, None) or self._begin(name))()
            except UserError as refusal:
                raise UserError(f"工作表「{name}」{refusal}") from None
            if self._pieces:
                self._finish()
        return self._grids[name]

    def _finish(self) -> None:
        """Read the other sheets, which are small, and let go of the file in pieces: it takes as much room as a large sheet."""
        self._pieces = False
        for name in self._parts.keys() - self._grids.keys() - self._begun.keys():
            if self._package.info(self._parts[name]).file_size > LARGE:
                continue
            with contextlib.suppress(UserError):  # whoever reads the sheet is told
                self._grids[name] = self._begin(name)()
        self._calamine = None

    def _begin(self, name: str) -> Callable[[], Grid]:
        """Look a sheet's XML through and have it parsed; what is returned makes the grid of it. A large one is parsed meanwhile."""
        part = self._parts[name]
        sheet = SheetXml(self._package.xml(part), part)
        check_extent(sheet)
        errors = sheet.errors()
        parsed = self._parsed(name, part, sheet, set(errors.values()))
        formulas, weekdays = sheetfacts.formulas(sheet), self._weekdays(sheet)
        hidden, merged = sheetfacts.hidden_rows(sheet), sheetfacts.merged_ranges(sheet)
        filtered = sheetfacts.is_filtered(sheet) or any(
            sheetfacts.has_conditions(self._package.xml(table))
            for table in opc.related(self._package, part, "table")
        )

        def grid() -> Grid:
            rows = _guarded(lambda: _rows(parsed()))
            told: dict[Place, Cell] = {
                **errors,
                **{at: Uncalculated(text) for at, text in formulas.uncalculated.items()},
            }
            for place, value in told.items():
                _place(rows, place, value)
            found = Grid(rows, formulas.elsewhere, hidden, merged, filtered)
            for place in weekdays:
                number = found.at(*place)
                if isinstance(number, float) and (
                    day := serials.from_serial(number, self._workbook.date1904)
                ):
                    _place(rows, place, day)
            return found

        return grid

    def _parsed(
        self, name: str, part: str, sheet: SheetXml, errors: set[CellError]
    ) -> Callable[[], Iterator[Any]]:
        """The reader's sheet, or the pieces of a large one in their order, to be asked for when they are needed."""
        names = [name]
        if (
            errors - _KNOWN_ERRORS
        ):  # the reader gives up on a sheet with an error that it does not know
            kept = dict(self._package.new)
            self._package.replace(part, _without_errors(sheet))
            workbook = self._open()
            self._package.new = kept
        else:
            if self._calamine is None and len(sheet.data) > LARGE and (parts := split(sheet)):
                with contextlib.suppress(UserError):  # then it is read as a whole
                    names, raw = as_sheets(self._package, sheet, parts)
                    self._calamine, self._pieces = _opened(raw), True
            workbook = self._calamine = self._calamine or self._open()
        parse = [partial(self._parse, workbook, each) for each in names]
        return ahead(parse) if len(sheet.data) > LARGE else lambda: (each() for each in parse)

    def _parse(self, workbook: Any, name: str) -> Any:
        """One sheet or piece. The reader takes them one at a time and refuses a second thread, which therefore waits here."""
        with self._lock:
            return _guarded(lambda: workbook.get_sheet_by_name(name))

    def _open(self) -> Any:
        return _opened(self._package.build() if self._package.new else self._package.raw)

    def _transcode(self) -> None:
        """The reader knows UTF-8 only."""
        for part in self._package.parts:
            if part.endswith((".xml", ".rels")) and not xmltext.is_utf8(self._package.head(part)):
                self._package.new[part] = xmltext.as_utf8(self._package.original(part), part)

    @cached_property
    def _weekday_styles(self) -> frozenset[int]:
        return Styles(self._package, self._workbook.part, self._workbook.namespace).weekdays

    def _weekdays(self, sheet: SheetXml) -> list[Place]:
        """Cells shown only as a weekday or an era's year, which the reader takes for numbers."""
        if not self._weekday_styles:
            return []
        wanted = b"|".join(b"%d" % style for style in sorted(self._weekday_styles))
        tags = re.compile(
            rb"<"
            + sheet.prefix
            + rb"c\s(?:[^>]*?\s)?s=[\"'](?:"
            + wanted
            + rb")[\"'](?:[^>]*[^>/])?>"
        )
        return [
            sheet.place(tag.start()) for tag in tags.finditer(sheet.scan, sheet.start, sheet.end)
        ]


def _opened(raw: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(raw)))


def _without_errors(sheet: SheetXml) -> bytes:
    """The sheet with its error cells declared as nothing special, each byte in its place."""
    data = bytearray(sheet.data)
    for begin, inner in sheet.of_type(b"e"):
        data[begin:inner] = re.sub(rb"\st=[\"']e[\"']", b" " * 6, sheet.data[begin:inner])
    return bytes(data)


def _guarded(read: Any) -> Any:
    """What the reader gives; whatever it raises becomes one sentence. It is written in Rust: it may panic."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise UserError(DAMAGED) from None


def _rows(sheets: Iterable[Any]) -> list[list[Cell]]:
    """The reader's sheet, or its pieces, from A1; empty rows without cells.

    Each piece is brought into normal form column by column, which is quick.
    """
    rows: list[list[Cell]] = []
    columns: defaultdict[int, NormalColumn] = defaultdict(NormalColumn)
    for sheet in sheets:
        part = sheet.to_python(skip_empty_area=True)
        top, left = sheet.start or (0, 0)
        normal = [
            columns[at](column) for at, column in enumerate(zip(*part, strict=True), start=left)
        ]
        cells = map(list, zip(*[[None] * len(part)] * left, *normal, strict=True))
        found = [
            [] if old[0] == "" and old.count("") == len(old) else new
            for old, new in zip(part, cells, strict=True)
        ]
        if top < len(rows):  # the file has its rows in no order
            for place, value in (
                ((row, at), value)
                for row, line in enumerate(found, top + 1)
                for at, value in enumerate(line, 1)
            ):
                if value is not None:
                    _place(rows, place, value)
            continue
        rows += [[] for _ in range(top - len(rows))]
        rows += found
    return rows


def _place(rows: list[list[Cell]], place: Place, value: Cell) -> None:
    row, column = place
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value
