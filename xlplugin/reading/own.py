"""Columns that an office added itself (所属片区, 包保领导): those of short words sort the projects, and figures can be asked by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlplugin.cells import plain
from xlplugin.coercion import coerce
from xlplugin.columns import Array
from xlplugin.reading.columns import numeric
from xlplugin.reading.headings import Headed
from xlplugin.reading.meaning import CLASS
from xlplugin.reading.model import Passed
from xlplugin.reading.parts import Part
from xlplugin.schema import LEDGER, Column
from xlplugin.schema.keys import OWN_KEYS, Own

LONGEST = 30
"""Characters of a word; what is longer is a text, by which nobody sorts."""
WHY = "自己加的栏目，可以按它分类"
_RIVALS = ("agency", "industry", "place", "county", CLASS)
"""What a heading may mean that was passed over for another one, and still sorts the projects."""
_OURS = {plain(word) for column in LEDGER.columns for word in (column.heading, *column.aliases)}

OwnColumns = Sequence[tuple[Column, str]]
"""Columns as they are declared for this ledger, each with its heading, folded."""


def columns(parts: Sequence[Part]) -> OwnColumns:
    """The office's own columns in all its sheets, the leftmost first; as many as there are keys for."""
    headings: dict[str, str] = {}
    for part in parts:
        for column in part.choice.block.columns:
            name = _name(column)
            if name and _sorts(part, column):
                headings.setdefault(plain(name), name)
                _say(part, column)
    return [
        (Column(key, name, "text", "本单位自己加的栏目。"), folded)
        for key, (folded, name) in zip(OWN_KEYS, headings.items(), strict=False)
    ]


def cells(part: Part, own: OwnColumns) -> Iterator[tuple[Own, int, Array]]:
    """The key, the column's number and the words of each of them that a sheet has."""
    at = {plain(_name(column)): column for column in reversed(part.choice.block.columns)}
    for key, (declared, folded) in zip(OWN_KEYS, own, strict=False):
        if (column := at.get(folded)) and _sorts(part, column):
            words = [cell if isinstance(cell, str) else None for cell in part.column(column)]
            yield key, column.number, coerce(words, declared, "")[0]


def _name(column: Headed) -> str:
    return column.heading.words.rsplit("·", 1)[-1].strip()


def _sorts(part: Part, column: Headed) -> bool:
    """Whether a column that nobody took holds short words."""
    passed = next((p for p in part.choice.passed if p.heading == column.heading), None)
    if passed is None or column.heading.hidden or column in part.choice.taken.values():
        return False
    if column.meaning.what not in _RIVALS and (passed.known or plain(_name(column)) in _OURS):
        return False
    sample = part.choice.sample(column)
    longest = max((len(cell) for cell in sample if isinstance(cell, str)), default=0)
    return 0 < longest <= LONGEST and numeric(sample) is False


def _say(part: Part, column: Headed) -> None:
    """Say in the reading that it is kept."""
    for at, passed in enumerate(part.choice.passed):
        if passed.heading == column.heading and not passed.known:
            part.choice.passed[at] = Passed(passed.heading, WHY, known=False)
