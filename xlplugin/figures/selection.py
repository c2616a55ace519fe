"""Some of the ledger's projects: what the words of a name let through, as a mask over `Columns`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce

import numpy as np

from xlplugin.amounts import ratio
from xlplugin.columns import Array
from xlplugin.figures.counted import Sums, start_base, sums
from xlplugin.figures.ranking import Rank, apart, ranks
from xlplugin.figures.said import Words
from xlplugin.figures.said import words as words_of
from xlplugin.figures.words import Months, Word, started, to_finish
from xlplugin.flags import Facts
from xlplugin.flags.facts import Project, of_months
from xlplugin.flags.history import History
from xlplugin.periods import add_months
from xlplugin.schema.keys import Amount, TextKey
from xlplugin.tables import Table


@dataclass(frozen=True)
class Known:
    """What names are asked of: judged facts, what is new since last month, the months that were kept (归档台账)."""

    facts: Facts
    history: History | None
    archive: Table


@dataclass(frozen=True)
class Selection:
    """The projects that all words let through; `months` and the column `by` are for the figure, where the name says them."""

    known: Known
    words: tuple[Word, ...] = ()
    months: Months | None = None
    by: TextKey | None = None

    @property
    def facts(self) -> Facts:
        """The ledger with its judgements."""
        return self.known.facts

    @cached_property
    def mask(self) -> Array | None:
        """Which projects they are; None where that cannot be known."""
        masks = [word.where(self.facts, self.known.history, self.months) for word in self.words]
        if any(mask is None for mask in masks):
            return None
        everyone = np.ones(len(self.facts.data), dtype=bool)
        return reduce(np.logical_and, (mask for mask in masks if mask is not None), everyone)

    @cached_property
    def rows(self) -> tuple[int, ...] | None:
        """Their sheet rows, in the ledger's order."""
        return None if self.mask is None else tuple(self.facts.data.rows[self.mask].tolist())

    @cached_property
    def sums(self) -> Sums | None:
        """Count and money."""
        return None if self.mask is None else sums(self.facts, self.mask)

    @property
    def project(self) -> Project | None:
        """The one project that the name speaks of by itself; None where it speaks of many."""
        row = next((word.project for word in self.words if word.project is not None), None)
        return None if row is None else self.facts.project(row)

    @property
    def around(self) -> Selection:
        """The projects among which the last word picks these."""
        return Selection(self.known, self.words[:-1], self.months)

    @property
    def whole(self) -> Selection:
        """All projects of the ledger."""
        return Selection(self.known)

    @property
    def wording(self) -> Words:
        """How this office says a number."""
        return words_of(self.facts.settings)

    def values(self, key: TextKey) -> tuple[str, ...] | None:
        """What they have in a column, as it first comes."""
        if self.mask is None:
            return None
        words, of = self.facts.data.codes(key)
        found = (words[at] for at in dict.fromkeys(of[self.mask].tolist()))
        return tuple(word for word in found if word)

    def count(self, where: Array | None = None) -> int | None:
        """How many they are, or how many of them a mask lets through."""
        if self.mask is None:
            return None
        return int(np.count_nonzero(self.mask if where is None else self.mask & where))

    def done_by(self, month: int) -> int | None:
        """分 done from January to a month; None where a project with money done has no record of that month."""
        now = self.facts.settings.as_of.month
        if month == 0 or self.mask is None or self.sums is None:
            return None if self.mask is None else 0
        if month == now:
            return self.sums.done
        if month > now:
            return None
        (recorded,) = of_months(self.facts.ledger, self.facts.monthly_done, month)
        values = recorded[self.mask]
        lacking = np.isnan(values) & (self.facts.data.whole("done")[self.mask] != 0)
        return None if lacking.any() else int(np.nansum(values))

    @property
    def done_last_year(self) -> int | None:
        """分 done a year ago by the projects that these words picked then; None where that month was not kept."""
        data, then = self.known.archive.data, add_months(self.facts.settings.as_of, -12)
        cutoffs = data["cutoff"]
        same = cutoffs.astype("datetime64[M]") == np.datetime64(then, "M")
        if not same.any() or not all(map(self._kept, self.words)):
            return None
        chosen = same & (cutoffs == cutoffs[same].max())
        for word in self.words:
            chosen &= data.where(word.key, word.value) if word.key else False
        return int(data.whole("done")[chosen].sum())

    def _kept(self, word: Word) -> bool:
        """Whether the archive has what a word goes by: no office's own columns, an old one no nature's own word."""
        return word.key is not None and self.known.archive.has(word.key)

    @property
    def started(self) -> int | None:
        """How many of them have begun, of those that are 在建."""
        return self.count(started(self.facts))

    @property
    def to_start(self) -> int | None:
        """How many of them 开工率 is counted upon, as 开工率口径 says."""
        return self.count(start_base(self.facts))

    @property
    def based(self) -> tuple[int, ...]:
        """The rows of those that 开工率 is counted upon."""
        mask = self.mask if self.mask is None else self.mask & start_base(self.facts)
        return () if mask is None else tuple(self.facts.data.rows[mask].tolist())

    @property
    def due(self) -> tuple[int | None, int | None]:
        """How many of them are to be finished in the name's months, and how many of those are."""
        planned = to_finish(self.facts, self.months)
        return self.count(planned), self.count(planned & self.facts.data["finished"])

    @property
    def share(self) -> Fraction | None:
        """What part of the projects around them they are."""
        return ratio(self.count(), self.around.count())

    def ranks(self, key: TextKey) -> list[Rank]:
        """Their groups by a column, best first."""
        return [] if self.mask is None else ranks(self.facts, key, self.mask)

    def apart(self, *, above: bool) -> tuple[Rank, ...] | None:
        """Their groups by the name's column that lie above (or below) all of them together, the farthest first."""
        whole = self.sums.completion if self.sums else None
        if self.by is None or whole is None:
            return None
        return tuple(apart(self.ranks(self.by), whole, above=above))

    def total(self, key: Amount) -> int | None:
        """One of the amounts, 分."""
        return None if self.sums is None else getattr(self.sums, key)

    def by_gap(self, count: int, *, ahead: bool) -> tuple[int, ...] | None:
        """The rows of those farthest behind (or ahead of) schedule; of equals the largest first; those without a gap are none."""
        if self.mask is None:
            return None
        gaps = self.facts.data["gap"]
        positions = np.flatnonzero(self.mask & ~np.isnan(gaps))
        far = -gaps[positions] if ahead else gaps[positions]
        order = np.lexsort((-self.facts.data.whole("total")[positions], far))
        return tuple(self.facts.data.rows[positions[order[:count]]].tolist())
