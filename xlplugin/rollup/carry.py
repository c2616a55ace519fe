"""What the city's clerks changed in last month's roll-up goes on into this month's: their 参数, their 措辞, their archive."""

from __future__ import annotations

from pathlib import Path

from xlplugin import carried, hosts, tables
from xlplugin.book import Book, SavedBook
from xlplugin.cells import plain
from xlplugin.errors import UserError
from xlplugin.schema import LEDGER, PARAMETERS, SETTINGS

FRESH = ("as_of", "rankings")
"""Parameters that each roll-up sets anew."""


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
    carried.follow(old, new, SETTINGS, "name", ("value", "since"), lambda name: name not in fresh)
    carried.wording(old, new)
    carried.archive(old, new)
