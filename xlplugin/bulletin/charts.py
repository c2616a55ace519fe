"""附图: completion against what was expected, and the year's curve; for documents, where 参数 asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from xlplugin.amounts import FEN_PER_WAN
from xlplugin.bulletin.blocks import Chart
from xlplugin.bulletin.items import values_here
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import group_name
from xlplugin.cells import plain
from xlplugin.figures.counted import by_month, sums
from xlplugin.schema import ANALYSIS, BY_MONTH, MONTHS

MOST_PROJECTS = 45
"""A page has room for so many bars; beyond that the groups are drawn instead."""


def charts(story: Story) -> Iterator[Chart]:
    """The charts of a bulletin, in their order."""
    yield _completion(story)
    curve = _curve(story)
    _, reached = curve.series[-1]
    if sum(value is not None for value in reached) > 1:  # one point is no curve
        yield curve


def chart(story: Story, row: Entry) -> Iterator[Chart]:
    """The chart of a row of the office's own: the year's curve, or completion by a column or of projects."""
    title = story.own(row) or row.name
    if plain(row.each) in ("", *_CURVE):
        yield replace(_curve(story), title=title, sheet="")
        return
    found = story.tabled(row, most=1)
    if found is None:
        return
    if isinstance(found, tuple):
        bars = [
            (name, sums(story.facts, own).completion, story.figures.required)
            for name, own in islice(values_here(story.named, story.chosen, found[0]), MOST_PROJECTS)
        ]
    else:
        bars = _projects(story, found[:MOST_PROJECTS].tolist())
    if bars:
        yield replace(_bars(story, "", bars), title=title, sheet="")


_CURVE = tuple(map(plain, (BY_MONTH["month"].heading, BY_MONTH.title)))
Bar = tuple[str, Fraction | None, Fraction | None]


def _projects(story: Story, positions: list[int]) -> list[Bar]:
    projects = map(story.facts.at, positions)
    return [(story.name(each), each.completion, each.expected) for each in projects]


def _completion(story: Story) -> Chart:
    count = len(story.facts.data)
    if count <= MOST_PROJECTS:
        return _bars(story, "各项目", _projects(story, list(range(count))))
    groups, required = story.figures.groups, story.figures.required
    return _bars(
        story,
        "各组",
        [(group_name(title, of.levels), of.completion, required) for title, of in groups.items()],
    )


def _bars(story: Story, what: str, bars: Sequence[Bar]) -> Chart:
    completion, expected = ANALYSIS["completion"], ANALYSIS["expected"]
    names, reached, wished = zip(*bars, strict=True) if bars else ((), (), ())
    return Chart(
        "bars",
        f"{what}{completion.heading}与{expected.heading}",
        completion.unit,
        names,
        (
            (completion.heading, tuple(map(_percent, reached))),
            (expected.heading, tuple(map(_percent, wished))),
        ),
        story.analysis,
    )


def _curve(story: Story) -> Chart:
    planned, reached = zip(*by_month(story.facts, story.figures.whole), strict=True)
    return Chart(
        "curves",
        BY_MONTH.title,
        BY_MONTH["planned"].unit,
        tuple(month.heading for month in MONTHS),
        (
            (BY_MONTH["planned"].heading, tuple(map(_wan, planned))),
            (BY_MONTH["reached"].heading, tuple(map(_wan, reached))),
        ),
        story.analysis,
    )


def _percent(share: Fraction | int | None) -> float | None:
    return None if share is None else float(share * 100)


def _wan(fen: int | None) -> float | None:
    return None if fen is None else fen / FEN_PER_WAN
