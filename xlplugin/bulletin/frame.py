"""版头 and 版记 (GB/T 9704-2012, 7.2, 7.4), for offices without printed letterhead: only what 参数 gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlplugin.bulletin.blocks import Block, Colophon, Letterhead, Line
from xlplugin.periods import say_date
from xlplugin.settings import Settings


def framed(content: Sequence[Block], settings: Settings) -> Iterator[Block]:
    """The bulletin's blocks between both; the number goes above the red line where there is one."""
    above = [block for block in content if isinstance(block, Line) and block.role == "文号"]
    if settings.letterhead:
        yield Letterhead(settings.letterhead, "".join(line.text for line in above))
    yield from (block for block in content if not (settings.letterhead and block in above))
    if settings.copies or settings.printed_by or settings.printed_on:
        yield Colophon(
            f"抄送：{settings.copies.rstrip('。')}。" if settings.copies else "",
            settings.printed_by,
            f"{say_date(settings.printed_on)}印发" if settings.printed_on else "",
        )
