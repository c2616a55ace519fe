"""Planned or actual: what a bare 开工时间 or 竣工时间 records, and whether a project has begun where no date says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlplugin.cells import Cell, plain
from xlplugin.reading import terms
from xlplugin.reading.below import real
from xlplugin.reading.columns import named
from xlplugin.reading.dates import PLANNED, day_of, days, says_planned, whole_day
from xlplugin.reading.headings import Headed
from xlplugin.reading.meaning import FINISH, START, UNSURE
from xlplugin.reading.model import Translation
from xlplugin.reading.questions import question
from xlplugin.schema import ADOPTED, BUILDING, EARLY, LEDGER

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part


def decide(part: Part) -> None:
    """Settle the dates of a sheet, one question a column at most."""
    _starts(part)
    _finishes(part)
    _finished(part)
    _begun(part)


def _candidates(part: Part, what: str) -> list[Headed]:
    """The headings that may tell it, but for those of which the clerk, or the heading itself, has said what they are."""
    whats = (what, UNSURE + what, *(UNSURE + k for k in _FAMILY[what]))
    return [c for c in part.choice.free if c.meaning.what in whats and not c.heading.hidden]


_FAMILY = {START: ("planned_start", "actual_start"), FINISH: ("planned_finish", "actual_finish")}


def _starts(part: Part) -> None:
    """A bare 开工时间 is when building began, unless its dates or other columns say that it also tells plans."""
    bare = _candidates(part, START)
    taken = part.choice.taken
    if not bare or "actual_start" in taken:
        return
    column, as_of = bare[0], part.as_of
    cells = part.column(column)
    spent = [real(cell) for cell in part.of("done")]
    dates = [
        day_of(cell, as_of, actual=money) if cell is not None else None
        for cell, money in zip(cells, spent, strict=True)
    ]
    mixed = column.meaning.what.startswith(UNSURE) or any(day and day > as_of for day in dates)
    if not mixed or "planned_start" in taken:
        part.take("actual_start", column, cells)
        return
    marks = [
        False if says_planned(cell) else terms.started(c) if isinstance(c, str) else None
        for cell, c in zip(cells, part.marks(), strict=True)
    ]
    past = [bool(day and day <= as_of) for day in dates]
    _ask_starts(part, column, past, spent, marks)
    began = [
        cell if day and (money or mark) and mark is not False else None
        for cell, day, money, mark in zip(cells, past, spent, marks, strict=True)
    ]
    part.take("actual_start", column, began, "有投资或注明已开工的算实际开工")
    waits = [None if day else cell for cell, day in zip(cells, began, strict=True)]
    part.take("planned_start", column, waits, "其余算计划开工")


def _ask_starts(
    part: Part,
    column: Headed,
    past: Sequence[bool],
    spent: Sequence[bool],
    marks: Sequence[bool | None],
) -> None:
    """Ask where dates that are past have neither money nor a mark beside them."""
    open_ = [
        row
        for row, day, money, mark in zip(part.rows, past, spent, marks, strict=True)
        if day and not money and mark is None
    ]
    if open_:
        said = "也写计划开工" if column.meaning.what.startswith(UNSURE) else "有晚于截止日期的日期"
        part.ask(
            "actual_start",
            column,
            "应看得出是实际开工还是计划开工",
            f"{named([column])}{said}，{part.places(column, open_)}没有完成投资，看不出是否开工",
            "请把标题改为「实际开工日期」或「计划开工日期」，或加一栏「是否开工」",
        )


def _finishes(part: Part) -> None:
    """A bare 竣工时间 records plans when it holds a date to come, or when actual finishes have a column of their own."""
    bare = _candidates(part, FINISH)
    taken = part.choice.taken
    if not bare:
        return
    column = bare[0]
    cells = part.column(column)
    dates = days(cells, part.as_of)
    past = [bool(day and day <= part.as_of) for day in dates]
    if "actual_finish" in taken:
        if "planned_finish" not in taken:
            part.take("planned_finish", column, cells, "实际竣工另有一栏")
    elif "planned_finish" in taken:
        part.take("actual_finish", column, cells, "计划竣工另有一栏")
    elif any(day and not gone for day, gone in zip(dates, past, strict=True)):
        part.take("planned_finish", column, cells, "有晚于截止日期的日期，是计划")
    elif open_ := [
        row
        for row, gone, whole in zip(part.rows, past, part.complete(), strict=True)
        if gone and not whole
    ]:
        part.ask(
            "actual_finish",
            column,
            "应看得出是实际竣工还是计划竣工",
            f"{part.places(column, open_)}已过，而年度计划没有完成",
            "请把标题改为「实际竣工日期」或「计划竣工日期」",
        )
    else:
        part.take("actual_finish", column, cells)


def _finished(part: Part) -> None:
    """已竣工 without a date, among finishes, states or marks, is finished: before this month, for want of a better date."""
    taken = part.choice.taken
    asked = next(iter(part.choice.block.of("marked_finished")), None)
    yes = (
        {c for c in part.column(asked) if isinstance(c, str) and terms.started(c)}
        if asked
        else set()
    )
    sources = [part.of("actual_finish")]
    sources += [part.column(c) for c in (asked, taken.get("planned_finish")) if c]
    sources += [part.marks()] if _of_states(part) else []
    words = {cell for cells in sources for cell in set(cells) if isinstance(cell, str)}
    said: set[Cell] = {*yes, *filter(terms.finished, words)}
    if not said:
        return
    column = taken.get("actual_finish") or asked or taken.get("planned_finish")
    finishes = [_finish_of(cells, said, part.as_of) for cells in zip(*sources, strict=True)]
    part.take("actual_finish", column or taken["marked_started"], finishes)
    part.words += [
        Translation("actual_finish", str(word), _DONE, (), 0, part.title)
        for word in sorted(map(str, said))
    ]
    if "planned_finish" in part.cells:
        planned = part.cells["planned_finish"]
        part.cells["planned_finish"] = [None if cell in said else cell for cell in planned]


_DONE = "已竣工"


def _finish_of(cells: Sequence[Cell], said: set[Cell], as_of: dt.date) -> Cell:
    """The finish that a project's cells tell: its own date, a month in the words, else the end of the month before."""
    if cells[0] is not None and cells[0] not in said:
        return cells[0]
    words = [cell for cell in cells if cell in said]
    own = (day_of(cell, as_of, actual=True) for cell in words)
    last_month = as_of.replace(day=1) - dt.timedelta(days=1)
    return next(filter(None, own), last_month) if words else None


def _of_states(part: Part) -> bool:
    """Whether the marks are states (在建, 竣工): not answers to 是否开工, nor natures (续建, 竣工), of which 竣工 may be a plan."""
    column = part.choice.taken.get("marked_started")
    if column is None or "是否" in column.heading.words:
        return False
    return not any(_NATURES.search(word) for word in set(part.marks()) if isinstance(word, str))


_NATURES = re.compile(r"[续新改扩迁]建|新开工")


def _begun(part: Part) -> None:
    """Marks and dates tell who has begun; where neither is there: natures such as 续建, texts of building work, else a question."""
    taken = part.choice.taken
    _said_for_dates(part)
    if "marked_started" in taken and "nature" in part.cells:
        _read_marks(part)
        return
    if "actual_start" in taken or not part.rows or "nature" not in part.cells:
        return
    words, stages = part.cells["nature_word"], part.stages()
    texts = part.of("actual_progress")
    marks: list[Cell] = []
    open_: list[int] = []
    for at, (word, stage, text) in enumerate(zip(words, stages, texts, strict=True)):
        begun = _tells(word, text) if stage == BUILDING else None
        marks.append(None if begun is None else "是" if begun else "否")
        if stage == BUILDING and begun is None:
            open_.append(at)
    if "否" in marks and "actual_progress" in part.cells:
        # who has not begun is told in the texts: the others, with a text of their own and money spent, have
        done = part.cells.get("done", marks)
        spent = {at for at in open_ if real(done[at]) and texts[at] is not None}
        marks = ["是" if at in spent else mark for at, mark in enumerate(marks)]
        open_ = [at for at in open_ if at not in spent]
    part.cells["marked_started"] = marks
    if open_:
        _no_start(part, open_)


def _said_for_dates(part: Part) -> None:
    """已开工, √ in a column of dates tell that building has begun; then every other row is marked by whether it has a date."""
    cells = part.cells.get("actual_start")
    if cells is None or "marked_started" in part.cells:
        return
    words = {cell for cell in set(cells) if isinstance(cell, str) and _only_said(cell, part.as_of)}
    if words:
        part.cells["marked_started"] = [
            "是"
            if cell in words or (cell and whole_day(cell, part.as_of, actual=True))
            else "否"
            if stage == BUILDING
            else None
            for cell, stage in zip(cells, part.stages(), strict=True)
        ]
        part.cells["actual_start"] = [None if cell in words else cell for cell in cells]


def _only_said(cell: str, as_of: dt.date) -> bool:
    """Whether a text is no date and says that building has begun."""
    return day_of(cell, as_of) is None and not PLANNED.match(cell) and bool(terms.started(cell))


def _tells(word: Cell, text: Cell) -> bool | None:
    if isinstance(word, str) and terms.begun(word):
        return True
    return terms.work_begun(plain(text)) if isinstance(text, str) else None


def _no_start(part: Part, open_: Sequence[int]) -> None:
    done = part.of("done")
    spent = sum(real(done[at]) for at in open_)
    heading = LEDGER["actual_start"].heading
    money = f"，其中{spent}个已有完成投资" if spent else ""
    part.choice.questions.append(
        question(
            part.title,
            part.heading_cell,
            heading,
            f"应有「{heading}」或「{LEDGER['marked_started'].heading}」一栏",
            f"现在没有，{len(open_)}个{BUILDING}项目看不出是否开工{money}",
            "请加上这一栏，已开工的填日期或填「是」",
        )
    )


def _only_ticks(part: Part) -> bool:
    """Whether the marks are one tick or none, and all with a tick, and nobody else to be built, have spent money: blank is no."""
    marks = part.cells["marked_started"]
    held = {cell for cell in set(marks) if cell is not None}
    if len(held) != 1 or None not in marks or plain(str(next(iter(held)))) not in _TICKS:
        return False
    done = part.of("done")
    return all(
        bool(mark) == real(money)
        for mark, money, stage in zip(marks, done, part.stages(), strict=True)
        if stage == BUILDING
    )


_TICKS = frozenset("√✓✔☑●○■")


_DATED = re.compile(r"(?<=.)[(（][\d年月日.\-/至—]+[)）]$")
"""是（2021.3）."""


def _read_marks(part: Part) -> None:
    """是, 已开工, 正常施工 … as yes and no; a word that tells neither is asked once."""
    if _only_ticks(part):
        stages = zip(part.cells["marked_started"], part.stages(), strict=True)
        ticks: list[Cell] = ["是" if c else "否" if s == BUILDING else None for c, s in stages]
        part.cells["marked_started"] = ticks
        return
    read: list[Cell] = []
    marked = terms.reader_of(part.cells["marked_started"])
    unknown: dict[str, list[int]] = {}
    some_wait = any(marked(c) is False for c in set(part.marks()) if isinstance(c, str))
    for row, cell, stage in zip(
        part.rows, part.cells["marked_started"], part.stages(), strict=True
    ):
        said = part.answers.mark(cell) if isinstance(cell, str) else None
        if isinstance(cell, str) and plain(cell):
            said = marked(_DATED.sub("", cell.strip())) if said is None else said
            said = True if said is None and some_wait and terms.paced(cell) else said
            if said is None and stage != EARLY:
                unknown.setdefault(cell.strip(), []).append(row)
            read.append(None if said is None else "是" if said else "否")
        else:
            read.append(cell)
    part.cells["marked_started"] = read
    column = part.choice.taken["marked_started"]
    if unknown and "actual_start" not in part.choice.taken:
        told = "、".join(
            f"「{word}」（{part.places(column, rows)}）" for word, rows in unknown.items()
        )
        part.ask(
            "marked_started",
            column,
            "应看得出是否开工",
            f"{told}看不出",
            f"请改为「是」或「否」，或在「{ADOPTED.title}」里这个词的「对应」填已开工的「是」、未开工的「否」",
        )
