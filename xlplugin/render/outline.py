"""The outline of an output table: its heading row and its sheet's set-up, both from its declaration."""

from __future__ import annotations

from collections.abc import Mapping

from xlplugin.book import Area, Layout, Put
from xlplugin.render.extent import table_row
from xlplugin.schema import Sheet


def head(sheet: Sheet) -> dict[tuple[int, int], Put]:
    """A table's heading row."""
    return {
        (sheet.header_row, sheet.first_column + at): Put(column.heading, style="表头")
        for at, column in enumerate(sheet.columns)
    }


def layout(sheet: Sheet, *beside: Sheet) -> Layout:
    """An output sheet's set-up, with the widths of the blocks that stand beside its table."""
    widths = {
        each.first_column + at: column.width
        for each in (*beside, sheet)
        for at, column in enumerate(each.columns)
    }
    return Layout(
        widths,
        freeze=sheet.header_row,
        landscape=True,
        title_rows=(sheet.header_row, sheet.header_row),
    )


def table_heights(area: Area, widths: Mapping[str, float], sheet: Sheet) -> dict[int, float | None]:
    """How high a table's rows must be for the texts of the columns that are wrapped, given by key with their widths."""
    places = {column.key: at for at, column in enumerate(sheet.columns)}
    texts = [
        [(str(value or ""), width) for value in area.fillings[places[key]].values]
        for key, width in widths.items()
    ]
    return {
        row: table_row(each) for row, each in zip(area.rows, zip(*texts, strict=True), strict=True)
    }
