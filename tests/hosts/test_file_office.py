"""LibreOffice as an outside judge: it opens what we wrote and sees the same values."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from cases.office import convert, needed
from hosts.rich import rich

from xlplugin.book import Changes, Layout, Put, Span
from xlplugin.hosts.file import FileBook

pytestmark = pytest.mark.office


@pytest.fixture(autouse=True)
def _office() -> None:
    needed("soffice")


def converted(path, to: str, folder):
    """What LibreOffice makes of a file."""
    convert(folder / "out", to, path)
    return folder / "out"


@pytest.fixture(params=["台账.xlsx", "台账.xlsm"])
def patched(request, tmp_path):
    """The rich ledger with values, styles, a new row and two new sheets written into it."""
    book = FileBook(rich(tmp_path / request.param))
    puts = {
        (4, 9): Put("红", style="红"),
        (5, 9): Put("=不是公式"),
        (16, 1): Put("ZD013"),
        (16, 4): Put(99.5),
    }
    puts |= {(16, 7): Put(dt.date(2021, 9, 30)), (20, 4): Put(None, formula="SUM(D4:D16)")}
    book.write("台账", Changes(puts, heights={4: 30}, span=Span("tblLedger", 3, 16)))
    rows = {
        (1, 1): Put("重点项目通报", style="标题"),
        (3, 1): Put("序号", style="表头"),
        (4, 1): Put(1, style="数字"),
    }
    layout = Layout(widths={1: 12, 2: 40}, freeze=3, title_rows=(1, 3))
    book.write("检查 结果", Changes(rows, merges=("A1:D1",), layout=layout))
    target = tmp_path / ("后" + book.path.suffix)
    book.save(target)
    return target


def test_values_as_libreoffice_sees_them(patched, tmp_path):
    out = converted(
        patched,
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
        tmp_path,
    )
    with open(out / "后-台账.csv", encoding="utf-8", newline="") as file:
        ledger = list(csv.reader(file))
    assert ledger[3][8] == "红"
    assert ledger[4][8] == "=不是公式"
    assert ledger[15][:7] == ["ZD013", "", "", "99.5", "", "", "09/30/2021"]
    assert float(ledger[19][3].replace(",", "")) == sum(1000.5 + n for n in range(12)) + 99.5
    with open(out / "后-检查 结果.csv", encoding="utf-8", newline="") as file:
        assert [row for row in csv.reader(file) if row] == [["重点项目通报"], ["序号"], ["1"]]


def test_libreoffice_saves_it_again_with_all_sheets(patched, tmp_path):
    again = FileBook(converted(patched, "xlsx", tmp_path) / "后.xlsx")
    assert again.sheets == (
        "台账",
        "通报",
        "图表",
        "透视",
        "参数",
        "受保护",
        "深藏",
        "图页",
        "检查 结果",
    )
    grid = again.read("台账")
    assert (grid.at(4, 9), grid.at(5, 9), grid.at(16, 4), grid.at(16, 7)) == (
        "红",
        "=不是公式",
        99.5,
        dt.date(2021, 9, 30),
    )


def test_it_prints(patched, tmp_path):
    pdf = converted(patched, "pdf", tmp_path) / "后.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
