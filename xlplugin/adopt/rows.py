"""A reading as rows of 栏目对应: what was understood, filled in; what is asked, to be filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlplugin.amounts import UNITS
from xlplugin.book import Book
from xlplugin.cells import plain
from xlplugin.errors import Problem
from xlplugin.reading.headings import find
from xlplugin.reading.model import Heading, Meant, Reading, SheetReading
from xlplugin.schema import COLUMN_MEANS, LEDGER, SHEET_MEANS, UNUSED, WORD_MEANS

_NAMED = re.compile(r"「([A-Z]{1,3}\d{1,7}) ")
"""How a question names the headings that it is about: 「G1 1-8月完成投资」."""
_WORD = re.compile(r"「([^「」]+)」(?:看不出)?（")
_ABOUT_WORDS = re.compile(r"」看不出（|）(?:都)?看不出$|只差一个字$")
"""How a question names the words that it is about: 「滚动」看不出（D4）; 「甲」（D2）、「乙」（D3）都看不出."""


@dataclass(frozen=True, slots=True)
class AdoptedRow:
    """One row of 栏目对应. `asked` is the column (key) whose cell answers a question; "" where nothing is asked."""

    kind: str
    hers: str
    place: str = ""
    ours: str = ""
    unit: str = ""
    note: str = ""
    asked: str = ""


def rows(reading: Reading) -> Iterator[AdoptedRow]:
    """The reading as rows of 栏目对应, questions where their answers belong.

    A sheet, and a heading that names a month or a year, is shown without being laid down: what is laid down wins over next
    month's evidence, and next month another one is meant.
    """
    asked = _Asked(reading)
    for sheet in reading.sheets:
        told = f"当作{sheet.role}：{sheet.why}" if sheet.taken else sheet.why
        question = asked.sheets.get(sheet.title)
        if sheet.taken or question or not sheet.role:
            yield AdoptedRow(
                SHEET_MEANS, sheet.title, note=question or told, asked="ours" if question else ""
            )
    for sheet in reading.ledgers:
        yield from _columns(sheet, asked)
    for word in reading.words:
        if word.ours:
            note = f"{word.count}处"
            yield AdoptedRow(WORD_MEANS, word.hers, LEDGER[word.key].heading, word.ours, note=note)
    yield from asked.others


def unread(book: Book) -> Iterator[AdoptedRow]:
    """Every heading there is, of a workbook in which no ledger could be found; those that nobody understood are asked about."""
    for title in book.sheets:
        block = None if title in book.made else find(book.read(title))
        for column in block.columns if block else ():
            note = f"「{title}」{column.heading.cell}"
            asked = "" if column.meaning.what else "ours"
            yield AdoptedRow(COLUMN_MEANS, column.heading.words, note=note, asked=asked)


class _Asked:
    """The questions by where their answers belong: sheets, headings (sheet and cell), and rows for all others."""

    def __init__(self, reading: Reading) -> None:
        self.sheets: dict[str, str] = {}
        self.columns: dict[tuple[str, str], Problem] = {}
        self.others: list[AdoptedRow] = []
        taken: dict[tuple[str, str], set[str]] = {}
        for sheet in reading.ledgers:
            for meant in sheet.columns:
                taken.setdefault((sheet.title, meant.heading.cell), set()).add(meant.ours)
            for passed in sheet.passed:
                taken.setdefault((sheet.title, passed.heading.cell), set())
        titles = [sheet.title for sheet in reading.sheets]
        for question in reading.questions:
            note = question.told
            if _ABOUT_WORDS.search(question.found):
                self.others += [
                    AdoptedRow(WORD_MEANS, word, question.heading, note=note, asked="ours")
                    for word in _WORD.findall(question.found)
                ]
            elif not question.cell:
                said = [title for title in titles if f"「{title}」" in question.found]
                self.sheets |= dict.fromkeys(said or [question.sheet], note)
            elif about := _about(question, taken):
                self.columns |= dict.fromkeys(about, question)
            else:
                self.others.append(AdoptedRow(COLUMN_MEANS, "", note=note, asked="hers"))


def _about(question: Problem, taken: Mapping[tuple[str, str], set[str]]) -> list[tuple[str, str]]:
    """The headings that a question is about; none where it is about a column that is not there, or a line above them all."""
    own = question.sheet, question.cell
    if named := [(question.sheet, cell) for cell in _NAMED.findall(question.saying)]:
        return [place for place in named if place in taken]
    return [own] if own in taken and (not taken[own] or question.heading in taken[own]) else []


def _columns(sheet: SheetReading, asked: _Asked) -> Iterator[AdoptedRow]:
    """One row a heading, those of ours first."""
    meant: dict[Heading, list[Meant]] = {}
    for each in sheet.columns:
        meant.setdefault(each.heading, []).append(each)
    passed = {each.heading: each.why for each in sheet.passed if each.heading not in meant}
    words = Counter(plain(heading.words) for heading in (*meant, *passed))
    for heading in (*meant, *passed):
        alike = words[plain(heading.words)] > 1
        place = f"「{sheet.title}」{heading.cell}" if alike else ""
        question = asked.columns.get((sheet.title, heading.cell))
        row = AdoptedRow(COLUMN_MEANS, heading.words, place, note=passed.get(heading, ""))
        if heading in meant:
            row = _taken(row, meant[heading])
        if question:
            key = "unit" if "单位" in question.remedy else "ours"
            row = replace(row, note=question.told, asked=key, **{key: ""})
        yield replace(row, note=f"{heading.cell}：{row.note}".rstrip("："))


def _taken(row: AdoptedRow, meant: Sequence[Meant]) -> AdoptedRow:
    """A heading that stands for a column of ours; for two of them only the rows decide, so nothing is laid down."""
    first = meant[0]
    sure = len(meant) == 1 and not re.search(r"\d", row.hers + first.period)
    said = [first.ours if not sure else "", first.unit_from, *(each.why for each in meant)]
    return replace(
        row,
        ours=first.ours if sure else "",
        unit=first.unit if first.unit_from and sure else "",
        note="；".join(part for part in said if part),
    )


def choices(row: AdoptedRow) -> tuple[str, ...]:
    """What may be written into the cell that a row asks for; a level may also stay as it is written."""
    if row.asked == "unit":
        return tuple(UNITS)
    if row.kind == SHEET_MEANS:
        return LEDGER.title, UNUSED
    if row.kind == WORD_MEANS:
        column = next(column for column in LEDGER.columns if column.heading == row.place)
        return (*column.choices, row.hers) if column.key == "level" else column.choices
    return (*(column.heading for column in LEDGER.columns), UNUSED)
