"""The indicators: everything that is said of each, in the order in which they build on one another.

How one is computed says the function of the same name in `indicators/progress.py`. From the two follow its column of 进度分析
with the formula in it, its KP_ function with help and self-check, the manual's line, and what `kp explain` answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlplugin.schema.model import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is said of one indicator; its column's kind says how it is printed (share, points, number, money)."""

    column: Column
    function: str
    """Its worksheet function, KP_…"""
    help: str
    """What the function wizard says after the heading."""
    examples: tuple[tuple[str, float | str, str], ...]
    """(project of the sample ledger, what it is there on 2021-09-30, a formula that says the same at any date)."""
    working: str
    """How it comes about, for `kp explain`: columns and indicators by key, as printed, {months} gone by and {left}."""
    formula: str
    """In Excel, over the row's cells by key, {months} and {left}; "": Excel cannot work it out."""
    where: str = ""
    """The condition in Excel under which there is one, else —; "": the formula stands only where there is one."""
    blank: bool = False
    """Where there is none the cell is empty, as an amount's is, instead of —."""

    @property
    def key(self) -> str:
        """Its key: of its column, and of the function that computes it."""
        return self.column.key


COMPLETION = Column("completion", "完成率", "share", "累计完成投资 ÷ 年度计划投资。", width=10)
EXPECTED = Column("expected", "序时进度", "share", "按所用口径，截止日应当完成的比例。", width=10)

INDICATORS = (
    Indicator(
        column=COMPLETION,
        function="KP_COMPLETION",
        help="累计完成投资 ÷ 年度计划投资。没有年度计划的为「—」。",
        examples=(("S-01", 0.605, "0.605"), ("S-05", "—", "UNICHAR(8212)")),
        working="{done} ÷ {plan}",
        formula="{done}/{plan}",
        where="AND(ISNUMBER({done}),N({plan})>0)",
    ),
    Indicator(
        column=EXPECTED,
        function="KP_REQUIRED",
        help="按所用口径，截止日应当完成年度计划的比例。",
        examples=(("S-01", 0.75, "MONTH(KP_ASOF)/12"),),
        working="口径：{used}",
        formula="",
    ),
    Indicator(
        column=Column("gap", "差距", "points", "完成率 − 序时进度；负数为落后。", width=10),
        function="KP_GAP",
        help="完成率减序时进度，单位是百分点；负数为落后。",
        examples=(("S-01", -14.5, "(0.605-MONTH(KP_ASOF)/12)*100"),),
        working="{done} ÷ {plan} − {expected}",
        formula="({completion}-{expected})*100",
        where="AND(ISNUMBER({completion}),ISNUMBER({expected}))",
    ),
    Indicator(
        column=Column("spi", "进度指数", "number", "完成率 ÷ 序时进度；1 为正好。", width=9),
        function="KP_SPI",
        help="完成率 ÷ 序时进度，1 为正好。",
        examples=(("S-01", 0.605 / 0.75, "0.605/(MONTH(KP_ASOF)/12)"),),
        working="{done} ÷ {plan} ÷ {expected}",
        formula="{completion}/{expected}",
        where="AND(ISNUMBER({completion}),N({expected})>0)",
    ),
    Indicator(
        column=Column("remaining", "剩余投资", "money", "年度计划还差多少。"),
        function="KP_REMAINING",
        help="年度计划还差多少，万元；完成了的为 0。",
        examples=(("S-01", 7900.0, "7900"), ("S-02", 0.0, "0")),
        working="{plan} − {done}，不小于 0",
        formula="MAX({plan}-{done},0)",
        blank=True,
    ),
    Indicator(
        column=Column("run_rate", "月均需完成", "money", "余下各月平均每月要完成多少。"),
        function="KP_RUNRATE",
        help="余下各月平均每月要完成多少，万元。12月为「—」。",
        examples=(
            ("S-01", 7900 / 3, "IF(MONTH(KP_ASOF)<12,7900/(12-MONTH(KP_ASOF)),UNICHAR(8212))"),
        ),
        working="剩余投资 ÷ {left}个月",
        formula="{remaining}/{left}",
    ),
    Indicator(
        column=Column("forecast", "年底预计", "money", "照现在的速度，到年底能完成多少。"),
        function="KP_FORECAST",
        help="照现在的速度，到年底能完成多少，万元。",
        examples=(("S-01", 12100 / 9 * 12, "12100/MONTH(KP_ASOF)*12"),),
        working="{done} ÷ {months} × 12",
        formula="{done}/{months}*12",
    ),
)
