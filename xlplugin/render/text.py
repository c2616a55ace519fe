"""The bulletin as plain text."""

from __future__ import annotations

from functools import singledispatch

from xlplugin.bulletin import blocks

INDENT = "　　"


def text(bulletin: blocks.Bulletin) -> str:
    """One line a paragraph, in the order of reading; table rows have tabs between their cells."""
    return "\n".join(line for block in bulletin.blocks for line in lines(block)) + "\n"


@singledispatch
def lines(block: blocks.Block) -> list[str]:
    """A block's lines of text."""
    raise TypeError(f"no text for {block!r}")


@lines.register
def _(block: blocks.Title) -> list[str]:
    return [block.text, ""]


@lines.register
def _(block: blocks.Line) -> list[str]:
    before = [""] if block.role in ("附件", "附件标签") else []
    after = [""] if block.role in ("文号", "附件") else []
    return [*before, INDENT + block.text if block.role == "附件" else block.text, *after]


@lines.register
def _(block: blocks.Heading) -> list[str]:
    return [INDENT + block.text]


@lines.register
def _(block: blocks.Paragraph) -> list[str]:
    return [INDENT + block.text]


@lines.register
def _(block: blocks.Items) -> list[str]:
    return [INDENT + line for line in block.lines]


@lines.register
def _(block: blocks.PrintedTable) -> list[str]:
    return [block.title, block.unit, "\t".join(block.head), *("\t".join(row) for row in block.rows)]


@lines.register
def _(block: blocks.Chart) -> list[str]:  # noqa: ARG001
    return []


@lines.register
def _(block: blocks.Signature) -> list[str]:
    return ["", *(INDENT * 8 + line for line in (block.office, block.date) if line)]
