"""Excel calculates a workbook at opening only where a formula that is not ours rests on what was written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hosts import small
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from xlplugin.book import Area, Changes, Filling, Put
from xlplugin.hosts.file import FileBook

WHOLE = Changes(
    {(1, 1): Put("项目"), (1, 2): Put("金额"), (2, 1): Put("新"), (2, 2): Put(2)}, instead=True
)
FORMULA = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row>'
PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'


def is_due(path: Path) -> bool:
    return b'fullCalcOnLoad="1"' in small.load(path)["xl/workbook.xml"]


def workbook(path: Path, formula: str) -> Path:
    """A sheet 「乙'表」 with a table and a name, and a sheet beside it that holds one formula."""
    book = openpyxl.Workbook()
    book.calculation = None  # type: ignore[assignment]
    beside, written = book.active, book.create_sheet("乙'表")
    beside.title = "自己的"
    beside["A1"], beside["A2"] = 1, formula
    for row in (["项目", "金额"], ["甲", 1]):
        written.append(row)
    written.add_table(Table(displayName="T_乙", ref="A1:B2"))
    book.defined_names["金额一栏"] = DefinedName("金额一栏", attr_text="'乙''表'!$B$1:$B$2")
    book.save(path)
    return path


@pytest.mark.filterwarnings("ignore:Unicode")
@pytest.mark.parametrize(
    ("formula", "due"),
    [
        ("='乙''表'!B2*2", True),
        ("=SUM(t_乙[金额])", True),
        ("=SUM(金额一栏)", True),
        ("=INDIRECT(\"'乙''表'!B2\")", True),
        ("=A1*2", False),
        ("=KP_COMPLETION(A1)", False),
        ("没有公式，只说到「乙'表」", False),
    ],
)
def test_formulas_beside_a_sheet_that_is_written_whole(
    tmp_path: Path, formula: str, due: bool
) -> None:
    book = FileBook(workbook(tmp_path / "前.xlsx", formula))
    book.write("乙'表", WHOLE)
    book.save(tmp_path / "后.xlsx")
    assert is_due(tmp_path / "后.xlsx") is due


@pytest.mark.parametrize(("rows", "due"), [(FORMULA, True), (PLAIN, False)])
def test_formulas_in_a_sheet_of_which_a_part_is_written(
    tmp_path: Path, rows: str, due: bool
) -> None:
    book = FileBook(small.save(tmp_path / "前.xlsx", small.parts(rows)))
    book.write("表", Changes({(1, 1): Put(5)}))
    book.save(tmp_path / "后.xlsx")
    assert is_due(tmp_path / "后.xlsx") is due


def test_our_own_formulas_come_with_their_values(tmp_path: Path) -> None:
    book = FileBook(small.save(tmp_path / "前.xlsx", small.parts(FORMULA)))
    area = Area(1, 1, (Filling([1, 2], "数字", [None, "A1+1"]),))
    book.write("表", Changes({}, areas=(area,), instead=True))
    book.save(tmp_path / "后.xlsx")
    assert not is_due(tmp_path / "后.xlsx")


def test_what_the_workbook_says_of_calculation_stays(tmp_path: Path) -> None:
    names = '<calcPr calcId="1" fullCalcOnLoad="0"/>'
    book = FileBook(small.save(tmp_path / "前.xlsx", small.parts(FORMULA, names=names)))
    book.write("表", Changes({(1, 1): Put(5)}))
    book.save(tmp_path / "后.xlsx")
    assert (
        '<calcPr calcId="1" fullCalcOnLoad="1"/>'
        in small.load(tmp_path / "后.xlsx")["xl/workbook.xml"].decode()
    )
