"""The list of layouts: each draws a workbook and says what a clerk may expect of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl import Workbook

from layouts.projects import PROJECTS, Made
from layouts.sheets import Col, draw

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
BOTH = ("level", "nature")


def table(
    kind: str,
    key: str,
    title: str,
    cols: Sequence[Col],
    want: Want = "right",
    projects: Sequence[Made] = PROJECTS,
    parts: tuple[str, ...] = (),
    **more: Any,
) -> None:
    """Register one sheet with one plain table; `more` is what `draw` takes."""

    def drawn(book: Workbook) -> None:
        draw(book.active, cols, projects, **more)

    LAYOUTS.append(Layout(kind, key, title, drawn, want, tuple(projects), parts))


def layout(
    kind: str,
    title: str,
    want: Want = "right",
    projects: Sequence[Made] = PROJECTS,
    parts: tuple[str, ...] = (),
) -> Callable[[Draw], Draw]:
    """Register a layout under the function's name."""

    def register(drawn: Draw) -> Draw:
        LAYOUTS.append(Layout(kind, drawn.__name__, title, drawn, want, tuple(projects), parts))
        return drawn

    return register
