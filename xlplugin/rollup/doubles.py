"""One project in two counties' ledgers would count twice: what looks like that is said, with both places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Literal

from xlplugin.amounts import in_wan
from xlplugin.cells import plain
from xlplugin.checks.identity import core_of
from xlplugin.errors import Problem
from xlplugin.flags.facts import Project
from xlplugin.rollup.county import County
from xlplugin.rollup.numbering import by_id, cells
from xlplugin.schema import LEDGER

LEAST_CORE = 4
"""Names whose telling part is shorter than this are alike too easily: 县医院."""

_SERIAL = re.compile(r"\d{1,4}")
_ADVICE = "请两县核对：是同一项目的只由一个县填报，不是的不必改"
Located = tuple[County, int]


def doubles(counties: Sequence[County]) -> list[Problem]:
    """KP01 E: same name, and same id or same total investment. KP02 W: same or similar name, or same id, alone.

    Serial numbers (1, 2, 3 …) tell nothing beyond their county and are passed over.
    """
    names, cores = (_grouped(counties, key) for key in (plain, core_of))
    pairs: dict[tuple[str, int, str, int], Problem] = {}
    same_id = [places for word, places in by_id(counties).items() if not _SERIAL.fullmatch(word)]
    alike = [places for word, places in cores.items() if len(word) >= LEAST_CORE]
    for groups, judge in ((names.values(), _same_name), (same_id, _same_id), (alike, _alike)):
        for one, other in (pair for places in groups for pair in _across(places)):
            pairs.setdefault((one[0].name, one[1], other[0].name, other[1]), judge(one, other))
    return list(pairs.values())


def surely_double(one: Located, other: Located) -> bool:
    """Whether two projects of one name are the same beyond doubt: one id, or one total investment to the 分."""
    a, b = _project(one), _project(other)
    return plain(a.id) == plain(b.id) or (a.total is not None and a.total == b.total)


def same_names(counties: Sequence[County]) -> Iterator[list[Located]]:
    """The places of each (folded) name that two counties use."""
    for places in _grouped(counties, plain).values():
        if len({county.name for county, _ in places}) > 1:
            yield places


def _grouped(counties: Sequence[County], fold: Callable[[str], str]) -> dict[str, list[Located]]:
    found: dict[str, list[Located]] = defaultdict(list)
    for county, row, name in cells(counties, "name"):
        found[fold(name)].append((county, row))
    return found


def _across(places: list[Located]) -> Iterator[tuple[Located, Located]]:
    return ((one, other) for one, other in combinations(places, 2) if one[0].name != other[0].name)


def _same_name(one: Located, other: Located) -> Problem:
    if surely_double(one, other):
        expected, found = "一个项目只能由一个县填报", f"与{_said(one)}是同一项目，会重复计算"
        return other[0].problem("KP01", "E", other[1], "name", expected, found, _ADVICE)
    return _near(other, "name", f"与{_said(one)}同名")


def _same_id(one: Located, other: Located) -> Problem:
    return _near(other, "id", f"「{_project(other).id}」与{_said(one)}的编号相同")


def _alike(one: Located, other: Located) -> Problem:
    return _near(other, "name", f"「{_project(other).name}」与{_said(one)}相近")


def _near(place: Located, key: Literal["id", "name"], found: str) -> Problem:
    """KP02: it need not be the same project."""
    expected = f"不同县的{LEDGER[key].heading}应有区别"
    return place[0].problem("KP02", "W", place[1], key, expected, found, _ADVICE)


def _said(place: Located) -> str:
    """A project with its place: 高平市「[b.xlsx]项目台账」B7「…」（总投资 1200 万元）."""
    county, row = place
    table, project = county.outcome.facts.ledger.table, _project(place)
    amount = "" if project.total is None else f"（总投资 {in_wan(project.total)}）"
    return f"{county.name}「[{county.path.name}]{table.title}」{table.address(row, 'name')}「{project.name}」{amount}"


def _project(place: Located) -> Project:
    county, row = place
    return county.outcome.facts.project(row)
