"""Saving is all or nothing, and never over somebody's head."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest
from hosts import small

from xlplugin import files
from xlplugin.book import Changes, Put
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx import saving
from xlplugin.hosts.xlsx.package import Package

CONTENT = small.parts('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.fixture
def path(tmp_path):
    return small.save(tmp_path / "台账.xlsx", CONTENT)


@pytest.fixture
def book(path):
    book = FileBook(path)
    book.write("表", Changes({(1, 1): Put(2)}))
    return book


def test_in_place(book, path):
    os.chmod(path, 0o640)
    book.save()
    assert FileBook(path).read("表").rows == [[2]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(path.parent) == ["台账.xlsx"]


def test_in_place_twice(book, path):
    book.save()
    book.write("表", Changes({(2, 1): Put(3)}))
    book.save()
    assert book.read("表").rows == [[2], [3]]
    assert FileBook(path).read("表").rows == [[2], [3]]


def test_elsewhere_leaves_the_source(book, path, tmp_path):
    before = path.read_bytes()
    book.save(tmp_path / "后.xlsx")
    book.save(tmp_path / "再.xlsx")
    assert path.read_bytes() == before
    assert (tmp_path / "后.xlsx").read_bytes() == (tmp_path / "再.xlsx").read_bytes()
    assert book.read("表").rows == [[1]]  # as it was opened


def test_nothing_to_save_in_place_does_not_touch_the_file(path):
    before = path.stat().st_mtime_ns
    book = FileBook(path)
    book.write("表", Changes({(1, 1): Put(1)}))
    book.save()
    assert path.stat().st_mtime_ns == before


def test_through_a_link(path, tmp_path):
    link = tmp_path / "快捷.xlsx"
    link.symlink_to(path)
    other = FileBook(link)
    other.write("表", Changes({(1, 1): Put(9)}))
    other.save()
    assert link.is_symlink()
    assert FileBook(path).read("表").rows == [[9]]


def test_changed_meanwhile(book, path):
    small.save(path, small.parts('<row r="1"><c r="A1"><v>7</v></c></row>'))
    with pytest.raises(UserError, match="「台账.xlsx」在处理期间已被他人改动.*请重新运行"):
        book.save()
    assert FileBook(path).read("表").rows == [[7]]


FAILURES = {
    "held by Excel on Windows": (PermissionError(errno.EACCES, "denied"), "正被其他程序打开"),
    "disk full": (OSError(errno.ENOSPC, "no space"), "磁盘空间不足"),
    "network gone": (OSError(errno.EIO, "input/output error"), "写不了.*请检查文件名、磁盘或网络"),
}


@pytest.mark.parametrize("step", ["rename", "replace", "fsync"])
@pytest.mark.parametrize(("failure", "said"), FAILURES.values(), ids=FAILURES)
def test_failing_disk_leaves_all_as_it_was(book, path, monkeypatch, step, failure, said):
    def fail(*_):
        raise failure

    before = path.read_bytes()
    if step == "replace":  # where the system cannot exchange two files
        monkeypatch.setattr(files, "rename", lambda *_: False)
    monkeypatch.setattr(files if step == "rename" else os, step, fail)
    with pytest.raises(UserError, match=said):
        book.save()
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["台账.xlsx"]
    book.save()
    assert FileBook(path).read("表").rows == [[2]]


def test_missing_folder(book, tmp_path):
    with pytest.raises(UserError, match="文件夹.*不存在，请先建立"):
        book.save(tmp_path / "没有" / "后.xlsx")


def test_folder_of_that_name(book, tmp_path):
    (tmp_path / "后.xlsx").mkdir()
    with pytest.raises(UserError, match="是文件夹"):
        book.save(tmp_path / "后.xlsx")


@pytest.mark.parametrize("name", ["后.xlsm", "后.xls", "后"])
def test_extension_that_excel_would_not_open(book, tmp_path, name):
    with pytest.raises(UserError, match="扩展名应为 .xlsx"):
        book.save(tmp_path / name)


def test_a_workbook_with_macros_that_is_called_otherwise_is_told_what_it_is(tmp_path):
    named = shutil.copy(
        Path(__file__).parents[2] / "workbooks" / "standard.xlsm", tmp_path / "台账.xlsx"
    )
    book = FileBook(Path(named))
    assert book.suffix == ".xlsm"
    with pytest.raises(UserError, match="^「台账.xlsx」其实是带宏的工作簿（.xlsm），扩展名写错了"):
        book.outputs(tmp_path / "通报.xlsx")
    assert book.outputs(tmp_path / "通报.xlsm")


def test_read_only_file(book, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UserError, match="只读文件"):
        book.save()


def test_a_rebuilt_package_is_checked_before_it_is_trusted(book, path, tmp_path):
    book.save(tmp_path / "后.xlsx")
    package = Package(path.read_bytes())
    with pytest.raises(UserError, match="xl/worksheets/sheet1.xml 有变"):
        saving.verify(package, (tmp_path / "后.xlsx").read_bytes())
    package.drop("xl/worksheets/sheet1.xml")
    with pytest.raises(UserError, match="部件不齐"):
        saving.verify(package, path.read_bytes())
    package = Package(path.read_bytes())
    package.replace("xl/workbook.xml", b"<workbook>")
    with pytest.raises(UserError, match="不是正确的 XML"):
        saving.verify(package, package.build())


# -- who has it open


def excel_owner(name: str) -> bytes:
    ansi, wide = name.encode("gbk"), name.encode("utf-16-le")
    head = bytes([len(ansi)]) + ansi.ljust(54, b" ")
    return (head + len(name).to_bytes(2, "little") + wide).ljust(165, b" ")


def old_excel_owner(name: str) -> bytes:
    ansi = name.encode("gbk")
    return bytes([len(ansi)]) + ansi.ljust(54, b" ")


LOCKS = {
    "Excel": ("~$台账.xlsx", excel_owner("张三"), "Excel/WPS 用户 张三"),
    "old Excel": ("~$台账.xlsx", old_excel_owner("张三"), "Excel/WPS 用户 张三"),
    "unknown user": ("~$台账.xlsx", b"", "Excel/WPS"),
    "WPS": (".~台账.xlsx", excel_owner("李四"), "WPS 用户 李四"),
    "LibreOffice": (
        ".~lock.台账.xlsx#",
        "王五,wangwu,PC-7,21.09.2021 10:00,file:///C:/x;".encode(),
        "LibreOffice 用户 王五（PC-7）",
    ),
    "LibreOffice without name": (
        ".~lock.台账.xlsx#",
        b",wang\\,wu,PC-7,x;",
        "LibreOffice 用户 wang,wu（PC-7）",
    ),
}


@pytest.mark.parametrize(("lock", "content", "who"), LOCKS.values(), ids=LOCKS)
def test_open_elsewhere(book, path, lock, content, who):
    (path.parent / lock).write_bytes(content)
    assert book.holder == who
    assert book.read("表").rows == [[1]]
    with pytest.raises(UserError) as refusal:
        book.save()
    assert f"「台账.xlsx」正由 {who} 打开" in str(refusal.value)
    assert FileBook(path).read("表").rows == [[1]]


def test_open_target(book, tmp_path):
    (tmp_path / "~$后.xlsx").write_bytes(excel_owner("张三"))
    assert book.holder is None
    with pytest.raises(UserError, match="「后.xlsx」正由 Excel/WPS 用户 张三 打开"):
        book.save(tmp_path / "后.xlsx")


@pytest.mark.parametrize("held", [True, False])
def test_on_windows_a_stale_lock_does_not_block(book, path, monkeypatch, held):
    from xlplugin import locks

    lock = path.parent / "~$台账.xlsx"
    lock.write_bytes(excel_owner("张三"))

    class Windows:
        name = "nt"

        @staticmethod
        def rename(*_):
            if held:
                raise PermissionError

    monkeypatch.setattr(locks, "os", Windows)
    assert book.holder == ("Excel/WPS 用户 张三" if held else None)
