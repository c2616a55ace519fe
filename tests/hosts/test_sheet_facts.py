"""What a reading asks of a sheet beside its values: hidden columns, hidden sheets, number formats; openpyxl agrees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from xlplugin.book import Book, tells_unit
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.openpyxl import OpenpyxlBook
from xlplugin.hosts.xlsx.sheetxml import SheetXml

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


@pytest.mark.parametrize("opened", HOSTS, ids=["file", "openpyxl"])
def test_what_is_struck_through(opened: Callable[[Path], Book], tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as workbook:
        sheet, struck = workbook.add_worksheet("表"), workbook.add_format({"font_strikeout": True})
        sheet.write_row("A1", ["甲", 1])
        sheet.write_row("A2", ["乙", 2], struck)
        sheet.write_blank("C3", None, struck)
    assert opened(tmp_path / "表.xlsx").read("表").struck == {(2, 1), (2, 2)}


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


_COMMON_CELLS = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><v>-1.5E+3</v></c><c r="AA1" s="2"/>'


@pytest.mark.parametrize(
    ("cell", "is_common"),
    [
        ("", True),
        ('<c r="Z199999" t="n"><v>1</v></c>', True),
        ('<c r="Z200000"><v>1</v></c>', False),
        ('<c r="AA10000"><v>1</v></c>', False),
        ('<c r="C0"><v>1</v></c>', False),
        ('<c r="c1"><v>1</v></c>', False),
        ("<c><v>1</v></c>", False),
        ('<c r="C1"><v> 1</v></c>', False),
        ('<c r="C1" t="s"><v>-1</v></c>', False),
        ('<c r="C1" t="s"><v>0123456789</v></c>', False),
        ('<c r="C1" t="e"><v>#N/A</v></c>', False),
        ('<c r="C1" t="d"><v>2021-09-30</v></c>', False),
        ('<c r="C1"><f>A1</f><v>1</v></c>', False),
        ('<c r="C1"><v>1</v><extLst/></c>', False),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_one_look_tells_whether_a_cell_needs_a_closer_one(
    cell: str, is_common: bool, prefix: str
) -> None:
    rows = f'<row r="1" spans="1:3">{_COMMON_CELLS}{cell}</row><row r="2" ht="20"/>'
    xml = f"<sheetData>{rows}</sheetData>".replace("</", "\0").replace("<", f"<{prefix}")
    data = xml.replace("\0", f"</{prefix}").encode()
    assert SheetXml(data, "sheet1.xml").is_common is is_common
