"""How far a sheet reaches, looked at before a reader lays it all out in memory: sizes follow what is there, not where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from xlplugin.cells import MAX_COLUMN, MAX_ROW, Cell, column_number
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Place
from xlplugin.hosts.xlsx import addresses
from xlplugin.hosts.xlsx.sheetxml import SheetXml

LARGEST_AREA = 40_000_000
"""The places from a sheet's top left to its last cells: a million projects with 25 columns, and some."""

_HARMLESS, _SCATTERED = 4_000_000, 4
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 10


def is_scattered(sheet: SheetXml) -> bool:
    """Whether the cells stand so far apart that most of what lies between is nothing. Raises UserError beyond Excel's range."""
    if addresses.is_near(sheet):
        return False
    filled = _filled(sheet.prefix)
    rows, columns, number = {1}, {"A"}, 0
    for begin in range(sheet.start, sheet.end, _CHUNK):
        end = min(begin + _CHUNK + _LONGEST_TAG, sheet.end)
        for letters, digits in set(filled.findall(sheet.scan, begin, end)):
            rows.add(int(digits))
            columns.add(letters.decode())
            number += 1
    last_row, last_column = max(rows), max(map(column_number, columns))
    if last_row > MAX_ROW or last_column > MAX_COLUMN:
        raise UserError(addresses.BEYOND)
    area = last_row * last_column
    if area > _HARMLESS and area > _SCATTERED * number:
        return True
    if area > LARGEST_AREA:
        raise _too_large(last_row, last_column)
    return False


def gathered(sheet: SheetXml) -> tuple[bytes, list[Place]]:
    """A scattered sheet with its filled cells one below the other, and where they stand."""
    places: list[Place] = []
    number = count(1)

    def below(found: re.Match[bytes]) -> bytes:
        places.append((int(found[2]), column_number(found[1].decode())))
        start = found.start()
        address_at, address_end = found.start(1) - start, found.end(2) - start
        return b"%sA%d%s" % (found[0][:address_at], next(number), found[0][address_end:])

    inside = _filled(sheet.prefix).sub(below, sheet.data[sheet.start : sheet.end])
    lengths: dict[int, int] = {}
    for row, column in places:
        lengths[row] = max(column, lengths.get(row, 0))
    if sum(lengths.values()) > LARGEST_AREA:
        raise _too_large(max(lengths), max(lengths.values()))
    return sheet.data[: sheet.start] + inside + sheet.data[sheet.end :], places


def spread(rows: list[list[Cell]], places: list[Place]) -> Iterator[tuple[Place, Cell]]:
    """What `gathered` put one below the other, each with its place."""
    for place, line in zip(places, rows, strict=False):
        if line:
            yield place, line[0]


def _too_large(rows: int, columns: int) -> UserError:
    return UserError(f"用到了第 {rows} 行、第 {columns} 列，请删除表格之外零散的内容后另存再试。")


def _filled(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%sc r=\"([A-Z]+)(\d+)\"(?:[^<>]*[^<>/])?>" % re.escape(prefix))
