"""How far the sheets of an .ods reach, looked at before a reader lays them all out in memory: a few bytes may repeat a cell a billion times."""

from __future__ import annotations

import re

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import intake
from xlplugin.hosts.xlsx.extent import LARGEST_AREA

MARK = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""What stands among the first bytes of such a file."""

_MANIFEST = "META-INF/manifest.xml"
_TABLE = re.compile(rb"<table:table\s.*?</table:table>", re.S)
_ROW = re.compile(rb"<table:table-row\b([^>]*)(?:/>|(?<!/)>(.*?)</table:table-row>)", re.S)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d+)")


def check(raw: bytes) -> bytes:
    """The file's bytes again. Raises UserError where it would do harm or fill the memory."""
    package = intake.check_zip(raw)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise UserError("是设了密码的 .ods，程序打不开，请取消密码后另存一份再试。")
    content = package.read("content.xml")
    for table in _TABLE.finditer(content):
        rows = columns = row = 0
        for attributes, inside in _ROW.findall(table[0]):
            row += _times(attributes)
            if width := _width(inside):
                rows, columns = row, max(columns, width)
        if rows * columns > LARGEST_AREA:
            raise UserError(
                f"用到了第 {rows} 行、第 {columns} 列，请删除表格之外零散的内容后另存再试。"
            )
    return raw


def _width(cells: bytes) -> int:
    """The column of a row's last cell that holds something."""
    column = last = 0
    for attributes in _CELL.findall(cells):
        column += _times(attributes)
        last = column if b"value-type" in attributes else last
    return last


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
