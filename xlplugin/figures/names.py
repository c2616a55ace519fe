"""The figures of one ledger, by name: `names["省重点.在建.完成率"]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, percent
from xlplugin.figures.classes import Classes
from xlplugin.figures.declared import FIGURES, Figure, FigureValue
from xlplugin.figures.grammar import BY_WORD, Name, Vocabulary
from xlplugin.figures.ranking import Rank
from xlplugin.figures.said import Words, called
from xlplugin.figures.said import words as words_of
from xlplugin.figures.selection import Known, Selection
from xlplugin.figures.words import Word
from xlplugin.flags import Facts
from xlplugin.flags.history import History
from xlplugin.schema.keys import TextKey
from xlplugin.tables import Table

KEPT = 4096
"""Names whose values are kept; then all are forgotten."""


@dataclass(frozen=True)
class Named:
    """A figure that was asked for by its name."""

    name: Name
    selection: Selection
    value: FigureValue
    parts: Mapping[str, FigureValue]
    """The values of the figures that it builds on, by key."""

    @property
    def figure(self) -> Figure:
        """How it is declared."""
        return self.name.figure

    @property
    def cell(self) -> float | int | str:
        """As a cell shows it: shares 0–1, gaps in 百分点, money in 万元; "—" where there is no value."""
        value, kind = self.value, self.figure.kind
        if not isinstance(value, (int, Fraction)):
            return self.text
        if kind in _COUNTED:
            return int(value)
        return float(
            value / FEN_PER_WAN if kind == "money" else value * 100 if kind == "points" else value
        )

    @property
    def said(self) -> str | int:
        """As the bulletin prints it: 30.83亿元, 77.91%, 3 (项), a list of names; "" where there is no value."""
        if self.value is None:
            return ""
        return (
            self.value
            if isinstance(self.value, int) and self.figure.kind in _COUNTED
            else self.text
        )

    @property
    def text(self) -> str:
        """As `kp explain` prints it: 3项, 77.91%, -14.50个百分点; "—" where there is no value."""
        return printed(self.figure, self.value, self.selection.facts)


_COUNTED = ("count", "place")


def printed(figure: Figure, value: FigureValue, facts: Facts) -> str:
    """A figure's value in print, in the office's unit and decimals."""
    words = words_of(facts.settings)
    if isinstance(value, tuple):
        return "、".join(_one(each, words, facts) for each in value)
    if isinstance(value, (int, Fraction)):
        match figure.kind:
            case "money":
                return words.money(int(value))
            case "share":
                return words.percent(Fraction(value))
            case "points":
                return f"{percent(Fraction(value), words.share_decimals)}个百分点"
            case "number":
                return f"{float(value):.2f}"
        unit = figure.unit or (facts.settings.counted if figure.kind == "count" else "")
        return f"{value}{unit}"
    return NO_RATIO if value is None else value


def _one(each: int | str | Rank, words: Words, facts: Facts) -> str:
    if isinstance(each, Rank):
        return f"{each.name}（{words.percent(each.sums.completion)}）"
    return called(facts, facts.project(each)) if isinstance(each, int) else each


class Names:
    """What a ledger's names mean. A name is understood and computed once, then kept."""

    def __init__(self, facts: Facts, history: History | None, archive: Table) -> None:
        self.known = Known(facts, history, archive)
        self._kept: dict[str, Named] = {}

    def __reduce__(self) -> tuple[type[Names], tuple[Facts, History | None, Table]]:
        """What was kept stays where it was computed: between processes goes what it was computed from."""
        return Names, (self.known.facts, self.known.history, self.known.archive)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that this ledger knows."""
        return Vocabulary(self.known.facts)

    @property
    def classes(self) -> Classes:
        """The ledger's classifying columns."""
        return self.vocabulary.classes

    def values(self, key: TextKey) -> list[str]:
        """A classifying column's values, in the order in which they are spoken of."""
        return self.classes.values(key)

    def select(self, name: str) -> Selection:
        """The projects that a name speaks of. Raises UnknownName."""
        return self[name].selection

    def within(self, words: tuple[Word, ...], text: str) -> Named:
        """A figure of those of its projects that some words let through: what is asked of an item that is repeated over."""
        if not words:
            return self[text]
        name = self.vocabulary.parse(text)
        return self._asked(replace(name, words=(*words, *name.words)))

    def __getitem__(self, text: str) -> Named:
        """A figure by its name. Raises UnknownName, which says the nearest words."""
        if text not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[text] = self._asked(self.vocabulary.parse(text))
        return self._kept[text]

    def of(self, label: str, *words: Word) -> Named:
        """A figure of the projects that some words let through."""
        name = Name(words, BY_WORD[label])
        text = str(name)
        if text not in self._kept:
            self._kept[text] = self._asked(name)
        return self._kept[text]

    def _asked(self, name: Name) -> Named:
        selection = Selection(self.known, name.words, name.months, name.by)
        parts: dict[str, FigureValue] = {}
        value = _value(name.figure, selection, name.number, parts)
        return Named(name, selection, value, parts)


def _value(
    figure: Figure, of: Selection, number: int, parts: dict[str, FigureValue]
) -> FigureValue:
    """A figure's value; what it builds on is kept in `parts`."""
    given: list[object] = []
    for parameter in figure.parameters:
        if parameter == "of":
            given.append(of)
        elif parameter == "n":
            given.append(number)
        else:
            if parameter not in parts:
                parts[parameter] = _value(FIGURES[parameter], of, number, parts)
            given.append(parts[parameter])
    return None if any(each is None for each in given) else figure.body(*given)
