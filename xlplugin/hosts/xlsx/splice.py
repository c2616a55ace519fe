"""Writing into a worksheet's XML, row by row: only the cells that change are cut out and put anew (`cellsplice`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from xlplugin.book import BLANK, Changes, Put
from xlplugin.cells import MAX_COLUMN, MAX_ROW, split_range
from xlplugin.hosts.guards import (
    EARLIEST,
    EARLIEST_1904,
    Place,
    check_covered,
    check_fits,
    check_merges,
    checked,
)
from xlplugin.hosts.xlsx import around, cellxml, order, sheetfacts, xmltext
from xlplugin.hosts.xlsx.cellsplice import BARE, CellSplice, Wanted
from xlplugin.hosts.xlsx.package import Streamed
from xlplugin.hosts.xlsx.rewriting import Rewriting, StyleFor
from xlplugin.hosts.xlsx.rows import NewRows
from xlplugin.hosts.xlsx.sheetxml import SheetXml


class Splice:
    """Changes one worksheet's bytes."""

    def __init__(
        self,
        name: str,
        sheet: SheetXml,
        changes: Changes,
        *,
        style_for: StyleFor,
        shared_text: Callable[[int], str | None],
        labels: Collection[Place],
        date1904: bool,
    ) -> None:
        self._name, self._sheet, self._changes = name, sheet, changes
        self._shared_text, self._labels, self._date1904 = shared_text, labels, date1904
        self._earliest = EARLIEST_1904 if date1904 else EARLIEST
        self._cells = CellSplice(name, sheet, style_for, shared_text, labels, date1904=date1904)
        present = sheetfacts.merged_ranges(sheet)
        merged = () if changes.instead else present
        self._merges = check_merges(name, merged, changes.merges)
        self._parted = changes.instead and set(present) != set(self._merges)
        self._rows = list(sheet.rows())
        order.check(name, sheet, self._rows, anew=changes.instead)
        self._free = self._first_free_row((*merged, *self._merges))
        self._check(merged)
        self._above = [area for area in changes.areas if area.row < self._free]
        self._rewriting = Rewriting(
            self._above,
            self._free,
            sheet.prefix,
            style_for=self._cells.style,
            inherited=self._cells.inherited,
            shared_text=shared_text,
            date1904=date1904,
        )
        self.new_rows = self._below()

    def _below(self) -> NewRows:
        """What the areas write below all that the sheet has."""
        below = [area for area in self._changes.areas if area.rows.stop > self._free]
        return NewRows(
            below,
            max(self._free, min((area.row for area in below), default=self._free)),
            self._changes.heights,
            prefix=self._sheet.prefix,
            date1904=self._date1904,
            style_id=self._cells.style_below,
        )

    def _check(self, merged: Sequence[str]) -> None:
        """Raises UserError for what no cell can hold, and for what a merge would cover."""
        for area in self._changes.areas:
            for column, filling in enumerate(area.fillings, start=area.column):
                check_fits(self._name, column, area.row, filling.values, earliest=self._earliest)
        merges = (*merged, *self._merges)
        boxes = list(map(split_range, merges))
        covered = {
            place: put
            for first, left, last, right in boxes
            for row in range(first, min(last, self._free) + 1)
            for column in range(left, right + 1)
            for area in self._changes.areas
            if (put := area.at(row, column)) and (place := (row, column))
        }
        check_covered(self._name, merges, {**self._changes.cells, **covered})

    @property
    def formulas_changed(self) -> bool:
        """Whether a formula came or went."""
        rooms = self._cells.formulas_changed, self._rewriting.formulas_changed
        return any(rooms) or self.new_rows.has_formulas()

    def apply(self) -> bytes:
        """The worksheet with its changes; the very same bytes when there are none. Raises UserError."""
        sheet = self._sheet
        out: list[bytes] = []
        at = sheet.start
        pending = sorted(self._touched(), reverse=True)
        for number, tag in self._rows:
            if not pending:
                break
            while pending and pending[-1] < number:
                out += sheet.data[at : tag.start()], self._new_row(pending.pop())
                at = tag.start()
            if pending and pending[-1] == number:
                begin, end = sheet.row_end(tag)
                out += sheet.data[at : tag.start()], self._row(pending.pop(), tag, begin, end)
                at = end
        out.append(sheet.data[at : sheet.end])
        out += [self._new_row(number) for number in reversed(pending)]
        data = self._with_cells(b"".join(out))
        if self._parted:
            data = around.without_merges(data, sheet.part)
        if self._merges and (self._parted or not self._changes.instead):
            data = around.with_merges(data, sheet.part, self._merges)
        if self._changes.widths:
            data = around.with_widths(data, sheet.part, self._changes.widths)
        self._cells.check_orphans(data)
        return data

    def with_new_rows(self, data: bytes) -> bytes | Streamed:
        """The worksheet, changed as it may be since, with the areas' rows below all others."""
        if not self.new_rows.rows:
            return data
        end = SheetXml(data, self._sheet.part).end
        return Streamed(data[:end], self.new_rows, data[end:])

    def _touched(self) -> set[int]:
        """The rows to change that are no new ones below."""
        rows = {row for row, _ in self._changes.cells} | self._changes.heights.keys()
        above = (range(area.row, min(area.rows.stop, self._free)) for area in self._above)
        touched = (rows - set(self.new_rows.rows)).union(*above)
        if self._changes.instead:
            touched.update(number for number, _ in self._rows)
        if touched and not 1 <= min(touched) <= max(touched) <= MAX_ROW:
            raise ValueError(f"no sheet has rows {min(touched)} to {max(touched)}")
        return touched

    @cached_property
    def _alone(self) -> dict[int, dict[int, Put]]:
        """The changes of single cells, by row and column."""
        alone: dict[int, dict[int, Put]] = defaultdict(dict)
        for (row, column), put in self._changes.cells.items():
            alone[row][column] = put
        return alone

    def _wanted(self, row: int) -> dict[int, Wanted]:
        """All changes of a row, by column from left to right."""
        puts = dict(self._alone.get(row, {}))
        for area in self._above:
            if row in area.rows:
                puts |= {column: put for (_, column), put in area.puts((row,))}
        wanted = {}
        for column in sorted(puts):
            if not 1 <= column <= MAX_COLUMN:
                raise ValueError(f"no sheet has a cell at row {row}, column {column}")
            wanted[column] = (
                puts[column],
                checked(self._name, row, column, puts[column], earliest=self._earliest),
            )
        return wanted

    def _first_free_row(self, merged: Iterable[str]) -> int:
        """The first row below everything that stands in the sheet, or is to stand there on its own."""
        last = max((number for number, _ in self._rows), default=0)
        named = set().union(*(area.rows for area in self._changes.areas))
        return 1 + max(
            (
                last,
                *(split_range(text)[2] for text in merged),
                *(box[2] for box in self._cells.arrays),
                *(row for row, _ in self._labels),
                *(row for row, _ in self._changes.cells),
                *(self._changes.heights.keys() - named),
            )
        )

    # -- rows

    def _new_row(self, number: int) -> bytes:
        p = self._sheet.prefix
        tag = self._with_height(number, b'<%srow r="%d">' % (p, number))
        wanted = self._wanted(number)
        cells = b"".join(
            self._cells.cell(number, column, b"", wanted[column], None) for column in wanted
        )
        if cells:
            return tag + cells + b"</%srow>" % p
        return tag[:-1] + b"/>" if b" ht=" in tag else b""

    def _row(self, number: int, found: re.Match[bytes], begin: int, end: int) -> bytes:
        old = self._sheet.data[begin:end]
        own = re.search(rb"\ss\s*=\s*[\"'](\d+)", found[0]) if b" s" in found[0] else None
        style = int(own[1]) if own else None
        cells = self._rewritten(number, old, style)
        if cells is None:
            cells = self._respelled(number, begin, end, style)
        named = number in self._named
        emptied = self._changes.instead and not named
        tag = self._with_height(number, found[0], emptied=emptied)
        if cells != old and named and b"spans" in tag:
            tag = _spanning(tag, *self._reach(number))
        if tag.endswith(b"/>") and cells:
            return tag[:-2].rstrip() + b">" + cells + b"</%srow>" % self._sheet.prefix
        return tag + cells

    def _rewritten(self, number: int, old: bytes, style: int | None) -> bytes | None:
        """The row's cells, where areas alone are written instead of plain values; None for any other row."""
        if not self._changes.instead or number in self._alone or number in self._delicate:
            return None
        cells = self._rewriting.row(number, old, style)
        if cells is not None and cells != old:
            self._cells.changed |= self._corners
        return cells

    def _respelled(self, number: int, begin: int, end: int, style: int | None) -> bytes:
        """The row's cells, one by one."""
        wanted, data = self._wanted(number), self._sheet.data
        if self._changes.instead:
            order.check_row(self._name, self._sheet, number, begin, end)
            left = dict.fromkeys(self._left(begin, end, wanted), (Put(None, style=BLANK), None))
            wanted = dict(sorted({**left, **wanted}.items()))
        out: list[bytes] = []
        at = begin
        spots = self._sheet.spots(number, begin, end, list(wanted))
        for column, (first, last) in spots.items():
            old = data[first:last]
            new = self._cells.cell(number, column, old, wanted[column], style)
            if new != old:
                out += data[at:first], new
                at = last
        return b"".join((*out, data[at:end]))

    def _left(self, begin: int, end: int, wanted: Collection[int]) -> Iterator[int]:
        """The columns of a row's cells that hold something and are not written again."""
        for column, first, last in self._sheet.cells(begin, end):
            old = self._sheet.data[first:last]
            if column not in wanted and not BARE.fullmatch(old):
                present = cellxml.parse(old, self._sheet.prefix, self._shared_text)
                if present.formula or present.said():
                    yield column

    @cached_property
    def _named(self) -> set[int]:
        return self._changes.rows()

    def _reach(self, number: int) -> tuple[int, int]:
        """The first and the last column that are written in a row."""
        columns = [
            *self._alone.get(number, ()),
            *(
                column
                for area in self._above
                if number in area.rows
                for column in (area.column, area.column + len(area.fillings) - 1)
            ),
        ]
        return min(columns), max(columns)

    @cached_property
    def _corners(self) -> set[Place]:
        """Places that span what areas write above the free rows."""
        return {
            (row, column)
            for area in self._above
            for row in (area.row, min(area.rows.stop, self._free) - 1)
            for column in (area.column, area.column + len(area.fillings) - 1)
        }

    @cached_property
    def _delicate(self) -> set[int]:
        """Rows where one cell must not change without others: of array formulas, and of the labels of tables."""
        arrays = (range(box[0], box[2] + 1) for box in self._cells.arrays)
        return {row for row, _ in self._labels}.union(*arrays)

    def _with_height(self, number: int, tag: bytes, *, emptied: bool = False) -> bytes:
        """A row's tag; one of which all was emptied takes Excel's own height."""
        if number not in self._changes.heights and not emptied:
            return tag
        points = self._changes.heights.get(number)
        if points is None:
            return xmltext.with_attributes(tag, {"ht": None, "customHeight": None})
        wanted = f"{points:g}"
        if b' ht="%s" customHeight="1"' % wanted.encode() in tag:
            return tag
        attrs = xmltext.attributes(tag)
        if attrs.get("customHeight") in ("1", "true") and attrs.get("ht") in (
            wanted,
            str(float(points)),
        ):
            return tag
        return xmltext.with_attributes(tag, {"ht": wanted, "customHeight": "1"})

    # -- around the cells

    def _with_cells(self, cells: bytes) -> bytes:
        sheet = self._sheet
        if cells == sheet.data[sheet.start : sheet.end] and not self.new_rows.rows:
            return sheet.data
        begin, inner = sheet.tag
        head, tag, tail = sheet.data[:begin], sheet.data[begin:inner], sheet.data[sheet.end :]
        if sheet.is_empty_tag:
            tag = tag[:-2].rstrip() + b">"
            tail = b"</%ssheetData>" % sheet.prefix + tail
        return (
            around.with_dimension(head, self._cells.changed | self.new_rows.corners)
            + tag
            + cells
            + tail
        )


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's tag whose spans (an optional hint) take in the columns written."""

    def grow(found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d:%d" % (min(int(found[2]), first), max(int(found[3]), last))

    return re.sub(rb"(\sspans\s*=\s*[\"'])(\d+):(\d+)", grow, tag, count=1)
