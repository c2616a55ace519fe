"""Which rows are projects, and which are sums, sections, parts, notes or nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import compress, count, islice
from operator import not_
from string import ascii_letters

from xlplugin.cells import Cell, plain, split_range
from xlplugin.reading import given, subprojects, terms, withdrawn
from xlplugin.reading.below import AMOUNTS, LEADING, NUMBERED, SUM_WORDS, Below, Claim, Sorted, real
from xlplugin.reading.meaning import level_meaning
from xlplugin.reading.model import NOTE, NOTHING, PART, PROJECT, SECTION, SUM

_FOOTNOTE = re.compile(
    r"^(?:(?:注|说明|备注)\d*(?:$|[:、.\d(])|填表|制表|审核|复核|单位负责人|分管领导|填报|联系人|联系电话|统计负责人|数据来源|经办|报送|"
    r"(?:填报)?单位\(?盖?章|.{0,6}\(盖章\)|\d{4}年\d{1,2}月\d{1,2}日$)"
)
_COMPARES = re.compile(
    r"(?:平均(?:值|数|每[项个](?:项目)?)?|均值|占比|比[重例]|完成率|[同环]比.{0,4}|增[减长幅].{0,2}|较(?:上[月年期]|去年).{0,6}|(?:上年|去年)同期.{0,2}|差额)$"
)
"""Lines below a sum that compare: no project is called so."""
_COUNT = re.compile(r"[(共]?(?<!\d)(\d+)[个项][)目]?")
_OF_WHICH = re.compile(r"^其中[:、]?")
_OFFICE = re.compile(
    r"^[一-鿿]{1,12}(?:局|委|办|办公室|管委会|镇|乡|街道)(?:[(共]*\d+[个项]\)?)?:?$"
)
_FIRST = frozenset(
    "平均占比完同环增较上去差其(（一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩合小总共注说备填制审单联数报经第ⅠⅡⅢ0123456789 \u3000"
)
_LETTERS = frozenset(ascii_letters)
_ODD_NAME = re.compile(
    rf"\s*(?:{_COMPARES.pattern}|共\d|其中|\d+[.\-—]\d|[（(][一二三四五六七八九十\d]|[①-⑩ⅠⅡⅢ]|[一二三四五六七八九十]+(?:[、.:：]|$)|第.{1, 3}(?:部分|篇|类)"
    r"|注|备注|说明|填|制表|审核|单位|联系|数据|报送|经办|\d+$)"
)
"""How the names of most rows begin that are no projects; they are looked at closely."""


def sort(below: Below) -> Sorted:
    """Tell the rows apart; only those that look odd are looked at closely."""
    found = Sorted()
    numerals = _all_numerals(below)
    for position in sorted(_doubtful(below)):
        kind = _kind(below, found, position, numerals)
        if kind == PROJECT and subprojects.is_part(below, found, position):
            kind = PART
        if kind != PROJECT:
            found.kinds[position] = kind
    subprojects.merged(below, found)
    subprojects.unmarked(below, found)
    _beside_the_point(below, found)
    given.give(below, found)
    withdrawn.sections(below, found)
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
    doubtful |= set(compress(count(), map(not_, map(any, zip(*amounts, strict=True)))))
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
    return bool(ids) and not amounts and all(NUMBERED.match(own) for own in ids)


def _kind(below: Below, found: Sorted, position: int, numerals: bool) -> str:
    row = below.grid.rows[below.rows[position] - 1]
    leads = below.leads(position)
    amounts = any(real(below.cell(key, position)) for key in AMOUNTS)
    own = [c for key in ("level", "nature") if (c := below.cell(key, position)) is not None]
    if below.repeats(position):
        return NOTHING
    summed = any(SUM_WORDS.search(lead) for lead in leads) or _elsewhere(below, position, row)
    if summed and not (own and _has_id(below, position)):
        titled = not numerals and bool(
            leads and NUMBERED.match(leads[0])
        )  # 一 省重点小计, at its section's head
        found.claims[position] = Claim(_claims(below, position), _count(leads) if titled else None)
        return SECTION if titled else SUM
    texts = [plain(c) for c in row if isinstance(c, str) and plain(c)]
    if texts and not below.has_number(position):
        signed = len(texts) > 1 and all(":" in text for text in texts) and not amounts
        if signed or (_FOOTNOTE.match(texts[0]) and ":" in texts[0]):
            return NOTE  # signatures side by side
    name = below.cell("name", position)
    if not amounts and not own:
        if not texts or (name is None and below.cell("id", position) is None and not leads):
            return NOTHING
        if _is_note(below, position, leads, texts, row):
            return NOTE
    if leads and not own and not _has_id(below, position) and _COMPARES.match(leads[-1]):
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


def _elsewhere(below: Below, position: int, row: Sequence[Cell]) -> bool:
    """Whether a row without a name says 合计 in a column at the right of the names'."""
    if below.cell("name", position) is not None:
        return False
    return any(isinstance(cell, str) and SUM_WORDS.match(plain(cell)) for cell in row)


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
    if alone and leads and not named and not NUMBERED.match(leads[0]):
        return len(leads[0]) > 12 or leads[0].endswith(("。", ";", ","))
    return alone and named and len(first) > 12 and first.endswith("。")


def _is_section(
    below: Below, position: int, leads: Sequence[str], numerals: bool, amounts: bool
) -> bool:
    name, own = below.cell("name", position), below.cell("id", position)
    if isinstance(own, (int, float)):
        return False
    lead = leads[0]
    if NUMBERED.match(lead):
        return not numerals
    if LEADING.match(lead) or (terms.level_in(lead) and re.search(r"(?<!\d)\d+[个项]\)?$", lead)):
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


def _beside_the_point(below: Below, found: Sorted) -> None:
    """What follows the projects and is none: another table below a blank row, lines below the first signature or note."""
    rows, last = below.rows, len(below.rows)
    if last and rows[-1] - rows[0] >= last:
        for at in range(1, last):
            if rows[at] - rows[at - 1] > 1 and _another_table(below, at):
                again = (o for o in range(at + 1, last) if below.repeats(o))
                for place in range(at, next(again, last)):
                    found.kinds[place] = NOTE
                    found.claims.pop(place, None)
    kinds = found.kinds
    notes = [at for at, kind in kinds.items() if kind == NOTE]
    money = (
        next((at for at in reversed(range(last)) if at not in kinds and below.has_number(at)), last)
        if notes
        else last
    )
    if below_them := [at for at in notes if at > money]:
        _drop(below, found, range(min(below_them), last))


def _another_table(below: Below, position: int) -> bool:
    """Whether a row has the headings of a table of its own, in which no projects are named."""
    cells = [c for c in below.grid.rows[below.rows[position] - 1] if c is not None]
    meanings = [level_meaning(plain(c))[1] for c in cells if isinstance(c, str)]
    if len(meanings) < max(3, len(cells)) or any(said.what == "name" for said in meanings):
        return False
    return sum(said.says for said in meanings) >= 3 and not below.repeats(position)


def _drop(below: Below, found: Sorted, positions: Iterable[int]) -> None:
    """Take rows for notes, but for those that say their level or nature."""
    for at in positions:
        if not any(below.cell(key, at) for key in ("level", "nature")):
            found.kinds[at] = NOTE
            found.claims.pop(at, None)
