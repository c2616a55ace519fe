"""附件: every project by group, with its figures; what the text counts can be counted here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.bulletin import printed
from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import chinese
from xlplugin.columns import Array
from xlplugin.figures.counted import grouping, members
from xlplugin.flags import Facts
from xlplugin.schema import ANALYSIS, LEDGER, RESULTS
from xlplugin.schema.keys import AMOUNTS, IndicatorKey, TextKey

WHO: tuple[TextKey, ...] = ("name", "agency")
SHARES: tuple[IndicatorKey, ...] = ("completion", "expected", "gap")
JUDGED: tuple[TextKey, ...] = ("status", "light")
COLUMNS = (*WHO, *AMOUNTS, *SHARES, *JUDGED)
UNIT = "万元"

APPENDIX_LIMIT = 2000
"""A table of more projects than this is no document any more: the bulletin then points to the analysis sheet."""


def has_appendix(facts: Facts) -> bool:
    """Whether the bulletin has its table of all projects."""
    return facts.settings.appendix and len(facts.data) <= APPENDIX_LIMIT


def has_charts(facts: Facts) -> bool:
    """Whether the bulletin has charts, which stand behind the table."""
    return facts.settings.charts and has_appendix(facts)


def appendix(story: Story) -> PrintedTable:
    """The project table by group, money in 万元 as entered."""
    sheets = {column.key: column.heading for column in (*LEDGER.columns, *ANALYSIS.columns)}
    head = (RESULTS["number"].heading, *(sheets[key] for key in COLUMNS))
    return PrintedTable(
        title(story),
        f"单位：{UNIT}、%、百分点",
        head,
        tuple(_rows(story)),
        story.analysis,
    )


def title(story: Story) -> str:
    """What the table is called."""
    return story.say("附表标题") or "附表"


def _rows(story: Story) -> Iterator[tuple[str, ...]]:
    lines = _lines(story)
    left = np.ones(len(lines), dtype=bool)
    number = 0
    for group, of in grouping(story.facts.data).items():
        own = members(story.facts, *of)
        if own.any():
            number += 1
            left &= ~own
            yield (f"（{chinese(number)}）{group}（{story.counted(int(own.sum()))}）",)
            yield from _numbered(lines, own)
    if left.any():
        yield (f"（{chinese(number + 1)}）级别或性质待核（{story.counted(int(left.sum()))}）",)
        yield from _numbered(lines, left)


def _numbered(lines: list[tuple[str, ...]], own: Array) -> Iterator[tuple[str, ...]]:
    return (
        (str(at), *lines[position])
        for at, position in enumerate(np.flatnonzero(own).tolist(), start=1)
    )


def _lines(story: Story) -> list[tuple[str, ...]]:
    """Every project's cells as printed, in the order of `COLUMNS`."""
    facts, decimals = story.facts, story.words.decimals
    columns = (
        *map(facts.data.values, WHO),
        *(printed.amounts(facts, key) for key in AMOUNTS),
        *(printed.shares(facts, key, decimals) for key in SHARES),
        *map(facts.data.values, JUDGED),
    )
    return list(zip(*columns, strict=True))
