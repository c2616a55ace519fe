"""Files take their places all at once or not at all, no more readable than their source, and leave nothing behind."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import struct
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from types import ModuleType

import pytest

from xlplugin import files
from xlplugin.errors import UserError
from xlplugin.files import Output, holding, renaming

posix = pytest.mark.skipif(os.name != "posix", reason="access rights and locks of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o022, 0o077], ids=["umask 022", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@posix
@pytest.mark.parametrize("lent", [None, 0o600, 0o640, 0o755, 0o444])
def test_a_new_file_has_its_sources_mode_short_of_the_umask(
    tmp_path: Path, umask: int, lent: int | None
) -> None:
    """The owner may always write again what was made from a ledger that is read-only; nobody runs it."""
    source = tmp_path / "台账.xlsx"
    if lent is not None:
        source.touch()
        source.chmod(lent)
    made = tmp_path / "台账-通报.txt"
    files.write([Output(made, b"1", like=source if lent is not None else None)])
    wanted = 0o666 if lent is None else lent & 0o666 | stat.S_IWUSR
    assert mode(made) == wanted & ~umask


@posix
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(
    ("own", "lent", "wanted"),
    [
        (0o664, None, 0o664),  # kept, whatever the umask
        (0o644, 0o600, 0o600),  # of an earlier program, or before the ledger was closed to others
        (0o600, 0o644, 0o600),  # closed by hand
        (0o640, 0o444, 0o640),
    ],
)
def test_a_file_that_stands_keeps_its_mode_short_of_what_its_source_forbids(
    tmp_path: Path, own: int, lent: int | None, wanted: int
) -> None:
    source, made = tmp_path / "台账.xlsx", tmp_path / "台账-通报.txt"
    for path, rights in ((source, lent), (made, own)):
        path.touch()
        path.chmod(rights or 0o600)
    files.write([Output(made, b"1", like=source if lent else None)])
    assert mode(made) == wanted


@posix
@pytest.mark.usefixtures("umask")
def test_in_its_own_place_a_file_keeps_its_mode(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.touch()
    book.chmod(0o664)
    files.write([Output(book, b"1", like=book)])
    assert mode(book) == 0o664


@pytest.fixture
def places(tmp_path: Path) -> list[Path]:
    """Three places: two that hold something, one in between that does not."""
    paths = [tmp_path / name for name in ("甲.xlsx", "甲.docx", "甲.txt")]
    paths[0].write_bytes(b"old workbook")
    paths[2].write_bytes(b"old text")
    return paths


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_all_or_none(
    places: list[Path], monkeypatch: pytest.MonkeyPatch, failing: int, links: bool
) -> None:
    """Whichever of three renames fails, all places hold what they held, and a log that is there, or is not, has no line more."""
    line = files.Line(places[0].with_name("记录.jsonl"), "a line")
    if links:
        line.path.write_bytes(b"a line\n")
    before = held(places[0].parent)
    replace, calls = os.replace, iter(range(1, 10))

    def fails(*paths: Path) -> None:
        if next(calls) == failing:
            raise OSError(5, "Input/output error")
        replace(*paths)

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "replace", fails)
    if not links:
        monkeypatch.setattr(os, "link", refuses)
    with pytest.raises(UserError, match=f"写不了.*{places[failing - 1].name}"):
        files.write([Output(path, b"new") for path in places], line)
    assert held(places[0].parent) == before
    monkeypatch.undo()
    files.write([Output(path, b"new") for path in places], line)
    assert held(places[0].parent) == {
        **dict.fromkeys((path.name for path in places), b"new"),
        line.path.name: b"a line\n" * (1 + links),
    }


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_interruption_leaves_all_old_or_all_new(
    places: list[Path], monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    """Ctrl-C just before or just after any of the three renames: the last one decides."""
    before = held(places[0].parent)
    replace, calls = os.replace, iter(range(1, 10))

    def interrupted(*paths: Path) -> None:
        number = next(calls)
        if number == at and not after:
            raise KeyboardInterrupt
        replace(*paths)
        if number == at:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write([Output(path, b"new") for path in places])
    new = dict.fromkeys((path.name for path in places), b"new")
    assert held(places[0].parent) == (new if after and at == 3 else before)


class Msvcrt(ModuleType):
    """Windows' locks over those of Linux that belong to an open file too: bytes from where it stands, EACCES where taken."""

    LK_NBLCK = 2

    @staticmethod
    def locking(handle: int, mode: int, count: int) -> None:
        import fcntl

        assert mode == Msvcrt.LK_NBLCK
        at = os.lseek(handle, 0, os.SEEK_CUR)
        assert at < 1 << 31, "the C library takes no more"
        wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, at, count, 0)
        try:
            fcntl.fcntl(handle, 37, wanted)  # F_OFD_SETLK
        except BlockingIOError:
            raise PermissionError(13, "Permission denied") from None


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows has it: no flock, and nothing that is open, under whichever name, can be moved or removed."""
    replace, unlink = os.replace, os.unlink

    def refuse_open(path: object) -> None:
        for descriptor in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):
                if os.path.samefile(descriptor, str(path)):
                    raise PermissionError(13, "The process cannot access the file", str(path))

    def move(path: Path, target: Path) -> None:
        refuse_open(path)
        refuse_open(target)
        replace(path, target)

    def remove(path: Path, **_: object) -> None:
        refuse_open(path)
        unlink(path)

    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt("msvcrt"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(renaming, "_renameat2", lambda: None)  # what Linux can may be known already
    monkeypatch.setattr(os, "replace", move)
    monkeypatch.setattr(os, "unlink", remove)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what is open")
@pytest.mark.usefixtures("windows")
def test_on_windows_what_is_open_is_neither_moved_nor_removed(
    places: list[Path], tmp_path: Path
) -> None:
    before = held(tmp_path)
    with places[2].open("rb"):  # Word has it: the first two are put back
        with pytest.raises(UserError, match="甲.txt.*正被其他程序打开"):
            files.write([Output(path, b"new") for path in places])
        assert held(tmp_path) == before
    left = tmp_path / ".kp-0123456789ab.tmp"
    with left.open("wb"):  # of a living run
        files.clear(tmp_path)
        assert left.exists()
        files.write([Output(path, b"new") for path in places])
    files.clear(tmp_path)
    assert held(tmp_path) == dict.fromkeys((path.name for path in places), b"new")


@pytest.fixture
def locking(request: pytest.FixtureRequest) -> None:
    """Windows' own locks where they are, else what stands in for them."""
    if sys.platform != "win32":
        request.getfixturevalue("windows")


@pytest.mark.usefixtures("locking")
def test_windows_locks_keep_two_runs_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log, a mark, a workbook written in place; whoever is done, or is killed, stands in nobody's way."""
    monkeypatch.setattr(holding, "PATIENCE", 0.1)
    book, log = tmp_path / "台账.xlsx", tmp_path / "记录.jsonl"
    book.write_bytes(b"old")
    with holding.held(log, os.O_RDWR | os.O_CREAT) as file:
        holding.put(file, b"a line")
        assert log.read_bytes() == b"a line", "others may read"
        with pytest.raises(UserError, match="记录.jsonl」正由另一个 kp 写入"):
            holding.held(log, os.O_RDWR | os.O_CREAT)
    holding.held(log, os.O_RDWR).close()
    with holding.hold_place(book):
        assert book.read_bytes() == b"old"
        with pytest.raises(UserError, match="台账.xlsx」正由另一个 kp 写入"):
            files.write([Output(book, b"new", over=b"old")])
    files.write([Output(book, b"new", over=b"old")])
    assert held(tmp_path) == {"台账.xlsx": b"new", "记录.jsonl": b"a line"}


@pytest.mark.usefixtures("locking")
def test_on_windows_a_set_in_place_is_all_or_none(tmp_path: Path) -> None:
    """The mark while it is written, what was there put back, nothing left beside."""
    names = ("台账.xlsx", "台账-通报.docx", "台账-通报.txt")
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    outputs = [Output(tmp_path / name, b"new") for name in names]
    outputs[0] = Output(tmp_path / names[0], b"new", over=b"old")
    with (tmp_path / names[2]).open("rb"), pytest.raises(UserError, match="正被其他程序打开"):
        files.write(outputs)
    assert held(tmp_path) == dict.fromkeys(names, b"old")
    files.write(outputs)
    assert held(tmp_path) == dict.fromkeys(names, b"new")


def test_what_fails_its_verification_takes_no_place(places: list[Path]) -> None:
    """The verification sees what was really written, before anything is replaced."""
    before, seen = held(places[0].parent), []

    def verify(written: bytes) -> None:
        seen.append((written, held(places[0].parent).items() >= before.items()))
        raise UserError("不对")

    with pytest.raises(UserError, match="不对"):
        files.write([Output(places[0], b"new"), Output(places[1], b"newer", verify=verify)])
    assert (seen, held(places[0].parent)) == ([(b"newer", True)], before)


@pytest.mark.parametrize(
    ("over", "said"),
    [(b"", "已经存在.*没有覆盖"), (b"what was read", "已被他人改动")],
    ids=["nothing was to be there", "another content was to be there"],
)
def test_a_place_that_is_not_what_it_was(places: list[Path], over: bytes, said: str) -> None:
    before = held(places[0].parent)
    with pytest.raises(UserError, match=said):
        files.write([Output(places[1], b"new"), Output(places[2], b"new", over=over)])
    assert held(places[0].parent) == before


def test_what_somebody_has_open_is_not_replaced(places: list[Path]) -> None:
    """A document or a text as well as a workbook, by the owner files of all programs."""
    places[1].with_name(".~lock.甲.docx#").write_text("王五,w,PC-7,x;", encoding="utf-8")
    with pytest.raises(UserError, match="「甲.docx」正由 LibreOffice 用户 王五（PC-7） 打开"):
        files.write([Output(path, b"new") for path in places])
    assert places[0].read_bytes() == b"old workbook"


@posix
def test_a_link_is_replaced_and_not_followed(places: list[Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处.txt"
    elsewhere.write_bytes(b"mine")
    places[1].symlink_to(elsewhere)
    files.write([Output(path, b"new") for path in places])
    assert (elsewhere.read_bytes(), places[1].is_symlink()) == (b"mine", False)


@posix
def test_a_pipe_is_no_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "甲.txt")
    with pytest.raises(UserError, match="设备"):
        files.write([Output(tmp_path / "甲.txt", b"new")])


KILLED = """
    import os, signal, sys, time
    from pathlib import Path
    from xlplugin import files

    def verify(_):
        print("staged", flush=True)
        time.sleep(60)

    files.write([files.Output(Path(sys.argv[1], "甲.txt"), b"half", verify=verify)])
"""


@posix
def test_a_killed_runs_leftover_goes_and_a_living_ones_stays(tmp_path: Path) -> None:
    """Only the system knows who lives: the lock dies with its process."""
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for run in runs:
            assert run.stdout is not None
            assert run.stdout.readline() == b"staged\n"
        theirs = ("记录.tmp", ".kp-batch.jsonl", ".kp-NOTES.tmp", "kp-0123456789ab.tmp")
        for name in theirs:
            (tmp_path / name).touch()
        (tmp_path / ".kp-0123456789ab.tmp").mkdir()
        staged = set(tmp_path.glob(".kp-????????????.tmp"))
        runs[0].send_signal(signal.SIGKILL)
        runs[0].wait()
        files.clear(tmp_path)
        left = set(tmp_path.glob(".kp-????????????.tmp"))
        assert (len(staged), len(left), left < staged) == (3, 2, True)
        files.write([Output(tmp_path / "乙.txt", b"1")])
        assert left < set(tmp_path.iterdir())
        assert {*theirs, "乙.txt"} <= {path.name for path in tmp_path.iterdir()}
    finally:
        for run in runs:
            run.kill()
            run.communicate()


def test_the_next_run_clears_the_folder_that_it_writes_into(tmp_path: Path) -> None:
    (tmp_path / ".kp-a1b2c3d4.tmp").touch()  # an earlier version's
    files.write([Output(tmp_path / "甲.txt", b"1")])
    assert held(tmp_path) == {"甲.txt": b"1"}


@pytest.mark.parametrize("path", ["没有/甲.txt", "长" * 100])
def test_what_cannot_be_written_is_said(tmp_path: Path, path: str) -> None:
    with pytest.raises(UserError, match="不存在|写不了"):
        files.write([Output(tmp_path / "乙.txt", b"1"), Output(tmp_path / path, b"1")])
    assert held(tmp_path) == {}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")
    return path


@posix
def test_written_in_place_a_file_keeps_owner_group_and_attributes(book: Path) -> None:
    book.chmod(0o640)
    if os.getuid() == 0:
        os.chown(book, 12345, 54321)
    if hasattr(os, "setxattr"):
        os.setxattr(book, "user.秘级", "内部".encode())
    before = book.stat()
    files.write([Output(book, b"new", like=book, over=b"old")])
    after = book.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (
        before.st_uid,
        before.st_gid,
        before.st_mode,
    )
    assert (after.st_ino != before.st_ino, book.read_bytes()) == (True, b"new")
    if hasattr(os, "setxattr"):
        assert os.getxattr(book, "user.秘级") == "内部".encode()


@posix
@pytest.mark.parametrize(
    ("call", "said"),
    [("chown", "属于别的用户"), ("setxattr", "扩展属性")],
    ids=["owner", "attribute"],
)
def test_what_cannot_be_kept_is_not_written(
    book: Path, monkeypatch: pytest.MonkeyPatch, call: str, said: str
) -> None:
    if os.getuid() != 0 or not hasattr(os, "setxattr"):
        pytest.skip("gives a file away, to have another's")
    os.chown(book, 12345, 54321)
    os.setxattr(book, "user.秘级", b"1")

    def refuses(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, call, refuses)
    with pytest.raises(UserError, match=said):
        files.write([Output(book, b"new", like=book, over=b"old")])
    assert held(book.parent) == {book.name: b"old"}


@posix
def test_a_second_name_is_not_cut_off(book: Path) -> None:
    other = book.with_name("同一个.xlsx")
    os.link(book, other)
    with pytest.raises(UserError, match="硬链接"):
        files.write([Output(book, b"new", like=book, over=b"old")])
    assert book.samefile(other)
    assert held(book.parent) == {book.name: b"old", other.name: b"old"}


@pytest.mark.parametrize(
    ("name", "owner", "is_held"),
    [
        ("重点工程台账.docx", "~$重点工程台账.docx", True),
        ("重点工程台账.docx", "~$工程台账.docx", False),  # six letters: the whole name
        ("重点工程台账-.docx", "~$点工程台账-.docx", True),
        ("重点工程台账-通报.docx", "~$工程台账-通报.docx", True),
        ("重点工程台账-通报.docx", "~$重点工程台账-通报.docx", False),
        ("重点工程台账-通报.xlsx", "~$重点工程台账-通报.xlsx", True),  # Excel cuts nothing
        ("重点工程台账-通报.xlsx", "~$工程台账-通报.xlsx", False),
    ],
)
def test_word_cuts_the_name_of_what_it_has_open(
    tmp_path: Path, name: str, owner: str, is_held: bool
) -> None:
    """Its owner file stands for the first letter of seven, and the first two of more."""
    (tmp_path / owner).write_bytes(b"\x02Li" + b" " * 160)
    document = tmp_path / name
    document.write_bytes(b"old")
    if is_held:
        with pytest.raises(UserError, match="正由.*打开"):
            files.write([Output(document, b"new")])
    else:
        files.write([Output(document, b"new")])
    assert document.read_bytes() == (b"old" if is_held else b"new")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_the_system_says_is_said_in_chinese(
    book: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(UserError, match="磁盘读写出错") as refusal:
        files.write([Output(book, b"new")])
    assert "Input" not in str(refusal.value)


def test_a_set_waits_for_its_slowest_file_and_takes_no_place_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a file is being flushed the next is written and flushed; all are on the disk before the first takes its place."""
    both, fsync, seen = Barrier(2, timeout=20), os.fsync, list[int]()

    def slow(handle: int) -> None:
        if os.fstat(handle).st_size == 3:
            both.wait()
            seen.extend((tmp_path / name).exists() for name in "ab")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    files.write([Output(tmp_path / name, b"new") for name in "ab"])
    assert seen == [False] * 4
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"new"] * 2


def test_a_file_that_cannot_be_flushed_keeps_all_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fails(handle: int) -> None:
        if os.fstat(handle).st_size == 5:
            raise OSError(errno.ENOSPC, "no space")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UserError, match="磁盘空间不足"):
        files.write([Output(tmp_path / "a", b"new"), Output(tmp_path / "b", b"large")])
    assert list(tmp_path.iterdir()) == []
