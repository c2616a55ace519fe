"""An Outcome as one plain object: what `--json` prints and a batch's summary keeps. A contract (design §6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from xlplugin.amounts import money, percent
from xlplugin.cells import told
from xlplugin.errors import Problem, together
from xlplugin.figures.counted import Sums
from xlplugin.figures.said import Words, words
from xlplugin.pipeline import Outcome
from xlplugin.render.reading import record as reading


def record(outcome: Outcome, outputs: Sequence[Path] = ()) -> dict[str, object]:
    """Money in 亿元 and percentages as decimal strings, half up, as printed; None where a ratio does not exist."""
    figures, facts = outcome.figures, outcome.facts
    said = words(facts.settings)
    decimals = said.share_decimals
    known = (facts.data.rows.tolist(), facts.data.values("id"), facts.data.values("name"))
    ids = {row: own or name for row, own, name in zip(*known, strict=True)}

    groups = {title: totals(sums, said) for title, sums in figures.groups.items()}
    for group in groups.values():
        del group["investment"]
    return {
        "as_of": outcome.as_of.isoformat(),
        "yardstick": facts.conditions.yardstick,
        "required": percent(figures.required, decimals),
        "reading": reading(outcome.reading),
        "totals": totals(figures.whole, said),
        "groups": groups,
        "started": figures.started,
        "start_rate": percent(figures.start_rate, decimals),
        "not_started": [ids[row] for row in figures.not_started],
        "behind": [ids[row] for row in figures.behind],
        "on_schedule": [ids[row] for row in figures.on_schedule],
        "unrated": [ids[row] for row in figures.unrated],
        "lights": dict(zip(ids.values(), facts.data.values("light"), strict=True)),
        "problems": problems(outcome.problems),
        "outputs": [str(path) for path in outputs],
    }


def checked(outcome: Outcome) -> dict[str, object]:
    """What `kp check` found: the reading and the problems."""
    return {
        "as_of": outcome.as_of.isoformat(),
        "reading": reading(outcome.reading),
        "problems": problems(outcome.problems),
    }


def totals(sums: Sums, said: Words) -> dict[str, object]:
    """The sums of some projects."""
    return {
        "count": sums.count,
        "investment": money(sums.total, said.decimals),
        "plan": money(sums.plan, said.decimals),
        "done": money(sums.done, said.decimals),
        "completion": percent(sums.completion, said.share_decimals),
    }


def problems(found: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as plain objects, in their order: one a cause, at the first of its cells; the message names them all."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "sheet": problem.sheet,
            "cell": problem.cell,
            "message": replace(problem, cell=told(cells)).message,
        }
        for problem, cells in together(found)
    ]
