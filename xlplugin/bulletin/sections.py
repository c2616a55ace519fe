"""What each delivered row says, and who says it; how it goes (项目进展情况) is said here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin import attachments, opening, plans, projects, ranking, troubles
from xlplugin.bulletin.changes import since_last_month
from xlplugin.bulletin.outline import Entry
from xlplugin.bulletin.room import APPENDIX_LIMIT
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.wording import ParagraphKey
from xlplugin.flags import BEHIND, NOT_STARTED, ON_SCHEDULE
from xlplugin.schema import OF_BUILDING, UNRATED


def told(story: Story, row: Entry) -> Iterable[str]:
    """A row's lines of text; "" where there is nothing to say."""
    if row.key is None:
        return [story.own(row)]
    if lines := LISTED.get(row.key):
        return lines(story, story.listed(row))
    return [TOLD[row.key](story)]


_SAID = {ON_SCHEDULE: "达到序时进度", BEHIND: "未达到序时进度", NOT_STARTED: NOT_STARTED}


def _progress(story: Story) -> str:
    """The counts; a state that no project has is not spoken of."""
    basis, lists = story.settings.start_basis, story.figures.lists
    unrated = UNRATED if not story.figures.whole.plan else f"未下达年度计划、{UNRATED}"
    said = {**_SAID, UNRATED: unrated}
    parts = [
        f"{word}{story.counted(story.figure(f'{status}.项数'))}"
        for status, word in said.items()
        if lists[status]
    ]
    alone = len(lists[NOT_STARTED]) == story.figures.whole.count
    return story.say(
        "进展总述",
        在建项数=story.figure("在建.项数"),
        开工项数=story.figure("已开工.项数"),
        未开工项数=story.figure("未开工.项数"),
        未到项数=story.figure("未到开工时间.项数"),
        开工率=story.figure("全部.开工率") or NO_RATIO,
        开工率口径=""
        if basis == OF_BUILDING
        else f"{basis}项目{story.counted(story.figure('全部.开工率基数'))}",
        达到项数=story.figure("达到序时.项数"),
        未达到项数=story.figure("未达到序时.项数"),
        暂不评价项数=story.figure(f"{UNRATED}.项数"),
        各类="" if alone or len(parts) == 1 else "，".join(parts),
        一类=""
        if alone or len(parts) > 1
        else next(said[status] for status in said if lists[status]),
        引出=_introduces(story) and not _compares(story),
    )


def _compares(story: Story) -> bool:
    """Whether the paragraph about last month follows, and leads on to what is below."""
    follows = any(row.key == "与上月相比" for row in story.wording.outline)
    return follows and bool(since_last_month(story, introduces=False))


def _introduces(story: Story) -> bool:
    """Whether projects are told one by one below."""
    return bool(story.figures.not_started or story.figures.behind)


def _level(story: Story) -> str:
    """The heading of one level's projects."""
    if not story.items:
        return ""
    return story.say("未达到级别标题", 级别=story.items[-1].text, 项数=story.count(BEHIND))


def _others(story: Story) -> str:
    """Where the rest is told, where the text tells only the worst."""
    if not story.is_many(story.figures.behind, BEHIND):
        return ""
    count = story.figure(f"{BEHIND}.项数")
    return story.say("其余未达到", 列出=story.settings.detailed, 项数=count, 附件=story.place)


def _too_long(story: Story) -> str:
    """Where the table is, where it is too long for a document."""
    long = len(story.facts.data) > APPENDIX_LIMIT
    return story.say("附表从略", 进度表=story.analysis) if long else ""


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
    "与上月相比": lambda story: since_last_month(story, introduces=_introduces(story)),
    "未开工标题": lambda story: story.say("未开工标题", 项数=story.count(NOT_STARTED)),
    "达到标题": lambda story: story.say("达到标题", 项数=story.count(ON_SCHEDULE)),
    "未达到标题": lambda story: story.say("未达到标题", 项数=story.count(BEHIND)),
    "未达到级别标题": _level,
    "其余未达到": _others,
    "排名标题": lambda story: story.say("排名标题"),
    "排名情况": ranking.said,
    "问题标题": lambda story: story.say("问题标题"),
    "前期问题": troubles.preparation,
    "进度问题": troubles.pace,
    "困难问题": troubles.issues,
    "打算标题": lambda story: story.say("打算标题"),
    "打算引言": plans.lead,
    "抓前期": plans.start,
    "抓调度": plans.push,
    "解难题": plans.solve,
    "附件说明": attachments.note,
    "附表从略": _too_long,
    "落款": lambda story: story.say("落款", 发文单位=story.settings.office),
}
"""What every other delivered row says."""
