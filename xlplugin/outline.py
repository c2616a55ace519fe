"""How a sheet with a table is laid out and looks, from its declaration: title, a line about all, headings, body, widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from xlplugin.book import Area, Changes, Filling, Layout, Put, Span
from xlplugin.cells import Cell, column_letters
from xlplugin.measure import LEAST_HEIGHT, height_of
from xlplugin.schema import Column, Sheet

TITLE_ROW, HELP_ROW = 1, 2
TITLE_HEIGHT, HEADING_HEIGHT = 30.0, 32.0

WIDEST = 240
"""Characters that a title is centred over."""

NARROW = 12
"""Characters: a column of words this narrow is centred."""

_STYLES = {
    "money": "万元",
    "number": "数字",
    "share": "比例",
    "points": "百分点",
    "date": "日期",
    "month": "日期",
    "choice": "居中",
    "id": "居中",
    "count": "居中",
}


def style_of(column: Column) -> str:
    """The style of a column's cells, by what it holds and, for words, by its width."""
    return _STYLES.get(column.kind, "居中" if column.width <= NARROW else "文字")


def places(sheet: Sheet) -> Iterable[tuple[int, Column]]:
    """A table's columns with their numbers on the sheet."""
    return enumerate(sheet.columns, start=sheet.first_column)


def head(sheet: Sheet) -> dict[tuple[int, int], Put]:
    """A table's heading row."""
    return {
        (sheet.header_row, at): Put(column.heading, style="表头") for at, column in places(sheet)
    }


def across(sheet: Sheet) -> tuple[str, ...]:
    """The merges that let a sheet's title and the line below it run over the table."""
    last = column_letters(columns_within([column.width for column in sheet.columns]))
    return tuple(f"A{row}:{last}{row}" for row in (TITLE_ROW, HELP_ROW))


def columns_within(widths: Sequence[float]) -> int:
    """How many columns a title runs over, one at least: beyond `WIDEST` it would not be seen without scrolling."""
    return max(sum(total <= WIDEST for total in accumulate(widths)), 1)


def help_height(text: str, widths: Sequence[float]) -> float:
    """How high the line below the title must be over columns of these widths."""
    return height_of(text, sum(widths[: columns_within(widths)]))


def layout(sheet: Sheet, *beside: Sheet) -> Layout:
    """A sheet's set-up where the workbook has none, with the widths of the blocks that stand beside its table."""
    top = sheet.header_row
    widths = {at: column.width for each in (*beside, sheet) for at, column in places(each)}
    return Layout(widths, freeze=top, landscape=True, title_rows=(top, top))


def filled(sheet: Sheet, values: Mapping[str, Sequence[Cell]]) -> dict[str, Filling]:
    """Columns by key, each in its style."""
    return {key: Filling(column, style_of(sheet[key])) for key, column in values.items()}


def laid_out(
    sheet: Sheet,
    line: str,
    columns: Mapping[str, Filling],
    wrapped: Iterable[str],
    beside: Sequence[Sheet] = (),
) -> Changes:
    """A whole sheet: title and `line` across, headings and the table's body, as high as the texts of the `wrapped` columns need.

    The blocks `beside` the table get their headings; the Excel table, where there is one, is moved to the last row.
    """
    body = Area(
        sheet.header_row + 1,
        sheet.first_column,
        tuple(columns[column.key] for column in sheet.columns),
    )
    cells = {(TITLE_ROW, 1): Put(sheet.title, style="标题"), (HELP_ROW, 1): Put(line, style="说明")}
    for each in (sheet, *beside):
        cells |= head(each)
    return Changes(
        cells,
        {
            TITLE_ROW: TITLE_HEIGHT,
            HELP_ROW: help_height(line, [column.width for column in sheet.columns]),
            **_heights(sheet, body, wrapped),
        },
        merges=across(sheet),
        layout=layout(sheet, *beside),
        areas=(body,),
        span=Span(sheet.table, sheet.header_row, body.rows.stop - 1) if sheet.table else None,
    )


def _heights(sheet: Sheet, body: Area, wrapped: Iterable[str]) -> dict[int, float | None]:
    """How high a table's rows must be for the texts of these columns."""
    heights: dict[int, float | None] = dict.fromkeys(body.rows, LEAST_HEIGHT)
    columns = {column.key: at for at, column in enumerate(sheet.columns)}
    for key in wrapped:
        column = sheet[key].width
        for row, text in zip(body.rows, body.fillings[columns[key]].values, strict=True):
            if isinstance(text, str) and (height := height_of(text, column)) > LEAST_HEIGHT:
                heights[row] = max(height, heights[row] or 0)
    return heights
