"""存在问题: what holds up those under preparation, the whole against the schedule, the open issues by kind."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from xlplugin.bulletin.issues import issues_said, open_issues
from xlplugin.bulletin.items import OTHER
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import MOST_NAMES, because, grouped
from xlplugin.figures.said import reason
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.flags.facts import Project
from xlplugin.periods import say_date
from xlplugin.schema import EARLY

ALIKE = 0.6
"""A cause so like an issue's words is not told again (as difflib measures it)."""


def preparation(story: Story) -> str:
    """Those that should have begun, by their number, since they are told above; and what holds up those under preparation,
    unless the list of issues tells the same."""
    facts = story.facts
    waiting = int(story.figure("到期未开工.项数") or 0)
    issues: dict[int, list[str]] = {}
    for kind in open_issues(story).values():
        for row, own in kind.items():
            issues.setdefault(row, []).extend(issue.words for issue in own)
    rows = [
        row for row in story.rows(f"{EARLY}.项数") if _new(facts.project(row), issues.get(row, []))
    ]
    told = story.largest(rows)
    parts = [
        f"{story.names(group)}{'均' if len(group) > 1 else ''}{because(group[0].cause, '推进缓慢', '影响整体推进')}"
        for group in grouped(told[:MOST_NAMES], lambda project: reason(project.cause))
    ]
    rest = f"等{story.counted(len(told))}" if len(told) > MOST_NAMES else ""
    if not parts and not waiting:
        return ""
    return story.say(
        "前期问题",
        未开工项数=waiting,
        未到项数=story.figure("未到开工时间.项数"),
        分述="；".join(parts) + rest,
        项数=len(told) + waiting,
    )


def _new(project: Project, told: Sequence[str]) -> bool:
    """Whether something holds the project up that has not been told in these words."""
    cause = "" if project.finished else reason(project.cause)
    return bool(cause) and all(
        SequenceMatcher(None, cause, words).ratio() <= ALIKE for words in told
    )


def pace(story: Story) -> str:
    """The whole against the schedule: said only as it is, and only while something lags that should not."""
    gap, done = story.share("全部.差距"), story.share("全部.完成率")
    words = {BEHIND: "未达到序时进度"}
    if "前期问题" not in story.said:
        words["到期未开工"] = NOT_STARTED
    lagging = [
        f"{story.counted(count)}{word}"
        for name, word in words.items()
        if (count := story.figure(f"{name}.项数"))
    ]
    slow = gap is not None and gap < 0
    if not slow and not lagging:
        return ""
    return story.say(
        "进度问题",
        滞后=slow,
        占比=story.figure("全部.完成率") if story.figures.whole.done else "",
        差额=story.words.points(gap) if gap else "",
        持平=gap == 0,
        落后情况="、".join(lagging),
        未完成=done is not None and done < 1,
        年终=story.clock.year_over,
        时间紧=story.clock.pressing,
        施工期已过=story.clock.season_over,
        **season_names(story),
    )


def issues(story: Story) -> str:
    """Open issues by kind, in the order of the list, what is of no kind last."""
    kinds = open_issues(story)
    many = sum(map(len, kinds.values())) > 2 * MOST_NAMES
    said = [
        text
        for kind in sorted(kinds, key=lambda kind: kind == OTHER)
        if (
            text := story.say(
                "分类问题",
                类别=kind,
                项数=len(kinds[kind]),
                分述=issues_said(story, kinds[kind], few=1 if many else MOST_NAMES),
            )
        )
    ]
    return story.say("困难问题", 各类="。".join(said)) if said else ""


def season_names(story: Story) -> dict[str, object]:
    season, as_of = story.settings.season, story.settings.as_of
    if season is None:
        return {"施工期余日": 0, "施工期末": ""}
    end = season.days(as_of.year)[1]
    return {"施工期余日": story.figure("全部.施工期余日"), "施工期末": say_date(end, year=False)}
