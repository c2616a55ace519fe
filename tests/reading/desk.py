"""What a reading comes to, in one line: projects, total/plan/done in 亿元, who has not started; or what is asked, and where."""

from __future__ import annotations

from typing import Any

from line.desk import AS_OF, grid

from xlplugin.amounts import money
from xlplugin.book import Grid
from xlplugin.errors import UserError
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run

HEAD = "| 序号 | 项目名称 | 项目级别 | 建设性质 | 总投资 | 年度计划投资 | 累计完成投资 | 开工时间 |"
ONE = "| 1 | 城南水厂 | 县重点 | 在建 | 50000 | 10000 | 8000 | 2020-05-01 |"
TWO = "| 2 | 城北大桥 | 市重点 | 续建 | 30000 | 6000 | 4800 | 2020-06-01 |"


def sheet(*lines: str, **more: Any) -> Grid:
    """A sheet drawn with bars; `more` as a Grid has it."""
    return Grid(grid("\n".join(lines)), **more)


def come_to(sheets: Grid | dict[str, Grid], only: str | None = None) -> str:
    """2: 8.00 1.60 1.28, with 未开工 1 behind where some have not started; 问 G1 where something is asked of that cell."""
    book = MemoryBook({"Sheet1": sheets} if isinstance(sheets, Grid) else sheets)
    try:
        outcome = run(book, AS_OF, sheet=only)
    except UserError as stop:
        return f"停：{stop}"
    if outcome.errors:
        return "问 " + " ".join(p.cell or p.sheet for p in outcome.errors)
    whole = outcome.figures.whole
    sums = " ".join(money(fen) for fen in (whole.total, whole.plan, whole.done))
    waiting = len(outcome.figures.not_started)
    return f"{whole.count}: {sums}" + (f" 未开工 {waiting}" if waiting else "")
