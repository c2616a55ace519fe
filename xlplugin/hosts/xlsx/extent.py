"""How far a sheet reaches, looked at before a reader lays it all out in memory."""

from __future__ import annotations

import re

from xlplugin.cells import MAX_COLUMN, MAX_ROW, column_number
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_FAR = tuple(
    re.compile(rb"r=" + quote + rb"[A-Za-z]?+(?:[2-9]\d{5}|\d{7}|[A-Za-z](?:\d{5}|[A-Za-z]))")
    for quote in (b'"', b"'")
)
"""Row 200000 and beyond, column AA from row 10000 on, column AAA and beyond; one look at each address, however many there are."""

_FILLED = re.compile(rb"<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'](?:[^>]*[^>/])?>")
LARGEST_AREA = 40_000_000


def check_extent(sheet: SheetXml) -> None:
    """Raises UserError where stray cells at the sheet's far end would make a reader fill the memory."""
    if not any(far.search(sheet.scan, sheet.start, sheet.end) for far in _FAR):
        return
    rows, columns = 1, 1
    for letters, digits in set(_FILLED.findall(sheet.scan, sheet.start, sheet.end)):
        rows, columns = (
            max(rows, int(digits)),
            max(columns, column_number(letters.decode().upper())),
        )
    for number, tag in sheet.rows():
        cells = sheet.cell_tag.finditer(sheet.scan, *sheet.row_end(tag)) if number > rows else ()
        if any(
            b" r=" not in cell[0] for cell in cells
        ):  # a cell without an address is where its row is
            rows = number
    if rows > MAX_ROW or columns > MAX_COLUMN:
        raise UserError(
            "有超出 Excel 范围的单元格，文件可能已损坏，请在 Excel 中打开修复后另存为 .xlsx 再试。"
        )
    if rows * columns > LARGEST_AREA:
        raise UserError(
            f"用到了第 {rows} 行、第 {columns} 列，请删除表格之外零散的内容后另存再试。"
        )
