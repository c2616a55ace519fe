"""KP01, KP02, KP35: which rows are projects, each once, each seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from xlplugin.book import Grid
from xlplugin.cells import address, at_once, plain, split_range
from xlplugin.errors import Problem
from xlplugin.flags import Facts
from xlplugin.reading import INHERITED
from xlplugin.tables import SHEET_ROWS, Origin

NEAR_NAMES_LIMIT = 5000
"""Names that differ by one character are looked for in ledgers up to this many projects; by generic words, in all."""

LONGEST_NAME = 200
"""What is longer is no name: to leave out each of its characters would take the square of its length."""

_GENERIC = re.compile(r"建设|工程|项目|改造|提升|新建|扩建|[的及与和、，（）()\-—·“”\"']")
_SERIAL = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北上下前后左右大小ABCDEFGabcdefg")


def words(facts: Facts) -> Iterator[Problem]:
    """KP01: ids and names, empty or double after trimming and folding width."""
    for key, folded in facts.ledger.folded.items():
        if not facts.has(key):  # without a number the name is the key
            continue
        if "" not in folded and len(set(folded)) == len(folded):
            continue
        seen: dict[str, int] = {}
        for (row, text), word in zip(facts.ledger.table.items(key), folded, strict=True):
            if word and (first := seen.setdefault(word, row)) != row:
                found = f"「{text}」与{facts.ledger.table.say(first)}相同"
                yield facts.problem("KP01", "E", row, key, "不能重复", found)
            elif not word and not facts.refused(row, key):
                yield facts.problem("KP01", "E", row, key, "不能为空", "现为空")


def core_of(name: str) -> str:
    """A name without generic words (建设, 工程, 项目 …): two projects of the same core may be one."""
    return _without_generic(plain(name))


_without_generic = partial(_GENERIC.sub, "")


def near_names(facts: Facts) -> Iterator[Problem]:
    """KP02: names alike but for generic words (建设, 工程, 项目 …), or for one character more or less."""
    folded = zip(facts.data.rows.tolist(), facts.ledger.folded["name"], strict=True)
    names = {row: name for row, name in folded if name}
    pairs = _of_one_core(names)
    if len(names) <= NEAR_NAMES_LIMIT:
        pairs |= _one_character_apart(names)
    said = dict(facts.ledger.table.items("name")) if pairs else {}
    for first, second in sorted(pairs):
        found = f"「{said[second]}」与{facts.ledger.table.say(first)}「{said[first]}」相近"
        yield facts.problem("KP02", "W", second, "name", "不同项目的名称应有区别", found)


def _of_one_core(names: dict[int, str]) -> set[tuple[int, int]]:
    cores = at_once(_without_generic, list(names.values()))
    if len(set(cores)) == len(cores):
        return set()
    first_of: dict[str, int] = {}
    return {
        (first, row)
        for (row, name), core in zip(names.items(), cores, strict=True)
        if (first := first_of.setdefault(core, row)) != row
        and len(core) >= 4  # a shorter core is a place more often than a project
        and name != names[first]
    }


def _one_character_apart(names: dict[int, str]) -> set[tuple[int, int]]:
    """Rows of names of which one is the other without a character that does not number things (一期, 东段)."""
    at = {name: row for row, name in reversed(names.items())}
    return {
        (min(row, other), max(row, other))
        for row, name in names.items()
        if 8 <= len(name) <= LONGEST_NAME
        for i in range(len(name))
        if (other := at.get(name[:i] + name[i + 1 :])) and name[i] not in _SERIAL
    }


def hidden(facts: Facts) -> Iterator[Problem]:
    """KP35: what hides rows, or hides values under a merged cell, among the data."""
    for number, (place, grid) in enumerate(
        zip(facts.ledger.table.places, facts.ledger.grids, strict=True)
    ):
        rows = facts.data.rows - number * SHEET_ROWS
        yield from _concealed(place, grid, rows[(rows > 0) & (rows < SHEET_ROWS)].tolist())


def _concealed(place: Origin, grid: Grid, rows: list[int]) -> Iterator[Problem]:
    header = place.header

    def looks(row: int, column: int, expected: str, found: str) -> Problem:
        return Problem("KP35", "W", place.title, address(row, column), "", expected, found)

    known = set(rows) if grid.hidden or grid.merged else set()
    if out := sorted(grid.hidden & known):
        said = "、".join(map(str, out[:5])) + ("等" if len(out) > 5 else "")
        yield looks(out[0], 1, "数据行不应隐藏", f"隐藏了{len(out)}行：第{said}行")
    if grid.filtered:
        yield looks(header.row, 1, "不应留有筛选", "正在筛选")
    width = max(header.columns.values())
    shared = {header.columns.get(key) for key in INHERITED}
    for area in grid.merged:
        top, left, bottom, right = split_range(area)
        if left == right and left in shared:
            continue  # it speaks for all its rows
        if top > header.row and left <= width and not known.isdisjoint(range(top, bottom + 1)):
            yield looks(top, left, "数据里不应有合并单元格", f"合并了 {area}")
