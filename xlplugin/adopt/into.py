"""A clerk's own ledger as a standard workbook: her projects, months and issues in its columns, the rest beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from xlplugin import carried, files, hosts, tables
from xlplugin.adopt import add
from xlplugin.adopt.rows import AdoptedRow
from xlplugin.archive import as_typed
from xlplugin.book import Book, Changes, Put
from xlplugin.builder import Contents, drawn, refuse_macros
from xlplugin.cells import Cell, split_address
from xlplugin.errors import UserError
from xlplugin.flags import Facts
from xlplugin.hosts.locked import LockedBook, draft
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import ADOPTED, ISSUES, LEDGER, WORD_MEANS
from xlplugin.schema.keys import ColumnKey
from xlplugin.tables import Table


def into(
    path: Path,
    target: Path,
    as_of: dt.date | None = None,
    *,
    only: str | None = None,
    password: str | None = None,
) -> str:
    """Make a standard workbook that holds a ledger's data; says what was done. Of a locked ledger it is locked, too.

    Raises UserError where the reading has open questions, or the target exists or has another suffix.
    """
    source = hosts.open(path, password)
    locked = password if isinstance(source, LockedBook) else None
    if locked:
        refuse_macros(target)
    outcome = run(source, as_of, sheet=only)
    if asked := outcome.reading.questions:
        raise UserError(
            f"台账还有{len(asked)}处要问，没有新建工作簿。请先用 kp adopt 写出「{ADOPTED.title}」，填好再试。"
        )
    foreign = _foreign(outcome)
    book = draft(target, drawn(target, _contents(outcome)), locked)
    _beside(book, foreign)
    if words := _words(source):
        add(words, book)
    carried.wording(source, book)
    carried.archive(source, book)
    files.write([replace(output, like=path, over=b"") for output in book.outputs(target)])
    named = f"，程序没有的{len(foreign)}栏接在右边" if foreign else ""
    return f"已新建 {target}：{len(outcome.facts.data)}个项目{named}。以后就用这一本。"


def _contents(outcome: Outcome) -> Contents:
    facts = outcome.facts
    ids = _ids(facts)
    return Contents(
        ledger=_projects(facts, ids),
        monthly_plan=_by_project(facts, facts.monthly_plan, ids),
        monthly_done=_by_project(facts, facts.monthly_done, ids),
        issues=_by_project(facts, facts.issues, ids),
        settings=_settings(outcome),
    )


def _ids(facts: Facts) -> Mapping[int, str]:
    """Each project's id by its row: her own, else the year and a number."""
    own = dict(facts.ledger.table.items("id"))
    if facts.ledger.table.has("id"):
        return own
    year = facts.settings.as_of.year
    return {row: f"{year}-{at:03}" for at, row in enumerate(own, start=1)}


def _projects(facts: Facts, ids: Mapping[int, str]) -> list[dict[str, Cell]]:
    """The projects as a clerk would type them; a nature in her own word, and what was refused as she typed it."""
    table = facts.ledger.table
    words = facts.data.values("nature_word")
    rows = []
    for row, cells, word in zip(ids, _records(table), words, strict=True):
        for key in (cast(ColumnKey, key) for key, value in cells.items() if value is None):
            if table.refused(row, key):
                cells[key] = facts.ledger.cell(row, key)
        rows.append(cells | {"id": ids[row], "nature": word or cells["nature"]})
    return rows


def _by_project(facts: Facts, table: Table, ids: Mapping[int, str]) -> list[dict[str, Cell]]:
    """Rows of a table that goes by project, under the projects' ids in the new ledger."""
    rows = []
    for cells in _records(table):
        at = facts.ledger.row_of(str(cells["id"] or ""), str(cells["name"] or ""))
        named = cells if at is None else cells | {"id": ids[at]}
        rows.append(named if table.sheet is ISSUES or at is None else named | _name(facts, at))
    return rows


def _name(facts: Facts, row: int) -> dict[str, Cell]:
    return {"name": facts.project(row).name}


def _records(table: Table) -> list[dict[str, Cell]]:
    columns = {
        column.key: [as_typed(column, value) for value in table.data.listed(column.key)]
        for column in table.sheet.columns
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _settings(outcome: Outcome) -> dict[str, Cell]:
    """What her 参数 decides, and the report's date."""
    settings = outcome.facts.settings
    given = dict(settings.table.items("value"))
    decided = {key: given[split_address(cell)[0]] for key, cell in settings.cells.items()}
    return decided | {"as_of": outcome.as_of}


def _foreign(outcome: Outcome) -> dict[str, list[Cell]]:
    """Her columns that mean nothing to us: heading → a cell a project."""
    ledger = outcome.facts.ledger
    found: dict[str, list[Cell]] = {}
    rows = ledger.table.data.rows.tolist()
    for sheet in outcome.reading.ledgers:
        for passed in (each for each in sheet.passed if not each.known):
            values = found.setdefault(passed.heading.words, [None] * len(rows))
            for at, row in enumerate(rows):
                place, own = ledger.table.place(row)
                if place.title == sheet.title:
                    grid = ledger.grids[row // tables.SHEET_ROWS]
                    values[at] = grid.at(own, passed.heading.column)
    return found


def _beside(book: Book, foreign: Mapping[str, Sequence[Cell]]) -> None:
    """Columns to the right of the standard ones."""
    grid, top = book.read(LEDGER.title), LEDGER.header_row
    cells: dict[tuple[int, int], Put] = {}
    for at, (heading, values) in enumerate(foreign.items(), start=len(grid.rows[top - 1]) + 1):
        cells[top, at] = Put(heading, style="表头")
        cells |= {
            (row, at): Put(value)
            for row, value in enumerate(values, start=top + 1)
            if value is not None
        }
    if cells:
        book.write(LEDGER.title, Changes(cells))


def _words(source: Book) -> list[AdoptedRow]:
    """What she laid down of words: the new workbook has to know them, too."""
    lines = tables.read_optional(source, ADOPTED).lines("kind", "hers", "place", "ours")
    return [AdoptedRow(*words) for _, *words in lines if words[0] == WORD_MEANS]
