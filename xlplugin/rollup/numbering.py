"""Ids that stay unique when counties' ledgers become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlplugin.cells import plain
from xlplugin.rollup.county import County
from xlplugin.schema.keys import TextKey


@dataclass(frozen=True)
class Numbering:
    """How each county's ids are written in the city's ledger: as they are, or with the county's name in front."""

    prefixes: Mapping[str, str]

    def id(self, county: County, identity: str) -> str:
        """A project's id in the city's ledger; "" stays empty."""
        return f"{self.prefixes.get(county.name, '')}{identity}" if identity else ""

    def unknown(self, county: County, identity: str) -> str:
        """An id that the county's ledger does not have: it must not become another county's project."""
        return f"{county.name}-{identity}" if identity else ""


def number(counties: Sequence[County]) -> Numbering:
    """A county one of whose ids is another's, too, has its name before every id."""
    shared = {
        county.name
        for places in by_id(counties).values()
        if len({c.name for c, _ in places}) > 1
        for county, _ in places
    }
    return Numbering({name: f"{name}-" for name in shared})


def by_id(counties: Sequence[County]) -> Mapping[str, list[tuple[County, int]]]:
    """Who has each (folded) id: county and sheet row."""
    found: dict[str, list[tuple[County, int]]] = defaultdict(list)
    for county, row, identity in cells(counties, "id"):
        found[plain(identity)].append((county, row))
    return found


def cells(counties: Sequence[County], key: TextKey) -> Iterator[tuple[County, int, str]]:
    """(county, sheet row, text) of a text column over all ledgers, the empty left out."""
    for county in counties:
        for row, text in county.outcome.facts.ledger.table.items(key):
            if text:
                yield county, row, text
