"""How much room text needs in a cell: Excel does not fit row heights of what a program writes."""

from __future__ import annotations

import math
import unicodedata

HALF = 0.53
"""A half-width character's share of a full-width one, a little more than it really has."""


def length(text: str) -> float:
    """A text's length in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else HALF for c in text)


def lines(text: str, a_line: float) -> int:
    """Lines that a text takes where a line holds so many full-width characters."""
    return max(1, math.ceil(length(text) / a_line))


def table_row(texts_and_widths: list[tuple[str, float]]) -> float:
    """Height in points of a table row at 10 points, from its wrapped texts and their columns' widths."""
    most = max(lines(text, (width - 2) / 2) for text, width in texts_and_widths)
    return 15.0 * most + 3
