"""The sheets beside the ledger: left alone where they are of another shape; 月度完成 of each month's own amounts is told by the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

import numpy as np

from xlplugin.book import Book
from xlplugin.reading.questions import remark
from xlplugin.schema import Sheet
from xlplugin.schema.keys import MONTH_KEYS, MonthKey
from xlplugin.tables import MissingColumn, Table, empty, find, read_optional

NEAR = 2.5
"""How many times more or less than an even month's share still looks like one month's amount."""


def read(book: Book, sheet: Sheet) -> Table:
    """A table that a workbook may lack; a sheet of that name but of another shape is the clerk's own: it is left, and said."""
    try:
        return read_optional(book, sheet)
    except MissingColumn as reason:
        title = (find(book, sheet) or (sheet.title,))[0]
        found = f"这张表不是程序的样子，没有使用：{reason}".rstrip("。")
        left = remark(title, "", "", "", found, "自己用的表可以不管")
        return replace(empty(sheet), title=title, problems=(left,))


def settled(table: Table, month: int, done: Mapping[int, int]) -> Table:
    """The table with cumulative months. `done`: this year's amount (分) of each of its rows whose project is known.

    Each month's own amounts are added up where every month up to the last is there; else the table is left alone, and said.
    """
    before = MONTH_KEYS[: month - 1]
    if month < 3 or not len(table) or not _own(table, before, done):
        return table
    arrays = [table.data[key] for key in before]
    complete = all(not np.isnan(array).any() for array in arrays)
    place = remark(table.title, table.address(table.header.row, before[-1]), "", *_SAID[complete])
    if not complete:
        return replace(empty(table.sheet), title=table.title, problems=(place,))
    summed = np.cumsum(np.stack(arrays), axis=0)
    more = dict(zip(before, summed, strict=True))
    return replace(table, data=table.data.plus(dict(more)), problems=(*table.problems, place))


_SAID = {
    True: ("应为1月至该月的累计数", "看数字是每月各自完成的，已逐月相加", "不是的话，请改为累计数"),
    False: (
        "应为1月至该月的累计数",
        "看数字是每月各自完成的，又缺了几个月，没有用来与上月比较",
        "请补齐各月，或改为累计数",
    ),
}


def _own(table: Table, before: Sequence[MonthKey], done: Mapping[int, int]) -> bool:
    """Whether the months look like each month's own: they fall again, or the last one is about an even month's share."""
    falls = rows = 0
    last = year = 0
    for row, *amounts in table.lines(*before):
        said = [amount for amount in amounts if amount is not None]
        if len(said) >= 2:
            rows += 1
            falls += any(b < a for a, b in zip(said, said[1:], strict=False))
        if amounts and amounts[-1] is not None and done.get(row):
            last += amounts[-1]
            year += done[row]
    month = len(before) + 1
    share = last / year if year else 0.0
    even = share > 0 and abs(log(share * month)) < log(NEAR) and _nearer(share, month)
    return bool(rows) and (even or (3 * falls >= rows and share * month < month / 2))


def _nearer(share: float, month: int) -> bool:
    """Whether a share of the year's amount is nearer to one month's than to all months' before this one."""
    return abs(log(share * month)) < abs(log(share * month / (month - 1)))
