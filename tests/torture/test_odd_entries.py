"""What no clerk types but a program or a broken transfer leaves in a workbook or its name: said in Chinese, never a bug of ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from cases.build import WORKBOOK
from click.testing import CliRunner
from torture.test_surroundings import kp, posix

from xlplugin import files
from xlplugin.cli import main

SHEETS = {"项目台账": "xl/worksheets/sheet2.xml", "参数": "xl/worksheets/sheet6.xml"}
BUG = re.compile("意外|Traceback|panicked|RUST_BACKTRACE")


def number(said: str) -> str:
    return f"><v>{said}</v></c>"


def text(said: str) -> str:
    return f' t="inlineStr"><is><t>{said}</t></is></c>'


ENDLESS = ("INF", "-1e309", "99999999999999999999", "9" * 400)
DATES = {(kind.__name__, said[:20]): kind(said) for said in ENDLESS for kind in (number, text)}
UNSEEN = ("_x0001_", "_x000B_", "_xD800_", "_xFFFE_", "_x0000_")


def entered(path: Path, sheet: str, entries: dict[str, str]) -> Path:
    """The case county's workbook with the ends of these cells' elements instead of its own."""
    with zipfile.ZipFile(WORKBOOK) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode() if name == SHEETS[sheet] else before.read(name)
            if isinstance(part, str):
                for address, entry in entries.items():
                    old = rf'(<c r="{address}"(?: s="\d+")?)[^>]*>.*?</c>'
                    part, found = re.subn(old, lambda cell, e=entry: cell[1] + e, part, count=1)
                    assert found == 1, address
            after.writestr(name, part)
    return path


def survives(desk: Path, book: str, *commands: str) -> None:
    """Every command does its work, or says in Chinese why not."""
    lines = {
        "check": ("check", book),
        "bulletin": ("bulletin", book, "--force", "-o", "fresh"),
        "batch": ("batch", book, "--force", "-o", "many", "--jobs", "1"),
        "rollup": ("rollup", book, "--force", "-o", "city.xlsx"),
    }
    for command in commands or lines:
        done = kp(desk, *lines[command])
        said = done.stdout + done.stderr
        assert not BUG.search(said), (command, said)
        assert done.returncode in (0, 1, 3), (command, said)
        assert said.endswith(("。\n", "处\n", ".txt\n")), (command, said)


@pytest.mark.parametrize("entry", DATES.values(), ids=map(str, DATES))
def test_a_number_without_end(tmp_path: Path, entry: str) -> None:
    """Where a date, money, a count, a text or the cut-off date is expected."""
    everywhere = dict.fromkeys(("K4", "M4", "P4", "R4", "B5"), entry)
    entered(tmp_path / "a.xlsx", "项目台账", everywhere)
    survives(tmp_path, "a.xlsx")
    entered(tmp_path / "b.xlsx", "参数", {"B4": entry})
    survives(tmp_path, "b.xlsx", "check")


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_no_document_holds(tmp_path: Path, sign: str) -> None:
    """A control character, half a character, none at all: in an id, a name, an office, the county's name."""
    entry = text(f"甲{sign}乙")
    entered(tmp_path / "a.xlsx", "项目台账", dict.fromkeys(("A4", "B5", "H6", "X7"), entry))
    survives(tmp_path, "a.xlsx")
    entered(tmp_path / "b.xlsx", "参数", {"B5": entry})
    survives(tmp_path, "b.xlsx")


def test_a_zip_without_anything(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\5\6" + bytes(18))
    survives(tmp_path, "a.xlsx")


@posix
@pytest.mark.parametrize(
    "name",
    [b"\xff\xfe\xc4", "县".encode() * 83, b"a" * 250, b"=1+2", b"a\nb", b"\x01\x7f"],
    ids=["not UTF-8", "long", "as long as can be", "a formula", "two lines", "controls"],
)
def test_a_name(tmp_path: Path, name: bytes) -> None:
    shutil.copy(WORKBOOK, os.path.join(os.fsencode(tmp_path), name + b".xlsx"))
    [book] = os.listdir(tmp_path)
    survives(tmp_path, book)
    said = kp(tmp_path, "batch", book, "-o", "many", "--jobs", "1", "--no-docx").stdout
    assert all(line.startswith(("[1/1]", "共1个")) for line in said.splitlines()), said


def test_a_name_too_long_for_any_folder(tmp_path: Path) -> None:
    survives(tmp_path, "县" * 300 + ".xlsx")
    shutil.copy(WORKBOOK, tmp_path / "a.xlsx")
    done = kp(tmp_path, "bulletin", "a.xlsx", "-o", "长" * 300)
    assert done.returncode == 1
    assert "名称或路径过长" in done.stderr
    assert not BUG.search(done.stderr)


@posix
@pytest.mark.parametrize(
    "how", ["os.abort()", "os.kill(os.getpid(), 11)", "os.kill(os.getpid(), 9)"]
)
def test_what_brings_the_process_down_is_said(tmp_path: Path, how: str) -> None:
    """A reader that aborts, a stack that overflows, want of memory: one sentence, and nothing half written."""
    shutil.copy(WORKBOOK, tmp_path / "a.xlsx")
    program = f"import os, sys; from xlplugin import hosts; from xlplugin.cli import kp; hosts.open = lambda *_, **__: {how}; kp()"
    for command in ("check", "bulletin", "explain", "archive", "adopt"):
        for more in ((), ("--json",)) if command in ("check", "bulletin", "explain") else ((),):
            line = (sys.executable, "-c", program, command, "a.xlsx", *more)
            done = subprocess.run(line, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)  # fmt: skip
            assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
            assert done.stderr.startswith("程序在处理中被系统中止")
            assert ("error" in json.loads(done.stdout)) if more else done.stdout == ""
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_rust_says_nothing(tmp_path: Path) -> None:
    """The reader panics over a shared text without end of its own: its words stay out of the clerk's sight."""
    entered(tmp_path / "a.xlsx", "项目台账", {"M4": number("-1e309")})
    line = ("bash", "-c", '"$0" check a.xlsx 2>&1 | grep -c panicked', shutil.which("kp") or "kp")
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "0\n"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "_x0009_=", "_x000D_="])
def test_text_that_looks_like_a_formula_is_text_everywhere(tmp_path: Path, sign: str) -> None:
    """In the workbook, the document and the text that may be pasted into one."""
    named = {f"B{row}": text(f"{sign}cmd甲{row}") for row in range(4, 45)}
    entered(tmp_path / "a.xlsx", "项目台账", named)
    assert kp(tmp_path, "bulletin", "a.xlsx", "--force").returncode == 0
    said = (tmp_path / "a-通报.txt").read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "a-通报.docx") as document:
        body = document.read("word/document.xml").decode()
    shown = sign[-1]
    assert f"{shown}cmd甲" in said
    assert f"{shown}cmd甲" in body
    assert "instrText" not in body
    assert "fldSimple" not in body
    book = openpyxl.load_workbook(tmp_path / "a-通报.xlsx")
    cells = [c for sheet in book.worksheets for line in sheet.iter_rows() for c in line]
    assert sum("cmd甲" in str(cell.value) for cell in cells) > 41
    assert not [c.coordinate for c in cells if "cmd甲" in str(c.value) and c.data_type == "f"]


@pytest.mark.parametrize("command", ["check", "bulletin", "explain", "archive", "adopt", "doctor"])
def test_a_file_that_nobody_may_read(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(WORKBOOK, tmp_path / "a.xlsx")

    def refused(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "read", refused)
    done = CliRunner().invoke(main, [command, str(tmp_path / "a.xlsx")])
    assert done.exit_code == 1
    assert "无权读取「a.xlsx」" in done.output
    assert not re.search("[a-z]{6}", done.output)
