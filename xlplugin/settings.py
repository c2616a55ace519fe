"""参数: what the clerks decided, as typed values; the report's date picks among dated rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from xlplugin import amounts, coercion, periods, tables
from xlplugin.book import Book
from xlplugin.cells import Cell, CellError, Uncalculated, Unreadable, plain, show
from xlplugin.errors import Problem, Severity, UserError
from xlplugin.periods import Season
from xlplugin.schema import PARAMETERS, SETTINGS, Parameter, Parameters
from xlplugin.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Parameters):
    """Every parameter, and where it was decided.

    Nothing here is today's date: `as_of` (报告截止日期) comes from the command or the sheet.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    """Address of the cell that decided each parameter; absent where the default did."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Why a parameter's cell could not be read: its default stands in."""
    table: Table = field(default_factory=lambda: tables.empty(SETTINGS))
    problems: tuple[Problem, ...] = ()
    """What was wrong on reading the sheet."""

    @property
    def season(self) -> Season | None:
        """The building season; None where the office speaks of none."""
        start, end = self.season_start, self.season_end
        return Season(start, end) if start and end and start < end else None

    @property
    def percent_decimals(self) -> int:
        """Decimals of percentages: money's where none are given."""
        return self.decimals if self.share_decimals is None else self.share_decimals

    def refused(self, *keys: str) -> bool:
        """Whether any of these parameters stands in a cell that could not be read."""
        refused = {problem.cell for problem in self.table.problems}
        return any(key in self.unread or self.cells.get(key) in refused for key in keys)

    def problem(self, code: str, severity: Severity, key: str, *words: str) -> Problem:
        """A problem at the cell that decided a parameter."""
        title, cell = TITLES[key], self.cells.get(key, "")
        return Problem(code, severity, self.table.title, cell, title, *words)


TITLES: Mapping[str, str] = {parameter.key: parameter.title for parameter in PARAMETERS}
"""What each parameter is called in the sheet."""


def read(book: Book, as_of: dt.date | None) -> Settings:
    """The settings in force at `as_of`, or at the sheet's own 报告截止日期 where no date is given.

    Raises UserError where neither says a date.
    """
    table = tables.read_optional(book, SETTINGS)
    rows, problems = _rows(table), list(table.problems)
    cells: dict[str, str] = {}
    if as_of is None:
        as_of, cells["as_of"], wrong = _as_of(table, rows)
        problems += wrong
    if not periods.EARLIEST <= as_of <= periods.LATEST:
        raise UserError(
            f"截止日期 {as_of} 不合理，应在{periods.EARLIEST.year}年至{periods.LATEST.year}年之间。请改正后再试。"
        )
    given, since = dict(table.items("value")), dict(table.items("since"))
    values: dict[str, Any] = {}
    unread: dict[str, str] = {}
    for parameter in PARAMETERS:
        values[parameter.key] = value(parameter, parameter.default)
        row = _pick(rows.get(plain(parameter.title), []), since, as_of)
        if row is None or parameter.key == "as_of":
            continue
        cells[parameter.key] = table.address(row, "value")
        if given[row] is None and parameter.default:
            continue
        try:
            values[parameter.key] = value(parameter, given[row])
        except Unreadable as reason:
            unread[parameter.key] = f"现为「{show(given[row])}」，{reason}"
    values["as_of"] = as_of
    return Settings(**values, cells=cells, unread=unread, table=table, problems=tuple(problems))


def value(parameter: Parameter, cell: Cell) -> Any:
    """A parameter's cell as its field's type says (see `Parameters`); None where nothing is given. Raises Unreadable."""
    if isinstance(cell, (CellError, Uncalculated)):
        raise Unreadable("不是可用的值")
    if cell is None:
        return {"text": "", "list": ()}.get(parameter.kind)
    if parameter.kind == "month_day":
        return periods.month_day(cell).value
    if parameter.kind == "date":
        return periods.date(cell).value
    if parameter.kind in ("share", "points", "count", "number"):
        return _number(parameter, cell)
    text = str(cell).strip() if not isinstance(cell, bool) else "是" if cell else "否"
    if parameter.kind == "list":
        return tuple(part for part in (p.strip() for p in _LIST.findall(text)) if part)
    if parameter.choices:
        text = _chosen(parameter, text)
    return text == "是" if parameter.kind == "flag" else text


def _chosen(parameter: Parameter, text: str) -> str:
    for choice in parameter.choices:
        if plain(choice) == plain(text):
            return choice
    raise Unreadable("不在可选的范围里")


_LIST = re.compile(r"(?:《[^《》]*》|[^、;；,，\n])+")


def _number(parameter: Parameter, cell: Cell) -> Fraction | int:
    text = plain(str(cell)).removesuffix("个百分点")
    per_cent = text.endswith("%")
    number = amounts.number(text.rstrip("%")).value
    if number is None:
        raise Unreadable("不是数字")
    exact = Fraction(number)
    if parameter.kind == "share" and (per_cent or exact > 10):
        exact /= 100
    if (parameter.least is not None and exact < Fraction(parameter.least)) or (
        parameter.most is not None and exact > Fraction(parameter.most)
    ):
        raise Unreadable("超出了合理范围")
    if parameter.kind == "count":
        if exact.denominator != 1:
            raise Unreadable("不是整数")
        return int(exact)
    return exact / 100 if parameter.kind == "points" else exact


def _rows(table: Table) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, name in table.items("name"):
        rows.setdefault(plain(name), []).append(row)
    return rows


def _pick(rows: list[int], since: Mapping[int, dt.date | None], as_of: dt.date) -> int | None:
    """The row in force: the latest 生效日期 not after the report's date; an undated row is in force from ever."""
    in_force = [(day, row) for row in rows if (day := since[row] or dt.date.min) <= as_of]
    return max(in_force)[1] if in_force else None


def _as_of(table: Table, rows: Mapping[str, list[int]]) -> tuple[dt.date, str, list[Problem]]:
    """The sheet's own 报告截止日期, and its cell. Raises UserError where there is none, or it is no date."""
    title, given = TITLES["as_of"], dict(table.items("value"))
    for row in rows.get(plain(title), []):
        day, said = coercion.date(given[row])
        if day:
            return (
                day,
                table.address(row, "value"),
                [
                    table.problem(code, severity, row, "value", *words)
                    for code, severity, *words in said
                ],
            )
        for _, _, expected, found, *_ in said:
            raise UserError(
                f"「{table.title}」{table.address(row, 'value')}「{title}」{expected}，{found}。"
                "请改为 2021-10-08 这样的日期，或用 --as-of 指定。"
            )
    raise UserError(
        f"不知道数字截至哪一天。请在「{SETTINGS.title}」表里填写「{title}」，或用 --as-of 指定，如 --as-of 2021-09-30。"
    )
