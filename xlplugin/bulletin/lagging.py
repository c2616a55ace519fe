"""附件: where the text names only the worst, the table of all that lag, with what is to be known of each."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.printed import Printing
from xlplugin.bulletin.story import Story
from xlplugin.columns import Array
from xlplugin.flags import BEHIND
from xlplugin.flags.facts import Project
from xlplugin.schema import ANALYSIS, LEDGER, RESULTS


def title(story: Story) -> str:
    """What the table is called."""
    return story.say("滞后表标题") or "附表"


def lagging(story: Story) -> PrintedTable:
    """All that lag, the farthest behind first, then all that have not begun: unit, figures, cause, what is expected."""
    printing, places = Printing(story.facts), story.places(_told(story))
    told = [*(printing.texts(each, places) for each in _JUDGED), *_explained(printing, places)]
    head = (RESULTS["number"].heading, *(column.heading for column in (*_JUDGED, *_EXPLAINED)))
    rows = tuple((str(at), *row) for at, row in enumerate(zip(*told, strict=True), start=1))
    return PrintedTable(title(story), printing.unit(_JUDGED), head, rows)


_JUDGED = (
    *(LEDGER[key] for key in ("name", "agency", "plan", "done")),
    *(ANALYSIS[key] for key in ("completion", "gap", "status")),
)
_EXPLAINED = (LEDGER["cause"], LEDGER["expected_start"])


def _explained(printing: Printing, places: Array) -> Iterator[list[str]]:
    for column in _EXPLAINED:
        yield [text or NO_RATIO for text in printing.texts(column, places)]


def _told(story: Story) -> list[Project]:
    told: list[Project] = []
    for status in story.many:
        rows = story.figures.lists[status]
        told += story.worst(rows) if status == BEHIND else story.largest(rows)
    return told
