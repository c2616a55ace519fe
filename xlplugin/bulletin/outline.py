"""The bulletin's outline: rows of 措辞 in the office's order, or the delivered one where the sheet says no 层级."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from xlplugin.bulletin.wording import PARAGRAPHS, DefaultParagraph, ParagraphKey
from xlplugin.cells import plain
from xlplugin.errors import Problem
from xlplugin.schema import BEHIND, LEDGER, NOT_STARTED, ON_SCHEDULE, WORDING, Depth, FramePart
from xlplugin.schema.keys import ColumnKey
from xlplugin.settings import TITLES, Settings
from xlplugin.tables import Table

MOST_ROWS = 500
"""An outline of more rows is no bulletin any more: what stands below is left out, and said."""

FRAME: Sequence[Depth] = get_args(FramePart)
HEADINGS: Mapping[Depth, int] = {"一级": 1, "二级": 2, "三级": 3}
TEXTS: Sequence[Depth] = (*HEADINGS, "段", "接上段", "结语", "逐条", "一是")
"""What one and the same text may be, as the office likes."""

RANKED_BY, ISSUE_KINDS = TITLES["rankings"], "问题类别"
"""What a row may repeat over that is neither a column nor projects."""

_BY_LEVEL = LEDGER["level"].heading[-2:]
OUTLINE: Mapping[ParagraphKey, tuple[Depth, str]] = {
    "标题": ("标题", ""),
    "文号": ("文号", ""),
    "主送": ("主送", ""),
    "总体情况": ("段", ""),
    "分组情况": ("用语", ""),
    "口径说明": ("段", ""),
    "四舍五入说明": ("段", ""),
    "强制生成说明": ("段", ""),
    "进展标题": ("一级", ""),
    "进展总述": ("段", ""),
    "与上月相比": ("段", ""),
    "未开工标题": ("二级", ""),
    "未开工单项": ("逐条", NOT_STARTED),
    "未开工多项": ("用语", ""),
    "未开工简项": ("用语", ""),
    "达到标题": ("二级", ""),
    "达到情况": ("段", ON_SCHEDULE),
    "未达到标题": ("二级", ""),
    "未达到级别标题": ("三级", _BY_LEVEL),
    "未达到单项": ("逐条", BEHIND),
    "未达到多项": ("用语", ""),
    "未达到简项": ("用语", ""),
    "其余未达到": ("段", ""),
    "排名标题": ("二级", ""),
    "排名情况": ("段", RANKED_BY),
    "排名表标题": ("表", RANKED_BY),
    "问题标题": ("一级", ""),
    "前期问题": ("一是", ""),
    "进度问题": ("一是", ""),
    "困难问题": ("一是", ""),
    "分类问题": ("用语", ""),
    "打算标题": ("一级", ""),
    "打算引言": ("段", ""),
    "抓前期": ("一是", ""),
    "抓调度": ("一是", ""),
    "解难题": ("一是", ""),
    "附件说明": ("附件说明", ""),
    "附表从略": ("段", ""),
    "落款": ("落款", ""),
    "附表标题": ("附件", ""),
    "滞后表标题": ("用语", ""),
}
"""The outline that is delivered: what each paragraph is, and what it repeats over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the outline. `key`: the delivered paragraph that it is; None for a row of the office's own."""

    name: str
    key: ParagraphKey | None
    depth: Depth
    each: str
    template: str
    row: int = 0
    """Its sheet row; 0 where it is the delivered one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A row with all that stands under it, which only a heading has."""

    row: Entry
    below: tuple[Node, ...] = ()


_KNOWN = {plain(paragraph.key): paragraph for paragraph in PARAGRAPHS}


def delivered() -> Iterator[Entry]:
    """The outline that is delivered."""
    for paragraph in PARAGRAPHS:
        yield Entry(paragraph.key, paragraph.key, *OUTLINE[paragraph.key], paragraph.template)


def paragraph_called(name: str) -> DefaultParagraph | None:
    """The delivered paragraph of a name."""
    return _KNOWN.get(plain(name))


def read(table: Table) -> tuple[list[Entry], list[Problem]]:
    """The rows of 措辞 in their order, and what is wrong about their places; the delivered outline where it has no 层级."""
    if not table.has("depth") or not len(table):
        return list(delivered()), []
    rows: list[Entry] = []
    problems: list[Problem] = []
    seen: dict[ParagraphKey, int] = {}
    for row, name, depth, each, template in table.lines("paragraph", "depth", "each", "template"):
        if len(rows) == MOST_ROWS:
            problems.append(_too_many(table, row))
            break
        paragraph = paragraph_called(name)
        key = paragraph.key if paragraph else None
        if key in seen:
            problems.append(_twice(table, row, name, seen[key]))
            continue
        if key:
            seen[key] = row
        usual = OUTLINE[key][0] if key else "段"
        allowed = (usual,) if usual not in TEXTS else (*TEXTS, *(() if key else ("表", "图")))
        if depth and depth not in allowed:
            expected = f"「{name}」的{WORDING['depth'].heading}应为{'、'.join(allowed)}"
            advice = f"已按「{usual}」写，请改正"
            found = (expected, f"现为「{depth}」", advice)
            problems.append(wrong(table, row, "depth", *found))
            depth = usual
        each = each.strip() or (OUTLINE[key][1] if key else "")
        rows.append(Entry(name, key, depth or usual, each, template, row))
    return rows, problems


def tree(rows: Sequence[Entry]) -> tuple[Node, ...]:
    """Each heading with the rows under it: down to the next one of its height, or to what frames the document."""
    placed = [row for row in rows if row.depth != "用语"]
    nodes, _ = _below(placed, 0, 0)
    return nodes


def _below(rows: Sequence[Entry], at: int, depth: int) -> tuple[tuple[Node, ...], int]:
    """The nodes from a row on that stand under a heading of a depth (0: the document), and where they end."""
    found: list[Node] = []
    while at < len(rows):
        row = rows[at]
        own = HEADINGS.get(row.depth)
        if depth and (row.depth in FRAME or (own and own <= depth)):
            break
        below, at = _below(rows, at + 1, own) if own else ((), at + 1)
        found.append(Node(row, below))
    return tuple(found), at


def wrong(table: Table, row: int, key: ColumnKey, *words: str) -> Problem:
    """What is wrong with a cell of the outline: the rest is written."""
    return table.problem("KP36", "W", row, key, *words)


def empty(table: Table) -> Problem:
    """Nothing is left to say: there is no bulletin."""
    row = int(table.data.rows[0]) if len(table) else 0
    words = ("至少要有一行能写", "没有一行写得出来", "请改正各行，或删去这张表，即用默认的提纲")
    return table.problem("KP36", "E", row, "paragraph", *words)


def passed_over(decided: Settings, *words: str) -> Problem:
    """Something about the ready outline that 参数 chooses."""
    return decided.problem("KP36", "W", "outline", *words)


def _too_many(table: Table, row: int) -> Problem:
    words = (f"至多{MOST_ROWS}行", "从这一行起没有写", "请删去用不着的行")
    return wrong(table, row, "paragraph", *words)


def _twice(table: Table, row: int, name: str, first: int) -> Problem:
    words = (
        "原有的段落各写一行",
        f"「{name}」在第{first}行已经有了，这一行不起作用",
        "请另取名称，或删去这一行",
    )
    return wrong(table, row, "paragraph", *words)
