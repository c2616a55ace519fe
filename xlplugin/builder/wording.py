"""措辞: the outline that a new workbook begins with, one paragraph a row in the order of the bulletin, to be edited by the clerks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.printing import set_up_page
from xlplugin.builder.table import add_table, begin, write_row
from xlplugin.builder.validation import add_validation
from xlplugin.bulletin.outline import paragraph_called
from xlplugin.bulletin.ready import OutlineRow
from xlplugin.bulletin.wording import COMMON, DefaultParagraph
from xlplugin.cells import Cell
from xlplugin.schema import WORDING


def write_wording(worksheet: Worksheet, rows: Sequence[OutlineRow]) -> None:
    """The sheet of an outline's paragraphs, every row tall enough for its text."""
    columns = WORDING.standard_columns
    sheet = replace(WORDING, help=f"{WORDING.help}{common_names_text()}")
    begin(worksheet, sheet, columns, fixed=1)
    depth = next(place for place, column in enumerate(columns, 1) if column.key == "depth")
    add_validation(worksheet, WORDING, WORDING["depth"], depth)
    for at, row in enumerate(rows, WORDING.header_row + 1):
        _write_paragraph(worksheet, at, *row)
    add_table(worksheet, WORDING, len(columns), WORDING.header_row + len(rows))
    set_up_page(worksheet, landscape=True, heading_row=WORDING.header_row)


def names_text(paragraph: DefaultParagraph) -> str:
    """The names that only this paragraph may use, each with its meaning, one a line."""
    return "\n".join(f"{name}：{meaning}" for name, meaning in paragraph.own.items())


def common_names_text() -> str:
    """The names that every paragraph may use, in one sentence."""
    return (
        f"各段都可以用：{'、'.join(f'{name}（{meaning}）' for name, meaning in COMMON.items())}。"
    )


def _write_paragraph(
    worksheet: Worksheet, row: int, name: str, depth: str, each: str, template: str
) -> None:
    """Only a delivered paragraph's name is fixed: by it the program knows what it says."""
    paragraph = paragraph_called(name)
    shown: dict[str, tuple[Cell, str]] = {
        "paragraph": (name, "固定文字" if paragraph else "填写文字"),
        "depth": (depth, "填写文字"),
        "each": (each, "填写文字"),
        "template": (template, "填写文字"),
        "names": (names_text(paragraph) if paragraph else "", "固定文字"),
    }
    write_row(worksheet, row, WORDING.standard_columns, shown)
