"""A table of the bulletin as WordprocessingML: its columns' widths, the repeated head, rows that span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.measure import is_number, width
from xlplugin.render.docx.lines import balanced
from xlplugin.render.docx.page import LANDSCAPE, PORTRAIT, Page, twips
from xlplugin.render.docx.paragraph import run_xml, text_xml
from xlplugin.render.docx.styles import TABLE_POINTS

EM = twips(TABLE_POINTS)
PADDING = 2 * 57 + 50
"""A cell's own margins in twips, and a little for the line between."""

DIGIT = 0.64
"""A digit's width at most; a number must never be broken."""

NARROW = 8
"""Columns of up to so many characters are never made narrower than what stands in them."""


def page_of(table: PrintedTable) -> Page:
    """Upright where the table's columns find room; turned where they must be squeezed."""
    squeezed = (min(need, NARROW * EM + PADDING) for need in _needs(table))
    return PORTRAIT if sum(squeezed) <= PORTRAIT.text_width else LANDSCAPE


def table_xml(table: PrintedTable, room: int) -> str:
    """The w:tbl, as wide as the room in twips; every width is written thrice, as Word, WPS and LibreOffice each want it."""
    widths = _widths(_needs(table), room)
    count = len(widths)
    aligned = [_alignment(_column(table, at)) for at in range(count)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [
        "\n".join(balanced(text, max((wide - PADDING) / EM, 1)))
        for text, wide in zip(_filled(table.head, count), widths, strict=True)
    ]
    rows = [_row(map(_cell, heads, widths, repeat("TableHead"), repeat("center")), head=True)]
    for row in table.rows:
        if len(row) == 1 < count:
            rows.append(_row([_cell(row[0], room, "TableGroup", "left", count)]))
        else:
            rows.append(_row(map(_cell, _filled(row, count), widths, repeat("TableText"), aligned)))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _column(table: PrintedTable, at: int) -> list[str]:
    return [
        row[at] for row in table.rows if len(row) > max(at, 1) or (len(row) == 1 == len(table.head))
    ]


@lru_cache(maxsize=8)
def _needs(table: PrintedTable) -> list[int]:
    """What each column would like, in twips: its cells in one line, its heading in two of whole words."""
    count = max(1, len(table.head), *map(len, table.rows))
    return [
        int(max(_half(text), *(width(cell, DIGIT) for cell in _column(table, at)), 1.0) * EM)
        + PADDING
        for at, text in enumerate(_filled(table.head, count))
    ]


def _half(heading: str) -> float:
    size = width(heading)
    return size if size <= 3 else max(width(line) for line in balanced(heading, size / 2 + 1))


def _widths(needs: Sequence[int], room: int) -> list[int]:
    """Widths that fill the room: the widest columns give way first, what is over goes to all in proportion."""
    caps = range(1, max(needs) + 1)
    cap = max(bisect_right(caps, room, key=lambda cap: sum(min(need, cap) for need in needs)), 1)
    widths = [min(need, cap) for need in needs]
    widths = [wide * room // sum(widths) for wide in widths]
    widths[widths.index(max(widths))] += room - sum(widths)
    return widths


def _alignment(cells: Sequence[str]) -> str:
    """Numbers right, short words centred, texts left."""
    if all(width(cell) <= 2 for cell in cells):
        return "center"
    if all(map(is_number, cells)):
        return "right"
    return "center" if all(width(cell) <= NARROW for cell in cells) else "left"


def _filled(row: Sequence[str], count: int) -> Iterator[str]:
    yield from row
    yield from [""] * (count - len(row))


def _row(cells: Iterable[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, wide: int, style: str, align: str, span: int = 1) -> str:
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    run = run_xml(text_xml(text)) if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{spanning}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p></w:tc>'
    )
