"""A column's cells → one typed Series, with a finding for each cell that had to be guessed or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from xlplugin import amounts, periods
from xlplugin.cells import Cell, CellError, Uncalculated, Unreadable, plain, show
from xlplugin.errors import Severity
from xlplugin.schema import Column

YES = frozenset({"是", "√", "✓", "有", "y", "yes", "1", "true", "对"})
NO = frozenset({"否", "×", "✗", "无", "n", "no", "0", "false", "不", "-", "—"})

MOST_COUNTED = 10**9


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the cell at position `index` of a column."""

    index: int
    code: str
    severity: Severity
    expected: str
    found: str
    advice: str = ""


Coercer = Callable[[list[Cell], Column, str, list[Finding]], "pd.Series[Any]"]


def coerce(cells: Sequence[Cell], column: Column, unit: str) -> tuple[pd.Series[Any], list[Finding]]:
    """Type a column. Errors and formulas that were never calculated are findings and count as empty."""
    findings: list[Finding] = []
    clean = list(cells)
    for index, cell in enumerate(clean):
        if isinstance(cell, str):
            if isinstance(cell, CellError):
                findings.append(Finding(index, "KP25", "E", "不应是错误值", f"现为 {cell}"))
                clean[index] = None
            elif isinstance(cell, Uncalculated):
                findings.append(Finding(index, "KP26", "E", "应当有计算结果", f"公式「={show(cell)}」没有计算过"))
                clean[index] = None
    return _COERCERS[column.kind](clean, column, unit, findings), findings


def _text(cells: list[Cell], _: Column, __: str, ___: list[Finding], joiner: str = "；") -> pd.Series[Any]:
    return pd.Series([_one_text(cell, joiner) for cell in cells], dtype=object)


def _name(cells: list[Cell], column: Column, unit: str, findings: list[Finding]) -> pd.Series[Any]:
    return _text(cells, column, unit, findings, "")


def _template(cells: list[Cell], column: Column, unit: str, findings: list[Finding]) -> pd.Series[Any]:
    return _text(cells, column, unit, findings, "\n")


def _one_text(cell: Cell, joiner: str = "；") -> str:
    if isinstance(cell, str):
        text = cell.replace("\t", " ").strip()
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


def _money(cells: list[Cell], _: Column, unit: str, findings: list[Finding]) -> pd.Series[Any]:
    """int64 分. Plain numbers go the fast way, exact while Excel's 15 digits reach below the 分 and nothing is near half a 分; the rest through Decimal."""
    scale = amounts.UNITS[unit]
    plain_numbers = np.array([c if c.__class__ in (float, int) else np.nan for c in cells], dtype=float)
    scaled = plain_numbers * scale
    rounded = np.rint(scaled)
    fast = (np.abs(scaled - rounded) < 1e-3) & (np.abs(scaled) < 2**46)
    fen = np.where(fast, rounded, 0).astype("int64")
    missing = ~fast
    for index in np.flatnonzero(missing).tolist():
        value = _number(index, cells[index], findings)
        if value is not None:
            try:
                fen[index], missing[index] = amounts.to_fen(value, unit), False
            except Unreadable as reason:
                findings.append(Finding(index, "KP04", "E", "应为合理的金额", str(reason)))
    for index in np.flatnonzero((fen < 0) & ~missing).tolist():
        findings.append(Finding(index, "KP05", "E", "不应为负数", f"现为「{show(cells[index])}」"))
    return pd.Series(pd.arrays.IntegerArray(fen, missing))


def _number(index: int, cell: Cell, findings: list[Finding]) -> Any:
    """One exact number or None; what had to be guessed or refused is a finding."""
    try:
        value, echo = amounts.number(cell)
    except Unreadable as reason:
        findings.append(Finding(index, "KP04", "E", "应为数字", f"现为「{show(cell)}」，{reason}"))
        return None
    if echo:
        findings.append(Finding(index, "KP04", "W", "应为数字",
                                f"现为文本「{show(cell)}」，已按 {value} 读取", "请改为数字，或确认读得对"))
    return value


def _quantity(cells: list[Cell], _: Column, __: str, findings: list[Finding]) -> pd.Series[Any]:
    values = [_number(index, cell, findings) for index, cell in enumerate(cells)]
    for index, number in enumerate(values):
        if number is not None and number < 0:
            findings.append(Finding(index, "KP05", "E", "不应为负数", f"现为「{show(cells[index])}」"))
        elif number is not None and number >= MOST_COUNTED:
            findings.append(Finding(index, "KP04", "E", "应为合理的数", f"现为「{show(cells[index])}」"))
            values[index] = None
    return pd.Series(values, dtype=object)


def _count(cells: list[Cell], column: Column, unit: str, findings: list[Finding]) -> pd.Series[Any]:
    values: list[int | None] = []
    for index, number in enumerate(_quantity(cells, column, unit, findings)):
        values.append(None)
        if number is not None and number != int(number):
            findings.append(Finding(index, "KP04", "E", "应为整数", f"现为「{show(cells[index])}」", "请改为整数"))
        elif number is not None and number >= 0:
            values[-1] = int(number)
    return pd.Series(values, dtype="Int64")


def _date(cells: list[Cell], column: Column, _: str, findings: list[Finding]) -> pd.Series[Any]:
    dates: list[Any] = []
    for index, cell in enumerate(cells):
        if cell is None:
            dates.append(None)
            continue
        try:
            value, echo = periods.date(cell, month_ok=column.kind == "month")
        except Unreadable as reason:
            findings.append(Finding(index, "KP16", "E", "应为日期", f"现为「{show(cell)}」，{reason}"))
            value, echo = None, False
        if echo and value is not None:
            findings.append(Finding(index, "KP16", "W", "应为日期",
                                    f"现为「{show(cell)}」，已按{periods.say_date(value)}读取", "请改为日期，或确认读得对"))
        dates.append(value)
    return pd.Series(np.array(dates, dtype="datetime64[D]").astype("datetime64[s]"))


def _choice(cells: list[Cell], column: Column, _: str, findings: list[Finding]) -> pd.Series[Any]:
    known = {plain(choice): choice for choice in column.choices}
    known |= {plain(word): choice for word, choice in column.synonyms.items()}
    exact = {choice: choice for choice in column.choices}
    values: list[str] = []
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and cell in exact:
            values.append(cell)
            continue
        text = _one_text(cell)
        values.append(known.get(plain(text), ""))
        if text and not values[-1]:
            findings.append(Finding(index, "KP03", "E", f"应为{'、'.join(column.choices)}之一", f"现为「{show(cell)}」"))
    return pd.Series(values, dtype=object)


def _flag(cells: list[Cell], column: Column, _: str, findings: list[Finding]) -> pd.Series[Any]:
    """True, False, or None where nothing is said; as bool where the difference does not matter to anybody."""
    words = {plain(word): choice for word, choice in column.synonyms.items()}
    values: list[bool | None] = []
    for index, cell in enumerate(cells):
        text = plain(_one_text(cell))
        text = words.get(text, text)
        values.append(True if text in YES else False if text in NO else None)
        if text and values[-1] is None:
            findings.append(Finding(index, "KP03", "E", "应为是或否", f"现为「{show(cell)}」"))
    return pd.Series(values, dtype=object)


def _any(cells: list[Cell], _: Column, __: str, ___: list[Finding]) -> pd.Series[Any]:
    return pd.Series(cells, dtype=object)


_COERCERS: dict[str, Coercer] = {
    "text": _text, "name": _name, "template": _template, "id": _name, "money": _money, "number": _quantity, "count": _count, "date": _date,
    "month": _date, "choice": _choice, "flag": _flag, "any": _any,
}
