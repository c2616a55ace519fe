"""How much room a text takes: characters, lines, row heights. Offices print, and a cut-off line is a lost line."""

from __future__ import annotations

import math
import unicodedata

_PIXELS_PER_UNIT = 7.3
"""Of a column's width: a digit of 宋体 11, the workbook's default font; 8 at most, less on finer screens."""
_PADDING = 5
_LINE = 1.4
"""Height of a line of Chinese text, in sizes of its font; a little generous, since fonts differ between desks."""
LEAST_HEIGHT = 18.0


def width_of(text: str) -> int:
    """Half-width characters that a text is wide: a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines_of(text: str, per_line: int) -> int:
    """Lines a text takes where `per_line` half-width characters fit; its own line breaks are kept."""
    return sum(max(1, math.ceil(width_of(line) / per_line)) for line in text.split("\n"))


def per_line(width: float, size: float) -> int:
    """Half-width characters of a font of `size` points that fit in a column `width` wide."""
    return max(2, int((width * _PIXELS_PER_UNIT - _PADDING) / (size * 4 / 3 / 2)))


def height_of(text: str, width: float, size: float) -> float:
    """Points of row height that show all of a wrapped text in a column `width` wide."""
    lines = lines_of(text, per_line(width, size))
    return LEAST_HEIGHT if lines == 1 and size <= 11 else lines * size * _LINE + 4
