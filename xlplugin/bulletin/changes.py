"""与上月相比: what is new since last month, in clauses; nothing at all where last month left no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from xlplugin.amounts import half_up
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import listing

T = TypeVar("T")


def since_last_month(story: Story) -> str:
    """One paragraph: the rate's change, who fell behind, caught up or keeps lagging, who came, who left, what was not kept."""
    history = story.history
    if history is None:
        return ""

    def names(told: Mapping[int, T]) -> Iterator[tuple[str, T]]:
        return zip(map(story.name, story.projects(told)), told.values(), strict=True)

    clauses = {
        "完成率变化": _rate(story),
        "新增滞后": _named("新增未达到序时进度", story, "新增滞后"),
        "已赶上": _named("上月未达到、本月达到序时进度", story, "已赶上"),
        "连续滞后": _listed(
            story,
            "连续未达到序时进度",
            [f"{name}连续{months}个月" for name, months in names(history.streaks) if months > 1],
            story.figure("连续滞后.项数"),
        ),
        "调入": _named("调入", story, "调入"),
        "调出": _listed(story, "调出", history.left, story.figure("全部.调出项数")),
        "未兑现": _listed(
            story,
            "预计开工时间已过而未开工",
            [f"{name}原预计{promise}开工" for name, promise in names(history.broken)],
            story.figure("未兑现.项数"),
        ),
    }
    said = [clause for clause in clauses.values() if clause]
    return story.say("与上月相比", 各项="；".join(said), **clauses) if said else ""


def _rate(story: Story) -> str:
    change = story.share("全部.完成率变化")
    if change is None:
        return ""
    if not half_up(change * 100, story.words.decimals):
        return "完成率基本持平"
    return f"完成率{'提高' if change > 0 else '下降'}{story.words.points(change)}个百分点"


def _named(what: str, story: Story, word: str) -> str:
    count = story.figure(f"{word}.项数")
    return f"{what}{story.counted(count)}（{story.figure(f'{word}.名单')}）" if count else ""


def _listed(story: Story, what: str, names: Sequence[str], count: object) -> str:
    return f"{what}{story.counted(count)}（{listing(names)}）" if names else ""
