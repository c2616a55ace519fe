"""The cells that a button writes, put into the open document: all of them, as one step that can be undone, or none."""

from __future__ import annotations

import contextlib
import datetime as dt

import uno

from .sheets import DATE, MARK, Uno, box_of, formula_boxes, is_made

EXCEL = 3
"""Formulas as Excel's files have them (com.sun.star.sheet.AddressConvention.XL_OOX)."""
PLACES: dict[str, Uno] = {
    "HoriJustify": {
        "left": "LEFT",
        "center": "CENTER",
        "right": "RIGHT",
        "general": "STANDARD",
        "distributed": "BLOCK",
    },
    "VertJustify": {"top": 1, "center": 2, "bottom": 3, "distributed": 4},
}
CONTENTS = 1 | 2 | 4 | 16
"""Numbers, dates, text, formulas (com.sun.star.sheet.CellFlags)."""
POINT = 2540 / 72
"""Hundredths of a millimetre; LibreOffice measures in them."""


class Refused(Exception):
    """It cannot be written; the message says why, in the clerk's words."""


def write(model: Uno, title: str, steps: list[dict[str, Uno]], looks: dict[str, Uno]) -> None:
    """Carry out what a button has decided (`addin.office`). Raises Refused, and leaves the document as it was."""
    check(model, steps)
    before = model.isModified()
    undo = model.getUndoManager()
    steps_before = undo.getAllUndoActionTitles()
    undo.enterUndoContext(title)
    try:
        for step in steps:
            OpenSheet(model, step, looks).write()
    except Exception as error:
        undo.leaveUndoContext()
        if undo.getAllUndoActionTitles() != steps_before:  # else the clerk's own last step would go
            undo.undo()
        model.setModified(before)
        said = getattr(error, "Message", "") or str(error)
        raise Refused(
            f"写到一半，LibreOffice 说：{said.splitlines()[0] if said else '不行'}。已恢复原样。"
        ) from error
    undo.leaveUndoContext()


def check(model: Uno, steps: list[dict[str, Uno]]) -> None:
    """Raises Refused where the document or a sheet may not be changed."""
    if model.isReadonly():
        raise Refused("文档是只读的，什么也没有写。请另存一份，打开那一份再点。")
    for step in steps:
        if model.Sheets.hasByName(step["sheet"]):
            if model.Sheets.getByName(step["sheet"]).isProtected():
                raise Refused(
                    f"「{step['sheet']}」受保护，不能写入。请在「工具」里取消「保护工作表」，再点一次。"
                )
            _check_arrays(model.Sheets.getByName(step["sheet"]), step)
        elif model.isProtected():
            raise Refused(
                "工作簿结构受保护，不能增加工作表。请在「工具」里取消「保护电子表格结构」，再点一次。"
            )


def _check_arrays(sheet: Uno, step: dict[str, Uno]) -> None:
    """Raises Refused where one cell of an array formula would be written: LibreOffice leaves it as it is, and says nothing."""
    written = [box for box, _ in step["values"]]
    written += [(row, column, row, column) for row, column, _ in step["formulas"]]
    for first, left, last, right in map(box_of, formula_boxes(sheet)):
        for row in range(first, last + 1):
            for column in range(left, right + 1):
                cell = sheet.getCellByPosition(column - 1, row - 1)
                if cell.getArrayFormula() and any(
                    box[0] <= row <= box[2] and box[1] <= column <= box[3] for box in written
                ):
                    place = cell.AbsoluteName.rpartition(".")[2].replace("$", "")
                    raise Refused(
                        f"「{step['sheet']}」{place} 属于数组公式，不能单独改写，请先删除该公式再重试。"
                    )


class OpenSheet:
    """One sheet and what is to change in it."""

    def __init__(self, model: Uno, step: dict[str, Uno], looks: dict[str, Uno]) -> None:
        self._model = model
        self._step = step
        self._looks = looks
        sheets = model.Sheets
        self._new = not sheets.hasByName(step["sheet"])
        if self._new:
            sheets.insertNewByName(step["sheet"], sheets.getCount())
        self._sheet = sheets.getByName(step["sheet"])

    def write(self) -> None:
        """Merges, table, values, formulas, looks, sizes."""
        step = self._step
        if self._new:
            self._lay_out(step["layout"])
        for box in step["parted"]:
            self._box(box).merge(False)
        if step["span"]:
            self._span(*step["span"])
        for key in {key for _, key in step["styles"]}:
            self._style(key)
        for box, key in step["styles"]:
            self._box(box).CellStyle = "KP" + key
        for box, values in step["values"]:
            self._values(box, values)
        for row, column, text in step["formulas"]:
            self._formula(self._sheet.getCellByPosition(column - 1, row - 1), text)
        for box in step["merged"]:
            self._box(box).merge(True)
        self._sizes(step)
        if step["made"] and not is_made(self._sheet):
            at = self._sheet.getCellByPosition(0, 0)
            name = self._sheet.getName().replace("'", "''")
            self._sheet.NamedRanges.addNewByName(MARK, f"$'{name}'.$A$1", at.getCellAddress(), 0)

    def _box(self, box: Uno) -> Uno:
        first, left, last, right = box
        return self._sheet.getCellRangeByPosition(left - 1, first - 1, right - 1, last - 1)

    def _values(self, box: Uno, values: list[list[Uno]]) -> None:
        """Cell by cell: what `setDataArray` puts into empty cells stays there when it is undone."""
        start = self._model.NullDate
        day0 = dt.date(start.Year, start.Month, start.Day)
        for row, line in enumerate(values, start=box[0] - 1):
            for column, value in enumerate(line, start=box[1] - 1):
                cell = self._sheet.getCellByPosition(column, row)
                if isinstance(value, dict):
                    cell.setValue((_day(value["date"]) - day0).days)
                    self._dated(cell)
                elif isinstance(value, bool):
                    cell.setFormula("=TRUE()" if value else "=FALSE()")
                elif isinstance(value, str):
                    cell.setString(value)
                elif value is not None:
                    cell.setValue(value)
                elif cell.Type.value != "EMPTY":
                    cell.clearContents(CONTENTS)

    def _dated(self, cell: Uno) -> None:
        """Show a date as a date."""
        formats = self._model.getNumberFormats()
        if not formats.getByKey(cell.NumberFormat).Type & DATE:
            cell.NumberFormat = _format(self._model, "YYYY-M-D")

    def _formula(self, cell: Uno, text: str) -> None:
        """A formula as Excel's files have it; ours are entered as typed, which every version knows them by."""
        if text.startswith("KP"):
            cell.setFormula("=" + text.replace(",", ";"))
            return
        parser = self._model.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, EXCEL
        cell.setTokens(parser.parseFormula(text, cell.getCellAddress()))

    def _span(self, table: str, last_row: int) -> None:
        """Move a table's last row."""
        tables = self._model.DatabaseRanges
        if tables.hasByName(table):
            area = tables.getByName(table).getDataArea()
            area.EndRow = max(last_row - 1, area.StartRow + 1)
            tables.getByName(table).setDataArea(area)

    def _sizes(self, step: dict[str, Uno]) -> None:
        for row, height in step["heights"]:
            line = self._sheet.Rows.getByIndex(row - 1)
            if height is None:
                line.OptimalHeight = True
            else:
                line.Height = round(height * POINT)
        self._widths(step["widths"])

    def _widths(self, widths: list[tuple[int, float]]) -> None:
        for column, width in widths:
            self._sheet.Columns.getByIndex(column - 1).Width = round((width * 7 + 5) * 2540 / 96)

    def _lay_out(self, layout: dict[str, Uno]) -> None:
        """A new sheet: widths, words that are offered, rows that are printed on each page and stay in sight."""
        self._widths(layout["widths"])
        for box, words in layout["dropdowns"]:
            area = self._box(box)
            offered = area.Validation
            offered.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
            offered.setFormula1(";".join(f'"{word}"' for word in words))
            offered.ShowErrorMessage = False
            area.Validation = offered
        if layout["title_rows"]:
            first, last = layout["title_rows"]
            self._sheet.setTitleRows(self._box((first, 1, last, 1)).getRangeAddress())
            self._sheet.setPrintTitleRows(True)
        view = self._model.getCurrentController()
        if layout["freeze"] and view is not None and hasattr(view, "freezeAtPosition"):
            before = view.getActiveSheet()
            view.setActiveSheet(self._sheet)
            view.freezeAtPosition(0, layout["freeze"])
            view.setActiveSheet(before)

    def _style(self, key: str) -> None:
        """The named style of a key, made where the document lacks it."""
        styles = self._model.StyleFamilies.getByName("CellStyles")
        name = "KP" + key
        if styles.hasByName(name):
            return
        styles.insertByName(name, self._model.createInstance("com.sun.star.style.CellStyle"))
        style, look = styles.getByName(name), self._looks[key]
        for script in ("", "Asian"):
            setattr(style, "CharFontName" + script, look["font"])
            setattr(style, "CharHeight" + script, look["size"])
            setattr(style, "CharWeight" + script, 150.0 if look["bold"] else 100.0)
        style.CharColor = int(look["color"], 16)
        if look["fill"]:
            style.CellBackColor = int(look["fill"], 16)
        style.HoriJustify = uno.Enum(
            "com.sun.star.table.CellHoriJustify", PLACES["HoriJustify"][look["horizontal"]]
        )
        style.VertJustify = PLACES["VertJustify"][look["vertical"]]
        style.IsTextWrapped = look["wrap"]
        style.NumberFormat = _format(self._model, look["number_format"])
        if look["border"]:
            line = uno.createUnoStruct("com.sun.star.table.BorderLine2")
            line.OuterWidth = line.LineWidth = 18
            for side in ("Left", "Right", "Top", "Bottom"):
                setattr(style, side + "Border", line)


def _day(text: str) -> dt.date:
    return dt.date(*map(int, text.split("-")))


def _format(model: Uno, code: str) -> int:
    """The key of a number format, given in English."""
    formats = model.getNumberFormats()
    english = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    key = formats.queryKey(code, english, False)
    return int(key if key >= 0 else formats.addNew(code, english))


@contextlib.contextmanager
def quiet(model: Uno) -> Uno:
    """Nothing is drawn meanwhile, nothing recorded for 撤销, and the document counts as it did: changed or not."""
    undo = model.getUndoManager()
    before = model.isModified()
    undo.lock()
    model.lockControllers()
    try:
        yield
    finally:
        model.unlockControllers()
        undo.unlock()
        if not before:
            _calm(model)


def _calm(model: Uno) -> None:
    """Let a document count as unchanged. What has drawn a chart anew would not; but who asks for one that is not drawn draws it."""
    model.setModified(False)
    if model.isModified():
        for sheet in map(model.Sheets.getByIndex, range(model.Sheets.getCount())):
            for chart in map(sheet.Charts.getByIndex, range(sheet.Charts.getCount())):
                chart.getEmbeddedObject().setModified(False)
