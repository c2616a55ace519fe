"""Files are written here and nowhere else: beside their places first, then all of a group take them, or none."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xlplugin import locks
from xlplugin.errors import UserError

_OURS = re.compile(r"\.kp-[0-9a-z_]{8,16}\.tmp")
"""Names of what stands beside its place for a moment, those of earlier versions too."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that is to be written.

    `like` is the file that it was made from: nobody may read the one who may not read the other. `verify` is given what
    was really written and raises UserError where that is not what it should be. `over` is what the place must hold at
    the last moment: just these bytes, nothing (b""), or whatever it is (None).
    """

    path: Path
    content: bytes
    like: Path | None = None
    verify: Callable[[bytes], None] | None = None
    over: bytes | None = None


def write(outputs: Sequence[Output]) -> None:
    """Put files in their places: all of them or none.

    Each is written in full beside its place, verified and flushed to the disk; only when all are does the first take its
    place, and where a later one cannot, those before it get back what they held. A link is replaced, never followed.
    Raises UserError where a folder is missing, a place is held by another program, read-only, not what it was, or where
    the disk refuses; then all is as it was.
    """
    folders = list(dict.fromkeys(output.path.parent for output in outputs))
    for place in folders:
        _clear_once(place)
    with ExitStack() as beside:
        staged = [_stage(output, beside) for output in outputs]
        for output in outputs:
            with _refusal(output.path):
                _check(output)
        with ExitStack() as undo:
            for output, ready in zip(outputs, staged, strict=True):
                with _refusal(output.path):
                    if ready is not staged[-1]:
                        old = _kept(output.path, beside)
                        undo.callback(_put_back, old, output.path, unless=staged[-1])
                    ready.move(output.path)
    for place in folders:
        _flush(place)


def folder(path: Path) -> Path:
    """A folder to write into, made where it is not there yet. Raises UserError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UserError(f"{path} 不是文件夹。请另指一个文件夹。") from None
    except OSError as failure:
        raise UserError(
            f"不能在 {path} 里写文件（{failure.strerror}）。请另指一个文件夹。"
        ) from None
    return path


def clear(path: Path) -> None:
    """Remove what runs that were killed left in a folder; what a living one has there, and all else, stays."""
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        left = [
            entry.path
            for entry in entries
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
        ]
        for name in left:
            with contextlib.suppress(OSError):
                _remove_dead(name)


_clear_once = functools.cache(clear)
"""A batch writes thousands of times into one folder: once is enough for what others left."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """A file of ours beside a place. While it is open no other run takes it for a leftover."""

    path: Path
    file: BinaryIO

    def move(self, target: Path) -> None:
        if sys.platform == "win32":
            self.file.close()  # Windows moves no file that is open
        os.replace(self.path, target)

    def drop(self) -> None:
        self.file.close()
        with contextlib.suppress(OSError):
            self.path.unlink()


def _stage(output: Output, stack: ExitStack) -> _Beside:
    """The whole file, safe on the disk, beside its place; gone with the stack unless it was moved."""
    with _refusal(output.path):
        mode, exactly = _mode(output)
        staged = _beside(output.path, mode)
        stack.callback(staged.drop)
        if exactly:
            staged.path.chmod(mode)
        staged.file.write(output.content)
        staged.file.flush()
        os.fsync(staged.file.fileno())
        if output.verify:
            staged.file.seek(0)
            output.verify(staged.file.read())
        return staged


def _mode(output: Output) -> tuple[int, bool]:
    """A file's access rights, and whether the umask has no say: what stands keeps its own, short of what `like` forbids."""
    own, lent = (
        stat.S_IMODE(path.stat().st_mode) if path and path.exists() else None
        for path in (output.path, output.like)
    )
    if lent is not None and output.like != output.path:
        # a read-only ledger must not make a document that cannot be made again, nor a folder one that can be run
        lent = lent & 0o666 | stat.S_IWUSR
    if own is not None:
        return (own if lent is None else own & lent), True
    return (0o666 if lent is None else lent), False


def _beside(path: Path, mode: int) -> _Beside:
    """A new empty file of ours, held."""
    while True:
        name = path.with_name(f".kp-{os.urandom(6).hex()}.tmp")
        file = open(name, "x+b", opener=lambda name, flags: os.open(name, flags, mode | 0o600))  # noqa: SIM115
        _hold(file)
        if name.exists():  # else another run took it for a leftover before it was held
            return _Beside(name, file)
        file.close()


def _kept(path: Path, stack: ExitStack) -> _Beside | None:
    """What stands in a place, under another name for as long as the stack; None where nothing does."""
    if not os.path.lexists(path):
        return None
    name = path.with_name(f".kp-{os.urandom(6).hex()}.tmp")
    is_link = path.is_symlink()
    try:
        os.link(path, name, follow_symlinks=not is_link)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, name, follow_symlinks=False)
    # nobody takes a link for a leftover; on opening it would be followed
    kept = _Beside(name, io.BytesIO() if is_link else open(name, "rb"))  # noqa: SIM115
    _hold(kept.file)
    stack.callback(kept.drop)
    return kept


def _put_back(old: _Beside | None, path: Path, *, unless: _Beside) -> None:
    """Undo a replacement, even one that was interrupted; not once the last of the group has moved: then all are in place."""
    if not unless.path.exists():
        return
    with contextlib.suppress(OSError):  # the failure that led here is the one to be told
        if old:
            old.move(path)
        else:
            path.unlink()


def _hold(file: BinaryIO, *, wait: bool = True) -> bool:
    """Lock an open file until it is closed or its process dies; False where another has it, or nobody can tell."""
    if sys.platform == "win32":
        return True  # there a file that is open cannot be removed
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _remove_dead(name: str) -> None:
    if sys.platform == "win32":
        os.unlink(name)
        return
    with open(name, "r+b") as file:
        if _hold(file, wait=False):
            os.unlink(name)


def _check(output: Output) -> None:
    """The last look at a place before it is written over."""
    path = output.path
    if output.over == b"" and os.path.lexists(path):
        raise UserError(
            f"「{path}」已经存在。为了不丢失里面的数据，没有覆盖；请换一个文件名，或先把它移走。"
        )
    if path.exists() and not path.is_file():
        raise UserError(f"「{path}」是文件夹或设备，无法存为文件，请换一个文件名。")
    locks.refuse_if_held(path)
    if path.exists():
        if not os.access(path, os.W_OK):
            raise UserError(f"「{path.name}」是只读文件，请取消只读属性或换一个文件名后重试。")
        path.open("r+b").close()  # Windows refuses while Word has it open
    if output.over and not (path.is_file() and path.read_bytes() == output.over):
        raise UserError(f"「{path.name}」在处理期间已被他人改动，为免覆盖未作保存，请重新运行。")


@contextlib.contextmanager
def _refusal(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise UserError(_advice(path, failure)) from failure


def _advice(path: Path, failure: OSError) -> str:
    if not path.parent.is_dir():
        return f"文件夹「{path.parent}」不存在，请先建立该文件夹或换一个保存位置。"
    if failure.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return f"磁盘空间不足，「{path}」未保存，请清理磁盘或换一个保存位置后重试。"
    if isinstance(failure, PermissionError):
        return f"写不了「{path}」：正被其他程序打开，或所在文件夹不允许写入，请关闭该程序或换一个保存位置后重试。"
    return f"写不了「{path}」（{failure.strerror or failure}），请检查磁盘或网络后重试。"


def _flush(place: Path) -> None:
    """On POSIX the new names are safe only once their folder is on the disk too."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
