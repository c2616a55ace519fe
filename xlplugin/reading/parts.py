"""One sheet that holds projects, read: its columns chosen, units and dates settled, its rows told apart, its words translated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlplugin import tables
from xlplugin.amounts import UNITS
from xlplugin.book import Grid
from xlplugin.cells import Cell, address, plain
from xlplugin.reading import (
    columns,
    months,
    nothings,
    rows,
    since,
    starts,
    terms,
    ticks,
    translating,
    units,
    withdrawn,
)
from xlplugin.reading.adopted import LaidDown
from xlplugin.reading.below import LEADING, Below, Sorted
from xlplugin.reading.classified import Classification
from xlplugin.reading.columns import Choice
from xlplugin.reading.headings import Headed, Headings
from xlplugin.reading.meaning import SERIAL, text_of
from xlplugin.reading.model import Meant, Rows, Translation
from xlplugin.reading.periods import basis_of
from xlplugin.reading.units import Unit
from xlplugin.schema import LEDGER

_IN_FULL = re.compile(r"[省市州县区旗镇乡]级重[点大]")
"""县级重点 in a title is said of its projects; 陵川县重点项目 only tells whose list it is."""
NAMED = 3
"""Places that one question names at most."""


@dataclass
class Part:
    """What one sheet gives to the ledger. `cells` hold the projects' values by key, as they stand or translated."""

    title: str
    grid: Grid
    choice: Choice
    answers: LaidDown
    as_of: dt.date
    classes: Classification
    units: dict[str, Unit] = field(default_factory=dict)
    sorted: Sorted = field(default_factory=Sorted)
    found: Sequence[int] = ()
    """Every row that holds anything."""
    rows: list[int] = field(default_factory=list)
    """The projects' rows."""
    positions: list[int] = field(default_factory=list)
    """The projects' places among `found`."""
    cells: dict[str, Sequence[Cell]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    words: list[Translation] = field(default_factory=list)
    inherited: list[str] = field(default_factory=list)

    @property
    def block(self) -> Headings:
        """The sheet's headings."""
        return self.choice.block

    @property
    def heading_cell(self) -> str:
        """Where the headings begin."""
        return self.block.columns[0].heading.cell

    def column(self, column: Headed) -> list[Cell]:
        """The projects' cells under a heading."""
        cells = self.grid.column(column.number)
        return [cells[row - 1] for row in self.rows]

    def take(self, key: str, column: Headed, cells: Sequence[Cell], why: str = "") -> None:
        """Let a heading stand for a column of ours, with these cells."""
        self.choice.taken[key] = column
        self.choice.why[key] = why
        self.at[key] = column.number
        self.cells[key] = cells

    def of(self, key: str) -> Sequence[Cell]:
        """What a column of ours says of each project; None where there is no such column."""
        return self.cells.get(key, [None] * len(self.rows))

    def marks(self) -> Sequence[Cell]:
        """What 是否开工 says of each project."""
        return self.of("marked_started")

    def stages(self) -> Sequence[Cell]:
        """Whether each project is 在建 or 前期; None where nothing says so."""
        return self.of("nature")

    def amounts(self, key: str, most: int | None = None) -> list[float | None]:
        """The (first) amounts of a column, in one unit; None where there is none."""
        unit = self.units.get(key)
        times = UNITS[unit.unit] if unit else 1
        return [
            float(cell) * times
            if isinstance(cell, (int, float)) and not isinstance(cell, bool)
            else None
            for cell in self.of(key)[:most]
        ]

    def complete(self) -> list[bool]:
        """Whether each project has done what was planned for the year."""
        amounts = zip(self.amounts("plan"), self.amounts("done"), strict=True)
        return [done is not None and done >= (plan or 0) for plan, done in amounts]

    def where(self, key: str, word: str) -> list[int]:
        """The rows of the projects of which a column says this word."""
        return [row for row, cell in zip(self.rows, self.of(key), strict=True) if cell == word]

    def drop_serial(self) -> None:
        """A running number that identifies nobody is no id."""
        column = self.choice.taken.get("id")
        if column is not None and column.meaning.what == SERIAL:
            for held in (self.choice.taken, self.cells, self.at):
                held.pop("id", None)
            self.choice.pass_over(column, "序号有重复、空缺或每段重新编，以项目名称为准")

    def inherit_title(self, *, several: bool) -> None:
        """What the sheet's name says of all its projects, where they do not say it themselves."""
        bare = plain(self.title)
        top = [] if several else self.grid.rows[: self.block.first - 1]
        lines = [plain(c) for row in top for c in row if isinstance(c, str)]
        above = {terms.level_in(line) for line in lines if _IN_FULL.search(line)}
        titled = above.pop() if len(above) == 1 else ""
        said = {
            "level": terms.level_in(bare) if LEADING.match(bare) else titled,
            "nature": terms.stage_in(bare),
            "agency": terms.agency_in(self.title) if several else "",
            "county": terms.county_in(self.title) if several else "",
        }
        for key, word in said.items():
            held = self.of(key)
            own = key in self.at and any(cell is not None for cell in held)
            if not word or not self.rows or own or None not in held:
                continue
            self.inherited.append(key)
            ours = terms.stage(word) if key == "nature" else word
            self.cells[key] = [ours if cell is None else cell for cell in held]
            if key == "nature":
                words = self.of("nature_word")
                self.cells["nature_word"] = [word if cell is None else cell for cell in words]

    def places(self, column: Headed, rows: Sequence[int]) -> str:
        """Some cells of a column: H5、H7、H9等12处."""
        said = "、".join(address(row, column.number) for row in rows[:NAMED])
        return said + (f"等{len(rows)}处" if len(rows) > NAMED else "")

    def ask(self, key: str, column: Headed, expected: str, found: str, advice: str) -> None:
        """Ask about a column, once."""
        self.choice.ask(key, [column], expected, found, advice)


def read(
    title: str,
    grid: Grid,
    block: Headings,
    as_of: dt.date,
    answers: LaidDown,
    classes: Classification,
) -> Part:
    """A sheet as a part of the ledger. What is in doubt is among the choice's questions."""
    grid, block = ticks.folded(grid, block)
    choice = Choice(title, grid, block, as_of)
    laid_down = _laid_down(choice, answers)
    columns.choose(choice)
    months.added(choice, laid_down)
    part = Part(title, choice.grid, choice, answers, as_of, classes)
    part.units = dict(units.decide(choice))
    part.at = {key: column.number for key, column in choice.taken.items()}
    if "name" in part.at:
        _rows(part)
        translating.natures(part)
        translating.levels(part)
        part.inherit_title(several=False)
        starts.decide(part)
        since.year(part)
        withdrawn.remarks(part)
        nothings.cleared(part)
    columns.leftovers(choice)
    return part


def _laid_down(choice: Choice, answers: LaidDown) -> list[Headed]:
    """Take what 栏目对应 says of this sheet's headings; those that it gives for what is done, which may be several months."""
    done = []
    for column in choice.block.columns:
        answer = answers.column(choice.title, column)
        if answer is None:
            continue
        if answer.key == "":
            choice.pass_over(column, f"{_ADOPTED}写明不用")
        elif answer.key != "*":
            choice.taken[answer.key] = column
            done += [column] if answer.key == "done" else []
            choice.why[answer.key] = f"{_ADOPTED}指定"
            if answer.key != "done":
                columns.other_period(choice, answer.key, column)
        key = answer.key if answer.key != "*" else column.meaning.what
        if answer.unit and key:
            choice.units[key] = answer.unit
    if done and not months.several(done):
        columns.other_period(choice, "done", done[-1])
    return done


_ADOPTED = "「栏目对应」"


def _rows(part: Part) -> None:
    """Tell the rows apart; the projects' cells follow, with what sections and merged cells give them."""
    found, cells = tables.filled(part.grid, part.block.below - 1, sorted(set(part.at.values())))
    by_key = {key: cells[number] for key, number in part.at.items()}
    part.found = found
    top = part.grid.rows[: part.block.below - 1]
    above = frozenset(text for row in top for cell in row if (text := text_of(cell)))
    part.sorted = rows.sort(Below(part.grid, found, by_key, part.at, above))
    if split := part.sorted.split:
        name = part.choice.taken["name"]
        said = f"名称合并了几行，不止一行有金额（{part.places(name, split)}），看不出是分开记的还是其中数"
        advice = (
            "分开记的，请把各行的合计填在第一行，其余各行的金额清空；是其中数的，请写明「其中：」"
        )
        part.ask("name", name, "一个项目的金额应在一行里", said, advice)
    kinds = part.sorted.kinds
    part.positions = [at for at in range(len(found)) if at not in kinds]
    part.rows = [found[at] for at in part.positions]
    for key, given in part.sorted.given.items():
        filled = list(by_key.get(key, [None] * len(found)))
        for at, value in given.items():
            filled[at] = value
        by_key[key] = filled
        part.inherited.append(key)
    part.cells = {
        key: [column[at] for at in part.positions] if kinds else column
        for key, column in by_key.items()
    }
    _serial(part)


def _serial(part: Part) -> None:
    """A running number that restarts, doubles or is missing identifies nobody: the name is the key."""
    column = part.choice.taken.get("id")
    own = part.cells.get("id")
    if column is None or own is None or column.meaning.what != SERIAL:
        return
    if None in own or len(set(own)) < len(own):
        part.drop_serial()


def meant(part: Part) -> tuple[Meant, ...]:
    """The columns that were taken, for the clerk to see."""
    found = []
    for column in LEDGER.columns:
        taken = part.choice.taken.get(column.key)
        if taken is None:
            continue
        unit = part.units.get(column.key)
        money = column.kind == "money"
        found.append(
            Meant(
                column.key,
                column.heading,
                taken.heading,
                unit.unit if unit else "",
                unit.source if unit else "",
                taken.meaning.period,
                basis_of(taken.meaning) if money else "",
                part.choice.why.get(column.key, ""),
            )
        )
    return tuple(found)


def told(beside: Sequence[Part]) -> Rows:
    """The rows of a sheet by kind, for the clerk to see; of tables side by side a row is what it is to the first."""
    others: dict[int, str] = {}
    for part in reversed(beside):
        others |= {part.found[at]: kind for at, kind in sorted(part.sorted.kinds.items())}
    held = [row for part in beside if len(part.found) for row in (part.found[0], part.found[-1])]
    keys = dict.fromkeys(key for part in beside for key in part.inherited)
    inherited = tuple(LEDGER[key].heading for key in keys)
    count = sum(len(part.rows) for part in beside)
    return Rows(min(held, default=0), max(held, default=-1), count, others, inherited)
