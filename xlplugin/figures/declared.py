"""The figures: each a function whose docstring is its definition, as `kp explain` and the manual tell it.

A parameter is another figure of the same projects, `of` them themselves, or `n`: the number in the name (前三名: 3). Where one has no value there is
none. Money is in 分, shares are 0–1, lists are sheet rows or ranks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from xlplugin import indicators
from xlplugin.amounts import ratio
from xlplugin.figures import ranking
from xlplugin.figures.ranking import Rank
from xlplugin.figures.said import clause, reason
from xlplugin.figures.selection import Selection
from xlplugin.schema import ANALYSIS, COMPLETION, INDICATORS, LEDGER, PLACE, Column

FigureValue = int | Fraction | str | tuple[int, ...] | tuple[str, ...] | tuple[Rank, ...] | None
FigureKind = Literal[
    "count", "money", "share", "points", "number", "place", "rows", "names", "ranks", "text"
]
_UNITS: Mapping[FigureKind, str] = {"place": "名"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One declared figure. `timed`: the months of a name are meant for it. `by`: it needs a column to go by; `either`: it may have one."""

    key: str
    label: str
    kind: FigureKind
    definition: str
    working: str
    """How it comes about: the figures it builds on, as printed; "": the rule of the words says it."""
    also: tuple[str, ...]
    parameters: tuple[str, ...]
    body: Callable[..., FigureValue]
    timed: bool = False
    by: bool = False
    either: bool = False
    unit: str = ""
    """Behind a whole number in print; "" for a number of projects: the office's own."""


FIGURES: dict[str, Figure] = {}
"""Every figure by key, in the manual's order."""


def figure(
    label: str,
    kind: FigureKind,
    working: str = "",
    also: tuple[str, ...] = (),
    *,
    timed: bool = False,
    by: bool = False,
    either: bool = False,
    unit: str = "",
) -> Callable[[Callable[..., FigureValue]], Callable[..., FigureValue]]:
    """Declare a figure under its label; `also` are other words for it."""

    def register(body: Callable[..., FigureValue]) -> Callable[..., FigureValue]:
        key, parameters = body.__name__, tuple(inspect.signature(body).parameters)
        definition = inspect.getdoc(body) or ""
        words = (*also, key)
        FIGURES[key] = Figure(
            key,
            label,
            kind,
            definition,
            working,
            words,
            parameters,
            body,
            timed,
            by,
            either,
            unit or _UNITS.get(kind, ""),
        )
        return body

    return register


@figure(
    "项数",
    "count",
    also=(
        "个数",
        "项目数",
    ),
)
def count(of: Selection) -> FigureValue:
    """项目的个数"""
    return of.count()


@figure(LEDGER["total"].heading, "money", also=(*LEDGER["total"].aliases, "investment"))
def total(of: Selection) -> FigureValue:
    """各项目总投资之和"""
    return of.total("total")


@figure("年度计划", "money", also=(LEDGER["plan"].heading, *LEDGER["plan"].aliases))
def plan(of: Selection) -> FigureValue:
    """各项目年度计划投资之和"""
    return of.total("plan")


@figure(
    "完成投资", "money", also=(LEDGER["done"].heading, *LEDGER["done"].aliases, "完成"), timed=True
)
def done(of: Selection) -> FigureValue:
    """各项目累计完成投资之和；说了月份的，是那几个月完成的（按月度完成，缺记录时为—）"""
    if of.months is None:
        return of.total("done")
    end, before = of.done_by(of.months.last), of.done_by(of.months.first - 1)
    return None if end is None or before is None else end - before


@figure(COMPLETION.heading, "share", "{done} ÷ {plan}", timed=True)
def completion(done: int, plan: int) -> FigureValue:
    """完成投资之和 ÷ 年度计划之和，用未四舍五入的合计数相除；没有年度计划的为—"""
    return ratio(done, plan)


@figure(
    ANALYSIS["expected"].heading,
    "share",
    "口径：{used}",
    also=(
        "应完成",
        "required",
    ),
)
def expected(of: Selection) -> FigureValue:
    """到截止日应当完成年度计划的比例：单个项目按它自己的口径，几个项目按全县的口径；逐项不同的为—"""
    return of.project.expected if of.project else indicators.required(of.facts.conditions)


@figure(ANALYSIS["gap"].heading, "points", "{completion} − {expected}")
def gap(completion: Fraction, expected: Fraction) -> FigureValue:
    """完成率 − 序时进度；负数为落后"""
    return completion - expected


@figure("较序时", "text", "{completion} − {expected}")
def beside_expected(of: Selection, gap: Fraction) -> FigureValue:
    """差距的说法：高3.20个百分点、低14.50个百分点、持平"""
    return of.wording.apart(gap)


@figure("与总体差距", "points")
def gap_to_whole(of: Selection, completion: Fraction) -> FigureValue:
    """完成率 − 全部项目的完成率；负数为低于总体"""
    whole = of.whole.sums.completion if of.whole.sums else None
    return None if whole is None else completion - whole


@figure("较总体", "text")
def beside_whole(of: Selection, gap_to_whole: Fraction) -> FigureValue:
    """与总体差距的说法：高3.20个百分点、低14.50个百分点、持平"""
    return of.wording.apart(gap_to_whole)


@figure("完成率变化", "points")
def change(of: Selection, completion: Fraction) -> FigureValue:
    """全部项目的完成率比上月高出多少；负数为下降，上月没有记录的、跨年的为—"""
    new_year = of.facts.settings.as_of.month == 1
    last = of.known.history.last.completion if of.known.history and not of.words else None
    return None if last is None or new_year else completion - last


@figure("尚无投资", "text")
def nothing_done(done: int) -> FigureValue:
    """一分投资也没有完成时是「尚未形成投资」，否则没有"""
    return None if done else "尚未形成投资"


@figure("新增完成投资", "money")
def increase(of: Selection, done: int) -> FigureValue:
    """全部项目的累计完成投资比上月多多少；上月没有记录的、跨年的为—"""
    history = of.known.history
    new_year = of.facts.settings.as_of.month == 1
    return None if history is None or of.words or new_year else done - history.last.done


@figure("开工率", "share", "已开工{of.started} ÷ {of.to_start}")
def start_rate(of: Selection) -> FigureValue:
    """已开工项数 ÷ 开工率口径所说的项数（不另定的，为在建项数）；一项也没有的为—"""
    return ratio(of.started, of.to_start)


@figure("开工率基数", "count")
def start_base(of: Selection) -> FigureValue:
    """开工率口径所说的项数，即开工率的分母"""
    return of.to_start


@figure("竣工率", "share", timed=True)
def finish_rate(of: Selection) -> FigureValue:
    """计划竣工的项目里已竣工的 ÷ 计划竣工项数（不说月份的，为本年全年）；没有计划竣工的为—"""
    planned, finished = of.due
    return ratio(finished, planned)


@figure("项数占比", "share")
def count_share(of: Selection) -> FigureValue:
    """项数占名称里左边那些项目的比例：省重点.未开工.项数占比，是未开工的占省重点的比例"""
    return of.share


@figure("投资占比", "share")
def money_share(of: Selection, total: int) -> FigureValue:
    """总投资占名称里左边那些项目的比例"""
    return ratio(total, of.around.total("total"))


@figure("同比", "share", also=("完成投资同比",))
def year_on_year(of: Selection, done: int) -> FigureValue:
    """完成投资比上年同月的归档增长多少；负数为下降，上年同月没有归档的为—"""
    past = of.done_last_year
    return None if past is None else ratio(done - past, past)


@figure("同比增减", "text")
def beside_last_year(of: Selection, year_on_year: Fraction) -> FigureValue:
    """同比的说法：增长3.20%、下降14.50%、持平"""
    word = "增长" if year_on_year > 0 else "下降"
    return f"{word}{of.wording.percent(abs(year_on_year))}" if year_on_year else "持平"


@figure(PLACE.heading, "place")
def place(of: Selection) -> FigureValue:
    """在同一栏目里按完成率排第几（相同的并列）：县交通局.名次；不够排名的为—"""
    last = of.words[-1] if of.words else None
    if last is None or last.key is None:
        return None
    return next((rank.place for rank in of.around.ranks(last.key) if rank.name == last.value), None)


@figure("前N名", "ranks", by=True)
def first(of: Selection, n: int) -> FigureValue:
    """某一栏目里完成率居前的N个：责任单位.前三名"""
    return tuple(ranking.first(of.ranks(of.by), n)) if of.by else None


@figure("后N名", "ranks", by=True)
def last(of: Selection, n: int) -> FigureValue:
    """某一栏目里完成率靠后的N个，与前N名不相重：责任单位.后三名"""
    return tuple(ranking.last(of.ranks(of.by), n)) if of.by else None


@figure("高于总体", "ranks", by=True)
def above(of: Selection) -> FigureValue:
    """某一栏目里完成率高于总体（这些项目合计）的，最高的在前：行业.高于总体"""
    return of.apart(above=True)


@figure("低于总体", "ranks", by=True)
def below(of: Selection) -> FigureValue:
    """某一栏目里完成率低于总体（这些项目合计）的，最低的在前：行业.低于总体"""
    return of.apart(above=False)


@figure("名单", "rows", either=True)
def names(of: Selection) -> FigureValue:
    """项目名称，按台账的次序，用「、」隔开；最后写栏目的，是这些项目在那一栏里填的：未达到序时.责任单位"""
    return of.values(of.by) if of.by else of.rows


@figure("最差N项", "rows")
def worst(of: Selection, n: int) -> FigureValue:
    """差距最大的N项，最落后的在前"""
    return of.by_gap(n, ahead=False)


@figure("最好N项", "rows")
def best(of: Selection, n: int) -> FigureValue:
    """超出序时进度最多的N项，超出最多的在前"""
    return of.by_gap(n, ahead=True)


@figure("调出项数", "count")
def left_count(left: tuple[str, ...]) -> FigureValue:
    """上月有、本月台账里没有的项目的个数；上月没有记录的为—"""
    return len(left)


@figure("调出名单", "names")
def left(of: Selection) -> FigureValue:
    """上月有、本月台账里没有的项目"""
    return None if of.known.history is None or of.words else of.known.history.left


@figure("施工期余日", "count", unit="天")
def days_left(of: Selection) -> FigureValue:
    """从截止日到有效施工期最后一天还有几天；没有定施工期的为—"""
    season, as_of = of.facts.settings.season, of.facts.settings.as_of
    return max((season.days(as_of.year)[1] - as_of).days, 0) if season else None


@figure("连续滞后月数", "count", unit="个月")
def streak(of: Selection) -> FigureValue:
    """单个项目连续几个月未达到序时，连本月在内"""
    if of.known.history is None or of.project is None or not of.rows:
        return None
    return of.known.history.streaks.get(of.rows[0])


def _of_project(key: str, column: Column, help: str) -> None:
    """What is computed of each project: a name has it that speaks of one."""

    def body(of: Selection) -> FigureValue:
        value: FigureValue = of.project[key] if of.project else None
        return value

    kind = _KINDS.get(column.kind, "text")
    FIGURES[key] = Figure(
        key, column.heading, kind, f"{help.rstrip('。')}；只对单个项目", "", (key,), ("of",), body
    )


def _written(key: str, column: Column) -> None:
    """What a clerk wrote of a project, as it stands inside a sentence."""
    tidy = reason if key == "cause" else clause

    def body(of: Selection) -> FigureValue:
        return tidy(str(of.project[key] or "")) or None if of.project else None

    help = f"台账里「{column.heading}」写的，去掉末尾的句号；只对单个项目"
    FIGURES[key] = Figure(key, column.heading, "text", help, "", (key,), ("of",), body)


_KINDS: Mapping[str, FigureKind] = {"money": "money", "number": "number"}
for _indicator in INDICATORS:
    if _indicator.key not in FIGURES:
        _of_project(_indicator.key, _indicator.column, _indicator.help)
for _key in ("status", "light", "used"):
    _of_project(_key, ANALYSIS[_key], ANALYSIS[_key].help)
for _key in ("cause", "stage", "planned_progress", "actual_progress", "expected_start"):
    _written(_key, LEDGER[_key])
