"""The bulletin as plain text."""

from __future__ import annotations

from xlplugin.bulletin import blocks

INDENT = "　　"


def text(bulletin: blocks.Bulletin) -> str:
    """One line a paragraph, in the order of reading; table rows have tabs between their cells."""
    return "\n".join(line for block in bulletin.blocks for line in lines(block)) + "\n"


def lines(block: blocks.Block) -> list[str]:
    """A block's lines of text."""
    match block:
        case blocks.Title(text):
            return [text, ""]
        case blocks.Line(role, text):
            before = [""] if role in ("附件", "附件标签") else []
            after = [""] if role in ("文号", "附件") else []
            return [*before, INDENT + text if role == "附件" else text, *after]
        case blocks.Heading(_, text) | blocks.Paragraph(text):
            return [INDENT + text]
        case blocks.Items(items):
            return [INDENT + line for line in items]
        case blocks.PrintedTable(title, unit, head, rows):
            return [title, unit, *map("\t".join, (head, *rows))]
        case blocks.Chart():
            return []
        case blocks.Signature(office, date):
            return ["", *(INDENT * 8 + line for line in (office, date) if line)]
