"""What a reading asks of a sheet beside its values: hidden columns, hidden sheets, number formats; openpyxl agrees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xlplugin.book import Book, tells_unit
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.openpyxl import OpenpyxlBook

CASES = Path(__file__).parents[1] / "cases"
HOSTS = (FileBook, lambda path: OpenpyxlBook(openpyxl.load_workbook(path)))


@pytest.mark.parametrize("opened", HOSTS, ids=["file", "openpyxl"])
def test_hidden_columns_and_sheets(opened: Callable[[Path], Book]) -> None:
    twin = opened(CASES / "workbooks" / "1b-hidden-twin.xlsx")
    assert twin.read("项目台账").hidden_columns == {8}
    old = opened(CASES / "workbooks" / "2b-hidden-old.xlsx")
    assert [name for name in old.sheets if old.read(name).concealed] == ["项目台账"]


@pytest.mark.parametrize("opened", HOSTS, ids=["file", "openpyxl"])
def test_number_formats_that_tell_a_unit(opened: Callable[[Path], Book]) -> None:
    grid = opened(CASES / "ledgers" / "m07_元以万显示.xlsx").read("Sheet1")
    assert {grid.formats.get((2, column), "")[:4] for column in (5, 6, 7)} == {"0!.0"}


@pytest.mark.parametrize(
    ("code", "tells"),
    [
        ("0!.0,", True),
        ('0.00"亿元"', True),
        ("0.0,", True),
        ("#,##0.00;[Red]-#,##0.00", False),
        ("General", False),
        ('yyyy"年"m"月"', False),
    ],
)
def test_which_formats_tell(code: str, tells: bool) -> None:
    assert tells_unit(code) is tells
