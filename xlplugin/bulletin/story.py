"""What every section of the bulletin needs at hand: facts, figures, wording, and the words for one project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from xlplugin import indicators
from xlplugin.bulletin.blocks import Paragraph
from xlplugin.bulletin.template import Wording
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.bulletin.words import Words, clause, levels_word, listing
from xlplugin.columns import Array
from xlplugin.flags import Facts
from xlplugin.flags.facts import Exact
from xlplugin.flags.figures import Figures
from xlplugin.flags.history import History
from xlplugin.periods import say_date
from xlplugin.settings import Settings


class Story:
    """One bulletin in the making. A project is a sheet row; it is always printed under its one name."""

    def __init__(
        self, facts: Facts, figures: Figures, wording: Wording, history: History | None = None
    ) -> None:
        self.facts = facts
        self.figures = figures
        self.wording = wording
        self.history = history
        self.settings: Settings = facts.settings
        self.words = Words(self.settings.decimals, self.settings.unit)
        as_of = self.settings.as_of
        self.common: dict[str, Any] = {
            "年份": as_of.year,
            "截止日期": say_date(as_of),
            "截止月日": say_date(as_of, year=False),
            "本地": local(self.settings.county),
            "总数": figures.whole.count,
            "级别统称": levels_word(figures.whole.levels),
        }
        self._values = facts.data.values
        self._position = dict(zip(facts.data.rows.tolist(), range(len(facts.data)), strict=True))
        self._counties = (
            facts.column("county")
            if facts.has("county") and len(set(facts.column("county"))) > 1
            else []
        )

    def say(self, key: ParagraphKey, **names: Any) -> str:
        """A paragraph of the wording with its names filled in."""
        return self.wording.say(key, {**self.common, **names})

    def paragraph(self, key: ParagraphKey, **names: Any) -> Iterator[Paragraph]:
        """The same as a block; none where the clerk emptied it."""
        if text := self.say(key, **names):
            yield Paragraph(text)

    def of(self, row: int, key: str) -> Any:
        """A project's value in a column; in a city's bulletin its name says the county, too: 县医院迁建项目（陵川县）."""
        at = self._position[row]
        value = self._values(key)[at]
        if key != "name" or not self._counties:
            return value
        county = f"（{self._counties[at]}）"
        return f"{value.removesuffix(county)}{county}"

    def positions(self, rows: Sequence[int]) -> Array:
        """Where some projects stand in the ledger's columns."""
        return np.searchsorted(self.facts.data.rows, rows)

    def text(self, row: int, key: str) -> str:
        """A project's free text as a clause, without its full stop."""
        return clause(self.of(row, key))

    def names(self, rows: Sequence[int]) -> str:
        """甲项目、乙项目."""
        return listing(self.of(row, "name") for row in rows)

    def exact(self, row: int, key: str) -> Fraction | int | None:
        """An indicator of a project, exact; None where it does not exist."""
        value = indicators.REGISTRY[key].cell(
            Exact(self.facts, self._position[row]), self.facts.conditions
        )
        assert value is None or isinstance(value, (int, Fraction))
        return value


def local(county: str) -> str:
    """How the place speaks of itself: 陵川县 → 全县, 晋城市 → 全市."""
    return f"全{county[-1]}" if county and county[-1] in "省市县区旗州盟镇乡" else "全县"
