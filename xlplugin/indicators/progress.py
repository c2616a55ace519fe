"""The indicators: a function's name is its key in `schema.INDICATORS`, its parameters are columns, its docstring is its definition.

Each body serves a cell (exact integers and Fractions) and a column (float arrays) alike, through the few helpers of
`arithmetic.py`. Money is in 分, shares are 0–1.
"""

from __future__ import annotations

from xlplugin.indicators.arithmetic import Value, at_least, choose, divide
from xlplugin.indicators.yardsticks import Conditions, shares
from xlplugin.schema import PLANNED


def completion(done: Value, plan: Value) -> Value:
    """累计完成投资 ÷ 年度计划投资; none where there is no plan."""
    return divide(done, plan)


def expected(used: Value, planned: Value, plan: Value, at: Conditions) -> Value:
    """The share of the year's plan expected at the cut-off date, by the project's yardstick; none for 形象节点."""
    return choose(used, {**shares(at), PLANNED: divide(planned, plan)})


def gap(completion: Value, expected: Value) -> Value:
    """完成率 − 序时进度, as a share; × 100 in 百分点. Negative is behind."""
    return completion - expected


def spi(completion: Value, expected: Value) -> Value:
    """进度指数: 完成率 ÷ 序时进度; 1 is on time."""
    return divide(completion, expected)


def remaining(plan: Value, done: Value) -> Value:
    """What of the year's plan is still to be done, 分; 0 once it is reached."""
    return at_least(plan - done, 0)


def run_rate(remaining: Value, at: Conditions) -> Value:
    """What each of the year's remaining months must bring, 分; none in December."""
    return divide(remaining, at.months_left)


def forecast(done: Value, at: Conditions) -> Value:
    """What the year ends with at the present pace: done ÷ months gone by × 12, 分."""
    return divide(done * 12, at.as_of.month)
