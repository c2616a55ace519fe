"""Which blocks share a section of the document, and on what paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlplugin.bulletin.blocks import Block, Chart, Line, Table
from xlplugin.render.docx_page import PORTRAIT, Page
from xlplugin.render.docx_table import page_of

LABEL, NOTE = "附件标签", "附件"
"""The roles of a Line that say where an appendix begins, and at the text's end that there is one."""


def sections(blocks: Sequence[Block]) -> Iterator[tuple[Page, list[Block]]]:
    """The text; each appendix on pages of its own; and within one, whatever needs the paper the other way round."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        page = wanted(block)
        turned = (
            len(parts) > 1
            and page
            and any((other := wanted(before)) and other != page for before in parts[-1])
        )
        if turned or (isinstance(block, Line) and block.role == LABEL and parts[-1]):
            parts.append([])
        parts[-1].append(block)
    for number, part in enumerate(parts):
        yield next((page for block in part if number and (page := wanted(block))), PORTRAIT), part


def wanted(block: Block) -> Page | None:
    """The page that a block of an appendix must have; None where either will do."""
    return (
        page_of(block)
        if isinstance(block, Table)
        else PORTRAIT
        if isinstance(block, Chart)
        else None
    )
