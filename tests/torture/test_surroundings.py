"""Whatever lies beside the workbooks, wherever the output goes, whatever the locale: the commands do their work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from batch import counties
from bundle import standins

from xlplugin.bundle.extension import parts
from xlplugin.cli import main

KP = str(Path(sys.executable).with_name("kp"))
COMMANDS = {
    "new": ("new", "新.xlsx"),
    "check": ("check", "000.xlsx"),
    "bulletin": ("bulletin", "000.xlsx"),
    "adopt": ("adopt", "000.xlsx"),
    "explain": ("explain", "000.xlsx"),
    "figure": ("figure", "000.xlsx", "全部.完成率"),
    "verify": ("verify", "000.xlsx", "log.jsonl"),
    "archive": ("archive", "000.xlsx"),
    "doctor": ("doctor", "000.xlsx"),
    "install": ("install",),
    "bundle": ("bundle", "--libreoffice", "-o", "重点工程.oxt"),
    "serve": ("serve", "--no-browser", "--idle", "0.05"),
    "batch": ("batch", "000.xlsx", "001.xlsx", "-o", "out", "--jobs", "2"),
    "rollup": ("rollup", "000.xlsx", "001.xlsx", "-o", "city.xlsx"),
}
"""Every command of the parser, as a clerk calls it."""
MADE = {
    "new": "新.xlsx",
    "bulletin": "000-通报.docx",
    "bundle": "重点工程.oxt",
    "batch": "out/summary.xlsx",
    "rollup": "city.xlsx",
}
"""What lies there once a command is done."""
ENDS = {"install": int(sys.platform != "win32")}
"""How a command ends where not with 0: it is for Windows."""
LAUNCHER = (sys.executable, "-P", "-m", "xlplugin.cli.launcher", "生成通报.cmd", "000.xlsx")
"""What 生成通报.cmd runs."""
PROGRAMS = {
    **{name: (KP, *words) for name, words in COMMANDS.items()},
    "batch here": (KP, "batch", "000.xlsx", "-o", "out", "--jobs", "1"),
    "launcher": LAUNCHER,
}
posix = pytest.mark.skipif(os.name != "posix", reason="streams and locales of POSIX")


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == set(main.commands)
    for command, words in COMMANDS.items():
        path = any(each.endswith((".xlsx", ".oxt")) for each in words)
        assert path or command in ("install", "serve"), f"{command} is given nothing to do"


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties' workbooks, and a bulletin with its minutes."""
    folder = tmp_path_factory.mktemp("returned") / "县里报来的"
    for number in (0, 1):
        counties.county(folder, number)
    assert kp(folder, "bulletin", "000.xlsx", "--log", "log.jsonl").returncode == 0
    return folder


@pytest.fixture
def desk(returned: Path, tmp_path: Path) -> Path:
    """A folder that holds them; the minutes look for the bulletin beside its ledger."""
    return shutil.copytree(returned, tmp_path / returned.name)


def kp(desk: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(desk, KP, *arguments, **environment)


def run(desk: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program in a desk's folder."""
    return subprocess.run(
        words,
        cwd=desk,
        env={**os.environ, "XDG_STATE_HOME": str(desk.parent / "state"), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


PLANTED = ("jinja2", "json", "pickle", "numpy", "openpyxl", "click", "usercustomize", "uvicorn")


@pytest.fixture
def ran(desk: Path) -> Path:
    """What tells, once it is there, that code beside the workbooks was run."""
    ran = desk.parent / "ran"
    places = [desk / f"{name}.py" for name in PLANTED]
    for package in ("xlplugin", "xlwings", "python_calamine"):
        (desk / package).mkdir()
        places.append(desk / package / "__init__.py")
    for place in places:
        place.write_text(f"open({str(ran)!r}, 'a').write({place.name!r})\n", encoding="utf-8")
    return ran


@pytest.mark.parametrize("program", PROGRAMS)
def test_code_beside_the_workbooks_is_not_run(desk: Path, ran: Path, program: str) -> None:
    """A folder of returns holds what it holds: none of it is a module of ours."""
    done = run(desk, *PROGRAMS[program])
    assert not ran.exists(), ran.read_text()
    assert done.returncode == ENDS.get(program, 0), done.stdout + done.stderr


def test_code_beside_a_document_is_not_run_by_the_extension(desk: Path, ran: Path) -> None:
    """LibreOffice's current folder is the one in which its document was double-clicked."""
    inside = desk.parent / "extension"
    inside.mkdir()
    for name, text in parts(sys.executable).items():
        if name.endswith(("/desk.py", "/desk.json")):
            (inside / Path(name).name).write_text(text, encoding="utf-8")
    ask = "import sys; sys.path[:0] = [sys.argv[1]]; import desk; print(desk.WORKER.ask({}))"
    done = run(desk, sys.executable, "-P", "-c", ask, str(inside))
    assert not ran.exists(), ran.read_text()
    assert done.returncode == 0, done.stderr


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


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_warning_stops_nobody(desk: Path, program: str) -> None:
    done = run(desk, *PROGRAMS[program], PYTHONWARNINGS="error")
    assert done.returncode == ENDS.get(program, 0), done.stderr
    assert program in ENDS or not done.stderr


@posix
@pytest.mark.parametrize("program", PROGRAMS)
def test_nobody_listens(desk: Path, program: str) -> None:
    """Standard output closed, full, or a reader who has left: the files are there, and no traceback."""
    for how, code in (
        (">&-", 0),
        ("> /dev/full", 1),
        ("| true", 0),
        ("2>&-", 0),
        ("2> /dev/full", 0),
    ):
        line = f'"$0" "$@" {how}' + ("; exit ${PIPESTATUS[0]}" if "|" in how else "")
        made = desk / MADE.get(program, "000.xlsx")
        if program in MADE:
            made.unlink(missing_ok=True)
        done = run(desk, "bash", "-c", line, *PROGRAMS[program])
        told = how.startswith(">") and program not in ENDS
        assert done.returncode == ENDS.get(program, code), (how, done.stderr)
        assert "Traceback" not in done.stdout + done.stderr
        assert "意外" not in done.stdout + done.stderr
        assert "没有写任何文件" not in done.stderr
        assert ("没有写全（磁盘空间不足）" in done.stderr) == bool(code and told), how
        assert made.exists(), how


@posix
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_locale_without_our_letters(desk: Path, program: str) -> None:
    made = desk / MADE.get(program, "000.xlsx")
    if program in MADE:
        made.unlink(missing_ok=True)
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(desk, *PROGRAMS[program], **bare)
    assert done.returncode == ENDS.get(program, 0), done.stderr
    assert made.exists()


@posix
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_folder_that_is_gone_is_said(desk: Path, program: str) -> None:
    (desk / "gone").mkdir()
    line = 'cd gone && rmdir ../gone && exec "$0" "$@"'
    done = run(desk, "bash", "-c", line, *PROGRAMS[program])
    assert done.returncode == 1
    assert "当前文件夹已经不在了" in done.stderr
    assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize(
    "program", [name for name, words in PROGRAMS.items() if "000.xlsx" in words]
)
def test_a_file_that_may_not_be_read_is_said(desk: Path, program: str) -> None:
    """In a sentence, with the code of what cannot be done, not of a wrong call."""
    words = PROGRAMS[program]
    (desk / "000.xlsx").chmod(0)
    if os.access(desk / "000.xlsx", os.R_OK):  # root reads every file; a pipe is read by nobody
        (desk / "000.xlsx").unlink()
        os.mkfifo(desk / "000.xlsx")
    done = run(desk, *words)
    said = done.stdout + done.stderr
    assert done.returncode in ((1, 3) if program.startswith(("batch", "rollup")) else (1,)), said
    assert "000.xlsx" in said
    assert "Traceback" not in said
    assert not re.search(r"Error|Errno|denied|directory|Usage", said), said


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
