"""Figures and wording → the bulletin as data. Sections that have nothing to say are dropped and the numbering closes up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlplugin.amounts import NO_RATIO, half_up
from xlplugin.bulletin import sections
from xlplugin.bulletin.appendix import appendix
from xlplugin.bulletin.blocks import Block, Bulletin, Heading, Line, Paragraph, Signature, Title
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.template import Wording
from xlplugin.bulletin.words import chinese
from xlplugin.flags import Facts
from xlplugin.flags.figures import Figures, Sums
from xlplugin.periods import say_date
from xlplugin.schema import DAILY, EARLY, MONTHLY, MONTHLY_FACTOR, SEASONAL


def compose(facts: Facts, figures: Figures, wording: Wording, errors: int = 0) -> Bulletin:
    """Write the bulletin. `errors` is how many errors were forced: the text then says that it is no fair copy."""
    story = Story(facts, figures, wording)
    table = appendix(story) if facts.settings.appendix else None
    blocks: list[Block] = [*_head(story), *_overview(story, errors)]
    number = 0
    for part in (sections.progress, sections.troubles, sections.plans):
        heading, content = part(story)
        if content:
            number += 1
            blocks += [Heading(1, f"{chinese(number)}、{heading}"), *content] if heading else content
    if table and (note := story.say("附件说明", 附表名=table.title)):
        blocks.append(Line("附件", note))
    if facts.settings.office or facts.settings.issued:
        blocks.append(Signature(facts.settings.office, say_date(facts.settings.issued) if facts.settings.issued else ""))
    if table:
        blocks += [Line("附件标签", "附件"), table]
    return Bulletin(tuple(blocks))


def _head(story: Story) -> Iterator[Block]:
    yield Title(story.say("标题"))
    if story.settings.number:
        yield Line("文号", story.settings.number)
    if story.settings.addressee:
        yield Line("主送", story.settings.addressee.rstrip("：:") + "：")


def _overview(story: Story, errors: int) -> Iterator[Block]:
    """The opening paragraph with the sums, the yardstick, and what must be said about them."""
    figures, words = story.figures, story.words
    whole = figures.whole
    yield from story.paragraph(
        "总体情况",
        性质构成="，".join(f"{nature}项目{n}项" for nature, n in figures.natures.items() if n) or NO_RATIO,
        级别构成="，".join(f"{level}{n}项" for level, n in figures.levels.items() if n) or NO_RATIO,
        概算投资=words.money(whole.total), 计划额=words.money(whole.plan) if whole.plan else "",
        完成额=words.money(whole.done), 占比=words.percent(whole.completion),
        各组="；".join(text for title, group in figures.groups.items() if (text := _group(story, title, group)))
        if len(figures.groups) > 1 else "",
    )
    yield from _yardstick(story)
    if _rounded_apart(story):
        yield from story.paragraph("四舍五入说明")
    if errors:
        yield from story.paragraph("强制生成说明", 错误数=errors)


def _group(story: Story, title: str, group: Sums) -> str:
    nature = EARLY if title == EARLY else title[-2:]
    name = f"{''.join(level[0] for level in group.levels)}重点{nature}工程"
    return story.say("分组情况", 组名=name, 项数=group.count, 计划额=story.words.money(group.plan),
                     完成额=story.words.money(group.done), 占比=story.words.percent(group.completion))


def _rounded_apart(story: Story) -> bool:
    """Whether printed parts add up to something else than the printed whole (they are never forced to)."""
    unit = 10**10 if story.words.unit == "亿元" else 10**6

    def printed(fen: int) -> object:
        return half_up(Fraction(fen, unit), story.words.decimals)

    groups = story.figures.groups.values()
    return len(groups) > 1 and any(
        sum((half_up(Fraction(getattr(group, key), unit), story.words.decimals) for group in groups), start=half_up(0, 0))
        != printed(getattr(story.figures.whole, key)) for key in ("plan", "done"))


def _yardstick(story: Story) -> Iterator[Paragraph]:
    """Which yardstick was used, and how it comes to its figure (never left unsaid again)."""
    at, required, words = story.facts.conditions, story.figures.required, story.words
    own = sum(used != at.yardstick for used in story.facts.frame["used"])
    tolerance = story.settings.tolerance
    day = at.as_of
    sums = {
        MONTHLY: f"{day.month}÷12", DAILY: f"{day.timetuple().tm_yday}÷{(day.replace(month=12, day=31)).timetuple().tm_yday}",
        MONTHLY_FACTOR: f"{day.month}÷12×{words.percent(at.factor)}，最高{words.percent(at.factor_cap)}",
        SEASONAL: f"{at.season.elapsed(day)}÷{at.season.length(day.year)}天" if at.season else "",
    }
    yield from story.paragraph(
        "口径说明", 口径=at.yardstick, 应完成=words.percent(required), 算式=sums.get(at.yardstick, ""),
        容差=words.points(tolerance) if tolerance else "",
        另定=f"另有{own}项单独采用其他口径" + ("，见附件" if story.settings.appendix else "") if own else "",
    )


