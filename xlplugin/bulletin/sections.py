"""What each delivered row says: how it goes (项目进展情况), what is wrong (存在问题), what comes next (下一步工作打算)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin import attachments, opening, projects, ranking
from xlplugin.bulletin.appendix import APPENDIX_LIMIT
from xlplugin.bulletin.changes import since_last_month
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.bulletin.words import grouped, listing
from xlplugin.figures.said import reason
from xlplugin.flags import BEHIND, NOT_STARTED, ON_SCHEDULE
from xlplugin.flags.facts import Project
from xlplugin.periods import expectation, expected_by, say_date
from xlplugin.schema import EARLY, OF_BUILDING


def told(story: Story, row: Entry) -> Iterable[str]:
    """A row's lines of text; "" where there is nothing to say."""
    if row.key is None:
        return [story.own(row)]
    if lines := LISTED.get(row.key):
        return lines(story, story.listed(row))
    return [TOLD[row.key](story)]


def _progress(story: Story) -> str:
    """The counts."""
    basis = story.settings.start_basis
    return story.say(
        "进展总述",
        在建项数=story.figure("在建.项数"),
        开工项数=story.figure("已开工.项数"),
        未开工项数=story.figure("未开工.项数"),
        开工率=story.figure("全部.开工率") or NO_RATIO,
        开工率口径=""
        if basis == OF_BUILDING
        else f"{basis}项目{story.counted(story.figure('全部.开工率基数'))}",
        达到项数=story.figure("达到序时.项数"),
        未达到项数=story.figure("未达到序时.项数"),
        暂不评价项数=story.figure("暂不评价.项数"),
    )


def _level(story: Story) -> str:
    """The heading of one level's projects."""
    if not story.items:
        return ""
    return story.say("未达到级别标题", 级别=story.items[-1].text, 项数=story.count(BEHIND))


def _preparation(story: Story) -> str:
    """Projects under preparation and not started, with their causes; those that share one are named together."""
    facts = story.facts
    slow = facts.where("nature", EARLY) | facts.where("status", NOT_STARTED)
    told = [project for _, project in facts.rows(slow) if reason(project.cause)]
    if not told:
        return ""
    parts = []
    for group in grouped(told, lambda project: reason(project.cause)):
        both = f"{story.counted(len(group))}均" if len(group) > 1 else ""
        parts.append(f"{story.names(group)}{both}因{reason(group[0].cause)}")
    return story.say("前期问题", 分述="；".join(parts), 项数=len(told))


def _pace(story: Story) -> str:
    """The whole against the schedule: said only as it is, and only while something lags."""
    gap = story.share("全部.差距")
    lagging = [
        f"{story.counted(count)}{word}"
        for status, word in ((BEHIND, "未达到序时进度"), (NOT_STARTED, NOT_STARTED))
        if (count := story.figure(f"{status}.项数"))
    ]
    slow = gap is not None and gap < 0
    if not lagging and not slow:
        return ""
    return story.say(
        "进度问题",
        滞后=slow,
        占比=story.figure("全部.完成率"),
        差额=story.words.points(gap) if gap else "",
        持平=gap == 0,
        落后情况="、".join(lagging),
        **_season(story),
    )


def _season(story: Story) -> dict[str, object]:
    season, as_of = story.settings.season, story.settings.as_of
    if season is None:
        return {"施工期余日": 0, "施工期末": ""}
    end = season.days(as_of.year)[1]
    return {"施工期余日": story.figure("全部.施工期余日"), "施工期末": say_date(end, year=False)}


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


def _start(story: Story) -> str:
    """The projects not started again, and by when they are to start."""
    if not (rows := story.figures.not_started):
        return ""
    waiting = story.projects(rows)
    return story.say(
        "抓前期",
        未开工名单=story.names(waiting),
        项数=story.figure(f"{NOT_STARTED}.项数"),
        开工安排=_arrangement(story, waiting),
    )


def _push(story: Story) -> str:
    """The season, those behind, and the departments."""
    rows = story.figures.behind
    return story.say(
        "抓调度",
        滞后名单=story.names(story.projects(rows)),
        项数=story.figure(f"{BEHIND}.项数"),
        部门=listing(story.settings.departments),
        **_season(story),
    )


def _solve(story: Story) -> str:
    """Standing rules, and the kinds of issues."""
    kinds = [kind for kind in projects.open_issues(story) if kind]
    return story.say("解难题", 机制=listing(story.settings.mechanisms), 问题类别=listing(kinds))


def _too_long(story: Story) -> str:
    """Where the table is, where it is too long for a document."""
    long = len(story.facts.data) > APPENDIX_LIMIT
    return story.say("附表从略", 进度表=story.analysis) if long else ""


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


LISTED: Mapping[str, Callable[[Story, Sequence[int]], Iterable[str]]] = {
    "未开工单项": projects.not_started,
    "达到情况": projects.on_schedule,
    "未达到单项": projects.behind,
}
"""Rows that tell of the projects in 逐项, those that share a cause together."""

TOLD: Mapping[ParagraphKey, Callable[[Story], str]] = {
    "标题": lambda story: story.say("标题"),
    "文号": opening.number,
    "主送": opening.addressee,
    "总体情况": opening.overview,
    "口径说明": opening.yardstick,
    "四舍五入说明": opening.rounded,
    "进展标题": lambda story: story.say("进展标题"),
    "进展总述": _progress,
    "与上月相比": since_last_month,
    "未开工标题": lambda story: story.say("未开工标题", 项数=story.count(NOT_STARTED)),
    "达到标题": lambda story: story.say("达到标题", 项数=story.count(ON_SCHEDULE)),
    "未达到标题": lambda story: story.say("未达到标题", 项数=story.count(BEHIND)),
    "未达到级别标题": _level,
    "排名标题": lambda story: story.say("排名标题"),
    "排名情况": ranking.said,
    "问题标题": lambda story: story.say("问题标题"),
    "前期问题": _preparation,
    "进度问题": _pace,
    "困难问题": _issues,
    "打算标题": lambda story: story.say("打算标题"),
    "打算引言": lambda story: story.say(
        "打算引言", 有问题=bool(story.said & {"前期问题", "进度问题", "困难问题"})
    ),
    "抓前期": _start,
    "抓调度": _push,
    "解难题": _solve,
    "附件说明": attachments.note,
    "附表从略": _too_long,
    "落款": lambda story: story.say("落款", 发文单位=story.settings.office),
}
"""What every other delivered row says."""
