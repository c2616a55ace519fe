"""What clerks decided in one workbook goes on into another: their 措辞, their archive, rows of the same name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from xlplugin import tables
from xlplugin.book import Book, Changes, Layout, Put
from xlplugin.cells import normal, plain
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, WORDING, Sheet
from xlplugin.schema.keys import ColumnKey, TextKey

_OUTLINE: tuple[TextKey, ...] = ("paragraph", "depth", "each", "template", "names")


def wording(old: Book, new: Book) -> None:
    """措辞: the outline as a whole where it is one, else each paragraph's words."""
    if tables.read_optional(old, WORDING).has("depth"):
        _outline(old, new)
    else:
        follow(old, new, WORDING, "paragraph", ("template",), lambda _name: True)


def archive(old: Book, new: Book) -> None:
    """The months that were kept, as they stand."""
    for sheet in (ARCHIVE, ARCHIVE_ISSUES):
        if found := tables.find(old, sheet):
            cells = {
                (row, at): Put(value, style="表头" if row == 1 else "文字")
                for row, line in enumerate(found[1].rows, start=1)
                for at, value in enumerate(line, start=1)
                if value is not None
            }
            new.write(
                sheet.title,
                Changes(
                    cells,
                    layout=Layout(
                        {at: c.width for at, c in enumerate(sheet.columns, start=1)}, freeze=1
                    ),
                ),
            )


def _outline(old: Book, new: Book) -> None:
    """The outline as a whole: its rows and their order are the office's own."""
    before, now = tables.read_optional(old, WORDING), tables.read_optional(new, WORDING)
    keys = [key for key in _OUTLINE if before.has(key) and now.has(key)]
    rows = list(before.lines(*keys))
    first, last = now.header.row + 1, max(now.data.rows.tolist(), default=now.header.row)
    cells: dict[tuple[int, int], Put] = {}
    for row in range(first, max(first + len(rows), last + 1)):
        values = rows[row - first][1:] if row - first < len(rows) else [None] * len(keys)
        for key, value in zip(keys, values, strict=True):
            style = "文字" if row > last else None
            cells[row, now.header.columns[key]] = Put(normal(value or None), style=style)
    new.write(now.title, Changes(cells))


def follow(
    old: Book,
    new: Book,
    sheet: Sheet,
    by: Literal["name", "paragraph"],
    keys: tuple[ColumnKey, ...],
    wanted: Callable[[str], bool],
) -> None:
    """Rows of the same name get the old values; a name's further rows (dated ones) go below."""
    before, now = tables.read_optional(old, sheet), tables.read_optional(new, sheet)
    free = {plain(name): row for row, name in now.items(by)}
    last = max(now.data.rows.tolist(), default=sheet.header_row)
    cells: dict[tuple[int, int], Put] = {}
    columns = {key: before.data.listed(key) for key in keys}
    for place, (_, name) in enumerate(before.items(by)):
        if not plain(name) or not wanted(plain(name)):
            continue
        at = free.pop(plain(name), None)
        if at is None:
            at = last = last + 1
            cells[at, now.header.columns[by]] = Put(name, style="文字")
        for key in (key for key in keys if before.has(key) and key in now.header.columns):
            cells[at, now.header.columns[key]] = Put(normal(columns[key][place]))
    if cells:
        new.write(now.title, Changes(cells))
