"""What sum and section rows claim: amounts and counts, to be held against the projects' own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplugin import amounts
from xlplugin.cells import Unreadable
from xlplugin.schema.keys import Amount, TextKey

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that claims what some projects come to: 分 by key, and how many they are."""

    row: int
    claims: Mapping[Amount, int]
    count: int | None = None
    rows: tuple[int, int] | None = None
    """First and last row of a section's projects; None for a sum, which may stand below or above them."""
    sheet: tuple[int, int] = (0, 0)
    """First and last row number of its sheet."""
    of_which: tuple[TextKey, str] | None = None
    """The column and word whose projects a line 其中：省重点 below a sum is about."""

    @property
    def bounded(self) -> bool:
        """Whether it says itself whose sum it is."""
        return bool(self.rows or self.of_which)


KEYS: tuple[Amount, ...] = ("total", "plan", "done")


def sums(part: Part, base: int) -> Iterator[Sum]:
    """The claims of a sheet whose rows are numbered from `base`."""
    for position, claim in sorted(part.sorted.claims.items()):
        claimed: dict[Amount, int] = {}
        for key in KEYS:
            if key in claim.cells and key in part.units:
                try:
                    value = amounts.number(claim.cells[key]).value
                except Unreadable:
                    continue
                if value is not None:
                    claimed[key] = amounts.to_fen(value, part.units[key].unit)
        covers = claim.covers
        rows = None
        if covers is not None:
            if covers[0] > covers[1]:
                continue  # a line that only breaks a sum up
            rows = part.found[covers[0]] + base, part.found[covers[1]] + base
        last = part.found[-1] + base
        row = part.found[position] + base
        yield Sum(row, claimed, claim.count, rows, (base, last), claim.of_which)
