"""附图: completion against what was expected, and the year's curve; for documents, where 参数 asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlplugin.amounts import FEN_PER_WAN
from xlplugin.bulletin.blocks import Chart
from xlplugin.bulletin.story import Story
from xlplugin.figures.counted import by_month
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


def _completion(story: Story) -> Chart:
    rows = story.facts.data.rows.tolist()
    completion, expected = ANALYSIS["completion"], ANALYSIS["expected"]
    if len(rows) <= MOST_PROJECTS:
        what = "各项目"
        bars = [
            (story.name(project), project.completion, project.expected)
            for project in story.projects(rows)
        ]
    else:
        what, required = "各组", story.figures.required
        bars = [(title, sums.completion, required) for title, sums in story.figures.groups.items()]
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
