"""Where a figure comes from: its formula, its yardstick, the rows and cells behind it (`kp explain`, sheet 计算过程)."""

from __future__ import annotations

from xlplugin.cells import plain
from xlplugin.errors import UserError
from xlplugin.pipeline import Outcome
from xlplugin.trace.bulletin import traces
from xlplugin.trace.figure import Trace
from xlplugin.trace.project import of_project


def find(outcome: Outcome, words: str) -> list[Trace]:
    """The traces that a figure's name or path means: totals.completion, 前期完成率, LC2021-01, LC2021-01.完成率, 未开工 …

    Raises UserError, with the names there are, where it means none.
    """
    wanted = plain(words)
    everything = list(traces(outcome))
    exact = [trace for trace in everything if wanted in (plain(trace.path), plain(trace.name))]
    found = exact or _of_projects(outcome, words)
    found = found or [trace for trace in everything if wanted and wanted in plain(trace.name)]
    if found:
        return found
    names = "、".join(trace.name for trace in everything)
    first = outcome.facts.data.values("id")[0]
    raise UserError(f"没有叫「{words}」的数字。可以查：{names}；也可以写项目编号，如「{first}」。")


def _of_projects(outcome: Outcome, words: str) -> list[Trace]:
    """A project's figures, or one of them: 「编号」 or 「编号.数字」, where an id may have a dot of its own."""
    rows = outcome.facts.ledger.rows
    project, _, figure = words.rpartition(".")
    if plain(project) not in rows:
        project, figure = words, ""
    row = rows.get(plain(project))
    own = [] if row is None else of_project(outcome, row)
    wanted = plain(figure)
    return [
        trace
        for trace in own
        if not wanted
        or wanted in (plain(trace.name.split("：")[-1]), plain(trace.path.rsplit(".", 1)[-1]))
    ]
