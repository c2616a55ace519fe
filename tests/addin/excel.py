# ruff: noqa: N802, N803, ARG002
"""An Excel in memory (pyOpenVBA's, measured against the real one) that runs our VBA over genuine xlwings dispatch.

It calculates no VBA function in a cell by itself: `Desk.cell` calls one as Excel would, with the cell as the caller, and
`Application.Calculate` calls again the cells that were volatile, or all of them where calculation was switched off and on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application, Range, Worksheet
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    member,
    method,
    setter,
)
from pyopenvba.interpreter._values import error

from xlplugin.builder.modules import CLASSES, DICTIONARY, WORKBOOK, XLWINGS
from xlplugin.schema import ANALYSIS

SCODE = -2146828288
NO_ARGUMENT = -2147352572
"""What COM makes of an argument that is left out."""

_STARTER = """
Public Function XLPy()
    Set XLPy = KpPythonServer.Started
End Function
"""


class Server(VBAObject):
    """The COM object that xlwings' XLPy() gives."""

    vba_type_name = "KpPythonServer"

    def __init__(self, dispatch: Callable[..., Any]) -> None:
        self.dispatch = dispatch
        self.reachable = True
        self.starts = 0
        self.calls: list[str] = []

    @member
    def Started(self) -> object:
        self.starts += 1
        self._need()
        return self

    @method
    def CallUDF(self, *given: object) -> object:
        self._need()
        module, function, arguments, *_ = given
        self.calls.append(str(function))
        assert isinstance(arguments, VBAArray)
        return to_vba(
            self.dispatch(module, function, tuple(to_com(value) for value in arguments.items))
        )

    def _need(self) -> None:
        if not self.reachable:
            raise error(1000, "no Python here")


class _Control(VBAObject):
    def __init__(self, excel: LiveExcel) -> None:
        self.excel = excel

    @member
    def Controls(self, Index: object = MISSING) -> object:
        return self

    @member
    def Enabled(self) -> object:
        return not self.excel.wizard


class LiveExcel(Application):
    """What the model of Excel leaves out and our VBA uses."""

    vba_type_name = "Application"
    desk: Desk
    wizard = False

    @member
    def Caller(self) -> object:
        return self.desk.caller if self.desk.caller is not None else VBAErrorValue(2023)

    @member
    def CommandBars(self, Index: object = MISSING) -> object:
        return _Control(self)

    @method
    def OnTime(self, *given: object) -> object:
        self.desk.waiting.append(str(given[1]).rpartition("!")[2])
        return EMPTY

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        Category: object = MISSING,
        ArgumentDescriptions: object = MISSING,
    ) -> object:
        assert isinstance(ArgumentDescriptions, VBAArray)
        self.desk.help[str(Macro).rpartition("!")[2]] = (
            str(Category),
            str(Description),
            list(ArgumentDescriptions.items),
        )
        return EMPTY

    @method
    def Volatile(self, Volatile: object = MISSING) -> object:
        self.desk.volatile = Volatile is MISSING or bool(Volatile)
        return EMPTY

    @method
    def Calculate(self) -> object:
        self.desk.calculate()
        return EMPTY


class LiveSheet(Worksheet):
    """A sheet whose calculation can be switched off and on."""

    vba_type_name = "Worksheet"

    @member
    def EnableCalculation(self) -> object:
        return True

    @setter("EnableCalculation")
    def _set_enable_calculation(self, value: object) -> None:
        self.book.application.desk.everything = True  # type: ignore[attr-defined]


class Desk:
    """A workbook open in that Excel."""

    def __init__(self, path: Path, dispatch: Callable[..., Any]) -> None:
        self.app = ExcelApplication.open(path, with_vba=False)
        self.server = Server(dispatch)
        self.caller: Range | None = None
        self.volatile = self.everything = False
        self.cells: dict[str, tuple[str, tuple[object, ...], bool]] = {}
        self.shown: dict[str, object] = {}
        self.waiting: list[str] = []
        self.help: dict[str, tuple[str, str, list[object]]] = {}
        self.calculations = 0
        self._complete()
        self._load(path)

    def _complete(self) -> None:
        self.excel.__class__ = LiveExcel
        self.excel.desk = self
        for sheet in self.app.workbook.sheets_:
            sheet.__class__ = LiveSheet
        known = self.app.interpreter.host.global_object

        def global_object(name: str) -> object:
            return self.server if name == "kppythonserver" else known(name)

        self.app.interpreter.host.global_object = global_object  # type: ignore[method-assign]

    def _load(self, path: Path) -> None:
        """The workbook's own modules; only xlwings' starting of a process is replaced."""
        from pyopenvba import ExcelFile

        with ExcelFile(path) as file:
            for module in file.vba_project().modules:
                if module.name == DICTIONARY or module.name.startswith("Sheet"):
                    continue
                text = (
                    _STARTER
                    if module.name == XLWINGS
                    else module.source.replace("#If Mac Then", "#If VBA7 Then")
                )
                kind = (
                    "document"
                    if module.name == WORKBOOK
                    else "class"
                    if module.name in CLASSES
                    else "standard"
                )
                self.app.add_module(text, name=module.name, kind=kind)

    @property
    def excel(self) -> Any:
        return self.app.application

    @property
    def status(self) -> object:
        """The status bar; False where Excel has it."""
        return self.excel.status_bar

    def range(self, sheet: str, address: str) -> Range:
        found = self.app.sheet(sheet).sheet.vba_get("Range", [address])
        assert isinstance(found, Range)
        return found

    def named(self, name: str) -> Range:
        found = self.app.workbook.vba_get("Names", [name]).vba_get("RefersToRange")  # type: ignore[union-attr]
        assert isinstance(found, Range)
        return found

    def call(self, function: str, *arguments: object, caller: Range | None = None) -> Any:
        """One call of a worksheet function, as a plain value; errors as "#2042"."""
        self.caller = caller
        try:
            return plain(self.app.interpreter.run(function, list(arguments)))
        finally:
            self.caller = None

    def cell(self, label: str, function: str, *arguments: object) -> Any:
        """Enter a formula: it is called now, and again whenever Excel calculates it."""
        self.shown[label] = self.call(function, *arguments)
        self.cells[label] = (function, arguments, self.volatile)
        self._calculated()
        return self.shown[label]

    def calculate(self) -> None:
        """As F9: volatile cells, and all of them after calculation was switched off and on."""
        self.calculations += 1
        everything, self.everything = self.everything, False
        for label, (function, arguments, volatile) in self.cells.items():
            if volatile or everything:
                self.shown[label] = self.call(function, *arguments)
        self._calculated()

    def _calculated(self) -> None:
        """The cells stand on 进度分析, and Excel says that it has calculated that sheet."""
        self.event("Workbook_SheetCalculate", self.app.sheet(ANALYSIS.title).sheet)

    def enter(self, sheet: str, address: str, value: object) -> None:
        """Type a value: Excel calculates tracked and volatile cells first, then tells of the change."""
        self.excel.enable_events = False
        self.app.sheet(sheet).set_value(address, value)
        self.excel.enable_events = True
        target = self.range(sheet, address)
        for label, (function, arguments, volatile) in self.cells.items():
            if volatile or any(
                isinstance(each, Range) and each.sheet is target.sheet for each in arguments
            ):
                self.shown[label] = self.call(function, *arguments)
        self._calculated()
        self.event("Workbook_SheetChange", target.sheet, target)

    def event(self, name: str, *arguments: object) -> None:
        self.app.interpreter.run(f"ThisWorkbook.{name}", list(arguments))

    def open(self) -> None:
        """Open the workbook, and let Excel be idle."""
        self.event("Workbook_Open")
        self.idle()

    def idle(self) -> None:
        while self.waiting:
            self.app.interpreter.run(self.waiting.pop(0))


def to_com(value: object) -> Any:
    """A VBA value as pywin32 hands it to Python."""
    if value is EMPTY:
        return None
    if value is MISSING:
        return NO_ARGUMENT
    if isinstance(value, VBAErrorValue):
        return SCODE + value.number
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAInt) or (isinstance(value, int) and not isinstance(value, bool)):
        return float(value)
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return tuple(to_com(each) for each in value.items)
        (top, bottom), (left, right) = value.bounds
        return tuple(
            tuple(to_com(value.get([row, column])) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
    assert isinstance(value, (str, float, bool)), value
    return value


def to_vba(value: Any) -> object:
    """A Python value as pywin32 hands it to VBA."""
    if isinstance(value, (list, tuple)):
        if value and isinstance(value[0], (list, tuple)):
            items = [to_vba(row[column]) for column in range(len(value[0])) for row in value]
            return VBAArray([(0, len(value) - 1), (0, len(value[0]) - 1)], items=items)
        return VBAArray([(0, len(value) - 1)], items=[to_vba(each) for each in value])
    if value is None:
        return EMPTY
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return VBAInt(value, "Long")


def plain(value: object) -> Any:
    """A VBA value for comparing."""
    if isinstance(value, VBAErrorValue):
        return f"#{value.number}"
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return [plain(each) for each in value.items]
        (top, bottom), (left, right) = value.bounds
        return [
            [plain(value.get([row, column])) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
    if isinstance(value, VBAInt):
        return int(value)
    return None if value in (EMPTY, MISSING) else value


def day(year: int, month: int, number: int) -> VBADate:
    """A date for a cell."""
    return VBADate.from_datetime(dt.date(year, month, number))
