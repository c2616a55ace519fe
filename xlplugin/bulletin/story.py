"""What every row of the bulletin needs at hand: facts, figures, wording, the items repeated over, and the words for one project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import copy
from fractions import Fraction
from itertools import count

import numpy as np

from xlplugin.bulletin.blocks import Paragraph
from xlplugin.bulletin.clock import clock
from xlplugin.bulletin.items import Item, chosen, items, projects_named, repeatable, tabled
from xlplugin.bulletin.outline import Entry, passed_over
from xlplugin.bulletin.room import APPENDIX_LIMIT, has_appendix, label
from xlplugin.bulletin.template import OF_ITEM, Wording
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.bulletin.words import a_few, investment, levels_word, listing
from xlplugin.columns import Array
from xlplugin.errors import Problem, UserError
from xlplugin.figures import Named, Names
from xlplugin.figures.counted import Figures
from xlplugin.figures.said import called, counties, words
from xlplugin.figures.words import Word
from xlplugin.flags.facts import Project
from xlplugin.periods import say_date
from xlplugin.places import below, of_level, whole
from xlplugin.schema import ANALYSIS, BEHIND, NOT_STARTED, Column
from xlplugin.schema.keys import TextKey
from xlplugin.settings import Settings

LONG_LISTS: dict[str, set[ParagraphKey]] = {
    BEHIND: {"未达到单项", "其余未达到"},
    NOT_STARTED: {"未开工单项"},
}
"""The rows that an outline must have for a list to be cut short: the list, and what says where the rest is."""
MOST_ITEMS, MOST_TEXTS = 2000, 10_000
"""A row repeats over so many items at most; so many texts of the office's own are written."""


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
        self.figures, self.wording = figures, wording
        self.failed: dict[Problem, None] = {}
        self.lacking: dict[str, dict[str, None]] = {}
        self.texts = count(1)
        self.items: tuple[Item, ...] = ()
        self.said: set[ParagraphKey] = set()
        self.analysis, self.drawn = analysis, drawn
        self.settings: Settings = self.facts.settings
        self.words = words(self.settings)
        self.clock = clock(self.settings)
        self.spoken: dict[int, None] = {}
        as_of = self.settings.as_of
        levels = figures.whole.levels  # the lowest is the place's own
        place = self.settings.county or (of_level(levels[-1]) if levels else "")
        self.common: dict[str, object] = {
            "年份": as_of.year,
            "月份": as_of.month,
            "截止日期": say_date(as_of),
            "截止月日": say_date(as_of, year=False),
            "本地": whole(place),
            "乡镇": below(place, counties=self.facts.across_counties),
            "重点工程": self.settings.called,
            "工程": self.settings.called[-2:],
            "项": self.settings.counted,
            "概算总投资": investment(self.facts),
            "总数": self.figure("全部.项数"),
            "级别统称": levels_word(figures.whole.levels),
            "本项": "",
        }

    def figure(self, name: str) -> str | int:
        """A figure as it is printed, by its name; noted as one of the bulletin's. 本项.完成率 is one of the item repeated over."""
        if not name.startswith(OF_ITEM):
            return self._noted(self.named[name])
        found = self.named.within(self.within, name.removeprefix(OF_ITEM))
        return self._noted(found) if all(word.key for word in self.within) else found.said

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
        if found.figure.kind == "rows" and isinstance(found.value, tuple):
            rows = [row for row in found.value if isinstance(row, int)]
            self.spoken |= dict.fromkeys(self.positions(rows).tolist())
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
        if next(self.texts) > MOST_TEXTS:
            words = (
                f"各行逐项写，合起来至多{MOST_TEXTS}段",
                "已经满了",
                "其余的没有写，请写得窄些",
            )
            first = next(each for each in self.wording.outline if each.each)
            self.failed[self.wording.wrong(first.row, "each", *words)] = None
            return ""
        text, wrong = self.wording.own(row, self.common, self.figure)
        if wrong:
            self.failed[wrong] = None
        return text

    def repeated(self, row: Entry) -> Iterator[Story]:
        """This story once for each item that a row repeats over; itself where it repeats over nothing."""
        if not row.each or self._alone(row):
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

    def _alone(self, row: Entry) -> bool:
        """Whether headings by level go: where only the worst are told, they stand in one list."""
        return row.key == "未达到级别标题" and self.is_many(
            self.named.within(self.within, BEHIND).selection.rows or (), BEHIND
        )

    def _items(self, row: Entry) -> list[Item]:
        try:
            return items(self.named, self.within, row.each)
        except UserError as wrong:
            self._unknown(row, str(wrong))
            return []

    def tabled(self, row: Entry, most: int = 2) -> tuple[TextKey, ...] | Array | None:
        """What a table or a chart of the office's own goes by; None where that is nothing (a problem says so)."""
        try:
            return tabled(self.named, self.within, row.each, most)
        except UserError as wrong:
            self._unknown(row, str(wrong))
            return None

    def _unknown(self, row: Entry, why: str) -> None:
        """A row that repeats over nothing of this ledger's: an office's own is told at its cell, those of a ready outline together."""
        if self.wording.chosen:
            self.lacking.setdefault(why, {})[row.name] = None
        else:
            self._misplaced(row, why, "这一行没有写，请改正")

    def left_out(self) -> Iterator[Problem]:
        """One remark on the rows of a ready outline that were not written for want of a column."""
        if self.lacking:
            found = "；".join(
                f"{why}，提纲里的{'、'.join(f'「{name}」' for name in names)}没有写"
                for why, names in self.lacking.items()
            )
            expected = f"「{self.wording.chosen}」用到的栏目，台账里应当有"
            yield passed_over(self.settings, expected, found, "用不着的不必管；要写的请补上这一栏")

    def _misplaced(self, row: Entry, found: str, advice: str) -> None:
        expected = f"应为栏目（{'、'.join(repeatable(self.named))}），或项目的名称（如未开工）"
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
            self._unknown(row, str(wrong))
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

    def name(self, project: Project, note: str = "") -> str:
        """What a project is called; in a city's bulletin its name says the county, too. A note stands in the same brackets."""
        self.spoken[project.position] = None
        name = called(self.facts, project)
        if note and self.facts.across_counties and name.endswith("）"):
            return f"{name[:-1]}，{note}）"
        return f"{name}（{note}）" if note else name

    def unit(self, project: Project) -> str:
        """Who answers for a project beside its name; "" in a city's bulletin, where the name says the county."""
        return "" if self.facts.across_counties else project.agency

    def names(self, projects: Sequence[Project], *, counted: bool = True) -> str:
        """甲项目、乙项目; of more than ten the first, and how many where that is not said before (`counted`)."""
        unit = self.settings.counted if counted else ""
        return a_few(map(self.name, projects), len(projects), unit)

    def bare_names(self, projects: Sequence[Project]) -> str:
        """The same where the county has been said."""
        self.spoken |= dict.fromkeys(project.position for project in projects)
        return listing(
            project.name.removesuffix(counties(self.facts, project)) for project in projects
        )

    def rows(self, name: str) -> Sequence[int]:
        """The sheet rows of all projects that a name means."""
        return self.named[name].selection.rows or ()

    def largest(self, rows: Collection[int]) -> list[Project]:
        """The projects in some sheet rows, by their investment, the largest first."""
        return list(map(self.facts.at, self.by_size(rows).tolist()))

    def by_size(self, rows: Collection[int]) -> Array:
        """Where these projects stand in the ledger's columns, the largest first."""
        at = self.positions(rows)
        ordered: Array = at[np.argsort(-self.facts.data.whole("total")[at], kind="stable")]
        return ordered

    def worst(self, rows: Collection[int]) -> list[Project]:
        """The projects in some sheet rows, the farthest behind first, of equals the largest; those that have no distance come last."""
        at = self.by_size(rows)
        gaps = self.facts.data["gap"][at]
        return list(map(self.facts.at, at[np.argsort(gaps, kind="stable")].tolist()))

    @property
    def attaches(self) -> bool:
        """Whether the outline has a place for what is attached."""
        return any(row.depth == "附件" for row in self.wording.outline)

    def is_many(self, rows: Collection[int], status: str) -> bool:
        """Whether these are more projects of a status than the text tells one by one: the rest is then in a table."""
        told = {row.key for row in self.wording.outline}
        return self.attaches and LONG_LISTS[status] <= told and len(rows) > self.settings.detailed

    @property
    def many(self) -> list[str]:
        """The statuses of which the text tells only some; none where all together are more than a table holds."""
        rows = {status: self.figures.lists[status] for status in (BEHIND, NOT_STARTED)}
        if sum(map(len, rows.values())) > APPENDIX_LIMIT:
            return []
        return [status for status, own in rows.items() if self.is_many(own, status)]

    @property
    def place(self) -> str:
        """Where all that lag are told: 附件2 (附件 where it is the only one), or the analysis sheet where they are too many."""
        if not self.many:
            return f"工作簿「{self.analysis}」"
        return label(2, 2) if has_appendix(self.facts) else label(1, 1)

    def positions(self, rows: Collection[int]) -> Array:
        """Where some projects stand in the ledger's columns."""
        return np.searchsorted(self.facts.data.rows, list(rows))

    def places(self, projects: Sequence[Project]) -> Array:
        """The same of projects at hand."""
        return np.array([project.position for project in projects], dtype=np.intp)
