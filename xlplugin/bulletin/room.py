"""What a bulletin has room for, and where the rest is told."""

from __future__ import annotations

from collections.abc import Sequence

from xlplugin.bulletin.outline import Entry
from xlplugin.flags import Facts

LONGEST = 350
"""Characters of a paragraph."""
APPENDIX_LIMIT = 2000
"""A table of more projects than this is no document any more: the bulletin then points to the analysis sheet."""


def has_appendix(facts: Facts) -> bool:
    """Whether the bulletin has its table of all projects."""
    return facts.settings.appendix and len(facts.data) <= APPENDIX_LIMIT


def has_charts(facts: Facts, outline: Sequence[Entry] = ()) -> bool:
    """Whether the bulletin has charts: behind the table, or where the outline has some."""
    drawn = any(row.depth == "图" for row in outline)
    return drawn or (facts.settings.charts and has_appendix(facts))


def label(number: int, of: int) -> str:
    """What an attachment is called: 附件 where there is one, 附件2 of several."""
    return f"附件{number}" if of > 1 else "附件"
