"""Excel tables of a sheet: their labels, and moving one's last row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplugin.book import Span
from xlplugin.cells import address, split_range
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Box, Place, overlap, range_text
from xlplugin.hosts.xlsx import opc, xmltext
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_REF = re.compile(rb"(\sref\s*=\s*[\"'])([^\"']+)")
_SQREF = re.compile(rb"(\ssqref\s*=\s*[\"'])([^\"']+)")
_XM_SQREF = re.compile(rb"(<(?:[\w.-]+:)?sqref(?:\s[^<>]*)?>)([^<]+)")
_FOLLOWING = ("conditionalFormatting", "dataValidation")


@dataclass(frozen=True)
class ListObject:
    """An Excel table as its part declares it."""

    part: str
    names: frozenset[str]
    box: Box
    header_rows: int
    total_rows: int

    @property
    def labels(self) -> frozenset[Place]:
        """Cells whose text the part repeats: another text there makes Excel call the file damaged."""
        first, left, last, right = self.box
        rows = [
            *range(first, first + self.header_rows),
            *range(last - self.total_rows + 1, last + 1),
        ]
        return frozenset((row, column) for row in rows for column in range(left, right + 1))


def of_sheet(package: Package, sheet_part: str) -> list[ListObject]:
    """The tables of a worksheet."""
    tables = []
    for part in opc.related(package, sheet_part, "table"):
        tag = xmltext.tag_pattern("table").search(xmltext.masked(package.xml(part)))
        attrs = xmltext.attributes(tag[0]) if tag else {}
        try:
            box = split_range(attrs.get("ref", ""))
        except UserError:
            continue
        names = frozenset(attrs[key] for key in ("displayName", "name") if key in attrs)
        header, totals = (  # Excel knows one row or none
            min(xmltext.number(attrs, "headerRowCount", 1), 1),
            min(xmltext.number(attrs, "totalsRowCount"), 1),
        )
        tables.append(ListObject(part, names, box, header, totals))
    return tables


def new_box(sheet: str, table: ListObject, span: Span, others: list[ListObject]) -> Box:
    """Where a table lies after the writing. Raises UserError where it cannot reach so far."""
    first, left, _, right = table.box
    box = first, left, max(span.last_row, first + max(table.header_rows, 1)), right
    if box == table.box:
        return box
    if table.total_rows:
        raise UserError(
            f"「{sheet}」的表格 {span.table} 带有汇总行，行数无法随数据增减，请先取消汇总行再重试。"
        )
    for other in others:
        if other.part != table.part and overlap(other.box, box):
            raise UserError(
                f"「{sheet}」的表格 {span.table} 需延长到第 {box[2]} 行，会碰到位于 {range_text(other.box)} 的另一表格，"
                "请先移开该表格再重试。"
            )
    return box


def resize(package: Package, table: ListObject, box: Box) -> None:
    """Give the table, its filter and its sorting their new last row."""
    data = package.xml(table.part)
    old = table.box[2]

    def follow(found: re.Match[bytes]) -> bytes:
        return found[1] + _followed(found[2].decode(), old, box[2]).encode()

    for tag in ("table", "autoFilter", "sortState", "sortCondition"):
        data = xmltext.tag_pattern(tag).sub(lambda found: _REF.sub(follow, found[0], count=1), data)
    package.replace(table.part, data)


def _followed(ref: str, old: int, new: int) -> str:
    try:
        first, left, last, right = split_range(ref)
    except UserError:
        return ref
    return f"{address(first, left)}:{address(max(new, first), right)}" if last == old else ref


def ranges_follow(data: bytes, part: str, table: ListObject, last_row: int) -> bytes:
    """A worksheet whose validations and formats over whole columns of a table reach the table's new last row."""
    sheet = SheetXml(data, part)
    first, left, old, right = table.box
    body = first + table.header_rows

    def follow(found: re.Match[bytes]) -> bytes:
        return found[1] + " ".join(map(fit, found[2].decode().split())).encode()

    def fit(ref: str) -> str:
        try:
            box = split_range(ref)
        except UserError:
            return ref
        whole = box[2] == old and box[0] <= body and box[1] <= right and left <= box[3]
        return range_text((box[0], box[1], max(last_row, box[0]), box[3])) if whole else ref

    tail = data[sheet.end :]
    for name in _FOLLOWING:
        tail = xmltext.tag_pattern(name).sub(
            lambda found: _SQREF.sub(follow, found[0], count=1), tail
        )
        for _, inner, end in reversed(list(xmltext.elements(tail, name))):
            tail = tail[:inner] + _XM_SQREF.sub(follow, tail[inner:end]) + tail[end:]
    return data[: sheet.end] + tail
