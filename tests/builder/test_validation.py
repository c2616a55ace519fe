"""What the cells accept, and what they say when they do not."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from xlplugin.builder.validation import LAST_ROW
from xlplugin.cells import address
from xlplugin.schema import (
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    PARAMETERS,
    SETTINGS,
    Column,
    Parameter,
    Sheet,
)

COLUMNS = [
    (sheet, column)
    for sheet in (LEDGER, MONTHLY_PLAN, MONTHLY_DONE, ISSUES)
    for column in sheet.standard_columns
]


def at(workbook: Workbook, sheet: Sheet, cell: str) -> DataValidation | None:
    """The validation of a cell; None where anything goes."""
    return next(
        (v for v in workbook[sheet.title].data_validations.dataValidation if cell in v.sqref), None
    )


def of(workbook: Workbook, sheet: Sheet, column: Column) -> DataValidation | None:
    """A column's validation, the same from its first row to the last row that is checked."""
    place = sheet.standard_columns.index(column) + 1
    first, last = (
        at(workbook, sheet, address(row, place)) for row in (sheet.header_row + 1, LAST_ROW)
    )
    assert first is last
    assert at(workbook, sheet, address(sheet.header_row, place)) is None
    return first


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=[f"{s.key}-{c.key}" for s, c in COLUMNS])
def test_a_column_accepts_what_its_kind_allows(
    workbook: Workbook, sheet: Sheet, column: Column
) -> None:
    validation = of(workbook, sheet, column)
    if column.choices:
        assert validation is not None
        assert validation.formula1 == f'"{",".join(column.choices)}"'
        sorts = column.kind == "choice" and column.open
        assert bool(validation.showErrorMessage) is (sorts or not column.open)
        assert validation.errorStyle == ("warning" if sorts else None if column.open else "stop")
    elif column.kind == "money":
        assert validation is not None
        assert (validation.type, validation.operator, validation.formula1) == (
            "decimal",
            "between",
            "0",
        )
    else:
        kinds = {
            "date": "date",
            "month": "date",
            "count": "whole",
            "number": "decimal",
            "id": "custom" if sheet is LEDGER else "list",
        }
        assert (validation and validation.type) == kinds.get(column.kind)


def test_only_a_month_may_be_typed_where_months_are_read(workbook: Workbook) -> None:
    styles = {
        key: of(workbook, LEDGER, LEDGER[key]).errorStyle
        for key in ("planned_start", "actual_start")
    }
    assert styles == {"planned_start": "warning", "actual_start": "stop"}


def test_messages_are_chinese_and_fit_excel(workbook: Workbook) -> None:
    validations = [
        v for worksheet in workbook.worksheets for v in worksheet.data_validations.dataValidation
    ]
    assert validations
    for validation in validations:
        assert len(validation.formula1) <= 255
        if validation.showErrorMessage:
            assert 0 < len(validation.errorTitle) <= 32
            assert 0 < len(validation.error) <= 255
            assert validation.error.endswith("。")


@pytest.mark.parametrize("parameter", PARAMETERS, ids=[parameter.key for parameter in PARAMETERS])
def test_a_parameter_accepts_what_it_allows(workbook: Workbook, parameter: Parameter) -> None:
    row = SETTINGS.header_row + 1 + PARAMETERS.index(parameter)
    validation = at(workbook, SETTINGS, address(row, 2))
    if parameter.choices:
        assert validation is not None
        assert validation.formula1 == f'"{",".join(parameter.choices)}"'
    elif parameter.least is not None:
        assert validation is not None
        assert (float(validation.formula1), float(validation.formula2)) == (
            parameter.least,
            parameter.most,
        )
    else:
        assert (validation and validation.type) == ("date" if parameter.kind == "date" else None)
