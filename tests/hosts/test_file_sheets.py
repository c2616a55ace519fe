"""Named styles and added sheets, as openpyxl sees them in the saved file."""

from __future__ import annotations

import datetime as dt
import re

import openpyxl
import pytest
from hosts import small
from hosts.rich import rich

from xlplugin.book import STYLES, Changes, Layout, Put
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

NOISE = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
ROW = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row>'
STYLED = (
    '<fonts count="1"><font><sz val="12"/><name val="等线"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="left"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>'
)
KINDS = {
    "usual": STYLED,
    "without named styles": re.sub("<cellStyles.*</cellStyles>", "", STYLED),
    "without style formats": re.sub("<cellStyleXfs.*</cellStyleXfs>", "", STYLED),
    "bare": "",
    "cell formats only": '<cellXfs><xf numFmtId="0"/><xf numFmtId="2"/></cellXfs>',
    "empty sections": STYLED.replace("<fonts", "<numFmts/><fonts"),
}


def saved(tmp_path, content, **sheets: Changes):
    book = FileBook(small.save(tmp_path / "前.xlsx", content))
    for sheet, changes in sheets.items():
        book.write(sheet, changes)
    book.save(tmp_path / "后.xlsx")
    return tmp_path / "后.xlsx"


@pytest.mark.parametrize("styles", KINDS.values(), ids=KINDS)
def test_named_styles(tmp_path, styles):
    rows = ROW if styles else ROW.replace(' s="1"', "")
    puts = {(number, 1): Put(key, style=key) for number, key in enumerate(STYLES, start=2)}
    target = saved(tmp_path, small.parts(rows, styles=styles), 表=Changes(puts))
    sheet = openpyxl.load_workbook(target)["表"]
    for (row, column), put in puts.items():
        style, cell = STYLES[put.style], sheet.cell(row, column)
        assert cell.style == "KP" + put.style
        assert (cell.font.name, cell.font.sz, cell.font.b) == (style.font, style.size, style.bold)
        assert cell.font.color.rgb == "FF" + style.color
        assert cell.number_format == style.number_format
        assert (cell.fill.fgColor.rgb if style.fill else None) == (
            "FF" + style.fill if style.fill else None
        )
        assert (cell.alignment.horizontal or "general", cell.alignment.vertical) == (
            style.horizontal,
            style.vertical,
        )
        assert bool(cell.alignment.wrap_text) == style.wrap
        assert (cell.border.left.style, cell.border.bottom.style) == (
            ("thin",) * 2 if style.border else (None,) * 2
        )


def test_counts_are_right_and_formats_for_conditions_stay(tmp_path):
    target = saved(
        tmp_path,
        small.parts(ROW, styles=STYLED),
        表=Changes({(1, 1): Put(1, style="红"), (2, 1): Put(2, style="万元")}),
    )
    xml = small.load(target)["xl/styles.xml"].decode()
    for section, item in (
        ("fonts", "font"),
        ("cellXfs", "xf"),
        ("cellStyleXfs", "xf"),
        ("cellStyles", "cellStyle"),
        ("numFmts", "numFmt"),
    ):
        inside = re.search(rf'<{section} count="(\d+)">(.*?)</{section}>', xml)
        assert int(inside[1]) == len(re.findall(rf"<{item}[ >]", inside[2])), section
    assert '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>' in xml
    order = re.findall(
        r"<(numFmts|fonts|fills|borders|cellStyleXfs|cellXfs|cellStyles|dxfs)\b", xml
    )
    assert order == [
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
        "dxfs",
    ]


OWN = STYLED.replace(
    'name="Normal" xfId="0" builtinId="0"/>',
    'name="Normal" xfId="0" builtinId="0"/><cellStyle name="KP红" xfId="1"/>',
)
OWN = OWN.replace(
    'borderId="0"/></cellStyleXfs>',
    'borderId="0"/><xf numFmtId="9" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
)


def test_a_clerks_own_look_of_a_named_style_is_used(tmp_path):
    target = saved(tmp_path, small.parts(ROW, styles=OWN), 表=Changes({(1, 1): Put(1, style="红")}))
    cell = openpyxl.load_workbook(target)["表"]["A1"]
    assert (cell.style, cell.number_format, cell.font.name) == ("KP红", "0%", "等线")


def test_a_cell_that_has_the_style_keeps_what_the_clerk_did_on_top(tmp_path):
    styles = OWN.replace(
        'fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment',
        'fontId="0" fillId="0" borderId="0" xfId="1" applyAlignment',
    )
    target = saved(
        tmp_path, small.parts(ROW, styles=styles), 表=Changes({(1, 2): Put(3, style="红")})
    )
    assert openpyxl.load_workbook(target)["表"]["B1"].alignment.horizontal == "left"


@pytest.mark.parametrize("key", [None, "居中"])
def test_a_date_gets_a_date_format_and_keeps_the_rest(tmp_path, key):
    puts = {
        (1, 2): Put(dt.date(2021, 7, 9), style=key),
        (1, 9): Put(dt.date(2021, 7, 9), style=key),
    }
    target = saved(tmp_path, small.parts(ROW, styles=STYLED), 表=Changes(puts))
    sheet = openpyxl.load_workbook(target)["表"]
    assert [sheet[at].value for at in ("B1", "I1")] == [
        dt.datetime.combine(dt.date(2021, 7, 9), dt.time())
    ] * 2
    assert sheet["B1"].alignment.horizontal == ("left" if key is None else "center")
    assert FileBook(target).read("表").at(1, 2) == dt.date(2021, 7, 9)


LAYOUT = Layout(widths={1: 8, 2: 40.5}, freeze=2, landscape=True, title_rows=(1, 2))


@NOISE
@pytest.mark.parametrize("name", ["通报", "检查 结果", "县长's 表", "R&D<1>", "Sheet1"])
def test_added_sheet(tmp_path, name):
    book = FileBook(rich(tmp_path / "台账.xlsm"))
    puts = {
        (1, 1): Put("题", style="标题"),
        (3, 2): Put(0.5, style="比例"),
        (4, 2): Put(1, formula="B3*2"),
    }
    if name == "通报":
        name = "通报（新）"
    book.write(name, Changes(puts, layout=LAYOUT, merges=("A1:F1",), heights={1: 40}))
    book.write(name + "2", Changes({(1, 1): Put(1)}))
    book.save(tmp_path / "后.xlsm")
    workbook = openpyxl.load_workbook(tmp_path / "后.xlsm", keep_vba=True)
    assert workbook.sheetnames[-3:] == ["图页", name, name + "2"]
    sheet = workbook[name]
    assert (sheet["A1"].value, sheet["B3"].value, sheet["B4"].value) == ("题", 0.5, "=B3*2")
    assert [sheet.column_dimensions[column].width for column in "AB"] == [8, 40.5]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "A3",
        "landscape",
        9,
    )
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.row_dimensions[1].height == 40
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:F1"]
    assert workbook["台账"].print_title_rows == "$1:$3"
    assert workbook["通报"].defined_names["局部名"].attr_text == "通报!$A$3"
    ids = re.findall(
        r'<sheet [^>]*sheetId="(\d+)"', small.load(tmp_path / "后.xlsm")["xl/workbook.xml"].decode()
    )
    assert len(ids) == len(set(ids)) == 10
    again = FileBook(tmp_path / "后.xlsm")
    assert again.read(name).at(4, 2) == 1


def test_added_sheet_beside_a_chart_sheet_of_that_name(tmp_path):
    book = FileBook(rich(tmp_path / "台账.xlsx"))
    with pytest.raises(UserError, match="已有名为「图页」的图表"):
        book.write("图页", Changes({}))


@pytest.mark.parametrize(
    "names",
    [
        "",
        "<definedNames/>",
        '<definedNames><definedName name="甲">表!$A$1</definedName></definedNames>',
    ],
)
def test_print_titles_in_any_list_of_names(tmp_path, names):
    target = saved(
        tmp_path,
        small.parts(ROW, styles=STYLED, names=names),
        通报=Changes({(1, 1): Put(1)}, layout=LAYOUT),
    )
    workbook = openpyxl.load_workbook(target)
    assert workbook["通报"].print_title_rows == "$1:$2"
    assert list(workbook.defined_names) == (["甲"] if "甲" in names else [])


def test_strict_workbook_stays_strict(tmp_path):
    def strict(data: bytes) -> bytes:
        data = data.replace(small.MAIN.encode(), small.STRICT_MAIN.encode())
        return data.replace(small.OFFICE.encode(), small.STRICT_OFFICE.encode())

    content = {name: strict(data) for name, data in small.parts(ROW).items()}
    target = saved(
        tmp_path,
        content,
        表=Changes({(1, 1): Put(1, style="红")}),
        通报=Changes({(1, 1): Put("题")}, layout=LAYOUT),
    )
    assert small.MAIN.encode() + b'"' not in b"".join(small.load(target).values())
    assert small.OFFICE.encode() not in b"".join(small.load(target).values())
    assert FileBook(target).read("通报").rows == [["题"]]


@NOISE
def test_workbook_without_shared_strings_by_openpyxl(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append([1, 2])
    workbook.save(tmp_path / "前.xlsx")
    book = FileBook(tmp_path / "前.xlsx")
    book.write("Sheet", Changes({(1, 1): Put("甲", style="文字"), (2, 2): Put("乙")}))
    book.save(tmp_path / "后.xlsx")
    assert [
        [cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "后.xlsx").active
    ] == [["甲", 2], [None, "乙"]]
