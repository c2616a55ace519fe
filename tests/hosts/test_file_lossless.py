"""Nothing of a clerk's workbook is lost: what is not written to leaves as the very bytes it came in."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest
from hosts import small
from hosts.rich import COUNT, FIRST, picture, rich

from xlplugin.book import Changes, Layout, Put, Span
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx.package import Package

LEDGER, BULLETIN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
NOISE = "ignore:.*extension is not supported:UserWarning"
CELLS = Changes({(4, 9): Put("红"), (5, 9): Put("黄"), (30, 12): Put(1.5)})


@pytest.fixture(scope="module", params=["台账.xlsx", "台账.xlsm"])
def source(request, tmp_path_factory):
    return rich(tmp_path_factory.mktemp("rich") / request.param)


def saved(source, tmp_path, **sheets: Changes):
    book = FileBook(source)
    for sheet, changes in sheets.items():
        book.write(sheet, changes)
    target = tmp_path / source.name
    book.save(target)
    return target


def changed(source, target) -> set[str]:
    """Members that differ, came or went."""
    before, after = small.load(source), small.load(target)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_values_touch_the_sheet_and_the_recalculation_mark_alone(source, tmp_path):
    assert changed(source, saved(source, tmp_path, 台账=CELLS)) == {LEDGER, "xl/workbook.xml"}


def test_formulas_drop_the_calculation_chain(source, tmp_path):
    target = saved(source, tmp_path, 台账=Changes({(30, 1): Put(2, formula="1+1")}))
    around = {
        "xl/workbook.xml",
        "xl/calcChain.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }
    assert changed(source, target) == {LEDGER} | around
    parts = small.load(target)
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]


def test_named_styles_touch_styles_only(source, tmp_path):
    target = saved(source, tmp_path, 台账=Changes({(4, 9): Put("红", style="红")}))
    assert changed(source, target) == {LEDGER, "xl/workbook.xml", "xl/styles.xml"}


def test_added_sheet_touches_the_lists_only(source, tmp_path):
    layout = Layout(title_rows=(1, 2))
    target = saved(
        source, tmp_path, 检查结果=Changes({(1, 1): Put("检查", style="标题")}, layout=layout)
    )
    lists = {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
    }
    assert changed(source, target) == {"xl/worksheets/sheet8.xml"} | lists


def test_untouched_records_keep_their_compressed_form(source, tmp_path):
    target = saved(source, tmp_path, 台账=CELLS)
    before, after = Package(source.read_bytes()), Package(target.read_bytes())
    assert list(before.members) == list(after.members)
    for name, old in before.members.items():
        new = after.members[name]
        facts = (
            "extra",
            "date_time",
            "external_attr",
            "flag_bits",
            "create_system",
            "compress_type",
            "comment",
        )
        assert [getattr(old, each) for each in facts] == [getattr(new, each) for each in facts]
        if name not in (LEDGER, "xl/workbook.xml"):
            record = slice(old.header_offset, before.data_start(old) + old.compress_size)
            again = slice(new.header_offset, after.data_start(new) + new.compress_size)
            assert before.raw[record] == after.raw[again]


def said(cell) -> str:
    return getattr(cell.value, "text", str(cell.value))


@pytest.mark.filterwarnings(NOISE)
def test_all_other_cells_and_cached_values_stay(source, tmp_path):
    target = saved(source, tmp_path, 台账=CELLS)
    for values in (True, False):
        before = openpyxl.load_workbook(source, data_only=values)
        after = openpyxl.load_workbook(target, data_only=values)
        for sheet in before.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if sheet.title == "台账" and (cell.row, cell.column) in CELLS.cells:
                        continue
                    twin = after[sheet.title][cell.coordinate]
                    assert said(cell) == said(twin), (sheet.title, cell.coordinate)
                    assert cell._style == twin._style


def test_writing_again_changes_nothing(source, tmp_path):
    changes = Changes({**CELLS.cells, (4, 9): Put("红", style="红")}, heights={4: 30})
    once = saved(source, tmp_path, 台账=changes)
    again = FileBook(once)
    again.write("台账", changes)
    again.save(tmp_path / ("再" + source.suffix))
    assert (tmp_path / ("再" + source.suffix)).read_bytes() == once.read_bytes()


def test_reading_alone_copies_byte_for_byte(source, tmp_path):
    book = FileBook(source)
    for sheet in book.sheets:
        book.read(sheet)
    book.save(tmp_path / source.name)
    assert (tmp_path / source.name).read_bytes() == source.read_bytes()


def test_sheets_hidden_and_very_hidden_are_there_and_chart_sheets_are_not(source):
    book = FileBook(source)
    assert book.sheets == ("台账", "通报", "图表", "透视", "参数", "受保护", "深藏")
    assert book.read("深藏").at(1, 1) == 1
    assert book.read("受保护").hidden == {5}


def test_what_the_rich_ledger_says(source):
    grid = FileBook(source).read("台账")
    assert [str(value) for value in grid.rows[FIRST]] == [
        "ZD002", "第 2 号 & <测试>", "东关乡", "1001.5", "400.25", str(400.25 / 1001.5), "2021-02-02", "主体施工", "None",
    ]  # fmt: skip
    assert (len(grid.rows), grid.merged, grid.filtered) == (FIRST - 1 + COUNT, ("A1:I1",), False)


def test_spilled_and_array_formulas_are_guarded(source):
    book = FileBook(source)
    for place in ((30, 13), (31, 13), (30, 14), (32, 14)):
        with pytest.raises(UserError, match="属于数组公式"):
            book.write("图表", Changes({place: Put(1)}))


def test_table_headers_are_guarded(source):
    book = FileBook(source)
    book.write("台账", Changes({(3, 1): Put("项目编号", style="表头")}))
    with pytest.raises(UserError, match="「台账」A3 是表格的标题或汇总行"):
        book.write("台账", Changes({(3, 1): Put("编号")}))


# -- containers as other programs make them

PLAIN = small.parts('<row r="1"><c r="A1"><v>1</v></c></row>')


def plain(**more) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in PLAIN.items():
            file.writestr(name, data)
        for name, data in more.items():
            file.writestr(name, data)
    return stream.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot go back: zipfile then puts sizes behind the data (data descriptors)."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.data += data
        return len(data)


def streamed(zip64: bool) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in PLAIN.items():
            with file.open(name, "w", force_zip64=zip64) as member:
                member.write(data)
    return bytes(pipe.data)


def gapped() -> bytes:
    """Room between two members, as aligned zips have."""
    raw = plain()
    package = Package(raw)
    last = max(package.infos, key=lambda info: info.header_offset)
    at, gap = last.header_offset, bytes(64)
    moved = bytearray(raw[:at] + gap + raw[at:])
    entry = moved.rindex(b"PK\1\2")
    struct.pack_into("<L", moved, entry + 42, at + len(gap))
    end = moved.rindex(b"PK\5\6")
    struct.pack_into("<L", moved, end + 16, package.directory_offset + len(gap))
    return bytes(moved)


def stored() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        for name, data in PLAIN.items():
            file.writestr(name, data)
        file.comment = "备注".encode()
    return stream.getvalue()


def foldered() -> bytes:
    """Folders as members, as a zip made by hand has."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.mkdir("xl")
        for name, data in PLAIN.items():
            file.writestr(name, data)
    return stream.getvalue()


CONTAINERS = {
    "data descriptors": streamed(zip64=False),
    "zip64 extras": streamed(zip64=True),
    "gap": gapped(),
    "stored, with a comment": stored(),
    "folders": foldered(),
    "chinese name": plain(**{"xl/媒体/图.bin": b"x"}),
}


@pytest.mark.parametrize("raw", CONTAINERS.values(), ids=CONTAINERS)
def test_containers(tmp_path, raw):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(raw)
    (tmp_path / "后").mkdir()
    target = saved(path, tmp_path / "后", 表=Changes({(1, 1): Put(2)}))
    assert changed(path, target) == {LEDGER}
    assert FileBook(target).read("表").rows == [[2]]
    with zipfile.ZipFile(target) as file:
        assert file.testzip() is None
        assert file.comment == zipfile.ZipFile(path).comment


@pytest.mark.parametrize("counted", [True, False], ids=["counted in the offsets", "not counted"])
def test_what_stands_before_the_zip_stays(tmp_path, counted):
    """Some packers put a mark before the first member; the directory may count it in or not."""
    raw = bytearray(b"PK00" + plain())
    if counted:
        for info in Package(plain()).infos:
            entry = raw.index(info.filename.encode(), raw.index(b"PK\1\2")) - 46
            struct.pack_into("<L", raw, entry + 42, info.header_offset + 4)
        struct.pack_into("<L", raw, raw.rindex(b"PK\5\6") + 16, raw.index(b"PK\1\2"))
    path = tmp_path / "台账.xlsx"
    path.write_bytes(raw)
    (tmp_path / "后").mkdir()
    target = saved(path, tmp_path / "后", 表=Changes({(1, 1): Put(2)}))
    assert target.read_bytes().startswith(b"PK00PK\3\4")
    assert FileBook(target).read("表").rows == [[2]]
    with zipfile.ZipFile(target) as file:
        assert file.testzip() is None


def utf8_flags(raw: bytes) -> dict[str, tuple[int, int]]:
    """Each member's mark that its name is in UTF-8: in its own record, and in the directory."""
    package = Package(raw)
    return {
        info.filename: (
            struct.unpack_from("<H", raw, info.header_offset + 6)[0] & 0x800,
            info.flag_bits & 0x800,
        )
        for info in package.infos
    }


@pytest.mark.parametrize("name", ["表一", "sheet1"])
def test_names_keep_their_encoding_when_members_are_written_anew(tmp_path, name):
    """A sheet's part with a Chinese name, and one in ASCII that is marked as UTF-8 all the same."""
    content = {
        each.replace("sheet1", name): data.replace(b"sheet1", name.encode())
        for each, data in PLAIN.items()
    }
    raw = bytearray(small.save(tmp_path / "前.xlsx", content).read_bytes())
    sheet = f"xl/worksheets/{name}.xml"
    info = Package(bytes(raw)).members[sheet]
    entry = raw.index(sheet.encode(), raw.index(b"PK\1\2")) - 46
    for at in (info.header_offset + 6, entry + 8):
        struct.pack_into("<H", raw, at, 0x800)
    (tmp_path / "前.xlsx").write_bytes(raw)
    target = saved(tmp_path / "前.xlsx", tmp_path, 表=Changes({(1, 1): Put(2)}))
    assert FileBook(target).read("表").rows == [[2]]
    flags = utf8_flags(target.read_bytes())
    assert flags == utf8_flags(bytes(raw))
    assert {each for each, marks in flags.items() if marks == (0x800, 0x800)} == {sheet}


def test_signed_and_shared_workbooks_are_read_but_not_written(tmp_path):
    for number, part in enumerate(("_xmlsignatures/sig1.xml", "xl/revisions/revisionHeaders.xml")):
        path = small.save(tmp_path / f"{number}.xlsx", {**PLAIN, part: b"<x/>"})
        book = FileBook(path)
        assert book.read("表").rows == [[1]]
        with pytest.raises(UserError, match="改动会使.*再试。"):
            book.write("表", Changes({(1, 1): Put(2)}))


def test_backslashes_and_case_in_member_names(tmp_path):
    content = {
        name.replace("xl/worksheets/sheet1.xml", "xl/worksheets/Sheet1.xml"): data
        for name, data in PLAIN.items()
    }
    book = FileBook(small.save(tmp_path / "前.xlsx", content))
    book.write("表", Changes({(1, 1): Put(2)}))
    book.save(tmp_path / "后.xlsx")
    assert "xl/worksheets/Sheet1.xml" in small.load(tmp_path / "后.xlsx")


def test_picture_stays(source, tmp_path):
    target = saved(
        source, tmp_path, 台账=Changes({(16, 1): Put("ZD013")}, span=Span("tblLedger", 3, 16))
    )
    assert small.load(target)["xl/media/image1.png"] == picture()
