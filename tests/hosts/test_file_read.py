"""Reading a clerk's file: what python-calamine leaves out or mistakes, and the facts beside the values."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from hosts import small

from xlplugin.cells import CellError, Uncalculated
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx.package import Package

DAY = dt.date(2021, 7, 9)


@pytest.fixture
def sheet(tmp_path):
    """Read a sheet made of these rows."""

    def read(rows: str, **more):
        return FileBook(small.save(tmp_path / "台账.xlsx", small.parts(rows, **more))).read("表")

    return read


def test_the_texts_are_read_once(tmp_path, monkeypatch):
    """Of a file whose parts are where the reader looks for them."""
    parts = small.parts(cell('<c r="A1" t="s"><v>0</v></c>'), strings="<si><t>甲</t></si>")
    read, asked = Package.read, []
    monkeypatch.setattr(Package, "read", lambda self, part: asked.append(part) or read(self, part))
    assert FileBook(small.save(tmp_path / "台账.xlsx", parts)).read("表").rows == [["甲"]]
    assert asked.count("xl/sharedStrings.xml") == 1


def cell(content: str) -> str:
    return f'<row r="1">{content}</row>'


@pytest.mark.parametrize(
    "error",
    [
        "#N/A",
        "#VALUE!",
        "#REF!",
        "#DIV/0!",
        "#NUM!",
        "#NAME?",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
    ],
)
def test_errors(sheet, error):
    got = sheet(cell(f'<c r="A1" t="e"><f>X</f><v>{error}</v></c><c r="B1"><v>1</v></c>'))
    assert got.rows == [[error, 1]]
    assert isinstance(got.at(1, 1), CellError)


def test_error_beyond_all_values(sheet):
    assert sheet('<row r="1"/><row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>').at(
        3, 3
    ) == CellError("#N/A")


DATES = {
    "built in": '<xf numFmtId="14"/>',
    "with time": '<xf numFmtId="22"/>',
    **{
        f"east asian {number}": f'<xf numFmtId="{number}"/>'
        for number in (27, 28, 30, 31, 36, 50, 52, 57, 58)
    },
}
CUSTOM = [
    'yyyy"年"m"月"d"日"',
    "yyyy年m月d日",
    "[$-804]yyyy-mm-dd",
    '[DBNum1][$-804]yyyy"年"m"月"d"日";@',
    "[$-F800]dddd",
    "yyyy\\-mm",
    "m/d",
    "[$-804]aaaa",
    'aaaa d"日"',
    "aaa, yyyy",
    'e"年"',
    "yyyy.m.d",
    "[$-2010000]yyyy/mm/dd;@",
    "[Red]yyyy-mm-dd",
]
NUMBERS = [
    "#,##0.00_ ;[Red]\\-#,##0.00\\ ", '0.00"元"', "0.00E+00", "[DBNum2][$-804]General", 'General"日"', "G/通用格式", "0!.0000",
    '_ "¥"* #,##0_ ;', "[Yellow]0", "[$CNY] 0.00", "0.0%", "# ?/?",
]  # fmt: skip


def styled(code: str) -> str:
    escaped = code.replace('"', "&quot;")
    return f'<numFmts><numFmt numFmtId="164" formatCode="{escaped}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'


@pytest.mark.parametrize("xf", DATES.values(), ids=DATES)
def test_dates_by_built_in_format(sheet, xf):
    assert (
        sheet(cell('<c r="A1" s="1"><v>44386</v></c>'), styles=f"<cellXfs><xf/>{xf}</cellXfs>").at(
            1, 1
        )
        == DAY
    )


@pytest.mark.parametrize("code", CUSTOM)
def test_dates_by_custom_format(sheet, code):
    assert sheet(cell('<c r="A1" s="1"><v>44386</v></c>'), styles=styled(code)).at(1, 1) == DAY


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers_stay_numbers(sheet, code):
    assert sheet(cell('<c r="A1" s="1"><v>44386</v></c>'), styles=styled(code)).at(1, 1) == 44386.0


@pytest.mark.parametrize("calendar", ["1", "true"])
@pytest.mark.parametrize("code", ["yyyy-mm-dd", "aaaa"])
def test_dates_of_the_mac_calendar(sheet, calendar, code):
    grid = sheet(
        cell('<c r="A1" s="1"><v>42924</v></c>'),
        styles=styled(code),
        calendar=f'date1904="{calendar}"',
    )
    assert grid.at(1, 1) == DAY


@pytest.mark.parametrize("text", ["2021-07-09", "2021-07-09T00:00:00", "2021-07-09T10:30:00.000"])
def test_iso_dates(sheet, text):
    assert sheet(cell(f'<c r="A1" t="d"><v>{text}</v></c>')).at(1, 1) == DAY


TEXTS = {
    "shared": ('<c r="A1" t="s"><v>0</v></c>', "<si><t>城关镇</t></si>", "城关镇"),
    "in runs": (
        '<c r="A1" t="s"><v>0</v></c>',
        '<si><r><t xml:space="preserve">城 </t></r><r><rPr><b/></rPr><t>关镇</t></r></si>',
        "城 关镇",
    ),
    "with reading": (
        '<c r="A1" t="s"><v>0</v></c>',
        '<si><t>施工</t><rPh sb="0" eb="2"><t>シコウ</t></rPh></si>',
        "施工",
    ),
    "escaped": (
        '<c r="A1" t="s"><v>0</v></c>',
        "<si><t>甲_x000A_乙_x005F_x0041_</t></si>",
        "甲\n乙_x0041_",
    ),
    "inline": ('<c r="A1" t="inlineStr"><is><t>甲&amp;乙</t></is></c>', "", "甲&乙"),
    "inline runs": (
        '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
        "",
        "甲乙",
    ),
    "of a formula": ('<c r="A1" t="str"><f>B1</f><v>甲</v></c>', "", "甲"),
    "blank": ('<c r="A1" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>', "", None),
    "truth": ('<c r="A1" t="b"><v>1</v></c>', "", True),
    "commented out": (
        '<!-- <c r="A1"><v>9</v></c> --><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1"/>]]></t></is></c>',
        "",
        '<c r="B1"/>',
    ),
}


@pytest.mark.parametrize(("xml", "strings", "wanted"), TEXTS.values(), ids=TEXTS)
def test_texts(sheet, xml, strings, wanted):
    assert sheet(cell(xml + '<c r="B1"><v>1</v></c>'), strings=strings).rows == [[wanted, 1]]


UNCALCULATED = {
    "no value": '<c r="A1"><f>SUM(B1:B2)</f></c>',
    "empty value": '<c r="A1"><f>SUM(B1:B2)</f><v></v></c>',
    "empty value tag": '<c r="A1"><f>SUM(B1:B2)</f><v/></c>',
    "of text": '<c r="A1" t="str"><f>SUM(B1:B2)</f></c>',
    "array": '<c r="A1"><f t="array" ref="A1:A2">SUM(B1:B2)</f></c>',
    "styled, no address": '<c s="0"><f ca="1">SUM(B1:B2)</f></c>',
}


@pytest.mark.parametrize("xml", UNCALCULATED.values(), ids=UNCALCULATED)
def test_formula_without_value(sheet, xml):
    got = sheet(cell(xml)).at(1, 1)
    assert (type(got), got) == (Uncalculated, "SUM(B1:B2)")


def test_formula_with_blank_text_as_value(sheet):
    assert sheet(
        cell('<c r="A1" t="str"><f>IF(B1,"","")</f><v></v></c><c r="B1"><v>1</v></c>')
    ).rows == [[None, 1]]


def test_shared_formula_without_values(sheet):
    rows = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1*$B$1+SUM(A:A)+"A1"+T[[#This Row],[A1]]</f></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/></c></row><row r="3"><c r="C3"><f t="shared" si="0"/><v>5</v></c></row>'
    )
    grid = sheet(rows)
    assert grid.at(2, 3) == Uncalculated('A2*$B$1+SUM(A:A)+"A1"+T[[#This Row],[A1]]')
    assert grid.at(3, 3) == 5


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("$A1*B$2", "$A3*C$2"),
        ("SUM($A:B)", "SUM($A:C)"),
        ("SUM($1:2)", "SUM($1:4)"),
        ("A1:$C$3", "B3:$C$3"),
        ("年初!$D1", "年初!$D3"),
    ],
)
def test_what_a_shared_formula_holds_fast(sheet, said, moved):
    """Two rows down and one column right, what follows a $ stays."""
    rows = (
        f'<row r="1"><c r="E1"><f t="shared" ref="E1:F3" si="0">{said}</f><v>1</v></c></row>'
        '<row r="3"><c r="F3"><f t="shared" si="0"/></c></row>'
    )
    assert sheet(rows).at(3, 6) == Uncalculated(moved)


@pytest.mark.parametrize(
    ("serial", "read"),
    [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (44386, "2021-07-09")],
)
@pytest.mark.parametrize("code", ["yyyy-mm-dd", "aaaa"])
def test_days_before_the_leap_day_that_never_was(sheet, serial, read, code):
    """Excel counts a 29 February 1900."""
    grid = sheet(cell(f'<c r="A1" s="1"><v>{serial}</v></c>'), styles=styled(code))
    assert grid.at(1, 1) == dt.date.fromisoformat(read)


LINKS = {
    "[1]Sheet1!A1": True,
    "VLOOKUP(A2,[2]年初!$A:$B,2,0)": True,
    "'[1]Sheet 1'!A1+1": True,
    "'D:\\年\\[2021 台账.xlsx]台账'!K7": True,
    "SUM([1]!总投资)": True,
    "SUM(tblLedger[年度计划投资])": False,
    "tblLedger[[#This Row],[累计]]/tblLedger[[#This Row],[计划]]": False,
    'IF(A1="[1]Sheet1!A1",1,2)': False,
    "参数!A1": False,
}


@pytest.mark.parametrize(("formula", "elsewhere"), LINKS.items())
def test_formulas_over_other_workbooks(sheet, formula, elsewhere):
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;")
    grid = sheet(cell(f'<c r="A1"><f>{escaped}</f><v>3</v></c>'))
    assert dict(grid.formulas) == ({(1, 1): formula} if elsewhere else {})
    assert grid.at(1, 1) == 3


def test_shared_formula_over_another_workbook(sheet):
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="7">[1]年初!A1</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="7"/><v>2</v></c></row>'
    )
    assert dict(sheet(rows).formulas) == {(1, 2): "[1]年初!A1", (2, 2): "[1]年初!A2"}


def test_cells_without_addresses(sheet):
    rows = (
        '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
        '<row r="5"><c/><c><f>A1</f></c></row><row hidden="1"><c r="C6"><v>3</v></c><c><v>9</v></c></row>'
    )
    grid = sheet(rows)
    assert [grid.at(1, 1), grid.at(1, 2), grid.at(5, 2), grid.at(6, 4)] == [1, "#N/A", "A1", 9]
    assert grid.hidden == {6}


HIDDEN = {
    'hidden="1"': True,
    'hidden="true"': True,
    'ht="0"': True,
    'ht="0.0" customHeight="1"': True,
    'ht="10"': False,
}


@pytest.mark.parametrize(("attribute", "hidden"), HIDDEN.items())
def test_hidden_rows(sheet, attribute, hidden):
    grid = sheet(f'<row r="1"/><row r="2" {attribute}><c r="A2"><v>1</v></c></row>')
    assert grid.hidden == ({2} if hidden else frozenset())


FILTERS = {
    '<autoFilter ref="A1:B9"><filterColumn colId="0"><filters><filter val="甲"/></filters></filterColumn></autoFilter>': True,
    '<autoFilter ref="A1:B9"><filterColumn colId="0" hiddenButton="1"/></autoFilter>': False,
    '<autoFilter ref="A1:B9"/>': False,
    "": False,
}


@pytest.mark.parametrize(("after", "filtered"), FILTERS.items())
def test_filters(sheet, after, filtered):
    assert sheet(cell('<c r="A1"><v>1</v></c>'), after=after).filtered is filtered


def test_filter_mode(sheet):
    assert sheet("", before='<sheetPr filterMode="1"/>').filtered


def test_filter_of_a_table(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", "乙"])
    workbook.active.append([1, 2])
    table = openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2")
    table.autoFilter = openpyxl.worksheet.filters.AutoFilter(ref="A1:B2")
    table.autoFilter.add_filter_column(0, ["1"])
    workbook.active.add_table(table)
    workbook.save(tmp_path / "表.xlsx")
    assert FileBook(tmp_path / "表.xlsx").read("Sheet").filtered


def strict(data: bytes) -> bytes:
    data = data.replace(small.MAIN.encode(), small.STRICT_MAIN.encode())
    return data.replace(small.OFFICE.encode(), small.STRICT_OFFICE.encode())


def prefixed(data: bytes) -> bytes:
    import re

    return re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", data).replace(b' xmlns="', b' xmlns:x="')


VARIANTS = {
    "as it is": lambda data: data,
    "strict": strict,
    "prefixed": prefixed,
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "utf-16": lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "gb18030": lambda data: data.decode().replace("UTF-8", "GB18030").encode("gb18030"),
    "single quotes": lambda data: data.replace(b'"', b"'"),
    "pretty": lambda data: (
        data.replace(b"><c", b">\n  <c")
        .replace(b"><row", b">\n <row")
        .replace(b"</row>", b"\n</row>")
    ),
}
DOCUMENT = small.parts(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#SPILL!</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="1"><v>44386</v></c><c r="B2"><f>[1]年初!A1</f><v>5</v></c><c r="C2"><f>A1</f></c></row>',
    strings="<si><t>编号</t></si>",
    styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    after='<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells>',
)


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_the_same_in_every_way_of_writing_xml(tmp_path, change):
    grid = FileBook(small.save(tmp_path / "表.xlsx", small.rewritten(DOCUMENT, change))).read("表")
    assert [list(row) for row in grid.rows] == [["编号", "#SPILL!"], [DAY, 5, Uncalculated("A1")]]
    assert (dict(grid.formulas), grid.hidden, grid.merged) == (
        {(2, 2): "[1]年初!A1"},
        {2},
        ("D1:E1",),
    )


def test_streamed_workbook(tmp_path):
    workbook = openpyxl.Workbook(write_only=True)
    stream = workbook.create_sheet("台账")
    for row in range(5):
        stream.append([f"ZD{row}", row, DAY])
    workbook.save(tmp_path / "流.xlsx")
    assert FileBook(tmp_path / "流.xlsx").read("台账").rows[4] == ["ZD4", 4, DAY]
