"""Writing single cells into a clerk's sheet: only their bytes change."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hosts import small

from xlplugin.book import Changes, Put
from xlplugin.cells import CellError, split_address
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def after(tmp_path):
    """The sheet's XML after writing cells, given as A1="text" or a Put, over these rows."""

    def write(rows: str, cells: dict, *, heights=None, merges=(), **more) -> str:
        book = FileBook(small.save(tmp_path / "前.xlsx", small.parts(rows, **more)))
        puts = {
            split_address(at): value if isinstance(value, Put) else Put(value)
            for at, value in cells.items()
        }
        book.write("表", Changes(puts, heights=heights or {}, merges=merges))
        book.save(tmp_path / "后.xlsx")
        return small.load(tmp_path / "后.xlsx")[SHEET].decode()

    return write


OLD = '<row r="1"><c r="A1" s="4" t="s"><v>0</v></c></row>'
VALUES = {
    "true": (True, '<c r="A1" s="4" t="b"><v>1</v></c>'),
    "whole": (3, '<c r="A1" s="4"><v>3</v></c>'),
    "decimal": (0.1, "<v>0.1</v>"),
    "large": (1e300, "<v>1e+300</v>"),
    "exact": (Decimal("1.10"), "<v>1.10</v>"),
    "exact, small": (Decimal("1E-7"), "<v>0.0000001</v>"),
    "date": (dt.date(2025, 6, 30), "<v>45838</v>"),
    "error": (CellError("#N/A"), '<c r="A1" s="4" t="e"><v>#N/A</v></c>'),
    "text": ("甲", '<c r="A1" s="4" t="inlineStr"><is><t>甲</t></is></c>'),
    "leading =": ("=1+1", "<t>=1+1</t>"),
    "spaces": (" 甲\n", '<t xml:space="preserve"> 甲\n</t>'),
    "a space before": (" 甲", '<t xml:space="preserve"> 甲</t>'),
    "a space after": ("甲 ", '<t xml:space="preserve">甲 </t>'),
    "two spaces inside": ("甲  乙", '<t xml:space="preserve">甲  乙</t>'),
    "one space inside": ("甲 乙", "<t>甲 乙</t>"),
    "what XML cannot say": ("a\x01_x0041_\r", ">a_x0001__x005F_x0041__x000D_</t>"),
    "half a character": ("\ud83d", "<t>_xD83D_</t>"),
    "markup": ('<&>]]>"', '<t>&lt;&amp;&gt;]]&gt;"</t>'),
    "emoji": ("😀", "<t>😀</t>"),
    "formula": (Put(5, formula="SUM(A2:A3)"), '<c r="A1" s="4"><f>SUM(A2:A3)</f><v>5</v></c>'),
    "formula of text": (Put("x", formula='A2&"<"'), 't="str"><f>A2&amp;"&lt;"</f><v>x</v>'),
    "formula of truth": (Put(True, formula="A2>1"), 't="b"><f>A2&gt;1</f><v>1</v>'),
    "formula, no value": (Put(formula="A2"), '<c r="A1" s="4"><f>A2</f></c>'),
    "nothing": (None, '<c r="A1" s="4"/>'),
}


@pytest.mark.parametrize(("value", "wanted"), VALUES.values(), ids=VALUES)
def test_values(after, value, wanted):
    assert wanted in after(OLD, {"A1": value}, strings="<si><t>旧</t></si>")


def test_dates_of_the_mac_calendar(after):
    assert "<v>44376</v>" in after("", {"A1": dt.date(2025, 6, 30)}, calendar='date1904="1"')


def addresses(xml: str) -> list[str]:
    return re.findall(r'<c [^>]*?r="([A-Z]+\d+)"', xml)


def test_new_cells_and_rows_stand_in_order(after):
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row><row r="7" ht="20"><c r="A7"/></row>'
    xml = after(rows, dict.fromkeys(["C9", "A1", "AA3", "A3", "C3", "E3", "B5", "B7"], 1))
    assert addresses(xml) == ["A1", "A3", "B3", "C3", "D3", "E3", "AA3", "B5", "A7", "B7", "C9"]
    assert re.findall(r'<row r="(\d+)"', xml) == ["1", "3", "5", "7", "9"]


def test_sheet_without_rows(after):
    assert '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>' in after("", {"B2": 1})


def test_sheet_data_as_one_empty_tag(tmp_path):
    content = small.parts("")
    content[SHEET] = content[SHEET].replace(b"<sheetData></sheetData>", b"<sheetData />")
    book = FileBook(small.save(tmp_path / "前.xlsx", content))
    book.write("表", Changes({(1, 1): Put(1)}, merges=("A1:B1",)))
    book.save(tmp_path / "后.xlsx")
    assert b"</sheetData><mergeCells" in small.load(tmp_path / "后.xlsx")[SHEET]


def test_dimension_and_spans_grow(after):
    xml = after(
        '<row r="2" spans="2:3"><c r="B2"/></row>', {"F2": 1}, before='<dimension ref="B2:C2"/>'
    )
    assert 'spans="2:6"' in xml
    assert '<dimension ref="B2:F2"/>' in xml


def test_neighbours_keep_their_bytes(after):
    row = "<row r='2' x='1'><c  s='3'   r='B2' t='n'><v>7.0</v></c ><c r='C2'/></row>"
    xml = after(row, {"C2": 7})
    assert (
        "<row r='2' x='1'><c  s='3'   r='B2' t='n'><v>7.0</v></c ><c r='C2'><v>7</v></c></row>"
        in xml
    )


def test_text_that_looks_like_a_cell(after):
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t> r="B1"&lt;c r="B1"</t></is></c><c r="B1"><v>1</v></c></row>'
    xml = after(row, {"B1": 5})
    assert '<t> r="B1"&lt;c r="B1"</t>' in xml
    assert '<c r="B1"><v>5</v></c>' in xml


def test_comments_and_cdata_stay(after):
    row = '<row r="1"><c r="A1"><v>1</v></c><!-- <c r="B1"/> --><c r="B1" t="inlineStr"><is><t><![CDATA[<c r="C1"/>]]></t></is></c></row>'
    xml = after(row, {"C1": 9})
    assert row.removesuffix("</row>") + '<c r="C1"><v>9</v></c></row>' in xml


def test_cells_without_addresses(after):
    xml = after(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", {"B1": 9, "B2": 8}
    )
    assert (
        '<row><c><v>1</v></c><c><v>9</v></c></row><row><c><v>3</v></c><c r="B2"><v>8</v></c></row>'
        in xml
    )


def test_new_cell_takes_the_style_of_row_then_column(after):
    rows = '<row r="1" s="5" customFormat="1"/><row r="2"><c r="A2"/></row>'
    xml = after(
        rows,
        {"B1": 1, "B2": 1, "A2": 1},
        before='<cols><col min="2" max="3" width="9" style="6"/></cols>',
    )
    assert '<c r="B1" s="5">' in xml
    assert '<c r="B2" s="6">' in xml
    assert '<c r="A2"><v>1' in xml


HEIGHTS = {
    "removed": (
        '<row r="1" ht="30" customHeight="1"><c r="A1"/></row>',
        None,
        '<row r="1"><c r="A1"/></row>',
    ),
    "set": (
        '<row r="1"><c r="A1"/></row>',
        45.5,
        '<row r="1" ht="45.5" customHeight="1"><c r="A1"/></row>',
    ),
    "set anew": ("<row ht='9' r='1'/>", 45, '<row ht="45" r=\'1\' customHeight="1"/>'),
    "of a new row": ("", 20, '<row r="1" ht="20" customHeight="1"/>'),
}


@pytest.mark.parametrize(("rows", "height", "wanted"), HEIGHTS.values(), ids=HEIGHTS)
def test_heights(after, rows, height, wanted):
    assert f"<sheetData>{wanted}</sheetData>" in after(rows, {}, heights={1: height})


MERGED = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
MERGES = {
    "first": ("", ["A3:B3"], '</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'),
    "one more": (MERGED, ["A3:B3"], 'count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A3:B3"/>'),
    "already there": (MERGED, ["A1:C1"], MERGED),
    "after the filter": (
        '<sheetProtection sheet="1"/><autoFilter ref="A1:B2"/><pageMargins left="1"/>', ["A3:B3"],
        '<autoFilter ref="A1:B2"/><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells><pageMargins left="1"/>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tail", "merges", "wanted"), MERGES.values(), ids=MERGES)
def test_merges(after, tail, merges, wanted):
    assert wanted in after('<row r="3"><c r="A3"/></row>', {}, merges=merges, after=tail)


ARRAY = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:B1">X</f><v>1</v></c><c r="B1"><v>2</v></c></row>'
)
SHARED = (
    '<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B2">A1</f><v>1</v></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>'
)
REFUSALS = {
    "covered by a merge": (
        '<row r="1"><c r="B1"/></row>',
        {"B1": 1},
        MERGED,
        "「表」B1 被合并单元格 A1:C1 盖住",
    ),
    "in an array": (ARRAY, {"B1": 9}, "", "「表」B1 属于数组公式或模拟运算表 A1:B1"),
    "first of an array": (ARRAY, {"A1": 9}, "", "「表」A1 属于数组公式"),
    "new cell in an array": (
        ARRAY.replace('<c r="B1"><v>2</v></c>', ""),
        {"B1": 9},
        "",
        "「表」B1 属于数组公式",
    ),
    "formula that others share": (SHARED, {"B1": 9}, "", "「表」B1 的公式与下方单元格共用"),
}


@pytest.mark.parametrize(("rows", "cells", "tail", "said"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(after, rows, cells, tail, said):
    with pytest.raises(UserError, match=said):
        after(rows, cells, after=tail)


def test_nothing_put_over_a_covered_cell_is_no_harm(after):
    assert MERGED in after('<row r="1"><c r="A1"/></row>', {"B1": None, "A1": 1}, after=MERGED)


def test_one_cell_of_a_shared_formula(after):
    xml = after(SHARED, {"B2": 9})
    assert 'ref="B1:B2">A1</f>' in xml
    assert '<c r="B2"><v>9</v></c>' in xml


def test_all_cells_of_a_shared_formula(after):
    xml = after(SHARED, {"B1": 8, "B2": 9})
    assert '<c r="B1"><v>8</v></c>' in xml
    assert '<c r="B2"><v>9</v></c>' in xml


def test_formula_of_one_cell_array_gives_way(after):
    row = '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1">X</f><v>1</v></c></row>'
    assert '<c r="A1"><v>9</v></c>' in after(row, {"A1": 9})


def test_same_formula_keeps_its_form_under_a_new_result(after):
    xml = after(SHARED, {"B1": Put(7, formula="A1"), "B2": Put(8, formula="A2")})
    assert '<f t="shared" si="0" ref="B1:B2">A1</f><v>7</v>' in xml
    assert '<f t="shared" si="0"/><v>8</v>' in xml


SAME = {
    "shared text": ('<c r="A1" t="s"><v>0</v></c>', "甲"),
    "text in runs": ('<c r="A1" t="s"><v>1</v></c>', "甲乙"),
    "inline text": ('<c r="A1" t="inlineStr"><is><t>甲 </t></is></c>', "甲 "),
    "number": ('<c r="A1"><v>1.50</v></c>', 1.5),
    "exact number": ('<c r="A1"><v>1.5</v></c>', Decimal("1.50")),
    "whole number": ('<c r="A1"><v>15.0</v></c>', 15),
    "truth": ('<c r="A1" t="b"><v>1</v></c>', True),
    "error": ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
    "date": ('<c r="A1" s="1"><v>44386</v></c>', dt.date(2021, 7, 9)),
    "formula": ('<c r="A1"><f>B1 + 1</f><v>2</v></c>', Put(2, formula="B1 + 1")),
    "formula of text": ('<c r="A1" t="str"><f>"&lt;"</f><v>&lt;</v></c>', Put("<", formula='"<"')),
    "nothing": ('<c r="A1" s="1"/>', None),
    "nothing nowhere": ('<c r="B1"/>', None),
    "array's part": ('<c r="A1"><f t="array" ref="A1:B1">X</f><v>1</v></c>', Put(1, formula="X")),
}


@pytest.mark.parametrize(("xml", "value"), SAME.values(), ids=SAME)
def test_what_is_so_already_changes_no_byte(tmp_path, xml, value):
    strings = "<si><t>甲</t></si><si><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></si>"
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    path = small.save(
        tmp_path / "前.xlsx", small.parts(f'<row r="1">{xml}</row>', strings=strings, styles=styles)
    )
    book = FileBook(path)
    book.write("表", Changes({(1, 1): value if isinstance(value, Put) else Put(value)}))
    book.save(tmp_path / "后.xlsx")
    assert (tmp_path / "后.xlsx").read_bytes() == path.read_bytes()


DIFFERENT = {
    "truth is not 1": ('<c r="A1"><v>1</v></c>', True),
    "text is not a number": ('<c r="A1"><v>1</v></c>', "1"),
    "value is not its formula": ('<c r="A1"><f>B1</f><v>1</v></c>', 1),
    "formula is not its value": ('<c r="A1"><v>1</v></c>', Put(1, formula="B1")),
    "error is not text": ('<c r="A1" t="inlineStr"><is><t>#N/A</t></is></c>', CellError("#N/A")),
}


@pytest.mark.parametrize(("xml", "value"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_only_looks_the_same_is_written(after, xml, value):
    assert xml not in after(f'<row r="1">{xml}</row>', {"A1": value})


def test_prefixed_sheet(tmp_path):
    content = small.parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content = small.rewritten(
        content,
        lambda data: re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", data).replace(
            b'xmlns="', b'xmlns:x="'
        ),
    )
    book = FileBook(small.save(tmp_path / "前.xlsx", content))
    book.write(
        "表",
        Changes({(1, 1): Put("甲", style="标题"), (2, 1): Put(2, formula="A1")}, merges=("A1:B1",)),
    )
    book.write("通报", Changes({(1, 1): Put("题", style="标题")}))
    book.save(tmp_path / "后.xlsx")
    parts = small.load(tmp_path / "后.xlsx")
    assert b"<x:is><x:t>\xe7\x94\xb2</x:t></x:is></x:c>" in parts[SHEET]
    assert b'<x:row r="2"><x:c r="A2"><x:f>A1</x:f><x:v>2</x:v></x:c></x:row>' in parts[SHEET]
    assert b'<x:mergeCells count="1"><x:mergeCell ref="A1:B1"/></x:mergeCells>' in parts[SHEET]
    assert b"<x:calcPr fullCalcOnLoad" in parts["xl/workbook.xml"]
    again = FileBook(tmp_path / "后.xlsx")
    assert [again.read("表").at(1, 1), again.read("通报").at(1, 1)] == ["甲", "题"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_foreign_encodings_become_utf8_where_touched(tmp_path, encoding):
    def encode(data: bytes) -> bytes:
        return data.decode().replace("UTF-8", encoding).encode(encoding)

    content = small.rewritten(small.parts('<row r="1"><c r="A1"><v>1</v></c></row>'), encode)
    book = FileBook(small.save(tmp_path / "前.xlsx", content))
    book.write("表", Changes({(1, 2): Put("甲")}))
    book.save(tmp_path / "后.xlsx")
    assert FileBook(tmp_path / "后.xlsx").read("表").rows == [[1, "甲"]]


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (1_048_577, 1), (1, 16_385)])
def test_place_beyond_the_sheet_is_a_bug(tmp_path, place):
    book = FileBook(small.save(tmp_path / "前.xlsx", small.parts("")))
    with pytest.raises(ValueError, match="no sheet has"):
        book.write("表", Changes({place: Put(1)}))
