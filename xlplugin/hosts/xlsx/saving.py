"""Whether a rebuilt workbook is what it should be, before it takes the old one's place."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.package import SMALL, Package
from xlplugin.hosts.xlsx.values import Reader
from xlplugin.hosts.xlsx.xmltext import BAD_XML


def verify(package: Package, data: bytes) -> None:
    """Raises UserError where a rebuilt package is not what it should be.

    Untouched members must be the same bytes, touched ones well-formed, and another program's reader must open it.
    """
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
                if len(kept := package.kept.get(name, b"")) <= SMALL and kept:
                    copy.kept[name] = kept  # the same record inflates to the same (1 of 53 ms)
            elif name.endswith((".xml", ".rels")):
                parser = expat.ParserCreate(namespace_separator=" ")
                if info.file_size > SMALL:
                    with copy.stream(name) as member:
                        parser.ParseFile(member)
                else:
                    copy.kept[name] = copy.original(name)  # the reader looks at it too
                    parser.Parse(copy.kept[name], True)
        Reader(copy).open()
    except expat.ExpatError as failure:
        raise UserError(f"部件 {name} 的{BAD_XML}") from failure


def _record(package: Package, info: zipfile.ZipInfo) -> bytes:
    """A member as it lies in the file, its header included."""
    return package.raw[info.header_offset : package.data_start(info) + info.compress_size]
