"""The password that a clerk gives by a file: never on the command line, where others on the machine may read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from xlplugin import files
from xlplugin.errors import UserError
from xlplugin.say import one_line, say

_LONGEST = 255
"""What Excel takes."""


def password(file: Path | None) -> str | None:
    """The first line of a file; None without one. Says so where others may read it. Raises UserError where it holds none."""
    if file is None:
        return None
    said = one_line(file)
    try:
        raw = files.read(file, 1 << 16)
        mode = os.stat(file).st_mode
    except (OSError, ValueError) as failure:
        raise UserError(
            f"读不了密码文件「{said}」（{files.reason(failure)}），请核对 --password-file。"
        ) from None
    lines = _text(raw).splitlines() or [""]
    found = lines[0]
    if not found:
        raise UserError(f"密码文件「{said}」的第一行是空的，请把密码写在第一行。")
    if len(found) > _LONGEST or any(line.strip() for line in lines[1:]):
        raise UserError(
            f"密码文件「{said}」里不像是一个密码（不止一行，或超过 {_LONGEST} 个字），请只写密码。"
        )
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        say(f"提醒：密码文件「{said}」别人也读得到，请用 chmod 600 收紧权限。", err=True)
    return found


def _text(raw: bytes) -> str:
    """What 记事本 saves: UTF-8, UTF-16 or GBK."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
