"""Whole columns in print: fast where nothing can go wrong, exact cell by cell where rounding hangs on a hair."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, money, percent
from xlplugin.columns import Array
from xlplugin.figures.said import trimmed
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
    scale = 10**decimals
    scaled = facts.data[key][positions] * (100 * scale)
    exists = ~np.isnan(scaled)
    sure = (np.abs(np.abs(scaled) % 1 - 0.5) > HAIR) & (np.abs(scaled) < LARGEST)
    texts = [
        f"{value:.{decimals}f}"
        for value in (np.where(sure, np.rint(scaled), 0.0) / scale + 0.0).tolist()
    ]
    for at in np.flatnonzero(~sure).tolist():
        value = facts.at(int(positions[at]))[key] if exists[at] else None
        texts[at] = percent(value, decimals) or NO_RATIO
    return texts


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
