"""附件: where the text names only the worst, the table of all that lag, with what is to be known of each."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin import printed
from xlplugin.bulletin.appendix import UNIT
from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.bulletin.story import Story
from xlplugin.flags import BEHIND
from xlplugin.flags.facts import Project
from xlplugin.schema import ANALYSIS, LEDGER, RESULTS


def title(story: Story) -> str:
    """What the table is called."""
    return story.say("滞后表标题") or "附表"


def lagging(story: Story) -> PrintedTable:
    """All that lag, the farthest behind first, then all that have not begun: unit, figures, cause, what is expected."""
    ledger = ("name", "agency", "plan", "done")
    head = (
        RESULTS["number"].heading,
        *(LEDGER[key].heading for key in ledger),
        *(ANALYSIS[key].heading for key in ("completion", "gap", "status")),
        *(LEDGER[key].heading for key in ("cause", "expected_start")),
    )
    rows = tuple((str(number), *row) for number, row in enumerate(_rows(story), start=1))
    return PrintedTable(title(story), f"单位：{UNIT}、%、百分点", head, rows)


def _rows(story: Story) -> Iterator[tuple[str, ...]]:
    facts, decimals = story.facts, story.words.share_decimals
    told: list[Project] = []
    for status in story.many:
        rows = story.figures.lists[status]
        told += story.worst(rows) if status == BEHIND else story.largest(rows)
    shares = [
        printed.shares(facts, key, decimals, story.places(told)) for key in ("completion", "gap")
    ]
    money = [printed.amounts(facts, key) for key in ("plan", "done")]
    for number, project in enumerate(told):
        yield (
            project.name,
            project.agency,
            *(column[project.position] for column in money),
            *(column[number] for column in shares),
            project.status,
            project.cause or NO_RATIO,
            project.expected_start or NO_RATIO,
        )
