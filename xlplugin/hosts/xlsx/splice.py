"""Writing into a worksheet's XML: only the cells that change are cut out and put anew."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from xlplugin.book import Changes, Put
from xlplugin.cells import MAX_COLUMN, MAX_ROW, Cell, address, column_letters, column_number, split_range
from xlplugin.errors import UserError
from xlplugin.hosts.guards import (
    Box,
    array_refusal,
    check_covered,
    check_merges,
    checked,
    inside,
    label_refusal,
    range_text,
)
from xlplugin.hosts.xlsx import cellxml, facts, xmltext
from xlplugin.hosts.xlsx.sheetxml import Place, SheetXml

Wanted = tuple[Put, Cell]
"""A Put with its value in normal form."""

StyleFor = Callable[[str | None, bool, int | None], int | None]
"""The cell format for a style key, for a date or not, over the format that is there (None: none)."""

_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d")
_SHARED_MASTER = re.compile(rb"\bref\s*=\s*[\"']")
_SHARED_NUMBER = re.compile(rb"\bsi\s*=\s*[\"'](\d+)")
_BEFORE_MERGES = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews",
)


class Splice:
    """Changes one worksheet's bytes; `formulas_changed` tells whether a formula came or went."""

    def __init__(
        self, name: str, sheet: SheetXml, changes: Changes, *,
        style_for: StyleFor, shared_text: Callable[[int], str | None], labels: Collection[Place], date1904: bool,
    ) -> None:
        self._name, self._sheet, self._changes = name, sheet, changes
        self._style_for, self._shared_text, self._labels = style_for, shared_text, labels
        self._date1904 = date1904
        self._styles: dict[tuple[str | None, bool, int | None], int | None] = {}
        self._orphaned: dict[bytes, Place] = {}
        self.formulas_changed = False
        self.changed: set[Place] = set()
        merged = facts.merged_ranges(sheet)
        self._merges = check_merges(name, merged, changes.merges)
        check_covered(name, (*merged, *self._merges), changes.cells)
        self._columns = _column_styles(sheet)
        self._areas = _arrays(sheet)

    def apply(self) -> bytes:
        """The worksheet with its changes; the very same bytes when there are none. Raises UserError."""
        wanted = self._by_row()
        sheet = self._sheet
        out: list[bytes] = []
        at = sheet.start
        pending = sorted(wanted, reverse=True)
        for number, tag in sheet.rows():
            if not pending:
                break
            while pending and pending[-1] < number:
                out += sheet.data[at : tag.start()], self._new_row(pending[-1], wanted[pending.pop()])
                at = tag.start()
            if pending and pending[-1] == number:
                begin, end = sheet.row_end(tag)
                out += sheet.data[at : tag.start()], self._row(number, tag, begin, end, wanted[pending.pop()])
                at = end
        out.append(sheet.data[at : sheet.end])
        out += [self._new_row(number, wanted[number]) for number in reversed(pending)]
        data = self._with_cells(b"".join(out))
        if self._merges:
            data = self._with_merges(data)
        self._check_orphans(data)
        return data

    def _by_row(self) -> dict[int, dict[int, Wanted]]:
        wanted: dict[int, dict[int, Wanted]] = defaultdict(dict)
        for (row, column), put in self._changes.cells.items():
            if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
                raise ValueError(f"no sheet has a cell at row {row}, column {column}")
            wanted[row][column] = put, checked(self._name, row, column, put)
        for row in self._changes.heights:
            wanted[row]  # a row whose height alone changes
        return wanted

    # -- rows

    def _new_row(self, number: int, puts: Mapping[int, Wanted]) -> bytes:
        p = self._sheet.prefix
        tag = self._with_height(number, b'<%srow r="%d">' % (p, number))
        cells = b"".join(self._cell(number, column, b"", puts[column], None) for column in sorted(puts))
        if cells:
            return tag + cells + b"</%srow>" % p
        return tag[:-1] + b"/>" if b" ht=" in tag else b""

    def _row(self, number: int, found: re.Match[bytes], begin: int, end: int, puts: Mapping[int, Wanted]) -> bytes:
        sheet, tag = self._sheet, found[0]
        own = re.search(rb"\ss\s*=\s*[\"'](\d+)", tag)
        style = int(own[1]) if own else None
        out: list[bytes] = []
        at = begin
        for column, (first, last) in self._spots(number, begin, end, sorted(puts)).items():
            old = sheet.data[first:last]
            new = self._cell(number, column, old, puts[column], style)
            if new != old:
                out += sheet.data[at:first], new
                at = last
        new_tag = self._with_height(number, tag)
        if out:
            new_tag = _spanning(new_tag, min(puts), max(puts))
        cells = b"".join((*out, sheet.data[at:end]))
        if new_tag.endswith(b"/>") and cells:
            return new_tag[:-2].rstrip() + b">" + cells + b"</%srow>" % sheet.prefix
        return new_tag + cells

    def _spots(self, number: int, begin: int, end: int, columns: list[int]) -> dict[int, tuple[int, int]]:
        """Where the row's cells of some columns are, or where they would have to stand."""
        quick = self._quick_spots(number, begin, end, columns)
        if quick is not None:
            return quick
        present = list(self._sheet.cells(begin, end))
        spots = {column: (first, last) for column, first, last in present}
        for column in columns:
            if column not in spots:
                at = next((first for here, first, _ in present if here > column), end)
                spots[column] = at, at
        return {column: spots[column] for column in columns}

    def _quick_spots(self, number: int, begin: int, end: int, columns: list[int]) -> dict[int, tuple[int, int]] | None:
        """The same by looking for addresses alone, as most files write them; None where that does not tell all."""
        sheet, at = self._sheet, begin
        spots: dict[int, tuple[int, int]] = {}
        last: int | None = None
        opening = b"<" + sheet.prefix + b"c "
        for column in columns:
            found = sheet.scan.find(b' r="%s%d"' % (column_letters(column).encode(), number), at, end)
            if found < 0:
                last = self._last_column(begin, end) if last is None else last
                if last >= column:
                    return None
                spots[column] = end, end
                continue
            first = sheet.scan.rfind(b"<", begin, found)
            if not sheet.scan.startswith(opening, first) or sheet.scan.find(b">", first, found) >= 0:
                return None
            close = sheet.scan.index(b">", found) + 1
            if sheet.scan[close - 2 : close - 1] != b"/":
                close = sheet.scan.index(b"</" + sheet.prefix + b"c>", close) + 4 + len(sheet.prefix)
            spots[column] = first, close
            at = close
        return spots

    def _last_column(self, begin: int, end: int) -> int:
        """The column of a row's last cell; 0 in an empty row, beyond all columns where it cannot be told."""
        at = self._sheet.cell_around(end)
        if at is None or at < begin:
            return 0
        ref = _ADDRESS.search(self._sheet.scan[at : self._sheet.scan.index(b">", at)])
        return column_number(ref[1].decode()) if ref else MAX_COLUMN + 1

    def _with_height(self, number: int, tag: bytes) -> bytes:
        if number not in self._changes.heights:
            return tag
        points = self._changes.heights[number]
        if points is None:
            return xmltext.with_attributes(tag, {"ht": None, "customHeight": None})
        attrs = xmltext.attributes(tag)
        wanted = f"{points:g}"
        if attrs.get("customHeight") in ("1", "true") and attrs.get("ht") in (wanted, str(float(points))):
            return tag
        return xmltext.with_attributes(tag, {"ht": wanted, "customHeight": "1"})

    # -- cells

    def _cell(self, row: int, column: int, old: bytes, wanted: Wanted, row_style: int | None) -> bytes:
        """The cell's new XML; the old bytes where nothing changes."""
        put, value = wanted
        if not old:
            return self._new_cell(row, column, put, value, row_style)
        present = cellxml.parse(old, self._sheet.prefix, self._shared_text)
        style = self._style(put, value, present.style) or 0
        tag = present.tag
        if style != present.style:
            tag = xmltext.with_attributes(tag, {"s": str(style)})
        kept = self._keeps_formula(row, column, put, present)
        if kept and present.said() == cellxml.say(value, self._date1904):
            if tag != present.tag:
                self.changed.add((row, column))
            return tag + old[len(present.tag) :]
        self.changed.add((row, column))
        self._refuse_label(row, column)
        formula = present.formula
        if not kept or not formula:
            self._refuse_in_array(row, column)
        if not kept:
            self._release(row, column, present.formula_attrs)
            tag = xmltext.with_attributes(tag, {"cm": None})
            formula = self._formula(put)
        self.formulas_changed |= bool(present.formula) != bool(formula)
        return cellxml.render(self._sheet.prefix, cellxml.head(tag), value, formula, self._date1904)

    def _new_cell(self, row: int, column: int, put: Put, value: Cell, row_style: int | None) -> bytes:
        if value is None and put.formula is None and put.style is None:
            return b""
        if value is not None or put.formula is not None:
            self._refuse_in_array(row, column)
            self._refuse_label(row, column)
        inherited = row_style if row_style is not None or not self._columns else self._column_style(column)
        style = self._style(put, value, inherited)
        head = b'<%sc r="%s%d"' % (self._sheet.prefix, column_letters(column).encode(), row)
        if style is not None:
            head += b' s="%d"' % style
        formula = self._formula(put)
        self.formulas_changed |= bool(formula)
        self.changed.add((row, column))
        return cellxml.render(self._sheet.prefix, head, value, formula, self._date1904)

    def _style(self, put: Put, value: Cell, present: int | None) -> int | None:
        key = put.style, isinstance(value, dt.date), present
        if key not in self._styles:
            self._styles[key] = self._style_for(*key)
        return self._styles[key]

    def _formula(self, put: Put) -> bytes:
        if put.formula is None:
            return b""
        p = self._sheet.prefix
        return b"<%sf>%s</%sf>" % (p, xmltext.plain_text(put.formula), p)

    def _keeps_formula(self, row: int, column: int, put: Put, present: cellxml.Present) -> bool:
        """Whether the cell's formula (or its lack of one) may stay as it is written."""
        if not present.formula or put.formula is None:
            return not present.formula and put.formula is None
        text = self._sheet.formula((row, column), present.formula_attrs, present.formula_text)
        return text == put.formula

    def _release(self, row: int, column: int, attrs: bytes) -> None:
        """A cell is about to lose its formula: remember whether others read theirs from it."""
        number = _SHARED_NUMBER.search(attrs)
        if number and _SHARED_MASTER.search(attrs):
            self._orphaned[number[1]] = row, column

    def _refuse_in_array(self, row: int, column: int) -> None:
        for box in self._areas:
            if inside(box, row, column):
                raise array_refusal(self._name, row, column, box)

    def _refuse_label(self, row: int, column: int) -> None:
        if (row, column) in self._labels:
            raise label_refusal(self._name, row, column)

    def _check_orphans(self, data: bytes) -> None:
        for number, (row, column) in self._orphaned.items():
            p = re.escape(self._sheet.prefix)
            if re.search(rb"<%sf\s[^>]*\bsi\s*=\s*[\"']%s[\"']" % (p, number), data):
                raise UserError(
                    f"「{self._name}」{address(row, column)} 的公式与下方单元格共用，改写会使它们失效，"
                    "请先把该列公式粘贴为数值或整列重填后重试。"
                )

    def _column_style(self, column: int) -> int | None:
        return next((style for first, last, style in self._columns if first <= column <= last), None)

    # -- around the cells

    def _with_cells(self, cells: bytes) -> bytes:
        sheet = self._sheet
        if cells == sheet.data[sheet.start : sheet.end]:
            return sheet.data
        begin, inner = sheet.tag
        head, tag, tail = sheet.data[:begin], sheet.data[begin:inner], sheet.data[sheet.end :]
        if sheet.is_empty_tag:
            tag = tag[:-2].rstrip() + b">"
            tail = b"</%ssheetData>" % sheet.prefix + tail
        return self._with_dimension(head) + tag + cells + tail

    def _with_dimension(self, head: bytes) -> bytes:
        found = xmltext.tag_pattern("dimension").search(xmltext.masked(head))
        if not found or not self.changed:
            return head
        ref = xmltext.attributes(found[0]).get("ref", "")
        try:
            box = split_range(ref)
        except UserError:
            return head
        rows, columns = [row for row, _ in self.changed], [column for _, column in self.changed]
        grown = min(box[0], *rows), min(box[1], *columns), max(box[2], *rows), max(box[3], *columns)
        if grown == box:
            return head
        tag = xmltext.with_attributes(head[slice(*found.span())], {"ref": range_text(grown)})
        return head[: found.start()] + tag + head[found.end() :]

    def _with_merges(self, data: bytes) -> bytes:
        p = self._sheet.prefix
        new = b"".join(b'<%smergeCell ref="%s"/>' % (p, text.encode()) for text in self._merges)
        edited = SheetXml(data, self._sheet.part)
        start = edited.end if edited.is_empty_tag else edited.scan.index(b">", edited.end) + 1
        found = next(xmltext.elements(data, "mergeCells", start), None)
        if found and found[1] != found[2]:
            begin, inner, end = found
            count = len(facts.merged_ranges(self._sheet)) + len(self._merges)
            tag = xmltext.with_attributes(data[begin:inner], {"count": str(count)})
            at = data.rindex(b"</", inner, end)
            return data[:begin] + tag + data[inner:at] + new + data[at:]
        whole = b'<%smergeCells count="%d">%s</%smergeCells>' % (p, len(self._merges), new, p)
        if found:
            return data[: found[0]] + whole + data[found[2] :]
        at = max([start, *(end for name in _BEFORE_MERGES for _, _, end in xmltext.elements(data, name, start))])
        return data[:at] + whole + data[at:]


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's tag whose spans (an optional hint) take in the columns written."""

    def grow(found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d:%d" % (min(int(found[2]), first), max(int(found[3]), last))

    return re.sub(rb"(\sspans\s*=\s*[\"'])(\d+):(\d+)", grow, tag, count=1)


def _column_styles(sheet: SheetXml) -> list[tuple[int, ...]]:
    """First column, last column, cell format of the columns that have one."""
    head = sheet.scan[: sheet.tag[0]]
    columns = [xmltext.attributes(tag) for tag in xmltext.tag_pattern("col").findall(head)]
    return [tuple(xmltext.number(each, name) for name in ("min", "max", "style")) for each in columns if "style" in each]


def _arrays(sheet: SheetXml) -> list[Box]:
    """The ranges of array formulas and data tables that hold more than one cell."""
    boxes = []
    kinds = (b't="array"', b"t='array'", b't="dataTable"', b"t='dataTable'")
    for at in sheet.occurrences(*kinds):
        begin = sheet.scan.rfind(b"<", sheet.start, at)
        ref = xmltext.attributes(sheet.scan[begin : sheet.scan.index(b">", at) + 1]).get("ref", "")
        try:
            box = split_range(ref)
        except UserError:
            continue
        if box[:2] != box[2:]:
            boxes.append(box)
    return boxes
