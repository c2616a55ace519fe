"""Status and light of each project: exactly one each, by rule, from unrounded values."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from fractions import Fraction

import numpy as np

from xlplugin.columns import Array
from xlplugin.flags.facts import Facts
from xlplugin.indicators import decide
from xlplugin.periods import add_months
from xlplugin.schema import (
    BEHIND,
    BUILDING,
    BY_POINTS,
    LIGHTS,
    MISSED,
    NOT_STARTED,
    REACHED,
    STATUSES,
    UNRATED,
)
from xlplugin.schema.keys import IndicatorKey


class Ruling(IntEnum):
    """Which rule gave a project its status: the first that fits, in this order."""

    NOT_STARTED = 0
    FINISHED = 1
    SAID_REACHED = 2
    SAID_MISSED = 3
    UNPLANNED = 4
    IN_TIME = 5
    LATE = 6


_STATUS = tuple(STATUSES[at] for at in (0, 1, 1, 2, 3, 1, 2))
"""Status by ruling."""

DECIDED_BY = {
    Ruling.NOT_STARTED: ("nature", "actual_start", "as_of"),
    Ruling.FINISHED: ("actual_finish", "as_of"),
    Ruling.SAID_REACHED: ("verdict", "verdict_reason"),
    Ruling.SAID_MISSED: ("verdict", "verdict_reason"),
    Ruling.UNPLANNED: ("plan",),
}
"""The columns and parameters that a ruling looks at; the last two look at the gap."""


def ruling(facts: Facts) -> Array:
    """The number of the `Ruling` on each project:

    1. 在建 without a start up to the cut-off: 未开工. 2. Finished up to the cut-off: 达到序时. 3. 人工认定: as it says.
    4. No plan: 暂不评价, since nothing can be reached. 5. 达到序时 when completion ≥ expected − tolerance; where the figure is missing or refused it cannot
    be shown to be on schedule: 未达到序时 (and an error says so).
    """
    data = facts.data
    on_time = (_sign(facts, "gap", facts.settings.tolerance) >= 0) & ~np.isnan(data["gap"])
    rules = [
        facts.where("nature", BUILDING) & ~data["started"],
        data["finished"],
        facts.where("verdict", REACHED),
        facts.where("verdict", MISSED),
        ~(data["plan"] > 0),
        on_time,
    ]
    return np.select(rules, range(len(rules)), Ruling.LATE)


def status(facts: Facts) -> Array:
    """One of `STATUSES` a project."""
    return _of(_STATUS, ruling(facts))


def _of(names: tuple[str, ...], numbers: Array) -> Array:
    return np.array(names, dtype=object)[numbers]


def by_ratio(facts: Facts) -> Array:
    """Whether a project's status comes from comparing completion with the expected share."""
    return ruling(facts) >= Ruling.IN_TIME


def light(facts: Facts, statuses: Array) -> Array:
    """绿 on schedule. Behind: 黄, and 红 beyond the red threshold; 绿 while within the yellow one.

    Without a plan: 灰. Not started: 灰 while the planned start lies after the cut-off, 黄 once due (or no date given), 红 some months after.
    """
    data, settings = facts.data, facts.settings
    if settings.light_rule == BY_POINTS:
        yellow = _sign(facts, "gap", settings.yellow_points) < 0
        red = _sign(facts, "gap", settings.red_points) < 0
    else:
        yellow = _sign(facts, "spi", -settings.yellow_ratio) < 0
        red = _sign(facts, "spi", -settings.red_ratio) < 0
    yellow |= facts.where("verdict", MISSED) | np.isnan(data["gap"])
    due, cutoff = data["planned_start"], np.datetime64(settings.as_of)
    late = np.datetime64(_months_back(settings.as_of, settings.red_months))
    waiting = np.select([due > cutoff, due <= late], [3, 2], 1)
    behind = np.select([red, yellow], [2, 1], 0)
    return _of(
        LIGHTS,
        np.select(
            [statuses == NOT_STARTED, statuses == BEHIND, statuses == UNRATED],
            [waiting, behind, 3],
            0,
        ),
    )


def _months_back(day: dt.date, months: int) -> dt.date:
    """The latest planned start that lies at least `months` before `day`: the last d with d + months ≤ day."""
    back = add_months(day, -months)
    while add_months(back + dt.timedelta(days=1), months) <= day:
        back += dt.timedelta(days=1)
    return back


def _sign(facts: Facts, key: IndicatorKey, plus: Fraction) -> Array:
    """The exact sign of an indicator + a threshold, for every project; 0 where the indicator does not exist."""
    values = facts.data[key]

    def exact(position: int) -> Fraction | None:
        value = facts.at(position)[key]
        return None if value is None else value + plus

    return decide(values + float(plus), exact)
