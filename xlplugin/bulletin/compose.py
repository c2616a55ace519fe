"""Figures and wording → the bulletin as data. Sections that have nothing to say are dropped and the numbering closes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from xlplugin.amounts import half_up
from xlplugin.bulletin import sections
from xlplugin.bulletin.appendix import appendix
from xlplugin.bulletin.blocks import (
    Block,
    Bulletin,
    Heading,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.bulletin.charts import charts
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.template import Wording
from xlplugin.bulletin.words import chinese, levels_name
from xlplugin.errors import Problem
from xlplugin.figures import Names
from xlplugin.figures.counted import Figures, Sums
from xlplugin.figures.said import Words
from xlplugin.flags import Facts
from xlplugin.indicators import Conditions
from xlplugin.periods import days_in_year, say_date
from xlplugin.schema import ANALYSIS, DAILY, EARLY, MONTHLY, MONTHLY_FACTOR, SEASONAL

APPENDIX_LIMIT = 2000
"""A table of more projects than this is no document any more: the bulletin then points to the analysis sheet."""


def compose(
    names: Names,
    figures: Figures,
    wording: Wording,
    errors: int = 0,
    analysis: str = ANALYSIS.title,
) -> tuple[Bulletin, tuple[Problem, ...]]:
    """Write the bulletin; the problems are the clerk's templates that failed on these figures.

    `errors` is how many errors were forced: the text then says that it is no fair copy, and counts those templates as well.
    `analysis` is the name that 进度分析 bears in this workbook.
    """
    story = Story(names, figures, wording, analysis)
    table = appendix(story) if has_appendix(story.facts) else None
    opening = [*_head(story), *_overview(story)]
    rest = [*_sections(story), *_close(story, table)]
    blocks = (*opening, *_forced(story, errors), *rest)
    return Bulletin(blocks, tuple(story.told)), tuple(story.failed)


def has_appendix(facts: Facts) -> bool:
    """Whether the bulletin has its table of all projects."""
    return facts.settings.appendix and len(facts.data) <= APPENDIX_LIMIT


def has_charts(facts: Facts) -> bool:
    """Whether the bulletin has charts, which stand behind the table."""
    return facts.settings.charts and has_appendix(facts)


def _sections(story: Story) -> Iterator[Block]:
    number = 0
    troubles = sections.troubles(story)
    for heading, content in (
        sections.progress(story),
        troubles,
        sections.plans(story, trouble=bool(troubles[1])),
    ):
        if content and heading:
            number += 1
            yield Heading(1, f"{chinese(number)}、{heading}")
        yield from content


def _close(story: Story, table: PrintedTable | None) -> Iterator[Block]:
    """Below the sections: what is attached, who signs, the table and the charts."""
    settings = story.settings
    if table and (note := story.say("附件说明", 附表名=table.title)):
        yield Line("附件", note)
    if len(story.facts.data) > APPENDIX_LIMIT:
        yield from story.paragraph("附表从略", 进度表=story.analysis)
    if settings.office or settings.issued:
        yield Signature(settings.office, say_date(settings.issued) if settings.issued else "")
    if table:
        yield Line("附件标签", "附件")
        yield table
        yield from charts(story) if has_charts(story.facts) else ()


def _forced(story: Story, errors: int) -> Iterator[Block]:
    """The note on a draft that was forced: said when all else has been, since a template that failed is an error, too.

    Its own template may be the one: it is tried, then said with the whole number.
    """
    if count := errors + len(story.failed):
        story.say("强制生成说明", 错误数=count)
        yield from story.paragraph("强制生成说明", 错误数=errors + len(story.failed))


def _head(story: Story) -> Iterator[Block]:
    if title := story.say("标题"):
        yield Title(title)
    if story.settings.number:
        yield Line("文号", story.settings.number)
    if story.settings.addressee:
        yield Line("主送", story.settings.addressee.rstrip("：:") + "：")


def _overview(story: Story) -> Iterator[Block]:
    """The opening paragraph with the sums, the yardstick, and what must be said about them."""
    figures, words = story.figures, story.words
    whole = figures.whole
    yield from story.paragraph(
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
    yield from _yardstick(story)
    if _rounded_apart(story):
        yield from story.paragraph("四舍五入说明")


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


def _yardstick(story: Story) -> Iterator[Paragraph]:
    """Which yardstick was used, and how it comes to its figure (never left unsaid again)."""
    at, words, tolerance = story.facts.conditions, story.words, story.settings.tolerance
    own = Counter(story.facts.data["used"][~story.facts.where("used", at.yardstick)].tolist())
    yield from story.paragraph(
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
