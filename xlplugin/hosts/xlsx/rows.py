"""New rows below all that a sheet has, made of areas: rendered when they are saved, a few thousand at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from xlplugin.book import Area, Filling
from xlplugin.cells import Cell, column_letters, normal_row
from xlplugin.hosts.guards import check_fits
from xlplugin.hosts.xlsx import cellxml, xmltext

ROWS_AT_ONCE = 2000

StyleId = Callable[[str, bool, int], int | None]
"""The cell format for a style key, for a date or not, in a column."""


class NewRows:
    """The rows of some areas from `first` on. Raises UserError at once for a value that no cell can hold."""

    def __init__(
        self,
        sheet: str,
        areas: Sequence[Area],
        first: int,
        heights: Mapping[int, float | None],
        *,
        prefix: bytes,
        style_id: StyleId,
        date1904: bool,
    ) -> None:
        self.rows = range(first, max((area.rows.stop for area in areas), default=first))
        self._heights, self._prefix, self._date1904 = heights, prefix, date1904
        self._columns = {
            area.column + at: (area.row, filling)
            for area in sorted(areas, key=lambda each: each.column)
            for at, filling in enumerate(area.fillings)
        }
        self._styles: dict[tuple[int, str, bool], bytes] = {}
        for column, (start, filling) in self._columns.items():
            check_fits(sheet, column, start, filling.values)
            keys = {filling.styles} if isinstance(filling.styles, str) else set(filling.styles)
            for key in keys:
                for is_date in {
                    issubclass(kind, dt.date) for kind in set(map(type, filling.values))
                }:
                    number = style_id(key, is_date, column)
                    self._styles[column, key, is_date] = (
                        b"" if number is None else b' s="%d"' % number
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
        close = f"</{self._prefix.decode()}row>"
        for start in range(self.rows.start, self.rows.stop, ROWS_AT_ONCE):
            rows = self.rows[start - self.rows.start :][:ROWS_AT_ONCE]
            columns = [self._cells(column, *where, rows) for column, where in self._columns.items()]
            lines = ("".join(cells) for cells in zip(map(self._tag, rows), *columns, strict=True))
            yield close.join((*lines, "")).encode()

    def _tag(self, row: int) -> str:
        height = self._heights.get(row)
        said = "" if height is None else f' ht="{height:g}" customHeight="1"'
        return f'<{self._prefix.decode()}row r="{row}"{said}>'

    def _cells(self, column: int, start: int, filling: Filling, rows: range) -> list[str]:
        """One column's cells, a row each; nothing in a row that its area does not reach."""
        at = rows.start - start
        before = max(-at, 0)
        part = slice(max(at, 0), max(at + len(rows), 0))
        values = normal_row(filling.values[part])
        many = len(values)
        styles = (
            [filling.styles] * many if isinstance(filling.styles, str) else filling.styles[part]
        )
        formulas = filling.formulas[part] if filling.formulas else [None] * many
        opening = f'<{self._prefix.decode()}c r="{column_letters(column)}'
        bodies = map(self._body(column), values, styles, formulas)
        cells = [f'{opening}{row}"{body}' for row, body in zip(rows[before:], bodies, strict=False)]
        return [*[""] * before, *cells, *[""] * (len(rows) - before - many)]

    def _body(self, column: int) -> Callable[[Cell, str, str | None], str]:
        """Renders what follows a cell's address: a number at once, and a text that comes again only once."""
        p = self._prefix
        numbers = {
            style: (told.decode() + f"><{p.decode()}v>", f"</{p.decode()}v></{p.decode()}c>")
            for (at, style, is_date), told in self._styles.items()
            if at == column and not is_date
        }
        texts: dict[tuple[str, str], str] = {}

        def render(value: Cell, style: str, formula: str | None) -> str:
            told = (
                b"" if formula is None else b"<%sf>%s</%sf>" % (p, xmltext.plain_text(formula), p)
            )
            return cellxml.render(
                p,
                self._styles[column, style, isinstance(value, dt.date)],
                value,
                told,
                self._date1904,
            ).decode()

        def body(value: Cell, style: str, formula: str | None) -> str:
            if formula is not None:
                return render(value, style, formula)
            if value.__class__ is float:
                head, tail = numbers[style]
                return f"{head}{value!r}{tail}"
            if value.__class__ is not str:
                return render(value, style, None)
            known = texts.get((value, style))
            if known is None:
                known = texts[value, style] = render(value, style, None)
            return known

        return body
