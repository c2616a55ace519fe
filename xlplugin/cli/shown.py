"""How what was found is shown: as JSON, as a table on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from xlplugin.say import say

if TYPE_CHECKING:
    from xlplugin.pipeline import Outcome

ALIKE = 3
"""So many findings of one kind are told in a line; the sheet 检查结果 has them all."""

LOCKED = "台账设有打开密码：写出的工作簿和 Word 文档用同一密码；文字稿不能设密码，没有写，要的从「通报」表复制。"
"""What is said where a locked ledger's bulletin was written."""


def echo(found: object) -> None:
    """One JSON object, or a list of them, on standard output."""
    say(json.dumps(found, ensure_ascii=False))


def show(outcome: Outcome) -> None:
    """The reading, problems and a closing line; a table on a terminal, plain lines elsewhere."""
    from xlplugin.cells import told
    from xlplugin.errors import together
    from xlplugin.render import reading

    for line in reading.text(outcome.reading):
        say(line)
    words = {"E": "错误", "W": "提醒"}
    found = [
        (words[first.severity], first.code, replace(first, cell=told(cells)).message)
        for first, cells in together(outcome.problems, alike=ALIKE)
    ]
    if found and sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        from xlplugin.schema import RESULTS

        table = Table(*(RESULTS[key].heading for key in ("severity", "code", "saying")))
        for said in found:
            table.add_row(*said, style="red" if said[0] == words["E"] else "")
        Console(markup=False, highlight=False).print(table)  # a quoted [cell] is no markup
    else:
        for said in found:
            say(" ".join(said))
    figures = outcome.figures
    say(
        f"截至{outcome.as_of}：{figures.whole.count}项，{figures.by_status}；"
        f"错误{len(outcome.errors)}处，提醒{len(outcome.problems) - len(outcome.errors)}处。"
    )


def stopped(outcome: Outcome) -> str:
    """Why nothing was written, and what to do."""
    return f"台账有{len(outcome.errors)}处错误，没有写任何文件。改正后再生成；一定要先看看的，加 --force。"
