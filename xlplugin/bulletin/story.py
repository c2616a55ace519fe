"""What every row of the bulletin needs at hand: facts, figures, wording, the items repeated over, and the words for one project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from fractions import Fraction

import numpy as np

from xlplugin.bulletin.blocks import Paragraph
from xlplugin.bulletin.items import COLUMNS, Item, chosen, column_of, items, projects_named
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.template import OF_ITEM, Wording
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.bulletin.words import levels_word, listing
from xlplugin.columns import Array
from xlplugin.errors import Problem, UserError
from xlplugin.figures import Named, Names
from xlplugin.figures.counted import Figures
from xlplugin.figures.said import Words, called
from xlplugin.figures.words import Word
from xlplugin.flags.facts import Project
from xlplugin.periods import say_date
from xlplugin.places import below, whole
from xlplugin.schema import ANALYSIS, Column
from xlplugin.schema.keys import TextKey
from xlplugin.settings import Settings

MOST_ITEMS = 2000
"""A row repeats over so many items at most."""


class Story:
    """One bulletin in the making. A project is a sheet row; it is always printed under its one name."""

    def __init__(
        self,
        names: Names,
        figures: Figures,
        wording: Wording,
        analysis: str = ANALYSIS.title,
        drawn: bool = True,
    ) -> None:
        self.named = names
        self.told: dict[str, None] = {}
        self.facts, self.history = names.known.facts, names.known.history
        self.figures = figures
        self.wording = wording
        self.failed: dict[Problem, None] = {}
        self.items: tuple[Item, ...] = ()
        self.said: set[ParagraphKey] = set()
        self.analysis, self.drawn = analysis, drawn
        self.settings: Settings = self.facts.settings
        self.words = Words(self.settings.decimals, self.settings.unit)
        as_of = self.settings.as_of
        self.common: dict[str, object] = {
            "年份": as_of.year,
            "月份": as_of.month,
            "截止日期": say_date(as_of),
            "截止月日": say_date(as_of, year=False),
            "本地": whole(self.settings.county),
            "乡镇": below(self.settings.county, counties=self.facts.across_counties),
            "重点工程": self.settings.called,
            "工程": self.settings.called[-2:],
            "项": self.settings.counted,
            "总数": self.figure("全部.项数"),
            "级别统称": levels_word(figures.whole.levels),
            "本项": "",
        }

    def figure(self, name: str) -> str | int:
        """A figure as it is printed, by its name; noted as one of the bulletin's. 本项.完成率 is one of the item repeated over."""
        if not name.startswith(OF_ITEM):
            return self._noted(self.named[name])
        return self.named.within(self.within, name.removeprefix(OF_ITEM)).said

    def figure_of(self, label: str, *words: Word) -> str | int:
        """The same of the projects that some words let through: what the clerks wrote in a cell need not be a name."""
        return self._noted(self.named.of(label, *words))

    def word(self, key: TextKey, value: str) -> Word:
        """A column's value as a word."""
        return self.named.vocabulary.word(key, value)

    def column(self, key: TextKey) -> Column:
        """A classifying column, as the ledger calls it."""
        return self.named.classes.columns[key]

    def _noted(self, found: Named) -> str | int:
        self.told[str(found.name)] = None
        return found.said

    def share(self, name: str) -> Fraction | None:
        """A ratio or a gap by its name, exactly; noted as well."""
        self.figure(name)
        value = self.named[name].value
        return Fraction(value) if isinstance(value, (int, Fraction)) else None

    def counted(self, number: object) -> str:
        """3项, 3个: in the office's own unit of counting."""
        return f"{number}{self.settings.counted}"

    def say(self, key: ParagraphKey, **names: object) -> str:
        """A paragraph of the wording with its names filled in; a template that fails is noted in `failed`."""
        text, wrong = self.wording.say(key, {**self.common, **names}, self.figure)
        if wrong:
            self.failed[wrong] = None
        if text:
            self.said.add(key)
        return text

    def own(self, row: Entry) -> str:
        """What a row of the office's own says, of the item that is repeated over."""
        text, wrong = self.wording.own(row, self.common, self.figure)
        if wrong:
            self.failed[wrong] = None
        return text

    def repeated(self, row: Entry) -> Iterator[Story]:
        """This story once for each item that a row repeats over; itself where it repeats over nothing."""
        if not row.each:
            yield self
            return
        found = self._items(row)
        if len(found) > MOST_ITEMS:
            self._misplaced(row, f"有{len(found)}项", f"只写前{MOST_ITEMS}项，请写得窄些")
        for item in found[:MOST_ITEMS]:
            inner = copy(self)
            inner.items = (*self.items, item)
            inner.common = {**self.common, "本项": item.text}
            yield inner

    def _items(self, row: Entry) -> list[Item]:
        try:
            return items(self.named, self.within, row.each)
        except UserError as wrong:
            self._misplaced(row, str(wrong))
            return []

    def table_of(self, row: Entry) -> TextKey | None:
        """The column that a table of the office's own goes by; None where there is none (a problem says so)."""
        try:
            return column_of(self.named, row.each)
        except UserError as wrong:
            self._misplaced(row, str(wrong))
            return None

    def _misplaced(self, row: Entry, found: str, advice: str = "这一行没有写，请改正") -> None:
        if self.wording.chosen:  # one for every ledger: it says what this one has
            return
        expected = f"应为栏目（{'、'.join(COLUMNS)}），或项目的名称（如未开工）"
        self.failed[self.wording.wrong(row.row, "each", expected, found, advice)] = None

    @property
    def within(self) -> tuple[Word, ...]:
        """The words of all items that are repeated over here."""
        return tuple(item.word for item in self.items if item.word)

    @property
    def chosen(self) -> Array:
        """Where the projects are that are repeated over here."""
        return chosen(self.named, self.within)

    def listed(self, row: Entry) -> Sequence[int]:
        """The sheet rows of the projects that a row lists, of those that are repeated over here."""
        try:
            return projects_named(self.named, self.within, row.each)
        except UserError as wrong:
            self._misplaced(row, str(wrong))
            return ()

    def count(self, name: str) -> int:
        """How many projects a name means, of those that are repeated over here."""
        words = [self.word(w.key, w.value) if w.key else w for w in self.within]
        found = self.named.within(tuple(words), f"{name}.项数")
        named = all(w.key or w.project for w in words)  # a kind of issue is no word of a name
        return int((self._noted(found) if named else found.said) or 0)

    def paragraph(self, key: ParagraphKey, **names: object) -> Iterator[Paragraph]:
        """The same as a block; none where the clerk emptied it."""
        if text := self.say(key, **names):
            yield Paragraph(text)

    def projects(self, rows: Collection[int]) -> list[Project]:
        """The projects in some sheet rows of the ledger."""
        return list(map(self.facts.at, self.positions(rows).tolist()))

    def name(self, project: Project) -> str:
        """What a project is called; in a city's bulletin its name says the county, too."""
        return called(self.facts, project)

    def names(self, projects: Iterable[Project]) -> str:
        """甲项目、乙项目."""
        return listing(map(self.name, projects))

    def positions(self, rows: Collection[int]) -> Array:
        """Where some projects stand in the ledger's columns."""
        return np.searchsorted(self.facts.data.rows, list(rows))
