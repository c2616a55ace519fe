"""Sentences about single projects; those that share a cause word for word are told together, of very many the worst alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from xlplugin.amounts import NO_RATIO
from xlplugin.bulletin import printed
from xlplugin.bulletin.room import LONGEST
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import a_few, because, grouped, listing
from xlplugin.figures.said import clause, reason
from xlplugin.flags import BEHIND, NOT_STARTED, ON_SCHEDULE
from xlplugin.flags.facts import Project
from xlplugin.schema import MISSED


def not_started(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """Each with its unit, cause, present state, expected tender and start, the largest first; very many in one sentence."""
    told = story.largest(rows)
    groups = grouped(told, lambda project: _blamed(story, project))
    if story.is_many(rows, NOT_STARTED):
        yield _not_started_shortly(story, told, groups)
        return
    for group in groups:
        text = _not_started_together(story, group) if len(group) > 1 else ""
        if text and len(text) <= LONGEST:
            yield text
        else:
            yield from (_not_started(story, project) for project in group)


FEW, CAUSES = 2, 5
"""Names and causes, where very many have not begun."""


def _not_started_shortly(
    story: Story, told: Sequence[Project], groups: Sequence[Sequence[Project]]
) -> str:
    causes = [
        f"{cause}（{story.counted(len(group))}）"
        for group in sorted(groups, key=lambda group: -len(group))
        if (cause := _blamed(story, group[0]))
    ]
    return story.say(
        "未开工简项",
        名单=f"{story.names(told[:FEW])}等{story.counted(len(told))}",
        项数=len(told),
        到期项数=sum(map(story.clock.due, told)),
        原因="；".join(causes[:CAUSES]) + ("等" if len(causes) > CAUSES else ""),
        附件=story.place,
    )


def _blamed(story: Story, project: Project) -> str:
    """The cause of a project that should have begun; "" of one whose time has not come."""
    return reason(project.cause) if story.clock.due(project) else ""


def _not_started_together(story: Story, group: list[Project]) -> str:
    details = [_detail(story, project) for project in group]
    alike = len(set(details)) == 1
    told = zip(group, details, strict=True)
    return story.say(
        "未开工多项",
        名单=_with_units(story, group),
        项数=len(group),
        成因=reason(group[0].cause),
        结语=because(group[0].cause, "尚未开工"),
        同述=details[0] if alike else "",
        分述="" if alike else "；".join(f"{story.name(each)}{said}" for each, said in told if said),
    )


def _not_started(story: Story, project: Project) -> str:
    due = story.clock.due(project)
    return story.say(
        "未开工单项",
        项目名=story.name(project),
        责任单位=story.unit(project),
        成因=reason(project.cause),
        结语=because(project.cause, "尚未开工"),
        计划开工="" if due else story.clock.planned(project),
        近况=clause(project.stage),
        预计=_expectation(story, project),
    )


def _detail(story: Story, project: Project) -> str:
    return "，".join(filter(None, (clause(project.stage), _expectation(story, project))))


def _expectation(story: Story, project: Project) -> str:
    """预计10月上旬完成招标、10月下旬开工建设; what has not come true is said to be overdue, or to have been expected."""
    (tender, passed), (start, late) = map(
        story.clock.promise, (project.expected_tender, project.expected_start)
    )
    if start and late:
        return f"原预计{start}开工建设{'，已逾期' if late == '逾期' else ''}"
    if tender and not passed and tender == start:
        return f"预计{start}完成招标并开工建设"
    parts = (
        f"{tender}完成招标" if tender and not passed else "",
        f"{start}开工建设" if start else "",
    )
    said = [part for part in parts if part]
    return f"预计{listing(said)}" if said else ""


def _with_units(story: Story, group: Sequence[Project]) -> str:
    """甲、乙（责任单位：县住建局）; 甲（县住建局）、乙（县水务局) where they differ."""
    units = [story.unit(project) for project in group]
    if len(set(units)) == 1:
        return story.names(group) + (f"（责任单位：{units[0]}）" if units[0] else "")
    return listing(
        story.name(project) + (f"（{unit}）" if unit else "")
        for project, unit in zip(group, units, strict=True)
    )


def on_schedule(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """A few by name with their investment, the rest as 等N项; the finished and the benchmarks, each named once."""
    if not rows:
        return
    facts, at = story.facts, story.by_size(rows)
    cited, praised = (at[facts.where(key, True)[at]] for key in ("cited", "model"))
    known = story.rows("本月.状态=竣工") if "与上月相比" in story.said else ()
    ended = at[facts.data["finished"][at] & ~np.isin(facts.data.rows[at], known)]
    finished = ended[~facts.where("model", True)[ended]]
    chosen = (cited if len(cited) else at)[: story.settings.list_limit]
    yield story.say(
        "达到情况",
        列举=listing(
            f"总投资{story.words.money(project.total)}的{story.name(project)}"
            if project.total
            else story.name(project)
            for project in map(facts.at, chosen.tolist())
        ),
        其余=len(rows) - len(chosen),
        项数=story.figure("达到序时.项数"),
        认定项数=story.figure("达到序时.形象节点.项数"),
        竣工名单=story.names(
            list(map(facts.at, finished.tolist())), counted=len(finished) == len(ended)
        ),
        此前竣工=bool(known),
        竣工项数=story.figure("达到序时.已竣工.项数"),
        标杆名单=a_few(
            (
                story.name(project, "已竣工" if project.finished else "")
                for project in map(facts.at, praised.tolist())
            ),
            len(praised),
            story.settings.counted,
        ),
        标杆项数=story.figure("达到序时.标杆.项数"),
    )


def sentence(story: Story, row: int) -> str:
    """What is said of one project on its own, whatever its status."""
    project = story.facts.project(row)
    if project.status == NOT_STARTED:
        return _not_started(story, project)
    paces = _paces(story, [project])
    if project.status == BEHIND:
        return _behind(story, project, paces)
    judged = "达到或超过序时进度" if project.status == ON_SCHEDULE else "没有年度计划，暂不评价"
    return f"{story.name(project)}。{paces[project.position]}，{judged}。"


def behind(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """Each with its unit, figures, cause, sub-projects, and what was done of what had been planned, the farthest behind first.

    Of very many only the worst, each in one sentence.
    """
    told = story.worst(rows)
    if story.is_many(rows, BEHIND):
        worst = told[: story.settings.detailed]
        paces = _paces(story, worst)
        yield from (_shortly(story, project, paces) for project in worst)
        return
    paces = _paces(story, told)
    for group in grouped(told, lambda project: reason(project.cause)):
        text = _behind_together(story, group, paces) if len(group) > 1 else ""
        if text and len(text) <= LONGEST:
            yield text
        else:
            yield from (_behind(story, project, paces) for project in group)


def _behind(story: Story, project: Project, paces: Mapping[int, str]) -> str:
    return story.say(
        "未达到单项",
        项目名=story.name(project),
        责任单位=story.unit(project),
        进度=paces[project.position],
        成因=reason(project.cause),
        结语=_lags(project),
        开工=story.clock.late_start(project),
        子项=_parts(project),
        形象=_work(project),
        测算=_outlook(story, project),
    )


def _shortly(story: Story, project: Project, paces: Mapping[int, str]) -> str:
    left = project.remaining
    return story.say(
        "未达到简项",
        项目名=story.name(project),
        责任单位=story.unit(project),
        进度=paces[project.position],
        完成率=story.words.percent(project.completion),
        差距=story.words.gap(project.gap),
        缘由=because(project.cause, ""),
        年底前=story.words.money(left) if left and not story.clock.year_over else "",
    )


def _behind_together(story: Story, group: list[Project], paces: Mapping[int, str]) -> str:
    details = "；".join(
        story.name(each)
        + "，".join(
            filter(
                None,
                (
                    paces[each.position],
                    _started(story, each),
                    _parts(each),
                    _work(each),
                    _outlook(story, each),
                ),
            )
        )
        for each in group
    )
    return story.say(
        "未达到多项",
        名单=_with_units(story, group),
        项数=len(group),
        成因=reason(group[0].cause),
        结语=_lags(group[0]),
        分述=details,
    )


def _lags(project: Project) -> str:
    """Why it lags, in words that do not say 滞后 twice."""
    cause = reason(project.cause)
    return because(cause, "工程推进不快" if "滞后" in cause else "工程进度滞后") if cause else ""


def _started(story: Story, project: Project) -> str:
    late = story.clock.late_start(project)
    return f"{late}正式开工" if late else ""


def _paces(story: Story, projects: Sequence[Project]) -> dict[int, str]:
    """年度计划投资2.00亿元，累计完成1.21亿元，完成率60.50%，低于序时14.50个百分点, of each of some projects, by position."""
    at = story.places(projects)
    facts, words = story.facts, story.words
    amounts = (printed.worded(facts, key, words, at) for key in ("plan", "done"))
    shares = (printed.shares(facts, key, words.share_decimals, at) for key in ("completion", "gap"))
    return {
        place: _pace(story, facts.at(place), *texts)
        for place, *texts in zip(at.tolist(), *amounts, *shares, strict=True)
    }


def _pace(story: Story, project: Project, plan: str, done: str, completion: str, gap: str) -> str:
    if not project.plan:
        return f"完成投资{done}" if project.done else "尚未形成投资"
    told = _gap(story, project, gap)
    said = f"累计完成{done}，完成率{completion}%" if project.done else "尚未形成投资"
    if project.done is None:
        said = "完成数待核"
    return f"年度计划投资{plan}，{said}{'，' if told else ''}{told}"


def _gap(story: Story, project: Project, printed_gap: str) -> str:
    """What is printed as nothing may be a little: then the exact gap has the word."""
    if printed_gap == NO_RATIO:
        return ""
    gap = (
        story.words.said_gap(printed_gap)
        if printed_gap.strip("-0.")
        else story.words.gap(project.gap)
    )
    if project.verdict != MISSED or printed_gap.startswith("-"):
        return gap
    return f"{gap}，但{clause(project.verdict_reason) or '经人工核实'}，认定为未达到序时进度"


def _parts(project: Project) -> str:
    parts, late = project.parts, project.parts_behind
    return (
        f"按照年初工程进度要求，{parts}个子项目中{late}个较序时进度有差距" if parts and late else ""
    )


def _outlook(story: Story, project: Project) -> str:
    """照现有进度年底预计完成1.61亿元，要完成年度计划余下3个月月均需完成0.26亿元; where 参数 asks for it."""
    if not story.settings.forecast or not project.plan:
        return ""
    year_end, monthly = project.forecast, project.run_rate
    parts = [
        f"照现有进度年底预计完成{story.words.money(int(year_end))}" if year_end is not None else "",
        f"要完成年度计划，余下{story.facts.conditions.months_left}个月月均需完成{story.words.money(int(monthly))}"
        if monthly
        else "",
    ]
    return "，".join(part for part in parts if part)


def _work(project: Project) -> str:
    """完成连廊、拱桥（原计划完成公厕建设）."""
    actual = clause(project.actual_progress)
    planned = clause(project.planned_progress).removeprefix("原计划")
    return (
        f"{actual}（原计划{planned}）"
        if actual and planned
        else actual or (f"原计划{planned}" if planned else "")
    )
