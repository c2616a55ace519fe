"""项目台账: found, read, and every row checked on its own (what was entered, not what it means)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from xlplugin import tables
from xlplugin.book import Book, Grid
from xlplugin.cells import address, at_once, plain, split_range
from xlplugin.errors import Problem, UserError
from xlplugin.schema import LEDGER, Column
from xlplugin.tables import Table

if TYPE_CHECKING:
    import pandas as pd

NEAR_NAMES_LIMIT = 5000
"""Names that differ by one character are looked for in ledgers up to this many projects; by generic words, in all."""

_SUBTOTAL = re.compile(r"(?:合计|小计|总计|共计|合計)(?:[(:].*|共?\d+[个项目]*)?$")
_ANY_SUM = re.compile(r"[合小总共]\s*[计計]")
_AMOUNTS = ("total", "plan", "done")
_FOOTNOTE = re.compile(
    r"^(?:(?:注|说明|备注)(?:$|[:\d(])|填表|制表|审核|复核|单位负责人|填报|联系人|统计负责人)"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+(?:[、.]|$)|\([一二三四五六七八九十\d]+\)|其中:)"
)
_GENERIC = re.compile(r"建设|工程|项目|改造|提升|新建|扩建|[的及与和、，（）()\-—·“”\"']")
_SERIAL = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北上下前后左右大小ABCDEFGabcdefg")


@dataclass(frozen=True)
class Ledger:
    """The ledger's projects, one row each (index: sheet row), with what was wrong on the way."""

    table: Table
    problems: tuple[Problem, ...]
    declared: Mapping[int, Mapping[str, int]]
    """Sums (分) that subtotal rows of the sheet claim, by row; those rows are no projects."""
    grid: Grid
    """The sheet as it was read."""

    @property
    def frame(self) -> pd.DataFrame:
        """One row a project; columns are the schema's keys, missing optional columns present and empty."""
        return self.table.frame

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Sheet row of a project by id, name or alias (compared without width and white space); ambiguous words left out."""
        found: dict[str, int] = {}
        doubtful: set[str] = set()
        data = self.table.data
        ids, names = (at_once(plain, data.values(key)) for key in ("id", "name"))
        for row, identity, name, aliases in zip(
            data.rows.tolist(), ids, names, data.values("alias"), strict=True
        ):
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
    names = at_once(plain, projects.data.values("name"))
    problems += [
        *odd,
        *_identity(projects, names),
        *_near(projects, names),
        *_hidden(projects, grid),
        *_unit(projects),
    ]
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


def _split(table: Table, grid: Grid) -> tuple[Table, list[Problem], dict[int, dict[str, int]]]:
    """Part projects from subtotal rows, section headings, footnotes and rows that hold a prefilled serial number only."""
    data = table.data
    problems: list[Problem] = []
    declared: dict[int, dict[str, int]] = {}
    dropped: list[int] = []
    first = min(table.header.columns.values())
    at = max(table.header.columns["id"], table.header.columns["name"])
    unsorted = data.where("level", "") & data.where("nature", "")
    bare = unsorted & np.logical_and.reduce([np.isnan(data[key]) for key in _AMOUNTS])
    doubtful = set(
        np.flatnonzero(unsorted | data.where("id", "") | data.where("name", "")).tolist()
    )
    for key in ("id", "name"):
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
                key: amount
                for key in _AMOUNTS
                if (amount := data.values(key)[position]) is not None
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


def _identity(table: Table, names: list[str]) -> Iterator[Problem]:
    """KP01: ids and names (given folded), empty or double after trimming and folding width; KP27: level and nature left empty."""
    refused = {p.cell for p in table.problems if p.code in ("KP03", "KP25", "KP26")}
    for key, words in (("id", at_once(plain, table.data.values("id"))), ("name", names)):
        seen: dict[str, int] = {}
        if "" not in words and len(set(words)) == len(words):
            continue
        for (row, text), word in zip(table.items(key), words, strict=True):
            if not word and table.address(row, key) in refused:
                continue
            if not word:
                yield table.problem("KP01", "E", row, key, "不能为空", "现为空")
            elif word in seen:
                yield table.problem(
                    "KP01", "E", row, key, "不能重复", f"「{text}」与第{seen[word]}行相同"
                )
            else:
                seen[word] = row
    for key in ("level", "nature"):
        for row in table.data.rows[table.data.where(key, "")].tolist():
            if table.address(row, key) not in refused:
                heading = table.sheet[key].heading
                yield table.problem(
                    "KP27",
                    "E",
                    row,
                    key,
                    f"应为{'、'.join(table.sheet[key].choices)}之一",
                    f"现为空，按{heading}分的项数加起来不等于总数",
                )


def core_of(name: str) -> str:
    """A name without generic words (建设, 工程, 项目 …): two projects of the same core may be one."""
    return _GENERIC.sub("", plain(name))


def _near(table: Table, folded: list[str]) -> Iterator[Problem]:
    """KP02: names (given folded) alike but for generic words (建设, 工程, 项目 …), or for one character more or less."""
    names = {row: name for row, name in zip(table.data.rows.tolist(), folded, strict=True) if name}
    cores = at_once(core_of, list(names.values()))
    pairs: set[tuple[int, int]] = set()
    if len(set(cores)) < len(cores):
        first_of: dict[str, int] = {}
        pairs = {
            (first, row)
            for (row, name), core in zip(names.items(), cores, strict=True)
            if (first := first_of.setdefault(core, row)) != row
            and len(core) >= 4
            and name != names[first]
        }
    if len(names) <= NEAR_NAMES_LIMIT:
        at = {name: row for row, name in reversed(names.items())}
        for row, name in names.items():
            for i in range(len(name)) if len(name) >= 8 else ():
                other = at.get(name[:i] + name[i + 1 :])
                if other and name[i] not in _SERIAL:
                    pairs.add((min(row, other), max(row, other)))
    said = dict(table.items("name")) if pairs else {}
    for first, second in sorted(pairs):
        yield table.problem(
            "KP02",
            "W",
            second,
            "name",
            "不同项目的名称应有区别",
            f"「{said[second]}」与第{first}行「{said[first]}」相近",
        )


def _hidden(table: Table, grid: Grid) -> Iterator[Problem]:
    """KP35: what hides rows, or hides values under a merged cell, among the data."""
    rows = table.data.rows
    first, last, width = int(rows[0]), int(rows[-1]), max(table.header.columns.values())
    index = set(rows.tolist()) if grid.hidden or grid.merged else set()
    hidden = sorted(grid.hidden & index)
    if hidden:
        yield Problem(
            "KP35",
            "W",
            table.title,
            address(hidden[0], 1),
            "",
            "数据行不应隐藏",
            f"隐藏了{len(hidden)}行：第{_rows(hidden)}行",
        )
    if grid.filtered:
        yield Problem(
            "KP35", "W", table.title, address(table.header.row, 1), "", "不应留有筛选", "正在筛选"
        )
    for area in grid.merged:
        top, left, bottom, right = split_range(area)
        if bottom > table.header.row and top <= last and left <= width and right >= 1:
            if top <= table.header.row or not any(
                r in index for r in range(max(top, first), min(bottom, last) + 1)
            ):
                continue
            yield Problem(
                "KP35",
                "W",
                table.title,
                address(top, left),
                "",
                "数据里不应有合并单元格",
                f"合并了 {area}",
            )


def _rows(rows: list[int]) -> str:
    return "、".join(str(row) for row in rows[:5]) + ("等" if len(rows) > 5 else "")


def _unit(table: Table) -> Iterator[Problem]:
    """KP06: a whole column in another unit than 万元 is converted, and said."""
    for key, unit in table.header.units.items():
        if unit != table.sheet[key].unit:
            yield table.problem(
                "KP06",
                "W",
                table.header.row,
                key,
                f"应以{table.sheet[key].unit}计",
                f"表里注明单位是{unit}，已按{unit}换算",
                "请确认单位，最好改为万元",
            )
