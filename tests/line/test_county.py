"""The case county: its figures and lists are those that were worked out beforehand, and its bulletin closes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from line import closing
from line.county import CASES, aliases, lingchuan

from xlplugin.pipeline import Outcome, run
from xlplugin.render.record import record
from xlplugin.render.text import text

GOLDEN = Path(__file__).parent / "golden" / "lingchuan-2021.txt"
EXPECTED: dict[str, Any] = json.loads(
    (CASES / "lingchuan-2021-expected.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run(lingchuan())


def test_every_figure(outcome: Outcome) -> None:
    said = record(outcome)
    whole, groups = said["totals"], said["groups"]
    assert (said["as_of"], said["required"], said["yardstick"]) == (
        EXPECTED["截止日"],
        EXPECTED["序时"],
        "按月",
    )
    assert whole == {
        "count": EXPECTED["总数"],
        "investment": EXPECTED["总投资"],
        "plan": EXPECTED["合计"]["计划"],
        "done": EXPECTED["合计"]["完成"],
        "completion": EXPECTED["合计"]["完成率"],
    }
    for title, name in (("省市重点在建", "省市在建"), ("县重点在建", "县在建"), ("前期", "前期组")):
        group = EXPECTED[name]
        assert groups[title] == {
            "count": group["项数"],
            "plan": group["计划"],
            "done": group["完成"],
            "completion": group["完成率"],
        }
    assert (said["started"], said["start_rate"]) == (EXPECTED["已开工"], EXPECTED["开工率"])
    assert {**outcome.figures.levels, **outcome.figures.natures} == {
        key: EXPECTED[key] for key in ("省重点", "市重点", "县重点", "在建", "前期")
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [("not_started", "未开工"), ("behind", "未达到序时"), ("on_schedule", "达到序时")],
)
def test_every_list(outcome: Outcome, key: str, name: str) -> None:
    data = outcome.facts.data
    names = dict(zip(data.values("id"), data.values("name"), strict=True))
    assert [names[identity] for identity in record(outcome)[key]] == EXPECTED[name]


def test_warnings_only(outcome: Outcome) -> None:
    assert outcome.problems
    assert not outcome.errors


def test_the_bulletin_closes(outcome: Outcome) -> None:
    """All 3 not started and all 4 behind are named, with their causes, and no count differs from its names."""
    said = text(outcome.bulletin)
    assert closing.faults(said, outcome.facts.data.values("name"), aliases(outcome)) == []
    for row in (*outcome.figures.not_started, *outcome.figures.behind):
        assert said.count(outcome.facts.project(row).cause) >= 1


def test_the_text_is_the_one_that_was_read_and_found_good(outcome: Outcome) -> None:
    """The whole text, word for word. After a change that is meant: KP_UPDATE_GOLDEN=1 pytest, then read the difference."""
    said = text(outcome.bulletin)
    if os.environ.get("KP_UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_order_of_projects_and_columns_changes_no_figure(outcome: Outcome) -> None:
    """The same ledger with its columns turned round and its projects upside down says the same figures."""
    from line.county import rows

    head, *projects = rows("lingchuan-2021.csv")
    turned = [list(reversed(line)) for line in (head, *reversed(projects))]
    other, said = record(run(lingchuan(项目台账=turned))), record(outcome)
    assert {
        key: sorted(value) if isinstance(value, list) and key != "problems" else value
        for key, value in other.items()
        if key not in ("reading", "problems", "lights")
    } == {
        key: sorted(value) if isinstance(value, list) and key != "problems" else value
        for key, value in said.items()
        if key not in ("reading", "problems", "lights")
    }
    assert dict(other["lights"]) == dict(said["lights"])
