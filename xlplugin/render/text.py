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
        case blocks.Letterhead(office, number):
            return [*office.splitlines(), *([number] if number else []), ""]
        case blocks.Line("附件", text):
            return ["", *map(INDENT.__add__, noted(text)), ""]
        case blocks.Line(role, text):
            before = [""] if role == "附件标签" else []
            after = [""] if role == "文号" else []
            return [*before, text, *after]
        case blocks.Heading(_, text) | blocks.Paragraph(text):
            return [INDENT + text]
        case blocks.Items(items):
            return [INDENT + line for line in items]
        case blocks.PrintedTable(title, unit, head, rows):
            return [title, unit, *map("\t".join, (head, *rows))]
        case blocks.Chart(title=title):
            return [title]
        case blocks.Signature(office, date):
            return ["", *(INDENT * 8 + line for line in (office, date) if line)]
        case blocks.Colophon(copies, office, date):
            printed = INDENT.join(filter(None, (office, date)))
            return ["", *(line for line in (copies, printed) if line)]


def noted(text: str) -> list[str]:
    """The note on what is attached, a line each; those after the first begin under its number (附件：1.)."""
    first, *others = text.split("\n")
    hanging = "　" * (first.find("：") + 1)
    return [first, *(hanging + line for line in others)]
