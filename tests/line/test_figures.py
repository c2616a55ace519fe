"""What is about to be printed is counted once more: figures that do not close stop the bulletin, whatever the ledger said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from line.desk import behind, early, problems, project, see, unstarted

from xlplugin import pipeline
from xlplugin.amounts import FEN_PER_WAN
from xlplugin.checks import closing
from xlplugin.figures.counted import Figures, by_month, count

PROJECTS = (project(1), project(2, level="省重点"), behind(3), unstarted(4), early(5))


def group_without(figures: Figures, key: str) -> Figures:
    """Figures whose groups lack what one project brings to a sum."""
    title = next(iter(figures.groups))
    group = figures.groups[title]
    less = replace(group, **{key: getattr(group, key) - 1})
    return replace(figures, groups={**figures.groups, title: less})


BROKEN: dict[str, tuple[Callable[[Figures], Figures], list[str]]] = {
    "nothing": (lambda f: f, []),
    "levels": (lambda f: replace(f, levels={**f.levels, "省重点": 0}), ["KP27"]),
    "natures": (lambda f: replace(f, natures={**f.natures, "前期": 2}), ["KP27"]),
    "a group's count": (lambda f: group_without(f, "count"), ["KP28"]),
    "a group's investment": (lambda f: group_without(f, "total"), ["KP28"]),
    "a group's plan": (lambda f: group_without(f, "plan"), ["KP28"]),
    "a group's done": (lambda f: group_without(f, "done"), ["KP28"]),
    "started": (lambda f: replace(f, started=f.started + 1), ["KP29"]),
    "one listed twice": (
        lambda f: replace(f, lists={**f.lists, "达到序时": (*f.on_schedule, *f.behind)}),
        ["KP30"],
    ),
    "one listed twice, another not at all": (
        lambda f: replace(f, lists={**f.lists, "达到序时": (f.on_schedule[0],) * 3}),
        ["KP30"],
    ),
}


@pytest.mark.parametrize(("spoil", "told"), BROKEN.values(), ids=BROKEN)
def test_figures_that_do_not_close_are_told(
    spoil: Callable[[Figures], Figures], told: list[str]
) -> None:
    figures = spoil(see(*PROJECTS).figures)
    assert [problem.code for problem in closing(figures, "项目台账")] == told


def test_the_bulletin_is_stopped_by_figures_that_do_not_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "count", lambda facts: BROKEN["a group's plan"][0](count(facts)))
    assert problems(see(*PROJECTS)) == ["KP28 E 项目台账!"]


def curve(**months: Any) -> tuple[list[float | None], list[float | None]]:
    """What the curve draws of one project, plan 100, done 80 in September, in 万元: planned and reached by month."""
    outcome = see(project(1), **months)
    planned, reached = zip(*by_month(outcome.facts, outcome.figures.whole), strict=True)
    return tuple(
        [fen if fen is None else fen / FEN_PER_WAN for fen in line] for line in (planned, reached)
    )


def test_the_curve_of_a_year() -> None:
    """The plan rises to the year's, evenly where no month has its own; what is to come was not reached yet."""
    evenly = [100 * month // 12 for month in range(1, 13)]
    planned, reached = curve()
    assert [int(amount or 0) for amount in planned] == evenly
    assert reached == [None] * 8 + [80] + [None] * 3
    planned, reached = curve(
        monthly_plan=[{"id": "P01", "m3": 40, "m12": 100}],
        monthly_done=[{"id": "P01", "m7": 55, "m8": 66, "m9": 79, "m10": 99}],
    )
    assert (int(planned[1] or 0), planned[2], planned[11]) == (evenly[1], 40, 100)
    assert reached == [None] * 6 + [55, 66, 80] + [None] * 3
