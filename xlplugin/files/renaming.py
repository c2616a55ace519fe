"""What Linux can do and os cannot: exchange two files at one stroke, take a name only if it is free, tell who writes."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path

NEW, EXCHANGE = 1, 2
"""renameat2's RENAME_NOREPLACE and RENAME_EXCHANGE."""

_AT_FDCWD = -100
_UNABLE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}


def rename(path: Path, target: Path, how: int) -> bool:
    """Rename with a flag; False where this system or file system cannot. Raises OSError where it can and fails."""
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(path), _AT_FDCWD, os.fsencode(target), how) == 0:
        return True
    if (number := ctypes.get_errno()) in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(target))


@functools.cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    if sys.platform != "linux":
        return None
    try:
        call: Callable[[int, bytes, int, bytes, int], int] = ctypes.CDLL(
            None, use_errno=True
        ).renameat2
    except (OSError, AttributeError):
        return None
    return call


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is just these bytes, and nobody has it open to write into it as far as the system tells."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(path, "rb", opener=lambda name, given: os.open(name, given | flags)) as file:
        return not _is_written_to(file.fileno()) and file.read(len(content) + 1) == content


def _is_written_to(handle: int) -> bool:
    """A lease for reading is given only while nobody has the file open for writing."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:  # another's file, a network drive
        return False
    return False
