"""Charts over a table's columns: their series reach the table's last row, with the values to be seen meanwhile."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from xlplugin.cells import Cell, CellError, Uncalculated, column_letters, split_range
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Box
from xlplugin.hosts.xlsx import opc, serials, xmltext
from xlplugin.hosts.xlsx.package import Package

_FORMULA = re.compile(rb"<((?:[\w.-]+:)?)f(?:\s[^<>]*)?>([^<]*)</")
_CACHE = re.compile(
    rb"<((?:[\w.-]+:)?)(numCache|strCache|multiLvlStrCache)(?:\s[^<>]*)?(?:/>|>.*?</\1\2\s*>)", re.S
)
_FORMAT_CODE = re.compile(
    rb"<(?:[\w.-]+:)?formatCode(?:\s[^<>]*)?>.*?</(?:[\w.-]+:)?formatCode\s*>", re.S
)

ValueAt = Callable[[int, int], Cell]


def follow(
    package: Package,
    sheet_part: str,
    sheet: str,
    old: Box,
    new: Box,
    header_rows: int,
    value_at: ValueAt,
    *,
    date1904: bool,
) -> None:
    """Move the series of the sheet's own charts that cover a data column of a table from its old place to its new."""
    for drawing in opc.related(package, sheet_part, "drawing"):
        for chart in opc.related(package, drawing, "chart"):
            data = package.xml(chart)
            for kind in ("numRef", "strRef", "multiLvlStrRef"):
                for begin, _, end in reversed(list(xmltext.elements(data, kind))):
                    reference = _moved(
                        data[begin:end], sheet, old, new, header_rows, value_at, date1904
                    )
                    data = data[:begin] + reference + data[end:]
            package.replace(chart, data)


def _moved(
    xml: bytes, sheet: str, old: Box, new: Box, header_rows: int, value_at: ValueAt, date1904: bool
) -> bytes:
    """One reference of a series with its cache."""
    found = _FORMULA.search(xml)
    column = _covered_column(xmltext.text_of(found[2]), sheet, old, header_rows) if found else None
    if not found or column is None:
        return xml
    name = xmltext.text_of(found[2]).rpartition("!")[0]
    first, last = new[0] + header_rows, new[2]
    letters = column_letters(column)
    formula = xmltext.plain_text(f"{name}!${letters}${first}:${letters}${last}")
    values = [value_at(row, column) for row in range(first, last + 1)]
    xml = xml[: found.start(2)] + formula + xml[found.end(2) :]
    return _CACHE.sub(lambda cache: _cache(cache, values, date1904), xml, count=1)


def _covered_column(formula: str, sheet: str, table: Box, header_rows: int) -> int | None:
    """The column of a table that a series' formula covers from the first data row to the last; None for any other."""
    name, _, ref = formula.rpartition("!")
    if name.removeprefix("'").removesuffix("'").replace("''", "'") != sheet:
        return None
    try:
        first, left, last, right = split_range(ref)
    except UserError:
        return None
    whole = left == right and (first, last) == (table[0] + header_rows, table[2])
    return left if whole and table[1] <= left <= table[3] else None


def _cache(found: re.Match[bytes], values: list[Cell], date1904: bool) -> bytes:
    """A cache of new values; nothing where a value is not known before Excel calculates it."""
    p, kind = found[1], found[2]
    if kind == b"multiLvlStrCache" or any(isinstance(value, Uncalculated) for value in values):
        return b""
    code = _FORMAT_CODE.search(found[0])
    told = _number if kind == b"numCache" else _text
    points = b"".join(
        b'<%spt idx="%d"><%sv>%s</%sv></%spt>' % (p, at, p, xmltext.plain_text(text), p, p)
        for at, value in enumerate(values)
        if (text := told(value, date1904)) is not None
    )
    head = (code[0] if code else b"") + b'<%sptCount val="%d"/>' % (p, len(values))
    return b"<%s%s>%s%s</%s%s>" % (p, kind, head, points, p, kind)


def _number(value: Cell, date1904: bool) -> str | None:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return str(value) if isinstance(value, CellError) and value == "#N/A" else None
    if isinstance(value, dt.date):
        return str(serials.to_serial(value, date1904))
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)


def _text(value: Cell, date1904: bool) -> str | None:
    if value is None:
        return None
    number = None if isinstance(value, str) else _number(value, date1904)
    return str(value) if number is None else number.removesuffix(".0")
