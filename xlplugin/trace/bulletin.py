"""The figures of the bulletin, in its order: what each was asked for, how it comes about, which cells are behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlplugin.amounts import wan
from xlplugin.bulletin.opening import arithmetic
from xlplugin.figures import Named
from xlplugin.figures.declared import FIGURES
from xlplugin.figures.names import printed
from xlplugin.pipeline import Outcome
from xlplugin.schema.keys import ColumnKey
from xlplugin.trace.figure import Trace
from xlplugin.trace.project import of_project
from xlplugin.trace.sources import column, parameter

_COLUMNS: Mapping[str, tuple[ColumnKey, ...]] = {
    "total": ("total",),
    "plan": ("plan",),
    "done": ("done",),
    "completion": ("done", "plan"),
    "gap": ("done", "plan"),
    "start_rate": ("actual_start",),
    "started": ("actual_start",),
    "finish_rate": ("planned_finish", "actual_finish"),
    "money_share": ("total",),
}
"""The ledger's columns that a figure looks at; of any other figure the projects' names are shown."""


def traces(outcome: Outcome) -> Iterator[Trace]:
    """Every figure that the bulletin's sentences print."""
    return (explained(outcome, outcome.names[name]) for name in outcome.bulletin.figures)


def explained(outcome: Outcome, named: Named) -> Trace:
    """How one figure comes about."""
    name, key, facts = str(named.name), named.figure.key, outcome.facts
    if named.selection.project and named.selection.rows:
        every = of_project(outcome, named.selection.rows[0])
        if own := [each for each in every if each.path.endswith(f".{key}")]:
            return own[0]
    if key == "expected":
        basis = f"口径：{facts.conditions.yardstick}"
        formula = arithmetic(facts.conditions, facts.settings.percent_decimals) or "逐项计算"
        return Trace(name, name, named.text, formula, basis, parameter(facts, "yardstick"))
    rows = named.selection.based if key == "start_rate" else named.selection.rows or ()
    cells = "，".join(column(facts, each, rows) for each in _COLUMNS.get(key, ("name",)))
    return Trace(name, name, named.text, _formula(named), named.figure.definition, cells)


def _formula(named: Named) -> str:
    """With the figures it builds on, as they are added up; without, the rule of the words."""
    working, figure = named.figure.working, named.figure
    if working and named.value is not None:
        parts = {key: _exact(named, key) for key in named.parts}
        return working.format_map({"of": named.selection, **parts})
    rule = "，".join(word.rule for word in named.name.words) or "全部项目"
    if figure.kind == "money" and isinstance(named.value, int):
        return f"{rule}：{named.selection.count()}个项目之和＝{wan(named.value)} 万元"
    return rule


def _exact(named: Named, key: str) -> str:
    """A figure that another builds on: money in 万元 as entered."""
    value = named.parts[key]
    if FIGURES[key].kind == "money" and isinstance(value, int):
        return str(wan(value))
    return printed(FIGURES[key], value, named.selection.facts)
