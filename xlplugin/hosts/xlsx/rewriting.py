"""Areas over rows that stand in a sheet: a row of plain cells is put together anew, as a whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import repeat

from xlplugin.book import Area
from xlplugin.cells import Cell, column_letters, column_number, normal_row
from xlplugin.hosts.xlsx.cellxml import Bodies, format_attribute
from xlplugin.hosts.xlsx.rows import ROWS_AT_ONCE

StyleFor = Callable[[str | None, bool, int | None], int | None]
"""The cell format for a style key, for a date or not, over the format that is there (None: none)."""

_Old = tuple[str, str, str, str, str, str]
"""A plain cell's XML, its column's letters, the number of its format, its type, its formula and its value."""

_New = tuple[str, int, str, Cell, bool, str]
"""Column, style key and value of a cell to be, whether it has a formula, and what follows its format."""


class Rewriting:
    """What some areas make of rows above `below`: the same as cell by cell, in a fifth of the time (20,000 projects: 0.9 s, not 4.5).

    Cells beside the areas stay as they are written; so does a shared text that is not to change.
    """

    def __init__(
        self,
        areas: Sequence[Area],
        below: int,
        prefix: bytes,
        *,
        style_for: StyleFor,
        shared_text: Callable[[int], str | None],
        date1904: bool,
    ) -> None:
        self._style_for, self._shared_text = style_for, shared_text
        self._body = Bodies(prefix, date1904=date1904)
        self._formats: dict[tuple[str, type, str], str] = {}
        p = self._prefix = prefix.decode()
        self._opening = f'<{p}c r="'
        self._plain = re.compile(
            rf'(<{p}c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?!</)(<{p}f>[^<]*</{p}f>)?'
            rf"(?:<{p}v>([^<]*)</{p}v>|<{p}is><{p}t(?: [^>]*)?>[^<]*</{p}t></{p}is>)?</{p}c>))"
        )
        self._columns = sorted(
            (
                (area.column + at, range(area.row, min(area.rows.stop, below)), filling)
                for area in areas
                for at, filling in enumerate(area.fillings)
            ),
            key=lambda each: each[0],
        )
        self._lines: dict[int, list[_New]] = {}

    def row(self, number: int, cells: str, inherited: Callable[[int], int | None]) -> str | None:
        """A row's cells; None where it holds more than plain values, or a formula comes or goes: cell by cell, then.

        `inherited` is the format that a new cell takes over in a column.
        """
        if number not in self._lines:
            self._lines = self._prepared(range(number, number + ROWS_AT_ONCE))
        found: list[_Old] = self._plain.findall(cells)
        if "".join([each[0] for each in found]) != cells:
            return None
        old = {each[1]: each for each in found}
        new = {}
        for letters, column, key, value, has_formula, body in self._lines[number]:
            if letters in old:
                if has_formula != bool(old[letters][4]):
                    return None
                new[letters] = self._over(number, old[letters], key, value, body)
            elif has_formula:
                return None
            else:
                style = self._style_for(key, isinstance(value, dt.date), inherited(column))
                new[letters] = f'{self._opening}{letters}{number}"{format_attribute(style)}{body}'
        if old.keys() <= new.keys():
            return "".join(new.values())
        whole = {letters: each[0] for letters, each in old.items()} | new
        return "".join([whole[letters] for letters in sorted(whole, key=column_number)])

    def _prepared(self, rows: range) -> dict[int, list[_New]]:
        """What is to stand in some rows, column by column."""
        lines: dict[int, list[_New]] = {row: [] for row in rows}
        for column, reach, filling in self._columns:
            part = range(max(rows.start, reach.start), min(rows.stop, reach.stop))
            if not part:
                continue
            cut = slice(part.start - reach.start, part.stop - reach.start)
            values = normal_row(filling.values[cut])
            keys = (
                repeat(filling.styles) if isinstance(filling.styles, str) else filling.styles[cut]
            )
            formulas = filling.formulas[cut] if filling.formulas else [None] * len(values)
            bodies = map(self._body, values, formulas)
            letters = repeat(column_letters(column))
            has = [formula is not None for formula in formulas]
            cells = zip(letters, repeat(column), keys, values, has, bodies, strict=False)
            for row, cell in zip(part, cells, strict=True):
                lines[row].append(cell)
        return lines

    def _over(self, number: int, old: _Old, key: str, value: Cell, body: str) -> str:
        """A cell in the place of another; that one, where it says the same in the same format."""
        _, letters, present, kind, _, said = old
        kept = key, value.__class__, present
        style = self._formats.get(kept)
        if style is None:
            wanted = self._style_for(key, isinstance(value, dt.date), int(present or 0)) or 0
            style = format_attribute(wanted if wanted or present else None)
            self._formats[kept] = style
        if (
            kind == "s"
            and said
            and value.__class__ is str
            and self._shared_text(int(said)) == value
        ):
            body = f' t="s"><{self._prefix}v>{said}</{self._prefix}v></{self._prefix}c>'
        return f'{self._opening}{letters}{number}"{style}{body}'
