"""名次: the groups of a column by completion, best first; from unrounded values, ties share a rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from xlplugin.columns import Array
from xlplugin.figures.counted import Sums
from xlplugin.flags import BEHIND, NOT_STARTED, Facts
from xlplugin.schema.keys import AMOUNTS, Amount, TextKey


@dataclass(frozen=True, slots=True)
class Rank:
    """One group's place: 1 is best; None where it has no plan, or too few projects, to be ranked."""

    name: str
    place: int | None
    sums: Sums
    behind: int
    not_started: int


def ranks(facts: Facts, key: TextKey, chosen: Array | None = None) -> list[Rank]:
    """Every group of a column, best first; those without a rank last. Empty values are no group. Of all projects, or of a mask's."""
    data = facts.data
    names, codes = data.codes(key)
    own = codes if chosen is None else codes[chosen]

    def counted(where: Array | None = None) -> list[int]:
        picked = codes[where] if where is not None else own
        return list(np.bincount(picked, minlength=len(names)).tolist())

    def added(amount: Amount) -> list[int]:
        sums = np.zeros(len(names), dtype=np.int64)
        np.add.at(sums, own, data.whole(amount) if chosen is None else data.whole(amount)[chosen])
        return list(sums.tolist())

    here = np.ones(len(data), dtype=bool) if chosen is None else chosen
    late, waiting = (counted(here & facts.where("status", each)) for each in (BEHIND, NOT_STARTED))
    groups = zip(names, counted(), *map(added, AMOUNTS), late, waiting, strict=True)
    found = [
        Rank(name, None, Sums(count, total, plan, done, ()), behind, waits)
        for name, count, total, plan, done, behind, waits in groups
        if name and count
    ]
    least = facts.settings.ranking_least
    rated = sorted(
        (rank for rank in found if rank.sums.completion is not None and rank.sums.count >= least),
        key=lambda rank: -(rank.sums.completion or 0),
    )
    placed: list[Rank] = []
    for at, rank in enumerate(rated, start=1):
        same = placed and placed[-1].sums.completion == rank.sums.completion
        placed.append(replace(rank, place=placed[-1].place if same else at))
    return placed + [rank for rank in found if rank.name not in {each.name for each in rated}]


def first(found: list[Rank], count: int) -> list[Rank]:
    """Those of the first places; more than `count` where some tie."""
    return [rank for rank in found if rank.place and rank.place <= count]


def last(found: list[Rank], count: int) -> list[Rank]:
    """The last ones that are ranked; none where they would nearly meet the first."""
    rated = [rank for rank in found if rank.place]
    ahead = first(found, count)
    return [rank for rank in rated[-count:] if rank not in ahead] if len(rated) > 2 * count else []


def apart(found: list[Rank], whole: Fraction, *, above: bool) -> list[Rank]:
    """Those that are ranked and lie above (or below) the whole, the farthest from it first."""
    rated = [
        (rank, rank.sums.completion - whole)
        for rank in found
        if rank.place and rank.sums.completion is not None
    ]
    chosen = [rank for rank, gap in rated if (gap > 0 if above else gap < 0)]
    return chosen if above else chosen[::-1]
