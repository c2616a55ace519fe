"""What the KP_ cells of each open document have asked, and when they must be told anew.

A cell is given a result that may change (XVolatileResult). The sheets that the functions read are watched: when a cell of
them changes they are read again, and if anything is new the worker is asked once for all results, and Calc is told of
those that differ. So a KP_ cell without a ledger range follows the ledger, and the ledger is parsed once a change.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.sheet import ResultEvent, XVolatileResult
from com.sun.star.util import XModifyListener

from .desk import DESK, WORKER, Gone
from .sheets import Uno, is_made, rows, whole

MARKS = {"#KP:N/A": 32767, "#KP:VALUE": 519}
"""The worker's marks, and Calc's numbers for these errors: #N/A and #VALUE!."""
SAMPLE = "KP_SAMPLE"
KEPT = 64
"""Ranges given as ledgers that are remembered."""


def shown(value: Uno) -> Uno:
    """An answer as Calc takes it; an error is a number that is none, with Calc's own number in it."""
    if isinstance(value, list):
        return uno.Any("[][]any", tuple(tuple(shown(one) for one in row) for row in value))
    if isinstance(value, str) and value.startswith("#KP:"):
        bits = 0x7FF8000000000000 | MARKS.get(value, MARKS["#KP:VALUE"])
        return struct.unpack("<d", struct.pack("<Q", bits))[0]
    return float(value) if isinstance(value, int) else value  # of truth Calc makes nothing but 0


class LiveAnswer(unohelper.Base, XVolatileResult):
    """The answer in one or more cells."""

    def __init__(self) -> None:
        self.value: Uno = "#KP:N/A"
        self._listeners: list[Uno] = []

    def addResultListener(self, listener: Uno) -> None:  # noqa: N802
        """A cell has taken this result: it is told at once."""
        self._listeners.append(listener)
        self._tell(listener)

    def removeResultListener(self, listener: Uno) -> None:  # noqa: N802
        """A cell is gone."""
        self._listeners = [one for one in self._listeners if one != listener]

    def set(self, value: Uno) -> None:
        """Another answer; the cells are told if it differs."""
        before, self.value = self.value, value
        if before != value:
            for listener in tuple(self._listeners):
                self._tell(listener)

    def _tell(self, listener: Uno) -> None:
        event = ResultEvent()
        event.Source = self
        event.Value = shown(self.value)
        listener.modified(event)


class Watch(unohelper.Base, XModifyListener):
    """A cell of a watched sheet has changed."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def modified(self, _event: Uno) -> None:
        """Read anew what the functions read."""
        self._document.changed()

    def disposing(self, _event: Uno) -> None:
        """The document is closed."""
        DOCUMENTS.pop(self._document.uid, None)


class Later(unohelper.Base, XCallback):
    """Done when Calc has finished what it is at."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def notify(self, _data: Uno) -> None:
        """Tell what had to wait."""
        self._document.late()


class Document:
    """One open spreadsheet."""

    def __init__(self, model: Uno) -> None:
        self.model = model
        self.uid = model.RuntimeUID
        self._results: dict[tuple[Uno, ...], LiveAnswer] = {}
        self._ranges: dict[str, Uno] = {}
        self._watched: set[str] = set()
        self._inputs: tuple[list[str], list[Uno]] = ([], [])
        self._stamp = ""
        self._stale = True
        self._outdated = False
        self._busy = False
        self._waiting = False

    def result(self, function: str, given: tuple[Uno, ...], ledger: Uno) -> LiveAnswer:
        """The result that belongs into a cell; what stands in `ledger` comes as values, None for the own ledger."""
        source = "" if ledger is None else self._source(ledger)
        key = (source, function, given)
        if key in self._results:
            return self._results[key]
        found = self._results[key] = LiveAnswer()
        if self._busy:  # a KP_ cell on a sheet that is being read
            self._wait()
        else:
            self._read()
            self._ask([key])
        return found

    def changed(self) -> None:
        """Something may be new: if it is, every result is asked for again."""
        if self._busy:
            return
        self._stale = True
        self._read()
        if self._outdated:
            self._outdated = False
            self._ask(list(self._results))

    def late(self) -> None:
        """What had to wait is asked for."""
        self._waiting = False
        self._outdated = True
        self.changed()

    def watch(self) -> None:
        """Read what the functions read, and watch it from now on."""
        self._read()

    @contextlib.contextmanager
    def held(self) -> Uno:
        """Nothing is read while a button writes; afterwards all is, once."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            self.changed()

    def _wait(self) -> None:
        if not self._waiting:
            self._waiting = True
            services = uno.getComponentContext().ServiceManager
            services.createInstance("com.sun.star.awt.AsyncCallback").addCallback(Later(self), None)

    def _source(self, ledger: Uno) -> str:
        """What a range is, told by its values: the own ledger (""), the sample, or another, kept by what it holds."""
        key = hashlib.sha256(repr(ledger).encode()).hexdigest()
        if key in self._ranges:
            return self._ranges[key][0]  # type: ignore[no-any-return]
        sheet_rows = self._own_table()
        if sheet_rows is not None and _same(sheet_rows, ledger):
            self._stale = True
            found: tuple[str, Uno] = ("", None)
        elif SAMPLE in self._named() and _same(self._named()[SAMPLE], ledger):
            found = (SAMPLE, rows(self.model, self._named()[SAMPLE]))
        else:
            found = (
                f"range {key}",
                [[None if one == "" else one for one in row] for row in ledger],
            )
        if len(self._ranges) >= KEPT:
            self._ranges.clear()
        self._ranges[key] = found
        return found[0]

    def _named(self) -> dict[str, Uno]:
        """The defined names that mean cells."""
        names = self.model.NamedRanges
        found = {name: names.getByName(name).getReferredCells() for name in names.getElementNames()}
        return {name: cells for name, cells in found.items() if cells is not None}

    def _own_table(self) -> Uno:
        """The table of the own ledger; None where the workbook names none."""
        anchor = self._named().get(DESK["inputs"][0])
        return anchor and self._table(anchor)

    def _table(self, anchor: Uno) -> Uno:
        """The table around a cell, or None."""
        at = anchor.getRangeAddress()
        tables = self.model.DatabaseRanges
        for name in tables.getElementNames():
            area = tables.getByName(name).getDataArea()
            if area.Sheet == at.Sheet and _holds(area, at):
                return anchor.getSpreadsheet().getCellRangeByPosition(
                    area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
                )
        return None

    def _read(self) -> None:
        """The input sheets as they are now, if they may have changed."""
        if not self._stale:
            return
        self._busy = True
        try:
            self._inputs = self._read_inputs()
        finally:
            self._busy = False
        self._stale = False
        stamp = hashlib.sha256(json.dumps(self._inputs).encode()).hexdigest()
        self._outdated = self._outdated or stamp != self._stamp
        self._stamp = stamp

    def _read_inputs(self) -> tuple[list[str], list[Uno]]:
        """The sheets that the functions read, by the names that the worker knows, as VBA hands them over (KpState.bas).

        A workbook without the names of ours hands over every sheet under its own, short of those that the program made.
        """
        named = self._named()
        sheets = self.model.Sheets
        titles = list(sheets.getElementNames())
        names: list[str] = []
        areas: list[Uno] = []
        if DESK["inputs"][0] in named:
            for name in (name for name in DESK["inputs"] if name in named):
                sheet = named[name].getSpreadsheet()
                names.append(name)
                areas.append(_from_top(sheet, self._table(named[name])))
            titles = [title for title in DESK["more"] if title in titles]
        else:
            titles = [title for title in titles if title not in DESK["outputs"]]
        for title in titles:
            sheet = sheets.getByName(title)
            if not is_made(sheet) or title in DESK["more"]:
                names.append(f"={title}")
                areas.append(whole(sheet))
        for area in areas:
            self._listen(area.getSpreadsheet())
        return names, [rows(self.model, area) for area in areas]

    def _listen(self, sheet: Uno) -> None:
        if sheet.getName() not in self._watched:
            self._watched.add(sheet.getName())
            sheet.addModifyListener(Watch(self))

    def _ask(self, keys: list[tuple[Uno, ...]]) -> None:
        """Ask the worker for results, source by source; where it cannot be reached they stay as they are."""
        by_source: dict[str, list[tuple[Uno, ...]]] = {}
        for key in keys:
            by_source.setdefault(key[0], []).append(key)
        for source, wanted in by_source.items():
            question = {
                "ask": [[function, *given] for _, function, given in wanted],
                "place": f"{self.uid}\n{source}\n{self._stamp}",
            }
            try:
                answer = WORKER.ask(question)
                if "values" not in answer:
                    names, grids = self._handed(source)
                    WORKER.ask({"load": question["place"], "names": names, "grids": grids})
                    answer = WORKER.ask(question)
            except Gone:
                return
            for key, value in zip(wanted, answer.get("values", ())):  # noqa: B905  (Python 3.7)
                self._results[key].set(value)

    def _handed(self, source: str) -> tuple[list[str], list[Uno]]:
        names, grids = self._inputs
        if source:
            given = next(values for name, values in self._ranges.values() if name == source)
            first = DESK["inputs"][0]
            beside = [at for at, name in enumerate(names) if name != first and at]
            names = [first, *(names[at] for at in beside)]
            grids = [given, *(grids[at] for at in beside)]
        return names, grids


def _same(area: Uno, values: Uno) -> bool:
    return bool(area.getDataArray() == values)


def _holds(area: Uno, at: Uno) -> bool:
    return bool(
        area.StartRow <= at.StartRow <= area.EndRow
        and area.StartColumn <= at.StartColumn <= area.EndColumn
    )


def _from_top(sheet: Uno, table: Uno) -> Uno:
    """From A1 to a table's last cell: beside it may stand the very formula that asks. Without a table, all that is used."""
    if table is None:
        return whole(sheet)
    last = table.getRangeAddress()
    return sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)


DOCUMENTS: dict[str, Document] = {}


def document(model: Uno) -> Document:
    """What is known of an open document."""
    uid = model.RuntimeUID
    if uid not in DOCUMENTS:
        DOCUMENTS[uid] = Document(model)
    return DOCUMENTS[uid]
