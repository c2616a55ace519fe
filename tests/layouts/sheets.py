"""How a layout is drawn: headings of any depth over columns of the projects, rows between them, lines around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from layouts.projects import PROJECTS, Made

Value = Callable[[Made], Any]


@dataclass(frozen=True)
class Col:
    """One column: its heading, level by level (a group's words stand at its first column), and what it shows."""

    heading: str | dt.date | int | tuple[Any, ...]
    value: Value
    number_format: str = "General"
    hidden: bool = False

    @property
    def levels(self) -> tuple[Any, ...]:
        """The heading's words from the top down."""
        return self.heading if isinstance(self.heading, tuple) else (self.heading,)


@dataclass
class Drawn:
    """Where the table came to stand."""

    first: int
    last: int = 0
    columns: dict[str, int] = field(default_factory=dict)


def head(sheet: Worksheet, cols: Sequence[Col], *, top: int, left: int, merged: bool = True) -> int:
    """Write the headings; equal neighbours of an upper level are one group. Gives the first row below."""
    depth = max(len(col.levels) for col in cols)
    for level in range(depth):
        start = 0
        for at, col in enumerate(cols):
            words = col.levels[level] if level < len(col.levels) else None
            before = cols[at - 1].levels if at else ()
            again = level + 1 < len(col.levels) and before[: level + 1] == col.levels[: level + 1]
            if not again:
                start = at
                sheet.cell(top + level, left + at, words)
                if isinstance(words, dt.date):
                    sheet.cell(top + level, left + at).number_format = col.number_format
            elif merged and (
                at + 1 == len(cols) or cols[at + 1].levels[: level + 1] != col.levels[: level + 1]
            ):
                sheet.merge_cells(
                    start_row=top + level,
                    start_column=left + start,
                    end_row=top + level,
                    end_column=left + at,
                )
    for at, col in enumerate(cols):
        if merged and len(col.levels) < depth:
            sheet.merge_cells(
                start_row=top + len(col.levels) - 1,
                start_column=left + at,
                end_row=top + depth - 1,
                end_column=left + at,
            )
    return top + depth


def row(sheet: Worksheet, at: int, cols: Sequence[Col], project: Made, left: int = 1) -> None:
    """Write one project's row."""
    for number, col in enumerate(cols, start=left):
        cell = sheet.cell(at, number, col.value(project))
        if col.number_format != "General":
            cell.number_format = col.number_format


def draw(
    sheet: Worksheet,
    cols: Sequence[Col],
    projects: Iterable[Made] = PROJECTS,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    left: int = 1,
    top: int = 1,
    merged: bool = True,
    numbers: Sequence[Any] = (),
) -> Drawn:
    """A plain table: lines above, headings, an optional row of column numbers, one row a project, lines below."""
    for line in above:
        cell = sheet.cell(top, left, line)
        cell.alignment = Alignment(horizontal="center")
        top += 1
    first = head(sheet, cols, top=top, left=left, merged=merged)
    for at, text in enumerate(numbers):
        sheet.cell(first, left + at, text)
    first += bool(numbers)
    last = first - 1
    for project in projects:
        last += 1
        row(sheet, last, cols, project, left)
    for at, line in enumerate(below, start=last + 1):
        sheet.cell(at, left, line)
    for at, col in enumerate(cols, start=left):
        if col.hidden:
            sheet.column_dimensions[sheet.cell(1, at).column_letter].hidden = True
    return Drawn(first, last)


def summed(
    sheet: Worksheet,
    at: int,
    cols: Sequence[Col],
    label: str,
    projects: Iterable[Made],
    money: Sequence[str],
    left: int = 1,
    label_at: int = 2,
) -> None:
    """A 合计 or 小计 row: the label, and the sums of the columns with these headings (last level)."""
    chosen = list(projects)
    sheet.cell(at, left + label_at - 1, label)
    for number, col in enumerate(cols, start=left):
        if col.levels[-1] in money:
            sheet.cell(at, number, sum(col.value(p) or 0 for p in chosen))
