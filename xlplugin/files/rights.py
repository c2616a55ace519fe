"""Whose a file is and who may read it: a new one is no more open than its source, one written in place stays as it is."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from xlplugin.errors import UserError


def mode(path: Path, like: Path | None) -> tuple[int, bool]:
    """A file's access rights, and whether the umask has no say: what stands keeps its own, short of what `like` forbids."""
    own, lent = (
        stat.S_IMODE(each.stat().st_mode) if each and each.exists() else None
        for each in (path, like)
    )
    if lent is not None and like != path:
        # a read-only ledger must not make a document that cannot be made again, nor a folder one that can be run
        lent = lent & 0o666 | stat.S_IWUSR
    if own is not None:
        return (own if lent is None else own & lent), True
    return (0o666 if lent is None else lent), False


def take_over(old: Path, new: Path) -> None:
    """Give a file owner, group and extended attributes of the one that it is to replace; its mode is set after this.

    Raises UserError where they cannot be kept, nor a second name.
    """
    facts, own = old.stat(), new.stat()
    if facts.st_nlink > 1:
        raise UserError(
            f"「{old.name}」还有别的名字（硬链接），写回以后它们就不是同一个文件了，未作保存。请复制一份再写。"
        )
    if hasattr(os, "chown") and (facts.st_uid, facts.st_gid) != (own.st_uid, own.st_gid):
        try:
            os.chown(new, facts.st_uid, facts.st_gid)
        except OSError:
            raise UserError(
                f"「{old.name}」属于别的用户或用户组，写回会改变它的归属，未作保存。请由其主人来做，或复制一份再写。"
            ) from None
    try:
        _attributes(old, new)
    except OSError as failure:
        raise UserError(
            f"「{old.name}」的扩展属性（访问控制、标签等）写回后保不住，未作保存。请复制一份再写。"
        ) from failure


def _attributes(old: Path, new: Path) -> None:
    if sys.platform != "linux":
        return
    try:
        wanted = {name: os.getxattr(old, name) for name in os.listxattr(old)}
        present = {name: os.getxattr(new, name) for name in os.listxattr(new)}
    except OSError:  # a file system without them
        return
    for name in present.keys() - wanted.keys():
        os.removexattr(new, name)
    for name, value in wanted.items():
        if present.get(name) != value:
            os.setxattr(new, name, value)
