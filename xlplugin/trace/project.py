"""The figures of one project: its indicators as they are declared, and which rule gave its status and its light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from xlplugin.amounts import NO_RATIO, percent, wan
from xlplugin.figures.declared import FIGURES
from xlplugin.figures.names import printed
from xlplugin.flags import GREY, NOT_STARTED, ON_SCHEDULE, Facts
from xlplugin.flags.judgement import DECIDED_BY, Ruling, ruling
from xlplugin.indicators import REGISTRY
from xlplugin.pipeline import Outcome
from xlplugin.schema import ANALYSIS, BY_POINTS, INDICATORS, MISSED, UNRATED, Indicator
from xlplugin.settings import TITLES
from xlplugin.trace.figure import Trace
from xlplugin.trace.sources import cells_of


def of_project(outcome: Outcome, row: int) -> list[Trace]:
    """The figures of the project in a sheet row of the ledger."""
    return list(_Explained(outcome.facts, row).figures())


class _Explained:
    """One project, and how its figures are told."""

    def __init__(self, facts: Facts, row: int) -> None:
        self.facts, self.row = facts, row
        self.decimals = facts.settings.percent_decimals
        self.project = facts.project(row)
        self.ruling = Ruling(ruling(facts)[facts.data.rows == row][0])

    def figures(self) -> Iterator[Trace]:
        for indicator in INDICATORS:
            sources = REGISTRY[indicator.key].sources(self.project)
            yield self._trace(
                indicator.key, self.printed(indicator), self.working(indicator), sources
            )
        yield self._trace("status", self.project.status, self._why(), self._decided())
        yield self._trace("light", self.project.light, *self._lit())

    def _trace(self, key: str, result: str, formula: str, sources: Iterable[str]) -> Trace:
        name = self.project.name
        path = f"{self.project.id or name}.{key}"
        source = cells_of(self.facts, self.row, sources)
        return Trace(path, f"{name}：{ANALYSIS[key].heading}", result, formula, "", source)

    def printed(self, indicator: Indicator) -> str:
        """An indicator as the bulletin prints it: 60.50%, -14.50个百分点, 0.81, 0.79亿元; — where there is none."""
        return printed(FIGURES[indicator.key], self.project[indicator.key], self.facts)

    def working(self, indicator: Indicator) -> str:
        """How an indicator comes about, with this project's figures."""
        names = [name for _, name, _, _ in Formatter().parse(indicator.working) if name]
        return indicator.working.format_map({name: self._said(name) for name in names})

    def _said(self, name: str) -> str:
        """What a name in a working stands for."""
        declared = next((each for each in INDICATORS if each.key == name), None)
        if declared:
            return self.printed(declared)
        at = self.facts.conditions
        months = {"months": at.as_of.month, "left": at.months_left}
        if name in months:
            return str(months[name])
        value = self.project[name]
        if value is None:
            return NO_RATIO
        return str(wan(value) if isinstance(value, int) else value)

    def _why(self) -> str:
        """Which of the rules gave the status."""
        tolerance = self.facts.settings.tolerance
        match self.ruling:
            case Ruling.NOT_STARTED:
                return "在建，截止日前没有实际开工日期"
            case Ruling.FINISHED:
                return "截止日前已竣工"
            case Ruling.SAID_REACHED | Ruling.SAID_MISSED:
                reason = self.project.verdict_reason or "未写理由"
                return f"人工认定「{self.project.verdict}」：{reason}"
            case Ruling.UNPLANNED:
                return "没有年度计划，暂不评价"
        allowed = f"，容差{percent(tolerance, self.decimals)}个百分点" if tolerance else ""
        return f"完成率与序时进度相比{allowed}（第{self.row}行）"

    def _decided(self) -> list[str]:
        """What the status was decided by."""
        keys = DECIDED_BY.get(self.ruling)
        if keys is not None:
            return list(keys)
        tolerance = ["tolerance"] if self.facts.settings.tolerance else []
        return [*REGISTRY["gap"].sources(self.project), *tolerance]

    def _lit(self) -> tuple[str, list[str]]:
        """Which rule gave the light, and what it looked at."""
        settings, status = self.facts.settings, self.project.status
        if status in (ON_SCHEDULE, UNRATED):
            return f"{ANALYSIS['status'].heading}为{status}", self._decided()
        if status == NOT_STARTED:
            return self._waiting(), [*self._decided(), "planned_start", "red_months"]
        by, unit = ("gap", "points") if settings.light_rule == BY_POINTS else ("spi", "ratio")
        thresholds = [f"yellow_{unit}", f"red_{unit}"]
        limits = "，".join(
            f"{TITLES[key]}{percent(getattr(settings, key), self.decimals)}"
            + ("" if unit == "points" else "%")
            for key in thresholds
        )
        said = ["verdict"] if self.project.verdict == MISSED else []
        return f"{TITLES['light_rule']}：{settings.light_rule}；{limits}", [
            *said,
            *REGISTRY[by].sources(self.project),
            "light_rule",
            *thresholds,
        ]

    def _waiting(self) -> str:
        """What a project that has not started is lit by: its planned start."""
        due = self.project.planned_start
        if due is None:
            return f"{NOT_STARTED}，没有计划开工日期"
        if self.project.light == GREY:
            return f"{NOT_STARTED}，未到计划开工日期"
        return f"{NOT_STARTED}，已到计划开工日期，满{self.facts.settings.red_months}个月亮红灯"
