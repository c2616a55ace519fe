"""Where office and date stand at the end of the text (GB/T 9704-2012, 7.3.5). Widths and places in characters."""

from __future__ import annotations

from dataclasses import dataclass

from xlplugin.render.docx.page import CHARACTERS

SEAL_LINES = 2
"""Blank lines above a signature to be sealed: the head of a seal of 42 mm then lies within one line of the text."""

AFTER_SEALED, AFTER_UNSEALED, STEP = 4, 2, 2
"""Characters kept free to the right: of a sealed date, of an unsealed office; how far the unsealed date steps in."""


@dataclass(frozen=True, slots=True)
class Indents:
    """Left indents of office and date, whether they are centred between it and the margin, blank lines above."""

    office: float
    date: float
    centred: bool
    lines: int


def place(office: float, date: float, *, seal: bool) -> Indents:
    """Where an office and a date of these widths go; 0 is the width of one that is not there."""
    if seal:
        room = max((date or office) + 2 * AFTER_SEALED, office)
        left = max(CHARACTERS - room, 0)
        return Indents(left, left, True, SEAL_LINES)
    if not office or not date:
        left = max(CHARACTERS - AFTER_UNSEALED - office - date, 0)
        return Indents(left, left, False, 1)
    left = max(
        min(CHARACTERS - AFTER_UNSEALED - office, CHARACTERS - AFTER_UNSEALED - STEP - date), 0
    )
    return Indents(left, left + STEP, False, 1)
