"""What Windows' registry knows; on other systems, and where a key is missing, nothing."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlplugin.desk.doctor import NO_WIN32

_MACHINE, _USER = "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"
_RULES = r"SOFTWARE\Policies\Microsoft\Windows"
_DEFENDER = rf"{_RULES} Defender\Windows Defender Exploit Guard\ASR\Rules"
_CONTROL = r"SYSTEM\CurrentControlSet\Control\CI\Policy"
_NO_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_NO_WIN32 = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
POLICIES = (
    (NO_WIN32, _MACHINE, _DEFENDER, _NO_WIN32, "1"),
    ("禁止 Office 启动子进程（Defender ASR）", _MACHINE, _DEFENDER, _NO_CHILDREN, "1"),
    ("AppLocker", _MACHINE, rf"{_RULES}\SrpV2\Exe", "EnforcementMode", "1"),
    ("软件限制策略", _MACHINE, rf"{_RULES}\Safer\CodeIdentifiers", "DefaultLevel", "0"),
    ("智能应用控制（WDAC）", _MACHINE, _CONTROL, "VerifiedAndReputablePolicyState", "1"),
    ("禁用命令提示符", _USER, r"Software\Policies\Microsoft\Windows\System", "DisableCMD", "12"),
)
"""Rules that may keep Excel from starting Python: title, where the registry has them, the values that forbid."""

_SERVICES = r"SYSTEM\CurrentControlSet\Services"
GUARDS = {
    "ZhuDongFangYu": "360 安全卫士",
    "QHActiveDefense": "360 安全卫士",
    "HipsDaemon": "火绒",
    "QQPCRTP": "腾讯电脑管家",
    "kxescore": "金山毒霸",
    "RsMgrSvc": "瑞星",
    "AVP": "卡巴斯基",
    "ekrn": "ESET",
}
"""Services of programs that are known to hold up others, and what people call them."""

_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


def excel() -> str:
    """The command that answers for Excel.Application; "" where there is none."""
    number = value("HKEY_CLASSES_ROOT", r"Excel.Application\CLSID")
    return value("HKEY_CLASSES_ROOT", rf"CLSID\{number}\LocalServer32") if number else ""


def policies() -> tuple[str, ...]:
    """Titles of the rules in force."""
    found = [
        title
        for title, root, key, name, forbidding in POLICIES
        if value(root, key, name) in tuple(forbidding)
    ]
    signed = Path(os.environ.get("SYSTEMROOT", ""), "System32", "CodeIntegrity", "SiPolicy.p7b")
    if sys.platform == "win32" and signed.is_file():
        found.append("Windows Defender 应用程序控制（WDAC）")
    return tuple(found)


def guards() -> tuple[str, ...]:
    """Programs on this machine that watch over others."""
    found = (
        title
        for service, title in GUARDS.items()
        if value(_MACHINE, rf"{_SERVICES}\{service}", "ImagePath")
    )
    return tuple(dict.fromkeys(found))


def fonts() -> frozenset[str]:
    """Names and files of the installed fonts."""
    found: set[str] = set()
    for root in (_MACHINE, _USER):
        for name, file in values(root, _FONTS):
            found |= {name, Path(file).name}
    return frozenset(found)


def desktop() -> Path | None:
    """The user's desktop, wherever it was moved; None where it is not known."""
    said = value(_USER, _FOLDERS, "Desktop") or str(Path.home() / "Desktop")
    place = Path(os.path.expandvars(said))
    return place if place.is_dir() else None


def value(root: str, key: str, name: str = "") -> str:
    """One value of the registry as text, as 64-bit programs see it, else as 32-bit programs do; "" where it is missing."""
    for winreg, opened in _opened(root, key):
        with contextlib.suppress(OSError):
            return str(winreg.QueryValueEx(opened, name)[0])
    return ""


def values(root: str, key: str) -> list[tuple[str, str]]:
    """All values of a key as text; none where it is missing."""
    found = []
    for winreg, opened in _opened(root, key):
        for number in range(winreg.QueryInfoKey(opened)[1]):
            name, data, _ = winreg.EnumValue(opened, number)
            found.append((str(name), str(data)))
    return found


def _opened(root: str, key: str) -> Iterator[tuple[Any, Any]]:
    """The key, opened, in both views of the registry; nothing on other systems."""
    if sys.platform != "win32":
        return
    import winreg

    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(getattr(winreg, root), key, 0, winreg.KEY_READ | view) as opened,
        ):
            yield winreg, opened
