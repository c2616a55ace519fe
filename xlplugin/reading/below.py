"""The rows below a sheet's headings: what is looked at to tell them apart, and what is found of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError, Uncalculated, plain
from xlplugin.reading.meaning import text_of
from xlplugin.schema.keys import TextKey

AMOUNTS = ("total", "plan", "done")
INHERITED = ("level", "nature", "agency", "industry", "county")
"""Columns that a section or a vertically merged cell gives to its rows."""

SUM_WORDS = re.compile(
    r"(?:合计|小计|总计|共计|合計|合计数|总合计)(?:[(:].*|共?\d+[个项目]*)?$|^共\d+[个项](?:项目|工程)?$"
)
NUMBERED = re.compile(
    r"^(?:(第[一二三四五六七八九十\d]+(?:部分|篇|类))|([一二三四五六七八九十]+)(?:[、.:]|$)|\(([一二三四五六七八九十]+)\)|([ⅰⅱⅲⅳⅴⅵ]+)[、.]?)"
)
BRACKETED = re.compile(r"[①-⑳]|[（(]\d+[)）]")
"""A number in a ring or in brackets."""
_AGAIN = re.compile(
    r"(?<![(\-—])[(\-—]*(?:续表?|接上页|续上表)(?:[一二三四五六七八九十\d]+)?\)?$|^续表\d*"
)
_PLACES = r"(?:国家|省|市|州|县|区|旗|镇|乡)"
_STAGES = r"(?:在建|[新续改扩迁]建|改扩建|前期|储备|竣工|投产|收尾|新?开工|谋划)"
LEADING = re.compile(
    rf"^(?:{_PLACES}(?:、?{_PLACES})*(?:级重点|级|重点){_STAGES}?|(?:重点|重大)?(?:计划|拟)?{_STAGES}(?:类|重点)?)"
    r"(?:建设)?(?:项目|工程)?(?:[(共]*\d+[个项]\)?)?:?$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sum or a section says its projects come to: cells by key, and the projects counted; positions it covers."""

    cells: Mapping[str, Cell]
    count: int | None = None
    covers: tuple[int, int] | None = None
    """First and last position of a section; None for a sum row, which may stand above or below."""
    of_which: tuple[TextKey, str] | None = None
    """The level or the nature's word whose sum it is, for a line 其中：省重点 below a sum."""


@dataclass
class Sorted:
    """The rows of a table by kind. Positions count the rows that hold anything."""

    kinds: dict[int, str] = field(default_factory=dict)
    """Position → kind; what is not here is a project."""
    claims: dict[int, Claim] = field(default_factory=dict)
    broken_up: dict[int, tuple[list[str], bool]] = field(default_factory=dict)
    """Position of a line below a sum that says what of it is (其中：省重点) → the words so far, and whether it is the whole sum."""
    of_which: set[int] = field(default_factory=set)
    """Positions of the rows without a number below 其中 in the column of numbers."""
    split: list[int] = field(default_factory=list)
    """Rows of the projects whose name is merged over several rows, of which more than one has amounts of its own."""
    given: dict[str, dict[int, Cell]] = field(default_factory=dict)
    """Key → position → value that a section or a merged cell gives."""


@dataclass(frozen=True)
class Below:
    """The rows below a sheet's headings: their numbers, the cells of our columns, and where those columns are."""

    grid: Grid
    rows: Sequence[int]
    cells: Mapping[str, Sequence[Cell]]
    at: Mapping[str, int]
    above: frozenset[str] = frozenset()
    """The title and the headings, folded, which may be repeated for printing."""

    def cell(self, key: str, position: int) -> Cell:
        """A column's cell; None where the sheet has no such column."""
        return self.cells[key][position] if key in self.cells else None

    def all_bracketed(self, key: str) -> bool:
        """Whether an office numbers all that stands in a column ① or （1）: then such a number is no part's."""
        held = [str(cell).strip() for cell in self.cells.get(key, ()) if cell is not None]
        return bool(held) and all(map(BRACKETED.match, held))

    def headings(self, key: str) -> set[Cell]:
        """What stands above a column, as typed."""
        top = self.grid.rows[: self.rows[0] - 1] if len(self.rows) else []
        return {c for row in top for c in row[self.at[key] - 1 : self.at[key]] if c}

    def leads(self, position: int) -> list[str]:
        """The texts, folded, up to and with the name."""
        row = self.grid.rows[self.rows[position] - 1]
        last = max(self.at["name"], self.at.get("id", 0))
        return [text for c in row[:last] if isinstance(c, str) and (text := plain(c))]

    def lead(self, position: int) -> str:
        """A section's words: its number and its title, which may stand in two cells."""
        return "、".join(self.leads(position))

    def repeats(self, position: int) -> bool:
        """Whether a row repeats the title or the headings, as for printing: 重点工程进展情况表（续）."""
        row = self.grid.rows[self.rows[position] - 1]
        some = [cell for cell in row if cell is not None]
        return all(_AGAIN.sub("", text_of(cell)) in self.above for cell in some)

    def has_number(self, position: int) -> bool:
        """Whether a row has an amount that is a number."""
        amounts = (self.cell(key, position) for key in AMOUNTS)
        return any(isinstance(cell, (int, float)) and cell for cell in amounts)


def real(cell: Cell) -> bool:
    """Whether an amount's cell holds something: not 0, not blank, no error, no formula without a value."""
    if cell is None or isinstance(cell, (CellError, Uncalculated)):
        return False
    return bool(re.search(r"[1-9]", plain(cell))) if isinstance(cell, str) else bool(cell)
