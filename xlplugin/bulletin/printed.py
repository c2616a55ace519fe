"""Whole columns in print: fast where nothing can go wrong, exact cell by cell where rounding hangs on a hair."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, UNITS, money, percent
from xlplugin.columns import Array
from xlplugin.figures.said import Words, trimmed
from xlplugin.flags import Facts
from xlplugin.schema.keys import Amount, IndicatorKey

HAIR = 1e-6
"""A scaled value this near to half a unit is rounded exactly; floats err by a millionth of that."""
LARGEST = 1e9


def shares(
    facts: Facts, key: IndicatorKey, decimals: int, chosen: Array | None = None
) -> list[str]:
    """An indicator × 100 as printed, half up: "60.50", "-14.50"; "—" where there is no value. Of all projects or some positions."""
    positions = np.arange(len(facts.data)) if chosen is None else chosen
    values = facts.data[key][positions] * 100
    texts, unsure = _rounded(values, decimals)
    for at in unsure:
        value = None if np.isnan(values[at]) else facts.at(int(positions[at]))[key]
        texts[at] = percent(value, decimals) or NO_RATIO
    return texts


def worded(facts: Facts, key: Amount, words: Words, chosen: Array) -> list[str]:
    """A money column at some positions as `Words.money` says it; nothing where there is none."""
    fen = facts.data.whole(key)[chosen]
    texts, unsure = _rounded(fen / UNITS[words.unit], words.decimals)
    texts = [f"{text}{words.unit}" for text in texts]
    small = np.abs(fen) < UNITS[words.unit] // 10**words.decimals
    whole = (fen % FEN_PER_WAN == 0) & (words.unit == "万元")
    for at in {*unsure, *np.flatnonzero(small | whole)}:
        texts[at] = words.money(int(fen[at]))
    return texts


def _rounded(values: Array, decimals: int) -> tuple[list[str], list[int]]:
    """Values as printed, half up, and the positions of those where floats do not tell."""
    scaled = values * 10**decimals
    sure = (np.abs(np.abs(scaled) % 1 - 0.5) > HAIR) & (np.abs(scaled) < LARGEST)
    rounded = np.where(sure, np.rint(scaled), 0.0) / 10**decimals + 0.0
    return [f"{value:.{decimals}f}" for value in rounded.tolist()], np.flatnonzero(~sure).tolist()


def amounts(facts: Facts, key: Amount) -> list[str]:
    """A money column in 万元 as it was entered, without trailing zeros; "—" where it is empty."""
    return list(map(amount, facts.data.values(key)))


def amount(fen: int | None) -> str:
    """One of them, with separators: 12,300.5."""
    if fen is None:
        return NO_RATIO
    if fen % FEN_PER_WAN == 0:
        return f"{fen // FEN_PER_WAN:,}"
    return f"{Decimal(trimmed(money(fen, 6, '万元'))):,f}"
