"""What a file is, told by what it holds; and text with delimiters as a spreadsheet takes it."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from pathlib import Path

import pytest
import xlwt
from cases.office import convert, needed
from hosts.readers import Xls, ods

from xlplugin import hosts
from xlplugin.book import Grid
from xlplugin.cells import CellError
from xlplugin.errors import UserError
from xlplugin.hosts import delimited, readonly
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.readonly import ReadOnlyBook

ROWS = [["编号", "投资"], ["ZD1", 100.0]]
DAY = dt.date(2021, 4, 10)

CELLS = {
    "100": 100, "1,234.5": 1234.5, " 1,234.50 ": 1234.5, "1234567.89": 1234567.89, "-3": -3, "+86": 86, ".5": 0.5, "5.": 5,
    "1.5E3": 1500, "30%": 0.3, "12.5%": 0.125, "￥1,000.00": 1000, "-¥5": -5, "(1,234.5)": -1234.5, "0": 0, "0.10": 0.1, "TRUE": True,
    "2021/4/10": DAY, "2021-04-10": DAY, "2021/4/10 0:00": DAY, "2021-04-10 08:30:00": DAY, "2021年4月10日": DAY, "2021-04-10T00:00:00Z": DAY,
    "2021/13/1": "2021/13/1", "2021-2/3": "2021-2/3", "2021.4": 2021.4, "2021年4月": "2021年4月", "1-9": "1-9", "1-9月": "1-9月", "9月": "9月",
    "001": "001", "0012.5": "0012.5", "20211401040000012345": "20211401040000012345", '="001"': "001", "=1+1": "=1+1",
    "1,23": "1,23", "12,345,6": "12,345,6", "1.2.3": "1.2.3", "3个": "3个", "1e": "1e", "--5": "--5", "-": "-", "—": "—", "(一)": "(一)",
    "#N/A": CellError("#N/A"), "": None, "  ": None, " 前后 ": " 前后 ", "甲": "甲", '=DISPIMG("ID_1",1)': None,
}  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), CELLS.items())
def test_cells_of_a_text(said: str, wanted: object) -> None:
    field = '"' + said.replace('"', '""') + '"'
    (cells,) = delimited.rows(f"甲,{field},乙".encode())
    assert (cells, isinstance(cells[1], bool)) == (["甲", wanted, "乙"], isinstance(wanted, bool))


TABLE = 'XX县台账,,\n编号,名称,投资\nA1,"甲\n乙","1,234.5"\nA2,"说""好""",2\n\nA3,丙;丁,3\n'
WANTED = [
    ["XX县台账", None, None],
    ["编号", "名称", "投资"],
    ["A1", "甲\n乙", 1234.5],
    ["A2", '说"好"', 2],
    [],
    ["A3", "丙;丁", 3],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(encoding: str, ends: str) -> None:
    found = delimited.rows(
        TABLE.replace("甲\n乙", "甲|乙")
        .replace("\n", ends)
        .replace("甲|乙", "甲\n乙")
        .encode(encoding)
    )
    assert found == WANTED


TEXTS = {
    "tabs": "编号\t名称\t投资\nA1\t甲,乙\t1,234.5\nA2\t丙,丁\t2,000\n",
    "semicolons": "编号;名称;投资\nA1;甲,乙;1,234.5\nA2;丙,丁;2,000\n",
    "commas": '编号,名称,投资\nA1,"甲,乙","1,234.5"\nA2,"丙,丁","2,000"\n',
    "said": 'sep=|\n编号|名称|投资\nA1|甲,乙|1,234.5\nA2|丙,丁|2,000',
    "a title, uneven": "重点项目台账,截至9月\n编号\t名称\t投资\nA1\t甲,乙\t1,234.5\nA2\t丙,丁\t2,000\n",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_delimiters(text: str) -> None:
    assert delimited.rows(text.encode())[-3:] == [
        ["编号", "名称", "投资"],
        ["A1", "甲,乙", 1234.5],
        ["A2", "丙,丁", 2000],
    ]


REFUSED = {
    "an open quotation mark": ('编号,名称\nA1,"甲\nA2,乙\n'.encode(), "引号没有配对"),
    "no encoding": ("编号,名称\n".encode() + b"\xff\xff,1\n", "编码"),
    "too many rows": (b"1,2\n" * 1_048_577, "行数"),
}


@pytest.mark.parametrize(("raw", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_in_doubt_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "台账.csv").write_bytes(raw)
    with pytest.raises(UserError, match=f"「台账.csv」.*{said}.*请"):
        hosts.open(tmp_path / "台账.csv")


@pytest.fixture
def files_at_hand(tmp_path: Path) -> dict[str, bytes]:
    from hosts.examined import File

    book = File(tmp_path).open({"台账": Grid(ROWS)}, {})
    return {
        "xlsx": Path(book.path).read_bytes(),  # type: ignore[attr-defined]
        "xls": Xls.made({"台账": Grid(ROWS)}),
        "csv": "编号,投资\nZD1,100\n".encode("gb18030"),
        "tsv": "编号\t投资\nZD1\t100\n".encode("utf-16"),
    }


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".csv", ".ods", ".txt", ""])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv", "tsv"])
def test_suffixes_lie(
    tmp_path: Path, files_at_hand: dict[str, bytes], kind: str, suffix: str
) -> None:
    path = tmp_path / f"台账甲{suffix}"
    path.write_bytes(files_at_hand[kind])
    book = hosts.open(path)
    assert isinstance(book, FileBook if kind == "xlsx" else ReadOnlyBook)
    assert book.read(book.sheets[0]).rows == ROWS


STRANGE = {
    "HTML": (b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"),
    "HTML after a mark": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "网页（HTML）"),
    "HTML from its body": (b"<div>1,2</div>", "网页（HTML）"),
    "HTML from its looks": (b"<style>td {a: b}</style>1,2", "网页（HTML）"),
    "a bare table": (b"<table><tr><td>1,2</td></tr></table>", "网页（HTML）"),
    "MHT": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "网页（MHT）"),
    "MHT of WPS": (b'From: "WPS"\r\nSubject: a,b\r\nMIME-Version: 1.0\r\n', "网页（MHT）"),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "mere words": ("关于推进重点工程的通知\n各乡镇：\n".encode(), "文本文件（如 CSV），不是工作簿"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "nothing": (b"", "空文件"),
    "other bytes": (bytes(range(256)), "不是 Excel 工作簿"),
}


@pytest.mark.parametrize(("raw", "said"), STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".ods"])
def test_what_only_looks_like_a_workbook(
    tmp_path: Path, raw: bytes, said: str, suffix: str
) -> None:
    path = tmp_path / f"台账{suffix}"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=f"「台账{suffix}」.*{said}.*请"):
        hosts.open(path)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, kind: str) -> None:
    """Wherever it was cut or changed: a UserError or what is left, never the reader's panic."""
    good = Xls.made({"台账": Grid(ROWS * 200)}) if kind == "xls" else ods(TABLES)
    path = tmp_path / f"台账.{kind}"
    for at in range(0, len(good), len(good) // 60):
        for raw in (
            good[:at],
            good[:at] + bytes(40) + good[at + 40 :],
            good[:at] + b"\xff" * 9 + good[at + 9 :],
        ):
            path.write_bytes(raw)
            with contextlib.suppress(UserError):
                hosts.open(path)


TABLES = '<table:table table:name="台账"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'


FAR = {
    "one cell, repeated": (
        'table:number-rows-repeated="100000"',
        'table:number-columns-repeated="1000" ',
    ),
    "far away": (
        'table:number-rows-repeated="900000"/><table:table-row',
        'table:number-columns-repeated="900"/><table:table-cell ',
    ),
}


@pytest.mark.parametrize(("rows", "columns"), FAR.values(), ids=FAR)
def test_what_would_fill_the_memory(tmp_path: Path, rows: str, columns: str) -> None:
    cell = f'<table:table-cell {columns}office:value-type="float" office:value="1"/>'
    row = f"<table:table-row {rows}>{cell}</table:table-row>"
    (tmp_path / "台账.ods").write_bytes(ods(f'<table:table table:name="台账">{row}</table:table>'))
    with pytest.raises(UserError, match="「台账.ods」用到了第 .* 列"):
        hosts.open(tmp_path / "台账.ods")


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_saves(tmp_path: Path, kind: str) -> None:
    """The case county's workbook, saved in another format, is read cell by cell as the .xlsx it was."""
    needed("soffice")
    source = Path(__file__).parent.parent.parent / "workbooks" / "lingchuan-2021.xlsx"
    book = hosts.open(convert(tmp_path, kind, source)[0])
    before = FileBook(source)
    assert set(book.sheets) == set(before.sheets)
    for name in book.sheets:
        one, other = book.read(name), before.read(name)
        places = [(row, column) for row in range(1, len(other.rows) + 9) for column in range(1, 40)]
        assert [one.at(*place) for place in places] == [other.at(*place) for place in places]
        assert set(one.merged) == (set(other.merged) if kind == "xls" else set())


def test_an_error_that_a_formula_of_an_xls_came_to_is_read(tmp_path: Path) -> None:
    """xlwt leaves a formula's result empty: here each gets one, as Excel writes it ([MS-XLS] 2.5.133)."""
    book, drawn = xlwt.Workbook(), io.BytesIO()
    for title in ("甲", "乙"):
        sheet = book.add_sheet(title)
        sheet.write(0, 0, "项目名称")
        sheet.write(2, 3, xlwt.Formula("1/0"))
    book.save(drawn)
    raw = drawn.getvalue()
    places = [
        found.start() for found in re.finditer(rb"\x06\x00..\x02\x00\x03\x00", raw, re.DOTALL)
    ]
    assert len(places) == 2
    for at, code in zip(places, (0x07, 0x2A), strict=True):
        raw = raw[: at + 10] + bytes((2, 0, code, 0, 0, 0, 255, 255)) + raw[at + 18 :]
    path = tmp_path / "a.xls"
    path.write_bytes(raw)
    read_back = readonly.read(path)
    assert read_back
    cells = [read_back.read(title).at(3, 4) for title in ("甲", "乙")]
    assert cells == ["#DIV/0!", "#N/A"]
    assert all(isinstance(cell, CellError) for cell in cells)
