"""The opening: title and address, the paragraph with the sums, the yardstick, and what must be said about them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from xlplugin.amounts import half_up
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import levels_name
from xlplugin.figures.said import Words
from xlplugin.figures.words import UNKNOWN
from xlplugin.indicators import Conditions
from xlplugin.periods import days_in_year
from xlplugin.schema import (
    COMPLETION,
    DAILY,
    EARLY,
    MILESTONE,
    MONTHLY,
    MONTHLY_FACTOR,
    PLANNED,
    SEASONAL,
)
from xlplugin.schema.keys import TextKey


def number(story: Story) -> str:
    """文号."""
    return story.say("文号", 文号=story.settings.number)


def addressee(story: Story) -> str:
    """主送, as it was entered, with or without its colon."""
    return story.say("主送", 主送=story.settings.addressee.rstrip("：:"))


def overview(story: Story) -> str:
    """The opening paragraph with the sums."""
    figures = story.figures
    titles = figures.groups if len(figures.groups) > 1 else ()
    natures = _parts(story, "nature_word", figures.natures, "项目")
    levels = _parts(story, "level", figures.levels)
    return story.say(
        "总体情况",
        性质构成="，".join(natures.values()),
        级别构成="，".join(levels.values()),
        单一性质=next(iter(natures)) if len(natures) == 1 else "",
        单一级别=next(iter(levels)) if len(levels) == 1 else "",
        概算投资=story.figure("全部.总投资") if figures.whole.total else "",
        计划额=story.figure("全部.年度计划") if figures.whole.plan else "",
        完成额=story.figure("全部.完成投资"),
        已形成投资=bool(figures.whole.done),
        占比=story.figure("全部.完成率"),
        序时差距=story.words.gap(story.share("全部.差距")),
        各组="；".join(text for title in titles if (text := _group(story, title))),
    )


def _parts(story: Story, key: TextKey, words: Iterable[str], what: str = "") -> dict[str, str]:
    """在建项目 → 在建项目36项; what belongs to none (only in a forced draft) is said as well."""
    known = [(f"{word.removesuffix(what)}{what}", story.word(key, word)) for word in words]
    unknown = (UNKNOWN, story.word(key, ""))
    return {
        name: f"{name}{story.counted(story.figure_of('项数', word))}"
        for name, word in (*known, unknown)
        if story.named.of("项数", word).value
    }


def _group(story: Story, title: str) -> str:
    nature = EARLY if title == EARLY else title[-2:]
    group, sums = story.named.vocabulary.groups[title], story.figures.groups[title]
    return story.say(
        "分组情况",
        组名=f"{levels_name(sums.levels)}{nature}{story.common['工程']}",
        项数=story.figure_of("项数", group),
        计划额=story.figure_of("年度计划", group),
        完成额=story.figure_of("完成投资", group),
        已形成投资=bool(sums.done),
        占比=story.figure_of(COMPLETION.heading, group),
        有计划=bool(story.figures.whole.plan),
    )


def rounded(story: Story) -> str:
    """Why printed parts may not add up."""
    return story.say("四舍五入说明") if _rounded_apart(story) else ""


def _rounded_apart(story: Story) -> bool:
    """Whether printed parts add up to something else than the printed whole (they are never forced to)."""
    unit = 10**10 if story.words.unit == "亿元" else 10**6

    def printed(fen: int) -> Decimal:
        return half_up(Fraction(fen, unit), story.words.decimals)

    whole, groups = story.figures.whole, story.figures.groups.values()
    return len(groups) > 1 and any(
        sum(printed(getattr(group, key)) for group in groups) != printed(getattr(whole, key))
        for key in ("plan", "done")
    )


METHODS = {
    MONTHLY: "按月均进度计算",
    DAILY: "按日均进度计算",
    MONTHLY_FACTOR: "按月均进度乘以系数计算",
    PLANNED: "按各自的月度计划计算",
    SEASONAL: "按有效施工期天数计算",
    MILESTONE: "按形象节点认定",
}
"""How a yardstick is said."""


def yardstick(story: Story) -> str:
    """Which yardstick was used, and how it comes to its figure (never left unsaid again); nothing where nothing is planned."""
    at, words, tolerance = story.facts.conditions, story.words, story.settings.tolerance
    if not story.figures.whole.plan:
        return ""
    own = dict.fromkeys(story.facts.data["used"][~story.facts.where("used", at.yardstick)].tolist())
    return story.say(
        "口径说明",
        口径=at.yardstick,
        算法=METHODS[at.yardstick],
        应完成=story.figure("全部.序时进度"),
        算式=arithmetic(at, words.share_decimals),
        容差=words.points(tolerance) if tolerance else "",
        另定="、".join(
            f"{story.counted(story.figure_of('项数', story.word('used', used)))}{METHODS[used]}"
            for used in own
        ),
    )


def arithmetic(at: Conditions, decimals: int) -> str:
    """A uniform yardstick's expected share as a sum: 9÷12, 273÷365; "" where it differs by project."""
    words, day = Words(share_decimals=decimals), at.as_of
    sums = {
        MONTHLY: f"{day.month}÷12",
        DAILY: f"{day.timetuple().tm_yday}÷{days_in_year(day.year)}",
        MONTHLY_FACTOR: f"{day.month}÷12×{words.percent(at.factor)}，最高{words.percent(at.factor_cap)}",
        SEASONAL: f"{at.season.elapsed(day)}÷{at.season.length(day.year)}天" if at.season else "",
    }
    return sums.get(at.yardstick, "")
