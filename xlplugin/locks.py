"""Who has a workbook open: the owner files that Excel, WPS and LibreOffice leave beside it."""

from __future__ import annotations

import os
from pathlib import Path

from xlplugin.errors import UserError


def holder(path: Path) -> str | None:
    """Who has a workbook open, such as "Excel/WPS 用户 张三"; None where nobody has.

    On Windows an owner file that no program keeps open is left over from a crash and does not count; elsewhere there
    is no telling.
    """
    for lock, program in _owner_files(path):
        try:
            if not lock.is_file() or _is_stale(lock):
                continue
            content = lock.read_bytes()[:1024]
        except PermissionError:
            content = b""
        except OSError:
            continue
        user = _libreoffice_user(content) if program == "LibreOffice" else _excel_user(content)
        return f"{program} 用户 {user}" if user else program
    return None


def refuse_if_held(path: Path) -> None:
    """Raises UserError, naming who, where somebody has the workbook open."""
    if who := holder(path):
        left_over = (
            ""
            if os.name == "nt"
            else "（若确已关闭，请删除同一文件夹中以 ~$ 或 .~ 开头的同名锁文件）"
        )
        raise UserError(
            f"「{path.name}」正由 {who} 打开，为免互相覆盖未作保存，请关闭后重试{left_over}。"
        )


def _owner_files(path: Path) -> list[tuple[Path, str]]:
    name = path.name
    cut = max(0, min(2, len(path.stem) - 6)) if path.suffix.lower() == ".docx" else 0
    own = "~$" + name[cut:]  # Word's own stands for up to two letters of a long name
    names = (
        (own, "Word/WPS" if path.suffix.lower() == ".docx" else "Excel/WPS"),
        (".~" + name, "WPS"),
        (f".~lock.{name}#", "LibreOffice"),
    )
    return [(path.with_name(lock), program) for lock, program in names]


def _is_stale(lock: Path) -> bool:
    """On Windows whoever holds the workbook keeps its owner file open, and an open file cannot be renamed."""
    if os.name != "nt":
        return False
    try:
        os.rename(lock, lock)
    except OSError:
        return False
    return True


def _excel_user(content: bytes) -> str:
    """The name in an owner file: its length, the name in the desk's code page, then both again in UTF-16."""
    for at in (55, 54):
        length = int.from_bytes(content[at : at + 2], "little")
        if len(content) >= 162 and 0 < length <= 52:
            name = (
                content[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace").rstrip("\0 ")
            )
            if name:
                return name
    length = content[0] if content else 0
    return (
        content[1 : 1 + length].decode("gbk", "replace").rstrip("\0 ") if 0 < length <= 54 else ""
    )


def _libreoffice_user(content: bytes) -> str:
    """Name (or login) and machine out of LibreOffice's "name,login,machine,time,profile;" with backslash escapes."""
    fields = [""]
    escaped = False
    for char in content.decode("utf-8", "replace"):
        if char == "\\" and not escaped:
            escaped = True
            continue
        if char in ",;" and not escaped:
            fields.append("")
        else:
            fields[-1] += char
        escaped = False
    name, login, machine = (*fields, "", "", "")[:3]
    user = (name or login).strip()
    return f"{user}（{machine}）" if user and machine else user or machine
