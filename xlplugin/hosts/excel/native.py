"""What only Excel's own objects (COM) can tell or do, and what stands in for it on engines that have none."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from xlplugin.book import FORMATTED, STYLES, Layout, Style, tells_unit
from xlplugin.cells import CellError, split_range
from xlplugin.errors import UserError
from xlplugin.hosts.excel.blocks import uniform, within
from xlplugin.hosts.guards import Box, array_refusal, range_text

if TYPE_CHECKING:
    import xlwings as xw

_NEW_ERRORS = {-2146826243: "#SPILL!", -2146826238: "#CALC!"}
_ERROR_CODES = range(-2146826300, -2146826200)
_MANY_ROWS = 200_000
_A4, _PORTRAIT, _LANDSCAPE = 9, 1, 2
_FORMULAS, _BY_ROWS, _BACKWARDS = -4123, 1, 2
_LINKS = 1
_LIST = 3
_VISIBLE = -1
_PLACES = {
    "general": 1,
    "left": -4131,
    "center": -4108,
    "right": -4152,
    "top": -4160,
    "bottom": -4107,
    "distributed": -4117,
}
_EDGES = (-4131, -4152, -4160, -4107)


class Native:
    """An engine without Excel's own objects: it knows nothing of what follows, and says so by its empty answers."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book

    def names(self) -> Iterable[str]:
        """Names of all sheets, those of charts too."""
        return [sheet.name for sheet in self.book.sheets]

    def last_row(self, _sheet: xw.Sheet, row: int) -> int:
        """The last row that holds something, where `row` is the last that was ever used."""
        return row

    def exact(self, used: xw.Range) -> tuple[tuple[object, ...], ...] | None:
        """The cells' bare numbers, without dates and without the four decimals of the currency formats; None: not known."""

    def value(self, value: object) -> object:
        """One value as it came, errors made `CellError`."""
        return value

    def has_links(self) -> bool:
        """Whether any formula reads another workbook."""
        return False

    def hidden(self, _sheet: xw.Sheet, _box: Box) -> frozenset[int]:
        """Numbers of the hidden rows."""
        return frozenset()

    def hidden_columns(self, _sheet: xw.Sheet, _box: Box) -> frozenset[int]:
        """Numbers of the hidden columns."""
        return frozenset()

    def concealed(self, _sheet: xw.Sheet) -> bool:
        """Whether the whole sheet is hidden."""
        return False

    def formats(self, _sheet: xw.Sheet, _box: Box) -> dict[tuple[int, int], str]:
        """The number formats that tell a unit, of the first `FORMATTED` rows."""
        return {}

    def struck(self, _sheet: xw.Sheet, _box: Box) -> frozenset[tuple[int, int]]:
        """The cells that are struck through."""
        return frozenset()

    def merged(self, _sheet: xw.Sheet, _box: Box) -> tuple[str, ...]:
        """The merged ranges."""
        return ()

    def filtered(self, _sheet: xw.Sheet) -> bool:
        """Whether a filter hides rows."""
        return False

    def check(self, sheet: xw.Sheet | None, boxes: Iterable[Box]) -> None:
        """Raises UserError where Excel would refuse: a protected workbook or sheet, one part of an array formula."""

    def quiet(self) -> contextlib.AbstractContextManager[None]:
        """Excel's own helpfulness in tables switched off for a while."""
        return contextlib.nullcontext()

    def named_style(self, _cells: xw.Range, _key: str) -> bool:
        """Give cells the named style of a key of `STYLES`, made where the workbook lacks it; False: not possible."""
        return False

    def hide(self, name: xw.Name) -> None:
        """Keep a defined name out of Excel's list of names."""

    def lay_out(self, sheet: xw.Sheet, layout: Layout) -> None:
        """Frozen rows and paper of a new sheet."""

    def complaint(self, _error: BaseException) -> str | None:
        """What Excel said when it refused something; None where the error is not Excel's."""
        return None


class Com(Native):
    """Excel on Windows."""

    def __init__(self, book: xw.Book) -> None:
        super().__init__(book)
        self._styles: set[str] = set()

    def names(self) -> list[str]:
        return [sheet.Name for sheet in self.book.api.Sheets]

    def last_row(self, sheet: xw.Sheet, row: int) -> int:
        if row <= _MANY_ROWS:
            return row
        found = sheet.api.Cells.Find(
            What="*", LookIn=_FORMULAS, SearchOrder=_BY_ROWS, SearchDirection=_BACKWARDS
        )
        return found.Row if found is not None else 1

    def exact(self, used: xw.Range) -> tuple[tuple[object, ...], ...] | None:
        values = used.api.Value2
        return values if isinstance(values, tuple) else ((values,),)

    def value(self, value: object) -> object:
        if type(value) is int and value in _ERROR_CODES:  # Excel's numbers come as float
            return CellError(_NEW_ERRORS.get(value, "#N/A"))
        return value

    def has_links(self) -> bool:
        return self.book.api.LinkSources(_LINKS) is not None

    def hidden(self, sheet: xw.Sheet, box: Box) -> frozenset[int]:
        first, _, last, _ = box
        column = first, 1, last, 1
        answers = uniform(column, lambda part: sheet.api.Range(range_text(part)).EntireRow.Hidden)
        return frozenset(
            row for (top, _, bottom, _), yes in answers if yes for row in range(top, bottom + 1)
        )

    def hidden_columns(self, sheet: xw.Sheet, box: Box) -> frozenset[int]:
        _, first, _, last = box
        row = 1, first, 1, last
        answers = uniform(row, lambda part: sheet.api.Range(range_text(part)).EntireColumn.Hidden)
        return frozenset(
            column
            for (_, left, _, right), yes in answers
            if yes
            for column in range(left, right + 1)
        )

    def concealed(self, sheet: xw.Sheet) -> bool:
        return bool(sheet.api.Visible != _VISIBLE)

    def formats(self, sheet: xw.Sheet, box: Box) -> dict[tuple[int, int], str]:
        first, left, last, right = box
        looked_at = first, left, min(last, FORMATTED), right
        answers = uniform(looked_at, lambda part: sheet.api.Range(range_text(part)).NumberFormat)
        told = [(area, str(code)) for area, code in answers if tells_unit(str(code))]
        return {place: code for area, code in told for place in within(area)}

    def struck(self, sheet: xw.Sheet, box: Box) -> frozenset[tuple[int, int]]:
        answers = uniform(box, lambda part: sheet.api.Range(range_text(part)).Font.Strikethrough)
        return frozenset(place for area, yes in answers if yes for place in within(area))

    def merged(self, sheet: xw.Sheet, box: Box) -> tuple[str, ...]:
        def ask(part: Box) -> str | None:
            cells = sheet.api.Range(range_text(part))
            if cells.MergeCells is False:
                return ""
            area = str(cells.Cells(1, 1).MergeArea.Address).replace("$", "")
            first, left, last, right = split_range(area)
            return (
                area
                if first <= part[0] and left <= part[1] and part[2] <= last and part[3] <= right
                else None
            )

        return tuple(sorted({area for _, area in uniform(box, ask) if area}))

    def filtered(self, sheet: xw.Sheet) -> bool:
        if sheet.api.FilterMode:
            return True
        filters = (table.AutoFilter for table in sheet.api.ListObjects if table.ShowAutoFilter)
        return any(bool(each.FilterMode) for each in filters if each is not None)

    def check(self, sheet: xw.Sheet | None, boxes: Iterable[Box]) -> None:
        if sheet is None:
            if self.book.api.ProtectStructure:
                raise UserError(
                    "工作簿结构受保护，不能增加工作表。请在「审阅」里取消「保护工作簿」再试。"
                )
            return
        if sheet.api.ProtectContents:
            raise UserError(
                f"「{sheet.name}」受保护，不能写入。请在「审阅」里取消「保护工作表」再试。"
            )
        for box in boxes:
            if sheet.api.Range(range_text(box)).HasArray is not False:
                self._check_arrays(sheet, box)

    def _check_arrays(self, sheet: xw.Sheet, box: Box) -> None:
        for part, yes in uniform(box, lambda part: sheet.api.Range(range_text(part)).HasArray):
            if yes:
                area = sheet.api.Range(range_text((*part[:2], *part[:2]))).CurrentArray
                first, left = area.Row, area.Column
                whole = first, left, first + area.Rows.Count - 1, left + area.Columns.Count - 1
                if whole[:2] != whole[2:]:
                    raise array_refusal(sheet.name, part[0], part[1], whole)

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        helper = self.book.app.api.AutoCorrect
        before = {
            name: getattr(helper, name)
            for name in ("AutoExpandListRange", "AutoFillFormulasInLists")
        }
        try:
            for name in before:
                setattr(helper, name, False)
            yield
        finally:
            for name, value in before.items():
                setattr(helper, name, value)

    def named_style(self, cells: xw.Range, key: str) -> bool:
        name = "KP" + key
        if not self._styles:
            self._styles = {str(style.Name) for style in self.book.api.Styles}
        if name not in self._styles:
            _describe(self.book.api.Styles.Add(name), STYLES[key])
            self._styles.add(name)
        cells.api.Style = name
        return True

    def hide(self, name: xw.Name) -> None:
        name.api.Visible = False

    def lay_out(self, sheet: xw.Sheet, layout: Layout) -> None:
        for ranged, words in layout.dropdowns.items():
            chosen = sheet.api.Range(ranged).Validation
            chosen.Add(Type=_LIST, Formula1=",".join(words))
            chosen.ShowError = False
        if layout.freeze:
            sheet.activate()
            window = self.book.app.api.ActiveWindow
            window.FreezePanes = False
            window.SplitColumn, window.SplitRow = 0, layout.freeze
            window.FreezePanes = True
        with contextlib.suppress(Exception):  # a desk without a printer has no page set-up
            page = sheet.api.PageSetup
            page.PaperSize = _A4
            page.Orientation = _LANDSCAPE if layout.landscape else _PORTRAIT
            page.Zoom = False
            page.FitToPagesWide, page.FitToPagesTall = 1, False
            if layout.title_rows:
                page.PrintTitleRows = "${}:${}".format(*layout.title_rows)

    def complaint(self, error: BaseException) -> str | None:
        if type(error).__name__ != "com_error":
            return None
        told = error.args[2] if len(error.args) > 2 else None
        return str(
            told[2] if told and told[2] else error.args[1] if len(error.args) > 1 else error
        ).strip()


def _describe(named: Any, style: Style) -> None:
    """Give a new named style its looks."""
    named.Font.Name, named.Font.Size, named.Font.Bold = style.font, style.size, style.bold
    named.Font.Color = _bgr(style.color)
    if style.fill:
        named.Interior.Color = _bgr(style.fill)
    named.HorizontalAlignment, named.VerticalAlignment = (
        _PLACES[style.horizontal],
        _PLACES[style.vertical],
    )
    named.WrapText, named.IndentLevel = style.wrap, style.indent
    named.NumberFormat = style.number_format
    for edge in _EDGES if style.border else ():
        named.Borders(edge).LineStyle = 1


def _bgr(color: str) -> int:
    """RRGGBB as Excel's number, which has blue first."""
    return int.from_bytes(bytes.fromhex(color), "little")


def native(book: xw.Book) -> Native:
    """Excel's own objects where the book has them: xlwings' engine for Excel on Windows."""
    return (
        Com(book) if sys.platform == "win32" and book.app.engine.name == "excel" else Native(book)
    )
