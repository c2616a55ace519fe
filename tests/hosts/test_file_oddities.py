"""What other programs put into a .xlsx and Excel takes as it is meant: read as openpyxl reads it, never refused, never another figure."""

from __future__ import annotations

import datetime as dt
import shutil
import warnings
from functools import reduce
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings
from hosts import small

from xlplugin import files
from xlplugin.book import Changes, Put
from xlplugin.cells import Cell, CellError, Uncalculated, normal
from xlplugin.hosts.file import FileBook

DAY = dt.date(2021, 3, 1)
STYLES = '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
STRINGS = '<si><t>城关镇</t></si><si/><si>\n<r><t xml:space="preserve">甲 </t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>コウ</t></rPh></si>'

CELLS: dict[str, tuple[str, Cell]] = {
    "CDATA": ("<c><v><![CDATA[10000]]></v></c>", 10000),
    "CDATA in part": ("<c><v>1<![CDATA[00]]>00</v></c>", 10000),
    "CDATA of a truth": ('<c t="b"><v><![CDATA[1]]></v></c>', True),
    "CDATA of an error": ('<c t="e"><v><![CDATA[#N/A]]></v></c>', CellError("#N/A")),
    "CDATA of a shared text": ('<c t="s"><v><![CDATA[0]]></v></c>', "城关镇"),
    "CDATA of a result": ('<c t="str"><f>B1</f><v><![CDATA[甲&乙]]></v></c>', "甲&乙"),
    "CDATA in a text": ('<c t="inlineStr"><is><t>前<![CDATA[<甲>]]>后</t></is></c>', "前<甲>后"),
    "CDATA of a day": ('<c t="d"><v><![CDATA[2021-03-01]]></v></c>', DAY),
    "CDATA of a formula": ("<c><f><![CDATA[B1<C1]]></f></c>", Uncalculated("B1<C1")),
    "character references": ("<c><v>1&#48;&#x30;00</v></c>", 10000),
    "character references of a day": ('<c s="1"><v>4425&#54;</v></c>', DAY),
    "character references of a shared text": ('<c t="s"><v>&#48;</v></c>', "城关镇"),
    "character references in a text": ('<c t="inlineStr"><is><t>&#x7532;&#10;&lt;&#60;</t></is></c>', "甲\n<<"),
    "a comment within": ("<c><v>1<!-- x -->00</v></c>", 100),
    "an instruction within": ("<c><v>1<?x y?>00</v></c>", 100),
    "white space": ("<c><v>\n  100 </v></c>", 100),
    "white space around a day": ('<c s="1"><v> 44256</v></c>', DAY),
    "white space within a result": ('<c t="str"><v xml:space="preserve"> 甲 </v></c>', " 甲 "),
    "an extension": ('<c><v>5</v><extLst><ext uri="x"><v>7</v></ext></extLst></c>', 5),
    "an extension of a text": ('<c t="inlineStr"><is><t>甲</t></is><extLst><ext uri="x"><t>乙</t></ext></extLst></c>', "甲"),
    "an extension of a formula": ('<c><f>B1</f><extLst><ext uri="x"/></extLst></c>', Uncalculated("B1")),
    **{
        f"a day as {text}": (f'<c t="d"><v>{text}</v></c>', DAY)
        for text in (
            "2021-03-01", "2021-03-01Z", "2021-03-01T08:00", "2021-03-01T08:00:00.000Z", "2021-03-01T00:00:00+08:00",
            "2021-03-01T23:59:59.9999999", "2021-03-01 08:00:00",
        )
    },
    "a day with a style": ('<c t="d" s="1"><v>2021-03-01T00:00:00Z</v></c>', DAY),
    "a day of a formula": ('<c t="d"><f>B1</f><v>2021-03-01T00:00:00Z</v></c>', DAY),
    "no day at all": ('<c t="d"><v>另定</v></c>', "另定"),
    "text without value": ('<c t="str"/>', None),
    "text of no characters": ('<c t="str"><v/></c>', None),
    "shared text without value": ('<c t="s"><v></v></c>', None),
    "shared text of no characters": ('<c t="s"><v>1</v></c>', None),
    "shared text in runs with a reading": ('<c t="s"><v>2</v></c>', "甲 乙"),
    "inline text with a reading": ('<c t="inlineStr"><is><r><t>施</t></r><r><t>工</t></r><rPh sb="0" eb="2"><t>シコウ</t></rPh></is></c>', "施工"),
    "error without value": ('<c t="e"/>', None),
    "truth": ('<c t="b"><v>true</v></c>', True),
    "falsehood": ('<c t="b"><v>0</v></c>', False),
    "percent": ('<c s="2"><v>0.5</v></c>', 0.5),
    "exponent": ("<c><v>1.5E+3</v></c>", 1500),
    "Excel's picture": ('<c t="e" vm="1"><v>#VALUE!</v></c>', None),
    "Excel's picture by formula": ('<c t="e" vm="1"><f>_xlfn.IMAGE("x")</f><v>#VALUE!</v></c>', None),
    "an array's error": ('<c t="e" vm="1"><f t="array" ref="A1">B1:B9</f><v>#VALUE!</v></c>', CellError("#VALUE!")),
    "WPS's picture": ('<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', None),
    "WPS's picture in Excel": ('<c t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>', None),
    "WPS's picture without value": ('<c><f>_xlfn.DISPIMG("ID_1",1)</f></c>', None),
    "WPS's picture as text": ('<c t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>', None),
}  # fmt: skip


def row(xml: str) -> str:
    return f'<row r="1">{xml}<c t="inlineStr"><is><t>末</t></is></c></row>'


@pytest.fixture
def sheet(tmp_path):
    """Read a sheet made of these rows."""

    def read(rows: str, **more):
        parts = small.parts(rows, styles=STYLES, strings=STRINGS, **more)
        return FileBook(small.save(tmp_path / "台账.xlsx", parts)).read("表")

    return read


@pytest.mark.parametrize(("xml", "wanted"), CELLS.values(), ids=CELLS)
def test_cells(sheet, xml, wanted):
    grid = sheet(row(xml))
    assert (grid.at(1, 1), grid.at(1, 2)) == (wanted, "末")
    assert isinstance(grid.at(1, 1), bool) is isinstance(wanted, bool)


@pytest.mark.parametrize("ref", ["A0:L4", "1:8", "A:L", "", "$A$1:$B$2", "L4:A1", "A1", "台账!A1:B2", "A1:XFE9999999", "a1:b2"])  # fmt: skip
def test_dimensions(sheet, ref):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="D3"><v>2</v></c></row>'
    for said in (f'<dimension ref="{ref}"/>', "<dimension/>"):
        grid = sheet(rows, before=said)
        assert (grid.at(1, 1), grid.at(3, 4)) == (1, 2)


MERGES = {
    "A1:B2": ("A1:B2",), "B2:A1": ("A1:B2",), "$A$1:$B$2": ("A1:B2",), "a1:b2": ("A1:B2",),
    "A1": (), "A1:A1": (), "A:A": (), "A:C": (), "1:1": (), "": (), "#REF!": (), "A0:B1": (), "A1:B2 C3:D4": (),
}  # fmt: skip


@pytest.mark.parametrize(("ref", "merged"), MERGES.items())
def test_merges(tmp_path, sheet, ref, merged):
    after = f'<mergeCells count="2"><mergeCell ref="{ref}"/><mergeCell ref="F1:G1"/></mergeCells>'
    grid = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=after)
    assert (grid.at(1, 1), grid.merged) == (1, (*merged, "F1:G1"))
    book = FileBook(tmp_path / "台账.xlsx")
    book.write("表", Changes({(9, 1): Put("题")}, merges=("A9:C9",)))
    files.write(book.outputs())
    assert FileBook(tmp_path / "台账.xlsx").read("表").merged == (*merged, "F1:G1", "A9:C9")


PLACES = {
    "no addresses": '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>2</v></c></row>',
    "some addresses": '<row r="1"><c r="C1"><v>1</v></c><c><v>3</v></c></row><row r="5"/><row><c><v>2</v></c></row>',
    "addresses of rows": '<row r="3"><c><v>1</v></c></row><row><c><v>2</v></c></row>',
    "addresses of cells": '<row><c r="B3"><v>1</v></c></row>',
    "rows in no order": '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    "cells in no order": '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>',
    "small letters": '<row r="1"><c r="b1"><v>3</v></c></row>',
    "an extension of a row": '<row r="1"><c r="A1"><v>5</v></c><extLst><ext uri="x"><c r="Z9"><v>7</v></c></ext></extLst></row>',
}  # fmt: skip


@pytest.mark.parametrize("rows", PLACES.values(), ids=PLACES)
def test_places(tmp_path, rows):
    same_as_openpyxl(small.save(tmp_path / "台账.xlsx", small.parts(rows)))


def replacing(*pairs: tuple[str, str]):
    return lambda parts: {
        name: reduce(lambda data, pair: data.replace(pair[0].encode(), pair[1].encode()), pairs, data)
        for name, data in parts.items()
    }  # fmt: skip


def renaming(old: str, new: str, *pairs: tuple[str, str]):
    return lambda parts: {
        name.replace(old, new): data for name, data in replacing(*pairs)(parts).items()
    }


NAMES = {
    "absolute": replacing(*((f'Target="{name}', f'Target="/xl/{name}') for name in ("worksheets", "styles", "shared"))),
    "from the package": replacing(('Target="xl/', 'Target="/xl/')),
    "with backslashes": replacing(('Target="worksheets/', 'Target="worksheets\\')),
    "from here": replacing(('Target="worksheets/', 'Target="./worksheets/')),
    "from above": replacing(('Target="worksheets/', 'Target="../xl/worksheets/')),
    "members with backslashes": renaming("/", "\\"),
    "large letters in a sheet": renaming("sheet1.xml", "Sheet1.XML"),
    "large letters in a folder": renaming("xl/", "XL/"),
    "large letters in texts": renaming("sharedStrings", "SharedStrings"),
    "texts of another name": renaming("sharedStrings", "strings", ("sharedStrings.xml", "strings.xml")),
    "styles of another name": renaming("xl/styles", "xl/formats/st", ('Target="styles', 'Target="formats/st')),
    "another prefix": replacing(("xmlns:r=", "xmlns:rel="), ("r:id=", "rel:id=")),
    "all at the top": lambda parts: {
        name.replace("xl/", ""): data for name, data in replacing(("/xl/", "/"), ('"xl/', '"'))(parts).items()
    },
}  # fmt: skip


@pytest.mark.parametrize("change", NAMES.values(), ids=NAMES)
def test_names_of_parts(tmp_path, change):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44256</v></c></row>'
    parts = change(small.parts(rows, styles=STYLES, strings=STRINGS))
    book = FileBook(small.save(tmp_path / "台账.xlsx", parts))
    assert book.read("表").rows == [["城关镇", DAY]]
    book.write("表", Changes({(2, 1): Put("乙"), (2, 2): Put(DAY)}))
    files.write(book.outputs())
    assert FileBook(tmp_path / "台账.xlsx").read("表").rows == [["城关镇", DAY], ["乙", DAY]]


def same_as_openpyxl(path: Path) -> None:
    """Every cell of every sheet is what openpyxl says; but a picture is nothing, and what nobody calculated is told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on what it does not keep
        judge = openpyxl.load_workbook(path, data_only=True)
    book = FileBook(path)
    assert list(book.sheets) == [sheet.title for sheet in judge.worksheets]
    for sheet in judge.worksheets:
        grid = book.read(sheet.title)
        theirs = {
            (cell.row, cell.column): normal(cell.value)
            for line in sheet.iter_rows()
            for cell in line
        }
        places = theirs.keys() | {
            (row, column) for row, line in enumerate(grid.rows, 1) for column, _ in enumerate(line, 1)
        }  # fmt: skip
        ours = {place: grid.at(*place) for place in places}
        differing = {
            place: (value, theirs.get(place))
            for place, value in ours.items()
            if value != theirs.get(place) and not isinstance(value, Uncalculated)
        }
        assert differing == PICTURES.get((path.name, sheet.title), {}), sheet.title


HERE = Path(__file__).parent.parent
PICTURES = {("5b-embed.xlsx", "项目台账"): {(4, 12): (None, "#VALUE!")}}
"""Where openpyxl has the error that stands for a picture."""

SHIPPED = Path(xlwings.__file__).parent
WORKBOOKS = sorted(
    path
    for folder in (HERE / "cases", HERE.parent / "workbooks", SHIPPED)
    for path in folder.rglob("*.xls[xm]")
)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_workbook_at_hand(path):
    same_as_openpyxl(path)


def of_all(path: Path) -> dict[tuple[str, int, int], object]:
    """What openpyxl finds in a file's worksheets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = openpyxl.load_workbook(path).worksheets
    cells = ((sheet.title, cell) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return {(title, cell.row, cell.column): cell.value for title, cell in cells if cell.value}


@pytest.mark.parametrize("path", WORKBOOKS[:30], ids=lambda path: path.stem)
def test_a_figure_in_every_workbook_at_hand(tmp_path, path):
    """A date and a number written into each sheet are there, and everything else is as it was."""
    book = FileBook(shutil.copy(path, tmp_path / path.name))
    wanted = of_all(path)
    for name in book.sheets:
        row = len(book.read(name).rows) + 3
        book.write(name, Changes({(row, 2): Put(12345.5), (row, 3): Put(DAY)}))
        wanted |= {(name, row, 2): 12345.5, (name, row, 3): dt.datetime.combine(DAY, dt.time())}
    book.save()
    assert of_all(book.path) == wanted


@pytest.mark.parametrize("calendar", [False, True])
@pytest.mark.parametrize("inline", [False, True])
def test_workbooks_of_xlsxwriter(tmp_path, calendar, inline):
    options = {"date_1904": calendar, "constant_memory": inline, "default_date_format": "yyyy/m/d"}
    with xlsxwriter.Workbook(tmp_path / "台账.xlsx", options) as workbook:
        formats = [workbook.add_format({"num_format": code}) for code in ("0.00%", '0.00"亿元"', "# ?/?", "@", "0!.0,")]  # fmt: skip
        for name in ("项目台账", "A&B '甲'乙"):
            sheet = workbook.add_worksheet(name)
            sheet.merge_range("A1:D1", "标题")
            for number, style in enumerate(formats):
                sheet.write_row(
                    number + 1, number, [44256.5, -1, 0.1, True, " 前后 ", "甲\n乙&<"], style
                )
                sheet.write_datetime(number + 1, 12, dt.datetime.combine(DAY, dt.time(8, 30)))
                sheet.write_formula(number + 1, 13, "=A2&B2", None, "结果")
            sheet.write_rich_string("Z9", "甲", formats[0], "乙", "丙")
    same_as_openpyxl(tmp_path / "台账.xlsx")


def test_names_of_an_extension_are_not_the_workbooks(tmp_path):
    """xlwings' own test workbooks have x14:definedNames: the names that we add are none of them."""
    ext = '<extLst><ext uri="x" xmlns:x14="u"><x14:definedNames><x14:definedName/></x14:definedNames></ext></extLst>'
    book = FileBook(small.save(tmp_path / "台账.xlsx", small.parts("<row/>", names=ext)))
    book.write("通报", Changes({(1, 1): Put("标题")}, made=True))
    book.save()
    written = small.load(book.path)["xl/workbook.xml"].decode()
    before, _, after = written.partition("<extLst>")
    assert "<definedNames>" in before
    assert after.startswith(ext.removeprefix("<extLst>"))
