"""KP39: what is asked of the clerk before there is a bulletin, and what of the reading is only said."""

from __future__ import annotations

from xlplugin.errors import Problem


def question(
    title: str, cell: str, heading: str, expected: str, found: str, advice: str = ""
) -> Problem:
    """What cannot be decided: one a cause, naming the cells and what to do."""
    return Problem("KP39", "E", title, cell, heading, expected, found, advice)


def remark(
    title: str, cell: str, heading: str, expected: str, found: str, advice: str = ""
) -> Problem:
    """What was decided and should be known."""
    return Problem("KP39", "W", title, cell, heading, expected, found, advice)
