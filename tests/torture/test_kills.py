"""Killed at every step that touches the disk: no file is torn, a mixed set says so, and the next run puts it right."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Set
from io import FileIO
from pathlib import Path

import pytest
from batch import counties
from line.test_cli import CANNOT, DONE, kp

from xlplugin import files, minutes
from xlplugin.errors import UserError
from xlplugin.files import Output, unfinished

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")

STEPS = {"open", "os.rename", "os.link", "os.remove", "os.chmod", "os.chown", "kp.exchange"}
"""What is counted, where it is about a file of the folder: the audit events of Python, and one of our own."""

MARK = "甲-通报（未写完）.txt"
NAMES = ("甲.xlsx", "甲-通报.docx", "甲-通报.txt")


def run(folder: Path, number: int, how: str) -> bool:
    """Write the set in a process of its own, killed before its step of a number; whether it lived to the end."""
    return survives(folder, number, lambda: write(folder, in_place=how == "in place"))


def survives(
    folder: Path, number: int, work: Callable[[], object], steps: Set[str] = STEPS
) -> bool:
    """Do something in a process of its own, killed before its step of a number; whether it lived to the end."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(folder, number, steps)
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def write(folder: Path, *, in_place: bool) -> None:
    """A workbook with its document and its text."""
    over = (folder / NAMES[0]).read_bytes() if in_place else None
    outputs = [Output(folder / name, b"new") for name in NAMES]
    files.write([Output(folder / NAMES[0], b"new", over=over), *outputs[1:]])


def _die_at(folder: Path, number: int, steps: Set[str]) -> None:
    """Kill this process before a step; counted from here."""
    numbers, real = iter(range(1, 1000)), files.rename

    def step(event: str, arguments: tuple[object, ...]) -> None:
        of_folder = any(str(folder) in str(argument) for argument in arguments)
        if event in steps and of_folder and next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def told(path: Path, target: Path, how: int) -> bool:
        sys.audit("kp.exchange", path, target)
        return real(path, target, how)

    files.rename = told
    sys.addaudithook(step)


@pytest.mark.parametrize("how", ["in place", "as new files"])
@pytest.mark.parametrize("old", [NAMES, NAMES[:1]], ids=["over last month's", "for the first time"])
def test_killed_at_every_step(tmp_path: Path, how: str, old: tuple[str, ...]) -> None:
    """tried / held is printed: every step of writing a set of three."""
    mixed, number = 0, 1
    while True:
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in old:
            (folder / name).write_bytes(b"old")
        (folder / "别人的.tmp").write_bytes(b"theirs")
        if run(folder, number, how):
            break
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        state = {found.get(name, b"") for name in NAMES}
        assert state <= {b"old", b"new", b""}, f"torn at step {number}"
        if b"new" in state and state != {b"new"}:
            mixed += 1
            assert MARK in found, f"nobody can tell, step {number}"
        if MARK in found and found[MARK]:  # empty: not begun
            words = found[MARK].decode()
            assert "请不要使用" in words
            assert all(name in words for name in NAMES)
        assert run(folder, 0, how)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
            **dict.fromkeys(NAMES, b"new"),
            "别人的.tmp": b"theirs",
        }, f"the next run did not put it right, step {number}"
        number += 1
    assert mixed >= 2
    assert number > 12
    print(f"killed at {number - 1} steps ({mixed} between two renames): {number - 1} held")  # noqa: T201


def test_what_another_set_left_unfinished_is_said_until_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a document the next run rewrites two of three: the third is still last month's."""
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    number = 1
    while True:
        assert not run(tmp_path, number, "in place")
        if (tmp_path / NAMES[0]).read_bytes() == b"new":
            break
        number += 1
    meanwhile: list[list[str]] = []
    monkeypatch.setattr(files, "_flush", lambda place: meanwhile.append(said(place)))
    files.write([Output(tmp_path / name, b"newer") for name in (NAMES[0], NAMES[2])])
    assert meanwhile == [[NAMES[0], NAMES[2], NAMES[1]]]
    assert said(tmp_path) == [NAMES[1]]
    files.write([Output(tmp_path / name, b"newer") for name in NAMES])
    assert not (tmp_path / MARK).exists()


def said(folder: Path) -> list[str]:
    """The files that are said to be unfinished."""
    return (folder / MARK).read_text(encoding="utf-8").splitlines()[1:]


def test_what_cannot_be_put_back_stays_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails after the first rename, and again where that is to be undone."""
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    replace, calls = os.replace, iter(range(100))

    def failing(path: Path, target: Path) -> None:
        if next(calls):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(path, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", failing)
        with pytest.raises(UserError):
            write(tmp_path, in_place=False)
    assert [(tmp_path / name).read_bytes() for name in NAMES] == [b"new", b"old", b"old"]
    assert said(tmp_path) == list(NAMES)
    write(tmp_path, in_place=False)
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)


def test_somebodys_own_file_of_that_name_stays(tmp_path: Path) -> None:
    (tmp_path / MARK).write_text("我的笔记", encoding="utf-8")
    with pytest.raises(UserError, match="别人的文件"):
        files.write([Output(tmp_path / name, b"new") for name in NAMES])
    assert {path.name for path in tmp_path.iterdir()} == {MARK}
    assert (tmp_path / MARK).read_text(encoding="utf-8") == "我的笔记"


@pytest.mark.parametrize("place", ["--in-place", "--no-docx"])
@pytest.mark.parametrize("past", [True, False], ids=["over last month's", "for the first time"])
def test_what_is_said_of_a_killed_run_is_what_lies_there(
    tmp_path: Path, place: str, past: bool
) -> None:
    """A line is in the minutes before its files are in their places: 核对 looks at what became of them."""
    start, folder = tmp_path / "start", tmp_path / "desk"
    counties.county(start, 0)
    shutil.copytree(start, folder)
    book, log = folder / "000.xlsx", folder / "log.jsonl"
    words = ("bulletin", book, place, "--log", log)
    if past:
        assert kp(*words, "--as-of", "2021-08-31").exit_code == DONE
    shutil.rmtree(start)
    shutil.copytree(folder, start)
    told, number = set(), 1
    while not survives(folder, number, lambda: kp(*words), STEPS - {"open"}):
        lines = minutes.entries(log) if log.exists() else []
        if lines:
            said = kp("verify", book, log, "--json")
            verdict = json.loads(said.stdout)
            there = [_lies(file) for file in lines[-1]["written"]]
            assert verdict["same"] == all(there), (number, verdict)
            assert said.exit_code == (DONE if all(there) else CANNOT)
            told |= {file["state"] for file in verdict["written"]}
        if (
            lines
            and any(folder.glob(f"*{files.MARK}"))
            and not all(map(_lies, lines[-1]["written"]))
        ):
            without = kp("verify", book)
            assert without.exit_code == CANNOT
            assert "没有写完" in without.stdout
            assert "同样的命令再运行一次" in without.stdout
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        number += 1
    assert json.loads(kp("verify", book, log, "--json").stdout)["same"]
    assert {"相同", "没有写完"} <= told


def _lies(file: dict[str, str]) -> bool:
    path = Path(file["path"])
    return path.exists() and minutes.digest(path.read_bytes()) == file["sha256"]


@pytest.mark.parametrize("after", [0, 1], ids=["before it is written", "before it is cut off"])
def test_a_mark_that_is_written_again_still_says_what_it_said(tmp_path: Path, after: int) -> None:
    """The next run is killed too, while it announces itself: what the first one left mixed is still told."""
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    number = 1
    while (tmp_path / NAMES[0]).read_bytes() == b"old":
        assert not run(tmp_path, number, "in place")
        number += 1
    place = tmp_path / NAMES[-1]
    left = files.left_unfinished(place)
    assert [path.name for path in left] == list(NAMES)

    def again() -> None:
        real = unfinished.put

        def die(file: FileIO, content: bytes) -> None:
            for _ in range(after):
                real(file, content)
            os.kill(os.getpid(), signal.SIGKILL)

        unfinished.put = die
        files.write([Output(tmp_path / name, b"newer") for name in (NAMES[0], NAMES[2])])

    assert not survives(tmp_path, 0, again)
    assert set(files.left_unfinished(place)) == set(left)
    assert run(tmp_path, 0, "in place")
    assert not files.left_unfinished(place)
