"""Files are written here and nowhere else: beside their places first, then all of a group take them, or none."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from xlplugin import locks
from xlplugin.errors import UserError
from xlplugin.files import rights
from xlplugin.files.adding import Line, added
from xlplugin.files.beside import Beside, clear, fresh, kept
from xlplugin.files.flushing import Flush
from xlplugin.files.holding import held, hold_place, put_unflushed, read
from xlplugin.files.reasons import reason, refusal
from xlplugin.files.renaming import EXCHANGE, NEW, holds, rename
from xlplugin.files.unfinished import MARK, announced, left_unfinished


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


def write(outputs: Sequence[Output], line: Line | None = None) -> None:
    """Put files in their places: all of them or none; a line of a log that speaks of them goes with them.

    Each is written in full beside its place, verified and flushed to the disk; only when all are does the first take its
    place, and where a later one cannot, those before it get back what they held. A link is replaced, never followed.
    While several take their places a file beside them says so; whoever is killed leaves it there. Raises UserError where
    a folder is missing, a place is held by another program or another run, read-only, not what it was, or where the disk
    refuses; then all is as it was.
    """
    folders = list(dict.fromkeys(output.path.parent for output in outputs))
    for place in folders:
        _clear_once(place)
    with ExitStack() as beside:
        begun = [_stage(output, beside) for output in outputs]
        staged = [ready for ready, _ in begun]
        moves = list(zip(outputs, staged, strict=True))
        with announced([(output.path, ready) for output, ready in moves]):
            for output, (_, flush) in zip(outputs, begun, strict=True):
                with refusal(output.path):
                    flush.done()
            for output in outputs:
                with refusal(output.path):
                    if output.over:
                        beside.enter_context(hold_place(output.path))
                    _check(output)
            with added(line, lambda: _all_there(moves)), ExitStack() as undo:
                for output, ready in moves:
                    with refusal(output.path):
                        if ready is not staged[-1]:
                            old = kept(output.path, beside)
                            undo.callback(_put_back, old, output.path, ready, unless=staged[-1])
                        _take(output, ready)
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
            f"不能在 {path} 里写文件（{reason(failure)}）。请另指一个文件夹。"
        ) from None
    return path


_clear_once = functools.cache(clear)
"""A batch writes thousands of times into one folder: once is enough for what others left."""


def _stage(output: Output, stack: ExitStack) -> tuple[Beside, Flush]:
    """The whole file, on its way to the disk, beside its place; gone with the stack unless it was moved."""
    with refusal(output.path):
        mode, exactly = rights.mode(output.path, output.like)
        staged = fresh(output.path, mode)
        stack.callback(staged.drop)
        if output.over:
            rights.take_over(output.path, staged.path)
        if exactly:
            staged.path.chmod(mode)
        put_unflushed(staged.file, output.content)
        flush = Flush(staged.file)
        stack.callback(flush.join)  # or its handle might be another file's by then
        if output.verify:
            output.verify(_read_back(staged, output.content))
        return staged, flush


def _read_back(staged: Beside, content: bytes) -> bytes:
    """What was really written; `content` itself where it is that, so that a large workbook is not held twice meanwhile."""
    staged.file.seek(0)
    written = staged.file.read()
    return content if written == content else written


def _check(output: Output) -> None:
    """The last look at a place before it is written over."""
    path = output.path
    if output.over == b"" and os.path.lexists(path):
        raise _taken(path)
    if path.exists() and not path.is_file():
        raise UserError(f"「{path}」是文件夹或设备，无法存为文件，请换一个文件名。")
    locks.refuse_if_held(path)
    if path.exists():
        if not os.access(path, os.W_OK):
            raise UserError(f"「{path.name}」是只读文件，请取消只读属性或换一个文件名后重试。")
        path.open("r+b").close()  # Windows refuses while Word has it open


def _take(output: Output, ready: Beside) -> None:
    """Move a file to its place, where that is what it should be at this very moment."""
    path = output.path
    if output.over and not holds(path, output.over):
        raise _changed(path)
    try:
        if output.over and rename(ready.path, path, EXCHANGE):
            if not holds(ready.path, output.over):
                _give_back(ready, path)
                raise _changed(path)
        elif output.over != b"" or not rename(ready.path, path, NEW):
            ready.move(path)
    except FileExistsError:
        raise _taken(path) from None


def _give_back(ready: Beside, path: Path) -> None:
    """Somebody saved between the last look and the exchange: what came out goes back, and a still later save stays."""
    put = ready.identity
    while True:
        before, put = put, os.lstat(ready.path)
        rename(ready.path, path, EXCHANGE)
        if os.path.samestat(os.lstat(ready.path), before):
            return


def _put_back(old: Beside | None, path: Path, new: Beside, *, unless: Beside) -> None:
    """Undo a replacement, even one that was interrupted; not once the last of the group has moved: then all are in place.

    What somebody else put there meanwhile stays.
    """
    if not unless.is_at(unless.path) or not new.is_at(path):
        return
    with contextlib.suppress(OSError):  # the failure that led here is the one to be told
        if old:
            old.move(path)
        else:
            path.unlink()


def _all_there(moves: Sequence[tuple[Output, Beside]]) -> bool:
    return all(ready.is_at(output.path) for output, ready in moves)


def _taken(path: Path) -> UserError:
    return UserError(
        f"「{path}」已经存在。为了不丢失里面的数据，没有覆盖；请换一个文件名，或先把它移走。"
    )


def _changed(path: Path) -> UserError:
    return UserError(f"「{path.name}」在处理期间已被他人改动，为免覆盖未作保存，请重新运行。")


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
