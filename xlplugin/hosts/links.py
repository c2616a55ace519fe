"""Formulas that refer to another workbook, recognised by their text."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"[^"]*"')
_ELSEWHERE = re.compile(
    r"(?<![\w.\])}])\[[^\[\]]+\][^\[\](){},;:!'\"@%&=<>+\-*/^\s]*!"  # [1]Sheet1!A1 · [book.xlsx]Sheet1!A1 · [1]!name
    r"|'[^']*\[[^\[\]]+\](?:[^']|'')*'!"  # 'D:\年\[book.xlsx]台账'!A1 · '[1]Sheet 1'!A1
)


def refers_elsewhere(formula: str) -> bool:
    """Whether a formula (file form) reads another workbook; structured references such as 台账[列] do not."""
    return "[" in formula and bool(_ELSEWHERE.search(_QUOTED.sub('""', formula)))
