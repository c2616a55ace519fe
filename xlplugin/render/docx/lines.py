"""Where a centred text of several lines is broken, so that they are about equally long."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from xlplugin.measure import CLOSING, OPENING, width

BEFORE = re.compile(
    "关于|推进|进展|完成|建设|重点|工程|项目|投资|情况|进度|实施|落实|年度|计划|责任|状态"
)
"""Words of titles and column heads that a line may well begin with; nothing of them is printed by this module."""

NEVER_FIRST = f"的之地得和与及{CLOSING}"
SPLIT_WORD, ODD_PLACE = 1000.0, 4.0
"""What a bad break costs, beside the squares of the lines' differences from their mean."""
MOST_LINES, LONGEST = 6, 200
"""More lines than that are no title any more; a text that is longer in characters is left to the word processor."""


def balanced(text: str, room: float) -> list[str]:
    """The text in as few lines as fit into `room` characters, about equally long, none broken within a word or number.

    A line break of the text itself stays (a clerk may have set it).
    """
    parts = [part.strip() for part in text.splitlines()] or [""]
    return [
        line
        for part in parts
        for line in (_balanced(part, room) if len(part) <= LONGEST else [part])
    ]


def _balanced(text: str, room: float) -> list[str]:
    places = [0]
    for character in text:
        places.append(places[-1] + int(2 * width(character)))
    count = max(1, math.ceil(places[-1] / (2 * room)))
    while (found := _broken(text, [place / 2 for place in places], count, room)) is None:
        count += 1
        if count > len(text):
            return [text]
    return found


def _broken(text: str, places: list[float], count: int, room: float) -> list[str] | None:
    """The best way to `count` lines; None where there is none within the room."""
    ideal = places[-1] / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(1, count + 1):
        ends = range(1, len(text) + 1) if line < count else (len(text),)
        best = {
            end: min(options, key=lambda option: (option[0], [-cut for cut in option[1]]))
            for end in ends
            if (
                options := [
                    (
                        cost
                        + (places[end] - places[start] - ideal) ** 2
                        + (_awkward(text, end) if end < len(text) else 0.0),
                        (*cuts, end),
                    )
                    for start, (cost, cuts) in best.items()
                    if start < end and places[end] - places[start] <= room
                ]
            )
        }
    if not best:
        return None
    cost, cuts = best[len(text)]
    return (
        None
        if cost >= SPLIT_WORD and count < min(len(text), MOST_LINES)
        else [text[a:b] for a, b in pairwise(cuts)]
    )


def _awkward(text: str, at: int) -> float:
    """How bad a break before this character is."""
    before, after = text[at - 1], text[at]
    if (
        after in NEVER_FIRST
        or before in OPENING
        or (before.isascii() and after.isascii())
        or (before.isascii() and before.isdigit())
    ):
        return SPLIT_WORD
    return 0.0 if BEFORE.match(text, at) else ODD_PLACE
