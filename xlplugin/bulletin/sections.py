"""The three sections: how it goes (项目进展情况), what is wrong (存在问题), what comes next (下一步工作打算)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin import projects, ranking
from xlplugin.bulletin.blocks import Block, Heading, Paragraph
from xlplugin.bulletin.changes import since_last_month
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.bulletin.words import chinese, grouped, listing, reason
from xlplugin.flags import NOT_STARTED
from xlplugin.flags.facts import Project
from xlplugin.periods import expectation, expected_by, say_date
from xlplugin.schema import EARLY, OF_BUILDING

Section = tuple[str, list[Block]]
Part = tuple[ParagraphKey, Sequence[int], Callable[[Story, Sequence[int]], Iterator[Block]]]


def progress(story: Story) -> Section:
    """One: counts, then the not started, the on schedule, those behind by level."""
    figures = story.figures
    basis = story.settings.start_basis
    blocks: list[Block] = [
        *story.paragraph(
            "进展总述",
            在建项数=figures.building,
            开工项数=figures.started,
            未开工项数=len(figures.not_started),
            开工率=story.words.percent(figures.start_rate) or NO_RATIO,
            开工率口径="" if basis == OF_BUILDING else f"{basis}项目{figures.start_base}项",
            达到项数=len(figures.on_schedule),
            未达到项数=len(figures.behind),
        )
    ]
    blocks += since_last_month(story)
    number = 0
    parts: tuple[Part, ...] = (
        ("未开工标题", figures.not_started, projects.not_started),
        ("达到标题", figures.on_schedule, projects.on_schedule),
        ("未达到标题", figures.behind, projects.behind),
    )
    for key, rows, write in parts:
        if rows:
            heading = story.say(key, 项数=len(rows))
            number += bool(heading)
            blocks += [Heading(2, f"（{chinese(number)}）{heading}")] if heading else []
            blocks += write(story, rows)
    rankings = [
        block for column in ranking.columns(story) for block in ranking.ranking(story, column)
    ]
    if rankings and (heading := story.say("排名标题")):
        blocks.append(Heading(2, f"（{chinese(number + 1)}）{heading}"))
    return story.say("进展标题"), [*blocks, *rankings]


def troubles(story: Story) -> Section:
    """Two: slow preparation by shared cause, overall pace, unsolved issues by kind."""
    found = [text for text in (_preparation(story), _pace(story), _issues(story)) if text]
    return story.say("问题标题"), list(_counted(found))


def _counted(texts: list[str]) -> Iterator[Block]:
    """一是 … 二是 …; a single one goes without."""
    for number, text in enumerate(texts, start=1):
        yield Paragraph(f"{chinese(number)}是{text}" if len(texts) > 1 else text)


def _preparation(story: Story) -> str:
    """Projects under preparation and not started, with their causes; those that share one are named together."""
    facts = story.facts
    slow = facts.where("nature", EARLY) | facts.where("status", NOT_STARTED)
    told = [project for _, project in facts.rows(slow) if reason(project.cause)]
    if not told:
        return ""
    parts = []
    for group in grouped(told, lambda project: reason(project.cause)):
        both = f"{len(group)}项均" if len(group) > 1 else ""
        parts.append(f"{story.names(group)}{both}因{reason(group[0].cause)}")
    return story.say("前期问题", 分述="；".join(parts), 项数=len(told))


def _pace(story: Story) -> str:
    """The whole against the schedule: said only as it is, and only while something lags."""
    figures, words = story.figures, story.words
    completion = figures.whole.completion
    gap = None if completion is None or figures.required is None else completion - figures.required
    lagging = [
        f"{len(rows)}项{word}"
        for rows, word in ((figures.behind, "未达到序时进度"), (figures.not_started, "未开工"))
        if rows
    ]
    slow = gap is not None and gap < 0
    if not lagging and not slow:
        return ""
    return story.say(
        "进度问题",
        滞后=slow,
        占比=words.percent(completion),
        差额=words.points(gap) if gap else "",
        持平=gap == 0,
        落后情况="、".join(lagging),
        **_season(story),
    )


def _season(story: Story) -> dict[str, object]:
    season, as_of = story.settings.season, story.settings.as_of
    if season is None:
        return {"施工期余日": 0, "施工期末": ""}
    end = season.days(as_of.year)[1]
    return {"施工期余日": max((end - as_of).days, 0), "施工期末": say_date(end, year=False)}


def _issues(story: Story) -> str:
    """Open issues by kind, in the order of the list; amounts, areas and households as the list has them."""
    kinds = projects.open_issues(story)
    said = [
        text
        for kind, by_project in kinds.items()
        if (
            text := story.say(
                "分类问题",
                类别=kind,
                项数=len(by_project),
                分述=projects.issue_list(story, by_project),
            )
        )
    ]
    return story.say("困难问题", 各类="；".join(said)) if said else ""


def plans(story: Story, *, trouble: bool) -> Section:
    """Three: the not started again, the season and those behind, departments and standing rules; `trouble` was told before."""
    figures = story.figures
    rows = figures.not_started
    found = []
    if rows:
        found.append(
            story.say(
                "抓前期",
                未开工名单=story.names(story.projects(rows)),
                项数=len(rows),
                开工安排=_arrangement(story, story.projects(rows)),
            )
        )
    found.append(
        story.say(
            "抓调度",
            滞后名单=story.names(story.projects(figures.behind)),
            项数=len(figures.behind),
            部门=listing(story.settings.departments),
            **_season(story),
        )
    )
    kinds = [kind for kind in projects.open_issues(story) if kind]
    found.append(
        story.say("解难题", 机制=listing(story.settings.mechanisms), 问题类别=listing(kinds))
    )
    return story.say("打算标题"), [
        *story.paragraph("打算引言", 有问题=trouble),
        *_counted([text for text in found if text]),
    ]


def _arrangement(story: Story, projects: list[Project]) -> str:
    """By when they are to start: one date for all, or each date with its projects; none given, or gone by: soon."""
    as_of = story.settings.as_of

    def promise(project: Project) -> str:
        text = expectation(project.expected_start)
        day = expected_by(text, as_of) if text else None
        return text if text and (day is None or day > as_of) else "尽快"

    groups = grouped(projects, promise)
    if len(groups) == 1:
        word = promise(projects[0])
        return (
            "争取尽快开工建设"
            if word == "尽快"
            else f"确保{word}{'全部' if len(projects) > 1 else ''}开工建设"
        )
    return "，".join(
        f"{story.names(group)}{'争取尽快' if promise(group[0]) == '尽快' else f'确保{promise(group[0])}'}开工建设"
        for group in groups
    )
