"""The words in which the workbook is declared: sheets, columns, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "text",
    "name",
    "template",
    "id",
    "money",
    "number",
    "count",
    "date",
    "month",
    "month_day",
    "choice",
    "flag",
    "share",
    "points",
    "list",
    "any",
]
"""How a column's cells are read: see `tables.py`. `month` is a date that may be given by its month alone."""

UNITS: Mapping[Kind, str] = {"money": "万元", "share": "%", "points": "百分点"}
"""What the workbook's figures are in."""

YES_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: everything that is ever said about it is said here."""

    key: str
    heading: str
    kind: Kind
    help: str
    also: str = ""
    """Other headings under which the column is found, the likelier first, a space between two."""
    required: bool = False
    """The table cannot be read without this column."""
    choices: tuple[str, ...] = ()
    open: bool = False
    """The choices are suggestions: other values are allowed."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Other words for a choice, read silently."""
    width: float = 12
    standard: bool = True
    """In the standard workbook; False: read where an office adds the column."""

    @property
    def unit(self) -> str:
        """What its figures are in; "" for what has no unit."""
        return UNITS.get(self.kind, "")

    @property
    def aliases(self) -> tuple[str, ...]:
        """The headings of `also`, each by itself."""
        return tuple(self.also.split())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook and its table."""

    key: str
    title: str
    help: str
    columns: tuple[Column, ...] = ()
    also: str = ""
    """Other names under which it is found, the likelier first, a space between two."""
    output: bool = False
    """Written by the program; what stands there is replaced at each run."""
    table: str = ""
    """Name of its Excel table (ASCII), where it has one."""
    header_row: int = 3
    """Where the headings stand in the standard workbook: a title and a line of help go before."""
    first_column: int = 1

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names of `also`, each by itself."""
        return tuple(self.also.split())

    def __getitem__(self, key: str) -> Column:
        """The column with this key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def standard_columns(self) -> tuple[Column, ...]:
        """The columns that the standard workbook has, in order."""
        return tuple(column for column in self.columns if column.standard)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of 参数: what clerks may decide."""

    key: str
    title: str
    kind: Kind
    help: str
    default: str | None = None
    """As a clerk would type it; None: nothing is decided."""
    example: str = ""
    """What the standard workbook is delivered with, where that is not the default."""
    choices: tuple[str, ...] = ()
    dated: bool = False
    """May stand in several rows with 生效日期: the report's date picks one."""
    least: float | None = None
    most: float | None = None
