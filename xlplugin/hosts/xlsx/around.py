"""What stands around a worksheet's cells: its dimension, column formats, merges, and arrays not to be torn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from xlplugin.cells import split_range
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Box, Place, range_text
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_BEFORE_MERGES = (
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
)


def with_dimension(head: bytes, changed: Collection[Place]) -> bytes:
    """What stands before the cells, with a dimension (where there is one) that takes in the cells written."""
    found = xmltext.tag_pattern("dimension").search(xmltext.masked(head))
    if not found or not changed:
        return head
    try:
        box = split_range(xmltext.attributes(found[0]).get("ref", ""))
    except UserError:
        return head
    rows, columns = [row for row, _ in changed], [column for _, column in changed]
    grown = min(box[0], *rows), min(box[1], *columns), max(box[2], *rows), max(box[3], *columns)
    if grown == box:
        return head
    tag = xmltext.with_attributes(head[slice(*found.span())], {"ref": range_text(grown)})
    return head[: found.start()] + tag + head[found.end() :]


def with_merges(data: bytes, part: str, merges: Sequence[str]) -> bytes:
    """A worksheet with more merged ranges."""
    sheet = SheetXml(data, part)
    p = sheet.prefix
    new = b"".join(b'<%smergeCell ref="%s"/>' % (p, text.encode()) for text in merges)
    start = sheet.end if sheet.is_empty_tag else sheet.scan.index(b">", sheet.end) + 1
    found = next(xmltext.elements(data, "mergeCells", start), None)
    if found and found[1] != found[2]:
        begin, inner, end = found
        count = len(xmltext.tag_pattern("mergeCell").findall(data, inner, end)) + len(merges)
        tag = xmltext.with_attributes(data[begin:inner], {"count": str(count)})
        at = data.rindex(b"</", inner, end)
        return data[:begin] + tag + data[inner:at] + new + data[at:]
    whole = b'<%smergeCells count="%d">%s</%smergeCells>' % (p, len(merges), new, p)
    if found:
        return data[: found[0]] + whole + data[found[2] :]
    at = max(
        [
            start,
            *(end for name in _BEFORE_MERGES for _, _, end in xmltext.elements(data, name, start)),
        ]
    )
    return data[:at] + whole + data[at:]


def without_merges(data: bytes, part: str) -> bytes:
    """A worksheet in which nothing is merged."""
    for begin, _, end in xmltext.elements(data, "mergeCells", SheetXml(data, part).end):
        return data[:begin] + data[end:]
    return data


def with_widths(data: bytes, part: str, widths: Mapping[int, float]) -> bytes:
    """A worksheet whose first columns are so wide, whatever its columns were before."""
    sheet = SheetXml(data, part)
    p = sheet.prefix
    columns = b"".join(
        b'<%scol min="%d" max="%d" width="%g" customWidth="1"/>' % (p, column, column, width)
        for column, width in sorted(widths.items())
    )
    begin, end = sheet.tag[0], sheet.tag[0]
    for first, _, last in xmltext.elements(data[: sheet.tag[0]], "cols", 0):
        begin, end = first, last
    return data[:begin] + b"<%scols>%s</%scols>" % (p, columns, p) + data[end:]


def column_styles(sheet: SheetXml) -> list[tuple[int, ...]]:
    """First column, last column, cell format of the columns that have one."""
    head = sheet.scan[: sheet.tag[0]]
    columns = [xmltext.attributes(tag) for tag in xmltext.tag_pattern("col").findall(head)]
    return [
        tuple(xmltext.number(each, name) for name in ("min", "max", "style"))
        for each in columns
        if "style" in each
    ]


def arrays(sheet: SheetXml) -> list[Box]:
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
