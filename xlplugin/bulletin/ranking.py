"""排名: completion by responsible unit, industry or level, where 参数 asks for it; from unrounded values, ties share a rank."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.amounts import NO_RATIO, money, percent
from xlplugin.bulletin.blocks import Paragraph, PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import listing
from xlplugin.figures.ranking import Rank, first, last, ranks
from xlplugin.figures.said import trimmed
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.schema import COMPLETION, LEDGER, PLACE, Column
from xlplugin.schema.keys import TextKey
from xlplugin.settings import ranked_by

SPOKEN = 3
"""Ranks that the sentence names at either end; the table has them all."""


def columns(story: Story) -> list[TextKey]:
    """The ledger columns that 参数 asks to rank by, those that the ledger has; other words are passed over."""
    keys = [ranked_by(word) for word in story.settings.rankings]
    return [key for key in keys if key and story.facts.ledger.table.has(key)]


def ranking(story: Story, key: TextKey) -> Iterator[Paragraph | PrintedTable]:
    """A sentence for both ends of the list, and the whole list as a table."""
    column, found = LEDGER[key], ranks(story.facts, key)
    rated = [rank for rank in found if rank.place is not None]
    if len(rated) < 2:
        return
    yield from story.paragraph(
        "排名情况",
        栏目=column.heading,
        前列=_said(story, first(found, SPOKEN)),
        后列=_said(story, last(found, SPOKEN)),
        参评数=len(rated),
    )
    yield _table(story, column, found)


def _table(story: Story, column: Column, found: list[Rank]) -> PrintedTable:
    """The whole list, with what each place rests on."""
    decimals = story.words.decimals
    plan, done = LEDGER["plan"].heading, LEDGER["done"].heading
    head = (PLACE.heading, column.heading, "项数", plan, done, COMPLETION.heading)
    rows = tuple(
        (
            str(rank.place or NO_RATIO),
            rank.name,
            str(rank.sums.count),
            *(trimmed(money(fen, 6, "万元")) for fen in (rank.sums.plan, rank.sums.done)),
            percent(rank.sums.completion, decimals) or NO_RATIO,
            str(rank.behind),
            str(rank.not_started),
        )
        for rank in found
    )
    title = story.say("排名表标题", 栏目=column.heading)
    return PrintedTable(title, "单位：项、万元、%", (*head, BEHIND, NOT_STARTED), rows)


def _said(story: Story, found: list[Rank]) -> str:
    return listing(f"{rank.name}（{story.words.percent(rank.sums.completion)}）" for rank in found)
