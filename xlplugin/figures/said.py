"""How a figure is worded: the office's own decimals and unit; the only place where numbers become Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, half_up, money, percent
from xlplugin.flags.facts import Facts, Project
from xlplugin.settings import Settings


@dataclass(frozen=True, slots=True)
class Words:
    """The office's own way with numbers: one number of decimals and one unit for the whole text."""

    decimals: int = 2
    """Of money."""
    unit: str = "亿元"
    share_decimals: int = 2
    """Of percentages and 百分点."""

    def money(self, fen: int) -> str:
        """分 → 30.83亿元. What would print as 0.00亿元 without being nothing is said in 万元 (30万元)."""
        text = money(fen, self.decimals, self.unit)
        if self.unit == "万元" and fen % FEN_PER_WAN == 0:
            return f"{fen // FEN_PER_WAN}万元"
        if fen and not text.strip("-0."):
            decimals = self.decimals if half_up(Fraction(fen, FEN_PER_WAN), self.decimals) else 6
            return f"{trimmed(money(fen, decimals, '万元'))}万元"
        return f"{text}{self.unit}"

    def percent(self, share: Fraction | None) -> str:
        """0.7791 → 77.91%; "" where there is no ratio."""
        return "" if share is None else f"{percent(share, self.share_decimals)}%"

    def points(self, share: Fraction) -> str:
        """The size of a gap in 百分点, without sign and unit: −0.145 → 14.50; what would print as 0.00 is said to be less."""
        least = self.share_decimals
        if share and not half_up(share * 100, least):
            return f"不足{half_up(Fraction(1, 10**least), least)}"
        return percent(abs(share), least) or NO_RATIO

    def gap(self, share: Fraction | None) -> str:
        """A gap as it is said: 低于序时14.50个百分点, 高于序时…, 与序时进度持平; "" where there is none."""
        if share is None:
            return ""
        if not share:
            return "与序时进度持平"
        return self.said_gap(f"{'-' if share < 0 else ''}{self.points(share)}")

    def apart(self, share: Fraction) -> str:
        """How far above or below something: 高3.20个百分点, 低14.50个百分点, 持平."""
        side = "高" if share > 0 else "低"
        return f"{side}{self.points(share)}个百分点" if share else "持平"

    @staticmethod
    def said_gap(points: str) -> str:
        """A gap that is no 0 as it is said, from its 百分点 in print: "-14.50" → 低于序时14.50个百分点."""
        return f"{'低' if points.startswith('-') else '高'}于序时{points.removeprefix('-')}个百分点"


def clause(text: str) -> str:
    """A clerk's fragment without the full stop it may end with."""
    return text.strip().strip("。；;，, ")


def reason(text: str) -> str:
    """A cause as it stands after 因."""
    cleaned = clause(text)
    if cleaned.startswith(("因素", "因地")):
        return cleaned
    return re.sub("^(?:由于|因为|因)", "", cleaned)


def words(settings: Settings) -> Words:
    """The office's own way with numbers, as 参数 says it."""
    return Words(settings.decimals, settings.unit, settings.percent_decimals)


def trimmed(number: str) -> str:
    """A decimal number without trailing zeros: 30.00 → 30."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def called(facts: Facts, project: Project) -> str:
    """What a project is called; in a city's bulletin its name says the county, too: 县医院迁建项目（陵川县）."""
    county = counties(facts, project)
    return f"{project.name.removesuffix(county)}{county}"


def counties(facts: Facts, project: Project) -> str:
    """（陵川县） where the projects lie in several counties; "" else."""
    return f"（{project.county}）" if facts.across_counties else ""
