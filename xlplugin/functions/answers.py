"""What a worksheet function may ask of an Outcome, looked up in no time: values by project, by function."""

from __future__ import annotations

from functools import cached_property
from typing import SupportsFloat

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO
from xlplugin.bulletin.projects import sentence
from xlplugin.bulletin.story import Story
from xlplugin.cells import plain
from xlplugin.figures import UnknownName
from xlplugin.pipeline import Outcome
from xlplugin.schema import INDICATORS

NOT_FOUND, WRONG = "#KP:N/A", "#KP:VALUE"
"""Marked return values: the VBA wrapper turns them into real Excel errors, #N/A and #VALUE!."""
Answer = float | int | str | bool


class Answers:
    """An Outcome's values as a cell shows them: shares 0–1, gaps in 百分点, money in 万元; "—" where no ratio exists."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.column = outcome.facts.data.listed
        self._rows: list[int] = outcome.facts.data.rows.tolist()
        self._columns: dict[str, dict[int, Answer]] = {}
        self._sentences: dict[int, str] = {}

    @cached_property
    def rows(self) -> dict[str, int]:
        """Sheet row by id, name or alias, also as it is usually typed (so that most look-ups need no folding)."""
        known = dict(self.outcome.facts.ledger.rows)
        for key in ("id", "name"):
            for row, word in zip(self._rows, self.column(key), strict=True):
                if known.get(plain(word)) == row:
                    known.setdefault(word, row)
        return known

    def row(self, word: object) -> int | None:
        """The sheet row that an id, name or alias means; None where it means none."""
        if isinstance(word, float) and word.is_integer():
            word = int(word)
        text = word if isinstance(word, str) else str(word)
        return self.rows.get(text) or self.rows.get(plain(text))

    def project(self, key: str, word: object) -> Answer | None:
        """A column's value for one project, as a cell shows it; None for an unknown project."""
        row = self.row(word)
        if row is None:
            return None
        if key not in self._columns:
            self._columns[key] = self._column(key)
        return self._columns[key][row]

    def _column(self, key: str) -> dict[int, Answer]:
        scale = _SCALES.get(key, 1)
        return {
            row: _shown(value, scale)
            for row, value in zip(self._rows, self.column(key), strict=True)
        }

    def sentence(self, word: object) -> str | None:
        """What the bulletin says of one project; None for an unknown one."""
        row = self.row(word)
        if row is None:
            return None
        if row not in self._sentences:
            self._sentences[row] = sentence(self._story, row)
        return self._sentences[row]

    @cached_property
    def _story(self) -> Story:
        return Story(self.outcome.names, self.outcome.figures, self.outcome.wording)

    def named(self, name: str) -> Answer:
        """A figure by its name; what is no name is `WRONG`."""
        try:
            return self.outcome.names[name].cell
        except UnknownName:
            return WRONG


def _shown(value: object, scale: float) -> Answer:
    if isinstance(value, str):
        return value
    if not isinstance(value, SupportsFloat):  # no number at all
        return NO_RATIO
    number = float(value)
    return (
        NO_RATIO
        if number != number
        else number / scale
        if scale > 1
        else number * 100
        if scale < 1
        else number
    )


_UNITS = {"points": 0.01, "money": FEN_PER_WAN}
_SCALES: dict[str, float] = {each.key: _UNITS.get(each.column.kind, 1) for each in INDICATORS}
