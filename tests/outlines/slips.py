"""What a leader would circle in a bulletin, whatever its outline: told from its words and blocks alone."""

from __future__ import annotations

import re

from line.closing import _UGLY, before_note, hide
from line.closing import _decimals as decimals_differ
from line.closing import _lists as lists_differ
from line.closing import _numbering as numbers_skip

from xlplugin.bulletin.blocks import Heading, Items, PrintedTable
from xlplugin.pipeline import Outcome
from xlplugin.render.text import text

NOTHING = re.compile(r"(?<![\d.])0项|（）|：。|：；|其中。|的，")


def slips(outcome: Outcome) -> list[str]:
    """What a leader would circle in a bulletin, whatever its outline."""
    names = outcome.facts.data.values("name")
    body = text(outcome.bulletin).partition("\n附件\n")[0]
    lines = [hide(line.strip("　"), names) for line in body.splitlines() if "\t" not in line]
    wrong = (p for p in outcome.problems if p.code == "KP36")
    found = [p.found for p in wrong if "用到的栏目" not in p.expected]  # what a ledger lacks
    found += [line for line in lines if _UGLY.search(line) or NOTHING.search(line)]
    addressee = f"{outcome.facts.settings.addressee}："
    found += [line for line in lines if line and line[-1] in "，；、"]
    found += [
        line
        for line, below in zip(lines, lines[1:], strict=False)
        if line.endswith("：") and line != addressee and not below.startswith("1.")
    ]
    found += lists_differ("\n".join(lines))
    found += numbers_skip(before_note(lines))
    found += decimals_differ(hide(body, names))
    return [*found, *opposites(lines), *hollow(outcome)]


def opposites(lines: list[str]) -> list[str]:
    """Praise for what lags, blame for what leads."""
    part, found = "", []
    for line in lines:
        part = line if re.match(r"[一二三四]、|（", line) else part
        good, bad = re.search("红榜|领先|较快", part), re.search("黑榜|滞后", part)
        listed = re.match(r"\d+\.", line)
        if listed and ((good and "序时进度低" in line) or (bad and "序时进度高" in line)):
            found.append(f"{part}：{line}")
    return found


def hollow(outcome: Outcome) -> list[str]:
    """Headings with nothing below, lists of one, tables without a row, and headings that count otherwise than their list."""
    found = []
    blocks = outcome.bulletin.blocks
    for block, below in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading) and (
            below is None or (isinstance(below, Heading) and below.level <= block.level)
        ):
            found.append(f"空：{block.text}")
        if isinstance(block, Items) and len(block.lines) < 2:
            found.append(f"独条：{block.lines}")
        if isinstance(block, PrintedTable) and not block.rows:
            found.append(f"空表：{block.title}")
    return found
