"""kp install: a Windows desk set up, so that the standard workbook finds its Python."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from xlplugin import files
from xlplugin.desk import doctor, windows, xlwings_conf
from xlplugin.desk.doctor import Machine
from xlplugin.desk.machine import examine
from xlplugin.errors import UserError

WORKBOOK = "重点工程台账.xlsm"
LAUNCHER = "生成通报.cmd"
"""Two folders above the interpreter, where it came in the zip of `kp bundle`."""
LINK = "重点工程 生成通报.lnk"
_MARK = ":Zone.Identifier"

Build = Callable[[Path], object]
"""Puts a new standard workbook at a path."""


def install(folder: Path | None, build: Build) -> Iterator[str]:
    """Check, tell Excel where Python is, and put the standard workbook there. Yields what was done; raises UserError."""
    if sys.platform != "win32":
        raise UserError("kp install 只用于装有 Excel 的 Windows；这里请直接用命令行 kp。")
    machine = examine()
    check(machine)
    yield from set_up(
        machine, xlwings_conf.path(), folder or home(windows.desktop(), machine), build
    )


def remove() -> Iterator[str]:
    """Take back what `install` told Excel and put into 发送到; workbooks stay. Yields what was done; raises UserError."""
    if sys.platform != "win32":
        raise UserError("kp install 只用于装有 Excel 的 Windows；这里没有什么要移除的。")
    yield from taken_back(xlwings_conf.path(), sys.executable, _send_to())


def taken_back(config: Path, interpreter: str, link: Path) -> Iterator[str]:
    """The same of a configuration and a link; another program's interpreter stays."""
    old = xlwings_conf.read(config)
    if (
        xlwings_conf.settings(old).get(xlwings_conf.INTERPRETER, "").casefold()
        == interpreter.casefold()
    ):
        xlwings_conf.write(config, xlwings_conf.without(old, xlwings_conf.INTERPRETER))
        yield f"Excel 不再使用 {interpreter}。"
    else:
        yield "Excel 的设置里没有这个 Python，没有改动。"
    if link.exists():
        link.unlink()
        yield "已从「发送到」菜单移除。"
    yield "工作簿没有动。要重新装上，再运行一次「装进Excel.cmd」或 kp install。"


def check(machine: Machine) -> None:
    """Raises UserError with everything that stops an installation."""
    if found := doctor.for_install(machine):
        raise UserError("\n".join(["不能安装：", *(diagnosis.message for diagnosis in found)]))


def home(desktop: Path | None, machine: Machine) -> Path:
    """Where the workbook goes when the clerk does not say: the desktop, unless it lies in OneDrive."""
    if desktop is None or any(
        folder and str(desktop).lower().startswith(folder.lower()) for folder in machine.onedrive
    ):
        return Path.home()
    return desktop


def set_up(machine: Machine, config: Path, folder: Path, build: Build) -> Iterator[str]:
    """Write the user's configuration and the workbook; what is there already stays."""
    old = xlwings_conf.read(config)
    new = xlwings_conf.changed(old, xlwings_conf.INTERPRETER, machine.interpreter)
    if new != old:
        xlwings_conf.write(config, new)
    yield f"Excel 将使用 {machine.interpreter}（记在 {config}）。"
    launcher = Path(machine.interpreter, "..", "..", "..", LAUNCHER).resolve()
    if launcher.is_file():
        yield _in_send_to(launcher)
    target = folder / WORKBOOK
    if target.exists():
        yield f"{target} 已经有了，没有改动。要新的，请用 --to 另指一个文件夹。"
        return
    build(files.folder(folder) / WORKBOOK)
    unblock(target)
    yield f"已放好标准工作簿 {target}。打开后请点「启用内容」。"


def _send_to() -> Path:
    return Path(os.environ.get("APPDATA", ""), "Microsoft", "Windows", "SendTo", LINK)


def _in_send_to(launcher: Path) -> str:
    """Offer the launcher in Explorer's menu 发送到; a desk that refuses goes without."""
    try:
        shell = import_module("win32com.client").Dispatch("WScript.Shell")
        link = shell.CreateShortcut(str(_send_to()))
        link.TargetPath = str(launcher)
        link.Save()
    except Exception:  # whatever COM says: the folder's own file still does
        return f"「发送到」菜单里没有加上；仍可以把台账拖到 {launcher.name} 上。"
    return f"在台账上点右键，「发送到」里有「{Path(LINK).stem}」。"


def unblock(path: Path) -> None:
    """Take off Windows' mark of a file from the internet, with which Excel would switch its macros off."""
    with contextlib.suppress(OSError):
        os.remove(f"{path}{_MARK}")
