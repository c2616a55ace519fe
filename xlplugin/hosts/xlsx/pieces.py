"""A large sheet as several small ones: while one is parsed on another core, the one before becomes cells (`values`)."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.hosts.xlsx import newsheet, opc
from xlplugin.hosts.xlsx.package import Package, Streamed
from xlplugin.hosts.xlsx.sheetxml import SheetXml
from xlplugin.hosts.xlsx.workbook import Workbook

PIECE = 2 << 20
"""Bytes of a piece: some three thousand rows, whose cells stay in the processor's cache until they are rows."""


def split(sheet: SheetXml) -> list[tuple[int, int]]:
    """Where the pieces of a worksheet's rows begin and end; none where it is small, or its rows do not say their numbers."""
    cuts = [sheet.start]
    for at in range(sheet.start + PIECE, sheet.end - PIECE // 2, PIECE):
        tag = sheet.row_tag.search(sheet.scan, at, sheet.end)
        if tag is None or b' r="' not in tag[0]:
            return []
        cuts.append(tag.start())
    return list(zip(cuts, [*cuts[1:], sheet.end], strict=True)) if len(cuts) > 1 else []


def as_sheets(
    package: Package, sheet: SheetXml, pieces: list[tuple[int, int]]
) -> tuple[list[str], Package]:
    """The workbook with the pieces as sheets more, and without the rows in the sheet itself: their names, and the package.

    Raises UserError where the file cannot be put together.
    """
    other = package.as_it_came()
    other.new = dict(package.new)
    head, tail = sheet.data[: sheet.start], sheet.data[sheet.end :]
    other.replace(sheet.part, Streamed(head, (), tail))
    workbook = Workbook(other)
    taken = {entry.name.casefold() for entry in workbook.entries}
    names = [name for n in range(len(pieces) + len(taken)) if (name := f"kp{n}") not in taken][
        : len(pieces)
    ]
    for name, (begin, end) in zip(names, pieces, strict=True):
        part = newsheet.free_part(other, workbook)
        opc.add_part(
            other, part, Streamed(head, _slice(sheet.data, begin, end), tail), newsheet.TYPE
        )
        workbook.register(name, part)
    return names, other


def _slice(data: bytes, begin: int, end: int) -> Iterator[bytes]:
    """A part of the data, copied only when it is asked for."""
    yield data[begin:end]
