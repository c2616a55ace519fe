"""参数: one row a parameter, delivered with its example or default, typed as Excel types it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin import periods
from xlplugin.builder.looks import value_look
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import add_table, begin, write_row
from xlplugin.builder.validation import add_parameter_validation
from xlplugin.cells import Cell, address
from xlplugin.schema import PARAMETERS, SETTINGS, Parameter


def write_settings(worksheet: Worksheet, values: Mapping[str, Cell]) -> None:
    """The sheet of parameters; `values` by parameter key replace what they are delivered with."""
    if unknown := values.keys() - {parameter.key for parameter in PARAMETERS}:
        raise KeyError(f"no parameter {', '.join(sorted(unknown))}")
    columns = SETTINGS.standard_columns
    begin(worksheet, SETTINGS, columns, fixed=1)
    for row, parameter in enumerate(PARAMETERS, SETTINGS.header_row + 1):
        _write_parameter(worksheet, row, parameter, values.get(parameter.key, delivered(parameter)))
    add_table(worksheet, SETTINGS, len(columns), SETTINGS.header_row + len(PARAMETERS))
    set_up_page(worksheet, landscape=False, heading_row=SETTINGS.header_row)


def delivered_text(parameter: Parameter) -> str:
    """The same as a clerk would type it; "" for neither."""
    return parameter.example or parameter.default or ""


def delivered(parameter: Parameter) -> Cell:
    """What the value cell of a new workbook holds: the example, or else the default; None for neither."""
    text = delivered_text(parameter)
    if not text:
        return None
    if parameter.kind == "share":
        return Decimal(text.rstrip("%")) / 100
    if parameter.kind in ("count", "points", "number"):
        number = Decimal(text)
        return int(number) if number == int(number) else number
    return periods.date(text).value if parameter.kind == "date" else text


def explanation(parameter: Parameter) -> str:
    """How a parameter is filled in: its help, its choices, and what holds where it is left empty."""
    parts = [parameter.help]
    if parameter.choices:
        parts.append(f"可填：{'、'.join(parameter.choices)}。")
    if parameter.default:
        parts.append(f"留空按「{parameter.default}」。")
    return "".join(parts)


def _write_parameter(worksheet: Worksheet, row: int, parameter: Parameter, value: Cell) -> None:
    shown: dict[str, tuple[Cell, str]] = {
        "name": (parameter.title, "固定文字"),
        "value": (value, value_look(parameter.kind)),
        "since": (None, "填写日期" if parameter.dated else "固定文字"),
        "help": (explanation(parameter), "固定文字"),
    }
    columns = SETTINGS.standard_columns
    write_row(worksheet, row, columns, shown)
    place = columns.index(SETTINGS["value"]) + 1
    add_parameter_validation(worksheet, parameter, address(row, place))
