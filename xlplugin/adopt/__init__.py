"""认表: the reading written into 栏目对应 for the clerk to correct; what she wrote there stays, month after month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlplugin import files, hosts, tables
from xlplugin.adopt.rows import AdoptedRow, rows, unread
from xlplugin.amounts import UNITS
from xlplugin.book import Book, Changes, Layout, Put
from xlplugin.cells import column_letters, plain
from xlplugin.measure import height_of
from xlplugin.outline import (
    HELP_ROW,
    TITLE_HEIGHT,
    TITLE_ROW,
    across,
    head,
    layout,
    places,
    style_of,
)
from xlplugin.pipeline import run
from xlplugin.reading.model import Reading
from xlplugin.schema import ADOPTED, BUILDING, EARLY, LEDGER, LEVELS, MEANINGS, UNUSED
from xlplugin.tables import MissingColumn

SUFFIX = "-认表"
"""What the name of the copy ends with."""

LAST_ROW = 500
"""Dropdowns reach down to here, for what the clerk adds and for months to come."""


def adopt(
    path: Path,
    as_of: dt.date | None,
    *,
    in_place: bool = False,
    only: str | None = None,
    password: str | None = None,
) -> tuple[str, Path]:
    """Write 栏目对应 into a workbook, or into <stem>-认表.xlsx beside it; says what was done, and where. Raises UserError."""
    source = hosts.open(path, password)
    try:
        done = lay_down(run(source, as_of, sheet=only).reading, source)
    except MissingColumn as missing:
        add(list(unread(source)), source)
        done = f"{missing}看到的标题都写进了「{ADOPTED.title}」，请在「对应」里填上缺少的栏目。"
    target = None if in_place else path.with_name(f"{path.stem}{SUFFIX}{source.suffix}")
    files.write(source.outputs(target))
    return done, target or path


def lay_down(reading: Reading, book: Book) -> str:
    """Write the reading into a book's 栏目对应: rows that it lacks are added, nothing that stands there is changed.

    Returns what was done, in one sentence. Raises UserError where a sheet of that name has other headings.
    """
    new = add(list(rows(reading)), book)
    asked = sum(bool(row.asked) for row in new)
    todo = f"有{asked}处要问，请填涂黄的格子" if asked else "没有要问的；读得不对的，请改「对应」"
    return f"已把读法写进「{ADOPTED.title}」（新增{len(new)}行）：{todo}。以后每月都照这张表读。"


def add(wanted: Sequence[AdoptedRow], book: Book) -> list[AdoptedRow]:
    """Add the rows that a book's 栏目对应 lacks, below those that it has; these are returned. Raises UserError."""
    known = tables.read_optional(book, ADOPTED)
    there = {cause(*words) for _, *words in known.lines("kind", "hers", "place")}
    causes = {cause(row.kind, row.hers, row.place): row for row in reversed(wanted)}
    new = [row for what, row in reversed(causes.items()) if what not in there]
    columns = dict(known.header.columns) or {column.key: at for at, column in places(ADOPTED)}
    top = {} if known.header.columns else _top()
    start = max([known.header.row, *known.data.rows.tolist()]) + 1
    body = {
        (start + at, columns[key]): put
        for at, row in enumerate(new)
        for key, put in puts(row).items()
        if key in columns
    }
    heights = {TITLE_ROW: TITLE_HEIGHT} if top else {}
    note = ADOPTED["note"].width
    heights |= {start + at: height_of(row.note, note) for at, row in enumerate(new)}
    merges = across(ADOPTED) if top else ()
    book.write(known.title, Changes({**top, **body}, heights, merges, _layout()))
    return new


def cause(kind: str, hers: str, place: str) -> tuple[str, str, str]:
    """What a row is about: the same one is not written twice."""
    return kind, plain(hers), plain(place)


def _top() -> dict[tuple[int, int], Put]:
    return {
        (TITLE_ROW, 1): Put(ADOPTED.title, style="标题"),
        (HELP_ROW, 1): Put(ADOPTED.help, style="说明"),
        **head(ADOPTED),
    }


def puts(row: AdoptedRow) -> dict[str, Put]:
    """A row's cells; the one that answers a question is lit."""
    cells = {
        column.key: Put(getattr(row, column.key) or None, style=style_of(column))
        for column in ADOPTED.columns
    }
    if row.asked:
        cells[row.asked] = Put(cells[row.asked].value, style="提醒")
    return cells


def _layout() -> Layout:
    """A new sheet's set-up, with what may be chosen in its cells."""
    choices = {
        "kind": MEANINGS,
        "ours": (
            *(column.heading for column in LEDGER.columns),
            *(LEDGER.title, UNUSED, BUILDING, EARLY, *LEVELS, "是", "否"),
        ),
        "unit": tuple(UNITS),
    }
    letters = {column.key: column_letters(at) for at, column in places(ADOPTED)}
    first = ADOPTED.header_row + 1
    return replace(
        layout(ADOPTED),
        dropdowns={
            f"{letters[key]}{first}:{letters[key]}{LAST_ROW}": words
            for key, words in choices.items()
        },
    )
