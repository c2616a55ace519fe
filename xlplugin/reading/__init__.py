"""A clerk's own sheets → what they mean: evidence decides, never position; what is in doubt is asked, never guessed.

`read` gives the `Reading`, plain data for whoever shows it, and the ledger's table that follows from it. Our own standard sheet
is read by the same code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xlplugin import tables
from xlplugin.book import Book, Grid
from xlplugin.coercion import nothing
from xlplugin.columns import Columns
from xlplugin.errors import UserError
from xlplugin.reading import adopted, classified, columns, own, parts, sheets, stated
from xlplugin.reading.adopted import LaidDown
from xlplugin.reading.below import INHERITED
from xlplugin.reading.classified import Classification
from xlplugin.reading.headings import side_by_side
from xlplugin.reading.model import Reading, SheetReading
from xlplugin.reading.own import OwnColumns
from xlplugin.reading.parts import Part
from xlplugin.reading.sheets import Found, Seen
from xlplugin.reading.stacked import stacked
from xlplugin.reading.sums import Sum, sums
from xlplugin.schema import LEDGER, Column, Sheet
from xlplugin.schema.keys import OWN_KEYS
from xlplugin.tables import SHEET_ROWS, Header, MissingColumn, Origin, Table

NEEDED = ("name", "level", "nature", "total", "plan", "done")
"""Columns without which there is no bulletin; level and nature may come from sections, merged cells or the sheet's name."""


@dataclass(frozen=True)
class Taken:
    """What was read: the reading for whoever looks at it, the projects for the line."""

    reading: Reading
    table: Table
    """The projects of all sheets taken, one row each."""
    grids: tuple[Grid, ...]
    """Those sheets as they are."""
    sums: tuple[Sum, ...]
    """What sum and section rows claim."""
    order: Mapping[str, tuple[str, ...]]
    """By column's key: the words that 分类 has of it, in their order."""


SORTING = ("level", "nature", "industry", "agency", "place", "county")
"""The ledger's own columns whose values are words that sort the projects."""


def sorting(sheet: Sheet, part: Part) -> Iterator[Column]:
    """A ledger's columns that sort its projects, those that the office added with them; each found by its own heading, too."""
    for column in sheet.columns:
        if column.key in (*SORTING, *OWN_KEYS):
            hers = part.choice.taken.get(column.key)
            words = hers.heading.words.rsplit("·", 1)[-1] if hers else ""
            yield replace(column, also=f"{column.also} {words} {words[-2:]}")


def read(book: Book, as_of: dt.date, sheet: str | None = None) -> Taken:
    """Read the projects of a workbook as of a date; `sheet` names the only sheet to take.

    Raises UserError where no sheet looks like a ledger, a required column is missing altogether, or there is no project.
    """
    answers, classes = adopted.read(book), classified.read(book)
    found = sheets.choose(book, as_of, answers, sheet)
    read_parts = _read_parts(found, as_of, answers, classes)
    if not any(part.rows for part in read_parts):
        raise UserError(
            f"「{read_parts[0].title}」里没有项目。请在表头下面一行填一个项目，再重新生成。"
        )
    questions = [*found.questions]
    for part in read_parts:
        questions += [*stated.periods(part), *part.choice.questions]
    added = own.columns(read_parts)
    table = _joined([_table(part, added, classes) for part in read_parts])
    reading = Reading(
        tuple(_sheets(found, read_parts)),
        tuple(word for part in read_parts for word in part.words),
        tuple(questions),
        (
            *answers.problems,
            *classes.problems,
            *(said for part in read_parts for said in part.choice.remarks),
        ),
    )
    claims = tuple(
        claim for number, part in enumerate(read_parts) for claim in sums(part, number * SHEET_ROWS)
    )
    order = {column.key: classes.order(column) for column in sorting(table.sheet, read_parts[0])}
    return Taken(reading, table, tuple(part.grid for part in read_parts), claims, order)


def _read_parts(
    found: Found, as_of: dt.date, answers: LaidDown, classes: Classification
) -> list[Part]:
    """Every table of every sheet that was taken, complete."""
    read_parts = [
        parts.read(seen.title, grid, block, as_of, answers, classes)
        for seen in found.taken
        if seen.block is not None
        for grid, whole in stacked(seen.grid, seen.block)
        for block in side_by_side(whole)
    ]
    _by_name(read_parts)
    for part in read_parts:
        _complete(part)
    return read_parts


def _by_name(read_parts: Sequence[Part]) -> None:
    """What all of a sheet's projects have in common is said by its name; running numbers of several sheets are no ids."""
    for part in read_parts:
        part.inherit_title(several=len(read_parts) > 1)
    if len(read_parts) > 1:
        own = [cell for part in read_parts for cell in part.cells.get("id", ())]
        if len(set(own)) < len(own):
            for part in read_parts:
                part.drop_serial()


def _complete(part: Part) -> None:
    """Every needed column, or one error: a question where other periods are there, else a stop that lists the headings seen."""
    lacking = []
    for key in NEEDED:
        if key in part.cells:
            continue
        if stale := part.choice.stale.get(key):
            columns.missing(part.choice, key)
            column = stale[-1][0]  # the figures of a draft, so that the rest can be looked at
            part.take(key, column, part.column(column))
        elif key not in ("level", "nature") or part.rows:
            lacking.append(f"「{LEDGER[key].heading}」")
    if lacking:
        seen = "、".join(
            f"{column.heading.cell} {column.heading.words}" for column in part.block.columns[:30]
        )
        alike = "各项目都一样的，把工作表改名为「县重点在建项目」这样的名称也可以。"
        inherited = all(f"「{LEDGER[key].heading}」" not in lacking for key in NEEDED[3:])
        raise MissingColumn(
            f"「{part.title}」缺少{'、'.join(lacking)}。看到的标题有：{seen}。"
            "请补上这些栏目，或把现有栏目改成这个名称，或在「栏目对应」里写明。"
            + (alike if inherited else "")
        )


def _table(part: Part, added: OwnColumns, classes: Classification) -> Table:
    """A sheet's projects as a table, typed; with the columns that the office added."""
    units = {key: unit.unit for key, unit in part.units.items()}
    header = Header(part.block.last, part.at, units, part.choice.added)
    table = tables.typed(part.grid, LEDGER, Origin(part.title, header), part.rows, part.cells)
    data = table.data
    said = {
        word: word.strip() if isinstance(word, str) else ""
        for word in set(part.cells["nature_word"])
    }
    words = np.array(list(map(said.__getitem__, part.cells["nature_word"])), object)
    if "" in said.values():
        words = np.where(words == "", data["nature"], words)
    more = {column.key: nothing(column, len(data)) for column, _ in added}
    more["nature_word"] = words
    if "id" not in part.at:
        more["id"] = data["name"]
    at = dict(part.at)
    for key, number, texts in own.cells(part, added):
        more[key], at[key] = texts, number
    sheet = replace(LEDGER, columns=(*LEDGER.columns, *(column for column, _ in added)))
    for column in sorting(sheet, part) if classes.rows else ():
        held = "nature_word" if column.key == "nature" else column.key
        words = more[held] if held in more else data.arrays[held]
        more[held] = classes.renamed(column, words)
    header = replace(table.header, columns=at)
    return replace(table, sheet=sheet, header=header, data=data.plus(more))


def _joined(found: Sequence[Table]) -> Table:
    """The tables of several sheets as one: each row's number says its sheet."""
    if len(found) == 1:
        return found[0]
    rows = np.concatenate([t.data.rows + n * SHEET_ROWS for n, t in enumerate(found)])
    arrays = {
        key: np.concatenate([table.data.arrays[key] for table in found])
        for key in found[0].data.arrays
    }
    refusals = {
        (row + n * SHEET_ROWS, key) for n, table in enumerate(found) for row, key in table.refusals
    }
    return replace(
        found[0],
        data=Columns(rows, arrays),
        problems=tuple(problem for table in found for problem in table.problems),
        refusals=frozenset(refusals),
        more=tuple(Origin(table.title, table.header) for table in found[1:]),
    )


def _sheets(found: Found, read_parts: Sequence[Part]) -> Iterator[SheetReading]:
    for seen in found.seen:
        beside = [part for part in read_parts if part.title == seen.title]
        if not beside:
            yield SheetReading(seen.title, False, seen.role, seen.why, _heading_rows(seen))
        else:
            yield SheetReading(
                seen.title,
                True,
                seen.role,
                seen.why,
                _heading_rows(seen),
                tuple(meant for part in beside for meant in parts.meant(part)),
                tuple(passed for part in beside for passed in part.choice.passed),
                parts.told(beside),
            )


def _heading_rows(seen: Seen) -> tuple[int, int]:
    return (seen.block.first, seen.block.last) if seen.block else (0, 0)
