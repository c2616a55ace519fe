"""How wide a text is and how much room it takes. Offices print, and a cut-off line is a lost line."""

from __future__ import annotations

import math
import re
import unicodedata

LEAST_HEIGHT, HIGHEST = 18.0, 409.0
"""Points of a row: what suits one line of a table, and where Excel's rows end."""
_PIXELS_PER_UNIT = 7.3
"""Of a column's width: a digit of 宋体 11, the workbook's default font; 8 at most, less on finer screens."""
_PADDING = 5
_LINE = 1.4
"""Height of a line of Chinese text, in sizes of its font; a little generous, since fonts differ between desks."""


CLOSING, OPENING = "》）〉」』”’〕、，。：；！？,.:;!?%)", "《（〈「『“‘〔("
"""What no line begins with, and what none ends with."""
_UNIT = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[A-Za-z0-9.,%+\-]+|.)[{re.escape(CLOSING)}]*", re.DOTALL
)


class _Full(dict[str, bool]):
    """Whether a character is full-width, each looked up once: a long bulletin has millions."""

    def __missing__(self, character: str) -> bool:
        return self.setdefault(character, unicodedata.east_asian_width(character) in "WFA")


_FULL = _Full()


def width(text: str, narrow: float = 0.5) -> float:
    """Width in full-width characters; any other is `narrow`, which in some fonts is a little more than ½."""
    full = sum(map(_FULL.__getitem__, text))
    return full + narrow * (len(text) - full)


def lines(text: str, room: float, narrow: float = 0.5) -> int:
    """Lines a text takes where `room` full-width characters fit; its own line breaks are kept."""
    if "\n" in text:
        return sum(lines(part, room, narrow) for part in text.split("\n"))
    if len(text) <= room:  # whatever its characters are
        return 1
    return math.ceil(width(text, narrow) / room)


_NUMBER = re.compile(r"[+\-−]?[\d,]+(\.\d+)?%?|—|")


def is_number(text: str) -> bool:
    """Whether a cell as it is printed holds a number, or stands empty where one would be."""
    return bool(_NUMBER.fullmatch(text))


def broken(text: str, room: float, narrow: float = 0.5) -> int:
    """Lines of a paragraph as programs break it: no number or word within, no mark at a line's wrong end."""
    count, left = 1, room
    for unit in _UNIT.findall(text):
        size = width(unit, narrow) if len(unit) > 1 else 1 if _FULL[unit] else narrow
        if size > left:
            more = math.ceil(size / room) - 1
            count += more + (left < room)
            left = room * (more + 1)
        left -= size
    return count


def room(column: float, size: float) -> float:
    """Full-width characters of a font of `size` points that fit in a line of a column so wide."""
    return max(2, int((column * _PIXELS_PER_UNIT - _PADDING) / (size * 4 / 3 / 2))) / 2


def height_of(text: str, column: float, size: float = 10) -> float:
    """Points of row height that show all of a wrapped text in a column so wide: Excel fits no row that a program writes."""
    count = lines(text, room(column, size))
    return LEAST_HEIGHT if count == 1 and size <= 11 else count * size * _LINE + 4
