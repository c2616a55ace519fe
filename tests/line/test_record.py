"""The record: the contract of --json (design §6), key by key."""

from __future__ import annotations

import json
from pathlib import Path

from line.county import lingchuan
from line.desk import behind, early, project, see, unstarted

from xlplugin.pipeline import run
from xlplugin.render.record import record

KEYS = [
    "as_of",
    "yardstick",
    "required",
    "reading",
    "totals",
    "groups",
    "started",
    "start_rate",
    "not_started",
    "behind",
    "on_schedule",
    "unrated",
    "lights",
    "problems",
    "outputs",
]


def test_keys_and_kinds() -> None:
    """Exactly the contract's keys, in its order; plain JSON, nothing of numpy or pandas."""
    said = record(run(lingchuan()), [Path("甲-通报.xlsx")])
    again = json.loads(json.dumps(said, ensure_ascii=False, allow_nan=False))
    assert again == said
    assert list(said) == KEYS
    assert list(said["totals"]) == ["count", "investment", "plan", "done", "completion"]
    assert all(
        list(group) == ["count", "plan", "done", "completion"] for group in said["groups"].values()
    )
    assert all(
        list(problem) == ["code", "severity", "sheet", "cell", "message"]
        for problem in said["problems"]
    )
    assert type(said["totals"]["count"]) is type(said["started"]) is int
    assert said["outputs"] == ["甲-通报.xlsx"]


def test_what_does_not_exist_is_null() -> None:
    """No plan: no completion; no 在建: no start rate; a yardstick that differs by project: no required percentage."""
    said = record(
        see(
            early(1, plan=None),
            settings={"yardstick": "月度计划"},
            monthly_plan=[{"id": "P01", "m9": 1}],
        )
    )
    assert (said["totals"]["completion"], said["start_rate"], said["required"]) == (
        None,
        None,
        None,
    )
    assert said["totals"]["plan"] == "0.00"


def test_empty_groups_are_left_out_and_ids_are_those_of_the_ledger() -> None:
    said = record(see(unstarted(1, id=7.0), behind(2, id=" ＬＣ-2 "), project(3)))
    assert list(said["groups"]) == ["县重点在建"]
    assert (said["not_started"], said["behind"], said["on_schedule"]) == (
        ["7"],
        ["ＬＣ-2"],
        ["P03"],
    )
    assert said["lights"] == {"7": "黄", "ＬＣ-2": "黄", "P03": "绿"}


def test_decimals_are_those_of_the_bulletin() -> None:
    said = record(see(project(1, total=123456, plan=100, done=80.45), settings={"decimals": 1}))
    assert (said["totals"]["investment"], said["totals"]["completion"], said["required"]) == (
        "12.3",
        "80.5",
        "75.0",
    )
