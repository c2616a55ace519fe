"""项目台账: found and read; which rows are projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from xlplugin import tables
from xlplugin.book import Book, Grid
from xlplugin.cells import address, at_once, plain, split_range
from xlplugin.errors import Problem, UserError
from xlplugin.schema import LEDGER, Column
from xlplugin.schema.keys import AMOUNTS, Amount, TextKey
from xlplugin.tables import Table

_SUBTOTAL = re.compile(r"(?:合计|小计|总计|共计|合計)(?:[(:].*|共?\d+[个项目]*)?$")
_NAMING: tuple[TextKey, ...] = ("id", "name")
_ANY_SUM = re.compile(r"[合小总共]\s*[计計]")
_FOOTNOTE = re.compile(
    r"^(?:(?:注|说明|备注)(?:$|[:\d(])|填表|制表|审核|复核|单位负责人|填报|联系人|统计负责人)"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+(?:[、.]|$)|\([一二三四五六七八九十\d]+\)|其中:)"
)


@dataclass(frozen=True)
class Ledger:
    """The ledger's projects, one row each (index: sheet row), with what was wrong on the way."""

    table: Table
    problems: tuple[Problem, ...]
    declared: Mapping[int, Mapping[Amount, int]]
    """Sums (分) that subtotal rows of the sheet claim, by row; those rows are no projects."""
    grid: Grid
    """The sheet as it was read."""

    @cached_property
    def folded(self) -> Mapping[TextKey, list[str]]:
        """Ids and names without width and white space, in the ledger's order: as they are compared."""
        return {key: at_once(plain, self.table.data.values(key)) for key in _NAMING}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Sheet row of a project by id, name or alias (compared without width and white space); ambiguous words left out."""
        found: dict[str, int] = {}
        doubtful: set[str] = set()
        data = self.table.data
        columns = (data.rows.tolist(), *self.folded.values(), data.values("alias"))
        for row, identity, name, aliases in zip(*columns, strict=True):
            words = (
                {identity, name, *map(plain, re.split(r"[；;、，,]", aliases))}
                if aliases
                else {identity, name}
            )
            for word in words:
                if word and found.setdefault(word, row) != row:
                    doubtful.add(word)
        return {word: row for word, row in found.items() if word not in doubtful}

    def row_of(self, *words: str) -> int | None:
        """Sheet row of the first of these ids, names or aliases that is known; None where none is."""
        return next((self.rows[key] for word in words if (key := plain(word)) in self.rows), None)


def read(book: Book) -> Ledger:
    """Find and read the ledger: by name, by alias, else the first sheet that has all its headings.

    Raises UserError where there is none, where a required column is missing, and where it has no project.
    """
    title, grid = _locate(book)
    table = tables.read(grid, LEDGER, title)
    projects, odd, declared = _split(table, grid)
    if not len(projects):
        raise UserError(f"「{title}」里没有项目。请在表头下面一行填一个项目，再重新生成。")
    kept = set(projects.data.rows.tolist()) if table.problems else ()
    problems = [p for p in table.problems if _row(p) in kept]
    problems += odd
    return Ledger(projects, tuple(problems), declared, grid)


def _locate(book: Book) -> tuple[str, Grid]:
    found = tables.find(book, LEDGER)
    if found:
        return found
    near: list[tuple[int, str, list[Column]]] = []
    for title in book.sheets:
        grid = book.read(title)
        if tables.find_header(grid, LEDGER):
            return title, grid
        missing = tables.missing_columns(grid, LEDGER)
        near.append((len(missing), title, missing))
    needed = sum(column.required for column in LEDGER.columns)
    hint = ""
    if near and (best := min(near))[0] < needed / 2:
        hint = f"「{best[1]}」最像，但缺少{'、'.join(f'「{c.heading}」' for c in best[2])}。"
    raise UserError(
        f"工作簿里没有「{LEDGER.title}」这张表。{hint}请把台账所在的表改名为「{LEDGER.title}」，并核对表头。"
    )


def _row(problem: Problem) -> int:
    return split_range(problem.cell)[0]


def _split(table: Table, grid: Grid) -> tuple[Table, list[Problem], dict[int, dict[Amount, int]]]:
    """Part projects from subtotal rows, section headings, footnotes and rows that hold a prefilled serial number only."""
    data = table.data
    problems: list[Problem] = []
    declared: dict[int, dict[Amount, int]] = {}
    dropped: list[int] = []
    first = min(table.header.columns.values())
    at = max(table.header.columns["id"], table.header.columns["name"])
    unsorted = data.where("level", "") & data.where("nature", "")
    bare = unsorted & np.logical_and.reduce([np.isnan(data[key]) for key in AMOUNTS])
    doubtful = set(
        np.flatnonzero(unsorted | data.where("id", "") | data.where("name", "")).tolist()
    )
    for key in _NAMING:
        doubtful |= {
            position
            for position, text in enumerate(data.values(key))
            if ("计" in text or "計" in text) and _ANY_SUM.search(text)
        }
    for position in sorted(doubtful):
        row = int(data.rows[position])
        words = [plain(c) for c in grid.rows[row - 1] if isinstance(c, str)]
        filled = sum(c is not None for c in grid.rows[row - 1])
        lead = words[0] if words else ""
        if any(
            _SUBTOTAL.search(w)
            for w in (plain(c) for c in grid.rows[row - 1][:at] if isinstance(c, str))
        ):
            declared[row] = {
                key: amount for key in AMOUNTS if (amount := data.values(key)[position]) is not None
            }
            dropped.append(position)
            problems.append(_sum_row(table, row, first, lead))
        elif unsorted[position] and not bare[position] and _SECTION.match(lead):
            dropped.append(position)
            problems.append(_sum_row(table, row, first, lead))
        elif bare[position] and (_FOOTNOTE.match(lead) or (filled == 1 and not lead)):
            dropped.append(position)
        elif bare[position] and filled <= 2 and _SECTION.match(lead):
            dropped.append(position)
            problems.append(
                Problem(
                    "KP24",
                    "W",
                    table.title,
                    address(row, first),
                    "",
                    "项目中间不应有小标题",
                    f"第{row}行「{lead}」没有当作项目",
                    "请删去这一行，级别写在每个项目自己的行里",
                )
            )
    if not dropped:
        return table, problems, declared
    return (
        replace(table, data=data.only(np.delete(np.arange(len(data)), dropped))),
        problems,
        declared,
    )


def _sum_row(table: Table, row: int, first: int, lead: str) -> Problem:
    return Problem(
        "KP24",
        "E",
        table.title,
        address(row, first),
        "",
        "项目中间不应有合计行",
        f"第{row}行是「{lead}」，没有当作项目",
    )
