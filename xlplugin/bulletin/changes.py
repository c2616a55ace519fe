"""与上月相比: what is new this month, in clauses: the good first; of last month only what it left a record of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from xlplugin.amounts import half_up
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import MOST_NAMES, a_few
from xlplugin.flags.facts import Project
from xlplugin.flags.history import History

LONG = 180
"""Clauses that are longer together are sentences of their own."""


def since_last_month(story: Story, introduces: bool) -> str:
    """One paragraph: what was done, who began, finished, caught up, fell behind or keeps lagging, who came, who left, what was
    not kept. In January nothing is compared with another year's plan."""
    history = story.history
    compared = history if story.settings.as_of.month > 1 else None
    clauses = {
        "新增投资": _added(story) if compared else "",
        "完成率变化": _rate(story) if compared else "",
        "新开工": _named("本月新开工", story, "本月.状态=新开工"),
        "竣工": _named("本月竣工", story, "本月.状态=竣工"),
        "已赶上": _named("上月未达到、本月已赶上序时进度", story, "已赶上") if compared else "",
        "新增滞后": _fallen(story) if compared else "",
        "连续滞后": _streaks(story, compared) if compared else "",
        "调入": _named("调入", story, "调入") if compared else "",
        "调出": _left(story, compared) if compared else "",
        "未兑现": _broken(story, history) if history else "",
    }
    if not any(clauses.values()):
        return ""
    return story.say(
        "与上月相比",
        各项=_together(clauses),
        有上月=compared is not None,
        引出=introduces,
        **clauses,
    )


_SENTENCES: tuple[tuple[str, ...], ...] = (
    ("新增投资", "完成率变化"),
    ("新开工", "竣工", "已赶上"),
    ("新增滞后", "连续滞后", "未兑现"),
    ("调入", "调出"),
)


def _together(clauses: Mapping[str, str]) -> str:
    """The clauses as one sentence, or, where they are long, as one for each kind of news."""
    kinds = [[clauses[key] for key in kind if clauses[key]] for kind in _SENTENCES]
    first, *rest = kinds
    parts = ["，".join(first), *(_joined(kind) for kind in rest)]
    said = [part for part in parts if part]
    together = "；".join(said)
    return together if len(together) <= LONG else "。".join(said)


def _joined(kind: Sequence[str]) -> str:
    together = "；".join(kind)
    return together if len(together) <= LONG else "。".join(kind)


def _added(story: Story) -> str:
    value = story.named["全部.新增完成投资"].value
    return (
        f"新增完成投资{story.figure('全部.新增完成投资')}"
        if isinstance(value, int) and value > 0
        else ""
    )


def _rate(story: Story) -> str:
    change = story.share("全部.完成率变化")
    if change is None:
        return ""
    if not half_up(change * 100, story.words.share_decimals):
        return "完成率基本持平"
    return f"完成率{'提高' if change > 0 else '下降'}{story.words.points(change)}个百分点"


def _named(what: str, story: Story, word: str) -> str:
    count = story.figure(f"{word}.项数")
    names = story.names(story.largest(story.rows(word)), counted=False)
    return f"{what}{story.counted(count)}（{names}）" if count else ""


def _fallen(story: Story) -> str:
    """Who fell behind; of one that has only begun this month it is said, since that is good news, too."""
    said = _named("新增未达到序时进度", story, "新增滞后")
    fallen = story.rows("新增滞后")
    begun = set(fallen) & set(story.rows("本月.状态=新开工"))
    if not said or not begun:
        return said
    all_of_them = "均" if len(fallen) > 1 else ""
    who = all_of_them if len(begun) == len(fallen) else f"其中{story.names(story.largest(begun))}"
    return f"{said[:-1]}，{who}为本月新开工）"


def _streaks(story: Story, history: History) -> str:
    """连续未达到序时进度3项（甲连续3个月，乙、丙均连续2个月）; the longest first, and no more names than a sentence bears."""
    months = {row: run for row, run in history.streaks.items() if run > 1}
    rows = sorted(months, key=lambda row: -months[row])
    parts = [
        f"{story.names(group)}{'均' if len(group) > 1 else ''}连续{run}个月"
        for run, group in _runs(story, rows[:MOST_NAMES], months)
    ]
    rest = "等" if len(rows) > MOST_NAMES else ""
    count = story.figure("连续滞后.项数")
    return f"连续未达到序时进度{story.counted(count)}（{'，'.join(parts)}{rest}）" if parts else ""


def _runs(
    story: Story, rows: Sequence[int], months: dict[int, int]
) -> Iterator[tuple[int, list[Project]]]:
    for run, group in groupby(rows, key=lambda row: months[row]):
        yield run, story.largest(list(group))


def _left(story: Story, history: History) -> str:
    count = story.figure("全部.调出项数")
    return (
        f"调出{story.counted(count)}（{a_few(history.left, len(history.left))}）"
        if history.left
        else ""
    )


def _broken(story: Story, history: History) -> str:
    count, told = story.figure("未兑现.项数"), list(history.broken.items())
    names = [
        f"{story.name(story.facts.project(row))}原预计{story.clock.promise(promise)[0]}开工"
        for row, promise in told[:MOST_NAMES]
    ]
    rest = "等" if len(told) > MOST_NAMES else ""
    return (
        f"预计开工时间已过而未开工{story.counted(count)}（{'，'.join(names)}{rest}）"
        if names
        else ""
    )
