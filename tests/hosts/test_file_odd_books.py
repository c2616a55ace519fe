"""Workbooks with sheets that are no tables, listed twice or declared without being there: served, or refused by file and sheet."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hosts import small

from xlplugin.book import Area, Changes, Filling, Put
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
MACRO = (
    '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    f' xmlns="{small.MAIN}"><sheetData/></xm:macrosheet>'
)
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
SHEETS = {
    "module": None,
    "macro": (f"{MICROSOFT}/xlMacrosheet", "macrosheets", MACRO),
    "international macro": (f"{MICROSOFT}/xlIntlMacrosheet", "macrosheets", MACRO),
    "chart": (f"{small.OFFICE}/chartsheet", "chartsheets", f'<chartsheet xmlns="{small.MAIN}"/>'),
    "dialog": (
        f"{small.OFFICE}/dialogsheet",
        "dialogsheets",
        f'<dialogsheet xmlns="{small.MAIN}"/>',
    ),
}
"""Of kinds of sheets that hold no table: the relationship, the folder, the part."""


def declared(parts: small.Parts, *, override: str = "", relationship: str = "") -> None:
    """Let content types or the workbook's relationships say more."""
    for name, more, end in (
        ("[Content_Types].xml", override, b"</Types>"),
        ("xl/_rels/workbook.xml.rels", relationship, b"</Relationships>"),
    ):
        parts[name] = parts[name].replace(end, more.encode() + end)


def with_sheet(kind: str, *, alone: bool = False) -> small.Parts:
    """A workbook whose first sheet is of a kind."""
    parts = small.parts(ROW)
    rid = "r9" if SHEETS[kind] else ""
    book, table = parts["xl/workbook.xml"], b'<sheet name="\xe8\xa1\xa8" sheetId="1" r:id="r1"/>'
    odd = f'<sheet name="Module1" sheetId="7" state="veryHidden" r:id="{rid}"/>'.encode()
    assert table in book
    parts["xl/workbook.xml"] = book.replace(table, odd if alone else odd + table)
    if SHEETS[kind]:
        uri, folder, xml = SHEETS[kind]
        declared(
            parts, relationship=f'<Relationship Id="r9" Type="{uri}" Target="{folder}/1.xml"/>'
        )
        parts[f"xl/{folder}/1.xml"] = xml.encode()
    return parts


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_that_is_no_table_stays_and_the_rest_is_served(tmp_path, kind):
    parts = with_sheet(kind)
    book = FileBook(small.save(tmp_path / "台账.xlsx", parts))
    assert (book.sheets, book.read("表").at(1, 1)) == (("表",), 1)
    book.write("通报", Changes({(1, 1): Put("题")}, made=True))
    book.write("表", Changes({(1, 1): Put(2)}))
    book.save()
    again = FileBook(book.path)
    assert (again.sheets, again.made) == (("表", "通报"), {"通报"})
    assert (again.read("表").at(1, 1), again.read("通报").at(1, 1)) == (2, "题")
    written = small.load(book.path)
    kept = [name for name in parts if "sheets/1.xml" in name]
    assert [written[name] for name in kept] == [parts[name] for name in kept]
    assert b'name="Module1" sheetId="7" state="veryHidden" r:id=' in written["xl/workbook.xml"]


@pytest.mark.parametrize("kind", SHEETS)
def test_nothing_but_sheets_that_are_no_tables(tmp_path, kind):
    path = small.save(tmp_path / "图.xlsx", with_sheet(kind, alone=True))
    with pytest.raises(
        UserError, match="^「图.xlsx」里没有可读的工作表，只有.*「Module1」"
    ) as refusal:
        FileBook(path)
    assert "损坏" not in str(refusal.value)


TWICE = {
    "a row": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>9</v></c></row>',
    "a cell": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>9</v></c></row>',
    "a cell without an address": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"/><c><v>9</v></c></row>',
    "a cell in another row": '<row r="1"><c r="A3"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>',
    "rows in no order": '<row r="3"><c r="A3"><v>1</v></c></row><row r="1"><c r="A1"><v>9</v></c></row>',
}


@pytest.mark.parametrize("rows", TWICE.values(), ids=TWICE)
@pytest.mark.parametrize("place", [(1, 1), (1, 2), (3, 1), (4, 1)])
def test_what_is_listed_twice_is_read_but_not_written_over(tmp_path, rows, place):
    """The new value would stand beside the old one, and who reads which is nobody's guess."""
    book = FileBook(small.save(tmp_path / "台账.xlsx", small.parts(rows)))
    before = book.read("表").rows
    with pytest.raises(UserError, match=r"^「台账.xlsx」「表」的.*(重复|列在).*。$"):
        book.write("表", Changes({place: Put(5)}))
    book.write("通报", Changes({(1, 1): Put("题")}))
    book.save()
    assert FileBook(book.path).read("表").rows == before


def test_cells_in_no_order_are_written_over(tmp_path):
    rows = '<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>9</v></c></row>'
    book = FileBook(small.save(tmp_path / "台账.xlsx", small.parts(rows)))
    book.write("表", Changes({(1, column): Put(column) for column in (1, 2, 3)}))
    book.save()
    assert FileBook(book.path).read("表").rows == [[1, 2, 3]]


def test_a_sheet_written_anew_keeps_no_second_copy(tmp_path):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="A1" t="s"><v>1</v></c><c r="B1"><v>9</v></c></row>'
    strings = "<si><t>甲</t></si><si><t>乙</t></si>"
    book = FileBook(small.save(tmp_path / "台账.xlsx", small.parts(rows, strings=strings)))
    book.write("表", Changes({}, areas=(Area(1, 1, (Filling(["丙"], "文字"),)),), instead=True))
    book.save()
    assert [cell.value for cell in openpyxl.load_workbook(book.path)["表"][1]] == ["丙", None]


STYLES = f"{small.KIND}.styles+xml"
SHEET = f"{small.KIND}.worksheet+xml"
DECLARED = {
    "a type": ({"override": f'<Override PartName="/xl/styles.xml" ContentType="{STYLES}"/>' * 2}),
    "a type in other letters": (
        {"override": '<Override PartName="/xl/Styles.xml" ContentType="text/xml"/>'}
    ),
    "a relationship": (
        {
            "relationship": f'<Relationship Id="r5" Type="{small.OFFICE}/styles" Target="styles.xml"/>'
        }
    ),
    "two relationships": (
        {
            "relationship": f'<Relationship Id="r5" Type="{small.OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r6" Type="{small.OFFICE}/styles" Target="/xl/st.xml"/>'
        }
    ),
    "a sheet": (
        {
            "override": f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{SHEET}"/>',
            "relationship": f'<Relationship Id="rId1" Type="{small.OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>',
        }
    ),
}


@pytest.mark.parametrize("said", DECLARED.values(), ids=DECLARED)
def test_what_was_declared_without_being_there_is_declared_once(tmp_path, said):
    parts = small.parts(ROW)
    declared(parts, **said)
    book = FileBook(small.save(tmp_path / "台账.xlsx", parts))
    book.write("通报", Changes({(1, 1): Put("题", style="标题")}))
    book.save()
    check_declarations(book.path)
    assert openpyxl.load_workbook(book.path)["通报"]["A1"].style == "KP标题"


def test_relationships_that_another_sheet_left_behind_are_nobodys(tmp_path):
    parts = small.parts(ROW)
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = (
        b'<Relationships xmlns="u"><Relationship Id="x" Type="y/table" Target="../t.xml"/></Relationships>'
    )
    book = FileBook(small.save(tmp_path / "台账.xlsx", parts))
    book.write("通报", Changes({(1, 1): Put("题")}))
    book.save()
    assert "xl/worksheets/sheet2.xml" not in small.load(book.path)


def check_declarations(path: Path) -> None:
    """Every part that is declared is there and declared once; so is what the workbook refers to."""
    parts = small.load(path)
    types = re.findall(r'<Override PartName="/([^"]*)"', parts["[Content_Types].xml"].decode())
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    targets = re.findall(r'Target="([^"]*)"', rels)
    assert max(Counter(map(str.casefold, types)).values()) == 1
    assert max(Counter(targets).values()) == 1
    assert max(Counter(re.findall(r'Id="([^"]*)"', rels)).values()) == 1
    assert {*types, *(f"xl/{target}" for target in targets)} <= parts.keys()
