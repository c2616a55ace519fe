"""表: what a row of the outline tabulates: the groups of a column, of one column within another, or projects, with their sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from xlplugin.amounts import NO_RATIO, percent
from xlplugin.bulletin.blocks import Block, Paragraph, PrintedTable
from xlplugin.bulletin.items import values_here
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.printed import Printing
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import chinese, listing
from xlplugin.columns import Array
from xlplugin.figures.counted import sums
from xlplugin.figures.ranking import Rank, ranks
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.schema import COMPLETION, LEDGER, PLACE, RESULTS, WHOLE, Column
from xlplugin.schema.keys import AMOUNTS, TextKey

SUBTOTAL = "小计"


def table(story: Story, row: Entry) -> Iterator[Block]:
    """The table of a row of the office's own, of the projects that are repeated over here."""
    found = story.tabled(row)
    if found is None:
        return
    title = story.own(row) or row.name
    if isinstance(found, np.ndarray):
        if len(found):
            yield of_projects(story, title, [("", found)])
    elif len(found) == 1:
        yield from by_column(story, title, found[0])
    else:
        yield from within(story, title, *found)


def by_column(story: Story, title: str, key: TextKey) -> Iterator[Block]:
    """The groups of a column, best first, and the sum of all here."""
    if found := ranks(story.facts, key, story.chosen):
        yield ranked(story, title, story.column(key), [*found, _sum(story, WHOLE, story.chosen)])
        yield from note(story, found)


def within(story: Story, title: str, outer: TextKey, inner: TextKey) -> Iterator[Block]:
    """The groups of a column within each of another one: each part with its own ranking and sum."""
    rows: list[tuple[str, ...]] = []
    every: list[list[Rank]] = []
    for at, (name, own) in enumerate(values_here(story.named, story.chosen, outer), start=1):
        found = ranks(story.facts, inner, own)
        every.append(found)
        rows.append((f"（{chinese(at)}）{name}（{story.counted(int(own.sum()))}）",))
        rows += _lines(story, [*found, _sum(story, SUBTOTAL, own)])
    if rows:
        rows += _lines(story, [_sum(story, WHOLE, story.chosen)])
        yield PrintedTable(title, _unit(story), _head(story, story.column(inner)), tuple(rows))
        yield from note(story, *every)


def ranked(story: Story, title: str, column: Column, found: Sequence[Rank]) -> PrintedTable:
    """Groups with what each place rests on."""
    return PrintedTable(title, _unit(story), _head(story, column), tuple(_lines(story, found)))


def _unit(story: Story) -> str:
    return f"单位：{story.settings.counted}、万元、%"


def _head(story: Story, column: Column) -> tuple[str, ...]:
    plan, done = LEDGER["plan"].heading, LEDGER["done"].heading
    head = (
        PLACE.heading,
        column.heading,
        f"{story.settings.counted}数",
        plan,
        done,
        COMPLETION.heading,
    )
    return (*head, BEHIND, NOT_STARTED)


def _lines(story: Story, found: Sequence[Rank]) -> Iterator[tuple[str, ...]]:
    printing = Printing(story.facts)
    for rank in found:
        yield (
            str(rank.place or NO_RATIO),
            rank.name,
            str(rank.sums.count),
            printing.amount(rank.sums.plan),
            printing.amount(rank.sums.done),
            percent(rank.sums.completion, story.words.share_decimals) or NO_RATIO,
            str(rank.behind),
            str(rank.not_started),
        )


def _sum(story: Story, name: str, own: Array) -> Rank:
    """All of some projects, those too whose column is empty."""
    late, waiting = (
        int((story.facts.where("status", status) & own).sum()) for status in (BEHIND, NOT_STARTED)
    )
    return Rank(name, None, sums(story.facts, own), late, waiting)


def note(story: Story, *rankings: Sequence[Rank]) -> Iterator[Paragraph]:
    """Below a table of one or more rankings: why some have no place, and what becomes of ties."""
    found = [rank for ranking in rankings for rank in ranking]
    least = story.settings.ranking_least
    left = []
    if any(rank.sums.count < least for rank in found):
        left.append(f"少于{story.counted(least)}的")
    if any(rank.sums.completion is None and rank.sums.count >= least for rank in found):
        left.append("没有年度计划的")
    said = [f"{listing(left)}不参加排名"] if left else []
    if any(
        one.place and one.place == two.place
        for ranking in rankings
        for one, two in pairwise(ranking)
    ):
        said.append("完成率相同的名次并列")
    if said:
        yield Paragraph(f"注：{'；'.join(said)}。")


def of_projects(
    story: Story, title: str, parts: Sequence[tuple[str, Array]], sheet: str = ""
) -> PrintedTable:
    """Projects by parts, each under its heading where it has a name, with its sum where there are several; and the sum of all."""
    columns, printing = story.named.classes.tabled(), Printing(story.facts)
    head = (RESULTS["number"].heading, *(column.heading for column in columns))
    every = np.concatenate([own for _, own in parts])
    texts = iter(zip(*(printing.texts(column, every) for column in columns), strict=True))
    rows: list[tuple[str, ...]] = []
    number = 0
    for at, (name, own) in enumerate(parts, start=1):
        if name:
            rows.append((f"（{chinese(at)}）{name}（{story.counted(len(own))}）",))
        for _ in own:
            number += 1
            rows.append((str(number), *next(texts)))
        if len(parts) > 1 and len(own) > 1:
            rows.append(_sums(story, columns, SUBTOTAL, own))
    if len(every) > 1:
        rows.append(_sums(story, columns, WHOLE, every))
    return PrintedTable(title, printing.unit(columns), head, tuple(rows), sheet)


def _sums(story: Story, columns: Sequence[Column], name: str, own: Array) -> tuple[str, ...]:
    """A row of sums: money and completion, nothing that is one project's."""
    found, printing = sums(story.facts, own), Printing(story.facts)
    said: dict[str, str] = {key: printing.amount(getattr(found, key)) for key in AMOUNTS}
    said[COMPLETION.key] = percent(found.completion, story.words.share_decimals) or NO_RATIO
    first = next((c.key for c in columns if c.key not in said), "")
    return ("", *({**said, first: name}.get(column.key, "") for column in columns))
