"""Eleven bulletins of other offices, each described in the words above its outline, are written without code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from line.county import lingchuan
from line.desk import table
from outlines.slips import slips

from xlplugin.bulletin.blocks import Heading, Items, Paragraph, PrintedTable, Signature, Title
from xlplugin.bulletin.ready import parse
from xlplugin.pipeline import Outcome, run
from xlplugin.schema import WORDING

STRUCTURES = Path(__file__).parent / "structures"
MARKS = {Title: "标题", Paragraph: "段", Items: "条", PrintedTable: "表", Signature: "落款"}
SKELETONS = {
    "areas": "标题 一 段 段 一 段 一 段 一 段 段" + " 一 段" * 9,
    "bureau": "标题 段 条 落款",
    "city": "标题 段 一 条 一 表 段 一 段 一 段 段 落款",
    "issues": "标题 段 一 条 一 段 一 条 一 段 一 段 段 段",
    "levels": "标题 一 段 表 一 段 二 表 二 表 一 段 二 表 二 表",
    "lights": "标题 段 一 条 一 段 一 段 段",
    "overdue": "标题 段 条 段 落款",
    "park": "标题 段 一 段 一 段 条 一 表",
    "town": "标题 段",
    "water": "标题 段 表 一 段",
    "yearend": "标题 段 一 二 条 二 条 一 表 一 段 落款",
}
"""What stands on the case county's page, from top to bottom; 一 and 二 are headings."""


def rows(name: str) -> list[list[Any]]:
    """The sheet 措辞 of one of them."""
    keys = ("paragraph", "depth", "each", "template")
    outline = parse((STRUCTURES / f"{name}.txt").read_text(encoding="utf-8"))
    assert len(outline.purpose) > 30
    return table(WORDING, (dict(zip(keys, row, strict=True)) for row in outline.rows))


def skeleton(outcome: Outcome) -> Iterator[str]:
    for block in outcome.bulletin.blocks:
        if isinstance(block, Heading):
            yield "一二三"[block.level - 1]
        elif type(block) in MARKS:
            yield MARKS[type(block)]


def test_every_structure_is_tried() -> None:
    assert sorted(path.stem for path in STRUCTURES.iterdir()) == sorted(SKELETONS)
    assert len(SKELETONS) >= 10


@pytest.mark.parametrize("name", SKELETONS)
def test_it_is_written_on_the_case_county(name: str) -> None:
    outcome = run(lingchuan(**{WORDING.title: rows(name)}))
    assert " ".join(skeleton(outcome)) == SKELETONS[name]
    assert slips(outcome) == []
