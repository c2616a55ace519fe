"""措辞: the bulletin's paragraphs as they are delivered, one a row in the order of the bulletin: its outline, to be edited by the clerks."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import add_table, begin, write_row
from xlplugin.builder.validation import add_validation
from xlplugin.bulletin.outline import OUTLINE
from xlplugin.bulletin.wording import COMMON, PARAGRAPHS, DefaultParagraph
from xlplugin.cells import Cell
from xlplugin.schema import WORDING


def write_wording(worksheet: Worksheet) -> None:
    """The sheet of paragraphs, every row tall enough for its text."""
    columns = WORDING.standard_columns
    sheet = replace(WORDING, help=f"{WORDING.help}{common_names_text()}")
    begin(worksheet, sheet, columns, fixed=1)
    depth = next(place for place, column in enumerate(columns, 1) if column.key == "depth")
    add_validation(worksheet, WORDING, WORDING["depth"], depth)
    for row, paragraph in enumerate(PARAGRAPHS, WORDING.header_row + 1):
        _write_paragraph(worksheet, row, paragraph)
    add_table(worksheet, WORDING, len(columns), WORDING.header_row + len(PARAGRAPHS))
    set_up_page(worksheet, landscape=True, heading_row=WORDING.header_row)


def names_text(paragraph: DefaultParagraph) -> str:
    """The names that only this paragraph may use, each with its meaning, one a line."""
    return "\n".join(f"{name}：{meaning}" for name, meaning in paragraph.own.items())


def common_names_text() -> str:
    """The names that every paragraph may use, in one sentence."""
    return (
        f"各段都可以用：{'、'.join(f'{name}（{meaning}）' for name, meaning in COMMON.items())}。"
    )


def _write_paragraph(worksheet: Worksheet, row: int, paragraph: DefaultParagraph) -> None:
    depth, each = OUTLINE[paragraph.key]
    shown: dict[str, tuple[Cell, str]] = {
        "paragraph": (paragraph.key, "固定文字"),
        "depth": (depth, "填写文字"),
        "each": (each, "填写文字"),
        "template": (paragraph.template, "填写文字"),
        "names": (names_text(paragraph), "固定文字"),
    }
    write_row(worksheet, row, WORDING.standard_columns, shown)
