"""Which heading stands for which column of ours: by what it says, held against the report's date; two that remain are asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from xlplugin.amounts import UNITS, bare
from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError, Uncalculated, plain
from xlplugin.errors import Problem
from xlplugin.periods import say_date
from xlplugin.reading import periods, terms
from xlplugin.reading.headings import Headed, Headings, cells_of
from xlplugin.reading.meaning import CLASS, FINISH, MONEY, RATIO, SERIAL, START, UNSURE
from xlplugin.reading.model import Passed
from xlplugin.reading.periods import Fit
from xlplugin.reading.qualifiers import ADJUSTED, EARLIER, ELSEWHEN, MONTH, Meaning
from xlplugin.reading.questions import question
from xlplugin.schema import ISSUES, LEDGER

_FITS: dict[str, Callable[[Meaning, dt.date], Fit]] = {
    "total": periods.total,
    "plan": periods.plan,
    "done": periods.done,
    "earlier_done": periods.earlier,
}
_WHOLE = re.compile(r"(?:合计|小计|总计|总额|总数)$")
_PREFERRED = {
    "agency": (r"责任", r"牵头", r"主管|归口|部门", r"业主|建设|法人|项目|实施"),
    "cause": (r"原因|因素", r"问题", r""),
    "actual_progress": (r"实际", r"形象", r"进展|进度", r""),
    "name": (r"项目名称|工程名称", r"名称", r"项目|工程"),
}
"""Where several headings mean one column of texts: the words that make one the likelier, the likeliest first."""
SAMPLE = 2000
"""Cells that are looked at to tell what a column holds."""


@dataclass
class Choice:
    """The headings taken for our columns, those passed over, and what must be asked."""

    title: str
    grid: Grid
    block: Headings
    as_of: dt.date
    taken: dict[str, Headed] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    passed: list[Passed] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    stale: dict[str, list[tuple[Headed, Fit]]] = field(default_factory=dict)
    """Columns of the right kind that speak of another period or basis, where none fits."""
    units: dict[str, str] = field(default_factory=dict)
    """Units that the clerk laid down, by key."""
    added: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The columns that are added up for one of ours, by key; their sum stands in the last of them."""
    remarks: list[Problem] = field(default_factory=list)

    def cells(self, column: Headed) -> Sequence[Cell]:
        """The cells below a heading."""
        return cells_of(self.grid, self.block, column.number)

    def sample(self, column: Headed) -> Sequence[Cell]:
        """The first cells below a heading."""
        first = self.block.below - 1
        return self.grid.column(column.number, first, first + SAMPLE)

    def pass_over(self, column: Headed, why: str, *, known: bool = True) -> None:
        """Say why a heading was not taken; once is enough."""
        if all(each.heading != column.heading for each in self.passed):
            self.passed.append(Passed(column.heading, why, known))

    def ask(
        self, key: str, columns: Sequence[Headed], expected: str, found: str, advice: str
    ) -> None:
        """Ask about a column of ours, naming the cells."""
        at = columns[0].heading.cell if columns else ""
        heading = LEDGER[key].heading
        self.questions.append(question(self.title, at, heading, expected, found, advice))

    @property
    def free(self) -> list[Headed]:
        """The visible columns that neither were taken nor passed over."""
        gone = {column.heading for column in self.taken.values()}
        gone |= {each.heading for each in self.passed}
        return [column for column in self.block.columns if column.heading not in gone]


def named(columns: Iterable[Headed]) -> str:
    """「G1 累计完成投资」、「H1 本年完成投资」."""
    return "、".join(f"「{c.heading.cell} {c.heading.words}」" for c in columns)


ADVICE = "请改标题写明，或在「栏目对应」里填一行指定"


def choose(choice: Choice) -> None:
    """Take a heading for each column of ours, one after the other; what is left is passed over and named."""
    _classes(choice)
    for key, fits in _FITS.items():
        _amount(choice, key, fits)
    _fallback(choice)
    for column in LEDGER.columns:
        if column.key not in choice.taken and column.key not in _FITS and column.key != "id":
            _text(choice, column.key)
    _identity(choice)


def leftovers(choice: Choice) -> None:
    """Name what nobody took."""
    for column in choice.free:
        what = column.meaning.what
        hidden = "隐藏的栏目" if column.heading.hidden else ""
        if what in _FITS or what in (RATIO, MONEY, START, FINISH, CLASS) or what.startswith(UNSURE):
            choice.pass_over(
                column, hidden or "由程序计算" if what == RATIO else hidden or "没有用到"
            )
        else:
            choice.pass_over(column, hidden or "程序没有这一栏", known=False)


def _visible(choice: Choice, columns: Sequence[Headed]) -> list[Headed]:
    """The columns in sight where any is; hidden twins are said and are no rivals."""
    seen = [column for column in columns if not column.heading.hidden]
    if seen:
        for column in columns:
            if column.heading.hidden:
                choice.pass_over(column, "隐藏的栏目")
    return seen or list(columns)


def numeric(cells: Iterable[Cell]) -> bool | None:
    """Whether a column holds numbers (True) or texts (False); None where it holds nothing."""
    some = [c for c in cells if c is not None and not isinstance(c, (CellError, Uncalculated))]
    if not some:
        return None
    numbers = sum(
        not isinstance(c, str) or bool(re.match(r"[\d.,]+", bare(plain(c)))) for c in some
    )
    return 2 * numbers >= len(some)


def _texts(choice: Choice, column: Headed) -> list[str]:
    return [plain(c) for c in choice.sample(column) if isinstance(c, str) and plain(c)]


def _classes(choice: Choice) -> None:
    """类别, 类型, 状态: what they sort by is told by their words."""
    for column in _visible(choice, choice.block.of(CLASS, "marked_started", "nature", "level")):
        words = _texts(choice, column)
        if not words or (column.meaning.exact and column.meaning.what != "marked_started"):
            continue
        key = _sorted_by(words)
        rivals = [c for c in choice.block.of(key) if _sorted_by(_texts(choice, c)) == key]
        if key and key not in choice.taken and not rivals:
            choice.taken[key] = column
            choice.why[key] = "由填写的内容看出"
            if column.meaning.what == "marked_started" and key == "nature":
                choice.taken.setdefault("marked_started", column)
    for column in choice.block.of(CLASS):
        if column not in choice.taken.values() and not choice.block.of("industry"):
            choice.taken.setdefault("industry", column)


def _sorted_by(words: Sequence[str]) -> str:
    """Whether most of some words are levels or natures."""
    levels = sum(terms.rank(w) < 6 and terms.level(w) != w or w.endswith("重点") for w in words)
    stages = sum(bool(terms.stage(w)) for w in words)
    return "level" if 2 * levels > len(words) else "nature" if 2 * stages > len(words) else ""


def _amount(choice: Choice, key: str, fits: Callable[[Meaning, dt.date], Fit]) -> None:
    if key in choice.taken:
        return
    whats = ("done", "earlier_done") if key in ("done", "earlier_done") else (key,)
    rivals = [
        column
        for column in _visible(choice, choice.block.of(*whats))
        if column not in choice.taken.values()
        and (column.meaning.exact or numeric(choice.sample(column)) is not False)
    ]
    judged = [(column, fits(column.meaning, choice.as_of)) for column in rivals]
    fitting = [(fit.rank, column) for column, fit in judged if fit]
    if not fitting:
        choice.stale[key] = [(column, fit) for column, fit in judged if fit.why]
        return
    best = max(rank for rank, _ in fitting)
    first = [column for rank, column in fitting if rank == best]
    column = first[0] if len(first) == 1 else _one_of(choice, key, first)
    choice.taken[key] = column
    months = [
        each
        for each in choice.block.columns
        if each.meaning.basis == MONTH and each.meaning.what in ("done", "", MONEY)
    ]
    if months == [column]:  # 本月累计 by itself
        found = f"{named([column])}看不出是1月以来的累计还是当月数"
        choice.ask(key, [column], f"应为{wanted(key, choice.as_of)}", found, ADVICE)
    if len(judged) > 1:
        choice.why[key] = f"其余{named(c for c in rivals if c is not column)}不是"
    for other, fit in judged:
        if other is not column and key != "earlier_done":
            choice.pass_over(other, fit.why or f"已用{named([column])}")
    _adjusted(choice, key, column, [c for _, c in fitting if c is not column])


def _one_of(choice: Choice, key: str, rivals: Sequence[Headed]) -> Headed:
    """One of several headings that say the same: the sum among its parts, the finer of two alike; else it is asked."""
    whole = [c for c in rivals if _WHOLE.search(c.heading.words)]
    if len(whole) == 1:
        return whole[0]
    exact = [c for c in rivals if c.meaning.exact]
    amounts = [_scaled(choice, column) for column in rivals]
    if any(_differ(amounts[0], other) for other in amounts[1:]):
        choice.ask(key, rivals, "应只有一栏", f"{named(rivals)}都像，数字不同", ADVICE)
        return (exact or list(rivals))[0]
    finer = sorted(rivals, key=lambda c: UNITS.get((c.meaning.units or ("万元",))[0], 0))
    return finer[0]


def _scaled(choice: Choice, column: Headed) -> list[float | None]:
    scale = UNITS.get((column.meaning.units or ("万元",))[0], UNITS["万元"])
    return [
        float(c) * scale if isinstance(c, (int, float)) and not isinstance(c, bool) else None
        for c in choice.cells(column)
    ]


def _differ(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    """Whether two columns of amounts differ by more than rounding."""
    return any(
        (a or 0.0) != (b or 0.0)
        and abs((a or 0.0) - (b or 0.0)) > 0.01 * max(abs(a or 0.0), abs(b or 0.0))
        for a, b in zip(one, other, strict=True)
    )


def _adjusted(choice: Choice, key: str, column: Headed, others: Sequence[Headed]) -> None:
    """An adjusted plan that is empty where the first one is not: was it cancelled, or never adjusted?"""
    for other in others if column.meaning.version else ():
        pairs = zip(choice.cells(column), choice.cells(other), strict=True)
        if any(a is None and isinstance(b, (int, float)) and b for a, b in pairs):
            choice.ask(
                key,
                [column, other],
                "每个项目都应填写",
                f"{named([column])}有空格，而{named([other])}有数",
                "没有调整的请填原来的数，再生成",
            )
            return


def _fallback(choice: Choice) -> None:
    """An amount of which nothing is said (投资额) is the whole investment where nothing else is."""
    if "total" not in choice.taken:
        bare = [
            c
            for c in _visible(choice, choice.block.of(MONEY))
            if not (c.meaning.year or c.meaning.basis or c.meaning.months or c.meaning.summed)
        ]
        if len(bare) == 1:
            choice.taken["total"] = bare[0]
            choice.why["total"] = "没有别的总投资栏目"


def _text(choice: Choice, key: str) -> None:
    """A column of texts, dates or marks: the exact heading first, then the likeliest words."""
    rivals = [
        column
        for column in _visible(choice, choice.block.of(key))
        if column not in choice.taken.values() and _holds(choice, key, column)
    ]
    if key in _OF_NOW:
        rivals = _of_now(choice, rivals)
    if len(rivals) > 1:
        rivals = _said(choice, key, rivals)
    if not rivals:
        return
    order = _PREFERRED.get(key, ())

    def likely(column: Headed) -> tuple[int, bool]:
        words = column.heading.words
        at = next((n for n, p in enumerate(order) if re.search(p, words)), len(order))
        return at, not column.meaning.exact

    best = min(map(likely, rivals))
    first = [column for column in rivals if likely(column) == best]
    column = first[0]
    if len(first) > 1 and key != "note":
        told = [choice.cells(each) for each in first]
        if any(cells != told[0] for cells in told[1:]):
            choice.ask(key, first, "应只有一栏", f"{named(first)}都像，内容不同", ADVICE)
    choice.taken[key] = column
    for other in rivals:
        if other is not column:
            choice.pass_over(other, f"已用{named([column])}")


def _said(choice: Choice, key: str, rivals: list[Headed]) -> list[Headed]:
    """The rivals that hold anything, whose words are those of the column, and which were adjusted last, where any is so."""
    held = [c for c in rivals if any(cell is not None for cell in choice.sample(c))]
    if key in ("level", "nature"):
        held = [c for c in held if _sorted_by(_texts(choice, c)) == key] or held
    last = [c for c in held if c.meaning.version == ADJUSTED]
    for column in rivals:
        if held and column not in held:
            choice.pass_over(column, "没有填写" if not _texts(choice, column) else "填的是别的")
    return last or held or rivals


_OF_NOW = ("actual_progress", "planned_progress", "cause")


def _of_now(choice: Choice, rivals: Sequence[Headed]) -> list[Headed]:
    """The texts that speak of this period: last month's progress is no progress of this month."""
    now = []
    for column in rivals:
        said, as_of = column.meaning, choice.as_of
        stale = said.basis in (ELSEWHEN, EARLIER) or (said.year or as_of.year) != as_of.year
        if stale or (said.months and said.months[1] != as_of.month):
            choice.pass_over(column, f"说的是{said.period}")
        else:
            now.append(column)
    return now


def _holds(choice: Choice, key: str, column: Headed) -> bool:
    """Whether a column holds what its heading promises: no numbers where words belong."""
    if key in ("actual_progress", "planned_progress", "cause", "agency"):
        if numeric(cell for cell in choice.sample(column) if cell != 0):
            return False
        if key == "agency" and column.heading.words in ("单位", "计量单位"):
            return not terms.only_values(_texts(choice, column), (*UNITS, *_MEASURES))
    return True


_MEASURES = [word for word in ISSUES["measure"].choices if word not in UNITS] + ["个", "项"]


def _identity(choice: Choice) -> None:
    """The id column: 编号 before 序号; a running number that restarts or has gaps is none (see `rows`)."""
    for what in ("id", SERIAL):
        found = _visible(choice, choice.block.of(what))
        if found and "id" not in choice.taken:
            choice.taken["id"] = found[0]
        for column in found:
            if choice.taken.get("id") is not column:
                choice.pass_over(column, f"已用{named([choice.taken['id']])}")


def other_period(choice: Choice, key: str, column: Headed) -> None:
    """A heading that was laid down for good, and speaks of another period than the report's: last month's, kept by mistake?"""
    fit = _FITS[key](column.meaning, choice.as_of) if key in _FITS else None
    if fit is None or fit or fit.other_date is None:
        return
    choice.ask(
        key,
        [column],
        f"应为{wanted(key, choice.as_of)}",
        f"「栏目对应」指定的{named([column])}{fit.why}",
        _for_date(fit.other_date) + "请在「栏目对应」里改为本期的栏目",
    )


def _for_date(day: dt.date) -> str:
    return f"要按{say_date(day)}的数生成，用 --as-of {day}；否则"


def missing(choice: Choice, key: str) -> None:
    """One error for an amount of which only other periods, or other bases, are there."""
    stale = choice.stale.get(key, [])
    if not stale:
        return
    columns = [column for column, _ in stale]
    whys = "；".join(f"{named([column])}{fit.why}" for column, fit in stale)
    dates = sorted({fit.other_date for _, fit in stale if fit.other_date})
    choice.ask(
        key,
        columns,
        f"应为{wanted(key, choice.as_of)}",
        f"只有{whys}",
        _for_date(dates[-1]) + "请加上这一栏，标题没有改过来的请改正"
        if dates
        else "请加上这一栏，或在「栏目对应」里填一行指定",
    )


def wanted(key: str, as_of: dt.date) -> str:
    """What a column of ours should be, with the period."""
    if key == "done":
        return f"{as_of.year}年1-{as_of.month}月累计完成的投资"
    return f"{as_of.year}年全年的计划" if key == "plan" else LEDGER[key].heading
