"""One sheet that holds projects, read: its columns chosen, units and dates settled, its rows told apart, its words translated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from xlplugin import tables
from xlplugin.amounts import UNITS
from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError, Uncalculated, address, plain, show
from xlplugin.reading import columns, rows, since, starts, terms, ticks, units
from xlplugin.reading.adopted import LaidDown
from xlplugin.reading.below import LEADING, Below, Sorted
from xlplugin.reading.classified import Classification
from xlplugin.reading.columns import Choice
from xlplugin.reading.headings import Headed, Headings
from xlplugin.reading.meaning import SERIAL, text_of
from xlplugin.reading.model import Meant, Rows, Translation
from xlplugin.reading.periods import basis_of
from xlplugin.reading.units import Unit
from xlplugin.schema import ADOPTED, BUILDING, CLASSES, EARLY, LEDGER, LEVELS

SLIPS = 20
"""A word that one in so many projects has, and three or more, is no slip of the pen."""
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
    cells: dict[str, list[Cell]] = field(default_factory=dict)
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
        lines = (self.grid.rows[row - 1] for row in self.rows)
        at = column.number - 1
        return [line[at] if len(line) > at else None for line in lines]

    def take(self, key: str, column: Headed, cells: list[Cell], why: str = "") -> None:
        """Let a heading stand for a column of ours, with these cells."""
        self.choice.taken[key] = column
        self.choice.why[key] = why
        self.at[key] = column.number
        self.cells[key] = cells

    def marks(self) -> list[Cell]:
        """What 是否开工 says of each project; None where there is no such column."""
        return self.cells.get("marked_started", [None] * len(self.rows))

    def stages(self) -> list[Cell]:
        """Whether each project is 在建 or 前期; None where nothing says so."""
        return self.cells.get("nature", [None] * len(self.rows))

    def complete(self) -> list[bool]:
        """Whether each project has done what was planned for the year, or is marked as finished."""
        plan, done = (
            [_number(cell) for cell in self.cells.get(key, [None] * len(self.rows))]
            for key in ("plan", "done")
        )
        ratio = _times(self.units.get("done")) / _times(self.units.get("plan"))
        return [d is not None and d * ratio >= (p or 0) for p, d in zip(plan, done, strict=True)]

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
        said = {
            "level": terms.level_in(bare) if LEADING.match(bare) else "",
            "nature": terms.stage_in(bare),
            "agency": terms.agency_in(self.title) if several else "",
            "county": terms.county_in(self.title) if several else "",
        }
        for key, word in said.items():
            if word and self.rows and all(cell is None for cell in self.cells.get(key, [None])):
                self.inherited.append(key)
                self.cells[key] = [terms.stage(word) if key == "nature" else word] * len(self.rows)
                if key == "nature":
                    self.cells["nature_word"] = [word] * len(self.rows)

    def places(self, column: Headed, rows: Sequence[int]) -> str:
        """Some cells of a column: H5、H7、H9等12处."""
        said = "、".join(address(row, column.number) for row in rows[:NAMED])
        return said + (f"等{len(rows)}处" if len(rows) > NAMED else "")

    def ask(self, key: str, column: Headed, expected: str, found: str, advice: str) -> None:
        """Ask about a column, once."""
        self.choice.ask(key, [column], expected, found, advice)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _times(unit: Unit | None) -> float:
    return float(UNITS[unit.unit]) if unit else 1.0


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
    _laid_down(choice, answers)
    columns.choose(choice)
    part = Part(title, grid, choice, answers, as_of, classes)
    part.units = dict(units.decide(choice))
    part.at = {key: column.number for key, column in choice.taken.items()}
    if "name" in part.at:
        _rows(part)
        _natures(part)
        _levels(part)
        part.inherit_title(several=False)
        starts.decide(part)
        since.year(part)
        _nothings(part)
    columns.leftovers(choice)
    return part


def _laid_down(choice: Choice, answers: LaidDown) -> None:
    """What 栏目对应 says of this sheet's headings."""
    for column in choice.block.columns:
        answer = answers.column(choice.title, column)
        if answer is None:
            continue
        if answer.key == "":
            choice.pass_over(column, f"{_ADOPTED}写明不用")
        elif answer.key != "*":
            choice.taken[answer.key] = column
            choice.why[answer.key] = f"{_ADOPTED}指定"
            columns.other_period(choice, answer.key, column)
        key = answer.key if answer.key != "*" else column.meaning.what
        if answer.unit and key:
            choice.units[key] = answer.unit


_ADOPTED = "「栏目对应」"


def _rows(part: Part) -> None:
    """Tell the rows apart; the projects' cells follow, with what sections and merged cells give them."""
    found, cells = tables.filled(part.grid, part.block.below - 1, sorted(set(part.at.values())))
    by_key = {key: cells[number] for key, number in part.at.items()}
    part.found = found
    top = part.grid.rows[: part.block.below - 1]
    above = frozenset(text for row in top for cell in row if (text := text_of(cell)))
    part.sorted = rows.sort(Below(part.grid, found, by_key, part.at, above))
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


def _translated(
    part: Part, key: str, known: Sequence[Cell], translate: dict[str, str]
) -> list[Cell]:
    """A column's words translated; every new word is kept for the reading."""
    foreign = {word for word in set(known) if isinstance(word, str) and translate.get(word) != word}
    where: dict[str, list[int]] = {word: [] for word in foreign}
    for row, cell in zip(part.rows, known, strict=True) if foreign else ():
        if cell in foreign:
            where[str(cell)].append(row)
    for word, rows_of in sorted(where.items(), key=lambda each: each[1]):
        at = part.at.get(key)
        cells = tuple(address(row, at) for row in rows_of[:NAMED]) if at else ()
        ours = translate.get(word, "")
        part.words.append(Translation(key, word, ours, cells, len(rows_of), part.title))
    return (
        [translate.get(cell, "") if isinstance(cell, str) else cell for cell in known]
        if foreign
        else list(known)
    )


def _natures(part: Part) -> None:
    """Each nature keeps its word and gets its stage; a word of no known stage is asked once."""
    words = part.cells.get("nature")
    if words is None:
        part.cells["nature_word"] = [None] * len(part.rows)
        return
    words = _filled_down(part, "nature", words)
    texts = {cell for cell in set(words) if isinstance(cell, str)}
    said = part.answers.natures
    stages = {w: said.get(plain(w)) or part.classes.stage(w) or terms.stage(w) for w in texts}
    if part.at.get("marked_started") == part.at.get("nature") and EARLY in stages.values():
        # 在建, 竣工, 未开工, 前期 in one column: what is not begun is to be built, or it would be 前期
        waits = [w for w in texts if not stages[w] and terms.started(w) is False]
        stages |= dict.fromkeys(waits, BUILDING)
    if unclear := sorted(word for word in texts if not stages[word]):
        _unclear(part, words, unclear)
    part.cells["nature_word"] = words
    part.cells["nature"] = _translated(part, "nature", words, stages)


def _unclear(part: Part, words: Sequence[Cell], unclear: Sequence[str]) -> None:
    """One question for all the words of no known stage."""
    column = part.choice.taken.get("nature")
    told = []
    for word in unclear:
        where = [row for row, cell in zip(part.rows, words, strict=True) if cell == word]
        places = part.places(column, where) if column else f"第{where[0]}行等{len(where)}个项目"
        told.append(
            f"「{show(word)}」（{places}）"
            if len(unclear) > 1
            else f"「{show(word)}」看不出（{places}）"
        )
    part.choice.ask(
        "nature",
        [column] if column else [],
        f"应看得出是{BUILDING}还是{EARLY}",
        "、".join(told) + ("都看不出" if len(told) > 1 else ""),
        f"请改为常用的说法，或在「{ADOPTED.title}」里写明这个词对应{BUILDING}或{EARLY}",
    )


def _levels(part: Part) -> None:
    words = part.cells.get("level")
    if words is None:
        return
    words = _filled_down(part, "level", words)
    texts = {cell for cell in set(words) if isinstance(cell, str)}
    ours = {
        w: part.answers.levels.get(plain(w))
        or part.classes.printed(LEDGER["level"], w)
        or terms.level(w)
        for w in sorted(texts)
    }
    _misspelt(part, words, ours)
    part.cells["level"] = _translated(part, "level", words, ours)


def _filled_down(part: Part, key: str, words: list[Cell]) -> list[Cell]:
    """A column of groups with 〃 and 同上 replaced by what stands above, and with its blanks filled where each group is named once."""
    held = set(words)
    words = terms.repeated(words, held)
    named = len(held) - (None in held)
    if None not in held or named < 2 or words[0] is None:
        return words
    if words.count(None) != len(words) - named or named > words.count(None):
        return words
    last: Cell = None
    part.inherited.append(key)
    return [last := cell if cell is not None else last for cell in words]


def _misspelt(part: Part, words: Sequence[Cell], ours: Mapping[str, str]) -> None:
    """A level of no place's (省重占) that is but one slip away from another is asked about; not one that many have, nor one that
    栏目对应 or 分类 knows."""
    column, level = part.choice.taken.get("level"), LEDGER["level"]
    places = terms.in_order(word for word in ours.values() if terms.placed(word))
    for word, taken in ours.items():
        known = (*places, *(LEVELS if terms.has_place(word) else ()))
        near = next((p for p in known if terms.one_slip(plain(word), p)), "")
        laid_down = plain(word) in part.answers.levels or part.classes.printed(level, word)
        if column is None or not near or terms.placed(taken) or laid_down:
            continue
        where = [row for row, cell in zip(part.rows, words, strict=True) if cell == word]
        if len(where) > max(2, len(words) // SLIPS):
            continue
        part.ask(
            "level",
            column,
            "应看得出是哪一级",
            f"「{show(word)}」（{part.places(column, where)}）与「{near}」只差一个字",
            f"写错的请改正；本来就有这一级的，在「{CLASSES.title}」里写一行「{show(word)}」",
        )


_SAID = tuple(c.key for c in LEDGER.columns if c.kind in ("text", "month", "date", "count"))
_DONE = ("done", "earlier_done")
_NOT_YET = re.compile(r"(?:暂|尚)?未(?:完成|发生)(?:投资)?")
_ZERO_COUNTS = ("parts", "parts_behind")
_DATES = tuple(c.key for c in LEDGER.columns if c.kind in ("date", "month"))
_LONGEST_NOTHING = 8
_FIRST_OF_NOTHING = terms.NOTHING_BEGINS | {"N"}
_NEEDLESS = ("note", "place", "last_cause")
"""Columns that nothing is computed from and nothing prints: an error value there, such as a picture's, harms nobody."""


def _nothings(part: Part) -> None:
    """无, —, / and pictures in a cell of text or of a date mean that there is nothing; a month is enough for a date."""
    for key in _DONE:
        amounts = part.cells.get(key, [])
        if str in set(map(type, amounts)):
            part.cells[key] = [None if _is_dash(cell) else cell for cell in amounts]
    for key in _SAID:
        cells = part.cells.get(key)
        if cells is None:
            continue
        held = set(cells)
        if LEDGER[key].kind == "text":
            part.cells[key] = cells = terms.repeated(cells, held)
        nothing = {
            cell
            for cell in held
            if (cell.__class__ is not str or cell[0] in _FIRST_OF_NOTHING)
            and _is_nothing(cell, key)
        }
        if key in _DATES and any(c.__class__ not in (dt.date, type(None)) for c in held):
            read = partial(
                starts.whole_day,
                as_of=part.as_of,
                month_ok=LEDGER[key].kind == "month",
                actual=key in ("actual_start", "actual_finish"),
            )
            part.cells[key] = [None if cell in nothing else read(cell) for cell in cells]
        elif nothing:
            part.cells[key] = [None if cell in nothing else cell for cell in cells]


def _is_dash(cell: Cell) -> bool:
    if not isinstance(cell, str) or cell == "0":
        return False
    return terms.is_nothing(cell) or bool(_NOT_YET.fullmatch(plain(cell)))


def _is_nothing(cell: Cell, key: str) -> bool:
    if isinstance(cell, (CellError, Uncalculated)):
        return key in _NEEDLESS or "DISPIMG(" in cell
    if isinstance(cell, str):
        if len(cell) > _LONGEST_NOTHING:
            return "DISPIMG(" in cell
        return terms.is_nothing(cell) or (key in _DATES and bool(terms.UNDATED.match(cell.strip())))
    return cell == 0 and key not in _ZERO_COUNTS and cell is not None


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
