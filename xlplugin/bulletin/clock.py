"""What may be said of time and of effort: nothing that the cut-off date, the date of issue or the season gives the lie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlplugin.flags.facts import Project
from xlplugin.periods import Season, promised, say_date
from xlplugin.settings import Settings

PRESSING = 60
"""With so many days of the season left, time is short; with more it is not (the original says it with fewer than 40)."""
LATE_START = 30
"""A start so many days behind its plan explains a lag."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that count: the figures' and the reader's, who has the date of issue before him."""

    as_of: dt.date
    today: dt.date
    season: Season | None

    @property
    def year_over(self) -> bool:
        """Whether nothing can be done within the figures' year any more."""
        return self.today >= dt.date(self.as_of.year, 12, 31)

    @property
    def begun(self) -> bool:
        """Whether this year's season has begun."""
        return self.season is None or self.as_of >= self.season.days(self.as_of.year)[0]

    @property
    def in_season(self) -> bool:
        """Whether the reader still has some of the season before him."""
        return self.season is not None and self.begun and self.today < self._end

    @property
    def pressing(self) -> bool:
        """Whether few days of the season are left, counted from the cut-off."""
        return self.in_season and 0 < (self._end - self.as_of).days <= PRESSING

    @property
    def season_over(self) -> bool:
        """Whether the season has ended before the reader, and the year has not."""
        return self.season is not None and self.today >= self._end and not self.year_over

    @property
    def season_ahead(self) -> str:
        """The day on which the season begins, where the reader waits for it; "" else."""
        first = self.season.days(self.as_of.year)[0] if self.season else self.today
        return say_date(first, year=False) if self.today < first else ""

    @property
    def _end(self) -> dt.date:
        return self.season.days(self.as_of.year)[1] if self.season else self.today

    def promise(self, text: str) -> tuple[str, str]:
        """An expectation, and how it stands: "" where it still may come true, 原 where its day has passed, 逾期 where it had by the cut-off."""
        said, day = promised(text, self.as_of)
        if not said or day is None:
            return said, ""
        if day.year != self.today.year and "年" not in said:
            said = f"{day.year}年{said}"
        return said, "逾期" if day <= self.as_of else "原" if day <= self.today else ""

    def late_start(self, project: Project) -> str:
        """7月9日 where a project started this year and so late that it explains a lag."""
        planned, started = project.planned_start, project.actual_start
        late = planned and started and (started - planned).days > LATE_START
        return (
            say_date(started, year=False)
            if started and late and started.year == self.as_of.year
            else ""
        )

    def due(self, project: Project) -> bool:
        """Whether a project should have started by the cut-off: its planned day has come, or none is given."""
        return project.planned_start is None or project.planned_start <= self.as_of

    def ahead(self, project: Project) -> bool:
        """Whether a project's planned start still lies before the reader."""
        return project.planned_start is not None and project.planned_start > self.today

    def planned(self, project: Project) -> str:
        """3月, the month in which a project is to start; with its year where that is another one."""
        day = project.planned_start
        if day is None:
            return ""
        return f"{day.month}月" if day.year == self.today.year else f"{day.year}年{day.month}月"


def clock(settings: Settings) -> Clock:
    """The days of one bulletin; a date of issue before the cut-off (a problem says so) is none."""
    today = max(settings.as_of, settings.issued or settings.as_of)
    return Clock(settings.as_of, today, settings.season)
