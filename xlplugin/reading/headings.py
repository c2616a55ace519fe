"""Where a sheet's headings stand, and each column's heading with all its levels: groups merged or not, one to three rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import or_

from xlplugin.amounts import money_unit
from xlplugin.book import Grid
from xlplugin.cells import Cell, split_range
from xlplugin.reading import terms
from xlplugin.reading.meaning import level_meaning, meaning, text_of
from xlplugin.reading.model import Heading
from xlplugin.reading.qualifiers import Meaning

SEARCHED_ROWS = 60
"""Headings are looked for in this many first rows: titles, notes and summaries may stand above."""
DEEPEST = 5
"""Rows that one heading has at most."""
LONGEST = 40
"""Characters that a heading has at most; what is longer is a text."""
SURE = 5
"""A row with this many different headings, a name among them, is the heading row."""

_NOTE = re.compile(
    r"[:：]|^(?:填报|填表|制表|报送|编制|数据来源)|^\(?\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?\)?$|^\(?单位"
)
_MARK = re.compile(r"^(?:[甲乙丙丁戊己庚辛壬癸]|\(?\d{1,2}\)?(?:=[\d()+\-*/÷×%]+)?|[①-⑳]|[a-z])$")
_NUMBER = re.compile(r"-?\d+$")
_UNIT_ONLY = re.compile(r"^[(\[]?(?:单位[:为]?)?(百万元|千元|万元|亿元|[万亿元])[)\]]?$")


@dataclass(frozen=True, slots=True)
class Headed:
    """A column under its heading, and what the heading says."""

    heading: Heading
    meaning: Meaning

    @property
    def number(self) -> int:
        """The column's number."""
        return self.heading.column


@dataclass(frozen=True, slots=True)
class Headings:
    """A table's headings: their first and last row, the first row below them, and the columns from the left."""

    first: int
    last: int
    below: int
    columns: tuple[Headed, ...]

    def of(self, *whats: str) -> list[Headed]:
        """The columns that mean one of some things."""
        return [column for column in self.columns if column.meaning.what in whats]


class _Top:
    """The first rows of a sheet as texts, with what is merged among them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = [[text_of(cell) for cell in row] for row in grid.rows[: SEARCHED_ROWS + 1]]
        self.origin: dict[tuple[int, int], tuple[int, int]] = {}
        for area in grid.merged:
            top, left, bottom, right = split_range(area)
            if top <= SEARCHED_ROWS and (bottom - top < SEARCHED_ROWS) and right - left < 300:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        self.origin[row, column] = (top, left)

    def own(self, row: int, column: int) -> str:
        """What is written in a cell itself."""
        line = self.rows[row - 1] if 1 <= row <= len(self.rows) else []
        return line[column - 1] if column <= len(line) else ""

    def texts(self, row: int) -> list[tuple[int, str]]:
        """A row's cells that are not empty, as (column, text)."""
        return [(at, text) for at, text in enumerate(self.rows[row - 1], 1) if text]

    def is_data(self, row: int) -> bool:
        """Whether a row holds what few headings are: amounts, and dates beside numbers."""
        cells = [cell for cell in self.grid.rows[row - 1] if cell is not None]
        numbers = [c for c in cells if isinstance(c, (int, float)) and not isinstance(c, bool)]
        odd = sum(not 0 <= n <= 31 or n != int(n) for n in numbers if not 2000 <= n <= 2099)
        texts = sum(isinstance(cell, str) for cell in cells)
        dates = sum(isinstance(cell, dt.date) for cell in cells)
        return 4 * odd > texts or (len(numbers) > 1 and dates > 0)


def things(texts: Sequence[str]) -> set[str]:
    """The different things that some single cells, taken as headings, are about."""
    found = set()
    for text in texts:
        if len(text) <= LONGEST:
            said = level_meaning(text)[1]
            found.add(said.what or (f"{said.months}" if said.months else ""))
    return found - {""}


def find(grid: Grid) -> Headings | None:
    """The sheet's headings; None where no row looks like any."""
    top = _Top(grid)
    anchor, best = 0, (False, 1)
    for row in range(1, min(len(top.rows), SEARCHED_ROWS) + 1):
        texts = [text for _, text in top.texts(row)]
        if len(texts) < 2 or top.is_data(row):
            continue
        found = things(texts)
        if (score := ("name" in found, len(found))) > best:
            anchor, best = row, score
        if best[0] and best[1] >= SURE:
            break
    if not anchor:
        return None
    first, last = _upwards(top, anchor), anchor
    names = _named(top, anchor)
    while last + 1 - first < DEEPEST and _continues(top, last + 1, names):
        last += 1
    below = last + (2 if _is_number_row(top, last + 1) else 1)
    return Headings(first, last, below, tuple(_columns(top, first, last)))


def _named(top: _Top, row: int) -> frozenset[int]:
    """The columns of a heading row below which a project's name or number stands."""
    return frozenset(
        column
        for column, text in top.texts(row)
        if level_meaning(text)[1].what in ("name", "id", "serial")
    )


def _continues(top: _Top, row: int, names: frozenset[int]) -> bool:
    """Whether a row goes on with the headings above it: words of headings only, and nothing below the names."""
    if row > len(top.rows) or top.is_data(row):
        return False
    texts = top.texts(row)
    if not texts or any(column in names for column, _ in texts):
        return False
    if any(isinstance(cell, (int, float)) for cell in top.grid.rows[row - 1]):
        return False
    said = [len(text) <= LONGEST and _is_heading(text) for _, text in texts]
    short = (len(text) <= 4 for _, text in texts)
    return any(said) and all(map(or_, said, short))


def _is_heading(text: str) -> bool:
    """Whether some words are a heading's, or an answer that a tick may stand below (省重点, 续建)."""
    return bool(
        level_meaning(text)[1].says
        or _UNIT_ONLY.match(text)
        or terms.placed(text)
        or terms.stage(text)
    )


def _upwards(top: _Top, anchor: int) -> int:
    """The first row of the headings whose fullest row is known."""
    first = anchor
    used = [column for column, _ in top.texts(anchor)]
    while first > 1 and anchor - first + 1 < DEEPEST and _groups(top, first - 1, used):
        first -= 1
    return first


def _groups(top: _Top, row: int, used: Sequence[int]) -> bool:
    """Whether a row above the headings holds groups of them; titles and notes do not count."""
    texts = top.texts(row)
    if not texts or top.is_data(row) or any(_NOTE.search(t) or len(t) > 30 for _, t in texts):
        return False
    spans = [_span(top, row, column) for column, _ in texts]
    if any(span > 0.7 * len(used) for span in spans):
        return False
    if len(texts) == 1 and spans[0] == 1:
        (column, text), *_ = texts
        core, said = level_meaning(text)
        return said.says and bool(core.strip("·")) and column > used[1 if len(used) > 1 else 0]
    return any(level_meaning(text)[1].says or len(text) <= 12 for _, text in texts)


def _span(top: _Top, row: int, column: int) -> int:
    """How many columns a merged cell takes up."""
    origin = top.origin.get((row, column))
    if origin is None:
        return 1
    width = 1
    while top.origin.get((row, column + width)) == origin:
        width += 1
    return width


def _columns(top: _Top, first: int, last: int) -> Iterator[Headed]:
    width = max((len(row) for row in top.rows[first - 1 : last]), default=0)
    spread = {row: _spread(top, row, first, last, width) for row in range(first, last)}
    for column in range(1, width + 1):
        levels: list[tuple[int, str]] = []
        for row in range(first, last + 1):
            at = top.origin.get((row, column), (row, column))
            if at[0] < first:
                continue  # a title that reaches down
            text = top.own(row, column) or top.own(*spread.get(row, {}).get(column, at))
            if text and not _NUMBER.match(text) and (not levels or levels[-1][1] != text):
                levels.append((at[0], text))
        if levels:
            yield _column(top, column, levels, first, last)


def _column(top: _Top, column: int, levels: list[tuple[int, str]], first: int, last: int) -> Headed:
    said = meaning([text for _, text in levels])
    if not said.units:
        units = [found[1] for _, text in levels if (found := _UNIT_ONLY.match(text))]
        said = _with_unit(said, units)
    own = [row for row in range(first, last + 1) if top.own(row, column)]
    words = "·".join(text for _, text in levels)
    row = own[-1] if own else levels[-1][0]
    return Headed(Heading(row, column, words, column in top.grid.hidden_columns), said)


def _with_unit(said: Meaning, units: Sequence[str]) -> Meaning:
    return replace(said, units=(money_unit(units[-1]),)) if units else said


def _spread(
    top: _Top, row: int, first: int, last: int, width: int
) -> Mapping[int, tuple[int, int]]:
    """Where a group's text, not merged, reaches over the blanks at its right: column → the group's cell.

    A group is a text with something below it. It ends at the next text of its row or of a row above, and at a merged cell.
    """
    found: dict[int, tuple[int, int]] = {}
    group: tuple[int, int] | None = None
    for column in range(1, width + 1):
        own = top.own(row, column)
        below = any(top.own(lower, column) for lower in range(row + 1, last + 1))
        if own:
            group = (row, column) if below and (row, column) not in top.origin else None
        elif (row, column) in top.origin or any(
            top.own(upper, column) for upper in range(first, row)
        ):
            group = None
        if group and below:
            found[column] = group
        elif not below and not own:
            group = None
    return found


def side_by_side(block: Headings) -> list[Headings]:
    """The tables that stand beside each other under one row of headings; mostly one.

    A second one begins where the first one's headings begin again, word for word, with a name and two amounts at least.
    """
    columns = _without_aside(block.columns)
    block = replace(block, columns=columns)
    own = [column.heading.words.rpartition("·")[2] for column in columns]
    again = [at for at in range(1, len(own)) if own[at] == own[0]]
    bounds = [0, *again, len(own)]
    parts = [block.columns[a:b] for a, b in pairwise(bounds)]
    if again and all(_whole(part) for part in parts):
        return [replace(block, columns=part) for part in parts]
    return [block]


def _without_aside(columns: tuple[Headed, ...]) -> tuple[Headed, ...]:
    """The columns up to a small table behind a gap at the right, which repeats a heading: a ranking, a pivot."""
    for at in range(1, len(columns)):
        if columns[at].number == columns[at - 1].number + 1:
            continue
        left, right = columns[:at], columns[at:]
        again = {column.heading.words for column in left} & {c.heading.words for c in right}
        if again and _whole(left) and not _whole(right):
            return left
    return columns


def _whole(columns: Sequence[Headed]) -> bool:
    whats = [column.meaning.what for column in columns]
    return whats.count("name") == 1 and len({"total", "plan", "done"} & set(whats)) > 1


def _is_number_row(top: _Top, row: int) -> bool:
    """Whether a row numbers the columns: 甲 乙 丙, 1 2 3, (1) (2), 7=5÷6."""
    if row > len(top.rows):
        return False
    texts = [text for _, text in top.texts(row)]
    filled = sum(cell is not None for cell in top.grid.rows[row - 1])
    return len(texts) >= 3 and filled == len(texts) and all(map(_MARK.match, texts))


def cells_of(grid: Grid, block: Headings, column: int) -> Sequence[Cell]:
    """A column's cells below the headings."""
    return grid.column(column, block.below - 1)
