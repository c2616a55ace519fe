"""Workbooks with an open password: opened by every command, never unlocked on the disk, and nothing made from one lies open."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from hosts import locks
from hosts.locks import PASSWORD, lock, unlocked
from line.desk import project, table, unstarted
from line.test_cli import CANNOT, DONE, kp, write

from xlplugin import hosts, read
from xlplugin.builder import build
from xlplugin.hosts.xlsx.package import Package
from xlplugin.schema import LEDGER

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAY = dt.date(2021, 9, 30)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A locked ledger without errors."""
    return lock(write(tmp_path / "台账.xlsx", project(1), unstarted(2), as_of=DAY))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The file of its password, which nobody else may read."""
    return secret(tmp_path, PASSWORD.encode())


def secret(folder: Path, content: bytes) -> Path:
    path = folder / "密码.txt"
    path.write_bytes(content)
    path.chmod(0o600)
    return path


opened: list[str] = []
_watching: list[bool] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event == "open" and isinstance(arguments[2], int):
        path, _, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR) and not isinstance(path, int):  # a file opened already
            opened.append(str(path))


sys.addaudithook(_watch)


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Whatever this process opens for writing meanwhile."""
    opened.clear()
    _watching.append(True)
    yield opened
    _watching.clear()


def one_sentence(done: Result, *words: str) -> None:
    assert done.exit_code == CANNOT
    assert len(done.stderr.splitlines()) == 1
    for word in words:
        assert word in done.stderr


def asked(book: Path) -> dict[str, tuple[object, ...]]:
    """Every command that reads a workbook."""
    out = book.parent / "out"
    return {
        "check": ("check", book),
        "bulletin": ("bulletin", book, "-o", out),
        "explain": ("explain", book),
        "figure": ("figure", book, "全部.项数"),
        "adopt": ("adopt", book),
        "adopt into": ("adopt", book, "--into", book.parent / "新.xlsx"),
        "archive": ("archive", book),
        "doctor": ("doctor", book),
        "rollup": ("rollup", book, "-o", book.parent / "市.xlsx"),
        "batch": ("batch", book, "-o", out, "--jobs", 1),
    }


@pytest.mark.parametrize("name", [name for name in asked(Path("x/y")) if name != "batch"])
def test_every_command_asks_for_the_password_and_takes_it(
    book: Path, key: Path, written: list[str], name: str
) -> None:
    command = asked(book)[name]
    before = {path.name for path in book.parent.iterdir()}
    done = kp(*command)
    assert done.exit_code == CANNOT
    assert "设有打开密码" in done.stderr
    assert "--password-file" in done.stderr
    assert {path.name for path in book.parent.iterdir()} - before <= {"out"}
    done = kp(*command, "--password-file", key)
    assert "密码" not in done.stderr
    assert done.exit_code == DONE or name == "doctor"
    for path in book.parent.rglob("*"):
        assert path.is_dir() or path == key or path.read_bytes().startswith(OLE), path
    own = [path for path in written if "__pycache__" not in Path(path).parts]  # a first import
    strange = [path for path in own if not Path(path).is_relative_to(book.parent)]
    assert (
        set(strange) <= {os.devnull} or name == "doctor"
    )  # who tries the folder for temporary files


def test_what_is_made_has_the_password_and_there_is_no_text(book: Path, key: Path) -> None:
    done = kp("bulletin", book, "--password-file", key)
    made = {path.name for path in book.parent.iterdir()} - {book.name, key.name}
    assert made == {"台账-通报.xlsx", "台账-通报.docx"}
    assert "同一密码" in done.stdout
    assert "文字稿" in done.stdout
    document = zipfile.ZipFile(io.BytesIO(unlocked(book.with_name("台账-通报.docx"))))
    assert "word/document.xml" in document.namelist()
    again = kp("check", book.with_name("台账-通报.xlsx"), "--password-file", key)
    assert again.stdout == kp("check", book, "--password-file", key).stdout


@pytest.mark.parametrize("command", [("bulletin", "--in-place"), ("archive",)])
def test_in_place_the_package_inside_is_saved_without_loss(
    book: Path, key: Path, command: tuple[str, ...]
) -> None:
    before = Package(unlocked(book))
    first, *more = command
    assert kp(first, book, *more, "--password-file", key).exit_code == DONE
    after = Package(unlocked(book))
    same = [name for name in before.members if before.original(name) == after.original(name)]
    assert "xl/worksheets/sheet1.xml" in same
    assert set(before.members) < set(after.members)
    for name in same:  # the record as it lies in the file, compressed as it was
        one, other = before.info(name), after.info(name)
        assert (one.compress_size, one.date_time) == (other.compress_size, other.date_time)


def test_an_old_xls(tmp_path: Path, key: Path) -> None:
    rows = table(LEDGER, [project(1), unstarted(2)])
    plain = [[str(cell) if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
    book = locks.old(tmp_path / "旧.xls", plain, LEDGER.title)
    one_sentence(kp("check", book), "「旧.xls」设有打开密码")
    wanted = ("bulletin", book, "--as-of", "2021-09-30", "--password-file", key, "--no-docx")
    assert kp(*wanted).exit_code == DONE
    assert "P01" in str(hosts.open(tmp_path / "旧-通报.xlsx", PASSWORD).read(LEDGER.title).rows)
    one_sentence(kp("check", book, "--password-file", secret(tmp_path, b"x")), "密码不是")


def test_an_old_xls_is_unlocked_in_memory(tmp_path: Path, written: list[str]) -> None:
    """msoffcrypto-tool would lay it into a temporary file."""
    book = locks.old(tmp_path / "旧.xls", [["编号"]], LEDGER.title)
    written.clear()
    assert hosts.open(book, PASSWORD).read(LEDGER.title).rows == [["编号"]]
    assert written == []


def docx(folder: Path, name: str) -> Path:
    """A Word document, as much of it as tells its kind."""
    path = folder / name
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w") as file:
        types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        file.writestr("[Content_Types].xml", types)
        target = (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        )
        link = f'<Relationships><Relationship Id="r" Type="{target}" Target="word/document.xml"/></Relationships>'
        file.writestr("_rels/.rels", link)
        file.writestr("word/document.xml", os.urandom(9999))
    return lock(path)


def edited(old: bytes, new: bytes) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        raw = path.read_bytes()
        assert raw.count(old) == 1
        path.write_bytes(raw.replace(old, new))

    return edit


STRANGE = {
    "a kind that is not known": edited(b"\4\0\4\0\x40\0\0\0", b"\4\0\3\0\x40\0\0\0"),
    "no kind at all": edited(b"\4\0\4\0\x40\0\0\0", bytes(8)),
    "a key that takes minutes": edited(b'spinCount="100000"', b'spinCount="999999"'),
    "no header": edited(b"</encryption>", b"<encryption/>"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_another_encryption(book: Path, key: Path, name: str) -> None:
    STRANGE[name](book)
    one_sentence(kp("check", book, "--password-file", key), "「台账.xlsx」的加密方式程序不认识")


def test_rights_management_is_no_password(tmp_path: Path) -> None:
    names = "DRMEncryptedDataSpace\0EncryptedPackage\0".encode("utf-16-le")
    book = tmp_path / "限.xlsx"
    book.write_bytes(OLE + bytes(504) + names)
    one_sentence(kp("check", book), "权限管理（IRM）")


def test_a_word_document_by_mistake(tmp_path: Path, key: Path) -> None:
    one_sentence(kp("check", docx(tmp_path, "通知.docx")), "「通知.docx」是 Word")
    given = ("--password-file", key)
    one_sentence(kp("check", docx(tmp_path, "通知.docx"), *given), "「通知.docx」是 Word")
    one_sentence(kp("check", docx(tmp_path, "通知.xlsx"), *given), "「通知.xlsx」是 Word")


def test_a_locked_ods_says_what_it_is(tmp_path: Path, key: Path) -> None:
    path = tmp_path / "台账.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        file.writestr("content.xml", b"\x8f\x01")
    one_sentence(kp("check", path, "--password-file", key), "设了密码的 .ods")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "第一行是空的"),
        (b"\r\n", "第一行是空的"),
        (b"wrong\n", "密码不是 --password-file 里写的"),
        (b"one\ntwo\n", "不像是一个密码"),
        (b"x" * 300, "不像是一个密码"),
    ],
)
def test_a_password_file_that_does_not_help(book: Path, content: bytes, said: str) -> None:
    one_sentence(kp("check", book, "--password-file", secret(book.parent, content)), said)


def test_no_password_file(book: Path) -> None:
    one_sentence(kp("check", book, "--password-file", book.parent / "无.txt"), "读不了密码文件")
    one_sentence(kp("check", book, "--password-file", book.parent), "读不了密码文件")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_as_notepad_saves_it(book: Path, encoding: str) -> None:
    key = secret(book.parent, f"{PASSWORD}\r\n".encode(encoding))
    assert kp("check", book, "--password-file", key).exit_code == DONE


@pytest.mark.skipif(os.name != "posix", reason="Windows' rights are not in the mode")
def test_a_password_file_that_others_may_read_is_a_hint(book: Path, key: Path) -> None:
    key.chmod(0o644)
    done = kp("check", book, "--password-file", key)
    assert done.exit_code == DONE
    assert "别人也读得到" in done.stderr


def test_without_the_extra(book: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "msoffcrypto" else found(name)
    )
    for given in ((), ("--password-file", key)):
        done = kp("check", book, *given)
        one_sentence(done, "设有打开密码", "pip install xlplugin[secure]", "取消密码")


def test_a_workbook_without_password_needs_none(tmp_path: Path, key: Path) -> None:
    book = write(tmp_path / "台账.xlsx", project(1), as_of=DAY)
    assert kp("bulletin", book, "--password-file", key, "--no-docx").exit_code == DONE
    assert (tmp_path / "台账-通报.txt").exists()
    assert (tmp_path / "台账-通报.xlsx").read_bytes().startswith(b"PK")


def test_macros_would_need_a_file_on_the_disk(book: Path, key: Path) -> None:
    for command in (("adopt", book, "--into"), ("rollup", book, "-o")):
        done = kp(*command, book.parent / "新.xlsm", "--password-file", key)
        one_sentence(done, "「新.xlsm」", "临时文件", ".xlsx")
    assert not (book.parent / "新.xlsm").exists()


def test_a_locked_workbook_with_macros(tmp_path: Path, key: Path) -> None:
    book = tmp_path / "台账.xlsm"
    build(book)
    lock(book)
    done = kp("adopt", book, "--password-file", key)
    assert "密码" not in done.stderr
    assert hosts.open(book, PASSWORD).macros


def test_a_batch_of_both_kinds(book: Path, key: Path) -> None:
    write(book.with_name("开.xlsx"), project(1), as_of=DAY)
    out = book.parent / "out"
    command = ("batch", book.parent, "-o", out, "--no-docx", "--jobs", 2, "--password-file", key)
    done = kp(*command)
    assert done.exit_code == DONE
    assert {path.name for path in out.iterdir()} == {
        "台账-通报.xlsx",
        "开-通报.xlsx",
        "开-通报.txt",
        "summary.xlsx",
        "summary.jsonl",
    }
    lines = [json.loads(line) for line in (out / "summary.jsonl").read_text("utf-8").splitlines()]
    closed, open_one = sorted(lines, key=lambda line: "totals" in line)
    assert closed == {"path": str(book), "status": "done", "county": "台账"}
    assert open_one["totals"]
    assert (out / "summary.xlsx").read_bytes().startswith(OLE)
    assert hosts.open(out / "summary.xlsx", PASSWORD).sheets
    again = json.loads(kp(*command, "--json").stdout)
    assert again["reused"] == 1  # a locked one leaves nothing behind that could be taken over
    asked_for = kp("batch", book, "-o", out, "--jobs", 1, "--no-docx")
    assert "设有打开密码" in asked_for.stdout + asked_for.stderr


def test_a_cluster_gets_no_password(book: Path, key: Path) -> None:
    command = ("batch", book, "-o", book.parent / "out", "--cluster", "tcp://127.0.0.1:1")
    one_sentence(kp(*command, "--password-file", key), "明文传送")


def test_a_city_of_which_one_county_is_locked_is_locked(book: Path, key: Path) -> None:
    write(book.with_name("开.xlsx"), project(3), as_of=DAY)
    city = book.parent / "市.xlsx"
    command = ("rollup", book.parent / "台账.xlsx", book.parent / "开.xlsx", "-o", city)
    for _ in ("new", "over the locked one of last month"):
        assert kp(*command, "--password-file", key, "--name", "晋城市").exit_code == DONE
    assert hosts.open(city, PASSWORD).sheets
    assert city.with_name("市-通报.docx").read_bytes().startswith(OLE)
    assert not city.with_name("市-通报.txt").exists()


def test_a_notebook_reads_it(book: Path) -> None:
    assert len(read(book, password=PASSWORD)) == 2
