"""Whatever lies beside the workbooks, wherever the output goes, whatever the locale: the commands do their work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from batch import counties
from bundle import standins

KP = str(Path(sys.executable).with_name("kp"))
COMMANDS = {
    "new": ("new", "新.xlsx"),
    "check": ("check", "000.xlsx"),
    "bulletin": ("bulletin", "000.xlsx"),
    "explain": ("explain", "000.xlsx"),
    "archive": ("archive", "000.xlsx"),
    "doctor": ("doctor",),
    "batch": ("batch", "000.xlsx", "-o", "out", "--jobs", "1"),
    "rollup": ("rollup", "000.xlsx", "-o", "city.xlsx"),
}
posix = pytest.mark.skipif(os.name != "posix", reason="streams and locales of POSIX")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a county's workbook."""
    folder = tmp_path / "县里报来的"
    counties.county(folder, 0)
    return folder


def kp(desk: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KP, *arguments],
        cwd=desk,
        env={**os.environ, "XDG_STATE_HOME": str(desk.parent / "state"), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_code_beside_the_workbooks_is_not_run(desk: Path, command: str) -> None:
    """A folder of returns holds what it holds: none of it is a module of ours."""
    ran = desk.parent / "ran"
    names = ("jinja2", "json", "pickle", "numpy", "openpyxl", "click", "usercustomize")
    places = [desk / f"{name}.py" for name in names]
    for package in ("xlplugin", "xlwings", "python_calamine"):
        (desk / package).mkdir()
        places.append(desk / package / "__init__.py")
    for place in places:
        place.write_text(f"open({str(ran)!r}, 'a').write({place.name!r})\n", encoding="utf-8")
    done = kp(desk, *COMMANDS[command])
    assert not ran.exists(), ran.read_text()
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_beside_a_bundle_is_not_run(desk: Path) -> None:
    """pip is another program, asked for each package."""
    ran = desk.parent / "ran"
    (desk / "pip.py").write_text(f"open({str(ran)!r}, 'a').write('pip')\n", encoding="utf-8")
    digest = standins.embeddable(desk / "python.zip")
    (desk / "wheels").mkdir()
    given = ("--python", "python.zip", "--sha256", digest, "--wheels", "wheels")
    done = kp(desk, "bundle", "-o", "a.zip", *given)
    assert not ran.exists()
    assert done.returncode == 1
    assert "pip 取不到" in done.stderr


def test_a_warning_stops_no_worker(desk: Path) -> None:
    done = kp(desk, *COMMANDS["batch"], PYTHONWARNINGS="error")
    assert (done.returncode, done.stderr) == (0, "")


@posix
@pytest.mark.parametrize("command", ["check", "bulletin", "batch", "rollup"])
def test_nobody_listens(desk: Path, command: str) -> None:
    """Standard output closed, full, or a reader who has left: the files are there, and no traceback."""
    for number, (how, code) in enumerate(((">&-", 0), ("> /dev/full", 1), ("| true", 0))):
        line = f'"$0" "$@" {how}' + ("; exit ${PIPESTATUS[0]}" if "|" in how else "")
        done = subprocess.run(
            ["bash", "-c", line, KP, *COMMANDS[command]],
            cwd=desk,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, (how, done.stderr)
        assert "Traceback" not in done.stderr
        assert "没有写任何文件" not in done.stderr
        assert ("没有写全（磁盘空间不足）" in done.stderr) == bool(code)
        made = {"bulletin": "000-通报.docx", "batch": "out/summary.xlsx", "rollup": "city.xlsx"}
        if command in made:
            assert (desk / made[command]).exists(), number


@posix
@pytest.mark.parametrize("command", ["new", "bulletin", "batch", "rollup"])
def test_a_locale_without_our_letters(desk: Path, command: str) -> None:
    done = kp(desk, *COMMANDS[command], LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "000-通报.docx" in os.listdir(desk) or command != "bulletin"


@posix
def test_a_folder_that_is_gone_is_said(desk: Path) -> None:
    (desk / "gone").mkdir()
    line = 'cd gone && rmdir ../gone && "$0" check ../000.xlsx'
    done = subprocess.run(
        ["bash", "-c", line, KP], cwd=desk, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "当前文件夹已经不在了" in done.stderr
    assert "Traceback" not in done.stderr


HOSTILE = "县\x1b]0;mine\x07\x9b31m\u202e[red]:smile:\r"


@posix
@pytest.mark.parametrize("json", [False, True])
def test_what_a_file_is_called_commands_no_terminal(desk: Path, json: bool) -> None:
    book = (desk / "000.xlsx").rename(desk / f"{HOSTILE}.xlsx")
    for command in (("check",), ("bulletin", "--no-docx"), ("batch", "-o", "out", "--no-docx")):
        done = kp(desk, command[0], book.name, *command[1:], *["--json"] * json)
        assert not set("\x1b\x07\x9b\u202e\r") & set(done.stdout + done.stderr), command
        if command != ("check",):
            assert "[red]:smile:" in done.stdout
