"""What the reader stumbles over or mistakes, said plainly to it: oddities that Excel, LibreOffice and openpyxl take as they are meant."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from xlplugin.hosts.guards import range_text
from xlplugin.hosts.xlsx import addresses, opc, sheetfacts, xmltext
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.workbook import WORKSHEET, Workbook

_HOMES = {"styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
"""Parts that the reader looks for by their names, beside the workbook's."""

_KINDS = {WORKSHEET, "chartsheet", "dialogsheet"}
"""Kinds of sheets that the reader knows; it takes no workbook with others."""

_ODD_TARGET = re.compile(rb"Target\s*=\s*[\"'][^\"']*(?:\\|\./|//)")
_SIMPLE = re.compile(r"[0-9A-Za-z.+:-]")
"""What numbers, dates and truths are made of: the reader takes such a value up to its first reference only."""
_REFERENCE = re.compile(rb"&#(?:0*[0-9]{1,3}|[xX]0*[0-9A-Fa-f]{1,2});")
"""One that may mean such a character: what writes ASCII only has a thousand others, Chinese ones, on a sheet."""


def sheet(came: SheetXml, *, is_dated: bool = False) -> SheetXml:
    """A worksheet as the reader understands it: as it came where there is nothing odd in it.

    `is_dated`: cells that name no format show dates.
    """
    data, part = xmltext.unhidden(came.data), came.part
    if b"&" in data and b"&#" in data and (said := _REFERENCE.sub(_meant, data)) != data:
        data = said
    found = came if data is came.data else SheetXml(data, part)
    of_cells = (addresses.plain, _without_extensions, _with_bare_values, _with_days)
    dates = (_with_formats,) if is_dated else ()
    for change in (*(() if found.is_common else of_cells), *dates, _with_proper_ranges):
        if (changed := change(found)) is not None:
            found = SheetXml(changed, part)
    return found


def _meant(found: re.Match[bytes]) -> bytes:
    meant = xmltext.unescape(found[0].decode())
    return meant.encode() if _SIMPLE.fullmatch(meant) else found[0]


def _without_extensions(sheet: SheetXml) -> bytes | None:
    if sheet.data.find(b"extLst", sheet.start, sheet.end) < 0:
        return None
    kept, at = [], 0
    for begin, _, end in xmltext.elements(sheet.data, "extLst", sheet.start, sheet.end):
        kept.append(sheet.data[at:begin])
        at = end
    return b"".join((*kept, sheet.data[at:]))


def _with_bare_values(sheet: SheetXml) -> bytes | None:
    """Numbers without white space around them."""
    opening, closing = b"<%sv>" % sheet.prefix, b"</%sv>" % sheet.prefix
    if not any(
        sheet.data.find(blank, sheet.start, sheet.end) >= 0
        and next(sheet.occurrences(opening + blank, blank + closing), None) is not None
        for blank in (b" ", b"\n", b"\r", b"\t")
    ):
        return None
    data = re.sub(rb"(?<=%s)\s+(?=[-+.\d])" % opening, b"", sheet.data)
    return re.sub(rb"(?<=[.\d])\s+(?=%s)" % closing, b"", data)


def _with_days(sheet: SheetXml) -> bytes | None:
    """Dates without time of day and zone, as they are written: no program moves them to another zone."""
    if next(sheet.occurrences(b't="d"', b"t='d'"), None) is None:
        return None
    p = re.escape(sheet.prefix)
    day = re.compile(
        rb"(\st=[\"']d[\"'][^<>]*>(?:<%sf[^<>]*?(?:/>|>[^<]*</%sf>))?<%sv[^<>]*>\s*\d{4}-\d\d-\d\d)[^<]+"
        % (p, p, p)
    )
    return day.sub(rb"\1", sheet.data)


def _with_formats(sheet: SheetXml) -> bytes:
    """Cells that name a format, all of them: the reader takes others for plain numbers."""
    bare = re.compile(rb"(<%sc)(?=[\s/>])(?![^<>]*\ss\s*=)" % re.escape(sheet.prefix))
    inside = bare.sub(rb'\1 s="0"', sheet.data[sheet.start : sheet.end])
    return sheet.data[: sheet.start] + inside + sheet.data[sheet.end :]


def _with_proper_ranges(sheet: SheetXml) -> bytes | None:
    """The dimension and the merges, hints to Excel, without those that are no range of cells."""
    head, tail = sheet.data[: sheet.tag[0]], sheet.data[sheet.end :]
    proper = _proper(head, "dimension"), _proper(tail, "mergeCell")
    if proper == (head, tail):
        return None
    return b"".join((proper[0], sheet.data[sheet.tag[0] : sheet.end], proper[1]))


def _proper(around: bytes, name: str) -> bytes:
    def said(tag: re.Match[bytes]) -> bytes:
        ref = xmltext.attributes(tag[0]).get("ref", "")
        box = sheetfacts.box(ref)
        if box is None:
            return b""
        return (
            tag[0]
            if range_text(box) == ref
            else xmltext.with_attributes(tag[0], {"ref": range_text(box)})
        )

    return xmltext.tag_pattern(name).sub(said, around)


def settle(package: Package) -> None:
    """Have the reader find the parts, whatever they are called and however their names are written."""
    workbook = opc.main_part(package)
    listed = opc.relationships(package, workbook)
    for styles in opc.related(package, workbook, "styles"):
        package.replace(styles, xmltext.settled(package.xml(styles)))
    rels = opc.rels_part(workbook)
    homes = {
        each.target: opc.beside(workbook, _HOMES.get(each.kind, ""))
        for each in listed
        if each.kind in _HOMES and each.target in package
    }
    if all(
        at.casefold() == home.casefold() for at, home in homes.items()
    ) and not _ODD_TARGET.search(package.xml(rels)):
        return
    for at, home in homes.items():
        package.replace(home, package.xml(at))
    package.replace(rels, _listing(workbook, listed, homes))


def with_known_sheets(package: Package) -> Package:
    """A workbook of worksheets, charts and dialogs only: to the reader, macro sheets and modules without a part are charts."""
    workbook = Workbook(package)
    if {entry.kind for entry in workbook.entries} <= _KINDS:
        return package
    chart = opc.type_like(package, workbook.part, "chartsheet")
    odd = {entry.part for entry in workbook.entries if entry.kind not in _KINDS}
    listed = [
        each._replace(type=chart) if each.target in odd else each
        for each in opc.relationships(package, workbook.part)
    ]
    spare = opc.Relationship("kp", "chartsheet", workbook.part, chart)
    other = package.as_it_came()
    other.new = {
        **package.new,
        opc.rels_part(workbook.part): _listing(workbook.part, [*listed, spare], {}),
        workbook.part: workbook.with_ids(spare.id),
    }
    return other


def _listing(workbook: str, listed: Sequence[opc.Relationship], homes: Mapping[str, str]) -> bytes:
    """The workbook's relationships, some of the parts elsewhere."""
    folder = posixpath.dirname(workbook)
    entries = "".join(
        f"<Relationship Id={xmltext.quoted(each.id)} Type={xmltext.quoted(each.type)}"
        f" Target={xmltext.quoted(posixpath.relpath('/' + homes.get(each.target, each.target), '/' + folder))}/>"
        for each in listed
    )
    return opc.listing(entries)
