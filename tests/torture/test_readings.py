"""The judge of readings: what differs is seen, openpyxl's own oddities, falls and slowness are not counted against us."""

from __future__ import annotations

import datetime as dt
import sys

import openpyxl
import pytest
from hosts import small
from torture import bounded, readings

from xlplugin.cells import CellError
from xlplugin.hosts.file import FileBook

DAY, VALUE, NUM = dt.date(2021, 3, 1), CellError("#VALUE!"), CellError("#NUM!")
AT = ("表", 1, 1)
posix = pytest.mark.skipif(sys.platform == "win32", reason="processes and limits as POSIX has them")


@pytest.mark.parametrize("our", [None, NUM, 2_958_466, 1e20, -1], ids=str)
def test_an_error_of_openpyxls_own(our):
    """A picture; a number that is no day in a date's format."""
    assert not readings.differing({AT: our}, {AT: VALUE})


@pytest.mark.parametrize(
    ("our", "their"),
    [(44256, VALUE), ("甲", VALUE), (DAY, VALUE), (1, NUM), (None, 1), ("1", 1), (44256, DAY)],
    ids=str,
)
def test_what_differs_is_seen(our, their):
    assert readings.differing({AT: our}, {AT: their}) == {AT: (our, their)}


@posix
@pytest.mark.parametrize(
    ("number", "style"),
    [("9" * 400, 0), ("9" * 20, 0), ("9" * 400, 1), ("2147483648", 1), ("1e309", 1)],
)
def test_a_number_beyond_all_is_read_alike(tmp_path, number, style):
    made = small.parts(
        f'<row r="1"><c r="A1" s="{style}"><v>{number}</v></c></row>',
        styles='<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
    )
    path = small.save(tmp_path / "台账.xlsx", made)
    assert not readings.differing(
        readings.of_ours(FileBook(path)), readings.of_openpyxl_apart(path) or {}
    )


@posix
def test_openpyxls_time_is_its_own(tmp_path, monkeypatch):
    """It makes every cell of a merged range; a fall of its is no reading either."""
    monkeypatch.setattr(bounded, "SECONDS", 1)
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    whole = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = small.save(tmp_path / "台账.xlsx", small.parts(cell, after=whole))
    assert readings.of_openpyxl_apart(path) is None
    path.write_bytes(b"PK")
    assert readings.of_openpyxl_apart(path) is None
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "甲"
    book.save(path)
    assert readings.of_openpyxl_apart(path) == {("Sheet", 1_048_576, 16_384): "甲"}
