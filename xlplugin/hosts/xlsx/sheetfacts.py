"""What a check must know of a sheet beside its values: hidden rows, merges, filters, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from xlplugin.book import FORMATTED
from xlplugin.cells import split_range
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Box, Place, range_text
from xlplugin.hosts.links import refers_elsewhere
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']|\sht\s*=\s*[\"']0(?:\.0*)?[\"']")
_HIDDEN_COLUMN = re.compile(
    rb"\shidden\s*=\s*[\"'](?:1|true)[\"']|\swidth\s*=\s*[\"']0(?:\.0*)?[\"']"
)
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)")
_FILTERING = re.compile(rb"<(?:[\w.-]+:)?sheetPr\s[^<>]*\bfilterMode\s*=\s*[\"'](?:1|true)")

_TOLD = 500
"""A shared formula that is longer is not worked out for each of its cells, where it is only to be shown."""


class Formulas(NamedTuple):
    """Formulas without a value, and formulas that refer to another workbook."""

    uncalculated: dict[Place, str]
    elsewhere: dict[Place, str]


def hidden_rows(sheet: SheetXml) -> frozenset[int]:
    """Rows that are hidden, by hand, by a filter or by having no height."""
    if next(sheet.occurrences(b"hidden", b'ht="0', b"ht='0"), None) is None:
        return frozenset()
    return frozenset(number for number, tag in sheet.rows() if _HIDDEN.search(tag[0]))


def hidden_columns(sheet: SheetXml) -> frozenset[int]:
    """Columns that are hidden, by hand or by having no width."""
    found: set[int] = set()
    for tag in xmltext.tag_pattern("col").findall(sheet.scan[: sheet.start]):
        if _HIDDEN_COLUMN.search(tag):
            attrs = xmltext.attributes(tag)
            first, last = xmltext.number(attrs, "min"), xmltext.number(attrs, "max")
            found.update(range(first, min(last, first + 500) + 1))
    return frozenset(found)


def formats(sheet: SheetXml, telling: Mapping[int, str]) -> dict[Place, str]:
    """The number formats, of those that tell something, of the cells in the first rows."""
    found: dict[Place, str] = {}
    for number, tag in islice(sheet.rows() if telling else (), FORMATTED):
        for column, begin, _ in sheet.cells(*sheet.row_end(tag)):
            style = _STYLE.search(sheet.scan, begin, sheet.scan.index(b">", begin))
            if style and (code := telling.get(int(style[1]))):
                found[number, column] = code
    return found


def filled(sheet: SheetXml, styles: Iterable[int]) -> list[Place]:
    """The cells that hold something and have one of some cell formats."""
    if not (wanted := b"|".join(b"%d" % style for style in sorted(styles))):
        return []
    tags = re.compile(
        rb"<%sc\s(?:[^<>]*?\s)?s=[\"'](?:%s)[\"'](?:[^<>]*[^<>/])?>" % (sheet.prefix, wanted)
    )
    return [sheet.place(tag.start()) for tag in tags.finditer(sheet.scan, sheet.start, sheet.end)]


def merged_ranges(sheet: SheetXml) -> tuple[str, ...]:
    """Merged ranges in the file's order, without what is no range of cells: whole rows, one cell, #REF!."""
    tags = xmltext.tag_pattern("mergeCell").findall(sheet.scan[sheet.end :])
    boxes = (box(xmltext.attributes(tag).get("ref", "")) for tag in tags)
    return tuple(range_text(found) for found in boxes if found and found[:2] != found[2:])


def box(ref: str) -> Box | None:
    """A range of cells as a file says it, its corners in whatever order; None where it is none."""
    try:
        top, left, bottom, right = split_range(ref)
    except UserError:
        return None
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def is_filtered(sheet: SheetXml) -> bool:
    """Whether a filter of the sheet itself (not of a table) has conditions."""
    return bool(_FILTERING.search(sheet.scan[: sheet.start])) or has_conditions(
        sheet.scan[sheet.end :]
    )


def has_conditions(xml: bytes) -> bool:
    """Whether a filter in this XML holds rows back; a column whose button alone is hidden does not."""
    return any(inner != end for _, inner, end in xmltext.elements(xml, "filterColumn"))


def formulas(sheet: SheetXml) -> Formulas:
    """The formulas that must be said something about."""
    p = re.escape(sheet.prefix)
    found = Formulas({}, {})
    if sheet.is_common or next(sheet.occurrences(b"<%sf" % sheet.prefix), None) is None:
        return found
    bare = re.compile(
        rb"<%sf(\s[^<>]*?)?(?:/>|>([^<]*)</%sf\s*>)\s*+(<%sv\s*/>|<%sv\s*>\s*</%sv\s*>)?\s*+</%sc\s*>"
        % (p, p, p, p, p, p)
    )
    for match in bare.finditer(sheet.scan, sheet.start, sheet.end):
        at = sheet.cell_around(match.start())
        if at is None or _is_blank_text(sheet, at, match):
            continue
        place = sheet.place(at)
        found.uncalculated[place] = sheet.formula(
            place, match[1] or b"", sheet.data[slice(*match.span(2))], longest=_TOLD
        )
    said = re.compile(rb"<%sf(?:\s[^<>]*)?>([^<]*\[[^<]*)</" % p)
    for match in said.finditer(sheet.scan, sheet.start, sheet.end):
        text = xmltext.text_of(sheet.data[slice(*match.span(1))])
        at = sheet.cell_around(match.start())
        if at is not None and refers_elsewhere(text):
            found.elsewhere[sheet.place(at)] = text
    linked = (
        {number for number, (_, text) in sheet.shared.items() if refers_elsewhere(text)}
        if found.elsewhere
        else ()
    )
    for number in linked:
        part = re.compile(rb"<%sf\s([^<>]*\bsi=[\"']%s[\"'][^<>]*?)/?>" % (p, number))
        for match in part.finditer(sheet.scan, sheet.start, sheet.end):
            at = sheet.cell_around(match.start())
            if at is not None and (place := sheet.place(at)) not in found.elsewhere:
                found.elsewhere[place] = sheet.formula(place, match[1], b"", longest=_TOLD)
    return found


def _is_blank_text(sheet: SheetXml, at: int, formula: re.Match[bytes]) -> bool:
    """Whether a formula's empty value is a result: a text without characters."""
    tag = sheet.scan[at : sheet.scan.find(b">", at) + 1]
    return bool(formula[3]) and bool(re.search(rb"\st\s*=\s*[\"']str", tag))
