"""Counties' tables as the city's: typed values as a clerk would have typed them, ids and names made unique."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from xlplugin.archive import as_typed
from xlplugin.builder import Contents
from xlplugin.cells import Cell
from xlplugin.reading.terms import stage
from xlplugin.rollup.county import County
from xlplugin.rollup.doubles import same_names, surely_double
from xlplugin.rollup.numbering import Numbering, number
from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, PLANNED
from xlplugin.schema.keys import MONTH_KEYS, ColumnKey
from xlplugin.tables import Table


def merge(counties: Sequence[County], yardstick: str, settings: Mapping[str, Cell]) -> Contents:
    """One ledger, its plans, its history and its issues; `yardstick` is the city's, other counties' stand at each project.

    Plans and history are taken over only where every county has them: half a curve would be a wrong one.
    """
    numbering, names = number(counties), _names(counties)
    ledger = [row for county in counties for row in _projects(county, numbering, names, yardstick)]
    plans = _all(counties, "monthly_plan") or any(
        PLANNED in county.outcome.facts.data.values("used") for county in counties
    )
    done = _all(counties, "monthly_done")

    def rows(name: str) -> list[dict[str, Cell]]:
        return [row for county in counties for row in _by_project(county, name, numbering)]

    return Contents(
        ledger=ledger,
        monthly_plan=rows("monthly_plan") if plans else (),
        monthly_done=rows("monthly_done") if done else (),
        issues=rows("issues"),
        settings=settings,
    )


def lacking(counties: Sequence[County], name: str) -> list[str]:
    """The counties without a table that others have: monthly_plan, or monthly_done with last month in it."""
    without = [county.name for county in counties if not _has(county, name)]
    return without if len(without) < len(counties) else []


def _all(counties: Sequence[County], name: str) -> bool:
    return all(_has(county, name) for county in counties)


def _has(county: County, name: str) -> bool:
    facts = county.outcome.facts
    table: Table = getattr(facts, name)
    month = facts.settings.as_of.month - 1
    if table.sheet is MONTHLY_DONE and month >= 1:
        return not np.isnan(table.data[MONTH_KEYS[month - 1]]).all()
    return len(table) > 0


def _names(counties: Sequence[County]) -> dict[tuple[str, int], str]:
    """Names that two counties use for different projects get the county behind; the surely double stay, and are refused."""
    found: dict[tuple[str, int], str] = {}
    for places in same_names(counties):
        if any(surely_double(places[0], other) for other in places[1:]):
            continue
        for county, row in places:
            found[county.name, row] = f"{county.outcome.facts.project(row).name}（{county.name}）"
    return found


def _projects(
    county: County, numbering: Numbering, names: Mapping[tuple[str, int], str], yardstick: str
) -> list[dict[str, Cell]]:
    facts = county.outcome.facts
    table = facts.ledger.table
    own = facts.conditions.yardstick
    words = dict(zip(facts.data.rows.tolist(), facts.data.values("nature_word"), strict=True))
    rows = []
    for row, values in _records(table):
        cells = {column.key: as_typed(column, values[column.key]) for column in LEDGER.columns}
        if cells["nature"] and stage(words[row]) == cells["nature"]:
            cells["nature"] = words[
                row
            ]  # 续建, as the county says; what only it understands stays 在建 or 前期
        for column in (column for column in LEDGER.columns if cells[column.key] is None):
            key = cast(ColumnKey, column.key)
            if table.refused(row, key) and isinstance(typed := facts.ledger.cell(row, key), str):
                cells[key] = str(typed)  # it is refused in the city's ledger as well
        if own != yardstick:
            cells["yardstick"] = cells["yardstick"] or own
        cells["id"] = numbering.id(county, str(values["id"]))
        cells["name"] = names.get((county.name, row), cells["name"])
        cells["county"] = county.name
        rows.append(cells)
    return rows


def _by_project(county: County, name: str, numbering: Numbering) -> list[dict[str, Cell]]:
    """Rows of a table that goes by project; the project is named by its id in the city's ledger."""
    facts = county.outcome.facts
    table: Table = getattr(facts, name)
    rows = []
    for _, values in _records(table):
        at = facts.ledger.row_of(own := str(values["id"]), str(values["name"]))
        cells = {column.key: as_typed(column, values[column.key]) for column in table.sheet.columns}
        if at is None:
            cells["id"] = numbering.unknown(county, own) or None
        else:
            cells["id"] = numbering.id(county, facts.project(at).id) or None
            cells |= {} if table.sheet is ISSUES else {"name": facts.project(at).name}
        rows.append(cells)
    return rows


def _records(table: Table) -> list[tuple[int, dict[str, Cell]]]:
    columns = {column.key: table.data.listed(column.key) for column in table.sheet.columns}
    return [
        (row, {key: values[at] for key, values in columns.items()})
        for at, row in enumerate(table.data.rows.tolist())
    ]
