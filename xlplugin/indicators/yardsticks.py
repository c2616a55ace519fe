"""序时口径: how much of the year's plan is expected to be done at the cut-off date (the trade's six ways)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from xlplugin.periods import Season, days_in_year
from xlplugin.schema import DAILY, MILESTONE, MONTHLY, MONTHLY_FACTOR, PLANNED, SEASONAL


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for the whole county at the cut-off date. `factor` and `factor_cap` are shares (120 % is 6/5)."""

    as_of: dt.date
    yardstick: str = MONTHLY
    factor: Fraction = Fraction(1)
    factor_cap: Fraction = Fraction(1)
    season: Season | None = None

    @property
    def months_left(self) -> int:
        """Months of the year after the cut-off month."""
        return 12 - self.as_of.month


def by_month(at: Conditions) -> Fraction:
    """按月: month ÷ 12. The county default; 15 of 23 recomputed public texts use it."""
    return Fraction(at.as_of.month, 12)


def by_day(at: Conditions) -> Fraction:
    """按日: days of the year gone by ÷ days of the year."""
    return Fraction(at.as_of.timetuple().tm_yday, days_in_year(at.as_of.year))


def by_month_factor(at: Conditions) -> Fraction:
    """按月×系数: month ÷ 12 × a factor such as 120 %, at most the cap (a province's rule of 2022)."""
    return min(by_month(at) * at.factor, at.factor_cap)


def by_season(at: Conditions) -> Fraction | None:
    """有效施工期: days of the building season gone by ÷ its length; None where the office names no season."""
    return (
        Fraction(at.season.elapsed(at.as_of), at.season.length(at.as_of.year))
        if at.season
        else None
    )


UNIFORM: Mapping[str, Callable[[Conditions], Fraction | None]] = {
    MONTHLY: by_month,
    DAILY: by_day,
    MONTHLY_FACTOR: by_month_factor,
    SEASONAL: by_season,
}
"""The yardsticks that expect the same share of every project. 月度计划 expects each project's own, 形象节点 none."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    MONTHLY: (),
    DAILY: (),
    MONTHLY_FACTOR: ("factor", "factor_cap"),
    PLANNED: ("planned", "plan"),
    SEASONAL: ("season_start", "season_end"),
    MILESTONE: (),
}
"""What a yardstick looks at beside the date: columns of the project, parameters of the county, by key."""


def required(at: Conditions) -> Fraction | None:
    """The county default's expected share; None where it differs by project."""
    rule = UNIFORM.get(at.yardstick)
    return rule(at) if rule else None


@lru_cache(maxsize=64)
def shares(at: Conditions) -> Mapping[str, Fraction | None]:
    """Every uniform yardstick's expected share."""
    return {name: rule(at) for name, rule in UNIFORM.items()}
