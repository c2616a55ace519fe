"""How a workbook was read: a dozen lines for the screen, a sheet with links for the clerk, one object for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlplugin.book import Changes, Filling
from xlplugin.cells import plain
from xlplugin.outline import filled, laid_out
from xlplugin.reading.model import (
    LEFT,
    NOTE,
    PART,
    SECTION,
    SUM,
    Meant,
    Passed,
    Reading,
    Rows,
    SheetReading,
    Translation,
)
from xlplugin.render.links import hyperlink
from xlplugin.schema import ADOPTED, COLUMN_MEANS, LEDGER, READING, SHEET_MEANS, WORD_MEANS

KINDS = (SHEET_MEANS, COLUMN_MEANS, WORD_MEANS, "行", "要问")
SHOWN = (SUM, SECTION, PART, LEFT, NOTE)
"""Rows that are no project and yet say something."""

MANY = 8
"""So many headings are named in one line; of more, the rest are counted."""


class Line(NamedTuple):
    """One thing that was read, as the sheet 认表 shows it."""

    kind: str
    hers: str
    sheet: str
    cell: str
    ours: str
    unit: str
    note: str


def is_plain(reading: Reading) -> bool:
    """Whether there is nothing to look at: one ledger under our own headings in 万元, no word translated, nothing asked."""
    return (
        len(reading.ledgers) == 1
        and not any(_odd(meant) for meant in reading.ledgers[0].columns)
        and not any(passed.heading.words for passed in reading.ledgers[0].passed)
        and not (reading.words or reading.questions or reading.remarks)
    )


def _odd(meant: Meant) -> bool:
    """Whether a heading is another one than ours, or needs a word."""
    return bool(
        plain(meant.heading.words).split("(")[0].strip("*") != plain(meant.ours)
        or _why(meant)
        or meant.unit not in ("", "万元")
    )


def _period(meant: Meant) -> str:
    """The period that a heading names; 年度 names none."""
    return meant.period if re.search(r"\d|[一二三四]季", meant.period) else ""


def _why(meant: Meant) -> str:
    """Why a heading was taken, where that is worth a word: the clerk knows what she laid down."""
    return "" if ADOPTED.title in meant.why else meant.why


def text(reading: Reading) -> list[str]:
    """A dozen lines, fewer where nothing is odd."""
    lines = [line for sheet in reading.ledgers for line in _sheet(sheet)]
    if left := _left(reading):
        lines.append(f"没有用的表：{left}。")
    if reading.words:
        lines.append(f"用词：{'；'.join(map(_word, reading.words))}。")
    if reading.questions:
        lines.append(f"要问的有{len(reading.questions)}处，见下面的 KP39。")
    return lines


def _sheet(sheet: SheetReading) -> Iterator[str]:
    yield f"读「{sheet.title}」（{sheet.why}）：{_headings(sheet)}{_rows(sheet.rows)}。"
    money = [m for m in sheet.columns if LEDGER[m.key].kind == "money"]
    yield from (f"　{_column(m)}。" for m in money if _odd(m))
    others = [m for m in sheet.columns if m not in money and _odd(m)]
    if others:
        yield f"　{'；'.join(map(_column, others))}。"
    known = [f"{_at(p)}（{p.why}）" for p in _passed(sheet) if p.known]
    if known:
        yield f"　没有用：{_few(known)}。"
    foreign = [_at(p) for p in _passed(sheet) if not p.known]
    if foreign:
        yield f"　程序没有的栏目：{_few(foreign)}。"


def _passed(sheet: SheetReading) -> list[Passed]:
    """The headings that nothing was taken from."""
    taken = {meant.heading.cell for meant in sheet.columns}
    return [passed for passed in sheet.passed if passed.heading.cell not in taken]


def _headings(sheet: SheetReading) -> str:
    first, last = sheet.heading_rows
    rows = f"第{first}行" if first == last else f"第{first}—{last}行"
    same = [m for m in sheet.columns if not _odd(m)]
    all_same = "都" if len(same) == len(sheet.columns) else ""
    return f"标题在{rows}，{len(sheet.columns)}栏" + (
        f"{all_same}是标准的，" if all_same else f"中{len(same)}栏是标准的，"
    )


def _rows(rows: Rows | None) -> str:
    if rows is None:
        return "没有项目"
    others = [f"，{kind}{len(rows.of(kind))}行" for kind in SHOWN if rows.of(kind)]
    inherited = (
        f"；{'、'.join(rows.inherited)}由小标题、合并单元格或表名带出" if rows.inherited else ""
    )
    return (
        f"{rows.projects}个项目（第{rows.first}{f'—{rows.last}' if rows.last > rows.first else ''}行）"
        + "".join(others)
        + inherited
    )


def _column(meant: Meant) -> str:
    """总投资 ← E1「总投资（亿）」，亿元（标题），1-9月，本年累计；…"""
    unit = meant.unit if meant.unit not in ("", "万元") else ""
    said = f"{unit}（{meant.unit_from}）" if unit and meant.unit_from else unit
    details = [part for part in (said, _period(meant), _why(meant)) if part]
    return "，".join([f"{meant.ours} ← {meant.heading.cell}「{meant.heading.words}」", *details])


def _at(passed: Passed) -> str:
    return f"{passed.heading.cell}「{passed.heading.words}」"


def _few(words: Sequence[str]) -> str:
    more = f"等{len(words)}栏" if len(words) > MANY else ""
    return "、".join(words[:MANY]) + more


def _left(reading: Reading) -> str:
    """The sheets that are nothing of ours."""
    left = [sheet for sheet in reading.sheets if not sheet.taken and not sheet.role]
    return "、".join(f"「{sheet.title}」（{sheet.why}）" for sheet in left)


def _word(word: Translation) -> str:
    return f"{word.hers} → {word.ours or '？'} {word.count}处"


def sheet(reading: Reading) -> Changes:
    """认表: one thing a row, each with a link to its cell."""
    found = list(lines(reading))
    said = ("kind", "hers", "ours", "unit", "note")
    columns = filled(READING, {key: [getattr(line, key) or None for line in found] for key in said})
    places = [f"「{line.sheet}」{line.cell}" for line in found]
    columns["place"] = Filling(
        places,
        ["链接" if line.cell else "文字" for line in found],
        [hyperlink(line.sheet, line.cell, at) for line, at in zip(found, places, strict=True)],
    )
    return laid_out(READING, READING.help, columns, ("hers", "place", "note"))


def record(reading: Reading) -> dict[str, list[dict[str, str]]]:
    """The same as plain objects (design §6)."""
    kinds = dict(zip(("sheets", "columns", "words", "rows", "questions"), KINDS, strict=True))
    found = list(lines(reading))
    return {
        key: [line._asdict() for line in found if line.kind == kind] for key, kind in kinds.items()
    }


def lines(reading: Reading) -> Iterator[Line]:
    """Everything that was read: sheets, headings, words, rows that are no project, questions."""
    a_sheet, a_column, a_word, a_row, a_question = KINDS
    for each in reading.sheets:
        role = each.role if each.taken else ""
        yield Line(a_sheet, each.title, each.title, "", role, "", each.why)
    for each in reading.ledgers:
        for m in each.columns:
            note = "；".join(part for part in (m.period, m.basis, m.unit_from, m.why) if part)
            yield Line(a_column, m.heading.words, each.title, m.heading.cell, m.ours, m.unit, note)
        for p in _passed(each):
            yield Line(a_column, p.heading.words, each.title, p.heading.cell, "", "", p.why)
    for word in reading.words:
        heading, cell = LEDGER[word.key].heading, "".join(word.cells[:1])
        note = f"{heading}，{word.count}处"
        yield Line(a_word, word.hers, word.sheet, cell, word.ours, "", note)
    for each in reading.ledgers:
        for row, kind in each.rows.others.items() if each.rows else ():
            if kind in SHOWN:
                note = "不是项目，不计算在内"
                yield Line(a_row, f"第{row}行", each.title, f"A{row}", kind, "", note)
    for asked in reading.questions:
        yield Line(a_question, asked.heading, asked.sheet, asked.cell, "", "", asked.told)
