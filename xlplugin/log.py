"""Where a bug's traceback goes, so that no clerk ever sees one."""

from __future__ import annotations

import os
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from xlplugin.say import visible


def folder() -> Path:
    """The user's own folder for logs: %LOCALAPPDATA%\\xlplugin, or ~/.local/state/xlplugin."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    return Path(base) / "xlplugin" if base else Path.home() / ".local" / "state" / "xlplugin"


def record_bug() -> Path:
    """Append the exception being handled to the log and say where it is; never fails itself."""
    entry = f"\n{datetime.now().astimezone().isoformat(timespec='seconds')}\n{visible(traceback.format_exc())}"
    for place in (folder, lambda: Path(tempfile.gettempdir())):
        try:
            path = place() / "kp.log"
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "a", encoding="utf-8", opener=_no_link) as log:
                log.write(entry)
        except (OSError, RuntimeError):
            continue
        return path
    return Path("kp.log")


def apology() -> str:
    """Record the exception being handled; what the clerk is told, in one sentence."""
    return f"程序出了意外，没有做完。详情已记入 {record_bug()}，请把它发给维护人员。"


def _no_link(name: str, flags: int) -> int:
    """What somebody laid there to be written into, or to hang on, is none of ours."""
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(name, flags | safe, 0o600)
