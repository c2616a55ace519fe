"""kp: the command line is a contract (design §6): exit codes, files, streams, one JSON object, never a traceback."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from line.desk import project, table, unstarted
from openpyxl import Workbook, load_workbook

from xlplugin import log
from xlplugin.cli import main
from xlplugin.hosts.file import FileBook
from xlplugin.schema import LEDGER, SETTINGS

AS_OF = ("--as-of", "2021-09-30")
DONE, CANNOT, USAGE, WRONG_DATA = 0, 1, 2, 3


def kp(*arguments: object) -> Result:
    """Run a command; a bug that gets past the guard fails the test."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="kp")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def write(
    path: Path, *projects: dict[str, Any], as_of: dt.date | None = None, title: str = "项目台账"
) -> Path:
    """A plain workbook as somebody else's program writes it."""
    workbook = Workbook()
    workbook.worksheets[0].title = title
    for row in table(LEDGER, projects):
        workbook.worksheets[0].append(row)
    if as_of:
        sheet = workbook.create_sheet(SETTINGS.title)
        for line in table(SETTINGS, [{"name": "报告截止日期", "value": as_of}]):
            sheet.append(line)
    workbook.save(path)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A ledger without errors, in a folder with spaces and Chinese in its name."""
    folder = tmp_path / "九月 报表"
    folder.mkdir()
    return write(folder / "陵川 台账.xlsx", project(1), unstarted(2), as_of=dt.date(2021, 9, 30))


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A ledger with one error."""
    return write(tmp_path / "错.xlsx", project(1, total="一百"), as_of=dt.date(2021, 9, 30))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_bulletin_writes_beside_the_workbook_and_leaves_it_alone(good: Path) -> None:
    before = good.read_bytes()
    done = kp("bulletin", good, "--no-docx")
    assert done.exit_code == DONE
    assert names(good.parent) == {"陵川 台账.xlsx", "陵川 台账-通报.xlsx", "陵川 台账-通报.txt"}
    assert good.read_bytes() == before
    assert "已写出" in done.stdout
    assert done.stderr == ""
    assert FileBook(good.parent / "陵川 台账-通报.xlsx").sheets == (
        "项目台账",
        "参数",
        "通报",
        "进度分析",
        "检查结果",
    )
    said = (good.parent / "陵川 台账-通报.txt").read_text(encoding="utf-8")
    assert said.startswith("关于2021年")


def test_twice_is_once(good: Path) -> None:
    """A second run writes over the first and says the same."""
    kp("bulletin", good, "--no-docx")
    first = {path.name: path.read_bytes() for path in good.parent.iterdir()}
    assert kp("bulletin", good, "--no-docx").exit_code == DONE
    assert {path.name: path.read_bytes() for path in good.parent.iterdir()} == first


def test_a_bulletin_of_a_bulletins_workbook(good: Path) -> None:
    """The filled workbook is a workbook like any other."""
    kp("bulletin", good, "--no-docx")
    again = good.parent / "陵川 台账-通报.xlsx"
    assert kp("bulletin", again, "--no-docx").exit_code == DONE
    assert (good.parent / "陵川 台账-通报-通报.txt").read_bytes() == (
        good.parent / "陵川 台账-通报.txt"
    ).read_bytes()


def test_o_makes_the_folder(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "新" / "文件夹"
    assert kp("bulletin", good, "-o", out, "--no-docx").exit_code == DONE
    assert names(out) == {"陵川 台账-通报.xlsx", "陵川 台账-通报.txt"}
    assert names(good.parent) == {"陵川 台账.xlsx"}


def test_in_place(good: Path) -> None:
    assert kp("bulletin", good, "--in-place", "--no-docx").exit_code == DONE
    assert names(good.parent) == {"陵川 台账.xlsx", "陵川 台账-通报.txt"}
    assert "通报" in FileBook(good).sheets


def test_errors_stop_and_nothing_is_written(wrong: Path) -> None:
    before = wrong.read_bytes()
    for options in ((), ("--in-place",), ("-o", wrong.parent / "新"), ("--json",)):
        assert kp("bulletin", wrong, *options).exit_code == WRONG_DATA
        assert names(wrong.parent) == {"错.xlsx"}
        assert wrong.read_bytes() == before


def test_force_goes_on_and_says_so(wrong: Path) -> None:
    assert kp("bulletin", wrong, "--force", "--no-docx").exit_code == DONE
    assert "不得印发" in (wrong.parent / "错-通报.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "options", "code"),
    [
        ("bulletin", ("--no-docx",), DONE),
        ("bulletin", ("--no-docx", "--as-of", "2021-06-30"), DONE),
        ("check", (), DONE),
    ],
)
def test_json_is_one_object_and_nothing_else(
    good: Path, command: str, options: tuple[str, ...], code: int
) -> None:
    done = kp(command, good, "--json", *options)
    assert done.exit_code == code
    said = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    assert said["as_of"] == (options[-1] if "--as-of" in options else "2021-09-30")
    if command == "bulletin":
        assert [Path(path).name for path in said["outputs"]] == [
            "陵川 台账-通报.xlsx",
            "陵川 台账-通报.txt",
        ]
        assert all(Path(path).exists() for path in said["outputs"])


def test_json_says_errors_too(wrong: Path, tmp_path: Path) -> None:
    """Errors of the data: the record, with no outputs. What stops everything: an object with the error."""
    done = kp("bulletin", wrong, "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["outputs"], said["problems"][0]["code"]) == (
        WRONG_DATA,
        [],
        "KP04",
    )
    for command in ("bulletin", "check"):
        done = kp(command, tmp_path / "没有.xlsx", "--json")
        assert (done.exit_code, list(json.loads(done.stdout))) == (CANNOT, ["error"])
        assert done.stderr.strip() == json.loads(done.stdout)["error"]


def test_check_tells_and_writes_nothing(wrong: Path, good: Path) -> None:
    done = kp("check", wrong)
    assert (done.exit_code, names(wrong.parent)) == (WRONG_DATA, {"错.xlsx", "九月 报表"})
    assert "错误 KP04 「项目台账」E2「总投资」：应为数字，现为「一百」" in done.stdout
    assert kp("check", good).exit_code == DONE


BAD_FILES = {
    "没有.xlsx": None,
    "空.xlsx": b"",
    "乱.xlsx": b"\x00\x01garbage" * 50,
    "文字.xlsx": "甲,乙".encode(),
    "老.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "表.csv": "甲,乙".encode(),
    "半.xlsx": "half",
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["bulletin", "check"])
def test_bad_files(tmp_path: Path, name: str, command: str) -> None:
    """One clear Chinese sentence on stderr, exit 1, the input as it was."""
    content = BAD_FILES[name]
    path = tmp_path / name
    if content == "half":
        content = write(tmp_path / "整.xlsx", project(1)).read_bytes()[:3000]
        (tmp_path / "整.xlsx").unlink()
    if isinstance(content, bytes):
        path.write_bytes(content)
    done = kp(command, path, *AS_OF)
    assert (done.exit_code, done.stdout) == (CANNOT, "")
    assert done.stderr.strip().endswith("。")
    assert done.stderr.count("\n") == 1
    assert not path.exists() or path.read_bytes() == content
    assert names(tmp_path) == ({name} if content is not None else set())


def test_what_is_missing_inside(tmp_path: Path) -> None:
    """No ledger, a missing column, no project, no date: exit 1, with advice."""
    workbook = Workbook()
    workbook.worksheets[0].append(["甲"])
    workbook.save(tmp_path / "无.xlsx")
    for path, said in (
        (tmp_path / "无.xlsx", "没有「项目台账」"),
        (write(tmp_path / "空.xlsx"), "没有项目"),
        (write(tmp_path / "期.xlsx", project(1)), "--as-of"),
    ):
        as_of = () if said == "--as-of" else ("--as-of", "2021-09-30")
        done = kp("bulletin", path, *as_of)
        assert done.exit_code == CANNOT
        assert said in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("bulletin",),
        ("bulletin", "甲.xlsx", "--as-of", "2021-9"),
        ("bulletin", "甲.xlsx", "--as-of", "2021-02-30"),
        ("通报",),
        ("check", "甲.xlsx", "--force"),
        ("bulletin", "甲.xlsx", "乙.xlsx"),
    ],
)
def test_usage(arguments: tuple[str, ...]) -> None:
    assert kp(*arguments).exit_code == USAGE


@pytest.mark.skipif(os.name != "posix", reason="access rights of POSIX")
def test_who_may_not_read_the_ledger_may_not_read_its_bulletin(good: Path) -> None:
    good.chmod(0o600)
    assert kp("bulletin", good, *AS_OF).exit_code == DONE
    made = set(good.parent.iterdir()) - {good}
    assert {(path.suffix, path.stat().st_mode & 0o777) for path in made} == {
        (".xlsx", 0o600),
        (".docx", 0o600),
        (".txt", 0o600),
    }


def test_a_folder_that_is_a_file(good: Path) -> None:
    done = kp("bulletin", good, "-o", good)
    assert done.exit_code == CANNOT
    assert "不是文件夹" in done.stderr
    assert names(good.parent) == {good.name}


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert kp("bulletin", tmp_path, *AS_OF).exit_code == CANNOT


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bug_goes_to_the_log(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    """A bug (here: a host that breaks) is one sentence for the clerk; the traceback is in the log."""

    def broken(*given: Any) -> Any:
        raise ZeroDivisionError(given)

    monkeypatch.setattr(FileBook, "read", broken)
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "日志")
    done = kp("bulletin", good, *(["--json"] if as_json else []))
    assert done.exit_code == CANNOT
    assert "ZeroDivisionError" not in done.output
    assert "意外" in done.stderr
    assert "ZeroDivisionError" in (tmp_path / "日志" / "kp.log").read_text(encoding="utf-8")
    assert list(json.loads(done.stdout)) == ["error"] if as_json else done.stdout == ""
    assert names(good.parent) == {good.name}


def test_somebodys_own_ledger(tmp_path: Path) -> None:
    """Other column order, a title above, an unknown sheet name, none of our sheets: it works, and the added sheets are right."""
    path = tmp_path / "own ledger.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Q3"
    head, *rows = table(LEDGER, [project(1), project(2, done=10, cause="缺土")])
    for row in (
        ["全县重点工程"],
        [],
        [*reversed(head), "联系人"],
        *([*reversed(line), "张三"] for line in rows),
    ):
        sheet.append(row)
    workbook.save(path)
    assert kp("bulletin", path, *AS_OF, "--no-docx").exit_code == DONE
    filled = load_workbook(tmp_path / "own ledger-通报.xlsx")
    assert filled.sheetnames == ["Q3", "通报", "进度分析", "检查结果", "认表"]
    assert filled["Q3"]["A1"].value == "全县重点工程"
    assert filled["Q3"].cell(4, len(head) + 1).value == "张三"
    said = "\n".join(str(row[0]) for row in filled["通报"].iter_rows(values_only=True) if row[0])
    assert "2项重点工程中，达到序时进度1项，未达到序时进度1项" in said
    grid = FileBook(tmp_path / "own ledger-通报.xlsx").read("进度分析")
    assert [grid.at(row, 2) for row in (4, 5)] == ["乙河谷水库", "丙河谷水库"]
    assert [grid.at(row, 8) for row in (4, 5)] == [0.8, 0.1]


def test_new_makes_a_workbook_that_can_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "新.xlsx"
    assert kp("new", path).exit_code == DONE
    done = kp("bulletin", path, *AS_OF)
    assert done.exit_code == CANNOT
    assert "没有项目" in done.stderr
    assert kp("new", path).exit_code == CANNOT


def test_version_and_help() -> None:
    assert kp("--version").exit_code == DONE
    for command in ("--help", "-h"):
        assert {"bulletin", "check", "new"} <= set(kp(command).stdout.split())


@pytest.mark.parametrize(
    ("encoding", "written"), [("ascii", "utf-8"), ("gbk", "gbk"), ("utf-8", "utf-8")]
)
def test_any_code_page_will_do(encoding: str, written: str) -> None:
    """The program as it is started: JSON stays JSON where the console cannot show a character (click takes ASCII for UTF-8)."""
    case = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"
    program = f"import sys; sys.argv = ['kp', 'check', {str(case)!r}, '--json']\nfrom xlplugin.cli import kp\nkp()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode(written))["problems"][0]["code"] == "KP19"
