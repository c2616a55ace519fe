"""排名: completion by responsible unit, industry or level, where 参数 asks for it; from unrounded values, ties share a rank."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.bulletin import tabled
from xlplugin.bulletin.blocks import Block
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import listing
from xlplugin.figures.ranking import Rank, first, last, ranks

SPOKEN = 3
"""Ranks that the sentence names at either end; the table has them all."""


def said(story: Story) -> str:
    """A sentence for both ends of the list; none where fewer than two are ranked."""
    key = story.items[-1].column if story.items else None
    found = ranks(story.facts, key) if key else []
    rated = [rank for rank in found if rank.place is not None]
    if key is None or len(rated) < 2:
        return ""
    return story.say(
        "排名情况",
        栏目=story.column(key).heading,
        前列=_said(story, first(found, SPOKEN)),
        后列=_said(story, last(found, SPOKEN)),
        参评数=len(rated),
    )


def table(story: Story) -> Iterator[Block]:
    """The whole list as a table, by the column that is repeated over; none where fewer than two are ranked."""
    key = story.items[-1].column if story.items else None
    found = ranks(story.facts, key) if key else []
    if key and sum(rank.place is not None for rank in found) > 1:
        column = story.column(key)
        yield tabled.ranked(story, story.say("排名表标题", 栏目=column.heading), column, found)
        yield from tabled.note(story, found)


def _said(story: Story, found: list[Rank]) -> str:
    return listing(f"{rank.name}（{story.words.percent(rank.sums.completion)}）" for rank in found)
