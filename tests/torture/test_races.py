"""Somebody else saves the workbook while we write it: whenever that is, what they saved is what stands in the end."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from xlplugin import files, locks
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.files.renaming import rename

OLD, OURS, THEIRS = b"as it was read", b"ours", b"what somebody else saved"
linux = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="two files are exchanged at one stroke on Linux"
)


def by_rename(path: Path) -> Callable[[], None]:
    """As Excel, WPS and LibreOffice save: a new file takes the name."""
    beside = path.with_name("theirs.tmp")
    beside.write_bytes(THEIRS)
    os.replace(beside, path)
    return lambda: None


def in_place(path: Path) -> Callable[[], None]:
    """As scripts save: the file is emptied and written."""
    path.write_bytes(THEIRS)
    return lambda: None


def slowly(path: Path) -> Callable[[], None]:
    """As over a slow line: opened now, written when we have long been done."""
    file = path.open("r+b")

    def finish() -> None:
        file.truncate()
        file.write(THEIRS)
        file.close()

    return finish


def while_staging(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (save(), fsync(file)))


def at_the_last_look(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    monkeypatch.setattr(locks, "refuse_if_held", lambda _: save())


def before_the_exchange(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    monkeypatch.setattr(files, "rename", lambda *how: (save(), rename(*how))[1])


def after_the_exchange(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    monkeypatch.setattr(files, "rename", lambda *how: (rename(*how), save())[0])


@linux
@pytest.mark.parametrize("saver", [by_rename, in_place, slowly])
@pytest.mark.parametrize(
    "moment", [while_staging, at_the_last_look, before_the_exchange, after_the_exchange]
)
@pytest.mark.parametrize("more", [0, 1], ids=["the workbook alone", "with its document"])
def test_a_save_in_the_middle_of_ours_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saver: object, moment: object, more: int
) -> None:
    """Whether ours is refused or was there first: nothing of theirs is lost, and nothing of ours half done."""
    book, document = tmp_path / "台账.xlsx", tmp_path / "台账-通报.txt"
    book.write_bytes(OLD)
    document.write_bytes(b"last month")
    finish: list[Callable[[], None]] = []

    once = threading.Lock()  # files are flushed at the same time

    def save() -> None:
        with once:
            if not finish:
                finish.append(saver(book))  # type: ignore[operator]

    moment(monkeypatch, save)  # type: ignore[operator]
    refused = ""
    try:
        files.write([Output(book, OURS, over=OLD), Output(document, b"new")][: more + 1])
    except UserError as refusal:
        refused = str(refusal)
    monkeypatch.undo()
    finish[0]()
    assert book.read_bytes() == THEIRS
    assert ("已被他人改动" in refused) == (moment is not after_the_exchange)
    assert document.read_bytes() == (b"last month" if refused or not more else b"new")
    assert {path.name for path in tmp_path.iterdir()} == {book.name, document.name}


@linux
def test_two_saves_in_the_middle_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Theirs went out with the exchange, and comes back only where nothing newer stands."""
    book = tmp_path / "台账.xlsx"
    book.write_bytes(OLD)
    saves = iter((b"their first save", THEIRS))

    def save_and_rename(*how: object) -> bool:
        if content := next(saves, None):
            beside = tmp_path / "theirs.tmp"
            beside.write_bytes(content)
            os.replace(beside, book)
        return rename(*how)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "rename", save_and_rename)
    with pytest.raises(UserError, match="已被他人改动"):
        files.write([Output(book, OURS, over=OLD)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {book.name: THEIRS}


@linux
def test_a_save_at_any_moment(tmp_path: Path) -> None:
    """A hundred tries at random: what they saved is there, whoever came first."""
    moments, came_first = random.Random(11), 0
    book = tmp_path / "台账.xlsx"
    for _ in range(100):
        book.write_bytes(OLD)
        pause = moments.uniform(0, 0.012)
        saver = threading.Thread(target=lambda pause=pause: (time.sleep(pause), by_rename(book)))
        saver.start()
        try:
            files.write([Output(book, OURS * 1000, over=OLD)])
        except UserError:
            came_first += 1
        saver.join()
        assert book.read_bytes() == THEIRS
    assert 0 < came_first < 100, "every try fell on one side: the pause must be set anew"


@linux
def test_where_nothing_can_be_exchanged_the_last_look_is_just_before_the_replacement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(OLD)
    monkeypatch.setattr(files, "rename", lambda *_: False)
    at_the_last_look(monkeypatch, lambda: by_rename(book))
    with pytest.raises(UserError, match="已被他人改动"):
        files.write([Output(book, OURS, over=OLD)])
    assert book.read_bytes() == THEIRS
    monkeypatch.undo()
    monkeypatch.setattr(files, "rename", lambda *_: False)
    files.write([Output(book, OURS, over=THEIRS)])
    assert book.read_bytes() == OURS


@linux
def test_a_new_file_does_not_take_a_name_that_was_given_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "新.xlsx"
    before_the_exchange(monkeypatch, lambda: by_rename(book))
    with pytest.raises(UserError, match="已经存在"):
        files.write([Output(book, OURS, over=b"")])
    assert book.read_bytes() == THEIRS


@linux
@pytest.mark.parametrize("count", [1, 3], ids=["one file", "a set"])
def test_of_two_runs_at_once_one_is_told(tmp_path: Path, count: int) -> None:
    """Both had read the same workbook: one is done, the other is refused, and no set is mixed."""
    book, others = (
        tmp_path / "台账.xlsx",
        [tmp_path / f"台账-通报.{kind}" for kind in ("docx", "txt")],
    )
    for _ in range(15):
        book.write_bytes(OLD)
        said: dict[bytes, str] = {}
        start = threading.Barrier(2)

        def run(
            mine: bytes, said: dict[bytes, str] = said, start: threading.Barrier = start
        ) -> None:
            start.wait()
            try:
                files.write(
                    [Output(book, mine, over=OLD), *(Output(path, mine) for path in others)][:count]
                )
                said[mine] = ""
            except UserError as failure:
                said[mine] = str(failure)

        runs = [threading.Thread(target=run, args=(mine,)) for mine in (b"one", b"other")]
        for each in runs:
            each.start()
        for each in runs:
            each.join()
        (winner,) = (mine for mine, words in said.items() if not words)
        assert any("已被他人改动" in words for words in said.values())
        assert {path.read_bytes() for path in (book, *others)[:count]} == {winner}


@linux
def test_a_run_that_hangs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waited for a moment, then said: it is no program that the clerk could close in Excel."""
    import fcntl

    book = tmp_path / "台账.xlsx"
    book.write_bytes(OLD)
    monkeypatch.setattr("xlplugin.files.holding.PATIENCE", 0.1)
    with book.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UserError, match="另一个 kp"):
            files.write([Output(book, OURS, over=OLD)])
    files.write([Output(book, OURS, over=OLD)])
    assert book.read_bytes() == OURS
