"""Rows that are parts of the project above them, whose own row has counted them: 1.1, （1）, 其中, and those that only stand below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from xlplugin.cells import Cell, plain, split_range
from xlplugin.reading.below import AMOUNTS, Below, Sorted, real
from xlplugin.reading.model import PART, PROJECT, SECTION, SUM

_PART_ID = re.compile(r"(\d+)[.\-—](\d+)\.?$")
_SUB_ID = re.compile(r"^\(\d+\)$")
_CIRCLED = re.compile(r"[①-⑳]")
_PART_NAME = re.compile(r"^(?:其中[:、]?|(\d+)[.\-](\d+)[、.\s]?(?!\d)|\(\d+\))")


def is_part(below: Below, found: Sorted, position: int) -> bool:
    """1.1 and 其中 under a project: a part of it, which its own row has counted."""
    own, name = below.cell("id", position), below.cell("name", position)
    text = _as_typed(own)
    named = _PART_NAME.match(plain(name)) if isinstance(name, str) else None
    circled = isinstance(name, str) and bool(_CIRCLED.match(name.strip()))
    numbered = _PART_ID.match(text)
    of_which = text.startswith("其中")
    bracketed = bool(_SUB_ID.match(text)) and not below.all_bracketed("id")
    circled = circled and not below.all_bracketed("name")
    if not (numbered or bracketed or named or circled or of_which):
        return False
    parent = _project_above(found, position)
    if parent is None:
        return False
    above = below.cell("id", parent)
    if numbered:
        return _as_typed(above) == numbered[1]
    if named and named[1]:
        beginning = re.match(r"(\d+)[、.]?", plain(str(below.cell("name", parent))))
        return str(above) in (named[1], f"{named[1]}.0") or bool(
            beginning and beginning[1] == named[1]
        )
    return True


def _as_typed(own: Cell) -> str:
    """A running number as the clerk typed it."""
    if isinstance(own, str):
        return f"({plain(own)})" if _CIRCLED.match(own.strip()) else plain(own)
    if isinstance(own, dt.date):
        return f"{own.month}-{own.day}"
    return f"{own:g}" if isinstance(own, (int, float)) else ""


def _project_above(found: Sorted, position: int) -> int | None:
    """The last project above; None where a section or a sum comes first."""
    for at in range(position - 1, -1, -1):
        kind = found.kinds.get(at, PROJECT)
        if kind == PROJECT:
            return at
        if kind in (SUM, SECTION):
            return None
    return None


def unmarked(below: Below, found: Sorted) -> None:
    """二标段 without a number below 其中：一标段; and rows without number, level and nature whose amounts are those of the one above."""
    own = below.cells.get("id", ())
    bare = [at for at, cell in enumerate(own) if cell is None and found.kinds.get(at) is None]
    if not bare or 2 * len(bare) > len(own):
        return
    for at in bare:
        if _as_typed(below.cell("id", at - 1)).startswith("其中") or at - 1 in found.of_which:
            found.kinds[at] = PART
            found.of_which.add(at)
    bare = [at for at in bare if not any(below.cell(key, at) for key in ("level", "nature"))]
    for at in bare:
        if found.kinds.get(at - 1) == PART:
            found.kinds[at] = PART
    left = [at for at in bare if at not in found.kinds]
    for run in _neighbours(left):
        if run[0] and len(run) > 1 and _adds_up(below, run[0] - 1, run):
            found.kinds |= dict.fromkeys(run, PART)


def merged(below: Below, found: Sorted) -> None:
    """The further rows below a name that is merged over several: parts of its project, for other funds or another section.

    Amounts there that do not break up those of the first row are noted: their project's are in doubt.
    """
    column = below.at["name"]
    areas = [area for area in map(split_range, below.grid.merged) if area[1] <= column <= area[3]]
    positions = {row: at for at, row in enumerate(below.rows)} if areas else {}
    for top, _, bottom, _ in areas:
        parent = positions.get(top)
        if parent is None or found.kinds.get(parent, PROJECT) != PROJECT:
            continue
        run = [at for row in range(top + 1, bottom + 1) if (at := positions.get(row)) is not None]
        run = [at for at in run if below.cell("name", at) is None and at not in found.kinds]
        found.kinds |= dict.fromkeys(run, PART)
        held = any(real(below.cell(key, at)) for key in AMOUNTS for at in run)
        if held and not (len(run) > 1 and _adds_up(below, parent, run)):  # two alike may be halves
            found.split.append(top)


def _neighbours(places: Sequence[int]) -> list[list[int]]:
    """Places that follow each other, together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _adds_up(below: Below, parent: int, run: Sequence[int]) -> bool:
    """Whether the amounts of some rows together are those of the row above them."""
    told = 0
    for key in AMOUNTS:
        whole = below.cell(key, parent)
        parts = [cell for at in run if isinstance(cell := below.cell(key, at), (int, float))]
        if parts and isinstance(whole, (int, float)) and whole:
            if abs(sum(parts) - whole) > 0.01 * abs(whole):
                return False
            told += 1
    return told > 0
