"""排名: completion by responsible unit, industry or level, where 参数 asks for it; from unrounded values, ties share a rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from xlplugin.amounts import NO_RATIO, money, percent
from xlplugin.bulletin.blocks import Paragraph, PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import listing, trimmed
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.flags.figures import Sums, sums
from xlplugin.schema import COMPLETION, LEDGER, PLACE, Column
from xlplugin.settings import ranked_by

SPOKEN = 3
"""Ranks that the sentence names at either end; the table has them all."""


@dataclass(frozen=True, slots=True)
class Rank:
    """One group's place: 1 is best; None where it has no plan, or too few projects, to be ranked."""

    name: str
    place: int | None
    sums: Sums
    behind: int
    not_started: int


def columns(story: Story) -> list[Column]:
    """The ledger columns that 参数 asks to rank by, those that the ledger has; other words are passed over."""
    keys = [ranked_by(word) for word in story.settings.rankings]
    return [LEDGER[key] for key in keys if key and story.facts.ledger.table.has(key)]


def ranks(story: Story, column: Column) -> list[Rank]:
    """Every group of a column, best first; those without a rank last. Empty values are no group."""
    facts, statuses = story.facts, story.facts.data.values("status")
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(facts.data.listed(column.key)):
        groups.setdefault(name, []).append(position)
    found = []
    for name, own in groups.items():
        if name:
            count = Counter(statuses[position] for position in own)
            whole = sums(facts.data, np.array(own))
            found.append(Rank(name, None, whole, count[BEHIND], count[NOT_STARTED]))
    least = story.settings.ranking_least
    rated = sorted(
        (rank for rank in found if rank.sums.completion is not None and rank.sums.count >= least),
        key=lambda rank: -(rank.sums.completion or 0),
    )
    placed: list[Rank] = []
    for at, rank in enumerate(rated, start=1):
        same = placed and placed[-1].sums.completion == rank.sums.completion
        placed.append(replace(rank, place=placed[-1].place if same else at))
    return placed + [rank for rank in found if rank not in rated]


def ranking(story: Story, column: Column) -> Iterator[Paragraph | PrintedTable]:
    """A sentence for both ends of the list, and the whole list as a table."""
    found = ranks(story, column)
    rated = [rank for rank in found if rank.place is not None]
    if len(rated) < 2:
        return
    first = [rank for rank in rated if rank.place and rank.place <= SPOKEN]
    last = (
        [rank for rank in rated[-SPOKEN:] if rank not in first] if len(rated) > 2 * SPOKEN else []
    )
    yield from story.paragraph(
        "排名情况",
        栏目=column.heading,
        前列=_said(story, first),
        后列=_said(story, last),
        参评数=len(rated),
    )
    yield _table(story, column, found)


def _table(story: Story, column: Column, found: list[Rank]) -> PrintedTable:
    """The whole list, with what each place rests on."""
    decimals = story.words.decimals
    return PrintedTable(
        story.say("排名表标题", 栏目=column.heading),
        "单位：项、万元、%",
        (
            PLACE.heading,
            column.heading,
            "项数",
            LEDGER["plan"].heading,
            LEDGER["done"].heading,
            COMPLETION.heading,
            BEHIND,
            NOT_STARTED,
        ),
        tuple(
            (
                str(rank.place or NO_RATIO),
                rank.name,
                str(rank.sums.count),
                trimmed(money(rank.sums.plan, 6, "万元")),
                trimmed(money(rank.sums.done, 6, "万元")),
                percent(rank.sums.completion, decimals) or NO_RATIO,
                str(rank.behind),
                str(rank.not_started),
            )
            for rank in found
        ),
    )


def _said(story: Story, found: list[Rank]) -> str:
    return listing(f"{rank.name}（{story.words.percent(rank.sums.completion)}）" for rank in found)
