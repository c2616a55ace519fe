"""Status and light of each project: exactly one each, by rule, from unrounded values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from xlplugin.flags.facts import Exact, Facts
from xlplugin.indicators import REGISTRY, decide
from xlplugin.periods import add_months
from xlplugin.schema import BUILDING, BY_POINTS, MISSED, REACHED

NOT_STARTED, ON_SCHEDULE, BEHIND = STATUSES = ("未开工", "达到序时", "未达到序时")
GREEN, YELLOW, RED, GREY = LIGHTS = ("绿", "黄", "红", "灰")


def status(facts: Facts) -> np.ndarray[Any, Any]:
    """One of `STATUSES` a project, by the first rule that fits:

    1. 在建 without a start up to the cut-off: 未开工. 2. Finished up to the cut-off: 达到序时. 3. 人工认定: as it says.
    4. No plan: 达到序时. 5. 达到序时 when completion ≥ expected − tolerance; where the figure is missing or refused it cannot
    be shown to be on schedule: 未达到序时 (and an error says so).
    """
    frame = facts.frame
    verdict = frame["verdict"].to_numpy()
    no_plan = (frame["plan"].fillna(0) <= 0).to_numpy(dtype=bool)
    on_time = _sign(facts, "gap", facts.settings.tolerance) >= 0
    on_time &= ~np.isnan(frame["gap"].to_numpy())
    rules = [not_started(facts), frame["finished"].to_numpy(), verdict == REACHED, verdict == MISSED, no_plan, on_time]
    return np.select(rules, [NOT_STARTED, ON_SCHEDULE, ON_SCHEDULE, BEHIND, ON_SCHEDULE, ON_SCHEDULE], BEHIND).astype(object)


def not_started(facts: Facts) -> np.ndarray[Any, Any]:
    """在建 and no 实际开工日期 up to the cut-off."""
    return np.asarray((facts.frame["nature"] == BUILDING) & ~facts.frame["started"], dtype=bool)


def by_ratio(facts: Facts, statuses: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whether a status came from comparing completion with the expected share (rule 5)."""
    frame = facts.frame
    return np.asarray((statuses != NOT_STARTED) & ~frame["finished"] & (frame["verdict"] == "") & (frame["plan"].fillna(0) > 0),
                      dtype=bool)


def light(facts: Facts, statuses: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """绿 on schedule. Behind: 黄, and 红 beyond the red threshold; 绿 while within the yellow one.

    Not started: 灰 while the planned start lies after the cut-off, 黄 once due (or no date given), 红 some months after.
    """
    frame, settings = facts.frame, facts.settings
    if settings.light_rule == BY_POINTS:
        yellow = _sign(facts, "gap", settings.yellow_points) < 0
        red = _sign(facts, "gap", settings.red_points) < 0
    else:
        yellow = _sign(facts, "spi", -settings.yellow_ratio) < 0
        red = _sign(facts, "spi", -settings.red_ratio) < 0
    yellow |= (frame["verdict"] == MISSED).to_numpy(dtype=bool) | np.isnan(frame["gap"].to_numpy())
    due = frame["planned_start"]
    cutoff = np.datetime64(settings.as_of)
    late = np.datetime64(_months_back(settings.as_of, settings.red_months))
    waiting = np.select([(due > cutoff).to_numpy(dtype=bool), (due <= late).to_numpy(dtype=bool)], [GREY, RED], YELLOW)
    behind = np.select([red, yellow], [RED, YELLOW], GREEN)
    return np.select([statuses == NOT_STARTED, statuses == BEHIND], [waiting, behind], GREEN).astype(object)


def _months_back(day: Any, months: int) -> Any:
    """The latest planned start that lies at least `months` before `day`: the last d with d + months ≤ day."""
    back = add_months(day, -months)
    while add_months(back + np.timedelta64(1, "D").astype(object), months) <= day:
        back += np.timedelta64(1, "D").astype(object)
    return back


def _sign(facts: Facts, key: str, plus: Fraction) -> np.ndarray[Any, Any]:
    """The exact sign of an indicator + a threshold, for every project; 0 where the indicator does not exist."""
    values = facts.frame[key].to_numpy()

    def exact(position: int) -> Fraction | None:
        value = REGISTRY[key].cell(Exact(facts, position), facts.conditions)
        return None if value is None else value + plus

    return decide(values + float(plus), exact)
