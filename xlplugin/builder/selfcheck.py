"""自检: every example of the registry beside a formula that says the same without Python, and the texts that VBA reads.

From left to right: the examples, the list of functions (what the function wizard says), the sample ledger with the date
it is computed at, and, hidden, the Chinese texts of the macros. Formulas are written later, with their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.book import Put
from xlplugin.builder.cells import put
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import begin, set_widths, write_headings, write_row
from xlplugin.builder.texts import TEXTS
from xlplugin.cells import Cell, address, column_letters
from xlplugin.functions import AS_OF, FUNCTIONS, SAMPLE, Example, Function
from xlplugin.outline import style_of
from xlplugin.periods import EPOCH, say_date
from xlplugin.schema import FUNCTION_HELP, PARAMETERS, SELF_CHECK

TOP = SELF_CHECK.header_row
SAMPLE_COLUMN = FUNCTION_HELP.first_column + len(FUNCTION_HELP.columns) + 1
TEXTS_COLUMN = SAMPLE_COLUMN + len(SAMPLE[0]) + 1
DATE_CELL = (TOP + len(SAMPLE) + 2, SAMPLE_COLUMN + 1)
"""The date of the self-check: the workbook's own, or the sample's where none has been entered yet."""
VERDICT_CELL = (1, FUNCTION_HELP.first_column)
DATE_NAME = "KP_CHECKDATE"
_GOOD, _BAD = "全部正确", "有的不正确：请点「环境检查」，看是哪里的问题"


@dataclass(frozen=True, slots=True)
class Case:
    """One example: where it stands, the function it shows."""

    number: int
    function: Function
    example: Example


def rows() -> Iterator[Case]:
    """The examples, in the registry's order."""
    shown = (
        (function, example) for function in FUNCTIONS.values() for example in function.examples
    )
    for number, (function, example) in enumerate(shown, TOP + 1):
        yield Case(number, function, example)


def write_self_check(worksheet: Worksheet) -> None:
    """Everything of the sheet but its formulas."""
    begin(worksheet, SELF_CHECK, SELF_CHECK.columns)
    for row in rows():
        texts: dict[str, Cell] = {
            "function": row.function.name,
            "example": f"={row.example.formula}",
        }
        for place, column in enumerate(SELF_CHECK.columns, 1):
            put(worksheet, row.number, place, texts.get(column.key), style_of(column))
    _write_functions(worksheet)
    _write_sample(worksheet)
    _write_texts(worksheet)
    set_widths(worksheet, FUNCTION_HELP.columns, FUNCTION_HELP.first_column)
    for place in (FUNCTION_HELP.first_column - 1, SAMPLE_COLUMN - 1):
        worksheet.column_dimensions[column_letters(place)].width = 3
    set_up_page(worksheet, landscape=True, heading_row=TOP)
    worksheet.print_area = f"A1:{address(TOP + sum(1 for _ in rows()), len(SELF_CHECK.columns))}"


def _write_functions(worksheet: Worksheet) -> None:
    put(worksheet, *VERDICT_CELL, None, "小标题")
    put(worksheet, TOP - 1, FUNCTION_HELP.first_column, FUNCTION_HELP.title, "小标题")
    write_headings(worksheet, FUNCTION_HELP, FUNCTION_HELP.columns)
    for number, function in enumerate(FUNCTIONS.values(), TOP + 1):
        texts = [
            function.name,
            function.help,
            *(f"{each.label}：{each.help}" for each in function.arguments),
        ]
        shown: dict[str, tuple[Cell, str]] = {
            column.key: (text, "文字") for column, text in zip_longest(FUNCTION_HELP.columns, texts)
        }
        write_row(worksheet, number, FUNCTION_HELP.columns, shown, FUNCTION_HELP.first_column)


def _write_sample(worksheet: Worksheet) -> None:
    put(worksheet, TOP - 1, SAMPLE_COLUMN, "样例台账", "小标题")
    for number, line in enumerate(SAMPLE, TOP):
        for place, value in enumerate(line, SAMPLE_COLUMN):
            look = "表头" if number == TOP else "日期" if hasattr(value, "year") else "居中"
            put(worksheet, number, place, value, look)
    for place in range(SAMPLE_COLUMN, TEXTS_COLUMN - 1):
        worksheet.column_dimensions[column_letters(place)].width = 14
    row, column = DATE_CELL
    title = next(parameter.title for parameter in PARAMETERS if parameter.key == "as_of")
    put(worksheet, row, column - 1, title, "表头")
    put(worksheet, row, column, None, "日期")
    put(worksheet, row + 1, column - 1, f"没有填写时按{say_date(AS_OF)}算。", "填表说明")
    worksheet.merge_cells(
        start_row=row + 1, end_row=row + 1, start_column=column - 1, end_column=column + 3
    )


def _write_texts(worksheet: Worksheet) -> None:
    for number, (key, text) in enumerate(TEXTS.items(), TOP + 1):
        put(worksheet, number, TEXTS_COLUMN, key, "文字")
        put(worksheet, number, TEXTS_COLUMN + 1, text, "文字")
    for place in (TEXTS_COLUMN, TEXTS_COLUMN + 1):
        worksheet.column_dimensions[column_letters(place)].hidden = True


def formulas() -> dict[tuple[int, int], Put]:
    """Every formula of the sheet with the value it has on the sample's own date."""
    place = {column.key: at for at, column in enumerate(SELF_CHECK.columns, 1)}
    cells: dict[tuple[int, int], Put] = {}
    for row in rows():
        result, equals = (address(row.number, place[key]) for key in ("result", "equals"))
        right = f"IFERROR(IF(AND(ISNUMBER({result}),ISNUMBER({equals})),ABS({result}-{equals})<0.000000001,EXACT({result},{equals})),FALSE)"
        cells |= {
            (row.number, place["result"]): Put(row.example.value, in_file(row.example.formula)),
            (row.number, place["equals"]): Put(row.example.value, in_file(row.example.equals)),
            (row.number, place["right"]): Put(True, right),
        }
    area = f"{address(TOP + 1, place['right'])}:{address(TOP + len(cells) // 3, place['right'])}"
    serial = (AS_OF - EPOCH).days
    cells[VERDICT_CELL] = Put(_GOOD, f'IF(AND({area}),"{_GOOD}","{_BAD}")')
    cells[DATE_CELL] = Put(
        serial, f"IF(ISNUMBER(KP_ASOF),KP_ASOF,DATE({AS_OF.year},{AS_OF.month},{AS_OF.day}))"
    )
    return cells


def in_file(formula: str) -> str:
    """A formula as files spell it: newer functions have a prefix; examples are computed at the self-check's date."""
    return re.sub(r"\b(UNICHAR)\(", r"_xlfn.\1(", formula).replace("KP_ASOF", DATE_NAME)
