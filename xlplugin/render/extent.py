"""How much room text needs in a cell: Excel does not fit row heights of what a program writes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

HALF = 0.53
"""A half-width character's share of a full-width one, a little more than it really has."""


class _Widths(dict[str, float]):
    """Characters' widths, each looked up once: a long bulletin has millions."""

    def __missing__(self, character: str) -> float:
        return self.setdefault(
            character, 1.0 if unicodedata.east_asian_width(character) in "WFA" else HALF
        )


_WIDTHS = _Widths()


def length(text: str) -> float:
    """A text's length in full-width characters."""
    return sum(map(_WIDTHS.__getitem__, text))


def lines(text: str, a_line: float) -> int:
    """Lines that a text takes where a line holds so many full-width characters."""
    if len(text) <= a_line:  # whatever its characters are
        return 1
    return max(1, math.ceil(length(text) / a_line))


def table_row(texts_and_widths: Iterable[tuple[str, float]]) -> float:
    """Height in points of a table row at 10 points, from its wrapped texts and their columns' widths."""
    most = max(lines(text, (width - 2) / 2) for text, width in texts_and_widths)
    return 15.0 * most + 3
