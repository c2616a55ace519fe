"""What means that there is nothing: 无, —, / and pictures, in a cell of text, of a date or of what is done."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import TYPE_CHECKING

from xlplugin.cells import Cell, CellError, Uncalculated, plain
from xlplugin.reading import dates, terms
from xlplugin.schema import LEDGER

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part

_SAID = tuple(c.key for c in LEDGER.columns if c.kind in ("text", "month", "date", "count"))
_DONE = ("done", "earlier_done")
_NOT_YET = re.compile(r"(?:暂|尚)?未(?:完成|发生)(?:投资)?")
_ZERO_COUNTS = ("parts", "parts_behind")
_DATES = tuple(c.key for c in LEDGER.columns if c.kind in ("date", "month"))
_LONGEST_NOTHING = 8
_FIRST_OF_NOTHING = terms.NOTHING_BEGINS | {"N"}
_NEEDLESS = ("note", "place", "last_cause")
"""Columns that nothing is computed from and nothing prints: an error value there, such as a picture's, harms nobody."""


def cleared(part: Part) -> None:
    """无, —, / and pictures in a cell of text or of a date mean that there is nothing; a month is enough for a date."""
    for key in _DONE:
        amounts = part.cells.get(key, [])
        if str in set(map(type, amounts)):
            part.cells[key] = [None if is_dash(cell) else cell for cell in amounts]
    for key in _SAID:
        cells = part.cells.get(key)
        if cells is None:
            continue
        held = set(cells)
        if LEDGER[key].kind == "text":
            part.cells[key] = cells = terms.repeated(cells, held)
        nothing = {
            cell
            for cell in held
            if (cell.__class__ is not str or cell[0] in _FIRST_OF_NOTHING)
            and _is_nothing(cell, key)
        }
        if key in _DATES and any(c.__class__ not in (dt.date, type(None)) for c in held):
            read = partial(
                dates.whole_day,
                as_of=part.as_of,
                month_ok=LEDGER[key].kind == "month",
                actual=key in ("actual_start", "actual_finish"),
            )
            part.cells[key] = [None if cell in nothing else read(cell) for cell in cells]
        elif nothing:
            part.cells[key] = [None if cell in nothing else cell for cell in cells]


def is_dash(cell: Cell) -> bool:
    """Whether a cell of an amount says that there is none: —, 无, 未完成投资."""
    if not isinstance(cell, str) or cell == "0":
        return False
    return terms.is_nothing(cell) or bool(_NOT_YET.fullmatch(plain(cell)))


def _is_nothing(cell: Cell, key: str) -> bool:
    if isinstance(cell, (CellError, Uncalculated)):
        return key in _NEEDLESS or "DISPIMG(" in cell
    if isinstance(cell, str):
        if len(cell) > _LONGEST_NOTHING:
            return "DISPIMG(" in cell
        return terms.is_nothing(cell) or (key in _DATES and bool(terms.UNDATED.match(cell.strip())))
    return cell == 0 and key not in _ZERO_COUNTS and cell is not None
