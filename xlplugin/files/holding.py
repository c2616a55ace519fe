"""Locks of our own on files. They die with their process, so that a run that was killed stands in nobody's way."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from xlplugin.errors import UserError

PATIENCE = 10.0
"""Seconds to wait for another run that writes the same file: it needs a fraction of one."""
_FAR = 0x7FFF_FFF0
"""As far as the C library of Windows reaches."""


def hold(file: BinaryIO | FileIO, *, patience: float | None = None) -> bool | None:
    """Lock an open file until it is closed or its process dies; False where another has it, None where nobody can tell."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    try:
        while not _locked(file):
            if time.monotonic() >= end:
                return False
            time.sleep(0.02)
    except OSError:  # a file system without locks
        return None
    return True


def _locked(file: BinaryIO | FileIO) -> bool:
    """False where another has it. Windows locks bytes, which nobody else can read then: one where no file has any."""
    if sys.platform == "win32":
        import msvcrt

        before = file.tell()
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            file.seek(before)
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def held(
    path: Path, flags: int = os.O_RDONLY, *, patience: float | None = None, of: Path | None = None
) -> FileIO:
    """A file opened and locked, and still the one of that name. Raises OSError, or UserError where another run has it.

    `of` is what is told to be written: the file itself where nothing else is.
    A link is not followed, and where the file may be made it is replaced; a pipe is not waited for.
    """
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    while True:
        if flags & os.O_CREAT and path.is_symlink():
            path.unlink()
        handle = os.open(path, flags | safe, 0o666)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(errno.EINVAL, "no file", str(path))
        file = os.fdopen(handle, "rb" if flags == os.O_RDONLY else "r+b", buffering=0)
        if hold(file, patience=patience) is False:
            file.close()
            raise UserError(
                f"「{(of or path).name}」正由另一个 kp 写入，为免互相覆盖未作保存，请稍候重试。"
            )
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(handle), os.lstat(path)):
                return file
        file.close()  # another run replaced or removed it meanwhile


def put(file: FileIO, content: bytes) -> None:
    """Write all of it, and have it on the disk. Raises OSError."""
    put_unflushed(file, content)
    os.fsync(file.fileno())


def put_unflushed(file: FileIO, content: bytes) -> None:
    """Write all of it. Raises OSError; a full disk leaves nothing that closing would try once more."""
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def read(path: Path, most: int = -1) -> bytes:
    """A file's content, `most` bytes of it at most. Raises OSError, for a pipe or a device too: they are not waited for."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(path, "rb", opener=lambda name, given: os.open(name, given | flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no file", str(path))
        return file.read(most)


@contextlib.contextmanager
def hold_place(path: Path) -> Iterator[None]:
    """Keep other runs from writing over a file meanwhile. Raises UserError where one does."""
    if not path.is_file() or path.is_symlink():
        yield
        return
    if sys.platform == "win32":
        yield from _hold_beside(path)
        return
    try:
        file = held(path)
    except OSError:  # what cannot be read is refused on comparing
        yield
        return
    with file:
        yield


def _hold_beside(path: Path) -> Iterator[None]:
    """On Windows what is open cannot be replaced: a file beside it is held in its stead. What a killed run leaves, the next clears."""
    name = sha256(path.name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:12]
    lock = path.with_name(f".kp-{name}.tmp")
    try:
        with held(lock, os.O_RDWR | os.O_CREAT, of=path):
            yield
    finally:
        with contextlib.suppress(OSError):  # another waits for it
            lock.unlink()
