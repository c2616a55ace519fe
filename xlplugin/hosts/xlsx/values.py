"""Values by python-calamine, and what it leaves out or gets wrong put right from the sheet's own XML."""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from xlplugin.book import ByColumn, Grid
from xlplugin.cells import Cell, Uncalculated, normal
from xlplugin.errors import UserError
from xlplugin.hosts import calamine
from xlplugin.hosts.guards import Place
from xlplugin.hosts.xlsx import (
    celltypes,
    opc,
    plain,
    serials,
    shape,
    sheetfacts,
    strings,
    wellformed,
    xmltext,
)
from xlplugin.hosts.xlsx.extent import gathered, is_scattered, spread
from xlplugin.hosts.xlsx.intake import LARGE
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.pieces import as_sheets, split
from xlplugin.hosts.xlsx.remembered import Remembered
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.styles import Styles
from xlplugin.hosts.xlsx.workbook import Workbook

if TYPE_CHECKING:
    from concurrent.futures import Future

AHEAD = 8
"""So many pieces wait at most: all of 100,000 projects at once would take 60 MB more."""

_GRIDS = Remembered[Grid](16)
"""More small sheets than an office's workbooks have in common."""

Rows = list[list[Cell]] | ByColumn

_KNOWN_ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}


class _Begun(NamedTuple):
    """A sheet, its errors, the rows that the reader has for it or will have, and what waits for the verdict on its XML."""

    sheet: SheetXml
    errors: Mapping[Place, Cell]
    rows: Callable[[], Rows]
    sound: Callable[[], None]


class _Ahead:
    """A large sheet's pieces, parsed one after the other on another core, and the workbook that holds them, about to be opened."""

    def __init__(self, names: Sequence[str], open_: Callable[[], tuple[Any, dict[str, Any]]]):
        from concurrent.futures import ThreadPoolExecutor

        self._aside = ThreadPoolExecutor(1)
        self._names = deque(names)
        self._begun: deque[Future[Any]] = deque()
        self.opening = self._aside.submit(open_)

    def begin(self, most: int = 1) -> None:
        """Have some pieces more parsed, where not too many wait already."""
        for _ in range(min(most, AHEAD - len(self._begun), len(self._names))):
            self._begun.append(self._aside.submit(self._parse, self._names.popleft()))

    def _parse(self, piece: str) -> Any:
        return self.opening.result()[0].get_sheet_by_name(piece)

    def parsed(self) -> Iterator[Any]:
        """The pieces in order. Raises what the reader raises."""
        self.begin(AHEAD)
        while self._begun:
            yield self._begun.popleft().result()
            self.begin()
        self._aside.shutdown(wait=False)


class Reader:
    """Reads the sheets of one package, as it came."""

    def __init__(self, package: Package) -> None:
        self._package = package.as_it_came()
        self._transcode()
        plain.settle(self._package)
        self._workbook = Workbook(self._package)
        self._parts = self._workbook.worksheets
        self._grids: dict[str, Grid] = {}
        self._begun: dict[str, _Begun] = {}
        self._ahead: Future[tuple[Any, dict[str, Any]]] | None = None
        large = [
            name
            for name, part in self._parts.items()
            if len(self._package.kept.get(part, b"")) > LARGE and name not in self._workbook.made
        ]
        if (
            len(large) == 1
        ):  # of several, which are wanted is not known yet; what the program made is not
            with contextlib.suppress(UserError):  # whoever reads the sheet is told
                self._begun[large[0]] = self._begin(large[0])

    @property
    def sheets(self) -> frozenset[str]:
        """Names of the worksheets."""
        return frozenset(self._parts)

    def read(self, name: str) -> Grid:
        """One sheet, read once. Raises KeyError for a name that is not there, UserError for what cannot be read."""
        if name not in self._grids:
            try:
                self._grids[name] = self._read(name)
            except UserError as refusal:
                raise UserError(f"工作表「{name}」{refusal}") from None
            if len(self._package.raw) > LARGE and (self._ahead or "_calamine" in self.__dict__):
                self._let_go()
        return self._grids[name]

    def _read(self, name: str) -> Grid:
        if name in self._begun:
            return self._grid(self._begun.pop(name))
        content = self._content(self._parts[name])
        if content is None:
            return self._grid(self._begin(name))
        return _GRIDS.of(content, lambda: self._grid(self._begin(name)))

    def _content(self, part: str) -> Hashable:
        """All that a sheet's grid is made of, as it lies in the file; None where some of it is large, or not as it came."""
        listed = opc.relationships(self._package, self._workbook.part)
        around = [each.target for each in listed if each.kind in ("styles", "sharedStrings")]
        parts = (part, *around, *opc.related(self._package, part, "table"))
        packed = tuple(map(self._package.packed, parts))
        return None if None in packed else (*packed, self._workbook.date1904, self._is_hidden(part))

    def _is_hidden(self, part: str) -> bool:
        return any(self._parts.get(name) == part for name in self._workbook.hidden)

    def _let_go(self) -> None:
        """Read the small sheets and let go of the reader: it holds all texts of the file, 40 MB for 100,000 projects."""
        for name in self._small() - self._grids.keys() - self._begun.keys():
            with contextlib.suppress(UserError):  # whoever reads the sheet is told
                self._grids[name] = self._grid(self._begin(name))
        self._ahead = None
        self.__dict__.pop("_calamine", None)

    def _small(self) -> set[str]:
        sizes = ((name, self._package.info(part).file_size) for name, part in self._parts.items())
        return {name for name, size in sizes if size <= LARGE}

    def _begin(self, name: str) -> _Begun:
        """Look at a sheet as far as the reader must know it, and have it parsed."""
        part = self._parts[name]
        data = self._package.text(part)
        if not wellformed.may_wait(data):
            self._package.checking(part, data)()
        texts_sound = self._texts_sound
        came = SheetXml(data, part)
        ahead = self._ahead_of(name, came)
        sheet = plain.sheet(came, is_dated=self._styles.is_dated)
        sound = self._package.checking(part, data, sheet.proven if sheet is came else None)
        try:
            celltypes.check(sheet)
            shape.check_sheet(sheet)
        except UserError:
            sound()  # where its XML is not well-formed, that is the cause
            raise
        errors = sheet.errors()

        def all_sound() -> None:
            sound()
            texts_sound()

        parsed = self._parsed(name, sheet, errors, ahead if sheet is came else None, came)
        return _Begun(sheet, errors, parsed, all_sound)

    def _ahead_of(self, name: str, sheet: SheetXml) -> _Ahead | None:
        """A large sheet's pieces, each given to the reader as soon as its cells were looked at, if they are like any other's.

        What may harm the reader is none of it (0.3 s of 100,000 projects).
        """
        if len(sheet.data) <= LARGE or self._styles.is_dated:
            return None
        cuts = split(sheet)
        if not cuts or not sheet.is_common_until(cuts[0][1]):
            return None
        ahead = self._opening(name, sheet)
        for _, end in cuts:
            if ahead and sheet.is_common_until(end):
                ahead.begin()
        return ahead

    @cached_property
    def _texts_sound(self) -> Callable[[], None]:
        return strings.settle(self._package, self._workbook.part)

    def _parsed(
        self,
        name: str,
        sheet: SheetXml,
        errors: Mapping[Place, Cell],
        ahead: _Ahead | None,
        came: SheetXml,
    ) -> Callable[[], Rows]:
        is_odd = bool(set(filter(None, errors.values())) - _KNOWN_ERRORS)
        if is_scattered(sheet):
            return lambda: self._spread(name, sheet)
        if is_odd:
            return lambda: calamine.rows(self._shown(name, sheet, _without_errors(sheet)))
        if pieces := ahead or self._opening(name, sheet):
            self._ahead = pieces.opening
            pieces.begin(AHEAD)
            return lambda: self._in_pieces(name, pieces)
        if sheet is not came:
            return lambda: calamine.rows(self._shown(name, sheet, sheet.data))
        return lambda: calamine.rows(self._as_it_came(name))

    def _spread(self, name: str, sheet: SheetXml) -> list[list[Cell]]:
        """The rows of a sheet whose cells stand far apart: the reader is given them one below the other."""
        close, places = gathered(SheetXml(_without_errors(sheet), sheet.part))
        rows: list[list[Cell]] = []
        for place, value in spread(calamine.rows(self._shown(name, sheet, close)), places):
            _place(rows, place, value)
        return rows

    def _grid(self, begun: _Begun) -> Grid:
        """What the reader says, and what it does not say as the sheet's XML says it."""
        sheet = begun.sheet
        formulas = sheetfacts.formulas(sheet)
        rows = calamine.guarded(begun.rows)
        begun.sound()
        told: dict[Place, Cell] = {
            **begun.errors,
            **{at: normal(Uncalculated(text)) for at, text in formulas.uncalculated.items()},
        }
        for place, value in told.items():
            _place(rows, place, value)
        filtered = sheetfacts.is_filtered(sheet) or any(
            sheetfacts.has_conditions(self._package.xml(table))
            for table in opc.related(self._package, sheet.part, "table")
        )
        merged = sheetfacts.merged_ranges(sheet)
        found = Grid(
            rows,
            formulas.elsewhere,
            sheetfacts.hidden_rows(sheet),
            merged,
            filtered,
            sheetfacts.hidden_columns(sheet),
            self._is_hidden(sheet.part),
            sheetfacts.formats(sheet, self._styles.telling),
            frozenset(sheetfacts.filled(sheet, self._styles.struck)),
        )
        for place in sheetfacts.filled(sheet, self._styles.unknown_dates):
            number = found.at(*place)
            if isinstance(number, float) and (
                day := serials.from_serial(number, self._workbook.date1904)
            ):
                _place(rows, place, day)
        return found

    def _as_it_came(self, name: str) -> Any:
        with contextlib.suppress(UserError):
            if self._ahead and (sheet := self._ahead.result()[1].get(name)):
                return sheet
        return self._calamine.get_sheet_by_name(name)

    def _shown(self, name: str, sheet: SheetXml, data: bytes) -> Any:
        """The sheet as the reader takes it in place of what the file has: it gives up on an error that it does not know."""
        kept = dict(self._package.new)
        self._package.replace(sheet.part, data)
        workbook = self.open()
        self._package.new = kept
        return workbook.get_sheet_by_name(name)

    def _opening(self, name: str, sheet: SheetXml) -> _Ahead | None:
        """The pieces of a large sheet; None for a small one, or a file that cannot be put together anew.

        While the reader, written in Rust, parses a piece on another core, Python makes cells of the one before and loads
        what else it needs: 0.9 s less of 3.9 for 100,000 projects, which are computed in twice the reader's own time.
        """
        if not (cuts := split(sheet)):
            return None
        with contextlib.suppress(UserError):
            names, package = as_sheets(self._package, sheet, cuts)
            return _Ahead(names, partial(_opened, package, self._small() - {name}))
        return None

    def _in_pieces(self, name: str, ahead: _Ahead) -> Rows:
        if ahead.opening.exception():
            return calamine.rows(self._calamine.get_sheet_by_name(name))
        return calamine.in_pieces(ahead.parsed())

    @cached_property
    def _calamine(self) -> Any:
        return calamine.guarded(self.open)

    def open(self) -> Any:
        """The workbook as the reader takes it. Raises UserError where it does not."""
        package = plain.with_known_sheets(self._package)
        return calamine.opened(package.build() if package.new else package.raw)

    def _transcode(self) -> None:
        """The reader knows UTF-8 only."""
        for part in self._package.parts:
            if part.endswith((".xml", ".rels")) and not xmltext.is_utf8(self._package.head(part)):
                self._package.new[part] = self._package.xml(part)

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._package, self._workbook.part, self._workbook.namespace)


def _opened(package: Package, small: Iterable[str]) -> tuple[Any, dict[str, Any]]:
    """The workbook in pieces, and its small sheets, so that nobody waits for them behind the pieces."""
    workbook, found = calamine.opened(plain.with_known_sheets(package).build(level=0)), {}
    for name in small:
        with contextlib.suppress(UserError):  # whoever reads the sheet is told
            found[name] = calamine.guarded(partial(workbook.get_sheet_by_name, name))
    return workbook, found


def _without_errors(sheet: SheetXml) -> bytes:
    """The sheet with its error cells declared as nothing special, each byte in its place."""
    data = bytearray(sheet.data)
    for begin, inner in sheet.of_type(b"e"):
        data[begin:inner] = re.sub(rb"\st=[\"']e[\"']", b" " * 6, sheet.data[begin:inner])
    return bytes(data)


def _place(rows: Rows, place: Place, value: Cell) -> None:
    row, column = place
    if isinstance(rows, ByColumn):
        rows.put(row, column, value)
        return
    rows.extend(repeat(calamine.EMPTY, row - len(rows)))
    if (line := rows[row - 1]) is calamine.EMPTY:
        line = rows[row - 1] = []
    line.extend([None] * (column - len(line)))
    line[column - 1] = value
