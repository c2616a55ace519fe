"""参数: what the clerks decided, as typed values; the report's date picks among dated rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from xlplugin import amounts, periods, tables
from xlplugin.book import Book
from xlplugin.cells import Cell, CellError, Uncalculated, Unreadable, plain, show
from xlplugin.errors import Problem, UserError
from xlplugin.periods import Season
from xlplugin.schema import LEDGER, PARAMETERS, RANKABLE, SETTINGS, Parameter, Parameters
from xlplugin.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Parameters):
    """Every parameter, and where it was decided.

    Nothing here is today's date: `as_of` (报告截止日期) comes from the command or the sheet.
    """

    cells: Mapping[str, str]
    """Address of the cell that decided each parameter; absent where the default did."""
    title: str = SETTINGS.title

    @property
    def season(self) -> Season | None:
        """The building season; None where the office speaks of none."""
        start, end = self.season_start, self.season_end
        return Season(start, end) if start and end and start < end else None

    def problem(self, key: str, expected: str, found: str, advice: str = "") -> Problem:
        """A KP37 at the cell that decided a parameter."""
        title = next(parameter.title for parameter in PARAMETERS if parameter.key == key)
        return Problem(
            "KP37", "E", self.title, self.cells.get(key, ""), title, expected, found, advice
        )


def read(book: Book, as_of: dt.date | None) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in force at `as_of`, or at the sheet's own 报告截止日期 where no date is given.

    Raises UserError where neither says a date.
    """
    table = tables.read_optional(book, SETTINGS)
    rows, problems = _rows(table), list(table.problems)
    if as_of is None:
        as_of, wrong = _as_of(table, rows)
        problems += wrong
    if not periods.EARLIEST <= as_of <= periods.LATEST:
        raise UserError(
            f"截止日期 {as_of} 不合理，应在{periods.EARLIEST.year}年至{periods.LATEST.year}年之间。请改正后再试。"
        )
    found, unread = _decided(table, rows, as_of)
    problems += (*unread, *_unknown(table))
    said = {problem.cell for problem in problems}
    return found, (
        *problems,
        *(problem for problem in (*_season(found), *_rankings(found)) if problem.cell not in said),
    )


def _decided(
    table: Table, rows: Mapping[str, list[int]], as_of: dt.date
) -> tuple[Settings, list[Problem]]:
    """Each parameter by its row in force, else by its default; a KP37 for each that cannot be read."""
    given, since = dict(table.items("value")), dict(table.items("since"))
    values: dict[str, Any] = {}
    cells: dict[str, str] = {}
    problems = []
    for parameter in PARAMETERS:
        values[parameter.key] = value(parameter, parameter.default)
        row = _pick(rows.get(plain(parameter.title), []), since, as_of)
        if row is None or parameter.key == "as_of":
            continue
        cell = given[row]
        cells[parameter.key] = table.address(row, "value")
        if cell is None and parameter.default:
            continue
        try:
            values[parameter.key] = value(parameter, cell)
        except Unreadable as reason:
            expected = f"「{parameter.title}」{_wanted(parameter)}"
            advice = parameter.help.rstrip("。")
            problems.append(
                table.problem(
                    "KP37", "E", row, "value", expected, f"现为「{show(cell)}」，{reason}", advice
                )
            )
    return Settings(**values | {"as_of": as_of}, cells=cells, title=table.title), problems


def ranked_by(word: str) -> str | None:
    """The ledger column that a word of 排名栏目 means (责任单位, 项目级别, 级别 …), by its key; None where it means none."""
    return next(
        (key for key in RANKABLE if plain(word) in (LEDGER[key].heading, LEDGER[key].heading[-2:])),
        None,
    )


def _rankings(settings: Settings) -> list[Problem]:
    wrong = [word for word in settings.rankings if ranked_by(word) is None]
    known = "、".join(LEDGER[key].heading for key in RANKABLE)
    return (
        [
            replace(
                settings.problem(
                    "rankings",
                    f"只能按{known}排名",
                    f"「{'、'.join(wrong)}」不起作用",
                    "请改正或删去",
                ),
                severity="W",
            )
        ]
        if wrong
        else []
    )


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
        return tuple(part for part in (p.strip() for p in _LIST.split(text)) if part)
    if parameter.choices:
        text = _chosen(parameter, text)
    return text == "是" if parameter.kind == "flag" else text


def _chosen(parameter: Parameter, text: str) -> str:
    for choice in parameter.choices:
        if plain(choice) == plain(text):
            return choice
    raise Unreadable("不在可选的范围里")


_LIST = re.compile(r"、(?![^《]*》)|[;；,，\n](?![^《]*》)")


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


def _wanted(parameter: Parameter) -> str:
    kinds = {
        "date": "应为日期",
        "share": "应为百分数",
        "points": "应为百分点数",
        "count": "应为整数",
        "number": "应为数字",
        "month_day": "应为「3月15日」这样的月日",
    }
    return (
        f"应为{'、'.join(parameter.choices)}之一"
        if parameter.choices
        else kinds.get(parameter.kind, "应为文字")
    )


def _rows(table: Table) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, name in table.items("name"):
        rows.setdefault(plain(name), []).append(row)
    return rows


def _pick(rows: list[int], since: Mapping[int, dt.date | None], as_of: dt.date) -> int | None:
    """The row in force: the latest 生效日期 not after the report's date; an undated row is in force from ever."""
    in_force = [(day, row) for row in rows if (day := since[row] or dt.date.min) <= as_of]
    return max(in_force)[1] if in_force else None


def _as_of(table: Table, rows: Mapping[str, list[int]]) -> tuple[dt.date, list[Problem]]:
    parameter = next(p for p in PARAMETERS if p.key == "as_of")
    given: Mapping[int, Cell] = dict(table.items("value"))
    for row in rows.get(plain(parameter.title), []):
        cell = given[row]
        try:
            day, echo = periods.date(cell)
        except Unreadable as reason:
            raise UserError(
                f"「{table.title}」{table.address(row, 'value')}「{parameter.title}」应为日期，现为「{show(cell)}」，{reason}。"
                "请改为 2021-10-08 这样的日期，或用 --as-of 指定。"
            ) from None
        if day:
            wrong = (
                [
                    table.problem(
                        "KP16",
                        "W",
                        row,
                        "value",
                        "应为日期",
                        f"现为「{show(cell)}」，已按{periods.say_date(day)}读取",
                        "请改为日期，或确认读得对",
                    )
                ]
                if echo
                else []
            )
            return day, wrong
    raise UserError(
        f"不知道数字截至哪一天。请在「{SETTINGS.title}」表里填写「{parameter.title}」，或用 --as-of 指定，如 --as-of 2021-09-30。"
    )


def _unknown(table: Table) -> list[Problem]:
    known = {plain(parameter.title) for parameter in PARAMETERS}
    return [
        table.problem(
            "KP37",
            "W",
            row,
            "name",
            "应为已有的参数",
            f"没有叫「{name}」的参数，这一行不起作用",
            "请核对参数名称",
        )
        for row, name in table.items("name")
        if name and plain(name) not in known
    ]


def _season(settings: Settings) -> list[Problem]:
    start, end = settings.season_start, settings.season_end
    if bool(start) != bool(end) or (start and end and start >= end):
        key = "season_end" if start else "season_start"
        return [
            settings.problem(
                key,
                "施工期的开始和结束应都填写，开始在前",
                "现在不全或次序不对",
                "请改正；不讲施工期的两处都留空",
            )
        ]
    return []
