"""Areas in a file: rows below all others are rendered while they are saved, and read the same as cells put one by one."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hosts import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlplugin.book import Area, Changes, Filling, Put
from xlplugin.cells import CellError
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx import rows
from xlplugin.hosts.xlsx.package import Package, Streamed

SHEET = "xl/worksheets/sheet1.xml"
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e12, 1e12),
    st.sampled_from(["甲", "<&>", "=1", " 乙 ", "", "_x0041_"]),
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    st.just(CellError("#N/A")),
)
FILLINGS = st.lists(
    st.tuples(
        VALUES, st.sampled_from(["文字", "数字", "绿"]), st.sampled_from([None, None, "A1+1"])
    ),
    max_size=9,
)


def saved(path, book):
    """Every cell of a saved sheet as openpyxl sees it: value or formula, style, format; and the rows' heights."""
    book.save(path)
    sheet = openpyxl.load_workbook(path)["表"]
    cells = {
        cell.coordinate: (cell.value, cell.style, cell.number_format)
        for row in sheet
        for cell in row
        if cell.has_style or cell.value is not None
    }
    return (
        cells,
        {row: each.height for row, each in sheet.row_dimensions.items() if each.height},
        FileBook(path).read("表").rows,
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fillings=st.lists(FILLINGS, min_size=1, max_size=4),
    top=st.integers(1, 6),
    left=st.integers(1, 3),
    aside=st.integers(1, 12),
)
def test_an_area_is_its_cells(tmp_path, fillings, top, left, aside):
    """Law, whatever stands in the sheet before, beside the areas and beneath, however long each of them is."""
    areas = tuple(
        Area(
            top + at % 2,
            left + at,
            (Filling(*map(list, zip(*each, strict=True))) if each else Filling([], "文字"),),
        )
        for at, each in enumerate(fillings)
    )
    whole = Changes({(aside, 9): Put("旁")}, {row: 15.0 + row for row in range(1, 14)}, areas=areas)
    source = small.save(
        tmp_path / "表.xlsx",
        small.parts(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
        ),
    )
    outcomes = []
    for name, changes in (("甲", whole), ("乙", Changes(whole.puts(), whole.heights))):
        book = FileBook(source)
        book.write("表", changes)
        outcomes.append(saved(tmp_path / f"{name}.xlsx", book))
    assert outcomes[0] == outcomes[1]


OLD = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            '<c r="{}"/>',
            '<c r="{}" s="1"/>',
            '<c r="{}" s="2"><v>7</v></c>',
            '<c r="{}"><v>1.50</v></c>',
            '<c r="{}" s="1" t="s"><v>0</v></c>',
            '<c r="{}" t="s"><v>1</v></c>',
            '<c r="{}" t="b"><v>1</v></c>',
            '<c r="{}" t="e"><v>#N/A</v></c>',
            '<c r="{}" s="2" t="inlineStr"><is><t>乙</t></is></c>',
            '<c r="{}" t="inlineStr"><is><r><t>甲</t></r></is></c>',
            '<c r="{}" t="str"><f>A1&amp;""</f><v>甲</v></c>',
            '<c r="{}"><f>A1+1</f><v>3</v></c>',
            '<c r="{}" s="1"></c>',
        ]
    ),
)
XF = '<xf numFmtId="{}" fontId="{}" fillId="0" borderId="0" xfId="0"/>'
LOOKS = (
    "<fonts><font><b/></font><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    '<cellStyleXfs><xf fontId="1" fillId="0" borderId="0"/></cellStyleXfs>'
    f"<cellXfs>{XF.format(0, 1)}{XF.format(0, 0)}{XF.format(14, 1)}</cellXfs>"
    '<cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles>'
)
STRINGS = "<si><t>甲</t></si><si><r><t>&lt;&amp;</t></r><r><t>&gt;</t></r></si>"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    old=st.lists(st.lists(OLD, min_size=5, max_size=5), min_size=1, max_size=8),
    fillings=st.lists(FILLINGS, min_size=1, max_size=3),
    twice=st.booleans(),
    instead=st.booleans(),
    height=st.sampled_from(
        ["", ' ht="30" customHeight="1"', ' s="1" customFormat="1" spans="1:2"']
    ),
)
def test_an_area_over_rows_is_its_cells(tmp_path, old, fillings, twice, instead, height):
    """Law: over whatever stands in the rows, their cells beside the area and their own attributes stay, or are emptied
    where the area is written instead of them, be it row by row, cell by cell or with each such cell named; and once more."""
    xml = "".join(
        f'<row r="{row}"{height}>'
        + "".join(cell.format(f"{letter}{row}") for letter, cell in zip("ABCDE", line, strict=True))
        + "</row>"
        for row, line in enumerate(old, start=1)
    )
    parts = small.parts(xml, styles=LOOKS, strings=STRINGS)
    said = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{small.KIND}.sharedStrings+xml"/></Types>'
    kinds = "[Content_Types].xml"
    parts[kinds] = parts[kinds].replace(b"</Types>", said.encode())
    source = small.save(tmp_path / "表.xlsx", parts)
    areas = tuple(
        Area(2, 2 + at, (Filling(*map(list, zip(*each, strict=True))),))
        for at, each in enumerate(fillings)
        if each
    )
    whole = Changes({}, {3: 40.0}, areas=areas, instead=instead)
    alone = Changes(whole.puts(), whole.heights, instead=instead)
    named = whole.over(FileBook(source).read("表"))
    if instead:  # that empty rows below all others have heights, only the file knows
        bare = set(range(1, len(old) + 1)) - named.rows()
        named = replace(named, heights={**dict.fromkeys(bare), **named.heights})
    outcomes = []
    for name, changes in (("甲", whole), ("乙", alone), ("丙", named)):
        target = tmp_path / f"{name}.xlsx"
        book = FileBook(source)
        book.write("表", changes)
        outcomes.append(saved(target, book))
        if twice:
            book = FileBook(target)
            book.write("表", changes)
            assert not book._package.new
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_many_rows_come_in_pieces(tmp_path, monkeypatch):
    """Pieces join without a seam, the dimension takes all in, and a second writing finds what the first left."""
    monkeypatch.setattr(rows, "ROWS_AT_ONCE", 7)
    source = small.save(tmp_path / "表.xlsx", small.parts("", before='<dimension ref="A1"/>'))
    book = FileBook(source)
    book.write(
        "表",
        Changes(
            {},
            areas=(
                Area(
                    3,
                    2,
                    (Filling(range(40), "数字"), Filling([f"项目{n}" for n in range(40)], "文字")),
                ),
            ),
        ),
    )
    assert isinstance(book._package.new[SHEET], Streamed)
    book.write("表", Changes({(20, 2): Put("改")}))
    book.save(tmp_path / "新.xlsx")
    grid = FileBook(tmp_path / "新.xlsx").read("表")
    assert [grid.at(row, 3) for row in range(3, 43)] == [f"项目{n}" for n in range(40)]
    assert [grid.at(row, 2) for row in (19, 20, 21, 42)] == [16, "改", 18, 39]
    xml = zipfile.ZipFile(tmp_path / "新.xlsx").read(SHEET)
    assert b'<dimension ref="A1:C42"/>' in xml
    assert xml.count(b"<row ") == 40


def test_an_area_does_not_tear_an_array_that_reaches_below_the_last_row(tmp_path):
    """Of an array A2:A6 only the first row is written in the file: rows 3 to 6 are not free."""
    cells = '<row r="2"><c r="A2"><f t="array" ref="A2:A6">B2:B6</f><v>1</v></c></row>'
    book = FileBook(small.save(tmp_path / "表.xlsx", small.parts(cells)))
    with pytest.raises(UserError, match="「表」A4 属于数组公式"):
        book.write("表", Changes({}, areas=(Area(4, 1, (Filling([1, 2], "数字"),)),)))
    book.write("表", Changes({}, areas=(Area(7, 1, (Filling([7, 8], "数字"),)),)))
    book.save(tmp_path / "新.xlsx")
    assert FileBook(tmp_path / "新.xlsx").read("表").at(8, 1) == 8


def test_a_prefixed_sheet(tmp_path):
    """A writer that names the elements x:row gets x:row back."""
    parts = small.parts("")
    parts[SHEET] = f'<x:worksheet xmlns:x="{small.MAIN}"><x:sheetData/></x:worksheet>'.encode()
    book = FileBook(small.save(tmp_path / "表.xlsx", parts))
    book.write("表", Changes({}, areas=(Area(1, 1, (Filling([1.5, "甲"], "文字"),)),)))
    book.save(tmp_path / "新.xlsx")
    assert FileBook(tmp_path / "新.xlsx").read("表").rows == [[1.5], ["甲"]]


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_streamed_and_whole_content_make_the_same_member(tmp_path, size):
    """What is compressed in pieces is the same file as what is compressed at once."""
    raw = small.save(tmp_path / "表.xlsx", small.parts("")).read_bytes()
    content = bytes(n * n % 251 for n in range(size))
    whole, pieces = Package(raw), Package(raw)
    whole.replace(SHEET, content)
    pieces.replace(
        SHEET,
        Streamed(content[:5], [content[5 + at :][:300_000] for at in range(0, size, 300_000)], b""),
    )
    assert pieces.read(SHEET) == content
    assert (
        Package(pieces.build()).original(SHEET) == Package(whole.build()).original(SHEET) == content
    )
