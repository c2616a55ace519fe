"""Putting prepared cells into an open sheet, block by block, so that Excel takes every one for what it is.

Excel reads whatever it is handed once more, as if it had been typed: "007" would become 7 and "1/2" a date. A cell that
takes text is therefore formatted as text first, and a cell that takes anything else must not be.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from xlplugin.book import STYLES, Grid, Put, Style
from xlplugin.cells import CellError, Uncalculated, normal
from xlplugin.hosts.excel.blocks import Key, blocks, uniform
from xlplugin.hosts.excel.native import Native
from xlplugin.hosts.guards import Box, Place

if TYPE_CHECKING:
    import xlwings as xw

TEXT, GENERAL, DATE = "@", "General", "yyyy/m/d"

LONGEST_SHOWN = 255
"""Older Excels show a longer text as #### while its cell is formatted as text: it loses that format when it is in."""

LONGEST_IN_BLOCK = 8000
"""Excel refuses an array with a longer text; such a text goes in by itself."""

Entered = Literal["text", "date", "other", "empty"]
_DATES = re.compile(r"[ymdhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')


@dataclass(frozen=True, slots=True)
class Ready:
    """A cell as it is handed over: `formula` with "=", or a value."""

    kind: Entered
    value: object
    formula: str | None
    style: str | None


def prepare(put: Put) -> Ready:
    """What to hand over for a change. Raises TypeError for what no cell can hold."""
    value: object = normal(put.value)
    formula = str(value) if put.formula is None and isinstance(value, Uncalculated) else put.formula
    if formula is not None:
        return Ready("other", None, "=" + formula, put.style)
    if isinstance(value, str):
        return Ready(
            "other" if isinstance(value, CellError) else "text", str(value), None, put.style
        )
    if isinstance(value, dt.date):
        return Ready("date", value, None, put.style)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        value = float(value)  # what else a number may be, COM takes for money, or refuses
    return Ready("empty" if value is None else "other", value, None, put.style)


def enter(sheet: xw.Sheet, native: Native, ready: Mapping[Place, Ready], texts: Set[Place]) -> None:
    """Put cells into a sheet: looks, then formats, then values, then formulas. An empty one is emptied.

    `texts` are the places that may hold text, and so be formatted as text, at the moment: asked where the engine does not tell.
    """
    for box, key in _alike(ready, lambda cell: cell.style):
        if key is not None and not native.named_style(cells(sheet, box), key):
            _dress(cells(sheet, box), STYLES[key])
    for box, (kind, look) in _alike(ready, lambda cell: (cell.kind, cell.style)):
        if kind != "empty":
            _format(sheet, box, kind, look, texts)
    _hand_over(sheet, ready)
    for box, (is_long, look) in _alike(
        ready, lambda cell: (_longer(cell, LONGEST_SHOWN), cell.style)
    ):
        if is_long:
            cells(sheet, box).number_format = STYLES[look].number_format if look else GENERAL


def _hand_over(sheet: xw.Sheet, ready: Mapping[Place, Ready]) -> None:
    """The values, block by block, then the formulas."""
    alone = {
        place: place if _longer(cell, LONGEST_IN_BLOCK) else None
        for place, cell in ready.items()
        if cell.formula is None
    }
    for box, _ in blocks(alone):
        cells(sheet, box).value = _matrix(box, ready, "value")
    for box, has_formula in _alike(ready, lambda cell: cell.formula is not None):
        if has_formula:
            cells(sheet, box).formula = _matrix(box, ready, "formula")


def _alike(ready: Mapping[Place, Ready], key: Callable[[Ready], Key]) -> list[tuple[Box, Key]]:
    """The cells as rectangles of an equal key."""
    return blocks({place: key(cell) for place, cell in ready.items()})


def _longer(cell: Ready, most: int) -> bool:
    return cell.kind == "text" and len(str(cell.value)) > most


def old(sheet: xw.Sheet, grid: Grid, places: Mapping[Place, object]) -> dict[Place, Put]:
    """What stands in some places now, as changes that bring it back; looks are left out."""
    found = {}
    for place, formula in _formulas(sheet, places).items():
        value = grid.at(*place)
        text = formula if isinstance(formula, str) and formula != value else ""
        found[place] = Put(value, text[1:] if text.startswith("=") else None)
    return found


def _formulas(sheet: xw.Sheet, places: Mapping[Place, object]) -> dict[Place, object]:
    """The formula, or None, by place, asked for in blocks; all None where the engine does not tell."""
    found: dict[Place, object] = dict.fromkeys(places)
    for box, _ in blocks(dict.fromkeys(places, True)):
        with contextlib.suppress(NotImplementedError):
            texts = cells(sheet, box).formula
            rows = texts if isinstance(texts, (tuple, list)) else ((texts,),)
            rows = rows if isinstance(rows[0], (tuple, list)) else (rows,)
            found |= {
                (box[0] + at, box[1] + n): text
                for at, row in enumerate(rows)
                for n, text in enumerate(row)
            }
    return found


def cells(sheet: xw.Sheet, box: Box) -> Any:
    """A rectangle of a sheet as an xlwings range."""
    return sheet.range(box[:2], box[2:])


def _matrix(box: Box, ready: Mapping[Place, Ready], what: str) -> list[list[object]]:
    first, left, last, right = box
    return [
        [getattr(ready[row, column], what) for column in range(left, right + 1)]
        for row in range(first, last + 1)
    ]


def _format(sheet: xw.Sheet, box: Box, kind: Entered, key: str | None, texts: Set[Place]) -> None:
    """Make cells ready to take text, dates or other values; a clerk's own format stays where it does no harm."""
    if kind == "text":
        cells(sheet, box).number_format = TEXT
    elif key is not None:
        if kind == "date" and not is_date_format(STYLES[key].number_format):
            cells(sheet, box).number_format = DATE
    else:
        for part, present in uniform(box, lambda part: _present(sheet, part, texts)):
            if kind == "date" and not is_date_format(present):
                cells(sheet, part).number_format = DATE
            elif present == TEXT:
                cells(sheet, part).number_format = GENERAL


def _present(sheet: xw.Sheet, box: Box, texts: Set[Place]) -> str | None:
    """The number format of some cells, None where they differ; where the engine does not tell, `texts` have TEXT."""
    try:
        found = cells(sheet, box).number_format
    except NotImplementedError:
        first, left, last, right = box
        held = {
            (row, column) in texts
            for row in range(first, last + 1)
            for column in range(left, right + 1)
        }
        return None if len(held) > 1 else TEXT if held == {True} else GENERAL
    return None if found is None else str(found)


def is_date_format(number_format: str) -> bool:
    """Whether a number format shows a date or a time."""
    return bool(_DATES.search(_QUOTED.sub("", number_format).replace(GENERAL, "")))


def _dress(target: Any, style: Style) -> None:
    """Looks put on cells directly, where there are no named styles."""
    target.font.name, target.font.size, target.font.bold = style.font, style.size, style.bold
    target.font.color = "#" + style.color
    target.color = "#" + style.fill if style.fill else None
    target.number_format = style.number_format
    target.wrap_text = style.wrap
    with contextlib.suppress(NotImplementedError):
        target.horizontal_alignment, target.vertical_alignment = style.horizontal, style.vertical
    if style.border:
        target.borders.set("all", line_style="continuous", weight="thin")
