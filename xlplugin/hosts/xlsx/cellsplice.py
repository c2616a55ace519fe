"""Cells put anew one by one: their XML, their formats, and the formulas that must not be torn or orphaned."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from xlplugin.book import Put
from xlplugin.cells import Cell, address, column_letters
from xlplugin.errors import UserError
from xlplugin.hosts.guards import Place, array_refusal, inside, label_refusal
from xlplugin.hosts.xlsx import around, cellxml, xmltext
from xlplugin.hosts.xlsx.rewriting import StyleFor
from xlplugin.hosts.xlsx.serials import SHOWN, Shown
from xlplugin.hosts.xlsx.sheetxml import SheetXml

Wanted = tuple[Put, Cell]
"""A Put with its value in normal form."""

BARE = re.compile(
    rb"(<(?:[\w.-]+:)?c r=\"[A-Z]+\d+\")(?: s=\"(\d+)\")?(?: t=\"n\")?(?:/>|></(?:[\w.-]+:)?c>)"
)
_SHARED_MASTER = re.compile(rb"\bref\s*=\s*[\"']")
_SHARED_NUMBER = re.compile(rb"\bsi\s*=\s*[\"'](\d+)")


class CellSplice:
    """Writes single cells of one worksheet; `changed` and `formulas_changed` tell what came of it."""

    def __init__(
        self,
        name: str,
        sheet: SheetXml,
        style_for: StyleFor,
        shared_text: Callable[[int], str | None],
        labels: Collection[Place],
        *,
        date1904: bool,
    ) -> None:
        self._name, self._sheet, self._labels = name, sheet, labels
        self._style_for, self._shared_text, self._date1904 = style_for, shared_text, date1904
        self._styles: dict[tuple[str | None, Shown, int | None], int | None] = {}
        self._orphaned: dict[bytes, Place] = {}
        self._columns = around.column_styles(sheet)
        self.arrays = around.arrays(sheet)
        self.changed: set[Place] = set()
        self.formulas_changed = False

    def cell(
        self, row: int, column: int, old: bytes, wanted: Wanted, row_style: int | None
    ) -> bytes:
        """The cell's new XML; the old bytes where nothing changes."""
        put, value = wanted
        if not old:
            return self._new_cell(row, column, put, value, row_style)
        if bare := BARE.fullmatch(old):
            return self._fill(row, column, old, bare, put, value)
        present = cellxml.parse(old, self._sheet.prefix, self._shared_text)
        style = self.style(put.style, SHOWN[value.__class__], present.style) or 0
        tag = present.tag
        if style != present.style:
            tag = xmltext.with_attributes(tag, {"s": str(style)})
        kept = self._keeps_formula(row, column, put, present)
        if kept and present.said() == cellxml.say(value, self._date1904):
            if tag != present.tag:
                self.changed.add((row, column))
            return tag + old[len(present.tag) :]
        self.changed.add((row, column))
        self._refuse_label(row, column)
        formula = present.formula
        if not kept or not formula:
            self._refuse_in_array(row, column)
        if not kept:
            self._release(row, column, present.formula_attrs)
            tag = xmltext.with_attributes(tag, {"cm": None})
            formula = self._formula(put)
        self.formulas_changed |= bool(present.formula) != bool(formula)
        return cellxml.render(self._sheet.prefix, cellxml.head(tag), value, formula, self._date1904)

    def _fill(
        self, row: int, column: int, old: bytes, bare: re.Match[bytes], put: Put, value: Cell
    ) -> bytes:
        """What `_cell` does, for a cell that holds nothing but its format."""
        present = int(bare[2] or 0)
        style = self.style(put.style, SHOWN[value.__class__], present) or 0
        if value is None and put.formula is None and style == present:
            return old
        return self._first_content(
            row, column, bare[1] + (b' s="%d"' % style if style or bare[2] else b""), put, value
        )

    def _new_cell(
        self, row: int, column: int, put: Put, value: Cell, row_style: int | None
    ) -> bytes:
        if value is None and put.formula is None and put.style is None:
            return b""
        inherited = self.inherited(row_style, column)
        style = self.style(put.style, SHOWN[value.__class__], inherited)
        head = b'<%sc r="%s%d"' % (self._sheet.prefix, column_letters(column).encode(), row)
        if style is not None:
            head += b' s="%d"' % style
        return self._first_content(row, column, head, put, value)

    def _first_content(self, row: int, column: int, head: bytes, put: Put, value: Cell) -> bytes:
        """The cell's XML where nothing stood before, but a format perhaps."""
        if value is not None or put.formula is not None:
            self._refuse_in_array(row, column)
            self._refuse_label(row, column)
        formula = self._formula(put)
        self.formulas_changed |= bool(formula)
        self.changed.add((row, column))
        return cellxml.render(self._sheet.prefix, head, value, formula, self._date1904)

    def style_below(self, key: str, wanted: Shown, column: int) -> int | None:
        """The format of a new cell below all others."""
        return self._style_for(key, wanted, self._column_style(column))

    def inherited(self, row_style: int | None, column: int) -> int | None:
        """The format that a new cell takes over."""
        return self._column_style(column) if row_style is None else row_style

    def style(self, key: str | None, wanted: Shown, present: int | None) -> int | None:
        """The format for a style key over the one that is there; asked for once."""
        known = key, wanted, present
        if known not in self._styles:
            self._styles[known] = self._style_for(*known)
        return self._styles[known]

    def _formula(self, put: Put) -> bytes:
        if put.formula is None:
            return b""
        p = self._sheet.prefix
        return b"<%sf>%s</%sf>" % (p, xmltext.plain_text(put.formula), p)

    def _keeps_formula(self, row: int, column: int, put: Put, present: cellxml.Present) -> bool:
        """Whether the cell's formula (or its lack of one) may stay as it is written."""
        if not present.formula or put.formula is None:
            return not present.formula and put.formula is None
        text = self._sheet.formula((row, column), present.formula_attrs, present.formula_text)
        return text == put.formula

    def _release(self, row: int, column: int, attrs: bytes) -> None:
        """A cell is about to lose its formula: remember whether others read theirs from it."""
        number = _SHARED_NUMBER.search(attrs)
        if number and _SHARED_MASTER.search(attrs):
            self._orphaned[number[1]] = row, column

    def _refuse_in_array(self, row: int, column: int) -> None:
        for box in self.arrays:
            if inside(box, row, column):
                raise array_refusal(self._name, row, column, box)

    def _refuse_label(self, row: int, column: int) -> None:
        if (row, column) in self._labels:
            raise label_refusal(self._name, row, column)

    def check_orphans(self, data: bytes) -> None:
        """Raises UserError where a formula reads its text from a cell that has lost its own."""
        for number, (row, column) in self._orphaned.items():
            p = re.escape(self._sheet.prefix)
            if re.search(rb"<%sf\s[^<>]*\bsi\s*=\s*[\"']%s[\"']" % (p, number), data):
                raise UserError(
                    f"「{self._name}」{address(row, column)} 的公式与下方单元格共用，改写会使它们失效，"
                    "请先把该列公式粘贴为数值或整列重填后重试。"
                )

    def _column_style(self, column: int) -> int | None:
        return next(
            (style for first, last, style in self._columns if first <= column <= last), None
        )
