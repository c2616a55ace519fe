"""Where rows and cells say that they stand, in the one form that the reader neither falls over nor mistakes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlplugin.cells import MAX_COLUMN, MAX_ROW, column_letters, column_number
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.package import DAMAGED
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_CELL = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?0*([1-9]\d{0,6})\s*")
_BEYOND = re.compile(r"[A-Za-z]+[1-9]\d*")
_ROW = re.compile(r"\s*0*([1-9]\d{0,6})\s*")
_PLAIN_CELL = rb" r=\"[A-Z]{1,3}[1-9]\d{0,6}\"[^'<>]*>"
_NEAR_CELL = rb" r=\"(?:[A-Z](?:1\d{5}|[1-9]\d{0,4})|[A-Z]{2}[1-9]\d{0,3})\"[^'<>]*>"
_PLAIN_ROW = rb" r=\"[1-9]\d{0,6}\"[^'<>]*>"
BEYOND = f"有超出 Excel 范围的单元格，{DAMAGED}"


class _Patterns(NamedTuple):
    not_near: re.Pattern[bytes]
    odd_cell: re.Pattern[bytes]
    odd_row: re.Pattern[bytes]
    tag: re.Pattern[bytes]


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    return _Patterns(
        re.compile(rb"<%sc(?!%s)(?=[\s/>])" % (p, _NEAR_CELL)),
        re.compile(rb"<%sc(?!%s)(?=[\s/>])" % (p, _PLAIN_CELL)),
        re.compile(rb"<%srow(?!%s)(?=[\s/>])" % (p, _PLAIN_ROW)),
        re.compile(rb"<%s(row|c)(?=[\s/>])((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)>" % p),
    )


def is_near(sheet: SheetXml) -> bool:
    """Whether no cell stands beyond row 199999, beyond column Z from row 10000 on, or beyond ZZ; one look at each."""
    return sheet.is_common or not _patterns(sheet.prefix).not_near.search(
        sheet.scan, sheet.start, sheet.end
    )


def plain(sheet: SheetXml) -> bytes | None:
    """The sheet with every row and cell saying where it stands, plainly; None where they all do.

    Raises UserError for an address that no sheet has.
    """
    if sheet.is_common:
        return None
    patterns, area = _patterns(sheet.prefix), (sheet.scan, sheet.start, sheet.end)
    is_plain = is_near(sheet) or not patterns.odd_cell.search(*area)
    if is_plain and not patterns.odd_row.search(*area):
        return None
    row = column = 0

    def said(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        attrs = dict(xmltext.attributes(found[0]))
        given = attrs.pop("r", None)
        if found[1] == b"row":
            row, column = _row(given) if given is not None else row + 1, 0
            place = str(row)
        else:
            at, column = _cell(given) if given is not None else (row, column + 1)
            place = f"{column_letters(column)}{at}" if column <= MAX_COLUMN else ""
            row = row or 1
        if row > MAX_ROW or column > MAX_COLUMN:
            raise UserError(BEYOND)
        others = "".join(f" {name}={xmltext.quoted(value)}" for name, value in attrs.items())
        end = "/>" if found[0].endswith(b"/>") else ">"
        name = (sheet.prefix + found[1]).decode()
        return f'<{name} r="{place}"{others}{end}'.encode()

    inside = patterns.tag.sub(said, sheet.data[sheet.start : sheet.end])
    return sheet.data[: sheet.start] + inside + sheet.data[sheet.end :]


def _row(said: str) -> int:
    if not (found := _ROW.fullmatch(said)):
        raise UserError(f"有一行的行号是「{said[:20]}」，{DAMAGED}")
    return int(found[1])


def _cell(said: str) -> tuple[int, int]:
    if not (found := _CELL.fullmatch(said)):
        if _BEYOND.fullmatch(said):
            raise UserError(BEYOND)
        raise UserError(f"有一个单元格的地址是「{said[:20]}」，{DAMAGED}")
    row, column = int(found[2]), column_number(found[1].upper())
    if row > MAX_ROW or column > MAX_COLUMN:
        raise UserError(BEYOND)
    return row, column
