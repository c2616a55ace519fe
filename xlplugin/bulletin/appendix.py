"""附件: every project by group, with its figures; what the text counts can be counted here."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.amounts import NO_RATIO, money, percent
from xlplugin.bulletin.blocks import Table
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import chinese, trimmed
from xlplugin.flags.figures import GROUPS
from xlplugin.schema import ANALYSIS, LEDGER, RESULTS

COLUMNS = ("name", "agency", "total", "plan", "done", "completion", "expected", "gap", "status", "light")
UNIT = "万元"


def appendix(story: Story) -> Table:
    """The project table by group, money in 万元 as entered."""
    sheets = {column.key: column.heading for column in (*LEDGER.columns, *ANALYSIS.columns)}
    head = (RESULTS["number"].heading, *(sheets[key] for key in COLUMNS))
    return Table(story.say("附表标题") or "附表", f"单位：{UNIT}、%、百分点", head, tuple(_rows(story)))


def _rows(story: Story) -> Iterator[tuple[str, ...]]:
    frame = story.facts.frame
    listed: set[int] = set()
    number = 0
    for title, (levels, nature) in GROUPS.items():
        rows = frame.index[frame["level"].isin(levels) & (frame["nature"] == nature)].tolist()
        if rows:
            number += 1
            yield (f"（{chinese(number)}）{title}（{len(rows)}项）",)
            listed |= set(rows)
            yield from (_row(story, row, at) for at, row in enumerate(rows, start=1))
    rest = [row for row in frame.index.tolist() if row not in listed]
    if rest:
        yield (f"（{chinese(number + 1)}）级别或性质待核（{len(rest)}项）",)
        yield from (_row(story, row, at) for at, row in enumerate(rest, start=1))


def _row(story: Story, row: int, number: int) -> tuple[str, ...]:
    def amount(key: str) -> str:
        fen = story.of(row, key)
        return trimmed(money(fen, 6, UNIT)) if isinstance(fen, int) else NO_RATIO

    def share(key: str) -> str:
        value = story.exact(row, key)
        return percent(value, story.words.decimals) or NO_RATIO  # type: ignore[arg-type]

    return (str(number), story.of(row, "name"), story.of(row, "agency"), amount("total"), amount("plan"), amount("done"),
            share("completion"), share("expected"), share("gap"), story.of(row, "status"), story.of(row, "light"))


