"""While several files take their places a file beside them says so: whoever is killed leaves it, the next run removes it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from io import FileIO
from pathlib import Path

from xlplugin.errors import UserError
from xlplugin.files.beside import Beside
from xlplugin.files.holding import held, put, read
from xlplugin.files.reasons import refusal

MARK = "（未写完）.txt"
_SAYING = "下面的文件没有写完：有的是新的，有的可能还是以前的，请不要使用。把同样的命令再运行一次即可，写完以后本文件自行消失。"
_LONGEST_NAME = 255
"""Bytes of a file's name."""


@contextlib.contextmanager
def announced(moves: Sequence[tuple[Path, Beside]]) -> Iterator[None]:
    """Say that a set is being written until all of it is in its places, or none; one file alone needs no saying.

    The set bears the name of its last file. Another run that writes it meanwhile is waited for. Raises UserError.
    """
    if len(moves) < 2:
        yield
        return
    mark = _mark(moves[-1][0])
    with refusal(mark):
        file = held(mark, os.O_RDWR | os.O_CREAT)
    with file:
        before = _names(file.read(), mark)
        own = [_named(path, mark) for path, _ in moves]
        done = False
        try:
            with refusal(mark):
                _say(file, [*own, *(name for name in before if name not in own)])
            yield
            done = True
        finally:
            count = sum(ready.is_at(path) for path, ready in moves)
            if done or count in (0, len(moves)):  # else what could not be put back stays announced
                _end(
                    file, mark, [name for name in before if name not in own or not (done or count)]
                )


def left_unfinished(path: Path) -> list[Path]:
    """What a run that was killed left unfinished, or a living one is writing, of the set that a file is the last of."""
    mark = _mark(path)
    try:
        return [mark.parent / name for name in _names(read(mark), mark)]
    except (OSError, UserError):  # none, or somebody else's
        return []


def _mark(last: Path) -> Path:
    return last.with_name(_fitting(last.stem) + MARK)


def _fitting(stem: str) -> str:
    room, raw = _LONGEST_NAME - len(MARK.encode()), stem.encode("utf-8", "surrogateescape")
    return stem if len(raw) <= room else raw[:room].decode("utf-8", "ignore")


def _named(path: Path, mark: Path) -> str:
    return path.name if path.parent == mark.parent else str(path.absolute())


def _names(content: bytes, mark: Path) -> list[str]:
    """The files that a mark names. Raises UserError where somebody else's file has that name."""
    lines = content.decode("utf-8", "surrogateescape").splitlines()
    if lines and lines[0] != _SAYING:
        raise UserError(f"「{mark}」是别人的文件，写通报时要用这个名称，请先把它改名。")
    return [line for line in lines[1:] if line]


def _say(file: FileIO, names: Sequence[str]) -> None:
    """At one stroke, over what the mark says already: who is killed before it is cut off leaves blank lines, not an empty mark."""
    text = "".join(f"{line}\r\n" for line in (_SAYING, *names)).encode("utf-8", "surrogateescape")
    before = file.seek(0, os.SEEK_END)
    file.seek(0)
    put(file, text.ljust(before, b"\n"))
    file.truncate(len(text))


def _end(file: FileIO, mark: Path, left: Sequence[str]) -> None:
    """Remove the file while it is held, so that another run does not remove a third one's; what is left is still said."""
    with contextlib.suppress(OSError):
        if left:
            _say(file, left)
            return
        if sys.platform == "win32":
            file.close()  # there what is open cannot be removed
        mark.unlink()
