"""Why a file could not be read or written, in the clerk's words."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from xlplugin.errors import UserError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只读的磁盘",
    errno.EFBIG: "超过允许的文件大小",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "找不到",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ENAMETOOLONG: "名称或路径过长",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
    errno.EBUSY: "正在使用",
    errno.EXDEV: "不在同一磁盘",
    errno.EPIPE: "对方已经关闭",
    errno.ETIMEDOUT: "等得太久",
    errno.EINVAL: "系统不允许这样的名称或操作",
    **dict.fromkeys(_FULL, "磁盘空间不足"),
}


def reason(failure: OSError | ValueError) -> str:
    """What the system said, in Chinese; a ValueError is about a path that can be none."""
    if isinstance(failure, ValueError):
        return "路径无效"
    return _WORDS.get(failure.errno or 0, f"系统错误 {failure.errno or type(failure).__name__}")


@contextlib.contextmanager
def refusal(path: Path) -> Iterator[None]:
    """Whatever the system says against writing a file becomes a UserError with advice."""
    try:
        yield
    except OSError as failure:
        raise UserError(_advice(path, failure)) from failure


def _advice(path: Path, failure: OSError) -> str:
    if not path.parent.is_dir():
        return f"文件夹「{path.parent}」不存在，请先建立该文件夹或换一个保存位置。"
    if failure.errno in _FULL:
        return f"磁盘空间不足，「{path}」未保存，请清理磁盘或换一个保存位置后重试。"
    if isinstance(failure, PermissionError):
        return f"写不了「{path}」：正被其他程序打开，或所在文件夹不允许写入，请关闭该程序或换一个保存位置后重试。"
    return f"写不了「{path}」（{reason(failure)}），请检查文件名、磁盘或网络后重试。"
