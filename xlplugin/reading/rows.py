"""Which rows are projects, and which are sums, sections, parts, notes or nothing; what sections and merged cells give their rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from string import ascii_letters

from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError, Uncalculated, plain, split_range
from xlplugin.reading import terms
from xlplugin.reading.model import NOTE, NOTHING, PART, PROJECT, SECTION, SUM
from xlplugin.reading.words import text_of
from xlplugin.schema.keys import TextKey

AMOUNTS = ("total", "plan", "done")
INHERITED = ("level", "nature", "agency", "industry", "county")
"""Columns that a section or a vertically merged cell gives to its rows."""

SUM_WORDS = re.compile(r"(?:合计|小计|总计|共计|合計|合计数|总合计)(?:[(:].*|共?\d+[个项目]*)?$")
_FOOTNOTE = re.compile(
    r"^(?:(?:注|说明|备注)\d*(?:$|[:、.\d(])|填表|制表|审核|复核|单位负责人|分管领导|填报|联系人|联系电话|统计负责人|数据来源|经办|报送|"
    r"(?:填报)?单位\(?盖?章|.{0,6}\(盖章\)|\d{4}年\d{1,2}月\d{1,2}日$)"
)
_NUMBERED = re.compile(
    r"^(?:(第[一二三四五六七八九十\d]+(?:部分|篇|类))|([一二三四五六七八九十]+)(?:[、.:]|$)|\(([一二三四五六七八九十]+)\)|([ⅰⅱⅲⅳⅴⅵ]+)[、.]?)"
)
_COUNT = re.compile(r"[(共]?(\d+)[个项][)目]?")
_PART_ID = re.compile(r"(\d+)[.\-—](\d+)\.?$")
_AGAIN = re.compile(r"[(\-—]*(?:续表?|接上页|续上表)(?:[一二三四五六七八九十\d]+)?\)?$|^续表\d*")
_OF_WHICH = re.compile(r"^其中[:、]?")
_SUB_ID = re.compile(r"^\(\d+\)$")
_CIRCLED = re.compile(r"[①-⑳]")
_PART_NAME = re.compile(r"^(?:其中[:、]?|(\d+)[.\-](\d+)[、.\s]?(?!\d)|\(\d+\))")
_PLACES = r"(?:国家|省|市|州|县|区|旗|镇|乡)"
_STAGES = r"(?:在建|[新续改扩迁]建|改扩建|前期|储备|竣工|投产|收尾|新?开工|谋划)"
LEADING = re.compile(
    rf"^(?:{_PLACES}(?:、?{_PLACES})*(?:级重点|级|重点){_STAGES}?|(?:重点|重大)?(?:计划|拟)?{_STAGES}(?:类|重点)?)"
    r"(?:建设)?(?:项目|工程)?(?:[(共]*\d+[个项]\)?)?:?$"
)
_OFFICE = re.compile(
    r"^[一-鿿]{1,12}(?:局|委|办|办公室|管委会|镇|乡|街道)(?:[(共]*\d+[个项]\)?)?:?$"
)
_FIRST = frozenset(
    "其(（一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩合小总共注说备填制审单联数报经第ⅠⅡⅢ0123456789 \u3000"
)
_LETTERS = frozenset(ascii_letters)
_ODD_NAME = re.compile(
    r"\s*(?:其中|\d+[.\-—]\d|[（(][一二三四五六七八九十\d]|[①-⑩ⅠⅡⅢ]|[一二三四五六七八九十]+(?:[、.:：]|$)|第.{1,3}(?:部分|篇|类)"
    r"|注|备注|说明|填|制表|审核|单位|联系|数据|报送|经办|\d+$)"
)
"""How the names of most rows begin that are no projects; they are looked at closely."""


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

    def headings(self, key: str) -> set[Cell]:
        """What stands above a column, as typed."""
        top = self.grid.rows[: self.rows[0] - 1] if len(self.rows) else []
        return {c for row in top for c in row[self.at[key] - 1 : self.at[key]] if c}

    def leads(self, position: int) -> list[str]:
        """The texts, folded, up to and with the name."""
        row = self.grid.rows[self.rows[position] - 1]
        last = max(self.at["name"], self.at.get("id", 0))
        return [text for c in row[:last] if isinstance(c, str) and (text := plain(c))]


def sort(below: Below) -> Sorted:
    """Tell the rows apart; only those that look odd are looked at closely."""
    found = Sorted()
    numerals = _all_numerals(below)
    for position in sorted(_doubtful(below)):
        kind = _kind(below, found, position, numerals)
        if kind == PROJECT and _is_part(below, found, position):
            kind = PART
        if kind != PROJECT:
            found.kinds[position] = kind
    _sections(below, found)
    _merged(below, found)
    return found


def _doubtful(below: Below) -> set[int]:
    """Positions of the rows that may be no projects."""
    again = below.headings("name")
    doubtful = {
        at
        for at, name in enumerate(below.cells["name"])
        if name.__class__ is not str
        or name[0] in _FIRST
        and _ODD_NAME.match(name)
        or "计" in name
        or "計" in name
        or name in again
    }
    doubtful |= {
        at
        for at, own in enumerate(below.cells.get("id", ()))
        if not (own.__class__ is str and own[0] in _LETTERS) and _odd_id(own)
    }
    amounts = [below.cells[key] for key in AMOUNTS if key in below.cells]
    doubtful |= {at for at, three in enumerate(zip(*amounts, strict=True)) if not any(three)}
    if "id" not in below.cells:
        doubtful |= {
            at
            for at, name in enumerate(below.cells["name"])
            if isinstance(name, str) and len(name) <= 16 and LEADING.match(plain(name))
        }
    return doubtful


def _odd_id(own: Cell) -> bool:
    """Whether a number is that of a part, a section, a sum, a note, or missing. 1-1 may have become a date."""
    if not isinstance(own, str):
        return own is None or isinstance(own, dt.date) or own != int(own)
    if own[0].isdecimal():
        return not own.isdecimal()
    return not own[0].isascii() or "计" in own or own[0] in "(*"


def _all_numerals(below: Below) -> bool:
    """Whether the office numbers its projects 一、二、三: then such a number is no section."""
    own = list(islice((c for c in below.cells.get("id", ()) if c is not None), 50))
    ids = [plain(c) for c in own if isinstance(c, str) and plain(c)]
    amounts = [c for c in own if isinstance(c, (int, float))]
    return bool(ids) and not amounts and all(_NUMBERED.match(own) for own in ids)


def real(cell: Cell) -> bool:
    """Whether an amount's cell holds something: not 0, not blank, no error, no formula without a value."""
    if cell is None or isinstance(cell, (CellError, Uncalculated)):
        return False
    return bool(re.search(r"[1-9]", plain(cell))) if isinstance(cell, str) else bool(cell)


def _kind(below: Below, found: Sorted, position: int, numerals: bool) -> str:
    row = below.grid.rows[below.rows[position] - 1]
    leads = below.leads(position)
    amounts = any(real(below.cell(key, position)) for key in AMOUNTS)
    own = [c for key in ("level", "nature") if (c := below.cell(key, position)) is not None]
    if _repeats(below, row):
        return NOTHING
    if any(SUM_WORDS.search(lead) for lead in leads) and not (own and _has_id(below, position)):
        found.claims[position] = Claim(_claims(below, position))
        return SUM
    texts = [plain(c) for c in row if isinstance(c, str) and plain(c)]
    if not amounts and len(texts) > 1 and all(":" in text for text in texts):
        return NOTE  # signatures side by side
    name = below.cell("name", position)
    if not amounts and not own:
        if not texts or (name is None and below.cell("id", position) is None and not leads):
            return NOTHING
        if _is_note(below, position, leads, texts, row):
            return NOTE
    if leads and amounts and not own and _breaks_up(below, found, position, leads):
        return SUM
    if not own and leads and _is_section(below, position, leads, numerals, amounts):
        found.claims[position] = Claim(_claims(below, position), _count(leads))
        return SECTION
    return PROJECT


def _breaks_up(below: Below, found: Sorted, position: int, leads: Sequence[str]) -> bool:
    """Whether a line breaks up the sum above it: 其中：省重点, and 市重点 below that; a word that comes again begins the sections."""
    above = found.kinds.get(position - 1)
    lead = _OF_WHICH.sub("", leads[0]) or (leads[1] if len(leads) > 1 else "")
    if leads[0].startswith("其中"):
        if above not in (SUM, SECTION):
            return False
        sums = above == SUM and re.search(r"合计|总计", "".join(below.leads(position - 1)))
        run: list[str] = []
        whole = bool(sums)
    elif above == SUM and position - 1 in found.broken_up and LEADING.match(lead):
        run, whole = found.broken_up[position - 1]
        if lead in run:
            return False
    else:
        return False
    found.broken_up[position] = [*run, lead], whole
    level = terms.level_in(lead) if whole and LEADING.match(lead) else ""
    if level:
        word = terms.level(level)
        found.claims[position] = Claim(_claims(below, position), of_which=("level", word))
    return True


def _repeats(below: Below, row: Sequence[Cell]) -> bool:
    """Whether a row repeats the title or the headings, as for printing: 重点工程进展情况表（续）."""
    some = [cell for cell in row if cell is not None]
    return all(_AGAIN.sub("", text_of(cell)) in below.above for cell in some)


def _has_id(below: Below, position: int) -> bool:
    own = below.cell("id", position)
    return own is not None and not (isinstance(own, str) and SUM_WORDS.search(plain(own)))


def _claims(below: Below, position: int) -> dict[str, Cell]:
    return {key: c for key in AMOUNTS if real(c := below.cell(key, position))}


def _count(leads: Sequence[str]) -> int | None:
    found = _COUNT.search("".join(leads))
    return int(found[1]) if found else None


def _is_note(
    below: Below, position: int, leads: Sequence[str], texts: Sequence[str], row: Sequence[Cell]
) -> bool:
    """Notes, signatures and dates below (or above) the projects."""
    first = texts[0]
    if _FOOTNOTE.match(first) or all(":" in text for text in texts):
        return True
    alone = sum(c is not None for c in row) == 1
    named = isinstance(below.cell("name", position), str)
    if alone and leads and not named and not _NUMBERED.match(leads[0]):
        return len(leads[0]) > 12 or leads[0].endswith(("。", ";", ","))
    return alone and named and len(first) > 12 and first.endswith("。")


def _is_section(
    below: Below, position: int, leads: Sequence[str], numerals: bool, amounts: bool
) -> bool:
    name, own = below.cell("name", position), below.cell("id", position)
    if isinstance(own, (int, float)):
        return False
    lead = leads[0]
    if _NUMBERED.match(lead):
        return not numerals
    if LEADING.match(lead) or (terms.level_in(lead) and re.search(r"\d+[个项]\)?$", lead)):
        return own is None or name is None
    if not amounts and name is None and isinstance(own, str):
        return bool(re.search(r"[一-鿿]", own))  # a title in the first column
    if own is None and _OFFICE.match(lead) and (not amounts or _COUNT.search(lead)):
        return all(below.cell(key, position) is None for key in ("agency", "actual_start"))
    merged = next((a for a in below.grid.merged if _starts(a, below.rows[position])), "")
    return bool(merged) and not amounts and split_range(merged)[3] - split_range(merged)[1] >= 2


def _starts(area: str, row: int) -> bool:
    top, _, bottom, _ = split_range(area)
    return top == row == bottom


def _is_part(below: Below, found: Sorted, position: int) -> bool:
    """1.1 and 其中 under a project: a part of it, which its own row has counted."""
    own, name = below.cell("id", position), below.cell("name", position)
    text = _as_typed(own)
    named = _PART_NAME.match(plain(name)) if isinstance(name, str) else None
    circled = isinstance(name, str) and bool(_CIRCLED.match(name.strip()))
    numbered = _PART_ID.match(text)
    if not (numbered or _SUB_ID.match(text) or named or circled):
        return False
    parent = _project_above(found, position)
    if parent is None:
        return False
    above = below.cell("id", parent)
    if numbered:
        return _as_typed(above) == numbered[1]
    if named and named[1]:
        beginning = re.match(r"(\d+)[、.]?", plain(str(below.cell("name", parent))))
        return str(above) in (named[1], f"{named[1]}.0") or bool(
            beginning and beginning[1] == named[1]
        )
    return True


def _as_typed(own: Cell) -> str:
    """A running number as the clerk typed it."""
    if isinstance(own, str):
        return f"({plain(own)})" if _CIRCLED.match(own.strip()) else plain(own)
    if isinstance(own, dt.date):
        return f"{own.month}-{own.day}"
    return f"{own:g}" if isinstance(own, (int, float)) else ""


def _project_above(found: Sorted, position: int) -> int | None:
    """The last project above; None where a section or a sum comes first."""
    for at in range(position - 1, -1, -1):
        kind = found.kinds.get(at, PROJECT)
        if kind == PROJECT:
            return at
        if kind in (SUM, SECTION):
            return None
    return None


def _sections(below: Below, found: Sorted) -> None:
    """What each section gives its rows, down to the next of its rank."""
    places = [at for at, kind in found.kinds.items() if kind == SECTION]
    count = len(below.rows)
    for at in places:
        lead = "".join(below.leads(at))
        rank = _rank(lead)
        end = next((o for o in places if o > at and _rank("".join(below.leads(o))) <= rank), count)
        claim = found.claims[at]
        found.claims[at] = Claim(claim.cells, claim.count, (at + 1, end - 1))
        said = {
            "level": terms.level_in(lead),
            "nature": terms.stage_in(lead),
            "agency": terms.agency_in(re.sub(_NUMBERED, "", lead)),
        }
        for key, word in said.items():
            if word:
                given = found.given.setdefault(key, {})
                for position in range(at + 1, end):
                    if below.cell(key, position) is None:
                        given[position] = word


def _rank(lead: str) -> float:
    """How high a section stands: 第一部分, 一、, （一）, and those without a number by what they are about."""
    if found := _NUMBERED.match(lead):
        return 0 if found[1] else 1 if found[2] or found[4] else 2
    return 1.5 if terms.level_in(lead) else 2.5 if terms.stage_in(lead) else 2.7


def _merged(below: Below, found: Sorted) -> None:
    """A cell merged over several rows speaks for all of them."""
    keys = {below.at[key]: key for key in INHERITED if key in below.at}
    positions = {row: at for at, row in enumerate(below.rows)} if below.grid.merged and keys else {}
    for area in below.grid.merged if keys else ():
        top, left, bottom, right = split_range(area)
        key = keys.get(left)
        if key is None or left != right or top == bottom:
            continue
        value = below.grid.at(top, left)
        for row in range(top + 1, bottom + 1) if value is not None else ():
            if row in positions and below.cell(key, positions[row]) is None:
                found.given.setdefault(key, {})[positions[row]] = value
