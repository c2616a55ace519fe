"""附件: every project by group, with its figures; what the text counts can be counted here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as counter

import numpy as np

from xlplugin.amounts import NO_RATIO, percent
from xlplugin.bulletin import printed
from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import chinese
from xlplugin.columns import Array
from xlplugin.figures.counted import grouping, members, sums
from xlplugin.schema import ANALYSIS, LEDGER, RESULTS, WHOLE
from xlplugin.schema.keys import AMOUNTS, IndicatorKey, TextKey

WHO: tuple[TextKey, ...] = ("name", "agency")
SHARES: tuple[IndicatorKey, ...] = ("completion", "expected", "gap")
JUDGED: tuple[TextKey, ...] = ("status", "light")
COLUMNS = (*WHO, *AMOUNTS, *SHARES, *JUDGED)
UNIT = "万元"
SUBTOTAL = "小计"


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
    """Each group under its heading, its sums below where there is another one; all numbered through, all summed up."""
    lines, number = _lines(story), counter(1)
    parts = list(_groups(story))
    for place, (group, own) in enumerate(parts, start=1):
        count = int(own.sum())
        yield (f"（{chinese(place)}）{group}（{story.counted(count)}）",)
        for position in np.flatnonzero(own).tolist():
            yield (str(next(number)), *lines[position])
        if len(parts) > 1 and count > 1:
            yield _sums(story, SUBTOTAL, own)
    if len(lines) > 1:
        yield _sums(story, WHOLE, np.ones(len(lines), dtype=bool))


def _groups(story: Story) -> Iterator[tuple[str, Array]]:
    """The groups that have projects, and what belongs to none."""
    left = np.ones(len(story.facts.data), dtype=bool)
    for group, of in grouping(story.facts).items():
        own = members(story.facts, *of)
        if own.any():
            left &= ~own
            yield group, own
    if left.any():
        yield "级别或性质待核", left


def _sums(story: Story, name: str, own: Array) -> tuple[str, ...]:
    """A row of sums: money and completion, nothing that is one project's."""
    found = sums(story.facts, own)
    said: dict[str, str] = {
        "name": name,
        **{key: printed.amount(getattr(found, key)) for key in AMOUNTS},
        "completion": percent(found.completion, story.words.decimals) or NO_RATIO,
    }
    return ("", *(said.get(key, "") for key in COLUMNS))


def _lines(story: Story) -> list[tuple[str, ...]]:
    """Every project's cells as printed, in the order of `COLUMNS`."""
    facts, decimals = story.facts, story.words.share_decimals
    columns = (
        *map(facts.data.values, WHO),
        *(printed.amounts(facts, key) for key in AMOUNTS),
        *(printed.shares(facts, key, decimals) for key in SHARES),
        *map(facts.data.values, JUDGED),
    )
    return list(zip(*columns, strict=True))
