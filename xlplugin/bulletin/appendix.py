"""附件: every project by group, with its figures; what the text counts can be counted here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.tabled import of_projects
from xlplugin.bulletin.words import group_name
from xlplugin.columns import Array
from xlplugin.figures.counted import grouping, members


def appendix(story: Story) -> PrintedTable:
    """The project table by group, money in 万元 as entered."""
    return of_projects(story, title(story), list(_groups(story)), story.analysis)


def title(story: Story) -> str:
    """What the table is called."""
    return story.say("附表标题") or "附表"


def _groups(story: Story) -> Iterator[tuple[str, Array]]:
    """Where the projects of each group are that has any, and those that belong to none."""
    left = np.ones(len(story.facts.data), dtype=bool)
    for group, of in grouping(story.facts).items():
        own = members(story.facts, *of)
        if own.any():
            left &= ~own
            yield group_name(group, story.figures.groups[group].levels), np.flatnonzero(own)
    if left.any():
        yield "级别或性质待核", np.flatnonzero(left)
