"""Whether rows and cells are listed once, each in its place: Excel repairs a sheet where they are not, and programs read it variously."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xlplugin.cells import address
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.sheetxml import SheetXml


def check(
    name: str, sheet: SheetXml, rows: Sequence[tuple[int, re.Match[bytes]]], *, anew: bool
) -> None:
    """Raises UserError where what is written could stand beside what was there before.

    `anew`: rows are put together anew, so that no old cell stays; `check_row` is for those that are not.
    """
    for (before, _), (number, _) in pairwise(rows):
        if number <= before:
            raise _refusal(name, f"第 {number} 行重复或次序颠倒")
    if anew:
        return
    plain = re.compile(rb"<%sc r=\"([A-Z]+)(\d+)\"" % re.escape(sheet.prefix))
    single: set[tuple[bytes, ...]] = set()
    for number, tag in rows:
        begin, end = sheet.row_end(tag)
        found = plain.findall(sheet.scan, begin, end)
        columns, digits = zip(*found, strict=True) if found else ((), ())
        is_known = columns in single and set(digits) <= {b"%d" % number}
        if not is_known or len(found) != sheet.scan.count(b"<%sc" % sheet.prefix, begin, end):
            check_row(name, sheet, number, begin, end)
            single.add(columns)


def check_row(name: str, sheet: SheetXml, number: int, begin: int, end: int) -> None:
    """Raises UserError where a row lists a cell twice, or one of another row."""
    columns: set[int] = set()
    for column, at, _ in sheet.cells(begin, end):
        row, _ = sheet.place(at)
        if row != number:
            raise _refusal(name, f" {address(row, column)} 列在第 {number} 行里")
        if column in columns:
            raise _refusal(name, f" {address(row, column)} 重复")
        columns.add(column)


def _refusal(name: str, what: str) -> UserError:
    return UserError(
        f"「{name}」的{what}，写入后新旧数值可能并存。请在 Excel 中打开、修复后另存为 .xlsx 再试。"
    )
