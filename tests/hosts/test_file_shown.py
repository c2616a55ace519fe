"""A date written over whatever format is there is read as a date, a number as a number: by openpyxl, by calamine, by us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hosts import small

from xlplugin.book import Area, Changes, Filling, Put
from xlplugin.cells import Cell, normal
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.openpyxl import OpenpyxlBook

pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no ")

DAY = dt.date(2021, 3, 1)
FORMATS = (
    "[h]:mm", "[mm]", "[ss]", '[h]"d"', "mm:ss", "h:mm AM/PM", "上午/下午h", "yyyy", "mm", 'd"日"', "[Red]d", "[DBNum1]yyyy",
    "m/d/yy h:mm", "yy;@;0", "0.00", "@", "General;@", '"d"0', "#,##0;d", "G/通用格式", "0.00E+00", r"0\h", "0_d",
)  # fmt: skip


def code(said: str, number: int = 164) -> str:
    """Styles where a cell format 1 has a number format."""
    quoted = said.replace('"', "&quot;")
    fmt = f'<numFmts count="1"><numFmt numFmtId="{number}" formatCode="{quoted}"/></numFmts>'
    return f'{fmt}<cellXfs><xf/><xf numFmtId="{number}"/></cellXfs>'


def xfs(*said: str, styles: str = "") -> str:
    base = f"<cellStyleXfs><xf/>{styles}</cellStyleXfs>" if styles else ""
    return f"{base}<cellXfs>{''.join(f'<xf {each}/>' for each in said)}</cellXfs>"


def ways(choice: str, fallback: str) -> str:
    """What Excel and programs that know no extension are told differently."""
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x16="urn:x16"'
    )
    return (
        f'<mc:AlternateContent {spaces}><mc:Choice Requires="x16">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


SHORT = '<xf numFmtId="14"/>'
DATED = '<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
STYLES = {
    **{said: code(said) for said in FORMATS},
    **{f"format {number}": xfs("", f'numFmtId="{number}"') for number in (14, 18, 21, 22, 27, 30, 32, 36, 45, 46, 47, 50, 55, 58)},
    "2 is a date": code("yyyy-mm-dd", 2),
    "14 is a number": code("0.00", 14),
    "0 is a date": code("yyyy-mm-dd", 0).replace('"/></cellXfs>', '"/><xf numFmtId="0"/></cellXfs>'),
    "a date that does not apply": xfs("", 'numFmtId="14" applyNumberFormat="0" xfId="0"', styles="<xf/>"),
    "a style's date": xfs("", 'numFmtId="0" applyNumberFormat="0" xfId="1"', styles='<xf numFmtId="14"/>'),
    "nothing but a style": xfs("", 'xfId="1"', styles='<xf numFmtId="14"/>'),
    "a date by default": xfs('numFmtId="14"', 'numFmtId="14"'),
    "a date by default, applied": xfs('numFmtId="14" applyNumberFormat="1"', 'numFmtId="20"'),
    "no formats at all": "",
    "no cell formats": "<fonts/>",
    "a format in two ways": f"<numFmts>{ways(DATED, DATED)}</numFmts>" + xfs("", 'numFmtId="164"'),
    "a cell format in two ways": f"<cellXfs><xf/>{ways(SHORT, '<xf/>')}{SHORT}</cellXfs>",
    "all in two ways": ways(xfs("", 'numFmtId="14"', ""), xfs("", 'numFmtId="20"')),
}  # fmt: skip
ROWS = '<row r="1"><c r="A1" s="1"><v>1.5</v></c><c r="B1" s="1"/></row><row r="2"><c r="A2"><v>1.5</v></c></row>'
WRITTEN: Mapping[tuple[int, int], Cell] = {
    (1, 1): DAY, (1, 2): DAY, (2, 1): DAY, (2, 2): DAY, (3, 1): DAY,
}  # fmt: skip


def three(path: Path) -> list[Mapping[tuple[int, int], Cell]]:
    """What stands where something was written, by three readers."""
    sheet = openpyxl.load_workbook(path)["表"]
    theirs = python_calamine.load_workbook(str(path)).get_sheet_by_name("表").to_python()
    ours = FileBook(path).read("表")
    return [
        {place: normal(sheet.cell(*place).value) for place in WRITTEN},
        {place: normal(theirs[place[0] - 1][place[1] - 1]) for place in WRITTEN},
        {place: ours.at(*place) for place in WRITTEN},
    ]


@pytest.mark.parametrize("calendar", ["", 'date1904="1"'], ids=["1900", "1904"])
@pytest.mark.parametrize("name", STYLES)
def test_read_by_all_as_it_was_written(tmp_path, name, calendar):
    """In cells that hold something, are formatted, bare, new, in new rows; one by one and as an area."""
    rows = ROWS if "<xf" in STYLES[name] else ROWS.replace(' s="1"', "")
    for value in (DAY, 5.5, 44256, *((True, "文") if name in FORMATS else ())):
        for area in (False, True):
            path = small.save(
                tmp_path / "台账.xlsx", small.parts(rows, styles=STYLES[name], calendar=calendar)
            )
            book, puts = FileBook(path), dict.fromkeys(WRITTEN, Put(value))
            fillings = tuple(Filling([value] * 3, "文字") for _ in range(2))
            book.write("表", Changes({}, areas=(Area(1, 1, fillings),)) if area else Changes(puts))
            book.save()
            for found in three(path):
                assert found == dict.fromkeys(WRITTEN, value), value
                assert {isinstance(each, bool) for each in found.values()} == {value is True}


def test_a_clerks_way_to_show_a_date_stays(tmp_path):
    """Also where not all programs know it by its number: it is spelled out for them."""
    for number, wanted in ((31, 'yyyy"年"m"月"d"日"'), (14, "mm-dd-yy"), (32, "mm-dd-yy")):
        path = small.save(
            tmp_path / "台账.xlsx", small.parts(ROWS, styles=xfs("", f'numFmtId="{number}"'))
        )
        book = FileBook(path)
        book.write("表", Changes({(1, 1): Put(DAY)}))
        book.save()
        assert openpyxl.load_workbook(path)["表"]["A1"].number_format == wanted


def test_cells_without_a_format_where_the_first_is_a_date(tmp_path):
    parts = small.parts(ROWS.replace("1.5", "44256"), styles=xfs('numFmtId="14"', 'numFmtId="2"'))
    grid = FileBook(small.save(tmp_path / "台账.xlsx", parts)).read("表")
    assert (grid.at(1, 1), grid.at(2, 1)) == (44256, DAY)


@pytest.mark.parametrize("day", [dt.date(1904, 1, 1), dt.date(1902, 1, 1)])
def test_days_before_the_other_calendar(tmp_path, day):
    book = FileBook(
        small.save(tmp_path / "台账.xlsx", small.parts(ROWS.replace(' s="1"', ""), calendar='date1904="1"'))
    )  # fmt: skip
    with pytest.raises(UserError, match=r"^「台账.xlsx」「表」A1：日期 .*早于 1904-01-02"):
        book.write("表", Changes({(1, 1): Put(day)}))


@pytest.mark.parametrize("place", ["xl/formats/st.xml", "styles.xml", "xl/Styles.xml"])
def test_styles_elsewhere(tmp_path, place):
    """Written into, they lie where every program looks for them."""
    parts = small.parts(ROWS, styles=code("[h]:mm"))
    parts[place] = parts.pop("xl/styles.xml")
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b'"styles.xml"', f'"/{place}"'.encode())
    path = small.save(tmp_path / "台账.xlsx", parts)
    book = FileBook(path)
    book.write("表", Changes(dict.fromkeys(WRITTEN, Put(DAY))))
    book.save()
    assert FileBook(path).read("表").at(1, 1) == DAY
    written = small.load(path)
    assert sum(name.lower().endswith(("styles.xml", "st.xml")) for name in written) == 1
    if place != "xl/Styles.xml":
        assert three(path) == [dict.fromkeys(WRITTEN, DAY)] * 3


@pytest.mark.parametrize("shown", ["yyyy-mm-dd", "[h]:mm", "mm:ss", "0.00"])
def test_in_a_workbook_of_openpyxl_too(tmp_path, shown):
    workbook = openpyxl.Workbook()
    for place in ("A1", "A2"):
        workbook.active[place].number_format = shown
    title = workbook.active.title
    OpenpyxlBook(workbook).write(title, Changes({(1, 1): Put(DAY), (2, 1): Put(44256)}))
    workbook.save(tmp_path / "台账.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx")[title]
    assert (normal(sheet["A1"].value), sheet["A2"].value) == (DAY, 44256)
