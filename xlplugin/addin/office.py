"""What LibreOffice asks (`bundle/office`), one JSON object a line: `python -m xlplugin.addin.office`.

Functions answer as they do to VBA (`udfs`): by place, after the ledger has been handed over. A button is handed every sheet
and answers with what is to be written; whoever holds the document writes it. Dates are {"date": …}, errors {"error": …}.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlplugin.addin import udfs
from xlplugin.book import FORMATTED, STYLES, Changes, Grid, tells_unit
from xlplugin.cells import Cell, CellError, normal, split_range
from xlplugin.errors import UserError
from xlplugin.functions import FUNCTIONS, Function
from xlplugin.hosts.guards import range_text
from xlplugin.hosts.memory import MemoryBook
from xlplugin.log import record_bug
from xlplugin.orphans import die_with_parent

Json = Any
"""Whatever JSON holds."""


def answer(question: Mapping[str, Json]) -> dict[str, Json]:
    """The answer to one question; never raises."""
    try:
        if "press" in question:
            return _pressed(question)
        if "load" in question:
            grids = [
                [[_cell(value) for value in row] for row in grid] for grid in question["grids"]
            ]
            return {"reason": udfs.load(question["load"], question["names"], grids)}
        return _asked(question)
    except UserError as error:
        return {"text": str(error), "done": False}
    except Exception:
        text = f"程序出了意外，没有改动文档。详情已记入 {record_bug()}，请把它发给维护人员。"
        return {"text": text, "done": False}


def _asked(question: Mapping[str, Json]) -> dict[str, Json]:
    """Functions with their arguments, all over the same ledger."""
    found = [
        udfs.answer(FUNCTIONS[name], _given(FUNCTIONS[name], given), question["place"])
        for name, *given in question.get("ask", ())
    ]
    return {} if udfs.LOAD in found else {"values": found}


def _given(function: Function, given: Sequence[Json]) -> tuple[Json, ...]:
    """Arguments as VBA hands them over: Calc gives 0 for an empty cell, where a project is meant."""
    return tuple("" if function.mapped and one == 0 else one for one in given)


def _pressed(question: Mapping[str, Json]) -> dict[str, Json]:
    """What a button says at the end, and what it would have written."""
    if question["press"] == "doctor":
        from xlplugin.desk import doctor, machine

        found = doctor.diagnoses(machine.examine())
        stops = any(diagnosis.stops for diagnosis in found)
        return {"text": doctor.report(found), "done": not stops}
    from xlplugin.buttons import press

    book = HandedBook(question["sheets"])
    closing = press(question["press"], book, lambda: Path(question["path"]))
    return {
        "text": closing.text,
        "done": closing.done,
        "steps": book.steps,
        "looks": {key: asdict(style) for key, style in STYLES.items()},
    }


class HandedBook(MemoryBook):
    """An open document as it was handed over; what is written is checked here, and kept as steps for who holds it."""

    def __init__(self, sheets: Sequence[Mapping[str, Json]]) -> None:
        super().__init__({sheet["name"]: _grid(sheet) for sheet in sheets})
        self.made = {sheet["name"] for sheet in sheets if sheet["made"]}
        self.steps: list[dict[str, Json]] = []

    def write(self, sheet: str, changes: Changes) -> None:
        """Change cells of what was handed over, and note the step."""
        before = self.read(sheet) if sheet in self.sheets else Grid([])
        super().write(sheet, changes)
        self.steps.append(_step(sheet, before, changes))


def _grid(sheet: Mapping[str, Json]) -> Grid:
    return Grid(
        [[_cell(value) for value in row] for row in sheet["rows"]],
        hidden=frozenset(sheet["hidden"]),
        merged=tuple(map(range_text, map(tuple, sheet["merged"]))),
        filtered=sheet["filtered"],
        hidden_columns=frozenset(sheet["hidden_columns"]),
        concealed=sheet["concealed"],
        formats={
            (row, column): code
            for code, boxes in sheet["formats"]
            if tells_unit(code)
            for first, left, last, right in boxes
            for row in range(first, min(last, FORMATTED) + 1)
            for column in range(left, right + 1)
        },
    )


def _step(sheet: str, before: Grid, changes: Changes) -> dict[str, Json]:
    """A writing, with nothing left to be found out."""
    from xlplugin.hosts.excel.blocks import blocks

    parted = before.merged if changes.instead else ()
    changes = changes.over(before)
    puts = changes.puts()
    values = {at: put for at, put in puts.items() if put.formula is None}
    layout = changes.layout
    return {
        "sheet": sheet,
        "parted": list(map(split_range, parted)),
        "merged": [split_range(text) for text in changes.merges],
        "span": changes.span and [changes.span.table, changes.span.last_row],
        "styles": list(blocks({at: put.style for at, put in puts.items() if put.style})),
        "values": [(box, _matrix(box, values)) for box, _ in blocks(dict.fromkeys(values, True))],
        "formulas": [(*at, put.formula) for at, put in puts.items() if put.formula is not None],
        "heights": list(changes.heights.items()),
        "widths": list(changes.widths.items()),
        "made": changes.made,
        "layout": {
            "widths": list(layout.widths.items()),
            "freeze": layout.freeze,
            "title_rows": layout.title_rows,
            "dropdowns": [(split_range(at), list(words)) for at, words in layout.dropdowns.items()],
        },
    }


def _matrix(box: Sequence[int], puts: Mapping[tuple[int, int], Json]) -> list[list[Json]]:
    first, left, last, right = box
    return [
        [_plain(puts[row, column].value) for column in range(left, right + 1)]
        for row in range(first, last + 1)
    ]


def _plain(value: object) -> Json:
    cell = normal(value)
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    return float(cell) if isinstance(cell, Decimal) else cell


def _cell(value: Json) -> Cell:
    if isinstance(value, dict):
        if "date" in value:
            return dt.date.fromisoformat(value["date"])
        return CellError(value["error"])
    return normal(value)


def main() -> None:
    """Answer until LibreOffice closes the pipe; whatever a library prints must not get among the answers."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
