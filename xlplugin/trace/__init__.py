"""Where a figure comes from: its formula, its yardstick, the rows and cells behind it (`kp explain`, sheet 计算过程)."""

from __future__ import annotations

from xlplugin.cells import plain
from xlplugin.errors import UserError
from xlplugin.figures import UnknownName
from xlplugin.pipeline import Outcome
from xlplugin.trace.bulletin import explained, traces
from xlplugin.trace.figure import Trace
from xlplugin.trace.project import of_project


def find(outcome: Outcome, words: str) -> list[Trace]:
    """The traces that a figure's name means: 全部.完成率, totals.completion, LC2021-01 (all of it), LC2021-01.完成率, 前期完成率 …

    Raises UserError, with the nearest words, where it means none.
    """
    row = outcome.facts.ledger.rows.get(plain(words))
    if row is not None:
        return of_project(outcome, row)
    try:
        return [explained(outcome, outcome.names[words])]
    except UnknownName as unknown:
        wanted = plain(words)
        told = [name for name in outcome.bulletin.figures if wanted == plain(name).replace(".", "")]
        if not told:
            first = outcome.facts.data.values("id")[0]
            raise UserError(f"{unknown}也可以写项目编号，如「{first}」。") from None
        return [explained(outcome, outcome.names[name]) for name in told]
