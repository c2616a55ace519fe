"""A clean ledger is told nothing, whatever its projects share, leave open or have judged by hand; a clerk reads what is told."""

from __future__ import annotations

from typing import Any

from cases.build import WORKBOOK
from hypothesis import given
from hypothesis import strategies as st
from line.desk import behind, day, early, project, see, unstarted

from xlplugin.errors import together
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run

CAUSES = st.sampled_from(["土地未批", "图纸未到", "资金未到位"])
SHARED = st.builds(lambda cause: {"cause": cause}, CAUSES)
CLEAN = st.one_of(
    st.tuples(
        st.just(project), st.sampled_from([{}, {"verdict": "达到", "verdict_reason": "节点完成"}])
    ),
    st.tuples(
        st.just(early), st.just({"done": 10, "verdict": "达到", "verdict_reason": "手续办结"})
    ),
    st.tuples(st.just(behind), SHARED),
    st.tuples(st.just(unstarted), SHARED),
    st.tuples(
        st.just(project),
        st.just({"done": 100, "actual_finish": day("2021-09-01")}),
    ),
)
OPEN = st.sampled_from(["土地", "征拆", "安置"])


@given(st.lists(st.tuples(CLEAN, st.none() | OPEN), min_size=1, max_size=30))
def test_a_clean_ledger_gives_no_reminder(drawn: list[Any]) -> None:
    """Projects of every kind, causes shared or not, open issues of those that still build, judgements that agree."""
    rows = [make(number, **values) for number, ((make, values), _) in enumerate(drawn, start=1)]
    issues = [
        {"id": row["id"], "kind": kind, "text": "尚未解决", "state": "未解决"}
        for row, (_, kind) in zip(rows, drawn, strict=True)
        if kind and "actual_finish" not in row
    ]
    assert see(*rows, issues=issues).problems == ()


def test_the_case_county_is_reminded_of_what_helps() -> None:
    """Praised in one place and without its money in another: nothing else in that ledger needs a second look."""
    causes = together(run(FileBook(WORKBOOK)).problems)
    assert [(problem.code, list(cells)) for problem, cells in causes] == [("KP19", ["B5"])]


def test_what_several_projects_have_is_said_once() -> None:
    """One cause a reminder, with all its cells: no name in the words keeps them apart."""
    rows = [project(number) for number in range(1, 6)]
    issues = [{"id": row["id"], "kind": "资金", "text": "缺口"} for row in rows]
    against = [behind(n, verdict="达到", verdict_reason=f"第{n}处节点完成") for n in range(6, 9)]
    told = together(see(*rows, *against, issues=issues).problems)
    assert [(problem.code, len(cells)) for problem, cells in told] == [("KP19", 5), ("KP22", 3)]
