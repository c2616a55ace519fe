"""xlwings' remote engine as a host: a small model of Excel's grid stands behind it and does what the engine asks for.

The engine (`xw.Book(json=…)`) sends what it is told as actions; the model carries them out as Excel would: what is put into
a cell that is not formatted as text is read as if typed, so that a host that forgets the format is found out. The licence
key "noncommercial" is for these tests only.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from unittest import mock

from xlplugin.book import STYLES, Book, Grid
from xlplugin.cells import CellError, Uncalculated, address, normal, split_range
from xlplugin.hosts.guards import range_text

ERRORS = {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: \d\d:\d\d:\d\d)?|\d{1,2}[-/]\d{1,2}")


@contextmanager
def engine() -> Iterator[Any]:
    """xlwings with its remote engine, which is there no longer afterwards; the key is in the environment for an import only."""
    import xlwings

    with mock.patch.dict(os.environ, {"XLWINGS_LICENSE_KEY": "noncommercial"}):
        from xlwings.pro import _xlremote
    engines = xlwings.engines
    before = list(engines.engines), dict(engines.engines_by_name), engines.active
    engines.add(xlwings.Engine(impl=_xlremote.engine))
    try:
        yield xlwings
    finally:
        for book in list(engines["remote"].apps[0].books):
            book.close()
        engines.engines[:], engines.active = before[0], before[2]
        engines.engines_by_name.clear()
        engines.engines_by_name.update(before[1])


@dataclass
class Square:
    """One cell: value as Excel holds it, formula with "=", number format and looks."""

    value: Any = ""
    formula: str | None = None
    format: str = "General"
    looks: dict[str, Any] = field(default_factory=dict)


@dataclass
class Page:
    """One sheet."""

    name: str
    squares: dict[tuple[int, int], Square] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    tables: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def at(self, row: int, column: int) -> Square:
        return self.squares.setdefault((row, column), Square())


class Model:
    """The workbook behind the engine."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.actions: list[str] = []
        self.calculation = "Automatic"

    def json(self) -> dict[str, Any]:
        """What Excel sends: the contract of `xw.Book(json=…)`."""
        return {
            "client": "Office.js",
            "version": version("xlwings"),
            "names": [
                {
                    "name": name,
                    "sheet_index": at,
                    "address": "A1",
                    "refers_to": f"='{page.name}'!$A$1",
                    "book_scope": False,
                    "scope_sheet_name": page.name,
                    "scope_sheet_index": at,
                }
                for at, page in enumerate(self.pages)
                for name in page.names
            ],
            "book": {
                "name": "台账.xlsm",
                "active_sheet_index": 0,
                "selection": "A1",
                "calculation": self.calculation,
            },
            "sheets": [
                {
                    "name": page.name,
                    "values": _values(page),
                    "visibility": "Visible",
                    "pictures": [],
                    "shapes": [],
                    "charts": [],
                    "notes": [],
                    "print_area": None,
                    "show_gridlines": True,
                    "pivot_tables": [],
                    "tables": [_table(name, ref) for name, ref in page.tables.items()],
                }
                for page in self.pages
            ],
        }

    def do(self, actions: list[dict[str, Any]]) -> None:
        """Carry the engine's actions out, in their order."""
        for action in actions:
            self.actions.append(action["func"])
            _DOING[action["func"]](self, action)


def _values(page: Page) -> list[list[Any]]:
    used = [place for place, square in page.squares.items() if square.value != "" or square.formula]
    if not used:
        return [[]]
    rows, columns = max(row for row, _ in used), max(column for _, column in used)
    return [
        [_sent(page.squares.get((row, column))) for column in range(1, columns + 1)]
        for row in range(1, rows + 1)
    ]


def _sent(square: Square | None) -> Any:
    if square is None:
        return ""
    return (
        square.value.strftime("%Y-%m-%dT00:00:00.000Z")
        if isinstance(square.value, dt.date)
        else square.value
    )


def _table(name: str, ref: str) -> dict[str, Any]:
    first, left, last, right = split_range(ref)
    return {
        "name": name,
        "range_address": ref,
        "header_row_range_address": range_text((first, left, first, right)),
        "data_body_range_address": range_text((first + 1, left, last, right)),
        "total_row_range_address": None,
        "show_headers": True,
        "show_totals": False,
        "table_style": "",
        "show_autofilter": True,
        "row_count": last - first + 1,
        "column_count": right - left + 1,
    }


def typed(value: Any, square: Square) -> Any:
    """What Excel makes of a value put into a cell: numbers in a text cell become text, text elsewhere is read as if typed."""
    if square.format == "@":
        return value if isinstance(value, str) else str(value)
    if not isinstance(value, str):
        return value
    if value in ERRORS:
        return CellError(value)
    if date := _DATE.fullmatch(value):
        return dt.date(*map(int, date.groups())) if date[1] else dt.date(2021, 1, 2)
    if _NUMBER.fullmatch(value):
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    if value[:1] in ("=", "+", "-", "@"):
        return CellError("#NAME?")
    return (
        value[1:] if value[:1] == "'" else {"TRUE": True, "FALSE": False}.get(value.upper(), value)
    )


def _each(model: Model, action: dict[str, Any]) -> Iterator[tuple[int, int, Square]]:
    page = model.pages[action["sheet_position"]]
    for row in range(action["row_count"]):
        for column in range(action["column_count"]):
            yield (
                row,
                column,
                page.at(action["start_row"] + row + 1, action["start_column"] + column + 1),
            )


def _set_values(model: Model, action: dict[str, Any]) -> None:
    for row, column, square in _each(model, action):
        value = action["values"][row][column]
        square.value, square.formula = value if value == "" else typed(value, square), None


def _set_formula(model: Model, action: dict[str, Any]) -> None:
    page = model.pages[action["sheet_position"]]
    for row, column, square in _each(model, action):
        text = action["values"][row][column]
        if square.format == "@":
            square.value, square.formula = text, None
        else:
            square.value, square.formula = calculated(text, page), text


def calculated(text: str, page: Page) -> Any:
    """The model's whole arithmetic: a product of one cell with a number; 0 for any other formula."""
    if match := re.fullmatch(r"=([A-Z]+\d+)\*(\d+)", text):
        row, column, *_ = split_range(match[1])
        return float(page.at(row, column).value or 0) * int(match[2])
    return 0.0


def _look(name: str) -> Callable[[Model, dict[str, Any]], None]:
    def do(model: Model, action: dict[str, Any]) -> None:
        for _, _, square in _each(model, action):
            square.looks[name] = action["args"][0]

    return do


def _set_font(model: Model, action: dict[str, Any]) -> None:
    for _, _, square in _each(model, action):
        square.looks["font " + action["args"][0]] = action["args"][1]


def _set_border(model: Model, action: dict[str, Any]) -> None:
    for _, _, square in _each(model, action):
        square.looks["border"] = True


def _set_format(model: Model, action: dict[str, Any]) -> None:
    for _, _, square in _each(model, action):
        square.format = action["args"][0]


def _set_height(model: Model, action: dict[str, Any]) -> None:
    for row in range(action["row_count"]):
        model.pages[action["sheet_position"]].heights[action["start_row"] + row + 1] = action[
            "args"
        ][0]


def _set_autofit(model: Model, action: dict[str, Any]) -> None:
    for row in range(action["row_count"]):
        model.pages[action["sheet_position"]].heights.pop(action["start_row"] + row + 1, None)


def _set_width(model: Model, action: dict[str, Any]) -> None:
    model.pages[action["sheet_position"]].widths[action["start_column"] + 1] = action["args"][0]


def _add_sheet(model: Model, action: dict[str, Any]) -> None:
    position, name = action["args"]
    model.pages.insert(position, Page(name))


def _delete_sheet(model: Model, action: dict[str, Any]) -> None:
    del model.pages[action["sheet_position"]]


def _box(action: dict[str, Any]) -> str:
    top, left = action["start_row"] + 1, action["start_column"] + 1
    return range_text((top, left, top + action["row_count"] - 1, left + action["column_count"] - 1))


def _add_name(model: Model, action: dict[str, Any]) -> None:
    model.pages[action["sheet_position"]].names.append(action["args"][0])


def _merge(model: Model, action: dict[str, Any]) -> None:
    model.pages[action["sheet_position"]].merged.add(_box(action))


def _unmerge(model: Model, action: dict[str, Any]) -> None:
    model.pages[action["sheet_position"]].merged.discard(_box(action))


def _resize(model: Model, action: dict[str, Any]) -> None:
    tables = model.pages[action["sheet_position"]].tables
    number, ref = action["args"]
    tables[list(tables)[number]] = ref.replace("$", "")


def _calculation(model: Model, action: dict[str, Any]) -> None:
    model.calculation = action["args"][0]


def _nothing(_model: Model, _action: dict[str, Any]) -> None:
    """An action that changes no cell."""


_DOING: dict[str, Callable[[Model, dict[str, Any]], None]] = {
    "setValues": _set_values,
    "setFormula": _set_formula,
    "setNumberFormat": _set_format,
    "setFontProperty": _set_font,
    "setRangeColor": _look("fill"),
    "setWrapText": _look("wrap"),
    "setHorizontalAlignment": _look("horizontal"),
    "setVerticalAlignment": _look("vertical"),
    "setBorderProperty": _set_border,
    "setRowHeight": _set_height,
    "setAutofit": _set_autofit,
    "setColumnWidth": _set_width,
    "addSheet": _add_sheet,
    "sheetDelete": _delete_sheet,
    "namesAdd": _add_name,
    "rangeMerge": _merge,
    "rangeUnmerge": _unmerge,
    "resizeTable": _resize,
    "setCalculation": _calculation,
    "setScreenUpdating": _nothing,
    "activateSheet": _nothing,
}


def model_of(sheets: dict[str, Grid], tables: dict[str, tuple[str, str]]) -> Model:
    """A workbook with these contents."""
    pages = []
    for name, grid in sheets.items():
        page = Page(name)
        for row, values in enumerate(grid.rows, start=1):
            for column, value in enumerate(values, start=1):
                value = normal(value)
                if value is not None and not isinstance(value, Uncalculated):
                    is_text = isinstance(value, str) and not isinstance(value, CellError)
                    page.squares[row, column] = Square(value, None, "@" if is_text else "General")
        for place, formula in grid.formulas.items():
            page.at(*place).formula = "=" + formula
        page.merged = set(grid.merged)
        if name in tables:
            page.tables[tables[name][0]] = tables[name][1]
        pages.append(page)
    return Model(pages)


@contextmanager
def opened(model: Model) -> Iterator[Any]:
    """The model's workbook, open in the remote engine."""
    with engine() as xlwings:
        yield xlwings.Book(json=model.json())


class Remote:
    """The host as the examination meets it (`examined.Host`), inside `engine()`."""

    def __init__(self, xlwings: Any) -> None:
        self.xlwings = xlwings
        self.model = Model([])

    def open(self, sheets: Any, tables: Any) -> Book:
        self.model = model_of(sheets, tables)
        return self._book()

    def _book(self) -> Book:
        from xlplugin.hosts.excel import ExcelBook

        return ExcelBook(self.xlwings.Book(json=self.model.json()))

    def again(self, book: Any) -> Book:
        self.model.do(book.book.json()["actions"])
        book.book.close()
        return self._book()

    def looks(self, sheet: str, row: int, column: int) -> dict[str, Any]:
        """A cell's looks, spelled as `book.Style` spells them."""
        square = next(page for page in self.model.pages if page.name == sheet).at(row, column)
        looks = square.looks
        color = looks.get("fill")
        return {
            "font": looks.get("font name"),
            "size": looks.get("font size"),
            "bold": looks.get("font bold"),
            "color": str(looks.get("font color"))[1:].upper(),
            "fill": color and color[1:].upper(),
            "horizontal": str(looks.get("horizontal")).lower(),
            "vertical": str(looks.get("vertical")).lower(),
            "wrap": looks.get("wrap"),
            "border": looks.get("border", False),
            **(
                {} if square.format == "@" else {"number_format": square.format}
            ),  # text is formatted as text
        }

    def style(self, book: Book, sheet: str, row: int, column: int) -> str:
        del book
        looks = self.looks(sheet, row, column)
        fits = [
            key
            for key, style in STYLES.items()
            if all(getattr(style, name) == value for name, value in looks.items())
        ]
        return "KP" + "=".join(fits)

    def height(self, book: Book, sheet: str, row: int) -> float | None:
        del book
        return next(page for page in self.model.pages if page.name == sheet).heights.get(row)

    def width(self, book: Book, sheet: str, column: int) -> float | None:
        del book
        return next(page for page in self.model.pages if page.name == sheet).widths.get(column)

    def table(self, book: Book, sheet: str, name: str) -> str:
        del book
        first, left, last, right = split_range(
            next(p for p in self.model.pages if p.name == sheet).tables[name]
        )
        return f"{address(first, left)}:{address(last, right)}"
