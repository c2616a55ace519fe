"""What no host lets happen to a sheet, said once: writing under a merge, overlapping merges, bad names and values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from xlplugin.book import Put
from xlplugin.cells import Cell, address, column_letters, normal, split_range
from xlplugin.errors import UserError

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
_FORBIDDEN = frozenset("[]:*?/\\")
EARLIEST = dt.date(1900, 3, 1)
EARLIEST_1904 = dt.date(1904, 1, 2)
"""In the other calendar. Its day 0 is a time of day to most programs."""

Place = tuple[int, int]
"""Row and column of a cell, from 1."""

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def range_text(box: Box) -> str:
    """(2, 2, 9, 4) → B2:D9; one cell is named once."""
    first, last = f"{column_letters(box[1])}{box[0]}", f"{column_letters(box[3])}{box[2]}"
    return first if first == last else f"{first}:{last}"


def overlap(one: Box, other: Box) -> bool:
    """Whether two ranges share a cell."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def inside(box: Box, row: int, column: int) -> bool:
    """Whether a cell lies in a range."""
    return box[0] <= row <= box[2] and box[1] <= column <= box[3]


def checked(sheet: str, row: int, column: int, put: Put, *, earliest: dt.date = EARLIEST) -> Cell:
    """A Put's value in normal form. Raises UserError for what no cell can hold: too long a text, too early a date."""
    value = normal(put.value)
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            said = f"文字有 {len(value)} 个字符，超过单元格的上限 {LONGEST_TEXT}，请缩短后重试。"
            raise UserError(f"「{sheet}」{address(row, column)}：{said}")
    elif isinstance(value, dt.date):
        if value < earliest:
            said = f"日期 {value} 早于 {earliest}，Excel 无法表示，请改正后重试。"
            raise UserError(f"「{sheet}」{address(row, column)}：{said}")
    elif isinstance(value, (float, Decimal)) and not math.isfinite(value):
        raise ValueError(f"{address(row, column)}: {value} is no cell value")
    return value


def check_fits(
    sheet: str, column: int, row: int, values: Iterable[Cell], *, earliest: dt.date = EARLIEST
) -> None:
    """`checked` for a column of values from a row downwards; only what may be wrong is looked at closely."""
    for at, value in enumerate(values, start=row):
        kind = value.__class__
        if kind is int or value is None or (kind is str and len(value) <= LONGEST_TEXT):  # type: ignore[arg-type]
            continue
        if kind is float and math.isfinite(value):  # type: ignore[arg-type]
            continue
        checked(sheet, at, column, Put(value), earliest=earliest)


def check_name(name: str, taken: Iterable[str]) -> None:
    """Raises UserError where a new sheet cannot bear a name, or another kind of sheet bears it already."""
    if (
        not name
        or len(name) > LONGEST_NAME
        or _FORBIDDEN & set(name)
        or name[0] == "'"
        or name[-1] == "'"
    ):
        raise UserError(
            f"「{name}」不能作工作表名，请改用 31 个字符以内、不含 [ ] : * ? / \\ 的名称。"
        )
    if name.casefold() in {other.casefold() for other in taken}:
        raise UserError(f"工作簿中已有名为「{name}」的图表或其他表，请先将其改名再重试。")


def check_merges(sheet: str, present: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """The wanted merges that are not there yet. Raises UserError where one overlaps a different merge."""
    boxes = {split_range(text): text for text in present}
    missing = []
    for text in wanted:
        box = split_range(text)
        if box in boxes or box[:2] == box[2:]:
            continue
        for other, name in boxes.items():
            if overlap(box, other):
                raise UserError(
                    f"「{sheet}」{text} 与已有的合并单元格 {name} 重叠，请先取消合并 {name} 再重试。"
                )
        boxes[box] = text
        missing.append(range_text(box))
    return missing


def check_covered(sheet: str, merged: Iterable[str], cells: Mapping[tuple[int, int], Put]) -> None:
    """Raises UserError where something would be written under a merge, where nobody could see it.

    Emptying a covered cell is no harm, and neither is giving it a style (the borders of a merge are drawn so).
    """
    told = [
        place
        for place, put in cells.items()
        if normal(put.value) is not None or put.formula is not None
    ]
    if not told:
        return
    for text in merged:
        box = split_range(text)
        for row, column in told:
            if inside(box, row, column) and (row, column) != box[:2]:
                raise UserError(
                    f"「{sheet}」{address(row, column)} 被合并单元格 {text} 盖住，无法写入，请取消合并后重试。"
                )


def array_refusal(sheet: str, row: int, column: int, box: Box) -> UserError:
    """For a cell that is part of an array formula: Excel allows no change of one part."""
    return UserError(
        f"「{sheet}」{address(row, column)} 属于数组公式或模拟运算表 {range_text(box)}，不能单独改写，"
        "请先删除该公式再重试。"
    )


def label_refusal(sheet: str, row: int, column: int) -> UserError:
    """For a table's header or totals: the table repeats their text, and another makes Excel call the file damaged."""
    return UserError(
        f"「{sheet}」{address(row, column)} 是表格的标题或汇总行，改动会使 Excel 要求修复，请先在 Excel 中改好该单元格再重试。"
    )
