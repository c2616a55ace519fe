"""下一步工作打算: who is to do what, and by when it can still be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlplugin.bulletin.issues import open_issues
from xlplugin.bulletin.items import OTHER
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.troubles import season_names
from xlplugin.bulletin.words import MOST_NAMES, grouped, listing
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.flags.facts import Project
from xlplugin.periods import month_end, promised
from xlplugin.schema.keys import TextKey

FEW = 3
"""Units that are named, where very many projects are theirs: those that have most of them."""
SOON = "尽快"
"""When those are to start that have no date, or one that has gone by."""


def lead(story: Story) -> str:
    """What follows from the troubles, and the year's aim while it can still be reached."""
    done = story.share("全部.完成率")
    return story.say(
        "打算引言",
        有问题=bool(story.said & {"前期问题", "进度问题", "困难问题"}),
        可达标=done is not None and done < 1 and not story.clock.year_over,
    )


def start(story: Story) -> str:
    """Who is to bring the projects not started under way, and by when."""
    if not (rows := story.figures.not_started):
        return ""
    waiting = story.largest(rows)
    return story.say(
        "抓前期",
        责任单位=_units(story, waiting, NOT_STARTED),
        未开工名单=story.names(waiting),
        项数=story.figure(f"{NOT_STARTED}.项数"),
        开工安排=_arrangement(story, waiting),
    )


def push(story: Story) -> str:
    """Who is to catch up, the season, and the departments."""
    late = story.largest(story.figures.behind)
    return story.say(
        "抓调度",
        滞后名单=story.names(late),
        责任单位=_units(story, late, BEHIND),
        项数=story.figure(f"{BEHIND}.项数"),
        推进=bool(story.figures.on_schedule or story.figures.unrated),
        抢抓=story.clock.in_season,
        施工期初=story.clock.season_ahead,
        部门=listing(story.settings.departments),
        **season_names(story),
    )


def _units(story: Story, projects: Sequence[Project], status: str) -> str:
    """县住建局（甲、乙）、县水务局（丙）: who is to act, in a city the county; of many projects each one's number; "" where a
    project has nobody."""
    key: TextKey = "county" if story.facts.across_counties else "agency"
    groups = grouped(projects, lambda project: project[key])
    if not all(project[key] for project in projects):
        return ""
    few = len(projects) <= MOST_NAMES
    told = [
        f"{group[0][key]}（{story.bare_names(group) if few else _number(story, key, group[0][key], status)}）"
        for group in sorted(groups, key=lambda group: -len(group))
    ]
    most = MOST_NAMES if few else FEW
    rest = f"等{len(told)}个单位" if len(told) > most else ""
    return listing(told[:most]) + rest


def _number(story: Story, key: TextKey, unit: str, status: str) -> str:
    found = story.figure_of("项数", story.word(key, unit), story.word("status", status))
    return story.counted(found)


def solve(story: Story) -> str:
    """Standing rules, and the kinds of issues."""
    kinds = [kind for kind in open_issues(story) if kind != OTHER]
    return story.say("解难题", 机制=listing(story.settings.mechanisms), 问题类别=listing(kinds))


def _arrangement(story: Story, projects: list[Project]) -> str:
    """By when they are to start: one date for all, or each date with its projects, the next first; none given, or gone by: soon."""
    groups = grouped(projects, lambda project: _promise(story, project)[0])
    groups.sort(key=lambda group: _promise(story, group[0])[1])
    if len(groups) == 1:
        word, _ = _promise(story, projects[0])
        return (
            "争取尽快开工建设"
            if word == SOON
            else f"确保{word}{'全部' if len(projects) > 1 else ''}开工建设"
        )
    if len(projects) > MOST_NAMES:
        late = any(_promise(story, group[0])[0] == SOON for group in groups)
        return f"确保按预计时间开工建设{'，已逾期和没有定时间的争取尽快开工' if late else ''}"
    return "，".join(
        f"{story.names(group)}{'争取' if word == SOON else '确保'}{word}开工建设"
        for group in groups
        for word, _ in [_promise(story, group[0])]
    )


def _promise(story: Story, project: Project) -> tuple[str, dt.date]:
    """In what words a project is to start, and by which day; one whose day cannot be told comes last."""
    said, late = story.clock.promise(project.expected_start)
    if said and not late:
        _, day = promised(project.expected_start, story.clock.as_of)
        return said, day or dt.date.max
    if project.planned_start and story.clock.ahead(project):
        return story.clock.planned(project), month_end(project.planned_start)
    return SOON, dt.date.min
