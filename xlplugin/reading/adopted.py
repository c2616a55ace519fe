"""栏目对应: what the clerk said once and for all; it wins over all guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlplugin import tables
from xlplugin.amounts import money_unit
from xlplugin.book import Book
from xlplugin.cells import plain
from xlplugin.errors import Problem
from xlplugin.reading.headings import Headed
from xlplugin.reading.questions import question
from xlplugin.schema import ADOPTED, BUILDING, EARLY, LEDGER, SHEET_MEANS, UNUSED, WORD_MEANS

_PLACE = re.compile(r"^[「']?(.*?)[」']?!?\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_KEYS = {plain(column.heading): column.key for column in LEDGER.columns}


@dataclass(frozen=True, slots=True)
class AdoptedColumn:
    """One row: her heading (folded), the sheet and cell it stands in ("" for any), our key ("" for none of ours), the unit."""

    hers: str
    sheet: str
    cell: str
    key: str
    unit: str

    def meets(self, title: str, column: Headed) -> bool:
        """Whether this row speaks of a heading."""
        words = plain(column.heading.words)
        if self.sheet and plain(self.sheet) != plain(title):
            return False
        if self.hers and self.hers not in (words, words.rsplit("·", 1)[-1]):
            return False
        return not self.cell or self.cell == column.heading.cell


@dataclass(frozen=True, slots=True)
class LaidDown:
    """What 栏目对应 says; empty where the workbook has no such sheet."""

    columns: Sequence[AdoptedColumn] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Sheet's name, folded → our sheet's title, or 不用."""
    natures: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, bool] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def column(self, title: str, column: Headed) -> AdoptedColumn | None:
        """The row that speaks of a heading, the one that names its cell first."""
        found = [answer for answer in self.columns if answer.meets(title, column)]
        return max(found, key=lambda answer: (bool(answer.cell), bool(answer.sheet)), default=None)

    def mark(self, word: str) -> bool | None:
        """Whether a word was laid down to mean 已开工 or 未开工."""
        return self.marks.get(plain(word))


def read(book: Book) -> LaidDown:
    """The sheet 栏目对应, where there is one; rows that say nothing of ours are passed over, wrong ones are said."""
    table = tables.read_optional(book, ADOPTED)
    columns: list[AdoptedColumn] = []
    sheets: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {"nature": {}, "level": {}}
    marks: dict[str, bool] = {}
    problems = list(table.problems)
    lines = table.lines("kind", "hers", "place", "ours", "unit")
    for row, kind, hers, place, ours, unit in lines:
        folded = plain(hers)
        if not (ours or unit) or not (hers or place):
            continue
        if kind == SHEET_MEANS:
            sheets[folded] = ours
        elif kind == WORD_MEANS:
            _word(words, marks, folded, place, ours)
        else:
            key = _KEYS.get(plain(ours), "")
            if ours and not key and plain(ours) != plain(UNUSED):
                cell, heading = table.address(row, "ours"), table.sheet["ours"].heading
                wrong = f"没有「{ours}」这一栏"
                problems.append(question(table.title, cell, heading, "应为项目台账的栏目", wrong))
                continue
            sheet, cell = _place(place)
            columns.append(
                AdoptedColumn(folded, sheet, cell, key or ("" if ours else "*"), _unit(unit))
            )
    return LaidDown(columns, sheets, words["nature"], words["level"], marks, tuple(problems))


def _unit(unit: str) -> str:
    return money_unit(plain(unit)) if unit else ""


def _word(
    words: dict[str, dict[str, str]], marks: dict[str, bool], hers: str, place: str, ours: str
) -> None:
    """A word of a nature, a level or a mark: told by our column where 位置 names one, else by what it comes to."""
    key = _KEYS.get(plain(place), "")
    if plain(ours) in ("是", "否") or key == "marked_started":
        marks[hers] = plain(ours) == "是"
    elif key == "level" or (key != "nature" and ours not in (BUILDING, EARLY)):
        words["level"][hers] = ours
    else:
        words["nature"][hers] = ours


def _place(place: str) -> tuple[str, str]:
    """「Sheet1」G3, Sheet1!G3, G3 or a sheet's name → sheet and cell."""
    found = _PLACE.match(place.strip())
    if found:
        return found[1].strip("「」!'"), found[2].upper() + found[3]
    return place.strip("「」!' "), ""
