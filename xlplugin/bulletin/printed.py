"""Whole columns in print: fast where nothing can go wrong, exact cell by cell where rounding hangs on a hair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, UNITS, money, percent
from xlplugin.bulletin.words import listing
from xlplugin.columns import Array
from xlplugin.figures.said import Words, trimmed
from xlplugin.flags import Facts
from xlplugin.indicators import REGISTRY
from xlplugin.schema import Column
from xlplugin.schema.keys import Amount

HAIR = 1e-6
"""A scaled value this near to half a unit is rounded exactly; floats err by a millionth of that."""
LARGEST = 1e9


def shares(facts: Facts, key: str, decimals: int, chosen: Array | None = None) -> list[str]:
    """An indicator × 100 as printed, half up: "60.50", "-14.50"; "—" where there is no value. Of all projects or some positions."""
    positions = np.arange(len(facts.data)) if chosen is None else chosen
    values = facts.data.arrays[key][positions] * 100
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


def amount(fen: int | None, *, commas: bool = True) -> str:
    """Money in 万元 as it was entered, without trailing zeros, with separators: 12,300.5; "—" where there is none."""
    if fen is None:
        return NO_RATIO
    whole = fen % FEN_PER_WAN == 0
    number = Decimal(fen // FEN_PER_WAN if whole else trimmed(money(fen, 6, "万元")))
    return f"{number:,f}" if commas else f"{number:f}"


@dataclass(frozen=True, slots=True)
class Printing:
    """How tables print one ledger's columns, as 参数 says."""

    facts: Facts

    def amount(self, fen: int | None) -> str:
        """Money in 万元."""
        return amount(fen, commas=self.facts.settings.thousands)

    def texts(self, column: Column, at: Array) -> list[str]:
        """A column's cells of the projects at some positions, by its kind."""
        data, decimals = self.facts.data, self.facts.settings.percent_decimals
        if column.kind in ("share", "points"):
            return shares(self.facts, column.key, decimals, at)
        key = "nature_word" if column.key == "nature" else column.key
        values = [
            self.facts.at(place)[key] if key in REGISTRY else data.listed(key)[place]
            for place in at.tolist()
        ]
        match column.kind:
            case "money":
                return [self.amount(None if v is None else round(v)) for v in values]
            case "number":
                return [NO_RATIO if v is None else f"{float(v):.2f}" for v in values]
            case "flag":
                return ["是" if value else "" for value in values]
        return ["" if value is None else str(value) for value in values]

    @staticmethod
    def unit(columns: Sequence[Column]) -> str:
        """What the figures of some columns are in: 单位：万元、%."""
        units = dict.fromkeys(column.unit for column in columns if column.unit)
        return f"单位：{listing(units)}" if units else ""
