"""A worksheet's XML: where its cells are, found by scanning, since a large sheet has millions of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from xlplugin.cells import CellError, column_number
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.formulas import moved

Place = tuple[int, int]
_R = re.compile(rb"\sr\s*=\s*[\"']\s*\$?([A-Za-z]*)\$?(\d+)")
_FAR = tuple(
    re.compile(rb"r=" + quote + rb"(?:[A-Za-z]{3,}\d|[A-Za-z]{2}\d{5,}|[A-Za-z]*(?:[2-9]\d{5}|\d{7,}))")
    for quote in (b'"', b"'")
)
_FILLED = re.compile(rb"<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'](?:[^>]*[^>/])?>")
LARGEST_AREA = 40_000_000


class SheetXml:
    """The bytes of a worksheet and what can be found in them. Raises UserError where there is no sheet data."""

    def __init__(self, data: bytes, part: str) -> None:
        self.data, self.part = data, part
        self.scan = scan = xmltext.masked(data)
        found = re.search(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])[^>]*>", scan)
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
        self.row_tag = re.compile(rb"<" + self.prefix + rb"row(?=[\s/>])[^>]*>")
        self.cell_tag = re.compile(rb"<" + self.prefix + rb"c(?=[\s/>])[^>]*>")

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

    def cell_around(self, at: int) -> int | None:
        """Where the cell's tag begins that holds the byte at `at`; None where none does."""
        opening = b"<" + self.prefix + b"c"
        begin = self.scan.rfind(opening, self.start, at)
        while begin >= 0 and self.scan[begin + len(opening)] not in b" >/\n\t\r":
            begin = self.scan.rfind(opening, self.start, begin)
        return None if begin < 0 else begin

    def occurrences(self, *words: bytes) -> Iterator[int]:
        """Where any of some words stands among the cells."""
        for word in words:
            at = self.scan.find(word, self.start, self.end)
            while at >= 0:
                yield at
                at = self.scan.find(word, at + 1, self.end)

    def of_type(self, kind: bytes) -> Iterator[tuple[int, int]]:
        """Begin of the tag and of the content of the cells of a type, such as e."""
        for at in self.occurrences(b't="' + kind + b'"', b"t='" + kind + b"'"):
            begin = self.scan.rfind(b"<", self.start, at)
            tag = self.cell_tag.match(self.scan, begin, self.end)
            if tag and tag.end() > at:
                yield begin, tag.end()

    def errors(self) -> dict[Place, CellError]:
        """Error values by place, also those that the reader does not know."""
        value = re.compile(rb"<" + self.prefix + rb"v(?:\s[^>]*)?>([^<]*)<")
        found = {}
        for begin, inner in self.of_type(b"e"):
            end = self._closed(b"</" + self.prefix + b"c", inner, self.end)
            text = value.search(self.scan, inner, end)
            found[self.place(begin)] = CellError(xmltext.text_of(text[1]).strip() if text else "#N/A")
        return found

    @cached_property
    def shared(self) -> dict[bytes, tuple[Place, str]]:
        """The masters of shared formulas by their number: where they are, what they say."""
        pattern = re.compile(rb"<" + self.prefix + rb"f\s([^>]*\bt=[\"']shared[\"'][^>]*[^>/])>([^<]*)<")
        masters = {}
        for found in pattern.finditer(self.scan, self.start, self.end):
            number = re.search(rb"\bsi=[\"'](\d+)", found[1])
            at = self.cell_around(found.start())
            if number and at is not None and found[2]:
                masters[number[1]] = self.place(at), xmltext.text_of(self.data[found.start(2) : found.end(2)])
        return masters

    def formula(self, place: Place, attrs: bytes, text: bytes) -> str:
        """What a formula says at its place; a part of a shared one is worked out."""
        number = re.search(rb"\bsi=[\"'](\d+)", attrs) if not text and b"shared" in attrs else None
        if not number:
            return xmltext.text_of(text)
        (row, column), said = self.shared.get(number[1], (place, ""))
        return moved(said, place[0] - row, place[1] - column)

    def check_extent(self) -> None:
        """Raises UserError where stray cells at the sheet's far end would make a reader fill the memory."""
        if not any(far.search(self.scan, self.start, self.end) for far in _FAR):
            return
        rows, columns = 1, 1
        for letters, digits in set(_FILLED.findall(self.scan, self.start, self.end)):
            rows, columns = max(rows, int(digits)), max(columns, column_number(letters.decode().upper()))
        for number, tag in self.rows():
            if number > rows and next(self.cells(*self.row_end(tag)), None):
                rows = number
        if rows > 1_048_576 or columns > 16_384:
            raise UserError("有超出 Excel 范围的单元格，文件可能已损坏，请在 Excel 中打开修复后另存为 .xlsx 再试。")
        if rows * columns > LARGEST_AREA:
            raise UserError(f"用到了第 {rows} 行、第 {columns} 列，请删除表格之外零散的内容后另存再试。")
