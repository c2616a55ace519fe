"""与上月相比: what a second month says that the first could not, from 月度完成 alone."""

from __future__ import annotations

from typing import Any

import pytest
from line.desk import AS_OF, behind, day, problems, project, see, table, unstarted

from xlplugin.pipeline import Outcome
from xlplugin.render import reading
from xlplugin.render.text import text
from xlplugin.schema import ARCHIVE


def compared(outcome: Outcome) -> str:
    """The paragraph 与上月相比 without its first words; "" where there is none."""
    found = [line for line in text(outcome.bulletin).splitlines() if "与上月相比" in line]
    return found[0].strip("　").removeprefix("与上月相比，").rstrip("。") if found else ""


def recorded(number: int, done: float | None, **months: Any) -> dict[str, Any]:
    """A project's row in 月度完成: August's figure, and other months' by key."""
    return {"id": f"P{number:02}", "name": project(number)["name"], "m8": done, **months}


NAME = {number: project(number)["name"] for number in range(1, 6)}


def test_without_last_month_nothing_is_said() -> None:
    assert compared(see(project(1))) == ""
    assert compared(see(project(1), monthly_done=[recorded(1, None, m7=50)])) == ""


def test_in_january_last_years_month_is_not_this_sheets() -> None:
    assert (
        compared(
            see(
                project(1, actual_start=day("2021-01-04")),
                as_of=day("2021-01-31"),
                monthly_done=[recorded(1, None, m12=90)],
            )
        )
        == ""
    )


@pytest.mark.parametrize(
    ("august", "said"),
    [
        (60, "完成率提高20.00个百分点"),
        (79.99, "完成率提高0.01个百分点"),
        (80, "完成率基本持平"),
        (79.9999, "完成率基本持平"),
    ],
)
def test_the_rate_against_last_month(august: float, said: str) -> None:
    assert said in compared(see(project(1), monthly_done=[recorded(1, august)]))


def test_who_fell_behind_and_who_caught_up() -> None:
    """August expects 66.67: P01 had 67 and is behind now with 60 … no: with 70; P02 had 50 and has 80 now."""
    said = compared(
        see(behind(1, done=70), project(2), monthly_done=[recorded(1, 67), recorded(2, 50)])
    )
    assert f"新增未达到序时进度1项（{NAME[1]}）" in said
    assert f"上月未达到、本月已赶上序时进度1项（{NAME[2]}）" in said


def test_a_run_of_months_behind_is_counted_back_to_its_break() -> None:
    """Expected: June 50, July 58.33, August 66.67, September 75."""
    said = compared(
        see(
            behind(1, done=60),
            behind(2, done=60),
            monthly_done=[recorded(1, 55, m7=40, m6=60), recorded(2, 55, m7=59)],
        )
    )
    assert f"连续未达到序时进度2项（{NAME[1]}连续3个月，{NAME[2]}连续2个月）" in said


def test_a_run_is_followed_through_the_whole_year() -> None:
    """Eight months of record, each far behind."""
    months = {f"m{month}": month for month in range(1, 8)}
    said = compared(
        see(
            behind(1, done=9, actual_start=day("2020-03-01")),
            monthly_done=[recorded(1, 8, **months)],
        )
    )
    assert f"{NAME[1]}连续9个月" in said


def kept(cutoff: str, status: str) -> dict[str, Any]:
    """A project's row in 归档台账."""
    return {**project(1), "cutoff": day(cutoff), "status": status, "light": "黄"}


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "newest first"])
def test_of_a_month_archived_twice_the_last_day_counts(order: int) -> None:
    """On 10 August the project was on schedule; when August ended it was behind."""
    rows = [kept("2021-08-10", "达到序时"), kept("2021-08-31", "未达到序时")][::order]
    said = compared(see(project(1), **{ARCHIVE.title: table(ARCHIVE, rows)}))
    assert f"上月未达到、本月已赶上序时进度1项（{NAME[1]}）" in said


@pytest.mark.parametrize(("cutoff", "new"), [("2021-08-30", False), ("2021-07-31", True)])
def test_one_that_was_archived_without_a_figure_is_not_new(cutoff: str, new: bool) -> None:
    """A 储备 that gets its plan: 月度完成 has nothing of it, the archive of last month does."""
    early = {**kept(cutoff, "暂不评价"), "id": "P02", "name": NAME[2], "plan": None, "done": None}
    outcome = see(
        project(1),
        project(2),
        monthly_done=[recorded(1, 70), recorded(2, None)],
        **{ARCHIVE.title: table(ARCHIVE, [kept(cutoff, "达到序时"), early])},
    )
    assert ("KP33 E 项目台账!A3" in problems(outcome)) is new


def test_the_archive_is_no_sheet_that_is_left_unread() -> None:
    outcome = see(
        project(1), project(2), **{ARCHIVE.title: table(ARCHIVE, [kept("2021-08-31", "达到序时")])}
    )
    assert not [
        line for line in reading.text(outcome.facts.ledger.reading) if ARCHIVE.title in line
    ]


def test_what_finished_before_is_said_to_have() -> None:
    """Beside what finished this month; the benchmark that finished before is not counted out of 等N项."""
    ended = [
        project(n, done=100, actual_finish=day("2021-09-01" if n == 1 else "2021-06-01"))
        for n in range(1, 14)
    ]
    rows = [recorded(n, 80) for n in range(1, 14)]
    told = text(see(*ended, monthly_done=rows).bulletin)
    assert "本月竣工1项" in told
    assert "等12项此前已竣工" in told
    ended[2]["model"] = "是"
    told = text(see(*ended, monthly_done=rows).bulletin)
    assert "等此前已竣工" in told


def test_who_came_and_who_left() -> None:
    gone = {"id": "P09", "name": "已移交的项目", "m8": 10, "move": "调出"}
    said = compared(see(project(1), project(2, move="调入"), monthly_done=[recorded(1, 70), gone]))
    assert f"调入1项（{NAME[2]}）" in said
    assert "调出1项（已移交的项目）" in said


def test_a_finished_or_judged_project_keeps_its_status_back_then() -> None:
    """A 人工认定 holds for last month too; a project finished in September was running in August."""
    said = compared(
        see(project(1, done=100, actual_finish=day("2021-09-10")), monthly_done=[recorded(1, 50)])
    )
    assert f"本月已赶上序时进度1项（{NAME[1]}）" in said


def test_the_clerk_may_write_it_otherwise() -> None:
    outcome = see(
        project(1), monthly_done=[recorded(1, 70)], wording={"与上月相比": "环比{{ 完成率变化 }}。"}
    )
    assert "环比完成率提高10.00个百分点。" in text(outcome.bulletin)


def test_an_unstarted_project_that_started_late_and_lags_is_new() -> None:
    late = behind(1, done=5, actual_start=day("2021-09-02"))
    assert f"新增未达到序时进度1项（{NAME[1]}，为本月新开工）" in compared(
        see(late, unstarted(2), monthly_done=[recorded(1, 0), recorded(2, 0)])
    )
    assert day("2021-09-30") == AS_OF
