"""Error values of an .xls (BIFF8), which the reader gives as empty cells: found by their records' bytes.

[MS-XLS] 2.4.127 Formula, 2.4.24 BoolErr, 2.4.21 BOF, 2.5.10 Bes. Where the file's sectors do not lie in order a record may be missed; none is taken for
one that is not, since the cell must be empty to the reader as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from xlplugin.book import Grid
from xlplugin.cells import Cell, CellError

_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_RECORD = re.compile(
    rb"\x09\x08\x10\x00\x00\x06(?P<kind>[\x05\x10\x20\x40])\x00"
    rb"|\x06\x00[\x16-\xff].(?P<formula>....)..\x02.(?P<result>[\x00\x07\x0f\x17\x1d\x24\x2a])...\xff\xff"
    rb"|\x05\x02\x08\x00(?P<cell>....)..(?P<code>[\x00\x07\x0f\x17\x1d\x24\x2a])\x01",
    re.DOTALL,
)
_WORKSHEET = b"\x10"


def with_errors(raw: bytes, grids: Mapping[str, Grid]) -> dict[str, Grid]:
    """The worksheets of a file, in its order, with their error values; as they are where the file has other sheets than these."""
    titles = list(grids)
    found: dict[int, dict[tuple[int, int], str]] = {}
    sheet = -1
    for record in _RECORD.finditer(raw):
        if kind := record["kind"]:
            sheet += kind == _WORKSHEET
            continue
        place, code = record["formula"] or record["cell"], record["result"] or record["code"]
        at = int.from_bytes(place[:2], "little"), int.from_bytes(place[2:], "little")
        found.setdefault(sheet, {})[at] = _CODES[code[0]]
    if sheet + 1 != len(titles):
        return dict(grids)
    return {
        title: _filled(grids[title], found[at]) if at in found else grids[title]
        for at, title in enumerate(titles)
    }


def _filled(grid: Grid, errors: Mapping[tuple[int, int], str]) -> Grid:
    rows: list[list[Cell]] = [list(row) for row in grid.rows]
    for (row, column), text in errors.items():
        rows += [[] for _ in range(len(rows), row + 1)]
        cells = rows[row]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = CellError(text) if cells[column] is None else cells[column]
    return replace(grid, rows=rows)
