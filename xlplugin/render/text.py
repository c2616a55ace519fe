"""The bulletin as plain text."""

from __future__ import annotations

from functools import singledispatch

from xlplugin.bulletin.blocks import (
    Block,
    Bulletin,
    Chart,
    Heading,
    Items,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)

INDENT = "　　"


def text(bulletin: Bulletin) -> str:
    """One line a paragraph, in the order of reading; table rows have tabs between their cells."""
    return "\n".join(line for block in bulletin.blocks for line in lines(block)) + "\n"


@singledispatch
def lines(block: Block) -> list[str]:
    """A block's lines of text."""
    raise TypeError(f"no text for {block!r}")


@lines.register
def _(block: Title) -> list[str]:
    return [block.text, ""]


@lines.register
def _(block: Line) -> list[str]:
    before = [""] if block.role in ("附件", "附件标签") else []
    after = [""] if block.role in ("文号", "附件") else []
    return [*before, INDENT + block.text if block.role == "附件" else block.text, *after]


@lines.register
def _(block: Heading) -> list[str]:
    return [INDENT + block.text]


@lines.register
def _(block: Paragraph) -> list[str]:
    return [INDENT + block.text]


@lines.register
def _(block: Items) -> list[str]:
    return [INDENT + line for line in block.lines]


@lines.register
def _(block: PrintedTable) -> list[str]:
    return [block.title, block.unit, "\t".join(block.head), *("\t".join(row) for row in block.rows)]


@lines.register
def _(block: Chart) -> list[str]:  # noqa: ARG001
    return []


@lines.register
def _(block: Signature) -> list[str]:
    return ["", *(INDENT * 8 + line for line in (block.office, block.date) if line)]
