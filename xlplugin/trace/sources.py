"""The cells behind a figure: of the ledger, of 月度计划, of 参数."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from xlplugin.cells import address
from xlplugin.flags import Facts
from xlplugin.schema import LEDGER
from xlplugin.schema.keys import MONTH_KEYS, ColumnKey
from xlplugin.settings import TITLES

SHOWN_CELLS = 12
"""Cells that are named one by one; beyond that ranges are given."""
DEFAULT = "程序默认"


def column(facts: Facts, key: str, rows: Sequence[int]) -> str:
    """「项目台账」K4:K44, or the cells one by one where they do not stand together."""
    table = facts.ledger.table
    place = table.header.columns.get(key)
    if place is None or not rows:
        return ""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    across = table.header.added.get(key, (place,))
    said = [
        address(a, place) if a == b else f"{address(a, place)}:{address(b, place)}"
        for a, b in runs
        for place in across
    ]
    return (
        f"「{table.title}」"
        + "、".join(said[:SHOWN_CELLS])
        + (f"等{len(rows)}格" if len(said) > SHOWN_CELLS else "")
    )


def parameter(facts: Facts, key: str) -> str:
    """「参数」B6, or that nobody decided; "" for a date that came with the command."""
    settings = facts.settings
    if key == "as_of" and key not in settings.cells:
        return ""
    return f"「{settings.table.title}」{settings.cells[key]}" if key in settings.cells else DEFAULT


def cells_of(facts: Facts, row: int, keys: Iterable[str]) -> str:
    """The cells by which a project's value was found: 累计完成投资 K2、序时口径 「参数」B6；程序默认：红灯百分点.

    The keys are columns, `used` (the yardstick), `planned` (its month of 月度计划) and parameters.
    """
    said = [_one(facts, row, key) for key in dict.fromkeys(keys)]
    found = "、".join(f"{title} {place}" for title, place in said if place not in ("", DEFAULT))
    default = "、".join(title for title, place in said if place == DEFAULT)
    return "；".join(part for part in (found, default and f"{DEFAULT}：{default}") if part)


def _one(facts: Facts, row: int, key: str) -> tuple[str, str]:
    """A source's title and place; no place where the workbook has none."""
    table = facts.ledger.table
    if key == "planned":
        return _of_month(facts, row)
    if key == "used":
        key = "yardstick"
        own, used = (facts.project(row).yardstick, facts.project(row).used)
        if own != used:
            return TITLES[key], parameter(facts, key)
    elif key in TITLES:
        return TITLES[key], parameter(facts, key)
    place = cast(ColumnKey, key)
    return LEDGER[key].heading, "+".join(table.addresses(row, place)) if table.has(place) else ""


def _of_month(facts: Facts, row: int) -> tuple[str, str]:
    plans, month = facts.monthly_plan, facts.settings.as_of.month
    lines = plans.lines("id", "name")
    at = [line for line, *words in lines if facts.ledger.row_of(*words) == row]
    key = MONTH_KEYS[month - 1]
    return plans.sheet[key].heading, f"「{plans.title}」{plans.address(at[-1], key)}" if at else ""
