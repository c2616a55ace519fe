"""A column's cells → one typed array, with a finding for each cell that had to be guessed or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from xlplugin import amounts, periods
from xlplugin.cells import Cell, CellError, Uncalculated, Unreadable, plain, repeats, show, visible
from xlplugin.columns import Array
from xlplugin.errors import Severity
from xlplugin.schema import Column, Kind

YES = frozenset({"是", "√", "✓", "有", "y", "yes", "1", "true", "对"})
NO = frozenset({"否", "×", "✗", "无", "n", "no", "0", "false", "不", "-", "—"})

MOST_COUNTED = 10**9

LONGEST_WORD = 100
"""What is longer is no word that sorts projects: each such word is a section, a line of every table and a name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the cell at position `index` of a column."""

    index: int
    code: str
    severity: Severity
    expected: str
    found: str
    advice: str = ""


Fault = tuple[str, Severity, str, str] | tuple[str, Severity, str, str, str]
"""A finding without its place: code, severity, what should be, what is, what to do."""

CellReader = Callable[[Cell], tuple[Any, tuple[Fault, ...]]]
"""Reads one cell: its value, and what there is to say of it."""

_NOTHING = type(None)
_ALIKE = frozenset({str, dt.date, _NOTHING})
"""Kinds of cells whose equals are read alike: not so 1, 1.0 and True."""


def coerce(cells: Sequence[Cell], column: Column, unit: str) -> tuple[Array, list[Finding]]:
    """Type a column. Errors and formulas that were never calculated are findings and count as empty."""
    findings: list[Finding] = []
    clean, kinds = cells, set(map(type, cells))
    if kinds & {CellError, Uncalculated}:
        clean = list(cells)
        for index, cell in enumerate(clean):
            if isinstance(cell, CellError):
                findings.append(Finding(index, "KP25", "E", "不应是错误值", f"现为 {cell}"))
                clean[index] = None
            elif isinstance(cell, Uncalculated):
                found = f"公式「={show(cell)}」没有计算过"
                findings.append(Finding(index, "KP26", "E", "应当有计算结果", found))
                clean[index] = None
        kinds = kinds - {CellError, Uncalculated} | {_NOTHING}
    if kinds <= {_NOTHING}:
        return nothing(column, len(clean)), findings
    if column.kind == "money":
        return _money(clean, kinds, unit, findings), findings
    if column.kind == "count":
        return _count(clean, kinds, findings), findings
    if column.kind == "number":
        return _objects(_quantities(clean, range(len(clean)), findings)), findings
    if column.kind in _JOINERS and (texts := _clean_texts(clean, kinds)):
        return _objects(texts), findings
    values = _each(clean, kinds, _reader(column), findings)
    return (_dates if column.kind in ("date", "month") else _objects)(values), findings


def fetched(index: int, formula: str) -> Finding:
    """What is said of a formula that fetches its value from another workbook: the value stays."""
    return Finding(index, "KP25", "E", "不应引用别的工作簿", f"现为公式「={show(formula)}」")


def nothing(column: Column, count: int) -> Array:
    """A column without any value."""
    if column.kind in ("money", "count"):
        return np.full(count, np.nan)
    if column.kind in ("date", "month"):
        return np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    return np.full(count, None if column.kind in ("number", "flag", "any") else "", dtype=object)


def _objects(values: Sequence[Any]) -> Array:
    return np.fromiter(values, dtype=object, count=len(values))


_EPOCH = dt.date(1970, 1, 1).toordinal()
_NO_DATE = np.iinfo(np.int64).min
"""How numpy writes that there is no date."""


def _dates(days: Sequence[dt.date | None]) -> Array:
    numbers = {day: day.toordinal() - _EPOCH if day else _NO_DATE for day in set(days)}
    return np.fromiter(map(numbers.__getitem__, days), dtype=np.int64, count=len(days)).view(
        "datetime64[D]"
    )


def _each(
    cells: Sequence[Cell], kinds: set[type], read: CellReader, findings: list[Finding]
) -> Sequence[Any]:
    """Read every cell; texts and dates that come again are read once."""
    if kinds <= _ALIKE:
        known = {cell: read(cell) for cell in set(cells)}
        if any(said for _, said in known.values()):
            findings += [
                Finding(index, *said) for index, cell in enumerate(cells) for said in known[cell][1]
            ]
        values = {cell: value for cell, (value, _) in known.items()}
        if all(cell == value for cell, value in values.items()):
            return cells
        return list(map(values.__getitem__, cells))
    readings = [read(cell) for cell in cells]
    findings += [
        Finding(index, *said) for index, (_, all_said) in enumerate(readings) for said in all_said
    ]
    return [value for value, _ in readings]


def _reader(column: Column) -> CellReader:
    """How a cell of a column is read, by the column's kind."""
    if column.kind == "any":
        return lambda cell: (cell, ())
    if column.kind == "choice":
        return _choice(column)
    if column.kind == "flag":
        return _flag(column)
    if column.kind in ("date", "month"):
        return lambda cell: date(cell, month_ok=column.kind == "month")
    return lambda cell: (_one_text(cell, _JOINERS[column.kind]), ())


_JOINERS: dict[Kind, str] = {"text": "；", "name": "", "id": "", "template": "\n"}
"""What stands between the lines of a cell that is text, once they are one."""


def _clean_texts(cells: Sequence[Cell], kinds: set[type]) -> Sequence[Any] | None:
    """A column of nothing but texts of one line without tabs, read the fast way; None for any other."""
    if not kinds <= {str, _NOTHING}:
        return None
    different = set(cells) if repeats(cells) else cells
    joined = "".join(filter(None, different))  # type: ignore[arg-type]  # so say the kinds
    if any(mark in joined for mark in "\t\n\r") or visible(joined) != joined:
        return None
    if joined.split(None, 1) == [joined]:  # nothing blank in any
        return [cell or "" for cell in cells] if _NOTHING in kinds else cells
    if different is cells:
        return [cell.strip() if cell else "" for cell in cells]  # type: ignore[union-attr]
    stripped = {cell: cell.strip() if cell else "" for cell in different}  # type: ignore[union-attr]
    return list(map(stripped.__getitem__, cells))


def _one_text(cell: Cell, joiner: str = "；") -> str:
    if isinstance(cell, str):
        text = visible(cell).replace("\t", " ").strip()
        if "\n" in text or "\r" in text:
            return joiner.join(line.strip() for line in text.splitlines() if line.strip())
        return text
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, dt.date):
        return periods.say_date(cell)
    return f"{amounts.number(cell).value:f}"


def _choice(column: Column) -> CellReader:
    known = {plain(choice): choice for choice in column.choices}
    known |= {plain(word): choice for word, choice in column.synonyms.items()}

    def read(cell: Cell) -> tuple[str, tuple[Fault, ...]]:
        text = _one_text(cell)
        if column.open and len(text) > LONGEST_WORD:
            found = f"现为「{show(cell)}」，有{len(text)}字"
            return "", (("KP03", "E", f"应为不超过{LONGEST_WORD}字的一个词", found),)
        value = known.get(plain(text), text if column.open else "")
        return value, () if value or not text else (
            ("KP03", "E", f"应为{'、'.join(column.choices)}之一", f"现为「{show(cell)}」"),
        )

    return read


def _flag(column: Column) -> CellReader:
    """True, False, or None where nothing is said."""
    words = {plain(word): choice for word, choice in column.synonyms.items()}

    def read(cell: Cell) -> tuple[bool | None, tuple[Fault, ...]]:
        text = plain(_one_text(cell))
        text = words.get(text, text)
        value = True if text in YES else False if text in NO else None
        return value, () if value is not None or not text else (
            ("KP03", "E", "应为是或否", f"现为「{show(cell)}」"),
        )

    return read


def date(cell: Cell, *, month_ok: bool = False) -> tuple[dt.date | None, tuple[Fault, ...]]:
    """A cell as a date, and what there is to say of it: an E where it is none, a W where it had to be guessed."""
    try:
        value, echo = periods.date(cell, month_ok=month_ok)
    except Unreadable as reason:
        return None, (("KP16", "E", "应为日期", f"现为「{show(cell)}」，{reason}"),)
    if echo and value is not None:
        found = f"现为「{show(cell)}」，已按{periods.say_date(value)}读取"
        return value, (("KP16", "W", "应为日期", found, "请改为日期，或确认读得对"),)
    return value, ()


def _floats(cells: Sequence[Cell], kinds: set[type]) -> Array:
    """The plain numbers as floats; NaN for all other cells."""
    plain_numbers = (
        cells
        if kinds <= {float, int, _NOTHING}
        else [cell if cell.__class__ in (float, int) else None for cell in cells]
    )
    return np.array(plain_numbers, dtype=float)


def _others(cells: Sequence[Cell], known: Array) -> list[int]:
    """Positions of the cells that hold something which is not known yet."""
    return [index for index in np.flatnonzero(~known).tolist() if cells[index] is not None]


def _money(cells: Sequence[Cell], kinds: set[type], unit: str, findings: list[Finding]) -> Array:
    """Whole 分. Plain numbers go the fast way, exact while Excel's 15 digits reach below the 分 and nothing is near half a 分; the rest through Decimal."""
    scaled = _floats(cells, kinds) * amounts.UNITS[unit]
    rounded = np.rint(scaled)
    fast = (np.abs(scaled - rounded) < 1e-3) & (np.abs(scaled) < 2**46)
    fen = np.where(fast, rounded + 0.0, np.nan)  # + 0.0: there is no −0
    for index in _others(cells, fast):
        cell = cells[index]
        value, own = _with_unit(index, cell, unit, findings) or (
            _number(index, cell, findings),
            unit,
        )
        if value is not None:
            try:
                fen[index] = amounts.to_fen(value, own)
            except Unreadable as reason:
                findings.append(Finding(index, "KP04", "E", "应为合理的金额", str(reason)))
    for index in np.flatnonzero(fen < 0).tolist():
        findings.append(Finding(index, "KP05", "E", "不应为负数", f"现为「{show(cells[index])}」"))
    return fen


def _with_unit(
    index: int, cell: Cell, unit: str, findings: list[Finding]
) -> tuple[Decimal, str] | None:
    """An amount whose cell says the unit, or 约 and the like, echoed; None for any other cell."""
    if not isinstance(cell, str):
        return None
    found = amounts.with_unit(rough := amounts.bare(cell))
    if not found and rough != cell and rough[:1].isdecimal():
        with suppress(Unreadable):
            found = amounts.number(rough).value or Decimal(0), unit
    if found:
        said = f"现为「{show(cell)}」，已按 {found[0]} {found[1]}读取"
        findings.append(Finding(index, "KP04", "W", "应为数字", said, "请改为数字，或确认读得对"))
    return found


def _count(cells: Sequence[Cell], kinds: set[type], findings: list[Finding]) -> Array:
    numbers = _floats(cells, kinds)
    fast = (numbers == np.rint(numbers)) & (numbers >= 0) & (numbers < MOST_COUNTED)
    counts = np.where(fast, numbers + 0.0, np.nan)
    others = _others(cells, fast)
    for index, number in zip(others, _quantities(cells, others, findings), strict=True):
        if number is not None and number != int(number):
            found = f"现为「{show(cells[index])}」"
            findings.append(Finding(index, "KP04", "E", "应为整数", found, "请改为整数"))
        elif number is not None and number >= 0:
            counts[index] = int(number)
    return counts


def _quantities(
    cells: Sequence[Cell], positions: Sequence[int], findings: list[Finding]
) -> list[Decimal | None]:
    """Some cells as numbers that one can count or measure."""
    values = [_number(index, cells[index], findings) for index in positions]
    for at, (index, number) in enumerate(zip(positions, values, strict=True)):
        found = f"现为「{show(cells[index])}」"
        if number is not None and number < 0:
            findings.append(Finding(index, "KP05", "E", "不应为负数", found))
        elif number is not None and number >= MOST_COUNTED:
            findings.append(Finding(index, "KP04", "E", "应为合理的数", found))
            values[at] = None
    return values


def _number(index: int, cell: Cell, findings: list[Finding]) -> Decimal | None:
    """One exact number or None; what had to be guessed or refused is a finding."""
    try:
        value, echo = amounts.number(cell)
    except Unreadable as reason:
        findings.append(Finding(index, "KP04", "E", "应为数字", f"现为「{show(cell)}」，{reason}"))
        return None
    if echo:
        said = f"现为文本「{show(cell)}」，已按 {value} 读取"
        findings.append(Finding(index, "KP04", "W", "应为数字", said, "请改为数字，或确认读得对"))
    return value
