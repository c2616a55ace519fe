"""Sentences about single projects; those that share a cause word for word are told together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from xlplugin.amounts import NO_RATIO, UNITS, to_fen
from xlplugin.bulletin import printed
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import grouped, listing
from xlplugin.figures.said import clause, reason
from xlplugin.flags import BEHIND, NOT_STARTED
from xlplugin.flags.facts import Project
from xlplugin.periods import expectation
from xlplugin.schema import SOLVED


def not_started(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """Each with its cause, present state, expected tender and start."""
    for group in grouped(story.projects(rows), lambda project: reason(project.cause)):
        if len(group) == 1:
            yield _not_started(story, group[0])
        else:
            details = [
                f"{story.name(project)}{detail}"
                for project in group
                if (detail := _detail(project))
            ]
            yield story.say(
                "未开工多项",
                名单=story.names(group),
                项数=len(group),
                成因=reason(group[0].cause),
                分述="；".join(details),
            )


def _not_started(story: Story, project: Project) -> str:
    return story.say(
        "未开工单项",
        项目名=story.name(project),
        成因=reason(project.cause),
        近况=clause(project.stage),
        预计=_expectation(project),
    )


def _detail(project: Project) -> str:
    return "，".join(filter(None, (clause(project.stage), _expectation(project))))


def _expectation(project: Project) -> str:
    """预计10月上旬完成招标、10月下旬开工建设."""
    tender, start = expectation(project.expected_tender), expectation(project.expected_start)
    parts = [f"{tender}完成招标" if tender else "", f"{start}开工建设" if start else ""]
    return "预计" + listing(part for part in parts if part) if tender or start else ""


def on_schedule(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """A few by name with their investment, the rest as 等N项; the finished and the benchmarks."""
    if not rows:
        return
    facts, at = story.facts, story.positions(rows)
    largest_first = at[np.argsort(-facts.data.whole("total")[at], kind="stable")]
    cited, finished, praised = (
        at[mask[at]]
        for mask in (facts.where("cited", True), facts.data["finished"], facts.where("model", True))
    )
    first = (cited if len(cited) else largest_first)[: story.settings.list_limit]
    chosen, done, models = (
        list(map(facts.at, each.tolist())) for each in (np.sort(first), finished, praised)
    )
    yield story.say(
        "达到情况",
        列举=listing(
            f"总投资{story.words.money(project.total)}的{story.name(project)}"
            if project.total
            else story.name(project)
            for project in chosen
        ),
        其余=len(rows) - len(chosen),
        项数=story.figure("达到序时.项数"),
        竣工名单=story.names(done),
        竣工项数=story.figure("达到序时.已竣工.项数"),
        标杆名单=story.names(models),
        标杆项数=story.figure("达到序时.标杆.项数"),
    )


def sentence(story: Story, row: int) -> str:
    """What is said of one project on its own, whatever its status."""
    project = story.facts.project(row)
    if project.status == NOT_STARTED:
        return _not_started(story, project)
    paces = _paces(story, [row])
    if project.status == BEHIND:
        return _behind(story, [project], paces)
    return f"{story.name(project)}。{paces[project.position]}，达到或超过序时进度。"


def behind(story: Story, rows: Sequence[int]) -> Iterator[str]:
    """Each with figures, cause, sub-projects, and what was done of what had been planned."""
    paces = _paces(story, rows)
    for group in grouped(story.projects(rows), lambda project: reason(project.cause)):
        yield _behind(story, group, paces)


def _behind(story: Story, group: list[Project], paces: Mapping[int, str]) -> str:
    project = group[0]
    cause = reason(project.cause)
    if len(group) == 1:
        return story.say(
            "未达到单项",
            项目名=story.name(project),
            进度=paces[project.position],
            成因=cause,
            子项=_parts(project),
            形象=_work(project),
            测算=_outlook(story, project),
        )
    details = "；".join(
        story.name(each)
        + "，".join(
            filter(None, (paces[each.position], _parts(each), _work(each), _outlook(story, each)))
        )
        for each in group
    )
    return story.say(
        "未达到多项", 名单=story.names(group), 项数=len(group), 成因=cause, 分述=details
    )


def _paces(story: Story, rows: Sequence[int]) -> dict[int, str]:
    """年度计划投资2.00亿元，完成1.21亿元，完成率60.50%，低于序时14.50个百分点, of each of some projects, by position."""
    at = story.positions(rows)
    facts, words = story.facts, story.words
    amounts = (printed.worded(facts, key, words, at) for key in ("plan", "done"))
    shares = (printed.shares(facts, key, words.decimals, at) for key in ("completion", "gap"))
    return {
        place: _pace(story, facts.at(place), *texts)
        for place, *texts in zip(at.tolist(), *amounts, *shares, strict=True)
    }


def _pace(story: Story, project: Project, plan: str, done: str, completion: str, gap: str) -> str:
    if not project.plan:
        return f"完成投资{done}"
    rate = "完成数待核" if completion == NO_RATIO else f"完成率{completion}%"
    told = _gap(story, project, gap)
    return f"年度计划投资{plan}，累计完成{done}，{rate}{'，' if told else ''}{told}"


def _gap(story: Story, project: Project, printed_gap: str) -> str:
    """What is printed as nothing may be a little: then the exact gap has the word."""
    if printed_gap.strip("-0."):
        return "" if printed_gap == NO_RATIO else story.words.said_gap(printed_gap)
    return story.words.gap(project.gap)


def _parts(project: Project) -> str:
    parts, late = project.parts, project.parts_behind
    return f"{parts}个子项目中{late}个滞后" if parts and late else ""


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


def open_issues(story: Story) -> dict[str, dict[int, list[str]]]:
    """Unsolved issues in words, by kind and project; issues of unknown projects are left out (an error says so)."""
    kinds: dict[str, dict[int, list[str]]] = {}
    lines = story.facts.issues.lines("id", "name", "kind", "text", "quantity", "measure", "state")
    for _, identity, name, kind, text, quantity, measure, state in lines:
        row = story.facts.ledger.row_of(identity, name)
        if row is None or state == SOLVED or not text:
            continue
        words = clause(text) + _extent(story, quantity, measure)
        kinds.setdefault(kind or "其他", {}).setdefault(row, []).append(words)
    return kinds


def _extent(story: Story, quantity: Decimal | None, measure: str) -> str:
    """（涉及3.85亿元）, （涉及60亩）; money in 万元 is printed in the bulletin's unit."""
    if quantity is None or quantity <= 0:
        return ""
    if measure in UNITS:
        return f"（涉及{story.words.money(to_fen(quantity, measure))}）"
    return f"（涉及{quantity.normalize():f}{measure}）"


def issue_list(story: Story, by_project: dict[int, list[str]]) -> str:
    """One kind's issues: projects with the very same one are named together."""
    groups = grouped(list(by_project), lambda row: "，".join(by_project[row]))
    return "；".join(
        f"{story.names(story.projects(group))}{story.counted(len(group)) if len(group) > 1 else ''}，{'，'.join(by_project[group[0]])}"
        for group in groups
    )
