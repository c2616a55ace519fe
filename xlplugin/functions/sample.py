"""The sample ledger that every example is computed on; it stands on the sheet 自检 under the name KP_SAMPLE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlplugin.cells import Cell
from xlplugin.schema import BUILDING, CITY, COUNTY, EARLY, LEDGER, MISSED, MONTHLY, PROVINCE

_FIRST = ("id", "name", "level", "nature", "total", "plan", "done", "actual_start", "actual_finish")
KEYS = (*_FIRST, "yardstick", "verdict", "verdict_reason", "cause", "note")
AS_OF = dt.date(2021, 9, 30)
_START, _END = dt.date(2021, 3, 1), dt.date(2021, 9, 1)


def _project(first: Sequence[Cell], **others: Cell) -> tuple[Cell, ...]:
    """A row: the first columns in their order, others by key; the yardstick is 按月."""
    own = {**dict(zip(_FIRST, first, strict=False)), "yardstick": MONTHLY, **others}
    return tuple(own.get(key) for key in KEYS)


SAMPLE: tuple[tuple[Cell, ...], ...] = (
    tuple(LEDGER[key].heading for key in KEYS),
    _project(
        ("S-01", "样例一景区建设项目", PROVINCE, BUILDING, 96000, 20000, 12100, _START),
        cause="设计变更",
    ),
    _project(
        ("S-02", "样例二厂房建设项目", CITY, BUILDING, 12000, 6000, 6000, _START, _END),
        note="达到序时",
    ),
    _project(
        ("S-03", "样例三路建设工程", COUNTY, BUILDING, 9800, 4000, 0),
        cause="资金未到位",
        note="未开工",
    ),
    _project(
        ("S-04", "样例四公园建设项目", COUNTY, BUILDING, 7000, 3000, 1000, _START),
        verdict=MISSED,
        verdict_reason="现场核实",
        cause="拆迁滞后",
        note="未达到序时",
    ),
    _project(("S-05", "样例五调水工程", COUNTY, EARLY, 5000, None, 0)),
)
"""Headings and five projects; the last column repeats the expected status, for the self-check to compare with."""
