"""排名: completion by responsible unit, industry or level, where 参数 asks for it; from unrounded values, ties share a rank."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.amounts import NO_RATIO, percent
from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.printed import amount
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import listing
from xlplugin.figures.counted import sums
from xlplugin.figures.ranking import Rank, first, last, ranks
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.schema import COMPLETION, LEDGER, PLACE, WHOLE, Column

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


def table(story: Story, row: Entry) -> Iterator[PrintedTable]:
    """The whole list as a table, by the column that is repeated over (none where fewer than two are ranked); or, of a row of
    the office's own, by the one that it names, of the projects here, with their sum below."""
    if row.key is None:
        if (by := story.table_of(row)) and (found := ranks(story.facts, by, story.chosen)):
            title = story.own(row) or row.name
            yield _table(story, title, story.column(by), [*found, _whole(story)])
        return
    key = story.items[-1].column if story.items else None
    found = ranks(story.facts, key) if key else []
    if key and sum(rank.place is not None for rank in found) > 1:
        column = story.column(key)
        title = story.say("排名表标题", 栏目=column.heading)
        yield _table(story, title, column, found)


def _whole(story: Story) -> Rank:
    """All projects here, those too whose column is empty."""
    late, waiting = (
        int((story.facts.where("status", status) & story.chosen).sum())
        for status in (BEHIND, NOT_STARTED)
    )
    return Rank(WHOLE, None, sums(story.facts, story.chosen), late, waiting)


def _table(story: Story, title: str, column: Column, found: list[Rank]) -> PrintedTable:
    """The whole list, with what each place rests on."""
    decimals = story.words.share_decimals
    plan, done = LEDGER["plan"].heading, LEDGER["done"].heading
    head = (PLACE.heading, column.heading, "项数", plan, done, COMPLETION.heading)
    rows = tuple(
        (
            str(rank.place or NO_RATIO),
            rank.name,
            str(rank.sums.count),
            amount(rank.sums.plan),
            amount(rank.sums.done),
            percent(rank.sums.completion, decimals) or NO_RATIO,
            str(rank.behind),
            str(rank.not_started),
        )
        for rank in found
    )
    return PrintedTable(title, "单位：项、万元、%", (*head, BEHIND, NOT_STARTED), rows)


def _said(story: Story, found: list[Rank]) -> str:
    return listing(f"{rank.name}（{story.words.percent(rank.sums.completion)}）" for rank in found)
