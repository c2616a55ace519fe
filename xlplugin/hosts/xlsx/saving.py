"""Putting a changed workbook on the disk: all of it or nothing."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from xml.parsers import expat

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.package import DAMAGED, Package
from xlplugin.hosts.xlsx.xmltext import BAD_XML


def verify(package: Package, data: bytes) -> None:
    """Raises UserError where a rebuilt package is not what it should be.

    Untouched members must be the same bytes, touched ones well-formed, and another program's reader must open it.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        copy = Package(data)
        if set(copy.members) != set(package.parts):
            raise UserError("保存前核对未通过：部件不齐。原文件未动，请把文件交给维护人员。")
        for name, info in copy.members.items():
            if name not in package.new:
                if _record(package, package.info(name)) != _record(copy, info):
                    raise UserError(
                        f"保存前核对未通过：{name} 有变。原文件未动，请把文件交给维护人员。"
                    )
            elif name.endswith((".xml", ".rels")):
                with copy.stream(name) as member:
                    expat.ParserCreate(namespace_separator=" ").ParseFile(member)
        CalamineWorkbook.from_filelike(io.BytesIO(data))
    except expat.ExpatError as failure:
        raise UserError(f"部件 {name} 的{BAD_XML}") from failure
    except CalamineError as failure:
        raise UserError(DAMAGED) from failure


def _record(package: Package, info: zipfile.ZipInfo) -> bytes:
    """A member as it lies in the file, its header included."""
    return package.raw[info.header_offset : package.data_start(info) + info.compress_size]


def write_atomically(path: Path, data: bytes, like: Path) -> None:
    """Write a file beside its target, flush it to the disk, then let it take the target's place.

    `like` lends its access rights. Raises UserError; the target is then as it was and nothing is left over.
    """
    folder = path.parent
    if not folder.is_dir():
        raise UserError(f"文件夹「{folder}」不存在，请先建立该文件夹或换一个保存位置。")
    if path.is_dir():
        raise UserError(f"「{path}」是文件夹，无法存为文件，请换一个文件名。")
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".kp-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path if path.exists() else like, temporary)
        os.replace(temporary, path)
    except OSError as failure:
        raise UserError(_advice(path, failure)) from failure
    finally:
        if temporary is not None:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    _flush_folder(folder)


def _advice(path: Path, failure: OSError) -> str:
    if failure.errno == errno.ENOSPC or failure.errno == getattr(errno, "EDQUOT", None):
        return f"磁盘空间不足，「{path.name}」未保存，请清理磁盘或换一个保存位置后重试。"
    if isinstance(failure, PermissionError):
        return f"「{path.name}」正被其他程序打开，或所在文件夹不允许写入，请关闭该程序或换一个保存位置后重试。"
    return f"「{path.name}」未能保存（{failure.strerror or failure}），请检查磁盘或网络后重试。"


def _flush_folder(folder: Path) -> None:
    """On POSIX the new name is safe only once the folder is on the disk too."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
