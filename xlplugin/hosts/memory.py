"""A workbook in memory: grids in a dict, for tests and for work that never meets a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlplugin.book import Changes, Grid, Layout, Span
from xlplugin.cells import Cell, Uncalculated, normal, normal_row
from xlplugin.hosts.guards import check_covered, check_merges, check_name, checked
from xlplugin.hosts.links import refers_elsewhere

Places = dict[tuple[int, int], str]


class MemoryBook:
    """A `Book` made of rows of plain values, or of `Grid`s where more than values matters.

    What a sheet was given beside its values can be looked at afterwards, by sheet: `formulas`, `styles`, `heights`,
    `layouts` (of added sheets only) and `spans` (by table name). `made` are the sheets that bear the program's mark.
    """

    def __init__(self, sheets: Mapping[str, Grid | Sequence[Sequence[Any]]] | None = None) -> None:
        self._grids: dict[str, Grid] = {}
        self.formulas: dict[str, Places] = defaultdict(dict)
        self.styles: dict[str, Places] = defaultdict(dict)
        self.heights: dict[str, dict[int, float | None]] = defaultdict(dict)
        self.widths: dict[str, dict[int, float]] = defaultdict(dict)
        self.layouts: dict[str, Layout] = {}
        self.spans: dict[str, dict[str, Span]] = defaultdict(dict)
        self.made: set[str] = set()
        for name, content in (sheets or {}).items():
            grid = content if isinstance(content, Grid) else Grid(content)
            self._grids[name] = replace(grid, rows=[normal_row(row) for row in grid.rows])
            self.formulas[name].update(grid.formulas)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets, in order."""
        return tuple(self._grids)

    def read(self, sheet: str) -> Grid:
        """A sheet's cells, what has been written included. Raises KeyError for a sheet that is not there."""
        return self._grids[sheet]

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells at once; a missing sheet is added. Raises UserError as every host does."""
        if sheet not in self._grids:
            check_name(sheet, self._grids)
        grid = self._grids.get(sheet, Grid([]))
        kept = () if changes.instead else grid.merged
        changes = changes.over(grid)
        merges = check_merges(sheet, kept, changes.merges)
        puts = changes.puts()
        check_covered(sheet, (*kept, *merges), puts)
        for (row, column), put in puts.items():
            checked(sheet, row, column, put)
        if sheet not in self._grids:
            self.layouts[sheet] = changes.layout

        rows = [list(row) for row in grid.rows]
        for (row, column), put in puts.items():
            value = normal(put.value)
            if put.formula is None:
                self.formulas[sheet].pop((row, column), None)
            else:
                self.formulas[sheet][row, column] = put.formula
                value = Uncalculated(put.formula) if value is None else value
            _place(rows, row, column, value)
            if put.style is not None:
                self.styles[sheet][row, column] = put.style
        self.heights[sheet].update(changes.heights)
        self.widths[sheet].update(changes.widths)
        if changes.span:
            self.spans[sheet][changes.span.table] = changes.span
        links = {
            place: text for place, text in self.formulas[sheet].items() if refers_elsewhere(text)
        }
        merged = (*kept, *merges)
        self._grids[sheet] = replace(grid, rows=rows, formulas=links, merged=merged)
        if changes.made:
            self.made.add(sheet)


def _place(rows: list[list[Cell]], row: int, column: int, value: Cell) -> None:
    """Put a value at a 1-based place; the grid grows only where there is something to hold."""
    if value is None and (row > len(rows) or column > len(rows[row - 1])):
        return
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value
