"""附件: the tables and the charts, each with its number where there are several, as the note lists them."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.bulletin import appendix, lagging
from xlplugin.bulletin.blocks import Block, Chart, Line, PrintedTable
from xlplugin.bulletin.charts import charts
from xlplugin.bulletin.room import has_appendix, has_charts, label
from xlplugin.bulletin.story import Story


def note(story: Story) -> str:
    """附件：甲表; with several 附件：1.甲表, the others below, a line each (GB/T 9704-2012, 7.3.4)."""
    titles = [*_titles(story), *(chart.title for chart in _charts(story))]
    if not titles:
        return ""
    if len(titles) == 1:
        return story.say("附件说明", 附表名=titles[0])
    first, *others = (f"{number}.{each}" for number, each in enumerate(titles, start=1))
    said = story.say("附件说明", 附表名=first)
    return "\n".join((said, *others)) if said else ""


def attachments(story: Story) -> Iterator[Block]:
    """Each with the label above it that the note gives it."""
    content: list[PrintedTable | Chart] = [*_tables(story), *_charts(story)]
    for number, block in enumerate(content, start=1):
        yield Line("附件标签", label(number, len(content)))
        yield block


def _titles(story: Story) -> Iterator[str]:
    if story.attaches and has_appendix(story.facts):
        yield appendix.title(story)
    if story.many:
        yield lagging.title(story)


def _tables(story: Story) -> Iterator[PrintedTable]:
    """All projects, where 参数 asks for them; all that lag, where the text names only some."""
    if story.attaches and has_appendix(story.facts):
        yield appendix.appendix(story)
    if story.many:
        yield lagging.lagging(story)


def _charts(story: Story) -> list[Chart]:
    return list(charts(story)) if story.attaches and story.drawn and has_charts(story.facts) else []
