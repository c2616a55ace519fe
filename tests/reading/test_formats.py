"""One small ledger, saved in every format that is read: the same figures."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hosts.readers import Ods, Xls
from line.desk import AS_OF

from xlplugin import hosts
from xlplugin.book import Grid
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.render.record import record

LEDGER = Path(__file__).parents[1] / "cases" / "ledgers" / "m01_当月_累计.xlsx"


def as_text(grid: Grid) -> str:
    """A sheet as Excel saves it to .csv."""
    stream = io.StringIO()
    for row in grid.rows:
        cells = ["" if c is None else f"{c:%Y/%m/%d}" if isinstance(c, dt.date) else c for c in row]
        csv.writer(stream).writerow(cells)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["xls", "ods", "utf-8", "utf-8-sig", "gb18030"])
def test_a_ledger_in_another_format(kind: str, tmp_path: Path) -> None:
    book = FileBook(LEDGER)
    sheets = {title: book.read(title) for title in book.sheets}
    (first,) = sheets.values()
    path = tmp_path / f"台账.{kind if kind in ('xls', 'ods') else 'csv'}"
    if kind in ("xls", "ods"):
        path.write_bytes((Xls if kind == "xls" else Ods).made(sheets))
    else:
        path.write_bytes(as_text(first).encode(kind))
    assert record(run(hosts.open(path), AS_OF), [])["totals"] == {
        "count": 1,
        "investment": "5.00",
        "plan": "1.00",
        "done": "0.80",
        "completion": "80.00",
    }
