"""What a cell accepts: dropdowns, amounts, dates, with messages in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.cells import column_letters
from xlplugin.periods import EARLIEST, LATEST, say_date
from xlplugin.schema import LEDGER, Column, Kind, Parameter, Sheet

LAST_ROW = 2000
"""Rows are checked down to here, since tables grow downwards."""
_MOST_MONEY = 1_000_000_000
"""万元; what is larger was surely meant in 元."""

Held = Literal["whole", "decimal", "date", "list", "custom"]


def add_validation(worksheet: Worksheet, sheet: Sheet, column: Column, place: int) -> None:
    """Let a column of an input table accept what its kind allows, from the first data row to `LAST_ROW`."""
    first = sheet.header_row + 1
    letter = column_letters(place)
    validation = (
        _of_id(sheet, f"{letter}{first}", f"${letter}${first}:${letter}${LAST_ROW}")
        if column.kind == "id"
        else _of_kind(column.kind, column.choices, only=not column.open)
    )
    _add(worksheet, validation, f"{letter}{first}:{letter}{LAST_ROW}")


def add_parameter_validation(worksheet: Worksheet, parameter: Parameter, address: str) -> None:
    """Let the value cell of one parameter accept what the parameter allows."""
    validation = (
        _between(parameter.kind, parameter.least, parameter.most)
        if parameter.least is not None and parameter.most is not None
        else _of_kind(parameter.kind, parameter.choices)
    )
    _add(worksheet, validation, address)


def _add(worksheet: Worksheet, validation: DataValidation | None, cells: str) -> None:
    if validation:
        validation.add(cells)
        worksheet.add_data_validation(validation)


def _of_kind(kind: Kind, choices: tuple[str, ...], *, only: bool = True) -> DataValidation | None:
    if not choices:
        return _CHECKED[kind]() if kind in _CHECKED else None
    listed = f'"{",".join(choices)}"'
    if kind == "choice" and not only:
        message = f"一般填：{'、'.join(choices)}。本地另有说法的，可以照填。"
        return _checked("list", listed, None, "请核对", message, style="warning")
    if only:
        return _checked("list", listed, None, "请从列表中选择", f"只能填：{'、'.join(choices)}。")
    return DataValidation(type="list", formula1=listed, allow_blank=True)


def _of_id(sheet: Sheet, cell: str, column: str) -> DataValidation:
    """In the ledger an id stands once; elsewhere it is chosen among the ledger's, but a name or 简称 may be typed."""
    if sheet is LEDGER:
        message = "这个编号已经用过。每个项目一个编号，不能重复。"
        once = f"COUNTIF({column},{cell})<2"
        return _checked("custom", once, None, "编号重复", message, style="warning")
    first = f"'{LEDGER.title}'!$A${LEDGER.header_row + 1}"
    ids = f"{first}:$A${LAST_ROW}"
    return DataValidation(
        type="list", formula1=f"OFFSET({first},0,0,MAX(1,COUNTA({ids})),1)", allow_blank=True
    )


def _between(kind: Kind, least: float, most: float) -> DataValidation:
    form = "{:.0%}" if kind == "share" else "{:g}"
    what = {"share": "百分数", "count": "整数"}.get(kind, "数字")
    message = f"在 {form.format(least)} 到 {form.format(most)} 之间。"
    held: Held = "whole" if kind == "count" else "decimal"
    return _checked(held, f"{least:g}", f"{most:g}", f"请填{what}", message)


def _checked(
    held: Held,
    first: str,
    last: str | None,
    title: str,
    message: str,
    style: Literal["stop", "warning"] = "stop",
) -> DataValidation:
    """Refuses, or doubts, what is typed, and says why. A number from `first` on where there is no `last`."""
    return DataValidation(
        type=held,
        operator="between" if last else "greaterThanOrEqual" if held == "decimal" else None,
        formula1=first,
        formula2=last,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle=style,
        errorTitle=title,
        error=message,
    )


_FIRST, _LAST = (f"DATE({day.year},{day.month},{day.day})" for day in (EARLIEST, LATEST))
_RANGE = f"在{say_date(EARLIEST)}到{say_date(LATEST)}之间"
_AS = "日期写成 2021-7-9 这样"
_AMOUNT = "金额以万元为单位，只填数字，不写「万」「万元」，不能是负数。"
_CHECKED: Mapping[Kind, Callable[[], DataValidation]] = {
    "money": partial(_checked, "decimal", "0", str(_MOST_MONEY), "请填数字", _AMOUNT),
    "number": partial(
        _checked, "decimal", "0", None, "请填数字", "只填数字，不写单位，不能是负数。"
    ),
    "count": partial(
        _checked, "whole", "0", "99999", "请填整数", "这里填个数，只能是 0 或正整数。"
    ),
    "date": partial(_checked, "date", _FIRST, _LAST, "请填日期", f"{_AS}，{_RANGE}。"),
    "month": partial(
        _checked,
        "date",
        _FIRST,
        _LAST,
        "请核对日期",
        f"{_AS}；只知道月份的，写 2021年7月，按月末算。",
        "warning",
    ),
}
