"""What a cell accepts: dropdowns, amounts, dates, with messages in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.cells import column_letters
from xlplugin.periods import EARLIEST, LATEST, say_date
from xlplugin.schema import LEDGER, Column, Kind, Parameter, Sheet

LAST_ROW = 2000
"""Rows are checked down to here, since tables grow downwards."""
_MOST_MONEY = 1_000_000_000
"""万元; what is larger was surely meant in 元."""


def add_validation(worksheet: Worksheet, sheet: Sheet, column: Column, place: int) -> None:
    """Let a column of an input table accept what its kind allows, from the first data row to `LAST_ROW`."""
    first = sheet.header_row + 1
    letter = column_letters(place)
    validation = (
        _of_id(sheet, f"{letter}{first}", f"${letter}${first}:${letter}${LAST_ROW}")
        if column.kind == "id"
        else _of_column(column)
    )
    if validation:
        validation.add(f"{letter}{first}:{letter}{LAST_ROW}")
        worksheet.add_data_validation(validation)


def add_parameter_validation(worksheet: Worksheet, parameter: Parameter, address: str) -> None:
    """Let the value cell of one parameter accept what the parameter allows."""
    validation: DataValidation | None
    if parameter.choices:
        validation = _list(parameter.choices, only=True)
    elif parameter.least is not None and parameter.most is not None:
        validation = _between(parameter)
    else:
        validation = _MAKERS.get(parameter.kind, _nothing)()
    if validation:
        validation.add(address)
        worksheet.add_data_validation(validation)


def _of_column(column: Column) -> DataValidation | None:
    return (
        _list(column.choices, only=not column.open)
        if column.choices
        else _MAKERS.get(column.kind, _nothing)()
    )


def _nothing() -> None:
    return None


def _list(choices: tuple[str, ...], *, only: bool) -> DataValidation:
    validation = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    if only:
        _stop(validation, "请从列表中选择", f"只能填：{'、'.join(choices)}。")
    return validation


def _of_id(sheet: Sheet, cell: str, column: str) -> DataValidation:
    """In the ledger an id stands once; elsewhere it is chosen among the ledger's, but a name or 简称 may be typed."""
    if sheet is LEDGER:
        validation = DataValidation(
            type="custom", formula1=f"COUNTIF({column},{cell})<2", allow_blank=True
        )
        _warn(validation, "编号重复", "这个编号已经用过。每个项目一个编号，不能重复。")
        return validation
    first = f"'{LEDGER.title}'!$A${LEDGER.header_row + 1}"
    ids = f"{first}:$A${LAST_ROW}"
    return DataValidation(
        type="list", formula1=f"OFFSET({first},0,0,MAX(1,COUNTA({ids})),1)", allow_blank=True
    )


def _money() -> DataValidation:
    validation = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2=str(_MOST_MONEY),
        allow_blank=True,
    )
    return _stop(
        validation, "请填数字", "金额以万元为单位，只填数字，不写「万」「万元」，不能是负数。"
    )


def _number() -> DataValidation:
    validation = DataValidation(
        type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True
    )
    return _stop(validation, "请填数字", "只填数字，不写单位，不能是负数。")


def _count() -> DataValidation:
    validation = DataValidation(
        type="whole", operator="between", formula1="0", formula2="99999", allow_blank=True
    )
    return _stop(validation, "请填整数", "这里填个数，只能是 0 或正整数。")


def _date() -> DataValidation:
    return _stop(
        _between_days(),
        "请填日期",
        f"日期写成 2021-7-9 这样，在{say_date(EARLIEST)}到{say_date(LATEST)}之间。",
    )


def _month() -> DataValidation:
    return _warn(
        _between_days(),
        "请核对日期",
        "日期写成 2021-7-9 这样；只知道月份的，写 2021年7月，按月末算。",
    )


def _between_days() -> DataValidation:
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (EARLIEST, LATEST))
    return DataValidation(
        type="date", operator="between", formula1=first, formula2=last, allow_blank=True
    )


def _between(parameter: Parameter) -> DataValidation:
    least, most = parameter.least or 0, parameter.most or 0
    whole = parameter.kind == "count"
    validation = DataValidation(
        type="whole" if whole else "decimal",
        operator="between",
        formula1=f"{least:g}",
        formula2=f"{most:g}",
        allow_blank=True,
    )
    form = "{:.0%}" if parameter.kind == "share" else "{:g}"
    what = "整数" if whole else "百分数" if parameter.kind == "share" else "数字"
    return _stop(
        validation, f"请填{what}", f"在 {form.format(least)} 到 {form.format(most)} 之间。"
    )


def _stop(validation: DataValidation, title: str, message: str) -> DataValidation:
    validation.errorStyle, validation.errorTitle, validation.error = "stop", title, message
    validation.showErrorMessage = True
    return validation


def _warn(validation: DataValidation, title: str, message: str) -> DataValidation:
    validation.errorStyle, validation.errorTitle, validation.error = "warning", title, message
    validation.showErrorMessage = True
    return validation


_MAKERS: dict[Kind, Callable[[], DataValidation | None]] = {
    "money": _money,
    "number": _number,
    "count": _count,
    "date": _date,
    "month": _month,
}
