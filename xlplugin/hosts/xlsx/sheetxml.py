"""A worksheet's XML: where its cells are, found by scanning, since a large sheet has millions of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from xlplugin.cells import MAX_COLUMN, CellError, column_letters, column_number
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Place
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.formulas import moved

_R = re.compile(rb"\sr\s*=\s*[\"']\s*\$?([A-Za-z]*)\$?(\d+)")
_COMMON = (
    rb"(?:<%srow r=\"[1-9]\d{0,6}\""
    rb"(?: (?!r=|xmlns)((?:x14ac:)?[a-zA-Z]+)=\"[\w.: -]*+\"(?![^<>]* \1=)){0,20}+(?:/>|>(?:"
    rb"<%sc r=\"[A-Z](?:[1-9]\d{0,4}+\"|1\d{5}\"|[A-Z][1-9]\d{0,3}\")(?: s=\"\d++\")?+"
    rb"(?: t=\"s\"><%sv>\d{1,9}+</%sv></%sc>|(?: t=\"n\")?+><%sv>[-+.\dE]++</%sv></%sc>|/>)"
    rb")*+</%srow>))*+"
)
"""Rows and cells as Excel, WPS and xlsxwriter write what was typed in, well-formed: each closed, no attribute twice, nothing that
could mean another character. `++` leaves nothing to go back to, which takes memory."""
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d")

LONGEST_FORMULA = 8192


class SheetXml:
    """The bytes of a worksheet and what can be found in them. Raises UserError where there is no sheet data."""

    def __init__(self, data: bytes, part: str) -> None:
        self.data, self.part = data, part
        self.scan = scan = xmltext.masked(data)
        found = re.search(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])[^<>]*>", scan)
        if not found:
            raise UserError(f"部件 {part} 的{xmltext.BAD_XML}")
        self.prefix = found[1]
        self.tag = found.span()
        self.start = self.end = found.end()
        self.is_empty_tag = found[0].endswith(b"/>")
        if not self.is_empty_tag:
            self.end = scan.rfind(b"</" + self.prefix + b"sheetData", found.end())
            if self.end < 0:
                raise UserError(f"部件 {part} 的{xmltext.BAD_XML}")
        self._common_to, self._is_odd = self.start, False
        self.row_tag = re.compile(rb"<" + self.prefix + rb"row(?=[\s/>])[^<>]*>")
        self.cell_tag = re.compile(rb"<" + self.prefix + rb"c(?=[\s/>])[^<>]*>")

    @property
    def is_common(self) -> bool:
        """Whether there is nothing but numbers, shared texts by their numbers and empty cells, all saying plainly where they stand.

        None is beyond row 199999, beyond column Z from row 10000 on, or beyond ZZ. One look at a large sheet saves ten.
        """
        return self.is_common_until(self.end)

    def is_common_until(self, end: int) -> bool:
        """Whether so much can be said of the rows up to a place between two of them."""
        if end > self._common_to and not self._is_odd:
            self._is_odd = not self._common.fullmatch(self.scan, self._common_to, end)
            self._common_to = self._common_to if self._is_odd else end
        return end <= self._common_to

    @cached_property
    def _common(self) -> re.Pattern[bytes]:
        return re.compile(_COMMON.replace(b"%s", re.escape(self.prefix)))

    @property
    def proven(self) -> tuple[int, int] | None:
        """Where the rows begin and end, if `is_common` has shown that they are well-formed: 0.4 s less of looking for 100,000 projects."""
        is_plain = self.data[slice(*self.tag)] == b"<" + self.prefix + b"sheetData>"
        if not is_plain or not self.is_common:
            return None
        is_declared = self.data.find(b" xmlns:x14ac=", 0, self.start) >= 0  # else nobody may say it
        is_said = not is_declared and self.data.find(b" x14ac:", self.start, self.end) >= 0
        return None if is_said else (self.start, self.end)

    def rows(self) -> Iterator[tuple[int, re.Match[bytes]]]:
        """Row numbers with their opening tags; a row without a number follows the one before."""
        number = 0
        for tag in self.row_tag.finditer(self.scan, self.start, self.end):
            found = _R.search(tag[0])
            number = int(found[2]) if found else number + 1
            yield number, tag

    def row_end(self, tag: re.Match[bytes]) -> tuple[int, int]:
        """Where a row's cells begin and end."""
        if tag[0].endswith(b"/>"):
            return tag.end(), tag.end()
        end = self.scan.find(b"</" + self.prefix + b"row", tag.end(), self.end)
        return tag.end(), self.end if end < 0 else end

    def cells(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Column, begin and end of the cells between two places of one row."""
        column, at = 0, begin
        close = b"</" + self.prefix + b"c"
        while tag := self.cell_tag.search(self.scan, at, end):
            found = _R.search(tag[0])
            column = column_number(found[1].decode().upper()) if found and found[1] else column + 1
            at = tag.end()
            if not tag[0].endswith(b"/>"):
                at = self._closed(close, at, end)
            yield column, tag.start(), at

    def cell_end(self, inner: int) -> int:
        """Where a cell ends whose content begins at `inner`."""
        return self._closed(b"</" + self.prefix + b"c", inner, self.end)

    def _closed(self, close: bytes, at: int, end: int) -> int:
        while (found := self.scan.find(close, at, end)) >= 0:
            at = found + len(close)
            if self.scan[at : at + 1] in (b">", b" ", b"\n", b"\t", b"\r"):
                return self.scan.index(b">", at) + 1
        return end

    def place(self, at: int) -> Place:
        """Row and column of the cell whose tag begins at `at`."""
        found = _R.search(self.scan[at : self.scan.find(b">", at) + 1])
        if found and found[1]:
            return int(found[2]), column_number(found[1].decode().upper())
        return self._counted[at]

    @cached_property
    def _counted(self) -> dict[int, Place]:
        """Places by counting, for sheets whose writer left the addresses out."""
        return {
            at: (number, column)
            for number, tag in self.rows()
            for column, at, _ in self.cells(*self.row_end(tag))
        }

    def cell_around(self, at: int, since: int = 0) -> int | None:
        """Where the cell's tag begins that holds the byte at `at`, none before `since`; None where none does."""
        opening, first = b"<" + self.prefix + b"c", max(self.start, since)
        begin = self.scan.rfind(opening, first, at)
        while begin >= 0 and self.scan[begin + len(opening)] not in b" >/\n\t\r":
            begin = self.scan.rfind(opening, first, begin)
        return None if begin < 0 else begin

    def occurrences(self, *words: bytes) -> Iterator[int]:
        """Where any of some words stands among the cells."""
        for word in words:
            if self._lacks(word[:1]) or self._lacks(word[-1:]):
                continue
            at = self.scan.find(word, self.start, self.end)
            while at >= 0:
                yield at
                at = self.scan.find(word, at + 1, self.end)

    def _lacks(self, letter: bytes) -> bool:
        """Whether a letter stands nowhere among the cells: the search for one is ten times faster."""
        return self.scan.find(letter, self.start, self.end) < 0

    def of_type(self, kind: bytes) -> Iterator[tuple[int, int]]:
        """Begin of the tag and of the content of the cells of a type, such as e."""
        for at in self.occurrences(b't="' + kind + b'"', b"t='" + kind + b"'"):
            begin = self.scan.rfind(b"<", self.start, at)
            tag = self.cell_tag.match(self.scan, begin, self.end)
            if tag and tag.end() > at:
                yield begin, tag.end()

    def errors(self) -> dict[Place, CellError | None]:
        """Error values by place, also those that the reader does not know; None for a picture, and where none is said."""
        found: dict[Place, CellError | None] = {}
        if self.is_common:
            return found
        value = re.compile(rb"<" + self.prefix + rb"v(?:\s[^<>]*)?>([^<]*)<")
        for begin, inner in self.of_type(b"e"):
            end = inner
            if not self.scan.startswith(b"/>", inner - 2):
                end = self.cell_end(inner)
            text = value.search(self.scan, inner, end)
            said = xmltext.text_of(text[1]).strip() if text else ""
            is_error = said and not self._is_picture(begin, inner, end)
            found[self.place(begin)] = CellError(said) if is_error else None
        return found

    def _is_picture(self, begin: int, inner: int, end: int) -> bool:
        """Whether a cell's error only stands for a picture in it: Excel's has no formula but IMAGE, WPS's has DISPIMG."""
        if self.scan.find(b"<" + self.prefix + b"f", inner, end) < 0:
            return self.scan.find(b" vm=", begin, inner) >= 0
        return any(self.scan.find(word, inner, end) >= 0 for word in (b"IMAGE(", b"DISPIMG("))

    @cached_property
    def shared(self) -> dict[bytes, tuple[Place, str]]:
        """The masters of shared formulas by their number: where they are, what they say."""
        pattern = re.compile(
            rb"<" + self.prefix + rb"f\s([^<>]*\bt=[\"']shared[\"'][^<>]*[^<>/])>([^<]*)<"
        )
        masters = {}
        for found in pattern.finditer(self.scan, self.start, self.end):
            number = re.search(rb"\bsi=[\"'](\d+)", found[1])
            at = self.cell_around(found.start())
            if number and at is not None and found[2]:
                masters[number[1]] = (
                    self.place(at),
                    xmltext.text_of(self.data[found.start(2) : found.end(2)]),
                )
        return masters

    def formula(
        self, place: Place, attrs: bytes, text: bytes, *, longest: int = LONGEST_FORMULA
    ) -> str:
        """What a formula says at its place; a part of a shared one is worked out, or told as the first says it where it is longer."""
        number = re.search(rb"\bsi=[\"'](\d+)", attrs) if not text and b"shared" in attrs else None
        if not number:
            return xmltext.text_of(text)
        (row, column), said = self.shared.get(number[1], (place, ""))
        return moved(said, place[0] - row, place[1] - column) if len(said) <= longest else said

    def spots(
        self, number: int, begin: int, end: int, columns: list[int]
    ) -> dict[int, tuple[int, int]]:
        """Where the row's cells of some columns are, or where they would have to stand."""
        quick = self._quick_spots(number, begin, end, columns)
        if quick is not None:
            return quick
        present = list(self.cells(begin, end))
        spots = {column: (first, last) for column, first, last in present}
        for column in columns:
            if column not in spots:
                at = next((first for here, first, _ in present if here > column), end)
                spots[column] = at, at
        return {column: spots[column] for column in columns}

    def _quick_spots(
        self, number: int, begin: int, end: int, columns: list[int]
    ) -> dict[int, tuple[int, int]] | None:
        """The same by looking for addresses alone, as most files write them; None where that does not tell all."""
        at = begin
        spots: dict[int, tuple[int, int]] = {}
        last: int | None = None
        opening = b"<" + self.prefix + b"c "
        for column in columns:
            found = self.scan.find(
                b' r="%s%d"' % (column_letters(column).encode(), number), at, end
            )
            if found < 0:
                last = self._last_column(begin, end) if last is None else last
                if last >= column:
                    return None
                spots[column] = end, end
                continue
            first = self.scan.rfind(b"<", begin, found)
            if not self.scan.startswith(opening, first) or self.scan.find(b">", first, found) >= 0:
                return None
            close = self.scan.index(b">", found) + 1
            if self.scan[close - 2 : close - 1] != b"/":
                close = self.scan.index(b"</" + self.prefix + b"c>", close) + 4 + len(self.prefix)
            spots[column] = first, close
            at = close
        return spots

    def _last_column(self, begin: int, end: int) -> int:
        """The column of a row's last cell; 0 in an empty row, beyond all columns where it cannot be told."""
        at = self.cell_around(end)
        if at is None or at < begin:
            return 0
        ref = _ADDRESS.search(self.scan[at : self.scan.index(b">", at)])
        return column_number(ref[1].decode()) if ref else MAX_COLUMN + 1
