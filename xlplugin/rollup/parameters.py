"""The city's 参数 out of the counties': what they agree on stays; what they do not is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlplugin.cells import Cell, show
from xlplugin.errors import Problem
from xlplugin.rollup.county import County
from xlplugin.schema import LEDGER, PARAMETERS, SETTINGS, Parameter

JUDGING = (
    "yardstick",
    "factor",
    "factor_cap",
    "tolerance",
    "light_rule",
    "yellow_points",
    "red_points",
    "yellow_ratio",
    "red_ratio",
    "red_months",
    "start_basis",
    "season_start",
    "season_end",
    "decimals",
    "share_decimals",
    "unit",
)
"""Parameters on which judgements and figures rest; the others are each office's own."""

CITY = "全市"
"""How the city is called where nobody gave its name."""


def agreed(counties: Sequence[County], name: str) -> tuple[dict[str, Cell], list[Problem]]:
    """The city's parameters, and a KP37 W for each on which the counties differ: the city takes what most have."""
    by_key = {parameter.key: parameter for parameter in PARAMETERS}
    found: dict[str, Cell] = {
        "as_of": counties[0].outcome.as_of,
        "county": name or CITY,
        "rankings": LEDGER["county"].heading,
        "season_start": None,
        "season_end": None,
    }
    problems = []
    for key in JUDGING:
        values = [getattr(county.outcome.facts.settings, key) for county in counties]
        value, votes = Counter(values).most_common(1)[0]
        found[key] = _cell(by_key[key], value)
        if votes < len(values):
            problems.append(_disagreement(by_key[key], counties, values, value))
    return found, problems


def _disagreement(
    parameter: Parameter, counties: Sequence[County], values: Sequence[Any], value: Any
) -> Problem:
    others = "、".join(
        f"{county.name}为 {_said(parameter, own)}"
        for county, own in zip(counties, values, strict=True)
        if own != value
    )
    advice = (
        "口径不同的县已在每个项目上注明"
        if parameter.key == "yardstick"
        else "请各县统一，否则全市的判断与县里的可能不同"
    )
    return Problem(
        "KP37",
        "W",
        SETTINGS.title,
        "",
        parameter.title,
        "各县应当一致",
        f"全市用 {_said(parameter, value)}，{others}",
        advice,
    )


def _cell(parameter: Parameter, value: Any) -> Cell:
    """A parameter's value as a clerk would type it."""
    if value is None or value == ():
        return None
    if parameter.kind == "month_day":
        return f"{value[0]}月{value[1]}日"
    if parameter.kind in ("share", "points"):
        scaled = value * (100 if parameter.kind == "points" else 1)
        return Decimal(scaled.numerator) / Decimal(scaled.denominator)
    cell: Cell = value
    return cell


def _said(parameter: Parameter, value: Any) -> str:
    cell = _cell(parameter, value)
    return (
        f"{cell * 100:f}%"
        if parameter.kind == "share" and isinstance(cell, Decimal)
        else show(cell)
    )
