"""The outline of an output table: its heading row and its sheet's set-up, both from its declaration."""

from __future__ import annotations

from xlplugin.book import Layout, Put
from xlplugin.schema import Sheet


def head(sheet: Sheet) -> dict[tuple[int, int], Put]:
    """A table's heading row."""
    return {(sheet.header_row, sheet.first_column + at): Put(column.heading, style="表头")
            for at, column in enumerate(sheet.columns)}


def layout(sheet: Sheet, *beside: Sheet) -> Layout:
    """An output sheet's set-up, with the widths of the blocks that stand beside its table."""
    widths = {each.first_column + at: column.width for each in (*beside, sheet) for at, column in enumerate(each.columns)}
    return Layout(widths, freeze=sheet.header_row, landscape=True, title_rows=(sheet.header_row, sheet.header_row))
