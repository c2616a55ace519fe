"""What a row of the outline repeats over: a column's values, projects, kinds of issues, the columns that 参数 ranks by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xlplugin.bulletin.outline import ISSUE_KINDS, RANKED_BY
from xlplugin.cells import plain
from xlplugin.columns import Array
from xlplugin.errors import UserError
from xlplugin.figures import Names
from xlplugin.figures.classes import AREA
from xlplugin.figures.said import called
from xlplugin.figures.words import Months, Word, of_project
from xlplugin.flags import Facts
from xlplugin.flags.history import History
from xlplugin.schema import SOLVED
from xlplugin.schema.keys import TextKey

OTHER = "其他"
"""The kind of an issue that has none."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: what it is called, the word that lets only its projects through, and the column that it is, where it is one."""

    text: str
    word: Word | None = None
    column: TextKey | None = None


def repeatable(names: Names) -> list[str]:
    """What this ledger may have where a row repeats, beside names of projects."""
    classes = names.classes
    there = [column.heading for key, column in classes.columns.items() if classes.there(key)]
    area = [AREA] if classes.there(classes.headings[AREA]) else []
    return [*dict.fromkeys((*there, *area, ISSUE_KINDS, RANKED_BY))]


def items(names: Names, within: tuple[Word, ...], each: str) -> list[Item]:
    """The items of 逐项, of the projects that some words let through. Raises UserError where it is none of the known words."""
    facts, wanted = names.known.facts, plain(each)
    if wanted == plain(RANKED_BY):
        classes = names.classes
        keys = [key for word in facts.settings.rankings if (key := classes.ranked_by(word))]
        return [Item(classes.columns[key].heading, None, key) for key in keys]
    if wanted == plain(ISSUE_KINDS):
        return [Item(kind, _of_rows(kind, rows)) for kind, rows in _issues(facts).items()]
    if wanted in names.classes.headings:
        return _of_column(names, within, names.classes.headings[wanted])
    found = names.within(within, each)
    if found.figure.either and found.name.by:
        return _of_column(names, found.name.words, found.name.by)
    if found.figure.kind == "ranks" and found.name.by and isinstance(found.value, tuple):
        ranked = [str(getattr(rank, "name", rank)) for rank in found.value]
        return [Item(name, names.vocabulary.word(found.name.by, name)) for name in ranked]
    rows = projects_named(names, within, each)
    return [Item(called(facts, facts.project(row)), of_project(facts, row)) for row in rows]


def projects_named(names: Names, within: tuple[Word, ...], name: str) -> Sequence[int]:
    """The sheet rows of the projects that a name means: 未开工, 省重点.最差十项. Raises UserError where it means none."""
    found = names.within(within, name)
    if found.figure.kind == "rows" and isinstance(found.value, tuple):
        return [row for row in found.value if isinstance(row, int)]
    if found.figure.kind == "count":
        return found.selection.rows or ()
    raise UserError(f"「{name}」是一个数字，不是项目，不能逐项写")


def chosen(names: Names, within: tuple[Word, ...]) -> Array:
    """Where the projects are that some words let through."""
    mask = names.within(within, "全部").selection.mask
    return np.zeros(len(names.known.facts.data), dtype=bool) if mask is None else mask


def tabled(
    names: Names, within: tuple[Word, ...], each: str, most: int = 2
) -> tuple[TextKey, ...] | Array:
    """What a table goes by: a column, `most` of them (级别、责任单位), or else where its projects are. Raises UserError."""
    classes, parts = names.classes, plain(each).split("、")
    if each and all(part in classes.headings for part in parts):
        keys = tuple(classes.headings[part] for part in parts)
        if lacking := next((key for key in keys if not classes.there(key)), None):
            title = names.known.facts.ledger.table.title
            raise UserError(f"「{title}」没有「{classes.columns[lacking].heading}」一栏")
        if len(keys) > most:
            raise UserError("图只能按一栏画" if most == 1 else "表至多按两栏列")
        return keys
    rows = projects_named(names, within, each or "全部")
    return np.searchsorted(names.known.facts.data.rows, list(rows))


def values_here(names: Names, here: Array, key: TextKey) -> Iterator[tuple[str, Array]]:
    """A column's values that some projects have, each with where they are, in the order in which they are told; what is left
    empty comes last."""
    words, codes = names.known.facts.data.codes(key)
    found = {words[at]: at for at in np.unique(codes[here]).tolist()}
    heading = names.classes.columns[key].heading[-2:]
    for value in (*names.values(key), ""):
        if value in found:
            yield value or f"{heading}待核", here & (codes == found[value])


def _of_column(names: Names, within: tuple[Word, ...], key: TextKey) -> list[Item]:
    """A column's values that projects here have."""
    words, codes = names.known.facts.data.codes(key)
    if not names.classes.there(key):
        title = names.known.facts.ledger.table.title
        raise UserError(f"「{title}」没有「{names.classes.columns[key].heading}」一栏")
    here = chosen(names, within)
    return [
        Item(text, names.vocabulary.word(key, words[codes[np.flatnonzero(own)[0]]]))
        for text, own in values_here(names, here, key)
    ]


def _issues(facts: Facts) -> dict[str, list[int]]:
    """The projects with an unsolved issue, by its kind."""
    kinds: dict[str, list[int]] = {}
    for _, identity, name, kind, text, state in facts.issues.lines(
        "id", "name", "kind", "text", "state"
    ):
        row = facts.ledger.row_of(identity, name)
        if row is not None and state != SOLVED and text:
            kinds.setdefault(kind or OTHER, []).append(row)
    return kinds


def _of_rows(kind: str, rows: Sequence[int]) -> Word:
    def where(facts: Facts, history: History | None, at: Months | None) -> Array:
        del history, at
        return np.isin(facts.data.rows, list(rows))

    return Word(kind, f"有「{kind}」方面的问题", where)
