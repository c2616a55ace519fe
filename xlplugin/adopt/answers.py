"""Answers given elsewhere than in the sheet: a copy of the ledger whose 栏目对应 holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlplugin import files, hosts, tables
from xlplugin.adopt import add, cause, puts
from xlplugin.adopt.rows import AdoptedRow, choices, rows, unread
from xlplugin.book import Book, Changes
from xlplugin.reading.model import Reading
from xlplugin.schema import ADOPTED, COLUMN_MEANS


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a row of 栏目对应, what may be answered, and the headings there are where it asks for one of them."""

    row: AdoptedRow
    choices: tuple[str, ...]
    headings: tuple[tuple[str, str], ...] = ()
    """Words and place, as `hers` and `place` take them."""


def questions(reading: Reading) -> list[Asked]:
    """What a reading asks."""
    headings = {
        (heading.words, f"「{sheet.title}」{heading.cell}"): None
        for sheet in reading.ledgers
        for heading in (
            *(each.heading for each in sheet.columns),
            *(each.heading for each in sheet.passed),
        )
    }
    there = tuple(headings)
    return [
        Asked(row, choices(row), there if row.asked == "hers" else ())
        for row in rows(reading)
        if row.asked
    ]


def questions_of_unread(book: Book) -> list[Asked]:
    """What is asked of a workbook in which no ledger could be found: the headings that nobody understood, and any other one."""
    found = list(unread(book))
    if not found:
        return []
    which = AdoptedRow(COLUMN_MEANS, "", note="缺少的栏目是台账里的哪一栏？", asked="hers")
    headings = tuple((row.hers, row.note) for row in found)
    return [
        *(Asked(row, choices(row)) for row in found if row.asked),
        Asked(which, choices(which), headings),
    ]


def answered(
    path: Path, folder: Path, answers: Sequence[AdoptedRow], password: str | None = None
) -> Path:
    """A copy of a workbook in `folder`, with answers in its 栏目对应: over what stands there on the same, else below it.

    Raises UserError.
    """
    source = hosts.open(path, password)
    standing = tables.read_optional(source, ADOPTED)
    columns = standing.header.columns
    given = {cause(row.kind, row.hers, row.place): row for row in answers}
    over = {
        (at, columns[key]): put
        for at, *words in standing.lines("kind", "hers", "place")
        if (row := given.get(cause(*words)))
        for key, put in puts(row).items()
        if key in ("ours", "unit") and key in columns
    }
    if over:
        source.write(standing.title, Changes(over))
    add(list(given.values()), source)
    target = folder / f"{path.stem}{source.suffix}"
    files.write(source.outputs(target))
    return target
