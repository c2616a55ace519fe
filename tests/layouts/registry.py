"""The list of layouts: each draws a workbook and says what a clerk may expect of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook

from layouts.projects import PROJECTS, Made

Draw = Callable[[Workbook], None]
Want = Literal["right", "asked", "either"]


@dataclass(frozen=True)
class Layout:
    """`right`: the true figures, without a question. `asked`: no bulletin, at most two errors. `either`: one of the two."""

    kind: str
    key: str
    title: str
    draw: Draw
    want: Want
    projects: tuple[Made, ...] = PROJECTS
    parts: tuple[str, ...] = ()
    """The attributes by which the bulletin must count: level, nature."""


LAYOUTS: list[Layout] = []


def layout(
    kind: str,
    title: str,
    want: Want = "right",
    projects: Sequence[Made] = PROJECTS,
    parts: tuple[str, ...] = (),
) -> Callable[[Draw], Draw]:
    """Register a layout under the function's name."""

    def register(draw: Draw) -> Draw:
        LAYOUTS.append(Layout(kind, draw.__name__, title, draw, want, tuple(projects), parts))
        return draw

    return register
