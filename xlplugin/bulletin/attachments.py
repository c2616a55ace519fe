"""附件: the table of all projects and the charts, each with its number where there are several, as the note lists them."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.bulletin.appendix import appendix, has_appendix, has_charts, title
from xlplugin.bulletin.blocks import Block, Chart, Line, PrintedTable
from xlplugin.bulletin.charts import charts
from xlplugin.bulletin.story import Story

LABEL = "附件"


def attached(story: Story) -> bool:
    """Whether anything follows the text: 参数 asks for it, and the outline has a row for it."""
    rows = story.wording.outline
    return has_appendix(story.facts) and any(row.key == "附表标题" for row in rows)


def note(story: Story) -> str:
    """附件：甲表; with several 附件：1.甲表, the others below, a line each (GB/T 9704-2012, 7.3.4)."""
    if not attached(story):
        return ""
    titles = [title(story), *(chart.title for chart in _charts(story))]
    if len(titles) == 1:
        return story.say("附件说明", 附表名=titles[0])
    first, *others = (f"{number}.{each}" for number, each in enumerate(titles, start=1))
    said = story.say("附件说明", 附表名=first)
    return "\n".join((said, *others)) if said else ""


def attachments(story: Story) -> Iterator[Block]:
    """Each with the label above it that the note gives it."""
    if attached(story):
        content: list[PrintedTable | Chart] = [appendix(story), *_charts(story)]
        for number, block in enumerate(content, start=1):
            yield Line("附件标签", f"{LABEL}{number}" if len(content) > 1 else LABEL)
            yield block


def _charts(story: Story) -> list[Chart]:
    return list(charts(story)) if story.drawn and has_charts(story.facts) else []
