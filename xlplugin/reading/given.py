"""What sections, subtotals, a title and merged cells give to their rows: level, nature, unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlplugin.cells import plain, split_range
from xlplugin.reading import terms
from xlplugin.reading.below import INHERITED, LEADING, NUMBERED, Below, Claim, Sorted
from xlplugin.reading.model import NOTE, SECTION, SUM


def give(below: Below, found: Sorted) -> None:
    """Give each row what stands over it."""
    _sections(below, found)
    _subtotals(below, found)
    _merged(below, found)
    _marked(below, found)


def _sections(below: Below, found: Sorted) -> None:
    """What each section gives its rows, down to the next of its rank."""
    places = [at for at, kind in found.kinds.items() if kind == SECTION]
    count = len(below.rows)
    if title := _title(below):
        _give(below, found, title, range(min(places, default=count)))
    for at in places:
        lead = below.lead(at)
        rank = _rank(lead)
        end = next((o for o in places if o > at and _rank(below.lead(o)) <= rank), count)
        claim = found.claims[at]
        found.claims[at] = Claim(claim.cells, claim.count, (at + 1, end - 1))
        _give(below, found, lead, range(at + 1, end))


def _give(below: Below, found: Sorted, lead: str, positions: Iterable[int]) -> None:
    """Give some rows what words say of them, where they do not say it themselves."""
    said = {
        "level": terms.level_in(lead),
        "nature": terms.stage_in(lead),
        "agency": terms.agency_in(re.sub(NUMBERED, "", lead).lstrip("、")),
    }
    for key, word in said.items():
        if word:
            given = found.given.setdefault(key, {})
            given |= {at: word for at in positions if below.cell(key, at) is None}


def _title(below: Below) -> str:
    """A line above the headings that is nothing but a level's or a nature's name: the title of the first of several tables."""
    top = below.grid.rows[: below.rows[0] - 1] if len(below.rows) else []
    lines = [[plain(c) for c in row if isinstance(c, str)] for row in top]
    return next((line[0] for line in lines if len(line) == 1 and LEADING.match(line[0])), "")


def _subtotals(below: Below, found: Sorted) -> None:
    """省重点小计 tells the level of its rows where nothing else does: of those above it, or below where it comes first."""
    sums = {at: below.lead(at) for at, kind in sorted(found.kinds.items()) if kind == SUM}
    first = next((at for at in range(len(below.rows)) if at not in found.kinds), 0)
    for key, said in (("level", terms.level_in), ("nature", terms.stage_in)):
        if key in below.cells or key in found.given:
            continue
        titled = [(at, said(lead)) for at, lead in sums.items() if said(lead)]
        places = [at for at, _ in titled]
        if not titled or any(at in found.broken_up for at in places):
            continue
        leading = places[0] < first
        bounds = [*places, len(below.rows)] if leading else [-1, *places]
        given = found.given.setdefault(key, {})
        for (_, word), start, end in zip(titled, bounds, bounds[1:], strict=False):
            given |= dict.fromkeys(range(start + 1, end), word)


def _rank(lead: str) -> float:
    """How high a section stands: 第一部分, 一、, （一）, and those without a number by what they are about."""
    if found := NUMBERED.match(lead):
        return 0 if found[1] else 1 if found[2] or found[4] else 2
    return 1.5 if terms.level_in(lead) else 2.5 if terms.stage_in(lead) else 2.7


def _merged(below: Below, found: Sorted) -> None:
    """A cell merged over several rows speaks for all of them."""
    keys = {below.at[key]: key for key in INHERITED if key in below.at}
    positions = {row: at for at, row in enumerate(below.rows)} if below.grid.merged and keys else {}
    for area in below.grid.merged if keys else ():
        top, left, bottom, right = split_range(area)
        key = keys.get(left)
        if key is None or left != right or top == bottom:
            continue
        value = below.grid.at(top, left)
        for row in range(top + 1, bottom + 1) if value is not None else ():
            if row in positions and below.cell(key, positions[row]) is None:
                found.given.setdefault(key, {})[positions[row]] = value


_MARKED = re.compile(
    r"(?<![★☆▲△※●◆■*#])([★☆▲△※●◆■*#]{1,9}+)[”\"'」)]?(?:号|标[记识志])?(?:者|的)?(?:项目|工程)?(?:均?为|是|表示|指|代表|系)([^,，。;；]{2,20})"
)


def _marked(below: Below, found: Sorted) -> None:
    """注：★为省重点项目 tells the level, or the nature, of the projects whose names have the mark, where no column does."""
    top = below.grid.rows[: below.rows[0] - 1] if len(below.rows) else []
    notes = [below.grid.rows[below.rows[at] - 1] for at, k in found.kinds.items() if k == NOTE]
    lines = (plain(c) for row in (*top, *notes) for c in row if isinstance(c, str))
    for mark, meant in (said.groups() for line in lines for said in _MARKED.finditer(line)):
        for key, word in (("level", terms.level_in(meant)), ("nature", terms.stage_in(meant))):
            if not word or key in below.cells:
                continue
            names = enumerate(below.cells["name"])
            with_it = [at for at, name in names if isinstance(name, str) and mark in name]
            found.given.setdefault(key, {}).update(dict.fromkeys(with_it, word))
