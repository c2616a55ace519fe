"""Which sheets hold the projects: parts are joined, months chosen by the report's date, copies and summaries left; else it asks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from xlplugin.book import Book, Grid
from xlplugin.cells import Cell, address, plain, show
from xlplugin.errors import Problem, UserError
from xlplugin.periods import month_end, say_date
from xlplugin.reading import terms
from xlplugin.reading.adopted import LaidDown
from xlplugin.reading.below import LEADING, SUM_WORDS
from xlplugin.reading.headings import SEARCHED_ROWS, Headings, cells_of, find
from xlplugin.reading.meaning import MONEY, level_meaning
from xlplugin.reading.questions import question
from xlplugin.reading.withdrawn import GONE
from xlplugin.schema import (
    ADOPTED,
    ANALYSIS,
    ARCHIVE,
    ARCHIVE_ISSUES,
    BULLETIN,
    GUIDE,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    RESULTS,
    SELF_CHECK,
    SETTINGS,
    UNUSED,
    WORDING,
    WORKING,
    Sheet,
)
from xlplugin.tables import MissingColumn

OURS: dict[str, Sheet] = {
    plain(word): sheet
    for sheet in (
        ADOPTED,
        ANALYSIS,
        ARCHIVE_ISSUES,
        BULLETIN,
        GUIDE,
        ISSUES,
        MONTHLY_DONE,
        MONTHLY_PLAN,
        RESULTS,
        SELF_CHECK,
        SETTINGS,
        WORDING,
        WORKING,
    )
    for word in (sheet.title, *sheet.aliases)
}
"""Sheets that are something else of ours, by their names."""

_COPY = re.compile(
    r"备份|副本|旧|模板|模版|样表|样例|示例|范例|作废|历史|存档|归档|停用|勿用|参考|草稿|\(\d+\)$|bak|copy|backup|old|^~"
)
_LAST = re.compile(r"上(?:个?月|期|季度?|年)(?:末|底)?(?:表|台账|数据?|情况)?$")
_TRADE = re.compile(
    r"[农工林牧渔商]业|交通|水利|城建|教育|卫生|医疗|文[旅化]|旅游|能源|环保|生态|民生|基础设施|产业|制造|服务业|社会事业|市政|电力|住房|保障"
)
_NUMERIC = re.compile(
    r"(?<!\d)(20\d\d)[.\-_/年]?(0?[1-9]|1[0-2])(?:月|$|[^\d])|^(0?[1-9]|1[0-2])(?:[.\-]?[0-3]\d)?$"
)
_NO_NAMES = frozenset({"其中", "其他"})
TRIO = ("total", "plan", "done")


@dataclass
class Seen:
    """A sheet that may hold projects."""

    title: str
    grid: Grid
    block: Headings | None
    why: str = ""
    """Why it was taken or left."""
    role: str = ""
    taken: bool = False

    @property
    def money(self) -> set[str]:
        """Which of the three amounts some heading speaks of."""
        if self.block is None:
            return set()
        whats = {column.meaning.what for column in self.block.columns}
        return whats & set(TRIO) | ({"total"} if MONEY in whats else set())

    @property
    def known(self) -> int:
        """How many of the columns that a ledger must have its headings speak of."""
        whats = {column.meaning.what for column in self.block.columns} if self.block else set()
        return len(whats & {"name", "level", "nature", *TRIO})

    @property
    def like(self) -> bool:
        """Whether it looks like a ledger: projects by name, and at least two of their amounts."""
        named = bool(self.block and self.block.of("name") and len(self.money) >= 2)
        return named and (any(True for _ in self._names()) or self._nameless)

    @property
    def _nameless(self) -> bool:
        """Whether there are rows without any name: their projects' names are missing."""
        if self.block is None or any(cell is not None for cell in self._under_name):
            return False
        below = self.grid.rows[self.block.below - 1 :]
        return any(cell is not None for row in below for cell in row)

    @property
    def _under_name(self) -> Sequence[Cell]:
        """What stands below the heading of the names."""
        block = self.block
        return cells_of(self.grid, block, block.of("name")[0].number) if block else ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The projects' names, folded; not those of sums, levels and natures, of which a summary is made."""
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        if self.block is None or not self.block.of("name"):
            return
        for cell in self._under_name:
            text = plain(cell) if isinstance(cell, str) else ""
            if text and not (SUM_WORDS.search(text) or LEADING.match(text) or text in _NO_NAMES):
                yield text

    @cached_property
    def is_copy(self) -> bool:
        """Whether its name says that it is a copy, a template, an archive, or of what was taken out."""
        folded = plain(self.title)
        gone = _COPY.search(folded) or GONE.search(folded)
        return bool(gone) or folded == plain(ARCHIVE.title)

    @cached_property
    def month(self) -> tuple[int | None, int | None]:
        """Year and month that its name says; None for what it does not say."""
        folded = plain(self.title)
        if found := _NUMERIC.search(folded):
            return (int(found[1]), int(found[2])) if found[1] else (None, int(found[3]))
        said = level_meaning(folded)[1]
        return said.year, said.months[1] if said.months else None

    def fits(self, as_of: dt.date) -> bool:
        """Whether its name's year and month, where it says any, are the report's."""
        if _LAST.match(plain(self.title)):
            return False
        year, month = self.month
        return year in (None, as_of.year) and month in (None, as_of.month)

    @property
    def is_part(self) -> bool:
        """Whether its name is that of a part: a level, a nature, a department, a county, a trade."""
        bare = re.sub(r"^\d{4}年?|[\d.、\-—]+|台账|项目|工程|表", "", self.title.strip())
        return bool(
            re.search(r"[省市县区镇乡](?:级|重点|直)|[省市县]、?[市县]", bare)
            or terms.stage_in(bare)
            or terms.agency_in(bare)
            or terms.county_in(bare)
            or _TRADE.search(bare)
            or re.search(r"第?[一二三四]批|[(（](?:[一二三四五六]|上|下|续)[)）]$", bare)
        )


@dataclass
class Found:
    """Every sheet that was looked at, those taken, and what must be asked of them."""

    seen: list[Seen] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)

    @property
    def taken(self) -> list[Seen]:
        """The sheets that the projects are read from."""
        return [sheet for sheet in self.seen if sheet.taken]

    def ask(self, sheet: Seen, expected: str, found: str, advice: str = "") -> None:
        """Ask about a sheet."""
        self.questions.append(question(sheet.title, "", "", expected, found, advice or _ADVICE))


_ADVICE = f"请用 --sheet 指定，或在「{ADOPTED.title}」里把工作表写明（要的写{LEDGER.title}，不要的写{UNUSED}）"


def _look(book: Book) -> Iterator[Seen]:
    for title in book.sheets:
        if sheet := OURS.get(plain(title)):
            yield Seen(title, Grid([]), None, f"是「{sheet.title}」", sheet.title)
        elif title in book.made and not plain(title).startswith(plain(ARCHIVE.title)):
            yield Seen(title, Grid([]), None, "是程序写出的表", title)  # an archived month is read
        else:
            grid = book.read(title)
            yield Seen(title, grid, find(grid))


def choose(book: Book, as_of: dt.date, answers: LaidDown, only: str | None = None) -> Found:
    """Look at every sheet and take those that hold the projects.

    `only` is the one sheet that the clerk named. Raises UserError where there is no such sheet, or none that looks like a ledger.
    """
    found = Found(list(_look(book)))
    if only is not None:
        _take(_named(found, only), "由 --sheet 指定")
        return found
    for sheet in found.seen:
        laid_down = answers.sheets.get(plain(sheet.title))
        if laid_down and plain(laid_down) == plain(UNUSED):
            sheet.why, sheet.block = f"「{ADOPTED.title}」写明不用", None
        elif laid_down and plain(laid_down) == plain(LEDGER.title):
            _take([sheet], f"「{ADOPTED.title}」指定")
    if not found.taken:
        _by_evidence(found, as_of)
    return found


def _named(found: Found, only: str) -> list[Seen]:
    sheets = [sheet for sheet in found.seen if plain(sheet.title) == plain(only)]
    if not sheets:
        names = "、".join(f"「{sheet.title}」" for sheet in found.seen)
        raise UserError(f"没有叫「{only}」的工作表。这个工作簿里有{names}。")
    if lying := _lying(sheets[0]):
        raise MissingColumn(lying)
    if sheets[0].block is None:
        raise UserError(f"「{only}」里找不到表头。请用 --sheet 指定台账所在的表。")
    return sheets


def _take(sheets: Sequence[Seen], why: str) -> None:
    for sheet in sheets:
        sheet.taken, sheet.why, sheet.role = True, why, LEDGER.title


def _by_evidence(found: Found, as_of: dt.date) -> None:
    likes = [sheet for sheet in found.seen if sheet.like]
    for sheet in found.seen:
        if not sheet.why and not sheet.like:
            sheet.why = "不像台账：没有项目名称和金额"
    sound = [s for s in likes if not s.grid.concealed and not s.is_copy]
    for sheet in likes:
        if sound and sheet not in sound:
            sheet.why = "隐藏的工作表" if sheet.grid.concealed else "看名称是备份或旧表"
            if plain(sheet.title) == plain(ARCHIVE.title):
                sheet.why, sheet.role = f"是「{ARCHIVE.title}」", ARCHIVE.title
    sound = sound or [s for s in likes if not s.grid.concealed] or likes
    whole = [s for s in sound if len(s.money) == len(TRIO)] or sound
    bare = [s for s in found.seen if not s.like and s.money and s.is_part and not s.is_copy]
    for sheet in (*sound, *bare):
        if sheet not in whole:
            sheet.why = "缺少" + "、".join(
                LEDGER[key].heading for key in TRIO if key not in sheet.money
            )
    if not whole:
        raise MissingColumn(_none(found))
    timely = [s for s in whole if s.fits(as_of)]
    if not timely:
        _other_month(found, whole, as_of)
        timely = whole[-1:]
    for sheet in whole:
        if sheet not in timely:
            sheet.why = f"是{_say_month(sheet)}的表"
    _join(found, timely)
    left = [s for s in sound if s not in timely] + bare
    _lost(found, [s for s in left if not s.taken and s.fits(as_of)])


def _say_month(sheet: Seen) -> str:
    year, month = sheet.month
    return (f"{year}年" if year else "") + (f"{month}月" if month else "")


def _other_month(found: Found, whole: Sequence[Seen], as_of: dt.date) -> None:
    last = whole[-1]
    year, month = last.month
    day = month_end(dt.date(year or as_of.year, month or 12, 1))
    found.ask(
        last,
        f"应有{as_of.year}年{as_of.month}月的表",
        f"只有{'、'.join(f'「{s.title}」' for s in whole)}",
        f"要按{say_date(day)}的数生成，用 --as-of {day}；本月的表改好名称，或用 --sheet 指定",
    )


def _join(found: Found, sheets: Sequence[Seen]) -> None:
    """One sheet is taken; several are joined where they are parts; one that holds all others is their whole."""
    if len(sheets) == 1:
        _take(sheets, "台账" if len(found.seen) == 1 else "只有这张表像台账")
        return
    everything = frozenset().union(*(sheet.names for sheet in sheets))
    disjoint = sum(len(sheet.names) for sheet in sheets) == len(everything)
    if disjoint and all(sheet.is_part for sheet in sheets):
        _take(sheets, "各表项目不同，合在一起")
        return
    largest = max(sheets, key=lambda sheet: len(sheet.names))
    dated = [sheet for sheet in sheets if any(sheet.month)]
    if not disjoint and len(dated) == 1 and largest.names == dated[0].names:
        _take(dated, "是本月的表")
        for sheet in sheets:
            if not sheet.taken:
                sheet.why = f"项目与「{dated[0].title}」相同，名称没有月份"
        return
    exact = [s for s in sheets if plain(s.title) == plain(LEDGER.title)]
    guess = (exact or [largest])[0]
    _take([guess], "像台账的不止一张，先按这一张")
    names = "、".join(f"「{sheet.title}」" for sheet in sheets)
    found.ask(
        guess,
        "应看得出用哪一张表",
        f"{names}都像台账，" + ("项目各不相同" if disjoint else "有相同的项目"),
    )
    for sheet in sheets:
        if sheet is not guess:
            sheet.why = "要问：像台账的不止一张"


def _lost(found: Found, left: Sequence[Seen]) -> None:
    """A sheet that is left for want of an amount, and has projects that no sheet taken has, is asked about."""
    for sheet in left:
        known = frozenset().union(*(taken.names for taken in found.taken))
        others = sheet.names - known
        if others and not GONE.search(sheet.title) and not sheet.grid.concealed:
            found.ask(
                sheet,
                "各表的项目应都算进去",
                f"{sheet.why}，有{len(others)}个项目不在台账里，如「{show(min(others))}」",
            )


def _lying(sheet: Seen) -> str:
    """What to say of a sheet that is a ledger once it is turned: a column a project, the headings one below the other; else ""."""
    if sheet.like or not 1 < len(sheet.grid.rows) <= SEARCHED_ROWS:
        return ""
    rows = list(zip_longest(*sheet.grid.rows))
    turned = Grid(rows)
    upright = Seen(sheet.title, turned, find(turned))
    if upright.block is None or not upright.like:
        return ""
    headings = [c.heading for c in upright.block.columns if c.meaning.what in ("name", *TRIO)]
    places = "、".join(f"{address(h.column, h.row)} {h.words}" for h in headings)
    apart = "先取消合并单元格，再" if sheet.grid.merged else ""
    return (
        f"「{sheet.title}」是横着填的：一列一个项目，标题自上而下排在一列里（{places}）。"
        f"请{apart}全选复制，在新的工作表里「选择性粘贴」，勾选「转置」，存盘后重新生成；原来的表可以留着。"
    )


def _none(found: Found) -> str:
    """What to say where no sheet looks like a ledger: the likeliest, what it lacks and what it has."""
    if lying := next(filter(None, map(_lying, found.seen)), ""):
        return lying
    needed = ("name", *TRIO)
    near = max(
        found.seen, key=lambda s: (plain(s.title) == plain(LEDGER.title), s.known), default=None
    )
    advice = "请补上这些栏目，或把现有栏目改成这个名称。"
    if near is not None and (near.known >= 2 or plain(near.title) == plain(LEDGER.title)):
        columns = near.block.columns if near.block else ()
        has = {column.meaning.what for column in columns}
        lacks = "、".join(f"「{LEDGER[key].heading}」" for key in needed if key not in has)
        if not lacks:
            return f"「{near.title}」里没有项目。请在表头下面一行填一个项目，再重新生成。"
        seen = "、".join(column.heading.words for column in columns[:20])
        headings = f"看到的标题有：{seen}。" if seen else ""
        if plain(near.title) == plain(LEDGER.title):
            return f"「{near.title}」缺少{lacks}。{headings}{advice}"
        return f"工作簿里没有「{LEDGER.title}」这张表。「{near.title}」最像，但缺少{lacks}。{headings}{advice}"
    return f"工作簿里没有「{LEDGER.title}」这张表。请把台账所在的表改名为「{LEDGER.title}」，并核对表头；或用 --sheet 指定。"
