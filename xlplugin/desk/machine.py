"""This machine as the doctor wants to know it: looked up, never judged; harmless and quiet wherever something is missing."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlplugin.desk import windows, xlwings_conf
from xlplugin.desk.doctor import DeskBook, Machine
from xlplugin.errors import UserError
from xlplugin.files import reason

CONFIG_SHEET = "xlwings.conf"
_VERSION = re.compile(r'XLWINGS_VERSION As String = "([^"]+)"')
_DEMAND = re.compile(r"([A-Za-z0-9_.-]+)\s*((?:[=<>!~]=?|===)[^;,\s]+)?")
_PATIENCE = 30
_ONEDRIVES = ("", "Commercial", "Consumer")


def examine(book: DeskBook | None = None, excel_bits: int | None = None) -> Machine:
    """Everything about this machine; a workbook where one is meant, Excel's bits where Excel itself told them."""
    wanted = _wanted()
    program = windows.excel()
    config, broken = _config()
    interpreter = config.get(xlwings_conf.INTERPRETER, "")
    return Machine(
        system=platform.system(),
        python=platform.python_version(),
        bits=struct.calcsize("P") * 8,
        interpreter=sys.executable or "",
        base=str(getattr(sys, "_base_executable", "") or ""),
        private=sys.prefix != sys.base_prefix or any(Path(sys.prefix).glob("python*._pth")),
        packages={name: _version(name) for name in wanted},
        wanted=wanted,
        dlls=tuple(sorted(file.name for file in Path(sys.prefix).glob("xlwings*.dll"))),
        excel=program,
        excel_bits=excel_bits or _program_bits(program),
        policies=windows.policies(),
        guards=windows.guards(),
        child=_child(),
        temp=tempfile.gettempdir(),
        temp_error=_temp_error(),
        config=config,
        config_broken=broken,
        interpreter_lost=bool(interpreter) and not Path(os.path.expandvars(interpreter)).is_file(),
        fonts=windows.fonts() or _fc_fonts(),
        onedrive=tuple(sorted({os.environ.get(f"OneDrive{kind}", "") for kind in _ONEDRIVES})),
        book=book,
    )


def book_on_disk(path: Path, password: str | None = None) -> DeskBook:
    """What a workbook's file says of itself. Raises UserError where it is no workbook."""
    from xlplugin import hosts

    book = hosts.open(path, password)
    config = _keys(book.read(CONFIG_SHEET).rows) if CONFIG_SHEET in book.sheets else {}
    return DeskBook(str(path.resolve()), _module(path), config)


def open_book(book: Any) -> tuple[DeskBook, int | None]:
    """What a workbook that is open in Excel says of itself, and Excel's bits; its VBA is out of reach there."""
    from xlplugin.hosts.excel import ExcelBook

    host = ExcelBook(book)
    config = _keys(host.read(CONFIG_SHEET).rows) if CONFIG_SHEET in host.sheets else {}
    path, system = str(book.name), ""
    with contextlib.suppress(AttributeError):  # only Excel itself knows
        path, system = str(book.api.FullName), str(book.app.api.OperatingSystem)
    bits = re.search(r"(?<!\d)(\d+)-bit", system)
    return DeskBook(path, config=config), int(bits[1]) if bits else None


def _keys(rows: Sequence[Sequence[object]]) -> dict[str, str]:
    return {
        str(row[0]): str(row[1] if len(row) > 1 and row[1] is not None else "")
        for row in rows
        if row and row[0] is not None
    }


def _module(path: Path) -> str:
    """The version of the xlwings module in a workbook's VBA; "" where there is none, or where it cannot be read."""
    if path.suffix.lower() != ".xlsm":
        return ""
    try:
        from pyopenvba import ExcelFile

        with contextlib.closing(ExcelFile(path)) as book:
            texts = [str(book.get_module(name)) for name in book.module_names()]
    except Exception:  # whatever is wrong with foreign VBA is not the doctor's concern
        return ""
    found = next((match for text in texts if (match := _VERSION.search(text))), None)
    return found[1] if found else ""


def _wanted() -> dict[str, str]:
    """What this program asks for, by package; on Windows pywin32 too, without which xlwings cannot reach Excel."""
    demands = importlib.metadata.requires("xlplugin") or []
    found = [_DEMAND.match(demand) for demand in demands if "extra ==" not in demand]
    wanted = {match[1]: match[2] or "" for match in found if match}
    return {**wanted, **({"pywin32": ""} if sys.platform == "win32" else {})}


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _config() -> tuple[dict[str, str], bool]:
    try:
        return xlwings_conf.settings(xlwings_conf.read(xlwings_conf.path())), False
    except UserError:
        return {}, True


def _child() -> str:
    """Why a trial child process failed; "" where it ran. Excel starts Python through cmd.exe, so does the trial."""
    command = [sys.executable, "-I", "-c", "print('kp')"]
    if sys.platform == "win32":
        command = ["cmd.exe", "/c", *command]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return f"{_PATIENCE} 秒没有回应"
    except OSError as error:
        return reason(error)
    return "" if done.stdout.strip() == b"kp" else f"退出码 {done.returncode}"


def _temp_error() -> str:
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"kp")
    except OSError as error:
        return reason(error)
    return ""


def _fc_fonts() -> frozenset[str]:
    """Font families as fontconfig knows them; empty without it."""
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    try:
        done = subprocess.run(
            [program, ":", "family"], capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.decode("utf-8", "replace").splitlines())


def _program_bits(program: str) -> int | None:
    """32 or 64 from a program's header; None where it cannot be told."""
    match = re.match(r'"([^"]+)"|(.+?\.exe)', program, re.IGNORECASE)
    if not match:
        return None
    try:
        with Path(match[1] or match[2]).open("rb") as file:
            return program_bits(file.read(4096))
    except OSError:
        return None


def program_bits(head: bytes) -> int | None:
    """32 or 64 from the first bytes of a Windows program."""
    if head[:2] != b"MZ" or len(head) < 64:
        return None
    at = int.from_bytes(head[60:64], "little")
    machine = head[at + 4 : at + 6] if head[at : at + 4] == b"PE\0\0" else b""
    return {b"\x4c\x01": 32, b"\x64\x86": 64, b"\x64\xaa": 64}.get(machine)
