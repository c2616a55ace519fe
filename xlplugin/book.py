"""What a host must be able to do: two verbs, `read` and `write`, on plain data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from pathlib import Path
from typing import Protocol, overload

from xlplugin.cells import Cell
from xlplugin.files import Output

MARK = "_kp_made"
"""The name, hidden and belonging to one sheet, by which a sheet says that the program made it; saving in Excel keeps it."""

FORMATTED = 120
"""The first rows of a sheet, of which number formats are read where they tell a unit."""


_TELLS_UNIT = re.compile(r'[0#?],+(?![0#?,])|[!\\]\.[0#]|"\."[0#]|[万亿元]')


def tells_unit(code: str) -> bool:
    """Whether a number format shows a number smaller than it is (`0!.0,`), or writes a unit of money behind it."""
    return bool(_TELLS_UNIT.search(code)) and not re.search(r"[ymdhs]", code, re.IGNORECASE)


class ByColumn(Sequence[Sequence[Cell]]):
    """The rows of a large sheet, kept by column, as the line asks for them: rows are put together when they are asked for.

    0.4 s of 3.3 for 100,000 projects of 25 columns, which would be turned into rows and back.
    """

    __slots__ = ("_count", "columns")

    def __init__(self) -> None:
        self.columns: list[list[Cell]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(at, slice):
            return list(zip(*(column[at] for column in self.columns), strict=True))
        return [column[at] for column in self.columns]

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        return zip(*self.columns, strict=True)

    def reach(self, rows: int, columns: int) -> None:
        """Make room for so many rows and columns."""
        if rows > self._count:
            for column in self.columns:
                column.extend(repeat(None, rows - self._count))
            self._count = rows
        while len(self.columns) < columns:
            self.columns.append([None] * self._count)

    def extend(self, left: int, columns: Sequence[Sequence[Cell]]) -> None:
        """Rows more, given by column, the first of which stands behind `left` others."""
        end = self._count + (len(columns[0]) if columns else 0)
        self.reach(self._count, left + len(columns))
        for column, cells in zip(self.columns[left:], columns, strict=False):
            column.extend(cells)
        for column in (*self.columns[:left], *self.columns[left + len(columns) :]):
            column.extend(repeat(None, end - self._count))
        self._count = end

    def put(self, row: int, column: int, value: Cell) -> None:
        """Put a value into a cell (1-based)."""
        self.reach(row, column)
        self.columns[column - 1][row - 1] = value


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it is read, from A1: the cell K7 is `rows[6][10]`; rows may differ in length.

    `formulas` holds the text of those formulas that a check must see (file form, without "="), by (row, column):
    the ones that refer to another workbook. A formula without a value is an `Uncalculated` cell in `rows`.
    `hidden` are the numbers of hidden rows, `hidden_columns` of hidden columns, `concealed` is True for a
    hidden sheet, `merged` ranges such as B2:D3, `filtered` is
    True while a filter hides rows. `formats` has the number formats (Excel's codes) of those cells in the first `FORMATTED`
    rows that are shown smaller than they are, or with a unit behind (`0!.0,`, `0.00"亿元"`). `struck` are the cells that are
    struck through (删除线) as a whole.
    """

    rows: Sequence[Sequence[Cell]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    filtered: bool = False
    hidden_columns: frozenset[int] = frozenset()
    concealed: bool = False
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()

    def at(self, row: int, column: int) -> Cell:
        """The cell at a 1-based place; None beyond what the sheet holds."""
        if isinstance(self.rows, ByColumn):
            cells = self.rows.columns[column - 1] if 1 <= column <= len(self.rows.columns) else ()
            return cells[row - 1] if 1 <= row <= len(cells) else None
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def column(self, number: int, above: int = 0, until: int | None = None) -> Sequence[Cell]:
        """A column's cells, one a row, of the rows from `above` (0-based) to `until`, or to the last. Not to be changed."""
        if not isinstance(self.rows, ByColumn):
            rows = self.rows[above:until]
            return [row[number - 1] if len(row) >= number else None for row in rows]
        if number <= len(self.rows.columns):
            return self.rows.columns[number - 1][above:until]
        return [None] * len(range(len(self.rows))[above:until])


@dataclass(frozen=True, slots=True)
class Style:
    """How an output cell looks; a host turns it into a named cell style (KP + its key) of the workbook.

    Colours are RRGGBB; `size` in points; `indent` in characters; `number_format` in Excel's English form.
    """

    font: str = "宋体"
    size: float = 11
    bold: bool = False
    color: str = "000000"
    fill: str | None = None
    horizontal: str = "general"
    vertical: str = "center"
    wrap: bool = False
    border: bool = False
    indent: int = 0
    number_format: str = "General"


_CELL = Style(size=10, border=True, horizontal="center")
_FIGURE = replace(_CELL, horizontal="right")
_LIT = {
    "绿": replace(_CELL, color="006100", fill="C6EFCE"),
    "黄": replace(_CELL, color="7F6000", fill="FFEB9C"),
    "红": replace(_CELL, color="9C0006", fill="FFC7CE"),
    "灰": replace(_CELL, color="595959", fill="D9D9D9"),
}

BLANK = "空白"
"""The look of a cell that was emptied."""

STYLES: Mapping[str, Style] = {
    BLANK: Style(),
    "标题": Style(font="黑体", size=20, bold=True, horizontal="center"),
    "红头": Style(font="黑体", size=26, bold=True, horizontal="center", color="FF0000"),
    "副标题": Style(font="楷体", size=11, horizontal="center", color="595959"),
    "一级标题": Style(font="黑体", size=14, wrap=True),
    "二级标题": Style(font="楷体", size=14, wrap=True),
    "正文": Style(font="仿宋", size=14, wrap=True, vertical="top"),
    "正文段": Style(font="仿宋", size=14, wrap=True, vertical="distributed"),
    "附件说明": Style(font="仿宋", size=14, wrap=True),
    "落款": Style(font="仿宋", size=14, horizontal="right"),
    "单位": Style(font="仿宋", size=10, horizontal="right"),
    "表题": Style(font="黑体", size=14, horizontal="center"),
    "说明": Style(size=10, color="595959", wrap=True),
    "表头": Style(font="黑体", size=10, fill="DCE6F1", horizontal="center", wrap=True, border=True),
    "文字": replace(_CELL, horizontal="left", wrap=True),
    "居中": replace(_CELL, wrap=True),
    "万元": replace(_FIGURE, number_format="#,##0.00;[Red]-#,##0.00"),
    "亿元": replace(_FIGURE, number_format="#,##0.00"),
    "比例": replace(_FIGURE, number_format="0.00%"),
    "百分点": replace(_FIGURE, number_format="+0.00;[Red]-0.00;0.00"),
    "数字": replace(_FIGURE, number_format="0.00"),
    "日期": replace(_CELL, number_format="yyyy-m-d"),
    "链接": replace(_CELL, color="0563C1"),
    "错误": _LIT["红"],
    "提醒": _LIT["黄"],
    **_LIT,
}


@dataclass(frozen=True, slots=True)
class Put:
    """What is to stand in one cell. `value` None empties it; with a `formula` it is the cached result.

    `formula` is native Excel, file form, without "=" (never KP_). `style` is a key of `STYLES`; None keeps what the cell
    has. Text is always text: a value that begins with = + - @ is never a formula.
    """

    value: Cell = None
    formula: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """One column of a `Area`: a value a row, one style for all or one a row, and formulas (None: a value) or none at all."""

    values: Sequence[Cell]
    styles: str | Sequence[str]
    formulas: Sequence[str | None] | None = None

    def put(self, at: int) -> Put:
        """What is to stand in the column's cell at a 0-based position."""
        style = self.styles if isinstance(self.styles, str) else self.styles[at]
        return Put(self.values[at], self.formulas[at] if self.formulas else None, style)


@dataclass(frozen=True, slots=True)
class Area:
    """The cells of a rectangle, column by column from its first cell: a table's body, be it a hundred thousand rows.

    Raises ValueError where the columns differ in length.
    """

    row: int
    column: int
    fillings: tuple[Filling, ...]

    def __post_init__(self) -> None:
        if len({len(filling.values) for filling in self.fillings}) > 1:
            raise ValueError("the columns of an area differ in length")

    @classmethod
    def of_rows(cls, row: int, column: int, lines: Sequence[Sequence[Put]]) -> Area:
        """A block of a few rows, given row by row, with its first cell."""
        columns = zip(*lines, strict=True)
        return cls(
            row,
            column,
            tuple(
                Filling(
                    [put.value for put in puts],
                    [put.style or "" for put in puts],
                    [put.formula for put in puts],
                )
                for puts in columns
            ),
        )

    @property
    def rows(self) -> range:
        """The sheet's rows that the area takes up."""
        return range(self.row, self.row + (len(self.fillings[0].values) if self.fillings else 0))

    def at(self, row: int, column: int) -> Put | None:
        """What is to stand in a cell of the sheet; None for a cell outside."""
        if row in self.rows and 0 <= column - self.column < len(self.fillings):
            return self.fillings[column - self.column].put(row - self.row)
        return None

    def puts(self, rows: Iterable[int]) -> Iterator[tuple[tuple[int, int], Put]]:
        """The area's cells in some of its rows, one by one."""
        for row in rows:
            for column, filling in enumerate(self.fillings, start=self.column):
                yield (row, column), filling.put(row - self.row)


@dataclass(frozen=True, slots=True)
class Layout:
    """How an output sheet is set up when the workbook has none: used only then, a clerk's own set-up is kept.

    `widths` in characters by column number; `freeze` is how many rows stay in sight; `landscape` A4, fitted to one page
    wide either way; `title_rows` are repeated on each printed page. `dropdowns` offers words in the cells of a range such as
    D4:D500 (255 characters at most, commas included); others may be typed all the same.
    """

    widths: Mapping[int, float] = field(default_factory=dict)
    freeze: int = 0
    landscape: bool = False
    title_rows: tuple[int, int] | None = None
    dropdowns: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """Where an Excel table of an output sheet lies after the writing: header row, last row."""

    table: str
    header_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is to change in one sheet; cells that are not named stay as they are.

    Written `instead` of what the sheet holds, they are emptied, colour included, where they hold something; rows that are not named
    take their own height again, and what was merged is so no longer.

    `heights` in points by row, None for Excel's own choice; `widths` in characters by column, for a sheet of which no clerk
    keeps a set-up of her own. `merges` are made where they do not exist yet.
    `span` moves a table of the sheet (and the sheet's own charts over its columns) to a new last row.
    `areas` lie beside each other and beside `cells`: no cell is named twice.
    `made` gives the sheet `MARK`, once and for all.
    """

    cells: Mapping[tuple[int, int], Put]
    heights: Mapping[int, float | None] = field(default_factory=dict)
    merges: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    span: Span | None = None
    areas: tuple[Area, ...] = ()
    made: bool = False
    instead: bool = False
    widths: Mapping[int, float] = field(default_factory=dict)

    def over(self, old: Grid) -> Changes:
        """The same with every cell named that is to be emptied, for who does not find them while writing."""
        if not self.instead:
            return self
        left = {
            (row, column): Put(None, style=BLANK)
            for row, line in enumerate(old.rows, start=1)
            for column in self._beside(row, len(line))
            if line[column - 1] is not None and (row, column) not in self.cells
        }
        bare = set(range(1, len(old.rows) + 1)).difference(self.rows())
        heights: dict[int, float | None] = dict.fromkeys(bare)
        return replace(
            self, cells={**self.cells, **left}, heights={**heights, **self.heights}, instead=False
        )

    def rows(self) -> set[int]:
        """The rows in which a cell is named."""
        return {row for row, _ in self.cells}.union(*(area.rows for area in self.areas))

    def puts(self) -> Mapping[tuple[int, int], Put]:
        """Every cell that is to change, those of the areas too."""
        if not self.areas:
            return self.cells
        return dict(chain(self.cells.items(), *(area.puts(area.rows) for area in self.areas)))

    def at(self, row: int, column: int) -> Put | None:
        """What is to stand in a cell; None where it stays as it is."""
        found = self.cells.get((row, column))
        found = found or next((put for area in self.areas if (put := area.at(row, column))), None)
        return found or (Put() if self.instead else None)

    def _beside(self, row: int, width: int) -> Iterable[int]:
        """Those of a row's first `width` columns that no area takes up."""
        columns: Iterable[int] = range(1, width + 1)
        for area in self.areas:
            if row in area.rows:
                taken = range(area.column, area.column + len(area.fillings))
                columns = [column for column in columns if column not in taken]
        return columns


class Book(Protocol):
    """A workbook, whoever holds it: memory, a file, openpyxl or Excel. All pass one contract suite."""

    @property
    def sheets(self) -> Sequence[str]:
        """Names of the worksheets, in order."""
        ...

    @property
    def made(self) -> Collection[str]:
        """Names of the worksheets that bear `MARK`: told without reading them."""
        ...

    def read(self, sheet: str) -> Grid:
        """A sheet's cells in normal form. Raises KeyError where the workbook has no such sheet."""
        ...

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells of a sheet; a sheet that the workbook lacks is added at the end.

        Raises UserError where a change cannot be made without harm (inside a merged range, a protected array …).
        """
        ...


class SavedBook(Book, Protocol):
    """A book that lies on a disk, in whatever format: `hosts.open` gives it. What it needs to be written out, and no more.

    A format that is only read saves as another one, beside it: `suffix` is that one's, and `outputs()` refuses.
    """

    @property
    def path(self) -> Path:
        """Where it was opened."""
        ...

    @property
    def suffix(self) -> str:
        """What the name of a workbook that it saves ends with, such as .xlsx."""
        ...

    @property
    def macros(self) -> bool:
        """Whether what it saves carries the macros that KP_ formulas need."""
        ...

    def outputs(self, path: Path | None = None) -> Sequence[Output]:
        """The files that hold it, with all that was written, at `path`; None: in its own place. None where nothing changed.

        Raises UserError where the format cannot be saved there.
        """
        ...


def first_rows(grid: Grid, count: int) -> Iterable[tuple[int, Sequence[Cell]]]:
    """The first `count` rows with their 1-based numbers."""
    return enumerate(grid.rows[:count], start=1)
