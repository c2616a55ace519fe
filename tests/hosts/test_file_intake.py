"""Whatever a clerk hands in that is no sound workbook gets one Chinese sentence: what is wrong, what to do."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hosts import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlplugin.book import Changes, Put
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

GOOD = small.parts(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44386</v></c></row><row r="2"><c r="A2"><f>B1+1</f><v>1</v></c></row>',
    strings="<si><t>编号</t></si>",
    styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(content, kind=zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return stream.getvalue()


def typed(kind: str, part: str = "xl/workbook.xml") -> bytes:
    """A package whose main part has another content type."""
    content = {
        name: data.replace(b"spreadsheetml.sheet.main+xml", kind.encode())
        for name, data in GOOD.items()
    }
    return zipped(
        {name: data.replace(b"xl/workbook.xml", part.encode()) for name, data in content.items()}
    )


def with_part(name: str, data: bytes) -> bytes:
    return zipped({**GOOD, name: data})


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0\0"


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
SHEET = GOOD["xl/worksheets/sheet1.xml"].decode()


def declared(sheet: str, encoding: str) -> bytes:
    text = sheet.partition("?>")[2]
    return f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}{text}'.encode(encoding)


def straddling(kind: int) -> bytes:
    """A sheet whose DOCTYPE begins at the end of one of the pieces in which members are inflated, and ends in the next."""
    head, _, text = SHEET.partition("?>")
    room = " " * ((1 << 20) - len(head) - 2 - len("<!DOC"))
    return zipped(
        {**GOOD, "xl/worksheets/sheet1.xml": f"{head}?>{room}{DOCTYPE}{text}".encode()}, kind
    )


def lying(name: str, size: int) -> bytes:
    """A member that inflates to more than its headers say."""
    raw = bytearray(with_part(name, b" " * size))
    small_size, crc = 10, zlib.crc32(b" " * 10)
    for mark, at in ((b"PK\3\4", 14), (b"PK\1\2", 16)):
        header = raw.index(mark, raw.rindex(mark) if mark == b"PK\3\4" else raw.rindex(mark))
        struct.pack_into("<L", raw, header + at, crc)
        struct.pack_into("<L", raw, header + at + 8, small_size)
    return bytes(raw)


def flipped() -> bytes:
    """One byte of a member's content changed."""
    at = zipped(GOOD, zipfile.ZIP_STORED).index(b"44386")
    stored = bytearray(zipped(GOOD, zipfile.ZIP_STORED))
    stored[at] ^= 1
    return bytes(stored)


def twice() -> bytes:
    """Two members of one name."""
    raw = with_part("xl/worksheets/sheetX.xml", b"<x/>")
    return raw.replace(b"xl/worksheets/sheetX.xml", b"xl/worksheets/sheet1.xml")


CASES = {
    "empty file": (b"", "是空文件"),
    "old xls": (ole("Workbook"), "旧版 .xls.*另存为 .xlsx"),
    "very old xls": (ole("Book"), "旧版 .xls"),
    "password": (ole("EncryptedPackage"), "打开密码.*取消密码"),
    "old word": (ole("WordDocument"), "Word 文档"),
    "other ole": (OLE, "不是 .xlsx 工作簿"),
    "csv": ("编号,名称\n1,甲\n".encode("gbk"), "文本文件（如 CSV）.*另存为"),
    "csv in utf-16": ("编号\t名称\n".encode("utf-16"), "文本文件"),
    "web page called xls": (b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"),
    "xml spreadsheet 2003": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "XML 文件",
    ),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "不是 Excel 工作簿"),
    "half a download": (zipped(GOOD)[:600], "不完整或已损坏"),
    "zip of other things": (zipped({"通知.txt": b"x"}), "是压缩包，不是工作簿.*解压"),
    "xlsb": (
        typed("vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin"),
        "二进制工作簿（.xlsb）",
    ),
    "docx": (typed("wordprocessingml.document.main+xml"), "Word、PowerPoint"),
    "ods": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "OpenDocument",
    ),
    "no workbook part": (
        zipped({k: v for k, v in GOOD.items() if k != "xl/workbook.xml"}),
        "缺少工作簿部件",
    ),
    "no sheet part": (
        zipped({k: v for k, v in GOOD.items() if "sheet1" not in k}),
        "「表」缺少内容",
    ),
    "bomb": (with_part("xl/media/a.bin", bytes(300 << 20)), "大得不合常理"),
    "bomb that lies": (lying("xl/zz.xml", 30 << 20), "与声明不符|大得不合常理"),
    "dtd": (with_part("xl/worksheets/sheet1.xml", declared(SHEET, "utf-8")), "DTD"),
    "dtd in utf-16": (with_part("xl/worksheets/sheet1.xml", declared(SHEET, "utf-16")), "DTD"),
    "dtd across two pieces": (straddling(zipfile.ZIP_STORED), "DTD"),
    "dtd across two deflated pieces": (straddling(zipfile.ZIP_DEFLATED), "DTD"),
    "dtd in relationships": (
        with_part("_rels/.rels", DOCTYPE.encode() + GOOD["_rels/.rels"]),
        "DTD",
    ),
    "path out of the package": (with_part("../../etc/cron.d/x", b"x"), "指向文件之外的路径"),
    "absolute path": (with_part("/etc/passwd", b"x"), "指向文件之外的路径"),
    "member twice": (twice(), "重名的部件"),
    "same but for case": (with_part("xl/Workbook.xml", b"<x/>"), "重名的部件"),
    "damaged member": (flipped(), "校验不符"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("raw", "said"), CASES.values(), ids=CASES)
def test_refused_with_advice(tmp_path, raw, said):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=said) as refusal:
        FileBook(path)
    message = str(refusal.value)
    assert message.startswith("「台账.xlsx」")
    assert message.endswith("。")
    assert "\n" not in message
    assert "请" in message


def test_missing_file(tmp_path):
    with pytest.raises(UserError, match="找不到文件.*请检查"):
        FileBook(tmp_path / "没有.xlsx")


def test_folder(tmp_path):
    with pytest.raises(UserError, match="是文件夹，请指定"):
        FileBook(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_pipe(tmp_path):
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(UserError, match="不是普通文件"):
        FileBook(tmp_path / "管道.xlsx")


@pytest.mark.parametrize(
    "path", ["坏\0名.xlsx", "长" * 300 + ".xlsx"], ids=["nul in name", "name too long"]
)
def test_impossible_path(tmp_path, path):
    with pytest.raises(UserError):
        FileBook(tmp_path / path)


def test_wrong_extension_does_not_matter(tmp_path):
    assert FileBook(small.save(tmp_path / "台账.xls", GOOD)).read("表").at(1, 1) == "编号"


def test_stray_cell_at_the_far_corner(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = FileBook(small.save(tmp_path / "台账.xlsx", small.parts(far))).read("表")
    assert (found.at(1, 1), found.at(1_048_576, 16_384), found.rows[2:-1].count([])) == (
        1,
        1,
        1_048_573,
    )


def test_cells_scattered_over_all_that_there_is(tmp_path):
    """A row that reaches to XFD takes 130 kB: a few thousand of them are too many."""
    rows = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 9_000, 3))
    with pytest.raises(UserError, match="工作表「表」用到了第 8998 行、第 16384 列，请删除"):
        FileBook(small.save(tmp_path / "台账.xlsx", small.parts(rows))).read("表")


def test_cell_beyond_all_columns(tmp_path):
    with pytest.raises(UserError, match="超出 Excel 范围"):
        FileBook(
            small.save(
                tmp_path / "台账.xlsx", small.parts('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')
            )
        ).read("表")


def test_empty_cells_far_away_do_no_harm(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert FileBook(small.save(tmp_path / "台账.xlsx", small.parts(far))).read("表").rows == [[1]]


def test_columns_formatted_to_the_very_end_do_no_harm(tmp_path):
    cells = "".join(f'<c r="A{chr(65 + n)}1048576" s="0"/>' for n in range(26))
    far = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="AZ1"><v>2</v></c></row>'
        + f'<row r="1048576">{cells}</row>'
    )
    assert FileBook(small.save(tmp_path / "台账.xlsx", small.parts(far))).read("表").at(1, 52) == 2


def examine(raw: bytes, folder: Path) -> None:
    """Open, read, write and save; only a UserError may come out."""
    path = folder / "乱.xlsx"
    path.write_bytes(raw)
    try:
        book = FileBook(path)
        for sheet in book.sheets:
            book.read(sheet)
            book.write(
                sheet, Changes({(1, 1): Put("新", style="正文"), (9, 9): Put(1)}, heights={1: 20})
            )
        book.write("通报", Changes({(1, 1): Put("标题", style="标题")}))
        book.save(folder / "存.xlsx")
    except UserError as refusal:
        if not str(refusal).endswith("。"):
            raise AssertionError(refusal) from refusal


FUZZ = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FUZZ
@given(st.data())
def test_any_truncation(tmp_path, data):
    raw = zipped(GOOD)
    examine(raw[: data.draw(st.integers(0, len(raw) - 1))], tmp_path)


@FUZZ
@given(
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8
    )
)
def test_any_flipped_bytes(tmp_path, flips):
    raw = bytearray(zipped(GOOD))
    for where, bits in flips:
        raw[int(where * len(raw))] ^= bits
    examine(bytes(raw), tmp_path)


@FUZZ
@given(
    st.sampled_from(sorted(GOOD)),
    st.floats(0, 1, exclude_max=True),
    st.binary(min_size=1, max_size=6),
)
def test_any_damage_inside_a_part(tmp_path, name, where, junk):
    """The container is sound, so that the damage reaches the XML."""
    data = bytearray(GOOD[name])
    at = int(where * len(data))
    data[at : at + len(junk)] = junk
    examine(zipped({**GOOD, name: bytes(data)}), tmp_path)


@FUZZ
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", OLE[:8], b"<?xml "]))
def test_any_bytes(tmp_path, junk, head):
    examine(head + junk, tmp_path)
