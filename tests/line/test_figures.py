"""What is about to be printed is counted once more: figures that do not close stop the bulletin, whatever the ledger said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from line.desk import behind, early, problems, project, see, unstarted

from xlplugin import pipeline
from xlplugin.checks import closing
from xlplugin.flags.figures import Figures, count

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
