"""A Python for Windows and wheels that are none: as little as the bundle looks at."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import tarfile
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

HEAD = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0"
PROGRAM = HEAD + b"\x64\x86" + bytes(200)
NARROW = HEAD + b"\x4c\x01" + bytes(200)
LAYOUT = {
    "python.exe": PROGRAM,
    "pythonw.exe": PROGRAM,
    "python3.dll": PROGRAM,
    "python312.dll": PROGRAM,
    "python312.zip": b"",
    "python312._pth": b"python312.zip\r\n.\r\n",
}
DEMANDS = {
    "xlwings": ['pywin32>=224; sys_platform == "win32"', 'appscript; sys_platform == "darwin"'],
    "pandas": ["tzdata; sys_platform == 'win32'", "numpy>=1.26"],
    "click": ['colorama; platform_system == "Windows"'],
    "tzdata": ["late; os_name == 'nt'"],
}
"""What Windows alone needs, of which one asks for more."""


def embeddable(path: Path, layout: dict[str, bytes] = LAYOUT) -> str:
    """python.org's kind of archive; its SHA-256."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in layout.items():
            file.writestr(name, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def standalone(path: Path) -> str:
    """python-build-standalone's kind of archive, all in a folder; its SHA-256."""
    with tarfile.open(path, "w:gz") as file:
        for name, content in {**LAYOUT, "Lib/os.py": b""}.items():
            member = tarfile.TarInfo(f"python/{name}")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wheels(folder: Path) -> Path:
    """A wheel for everything that is asked for, and for what those ask for."""
    folder.mkdir()
    asked = [Requirement(each) for each in importlib.metadata.requires("xlplugin") or []]
    versions = {
        each.name: next((s.version for s in each.specifier if s.operator != "<"), "1")
        for each in asked
    }
    for name in ("pywin32", "tzdata", "numpy", "colorama", "late", "starlette", "uvicorn"):
        versions.setdefault(name, "999")
    for name, version in versions.items():
        _wheel(folder, name, version, DEMANDS.get(name, []))
    return folder


def _wheel(folder: Path, name: str, version: str, demands: list[str]) -> None:
    file_name = name.replace("-", "_")
    info = f"{file_name}-{version}.dist-info"
    about = "".join(
        (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            *(f"Requires-Dist: {demand}\n" for demand in demands),
        )
    )
    content = {
        f"{file_name.lower()}_here.py": "",
        f"{info}/METADATA": about,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    if name == "xlwings":
        for bits in (32, 64):
            content[f"{file_name}-{version}.data/data/xlwings{bits}-{version}.dll"] = "MZ"
    with zipfile.ZipFile(folder / f"{file_name}-{version}-py3-none-any.whl", "w") as wheel:
        for each, text in content.items():
            wheel.writestr(each, text)
