"""The columns that layouts are made of, under the headings that offices give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from layouts.projects import Made
from layouts.sheets import Col, Value

LEVELS = {"省": "省重点", "市": "市重点", "县": "县重点"}


def number(heading: Any = "序号") -> Col:
    """1, 2, 3 …"""
    return Col(heading, lambda p: p.number)


def name(heading: Any = "项目名称") -> Col:
    """The project's name."""
    return Col(heading, lambda p: p.name)


def level(heading: Any = "项目级别", ending: str = "重点") -> Col:
    """省重点, 省级 …, by the ending."""
    return Col(heading, lambda p: p.level + ending)


def nature(heading: Any = "建设性质", **words: str) -> Col:
    """续建, 新建, 前期, or other words for them."""
    return Col(heading, lambda p: words.get(p.nature, p.nature))


def agency(heading: Any = "责任单位") -> Col:
    """The unit that is to act."""
    return Col(heading, lambda p: p.agency)


def money(
    heading: Any, key: str, share: float = 1, number_format: str = "General", hidden: bool = False
) -> Col:
    """An amount by its attribute, times a share (0.0001 for 亿元, 10000 for 元)."""

    def value(p: Made) -> Any:
        amount = getattr(p, key)
        return amount if share == 1 else round(amount * share, 6)

    return Col(heading, value, number_format, hidden)


def start(heading: Any = "开工时间", show: Value | None = None) -> Col:
    """When it was started; empty where it was not."""
    return Col(heading, show or (lambda p: p.start), "yyyy-mm-dd")


def finish(heading: Any = "竣工时间", show: Value | None = None) -> Col:
    """When it was finished."""
    return Col(heading, show or (lambda p: p.finish), "yyyy-mm-dd")


def cause(heading: Any = "存在问题", none: str = "") -> Col:
    """Why it lags; `none` where there is nothing to say."""
    return Col(heading, lambda p: p.cause or none)


def progress(heading: Any = "形象进度") -> Col:
    """How far it has come."""
    return Col(heading, lambda p: p.progress)


def text(heading: Any, value: Any) -> Col:
    """The same text in every row."""
    return Col(heading, lambda _: value)


def month_of(day: dt.date | None) -> str:
    """2021年4月."""
    return f"{day.year}年{day.month}月" if day else ""


def usual(*amounts: Col, before: tuple[Col, ...] = (), after: tuple[Col, ...] = ()) -> list[Col]:
    """序号 … 责任单位, the amounts, 开工时间, 存在问题: what nearly every ledger has."""
    return [
        number(),
        name(),
        level(),
        nature(),
        agency(),
        *before,
        *amounts,
        *after,
        start(),
        cause(),
    ]


TOTAL, PLAN, DONE = (
    money("总投资", "total"),
    money("年度计划投资", "plan"),
    money("1-9月累计完成投资", "done"),
)
USUAL = usual(TOTAL, PLAN, DONE)
MONEY = tuple(column.heading for column in (TOTAL, PLAN, DONE))


def without(*headings: str) -> list[Col]:
    """The usual columns but for some."""
    return [col for col in USUAL if col.heading not in headings]
