"""What a screen shows of an outcome, a terminal's or a page's: what was found, a closing line, why nothing was written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlplugin.errors import Problem, Severity, together

if TYPE_CHECKING:
    from xlplugin.pipeline import Outcome

ALIKE = 3
"""So many findings of one kind are told in a line; the sheet 检查结果 has them all."""

SEVERITIES: dict[Severity, str] = {"E": "错误", "W": "提醒"}
"""A severity as a clerk reads it."""

LOCKED = "台账设有打开密码：写出的工作簿和 Word 文档用同一密码；文字稿不能设密码，没有写，要的从「通报」表复制。"
"""What is said where a locked ledger's bulletin was written."""


def findings(outcome: Outcome) -> list[Problem]:
    """The problems, one a cause; `cell` says all of its cells: K7, or U40—U44（5处）."""
    from xlplugin.cells import told

    return [
        replace(first, cell=told(cells)) for first, cells in together(outcome.problems, alike=ALIKE)
    ]


def closing(outcome: Outcome) -> str:
    """How many projects and findings there are, in one line."""
    return summary(outcome, str(outcome.as_of))


def summary(outcome: Outcome, day: str) -> str:
    """The same, with the date as it is to be said."""
    figures = outcome.figures
    return f"截至{day}：{figures.whole.count}项，{figures.by_status}；{counts(outcome)}。"


def counts(outcome: Outcome) -> str:
    """How many errors and reminders there are."""
    errors = len(outcome.errors)
    return f"错误{errors}处，提醒{len(outcome.problems) - errors}处"


def stopped(outcome: Outcome) -> str:
    """Why nothing was written, and what to do."""
    return f"台账有{len(outcome.errors)}处错误，没有写任何文件。改正后再生成；一定要先看看的，加 --force。"
