"""Cell notes: each column's help, at its heading."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.measure import lines
from xlplugin.schema import Column

AUTHOR = "xlplugin"
_PER_LINE = 16
_WIDTH, _LINE_HEIGHT, _MARGIN = 270, 20, 18
"""Pixels, for type of 11 points: Excel picks the font of a note, and a smaller one leaves some room."""


def note_text(column: Column, *, output: bool = False) -> str:
    """What the note at a column's heading says; "" where there is nothing to say. An output asks nobody for anything."""
    parts = [column.help]
    if column.choices and not output:
        parts.append(f"{'常用' if column.open else '可填'}：{'、'.join(column.choices)}。")
    if column.required and not output:
        parts.append("必须有这一栏。")
    return "\n".join(part for part in parts if part)


def add_note(worksheet: Worksheet, cell: str, column: Column, *, output: bool = False) -> None:
    """Pin a column's note to its heading, as large as its text."""
    if text := note_text(column, output=output):
        height = lines(text, _PER_LINE) * _LINE_HEIGHT + _MARGIN
        worksheet[cell].comment = Comment(text, AUTHOR, height=height, width=_WIDTH)
