"""The opening: title and address, the paragraph with the sums, the yardstick, and what must be said about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from xlplugin.amounts import half_up
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import levels_name
from xlplugin.figures.counted import Sums
from xlplugin.figures.said import Words
from xlplugin.indicators import Conditions
from xlplugin.periods import days_in_year
from xlplugin.schema import DAILY, EARLY, MONTHLY, MONTHLY_FACTOR, SEASONAL


def number(story: Story) -> str:
    """文号."""
    return story.say("文号", 文号=story.settings.number)


def addressee(story: Story) -> str:
    """主送, as it was entered, with or without its colon."""
    return story.say("主送", 主送=story.settings.addressee.rstrip("：:"))


def overview(story: Story) -> str:
    """The opening paragraph with the sums."""
    figures, words = story.figures, story.words
    whole = figures.whole
    return story.say(
        "总体情况",
        性质构成=_parts({f"{nature}项目": n for nature, n in figures.natures.items()}, whole.count),
        级别构成=_parts(figures.levels, whole.count),
        概算投资=words.money(whole.total),
        计划额=words.money(whole.plan) if whole.plan else "",
        完成额=words.money(whole.done),
        占比=words.percent(whole.completion),
        各组="；".join(
            text for title, group in figures.groups.items() if (text := _group(story, title, group))
        )
        if len(figures.groups) > 1
        else "",
    )


def _parts(counts: Mapping[str, int], whole: int) -> str:
    """在建项目36项，前期项目5项; what belongs to none (only in a forced draft) is said as well."""
    unknown = whole - sum(counts.values())
    return "，".join(f"{name}{n}项" for name, n in {**counts, "待核": unknown}.items() if n)


def _group(story: Story, title: str, group: Sums) -> str:
    nature = EARLY if title == EARLY else title[-2:]
    name = f"{levels_name(group.levels)}{nature}工程"
    return story.say(
        "分组情况",
        组名=name,
        项数=group.count,
        计划额=story.words.money(group.plan),
        完成额=story.words.money(group.done),
        占比=story.words.percent(group.completion),
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


def yardstick(story: Story) -> str:
    """Which yardstick was used, and how it comes to its figure (never left unsaid again)."""
    at, words, tolerance = story.facts.conditions, story.words, story.settings.tolerance
    own = Counter(story.facts.data["used"][~story.facts.where("used", at.yardstick)].tolist())
    return story.say(
        "口径说明",
        口径=at.yardstick,
        应完成=words.percent(story.figures.required),
        算式=arithmetic(at, words.decimals),
        容差=words.points(tolerance) if tolerance else "",
        另定="、".join(f"{count}项采用“{used}”口径" for used, count in own.items()),
    )


def arithmetic(at: Conditions, decimals: int) -> str:
    """A uniform yardstick's expected share as a sum: 9÷12, 273÷365; "" where it differs by project."""
    words, day = Words(decimals), at.as_of
    sums = {
        MONTHLY: f"{day.month}÷12",
        DAILY: f"{day.timetuple().tm_yday}÷{days_in_year(day.year)}",
        MONTHLY_FACTOR: f"{day.month}÷12×{words.percent(at.factor)}，最高{words.percent(at.factor_cap)}",
        SEASONAL: f"{at.season.elapsed(day)}÷{at.season.length(day.year)}天" if at.season else "",
    }
    return sums.get(at.yardstick, "")
