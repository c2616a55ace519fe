"""One page a user, and its folder for temporary files; what a killed one left is removed by the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from xlplugin import files, log
from xlplugin.errors import UserError

_TEMPORARY = "kp-serve-"


@contextmanager
def alone(host: str, name: str, show: Callable[[str], None] | None) -> Iterator[Path]:
    """A folder for temporary files, gone with the block; meanwhile a note says where the page is.

    Raises UserError where another page is served already; `show` is given its address: the browser that opened it may use it.
    """
    note = log.folder() / "page.txt"
    was_at, was_called, left = (*_read(note), "", "", "")[:3]
    if was_at and _answers(was_at, was_called):
        if show:
            show(f"http://{was_at}/")
        raise UserError(
            f"网页已经开着，不再开第二个。请用原来的浏览器看 http://{was_at}/ ；"
            "要重新开的，先在启动它的窗口里按 Ctrl-C。"
        )
    _remove(Path(left))
    folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    try:
        lines = "\n".join((host, name, str(folder)))
        with suppress(UserError):  # without it the page works all the same
            files.write([files.Output(files.folder(note.parent) / note.name, lines.encode())])
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if _read(note)[:2] == [host, name]:
            note.unlink(missing_ok=True)


def _read(note: Path) -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return files.read(note).decode().split("\n")
    return []


def _answers(host: str, name: str) -> bool:
    """Whether the page of that name is there: another program may have its port by now."""
    with suppress(OSError, HTTPException, ValueError):
        asked = HTTPConnection(host, timeout=2)
        asked.request("GET", "/name")
        return asked.getresponse().read(100).decode() == name
    return False


def _remove(left: Path) -> None:
    """Remove the folder of a page that was killed; nothing else that a note may name."""
    here = Path(tempfile.gettempdir())
    if left.parent == here and left.name.startswith(_TEMPORARY) and not os.path.islink(left):
        shutil.rmtree(left, ignore_errors=True)
