"""接上段: pieces that go on in the paragraph above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlplugin.bulletin.blocks import Block, Paragraph

_UNFINISHED = "；，、"


@dataclass(frozen=True, slots=True)
class More:
    """A piece of a paragraph. `listed`: it has one item after another, of which each ends alike."""

    text: str
    listed: bool


def announces(block: Block | More) -> bool:
    """Whether a text only announces what comes next: without that it is not said."""
    return isinstance(block, (Paragraph, More)) and block.text.endswith("：")


def joined(begun: Sequence[Block | More]) -> Iterator[Block]:
    """The blocks with their pieces; one that has nothing above it to go on in begins a paragraph."""
    open_: Paragraph | None = None
    for block, after in zip(begun, (*begun[1:], None), strict=False):
        if isinstance(block, More):
            open_ = Paragraph(f"{open_.text if open_ else ''}{_closed(block, after)}")
        else:
            if open_:
                yield open_
            open_ = block if isinstance(block, Paragraph) else None
            if open_ is None:
                yield block
    if open_:
        yield open_


def _closed(piece: More, after: Block | More | None) -> str:
    """A list ends with a full stop where another piece follows it (without, before 等3项), and so does a paragraph."""
    goes_on = isinstance(after, More)
    if piece.text[-1] not in _UNFINISHED or (goes_on and not piece.listed):
        return piece.text
    counted = isinstance(after, More) and after.text.startswith("等")
    return piece.text[:-1] + ("" if counted else "。")
