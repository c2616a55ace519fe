"""What the city's clerks changed in last month's roll-up goes on into this month's: their 参数, their 措辞, their archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from xlplugin import hosts, tables
from xlplugin.book import Book, Changes, Layout, Put, SavedBook
from xlplugin.cells import normal, plain
from xlplugin.errors import UserError
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, LEDGER, PARAMETERS, SETTINGS, WORDING, Sheet
from xlplugin.schema.keys import ColumnKey, TextKey

FRESH = ("as_of", "rankings")
"""Parameters that each roll-up sets anew."""
_OUTLINE: tuple[TextKey, ...] = ("paragraph", "depth", "each", "template", "names")


def earlier(path: Path, password: str | None = None) -> SavedBook | None:
    """Last month's roll-up, where there is one. Raises UserError where the file is something else: it is not overwritten."""
    if not path.exists():
        return None
    book = hosts.open(path, password)
    found = tables.find(book, LEDGER)
    header = tables.find_header(found[1], LEDGER) if found else None
    if header is None or "county" not in header.columns:
        raise UserError(
            f"「{path}」已经存在，又不是汇总出来的市级台账（没有「{LEDGER['county'].heading}」一栏），没有覆盖。请用 -o 另取一个文件名。"
        )
    return book


def carry(old: Book, new: Book, *, named: bool) -> None:
    """Copy what clerks decided from an old roll-up into a new one; `named`: the city's name is given anew."""
    fresh = {
        plain(parameter.title)
        for parameter in PARAMETERS
        if parameter.key in FRESH or (named and parameter.key == "county")
    }
    _follow(old, new, SETTINGS, "name", ("value", "since"), lambda name: name not in fresh)
    if tables.read_optional(old, WORDING).has("depth"):
        _copy(old, new)
    else:
        _follow(old, new, WORDING, "paragraph", ("template",), lambda _name: True)
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


def _copy(old: Book, new: Book) -> None:
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


def _follow(
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
