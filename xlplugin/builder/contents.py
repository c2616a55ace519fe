"""What may be filled into a new workbook: rows by column key, settings by parameter key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlplugin.bulletin import ready
from xlplugin.cells import Cell
from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, MONTHLY_PLAN, Column, Sheet

Row = Mapping[str, Cell]
"""One row of a table: values by column key; what is not named stays empty."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The data of a new workbook; everything may be missing.

    Money in 万元, shares as 0–1, dates as dates: what a clerk would type into the cells.
    """

    ledger: Sequence[Row] = ()
    monthly_plan: Sequence[Row] = ()
    monthly_done: Sequence[Row] = ()
    issues: Sequence[Row] = ()
    settings: Mapping[str, Cell] = field(default_factory=dict)
    outline: Sequence[ready.OutlineRow] = field(default_factory=ready.usual)
    """The rows of 措辞."""

    def rows(self, sheet: Sheet) -> Sequence[Row]:
        """The rows of one of the input tables."""
        by_key = {
            LEDGER.key: self.ledger,
            MONTHLY_PLAN.key: self.monthly_plan,
            MONTHLY_DONE.key: self.monthly_done,
            ISSUES.key: self.issues,
        }
        return by_key[sheet.key]

    def columns(self, sheet: Sheet) -> tuple[Column, ...]:
        """The standard columns of an input table, and those others for which there is something to fill in."""
        used = {key for row in self.rows(sheet) for key, value in row.items() if value is not None}
        if unknown := used - {column.key for column in sheet.columns}:
            raise KeyError(f"{sheet.key} has no column {', '.join(sorted(unknown))}")
        return tuple(column for column in sheet.columns if column.standard or column.key in used)
