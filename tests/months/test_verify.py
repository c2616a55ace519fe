"""记录 and 核对: a bulletin is defended a year later by its minutes; what differs is named, cell by cell and figure by figure."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from cases.build import WORKBOOK
from hosts.locks import PASSWORD, lock
from line.desk import project, table, unstarted
from line.test_cli import CANNOT, DONE, WRONG_DATA, kp, write
from openpyxl import load_workbook

from xlplugin import __version__, files, minutes
from xlplugin.schema import ARCHIVE, ISSUES, LEDGER

DAY = dt.date(2021, 9, 30)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A ledger of two projects, and of September's end."""
    return write(tmp_path / "台账.xlsx", project(1), unstarted(2), as_of=DAY)


@pytest.fixture
def log(book: Path) -> Path:
    """The minutes of its bulletin."""
    path = book.with_name("记录.jsonl")
    assert kp("bulletin", book, "--log", path, "--no-docx").exit_code == DONE
    return path


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def entered(book: Path, **cells: object) -> None:
    """A clerk changes cells of the ledger: B5=…"""
    workbook = load_workbook(book)
    for address, value in cells.items():
        workbook[LEDGER.title][address] = value
    workbook.properties.title = "又存过"
    workbook.save(book)


def at(key: str, row: int = 2) -> str:
    """Where a column of the ledger stands."""
    heads = table(LEDGER, [project(1), unstarted(2)])[0]
    return f"{'ABCDEFGHIJKLMN'[heads.index(LEDGER[key].heading)]}{row}"


def found(*arguments: object) -> dict[str, Any]:
    done = kp("verify", *arguments, "--json")
    verdict = json.loads(done.stdout)
    assert "same" in verdict, verdict
    assert done.exit_code == (DONE if verdict["same"] else CANNOT)
    return verdict


def test_what_a_line_says(book: Path, log: Path) -> None:
    (line,) = lines(log)
    assert line["kp"] == __version__
    assert line["command"] == "bulletin"
    assert line["as_of"] == "2021-09-30"
    assert dt.datetime.fromisoformat(line["at"]).tzinfo
    assert line["read"] == [
        {
            "path": str(book),
            "size": book.stat().st_size,
            "sha256": minutes.digest(book.read_bytes()),
        }
    ]
    assert {Path(each["path"]).name: each["sha256"] for each in line["written"]} == {
        name: minutes.digest(book.with_name(name).read_bytes())
        for name in ("台账-通报.xlsx", "台账-通报.txt")
    }
    assert line["settings"]["报告截止日期"] == "2021-09-30"
    assert line["settings"]["序时口径"] == "按月"
    assert line["figures"]["全部.完成率"] == "40.00%"
    assert line["problems"] == []
    assert line["questions"] == []


def test_each_run_adds_a_line(book: Path, log: Path) -> None:
    assert kp("archive", book, "--log", log).exit_code == DONE
    assert [line["command"] for line in lines(log)] == ["bulletin", "archive"]
    assert lines(log)[1]["written"][0]["sha256"] == minutes.digest(book.read_bytes())


def test_a_bulletin_that_errors_stopped_is_in_the_minutes(tmp_path: Path) -> None:
    wrong = write(tmp_path / "错.xlsx", project(1, total="一百"), as_of=DAY)
    log = tmp_path / "记录.jsonl"
    assert kp("bulletin", wrong, "--log", log).exit_code == WRONG_DATA
    (line,) = lines(log)
    assert line["written"] == []
    assert [problem["severity"] for problem in line["problems"]] == ["E"]


def test_nothing_differs(book: Path, log: Path) -> None:
    for named in (book, book.with_name("台账-通报.xlsx")):
        done = kp("verify", named, log)
        assert done.exit_code == DONE
        assert done.stdout.endswith("核对结果：没有出入。\n")
        assert found(named, log)["version"] == __version__


def test_the_version_that_wrote_it_is_told_beside_the_one_of_now(book: Path, log: Path) -> None:
    (line,) = log.read_text(encoding="utf-8").splitlines()
    log.write_text(line.replace(f'"kp": "{__version__}"', '"kp": "0.0.9"') + "\n", encoding="utf-8")
    assert (found(book, log)["version"], found(book, log)["program"]) == ("0.0.9", __version__)
    assert f"由 0.0.9 版程序写出；现在的程序是 {__version__} 版。" in kp("verify", book, log).stdout


def test_a_cell_that_was_changed_and_the_figures_that_it_changes(book: Path, log: Path) -> None:
    entered(book, **{at("done"): 90})
    verdict = found(book, log)
    assert verdict["read"] == [{"path": "台账.xlsx", "state": "不同"}]
    assert {file["state"] for file in verdict["written"]} == {"相同"}
    place = f"「项目台账」{at('done')}「P01」累计完成投资"
    assert verdict["cells"] == [{"place": place, "then": "80", "now": "90"}]
    assert {"place": "全部.完成率", "then": "40.00%", "now": "45.00%"} in verdict["figures"]
    assert any("45.00%" in each["now"] for each in verdict["sentences"])
    done = kp("verify", book, log)
    assert done.exit_code == CANNOT
    assert f"{place}：当时「80」，现在「90」" in done.stdout
    assert "全部.完成率：当时「40.00%」，现在「45.00%」" in done.stdout


def test_a_cell_that_the_bulletin_does_not_speak_of(book: Path, log: Path) -> None:
    entered(book, **{at("cause", 3): "第2号处土地未批"})
    verdict = found(book, log)
    assert [cell["then"] for cell in verdict["cells"]] == ["第2处土地未批"]
    assert verdict["figures"] == []


def test_each_of_several_rows_of_one_project_is_compared(book: Path) -> None:
    texts = ("组卷未批", "林地未批")
    issues = [{"id": "P02", "kind": "土地", "text": text} for text in texts]
    workbook = load_workbook(book)
    sheet = workbook.create_sheet(ISSUES.title)
    for line in table(ISSUES, issues):
        sheet.append(line)
    workbook.save(book)
    log = book.with_name("记录.jsonl")
    assert kp("bulletin", book, "--log", log, "--no-docx").exit_code == DONE
    (cell,) = (each for row in sheet for each in row if each.value == "组卷未批")
    cell.value = "组卷已批"
    workbook.save(book)
    (change,) = found(book, log)["cells"]
    assert (change["then"], change["now"]) == ("组卷未批", "组卷已批")


def test_rows_may_move(book: Path, log: Path) -> None:
    """A project is found by its id; where it stands does not matter."""
    workbook = load_workbook(book)
    workbook[LEDGER.title].insert_rows(2)
    for column, value in enumerate(table(LEDGER, [unstarted(3)])[1], start=1):
        workbook[LEDGER.title].cell(2, column).value = value
    workbook.save(book)
    cells = found(book, log)["cells"]
    assert [(cell["place"][:14], cell["then"]) for cell in cells] == [("「项目台账」A2「P03」", "")]


def test_of_two_runs_the_last_counts(book: Path, log: Path) -> None:
    entered(book, **{at("done"): 90})
    assert kp("bulletin", book, "--log", log, "--no-docx").exit_code == DONE
    with zipfile.ZipFile(book, "a") as file:
        file.comment = b"saved again"  # neither run has read this very file
    assert found(book, log)["same"]


def test_saved_again_with_the_same_cells_is_the_same(book: Path, log: Path) -> None:
    entered(book)
    verdict = found(book, log)
    assert verdict["read"][0]["state"] == "不同"
    assert verdict["same"]


def test_a_document_that_was_changed_or_is_gone(book: Path, log: Path) -> None:
    text = book.with_name("台账-通报.txt")
    text.write_text("别的", encoding="utf-8")
    verdict = found(book, log)
    assert {"path": text.name, "state": "不同"} in verdict["written"]
    assert not verdict["same"]
    text.unlink()
    verdict = found(book, log)
    assert {"path": text.name, "state": "不在原处"} in verdict["written"]
    assert not verdict["same"]
    assert f"通报 {text.name}：不在原处" in kp("verify", book, log).stdout


def test_a_set_that_was_moved_is_found_beside_its_ledger(book: Path, log: Path) -> None:
    """A folder kept for the month: the next month's files have those names now."""
    kept = book.parent / "九月"
    kept.mkdir()
    for path in book.parent.glob("台账*"):
        shutil.copy(path, kept)
        path.write_bytes(b"next month's")
    verdict = found(kept / book.name, log)
    assert verdict["same"], verdict


def test_archiving_that_was_recorded_and_not_done(book: Path, log: Path) -> None:
    """As a kill between the line and the renaming leaves it, or whoever puts back what was there before."""
    before = book.read_bytes()
    assert kp("archive", book, "--log", log).exit_code == DONE
    assert found(book, log)["same"]
    book.write_bytes(before)
    verdict = found(book, log)
    assert verdict["read"] == [{"path": book.name, "state": "以前的"}]
    assert not verdict["same"]


def test_a_run_that_wrote_no_bulletin_is_no_bulletin(book: Path, log: Path) -> None:
    entered(book, **{at("total"): "一百"})
    assert kp("bulletin", book, "--log", log).exit_code == WRONG_DATA
    done = kp("verify", book, log)
    assert done.exit_code == CANNOT
    assert "没有写出通报" in done.stdout


def test_a_year_later_the_archive_tells(book: Path) -> None:
    """The ledger has gone on; what was archived is what the bulletin was made from."""
    log = book.with_name("记录.jsonl")
    for command in ("bulletin", "archive"):
        assert kp(command, book, "--log", log).exit_code == DONE
    assert found(book, log)["same"]
    workbook = load_workbook(book)
    workbook[LEDGER.title][at("done")] = 99
    workbook["参数"]["B2"] = dt.date(2021, 10, 31)
    workbook.save(book)
    assert found(book, log)["same"], kp("verify", book, log).stdout
    assert kp("archive", book, "--log", log).exit_code == DONE
    assert found(book, log, "--as-of", "2021-09-30")["same"]
    archive = load_workbook(book)
    sheet = archive[ARCHIVE.title]
    heads = [cell.value for cell in sheet[ARCHIVE.header_row]]
    column = heads.index(ARCHIVE["done"].heading) + 1
    sheet.cell(ARCHIVE.header_row + 1, column).value = 70
    archive.save(book)
    (cell,) = found(book, log, "--as-of", "2021-09-30")["cells"]
    assert (cell["then"], cell["now"]) == ("80", "70")
    assert cell["place"].startswith(f"「{ARCHIVE.title}」")


def test_in_place(book: Path) -> None:
    log = book.with_name("记录.jsonl")
    assert kp("bulletin", book, "--in-place", "--log", log, "--no-docx").exit_code == DONE
    verdict = found(book, log)
    assert verdict["same"]
    assert verdict["read"] == []
    entered(book, **{at("done"): 90})
    assert not found(book, log)["same"]


def test_without_minutes_what_is_there_is_compared_with_what_is_computed(book: Path) -> None:
    assert "没有可核对的" in kp("verify", book).stderr
    kp("bulletin", book)
    verdict = found(book)
    assert verdict["same"]
    assert {file["path"] for file in verdict["written"]} == {
        "台账-通报.xlsx",
        "台账-通报.docx",
        "台账-通报.txt",
    }
    assert found(book.with_name("台账-通报.xlsx"))["same"]
    entered(book, **{at("done"): 90})
    verdict = found(book)
    assert {file["state"] for file in verdict["written"]} == {"不同"}
    assert any("45.00%" in each["now"] for each in verdict["sentences"])
    kp("bulletin", book, "--in-place", "--no-docx")
    book.with_name("台账-通报.xlsx").unlink()
    book.with_name("台账-通报.docx").unlink()
    assert found(book)["same"]


def test_a_standard_workbook_whose_bulletin_lies_beside_it(tmp_path: Path) -> None:
    """Its own 通报 says only that it will be written there: the workbook beside it is what is compared."""
    book = Path(shutil.copy(WORKBOOK, tmp_path))
    assert "没有可核对的" in kp("verify", book).stderr
    assert kp("bulletin", book).exit_code == DONE
    verdict = found(book)
    assert verdict["same"]
    assert f"{book.stem}-通报.xlsx" in {file["path"] for file in verdict["written"]}


def test_a_log_that_is_something_else(book: Path) -> None:
    other = book.with_name("要紧.txt")
    other.write_text("要紧", encoding="utf-8")
    for path, said in (
        (other, "不是 kp 的记录"),
        (book, "就是要读或要写的文件"),
        (book.with_name("台账-通报.txt"), "就是要读或要写的文件"),
        (book.parent / "无" / "记录.jsonl", "无"),
        (book.parent, "记录"),
    ):
        done = kp("bulletin", book, "--log", path)
        assert done.exit_code == CANNOT, path
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in book.parent.iterdir()} == {book.name, other.name}
    assert other.read_text(encoding="utf-8") == "要紧"


def test_files_and_their_line_are_written_together_or_not_at_all(book: Path, log: Path) -> None:
    before = log.read_bytes()
    (book.parent / "out").mkdir()
    (book.parent / "out" / "台账-通报.txt").mkdir()  # cannot be written over
    done = kp("bulletin", book, "-o", book.parent / "out", "--log", log)
    assert done.exit_code == CANNOT
    assert log.read_bytes() == before


def test_a_ledger_that_is_saved_meanwhile_is_not_what_was_read(
    book: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line would speak of another content than the bulletin: neither is written."""
    check = minutes.check

    def meanwhile(own: minutes.Log, others: Iterable[Path]) -> None:
        entered(book, **{at("done"): 90})
        check(own, others)

    monkeypatch.setattr(minutes, "check", meanwhile)
    bulletin = book.with_name("台账-通报.xlsx").read_bytes()
    done = kp("bulletin", book, "--log", log, "--no-docx")
    assert done.exit_code == CANNOT
    assert "台账在处理期间已被他人改动，没有写任何文件" in done.output
    assert len(lines(log)) == 1
    assert book.with_name("台账-通报.xlsx").read_bytes() == bulletin


def test_a_broken_line_is_ended_and_passed_over(book: Path, log: Path) -> None:
    with log.open("ab") as file:
        file.write(b'{"kp": "0.1.0", "at"')
    assert kp("bulletin", book, "--log", log, "--no-docx").exit_code == DONE
    assert len(minutes.entries(log)) == 2
    assert found(book, log)["same"]
    log.write_text('{"kp": "0.1.0", "command": "bulletin"}\n', encoding="utf-8")
    assert "已损坏" in kp("verify", book, log).stderr


def test_minutes_that_do_not_speak_of_it(book: Path, log: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "别的.xlsx", project(5), as_of=DAY)
    assert "没有「别的.xlsx」记录" in kp("verify", other, log).stderr
    assert "2021-08-31" in kp("verify", book, log, "--as-of", "2021-08-31").stderr
    assert "读不了记录" in kp("verify", book, tmp_path / "无.jsonl").stderr


def test_lines_of_many_at_once(tmp_path: Path) -> None:
    log = tmp_path / "记录.jsonl"

    def add(name: int) -> None:
        for number in range(20):
            files.write([], files.Line(log, json.dumps({"kp": name, "n": number}) + " " * 9000))

    threads = [threading.Thread(target=add, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((line["kp"], line["n"]) for line in lines(log)) == [
        (name, number) for name in range(4) for number in range(20)
    ]


def test_a_batch_and_a_rollup(book: Path, tmp_path: Path) -> None:
    write(tmp_path / "乙.xlsx", project(3), as_of=DAY)
    log = tmp_path / "记录.jsonl"
    batch = ("batch", book, tmp_path / "乙.xlsx", "-o", tmp_path / "out", "--jobs", 2, "--no-docx")
    for _ in ("new", "nothing is taken over: each bulletin has its line"):
        assert kp(*batch, "--log", log).exit_code == DONE
    assert [line["command"] for line in lines(log)] == ["bulletin"] * 4
    assert found(book, log)["same"]
    city = tmp_path / "市.xlsx"
    rollup = ("rollup", book, tmp_path / "乙.xlsx", "-o", city, "--no-docx", "--log", log)
    assert kp(*rollup).exit_code == DONE
    assert lines(log)[-1]["command"] == "rollup"
    assert [Path(each["path"]).name for each in lines(log)[-1]["read"]] == ["台账.xlsx", "乙.xlsx"]
    assert found(city, log)["same"]
    entered(book, **{at("done"): 90})
    assert {"path": "台账.xlsx", "state": "不同"} in found(city, log)["read"]


def test_the_minutes_of_a_locked_ledger_are_locked(book: Path) -> None:
    key = book.with_name("密码.txt")
    key.write_text(PASSWORD, encoding="utf-8")
    key.chmod(0o600)
    log = book.with_name("记录.jsonl")
    lock(book)
    assert kp("bulletin", book, "--password-file", key, "--log", log).exit_code == DONE
    (line,) = lines(log)
    assert set(line) == {"kp", "at", "command", "as_of", "sheet", "read", "written", "locked"}
    assert found(book, log, "--password-file", key)["same"]
    assert found(book, "--password-file", key)["same"]
    assert "设有打开密码" in kp("verify", book, log).stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows' rights are not in the mode")
def test_the_log_is_no_more_open_than_the_ledger(book: Path) -> None:
    book.chmod(0o600)
    log = book.with_name("记录.jsonl")
    kp("bulletin", book, "--log", log, "--no-docx")
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_large_ledgers_minutes_stay_small(tmp_path: Path) -> None:
    """Less than the workbook itself."""
    book = write(tmp_path / "大.xlsx", *(project(n) for n in range(1, 1001)), as_of=DAY)
    log = tmp_path / "记录.jsonl"
    kp("bulletin", book, "--log", log, "--no-docx", "--force")
    assert log.stat().st_size < book.stat().st_size


def test_no_option_no_work() -> None:
    """`kp --help` loads nothing of it."""
    code = "import sys, xlplugin.cli; sys.exit('xlplugin.minutes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
