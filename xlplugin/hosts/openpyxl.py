"""An open openpyxl Workbook as a `Book`: for tests, notebooks and anyone's own openpyxl script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_GENERAL, is_date_format, is_timedelta_format
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.book import (
    FORMATTED,
    MARK,
    STYLES,
    Changes,
    Grid,
    Layout,
    Put,
    Span,
    Style,
    tells_unit,
)
from xlplugin.cells import (
    Cell,
    Uncalculated,
    address,
    column_letters,
    column_number,
    normal,
    split_address,
    split_range,
)
from xlplugin.hosts import guards
from xlplugin.hosts.links import refers_elsewhere
from xlplugin.say import seen

_DATE_FORMAT = "yyyy/m/d"


def _formats(sheet: Worksheet) -> dict[tuple[int, int], str]:
    return {
        (row, column): cell.number_format
        for row, cells in enumerate(sheet.iter_rows(max_row=min(FORMATTED, sheet.max_row)), start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.has_style and tells_unit(cell.number_format)
    }


def _struck(sheet: Worksheet) -> frozenset[tuple[int, int]]:
    """Each cell format is asked once: a font is put together anew for every cell that is asked for it."""
    strikes: dict[int, bool] = {}
    found = []
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None and cell.has_style:
                if cell.style_id not in strikes:
                    strikes[cell.style_id] = bool(cell.font.strike)
                if strikes[cell.style_id]:
                    found.append((cell.row, cell.column))
    return frozenset(found)


_A4 = 9


class OpenpyxlBook:
    """A `Book` over a workbook that stays the caller's: nothing is saved here.

    openpyxl holds either formulas or their results. Formulas are read as `Uncalculated`, unless the workbook was loaded
    with data_only or the result was given with the formula by `write`. A table takes its filter and its validations
    along to a new last row; charts and conditional formats stay, since openpyxl keeps them out of reach.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._results: dict[tuple[str, int, int], tuple[str, Cell]] = {}

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets, in order."""
        return tuple(sheet.title for sheet in self.workbook.worksheets)

    @property
    def made(self) -> frozenset[str]:
        """Names of the worksheets that bear the program's mark."""
        return frozenset(
            each.title for each in self.workbook.worksheets if MARK in each.defined_names
        )

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.workbook[name]
        if not isinstance(sheet, Worksheet):
            raise KeyError(name)
        return sheet

    def read(self, sheet: str) -> Grid:
        """A sheet's cells in normal form. Raises KeyError for a sheet that is not there."""
        source = self._sheet(sheet)
        links: dict[tuple[int, int], str] = {}
        rows = []
        for number, cells in enumerate(source.iter_rows(), start=1):
            rows.append([self._value(sheet, cell, links) for cell in cells])
            assert not cells or cells[0].row == number  # iter_rows begins at A1
        return Grid(
            rows,
            links,
            frozenset(
                number
                for number, row in source.row_dimensions.items()
                if row.hidden or row.height == 0
            ),
            tuple(sorted(str(ranged) for ranged in source.merged_cells.ranges)),
            _is_filtered(source),
            frozenset(
                column
                for letters, width in source.column_dimensions.items()
                if width.hidden
                for column in range(
                    width.min or column_number(letters), (width.max or column_number(letters)) + 1
                )
            ),
            source.sheet_state != "visible",
            _formats(source),
            _struck(source),
        )

    def _value(
        self, sheet: str, cell: OpenpyxlCell | MergedCell, links: dict[tuple[int, int], str]
    ) -> Cell:
        value: object = cell.value
        formula = _formula(cell)
        if formula is None:
            return normal(
                str(value) if isinstance(value, list) else value
            )  # rich text is a list of its runs
        row, column = split_address(cell.coordinate)
        if refers_elsewhere(formula):
            links[row, column] = formula
        known, result = self._results.get((sheet, row, column), ("", None))
        if known == formula and result is not None:
            return result
        return normal(Uncalculated(formula))

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells at once; a missing sheet is added. Raises UserError as every host does."""
        is_new = sheet not in self.sheets
        if is_new:
            guards.check_name(sheet, self.workbook.sheetnames)
        target = None if is_new else self._sheet(sheet)
        merged = [str(ranged) for ranged in target.merged_cells.ranges] if target else []
        kept, gone = ([], merged) if changes.instead else (merged, [])
        merges = guards.check_merges(sheet, kept, changes.merges)
        if target and changes.instead:
            changes = changes.over(self.read(sheet))
        puts = changes.puts()
        guards.check_covered(sheet, (*kept, *merges), puts)
        for (row, column), put in puts.items():
            guards.checked(sheet, row, column, put)
        if target:
            _check_changes(target, puts)
        if target is None:
            target = self.workbook.create_sheet(sheet)
            _lay_out(target, changes.layout)
        for text in gone:
            target.unmerge_cells(text)
        for text in merges:
            target.merge_cells(text)
        for (row, column), put in puts.items():
            self._put(target, row, column, put)
        _set_sizes(target, changes)
        if changes.span:
            _resize(target, changes.span)
        if changes.made and MARK not in target.defined_names:
            place = f"{quote_sheetname(sheet)}!$A$1"
            target.defined_names.add(DefinedName(MARK, attr_text=place, hidden=True))

    def _put(self, sheet: Worksheet, row: int, column: int, put: Put) -> None:
        value = normal(put.value)
        if (
            value is None
            and put.formula is None
            and put.style is None
            and (row, column) not in sheet._cells
        ):
            return
        cell = sheet.cell(row, column)
        if put.style is not None:
            cell.style = self._named_style(put.style)
        if isinstance(cell, MergedCell):
            return
        self._results.pop((sheet.title, row, column), None)
        if put.formula is not None:
            cell.value = "=" + put.formula
            self._results[sheet.title, row, column] = put.formula, value
        else:
            cell.value = seen(value) if isinstance(value, str) else value
            if isinstance(value, str) and cell.data_type == "f":
                cell.data_type = "s"  # text that begins with = is text
        shown, is_timed = cell.number_format, is_date_format(cell.number_format)
        if isinstance(value, dt.date) and (not is_timed or is_timedelta_format(shown)):
            cell.number_format = _DATE_FORMAT
        elif isinstance(value, (int, float, Decimal)) and is_timed:
            cell.number_format = FORMAT_GENERAL

    def _named_style(self, key: str) -> str:
        name = "KP" + key
        if name not in self.workbook.named_styles:
            self.workbook.add_named_style(named_style(name, STYLES[key]))
        return name


def _formula(cell: OpenpyxlCell | MergedCell) -> str | None:
    """A cell's formula without "="; None where it has none."""
    value: object = cell.value
    if isinstance(value, ArrayFormula):
        return (value.text or "").removeprefix("=")
    if isinstance(value, DataTableFormula):
        return ""
    return value[1:] if cell.data_type == "f" and isinstance(value, str) else None


def _check_changes(sheet: Worksheet, cells: Mapping[tuple[int, int], Put]) -> None:
    """Raises UserError inside an array formula, and for another text in a table's header or totals."""
    arrays, labels = _arrays(sheet), _labels(sheet)
    for (row, column), put in cells.items():
        if _says_already(sheet._cells.get((row, column)), put):
            continue
        for box in arrays:
            if guards.inside(box, row, column):
                raise guards.array_refusal(sheet.title, row, column, box)
        if any(guards.inside(label, row, column) for label in labels):
            raise guards.label_refusal(sheet.title, row, column)


def _arrays(sheet: Worksheet) -> list[guards.Box]:
    """The ranges of array formulas and data tables that hold more than one cell."""
    values = (cell.value for cell in sheet._cells.values())
    boxes = [
        split_range(value.ref)
        for value in values
        if isinstance(value, (ArrayFormula, DataTableFormula))
    ]
    return [box for box in boxes if box[:2] != box[2:]]


def _labels(sheet: Worksheet) -> list[guards.Box]:
    """The header and the totals of the sheet's tables."""
    return [
        (row, left, row, right)
        for table in sheet.tables.values()
        for first, left, last, right in [split_range(table.ref)]
        for row in (first,) * bool(table.headerRowCount) + (last,) * bool(table.totalsRowCount)
    ]


def _says_already(present: OpenpyxlCell | MergedCell | None, put: Put) -> bool:
    """Whether a cell holds the very value already, neither by a formula nor in place of one."""
    if put.formula is not None or (present is not None and present.data_type == "f"):
        return False
    return normal(None if present is None else present.value) == normal(put.value)


def _is_filtered(sheet: Worksheet) -> bool:
    filters = [
        sheet.auto_filter,
        *(table.autoFilter for table in sheet.tables.values() if table.autoFilter),
    ]
    conditions = ("filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter")
    columns = [column for each in filters for column in each.filterColumn]
    return bool(sheet.sheet_properties.filterMode) or any(
        getattr(column, condition) is not None for column in columns for condition in conditions
    )


def _set_sizes(sheet: Worksheet, changes: Changes) -> None:
    for row, height in changes.heights.items():
        sheet.row_dimensions[row].height = height
    for column, width in changes.widths.items():
        sheet.column_dimensions[column_letters(column)].width = width


def _lay_out(sheet: Worksheet, layout: Layout) -> None:
    """Set a new sheet up as the layout says."""
    for column, width in layout.widths.items():
        sheet.column_dimensions[column_letters(column)].width = width
    if layout.freeze:
        sheet.freeze_panes = address(layout.freeze + 1, 1)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if layout.landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for ranged, words in layout.dropdowns.items():
        offered = f'"{",".join(words)}"'
        sheet.add_data_validation(DataValidation("list", offered, allow_blank=True, sqref=ranged))
    if layout.title_rows:
        sheet.print_title_rows = "{}:{}".format(*layout.title_rows)


def _resize(sheet: Worksheet, span: Span) -> None:
    """Move a table's last row, with its filter and the validations over whole columns of it."""
    if span.table not in sheet.tables:
        return
    table = sheet.tables[span.table]
    first, left, old, right = split_range(table.ref)
    last = max(span.last_row, first + 1)
    table.ref = guards.range_text((first, left, last, right))
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref
    for validation in sheet.data_validations.dataValidation:
        boxes = [split_range(str(ranged)) for ranged in validation.sqref.ranges]
        if any(box[2] == old and box[0] <= first + 1 for box in boxes):
            ranges = [
                (box[0], box[1], last if box[2] == old and box[0] <= first + 1 else box[2], box[3])
                for box in boxes
            ]
            validation.sqref = type(validation.sqref)(" ".join(map(guards.range_text, ranges)))


def named_style(name: str, style: Style) -> NamedStyle:
    line = Side(style="thin") if style.border else None
    return NamedStyle(
        name=name,
        font=Font(name=style.font, size=style.size, bold=style.bold, color=style.color),
        fill=PatternFill("solid", fgColor=style.fill) if style.fill else PatternFill(),
        border=Border(left=line, right=line, top=line, bottom=line),
        alignment=Alignment(
            horizontal=style.horizontal,
            vertical=style.vertical,
            wrap_text=style.wrap or None,
            indent=style.indent,
        ),
        number_format=style.number_format,
    )
