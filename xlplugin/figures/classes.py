"""The columns whose values are words: ours, and those that the office added itself; and the order in which their words are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from xlplugin.cells import plain
from xlplugin.columns import Columns
from xlplugin.flags import Facts
from xlplugin.reading.terms import in_order
from xlplugin.schema import (
    ANALYSIS,
    LEDGER,
    LEVELS,
    LIGHTS,
    NATURES,
    STATUSES,
    YARDSTICKS,
    Column,
)
from xlplugin.schema.keys import AMOUNTS, OWN_KEYS, TextKey

CLASSES: Mapping[TextKey, Column] = {
    "level": LEDGER["level"],
    "nature_word": LEDGER["nature"],
    "industry": LEDGER["industry"],
    "agency": LEDGER["agency"],
    "place": LEDGER["place"],
    "county": LEDGER["county"],
    "status": ANALYSIS["status"],
    "light": ANALYSIS["light"],
    "used": LEDGER["yardstick"],
}
"""Our own columns whose values are words, each with the column that says how it is called."""
ALWAYS: Mapping[TextKey, tuple[str, ...]] = {
    "level": LEVELS,
    "status": STATUSES,
    "light": LIGHTS,
    "used": YARDSTICKS,
}
"""Values that are words even where no project has them: there are then none of it."""

TABLED = (*("name", "agency", *AMOUNTS, "completion", "expected", "gap", "status", "light"),)
"""The columns of a table of projects where 附表栏目 is left empty."""


AREA = "属地"
"""Where a project lies: the 县区 in a ledger that goes across counties, the 建设地点 in one county's."""


class Classes:
    """One ledger's classifying columns."""

    def __init__(self, facts: Facts) -> None:
        own: dict[TextKey, Column] = {
            key: facts.ledger.table.sheet[key]
            for key in OWN_KEYS
            if key in facts.data.arrays  # only where the office added one
        }
        self.facts = facts
        hers = {
            meant.key: meant.heading
            for each in facts.ledger.reading.ledgers
            for meant in each.columns
        }
        ours = {
            key: _called(c, hers[key].words) if key in hers else c for key, c in CLASSES.items()
        }
        self.columns: Mapping[TextKey, Column] = {**ours, **own}
        self.headings: Mapping[str, TextKey] = {
            AREA: "county" if facts.across_counties else "place",
            **_headings({**ours, **own}),
        }
        """The columns by what they are called: of two that share a word, the one that is so called in full."""

    def there(self, key: TextKey) -> bool:
        """Whether the ledger has such a column, or its sections, its sheets' names and our judgements say as much."""
        return self.facts.has(key) or any(self.facts.data.codes(key)[0])

    def called(self, word: str) -> Column | None:
        """Any column that a table may have: of the ledger, of 进度分析, or the office's own."""
        folded = plain(word)
        if key := self.headings.get(folded):
            return self.columns[key]
        every = (*LEDGER.columns, *ANALYSIS.columns)
        return next(
            (c for c in every if folded in map(plain, (c.heading, *c.aliases)) and self._given(c)),
            None,
        )

    def _given(self, column: Column) -> bool:
        return column.key in self.facts.data.arrays

    def tabled(self) -> list[Column]:
        """The columns of a table of projects, as 附表栏目 says."""
        said = [
            column for word in self.facts.settings.table_columns if (column := self.called(word))
        ]
        ours = {column.key: column for column in (*LEDGER.columns, *ANALYSIS.columns)}
        hers = {column.key: column for column in self.columns.values()}
        return said or [hers.get(key) or ours[key] for key in TABLED]

    def ranked_by(self, word: str) -> TextKey | None:
        """The column of the ledger that a word of 排名栏目 means; None where there is none."""
        key = self.headings.get(plain(word))
        return key if key and key not in ("status", "light") and self.there(key) else None

    def values(self, key: TextKey) -> list[str]:
        """A column's values: levels by rank, natures by stage, others as they first come, our own words first."""
        return ordered(self.facts, key)


def ordered(facts: Facts, key: TextKey) -> list[str]:
    """The values that a column has, in the order in which they are told: as 分类 says, else ours; what is left empty is none."""
    data, said = facts.data, facts.ledger.order.get("nature" if key == "nature_word" else key, ())
    known = _known(data, key)
    if not said:
        return known
    first = {word: at for at, word in enumerate(said)}
    return sorted(known, key=lambda word: first.get(word, len(first)))


def _known(data: Columns, key: TextKey) -> list[str]:
    known = list(dict.fromkeys((*ALWAYS.get(key, ()), *filter(None, data.codes(key)[0]))))
    if key == "level":
        return in_order(known)
    if key == "nature_word":
        stages, of = data.codes("nature")
        places = np.zeros(len(data.codes(key)[0]), dtype=np.intp)
        places[data.codes(key)[1][::-1]] = of[::-1]  # each word's first project has the word
        stage = dict(zip(data.codes(key)[0], (stages[at] for at in places.tolist()), strict=True))
        return sorted(known, key=lambda word: _STAGES.get(stage[word], len(_STAGES)))
    return known


_STAGES = {stage: at for at, stage in enumerate(NATURES)}


_BARE = re.compile(r"[\u4e00-\u9fff]{2,8}")
"""A heading that can be said in a sentence: no bracket, no unit, no mark."""


def _called(column: Column, heading: str) -> Column:
    """A column as the ledger calls it, where that can be said: 牵头单位 for 责任单位, 所属片区 for 建设地点."""
    words = heading.rsplit("·", 1)[-1]
    if not _BARE.fullmatch(words) or words == column.heading:
        return column
    return replace(column, heading=words, also=f"{column.heading} {column.also}")


def _headings(columns: dict[TextKey, Column]) -> dict[str, TextKey]:
    return {
        plain(word): key
        for places in (_endings, _aliases, _full)
        for key, column in reversed(columns.items())
        for word in places(column)
    }


def _full(column: Column) -> tuple[str, ...]:
    return (column.heading,)


def _aliases(column: Column) -> tuple[str, ...]:
    return column.aliases


def _endings(column: Column) -> tuple[str, ...]:
    return (column.heading[-2:],)
