"""A workbook as bytes, the same at every build, and those bytes in a file, whole or not at all."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

from xlplugin.errors import UserError

EPOCH = "2021-01-01T00:00:00Z"
"""When every standard workbook was made, as far as its properties tell: a build must not depend on the clock."""
_ZIP_DATE = (2021, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def package(workbook: Workbook) -> bytes:
    """The workbook's file, byte for byte the same for the same content."""
    drawn = io.BytesIO()
    workbook.save(drawn)
    result = io.BytesIO()
    with zipfile.ZipFile(drawn) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, _timeless(name, source.read(name)))
    return result.getvalue()


def _timeless(name: str, data: bytes) -> bytes:
    return _TIMES.sub(rb"\g<1>" + EPOCH.encode(), data) if name == "docProps/core.xml" else data


def save(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file beside its place, then move it there.

    Raises UserError where the folder is missing, the file exists already, or writing is not allowed.
    """
    try:
        if not path.parent.is_dir():
            raise UserError(f"文件夹「{path.parent}」不存在。请先建好文件夹，或换一个位置。")
        if path.is_dir() or (path.exists() and not overwrite):
            raise UserError(
                f"「{path}」已经存在。为了不丢失里面的数据，没有覆盖；请换一个文件名，或先把它移走。"
            )
        _replace(path, data)
    except PermissionError as error:
        raise UserError(
            f"不能写入「{path}」：没有权限，或文件正在别处打开。请关闭它，或换一个位置。"
        ) from error
    except OSError as error:
        raise UserError(f"不能写入「{path}」：{error.strerror}。请换一个位置或文件名。") from error


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.stem}-{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
