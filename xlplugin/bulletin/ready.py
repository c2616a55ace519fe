"""Outlines to start from, as text that is read as it is written:

What comes before the first row says what the outline is for.

【滞后项目｜逐条｜未达到序时.最差十项】     段落, 层级 and 逐项; of a paragraph that is delivered its name will do
{{ 本项 }}完成年度计划的{{ 本项.完成率 }}，        its text, in as many lines as one likes
较序时进度{{ 本项.较序时 }}。
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from xlplugin import tables
from xlplugin.book import Grid
from xlplugin.bulletin.outline import OUTLINE, delivered, paragraph_called
from xlplugin.errors import UserError
from xlplugin.schema import READY_OUTLINES, WORDING
from xlplugin.tables import Table

FILES: Mapping[str, str] = dict(
    zip(READY_OUTLINES, ("progress", "supervision", "brief", "ranking", "red_black"), strict=True)
)
"""The file of each, in the folder `outlines`."""
_ROW = re.compile(r"【(.*)】")
_COLUMNS = ("paragraph", "depth", "each", "template")

OutlineRow = tuple[str, str, str, str]
"""段落, 层级, 逐项, 文字."""


@dataclass(frozen=True, slots=True)
class ReadyOutline:
    """What it is for, in a sentence, and its rows of 措辞."""

    purpose: str
    rows: tuple[OutlineRow, ...]


@cache
def ready(name: str) -> ReadyOutline:
    """One of the outlines that may be chosen. Raises KeyError where there is none of the name."""
    source = files(__package__) / "outlines" / f"{FILES[name]}.txt"
    return parse(source.read_text(encoding="utf-8"))


def called(name: str) -> ReadyOutline:
    """A ready outline by its name, or one from a text file. Raises UserError where it is neither."""
    if name in FILES:
        return ready(name)
    try:
        return parse(Path(name).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise UserError(
            f"没有叫「{name}」的提纲，也没有这个文本文件（UTF-8）。提纲有：{'、'.join(FILES)}。"
        ) from None


def usual() -> tuple[OutlineRow, ...]:
    """The rows of the outline that is delivered."""
    return tuple((row.name, row.depth, row.each, row.template) for row in delivered())


def parse(text: str) -> ReadyOutline:
    """An outline from its text. Raises UserError where a row's head is none, or there is no row."""
    purpose: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if head := _ROW.fullmatch(line):
            rows.append((head[1], []))
        else:
            (rows[-1][1] if rows else purpose).append(line)
    if not rows:
        raise UserError("提纲里没有一行「【段落｜层级｜逐项】」。请照已有的提纲写。")
    return ReadyOutline("".join(purpose), tuple(_row(head, lines) for head, lines in rows))


def table(rows: Sequence[OutlineRow]) -> Table:
    """Rows as the sheet 措辞 would have them."""
    head = tuple(WORDING[key].heading for key in _COLUMNS)
    return tables.read(Grid((head, *rows)), WORDING, WORDING.title)


def _row(head: str, lines: Sequence[str]) -> OutlineRow:
    name, *more = (part.strip() for part in re.split("[｜|]", head))
    if not name or len(more) > 2:
        raise UserError(f"提纲里的「【{head}】」应写成「【段落｜层级｜逐项】」，后两样可以不写。")
    paragraph = paragraph_called(name)
    usual = OUTLINE[paragraph.key] if paragraph else ("段", "")
    depth, each = (given or own for given, own in zip((*more, "", "")[:2], usual, strict=True))
    return name, depth, each, "".join(lines) or (paragraph.template if paragraph else "")
