"""措辞: the bulletin's paragraphs as they are delivered, one a row, to be edited by the clerks."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.cells import put
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import add_table, set_widths, write_headings, write_top
from xlplugin.bulletin.wording import COMMON, PARAGRAPHS, Paragraph
from xlplugin.cells import address
from xlplugin.measure import height_of
from xlplugin.schema import WORDING


def write_wording(worksheet: Worksheet) -> None:
    """The sheet of paragraphs, every row tall enough for its text."""
    columns = WORDING.standard_columns
    sheet = replace(WORDING, help=f"{WORDING.help}{common_names_text()}")
    write_top(worksheet, sheet, [column.width for column in columns])
    write_headings(worksheet, WORDING, columns)
    for row, paragraph in enumerate(PARAGRAPHS, WORDING.header_row + 1):
        _write_paragraph(worksheet, row, paragraph)
    add_table(worksheet, WORDING, len(columns), WORDING.header_row + len(PARAGRAPHS))
    set_widths(worksheet, columns)
    worksheet.freeze_panes = address(WORDING.header_row + 1, 2)
    set_up_page(worksheet, landscape=True, heading_row=WORDING.header_row)


def names_text(paragraph: Paragraph) -> str:
    """The names that only this paragraph may use, each with its meaning, one a line."""
    return "\n".join(f"{name}：{meaning}" for name, meaning in paragraph.own.items())


def common_names_text() -> str:
    """The names that every paragraph may use, in one sentence."""
    return (
        f"各段都可以用：{'、'.join(f'{name}（{meaning}）' for name, meaning in COMMON.items())}。"
    )


def _write_paragraph(worksheet: Worksheet, row: int, paragraph: Paragraph) -> None:
    shown = {
        "paragraph": (paragraph.key, "固定文字"),
        "template": (paragraph.template, "填写文字"),
        "names": (names_text(paragraph), "固定文字"),
    }
    heights = []
    for place, column in enumerate(WORDING.standard_columns, 1):
        text, look = shown[column.key]
        put(worksheet, row, place, text, look)
        heights.append(height_of(text, column.width, 10))
    worksheet.row_dimensions[row].height = min(max(heights), 409.0)
