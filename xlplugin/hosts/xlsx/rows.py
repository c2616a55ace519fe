"""New rows below all that a sheet has, made of areas: rendered when they are saved, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from xlplugin.book import Area, Filling
from xlplugin.cells import column_letters, normal_row
from xlplugin.hosts.xlsx import cellxml
from xlplugin.hosts.xlsx.serials import SHOWN, Shown

ROWS_AT_ONCE = 2000

StyleId = Callable[[str, Shown, int], int | None]
"""The cell format for a style key, to show what it holds, in a column."""


class NewRows:
    """The rows of some areas from `first` on."""

    def __init__(
        self,
        areas: Sequence[Area],
        first: int,
        heights: Mapping[int, float | None],
        *,
        prefix: bytes,
        style_id: StyleId,
        date1904: bool,
    ) -> None:
        self.rows = range(first, max((area.rows.stop for area in areas), default=first))
        self._heights, self._prefix = heights, prefix.decode()
        self._body = cellxml.Bodies(prefix, date1904=date1904)
        self._columns = {
            area.column + at: (area.row, filling)
            for area in sorted(areas, key=lambda each: each.column)
            for at, filling in enumerate(area.fillings)
        }
        self._formats: dict[tuple[int, str, Shown], str] = {}
        for column, (_, filling) in self._columns.items():
            kinds = dict.fromkeys(map(type, filling.values))
            looks: dict[Shown, None] = dict.fromkeys(
                ("anything", *map(SHOWN.__getitem__, kinds))  # in one order at every run
            )
            keys = (filling.styles,) if isinstance(filling.styles, str) else filling.styles
            for key in dict.fromkeys(keys):
                for look in looks:
                    self._formats[column, key, look] = cellxml.format_attribute(
                        style_id(key, look, column)
                    )

    @property
    def corners(self) -> set[tuple[int, int]]:
        """Places that span the rows: what the sheet's dimension must take in."""
        ends = (self.rows[0], self.rows[-1]) if self.rows else ()
        return {(row, column) for row in ends for column in self._columns}

    def has_formulas(self) -> bool:
        """Whether a formula stands in one of the rows."""
        return any(
            formula is not None
            for start, filling in self._columns.values()
            for formula in (filling.formulas or ())[max(self.rows.start - start, 0) :]
        )

    def __iter__(self) -> Iterator[bytes]:
        """The rows' XML, in pieces."""
        close = f"</{self._prefix}row>"
        for start in range(self.rows.start, self.rows.stop, ROWS_AT_ONCE):
            rows = self.rows[start - self.rows.start :][:ROWS_AT_ONCE]
            columns = [self._cells(column, *where, rows) for column, where in self._columns.items()]
            lines = ("".join(cells) for cells in zip(map(self._tag, rows), *columns, strict=True))
            yield close.join((*lines, "")).encode()

    def _tag(self, row: int) -> str:
        height = self._heights.get(row)
        said = "" if height is None else f' ht="{height:g}" customHeight="1"'
        return f'<{self._prefix}row r="{row}"{said}>'

    def _cells(self, column: int, start: int, filling: Filling, rows: range) -> list[str]:
        """One column's cells, a row each; nothing in a row that its area does not reach."""
        at = rows.start - start
        before = max(-at, 0)
        part = slice(max(at, 0), max(at + len(rows), 0))
        values = normal_row(filling.values[part])
        many = len(values)
        one = filling.styles
        styles = [one] * many if isinstance(one, str) else one[part]
        formats = [
            self._formats[column, key, SHOWN[value.__class__]]
            for key, value in zip(styles, values, strict=True)
        ]
        formulas = [filling.formulas[part]] if filling.formulas else []
        bodies = map(self._body, values, *formulas)
        opening = f'<{self._prefix}c r="{column_letters(column)}'
        cells = [
            f'{opening}{row}"{style}{body}'
            for row, style, body in zip(rows[before:], formats, bodies, strict=False)
        ]
        return [*[""] * before, *cells, *[""] * (len(rows) - before - many)]
