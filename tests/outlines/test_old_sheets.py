"""A sheet 措辞 of version 0.1.0, two columns and no outline: what it says is said, in the delivered order."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from line.county import lingchuan
from line.desk import see
from line.test_bulletin_closes import EDGES

from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.schema import WORDING


def old() -> list[list[Any]]:
    """The sheet as that version's new workbooks had it."""
    with (Path(__file__).parent / "wording-0.1.0.csv").open(encoding="utf-8-sig") as file:
        return [list(row) for row in csv.reader(file)]


def complaints(outcome: Outcome) -> list[str]:
    return [problem.found for problem in outcome.problems if problem.code == "KP36"]


def test_every_paragraph_is_still_one_and_says_its_old_words() -> None:
    outcome = run(lingchuan(**{WORDING.title: old()}))
    assert complaints(outcome) == []
    said = text(outcome.bulletin)
    assert said.startswith("关于2021年省市县三级重点工程推进情况的通报")
    assert [line[2:4] for line in said.splitlines() if line[3:4] == "、"] == [
        "一、",
        "二、",
        "三、",
    ]


@pytest.mark.parametrize("edge", EDGES)
def test_its_words_never_fail(edge: str) -> None:
    rows, rest = EDGES[edge]
    assert complaints(see(*rows, **{WORDING.title: old()}, **rest)) == []


def test_a_sentence_that_was_changed_and_one_that_was_emptied() -> None:
    """The office's changes of then count today; a paragraph that has come since is said in its usual words."""
    sheet = [
        [name, {"打算引言": "请抓紧。", "口径说明": ""}.get(name, words)] for name, words in old()
    ]
    said = text(run(lingchuan(**{WORDING.title: sheet})).bulletin)
    assert "　　请抓紧。\n" in said
    assert "口径计算" not in said
    assert "陵重点办〔2021〕3号" in said


def test_a_ready_outline_passes_an_old_sheet_over_and_says_so() -> None:
    sheet = [[name, {"标题": "我的通报"}.get(name, words)] for name, words in old()]
    rows, rest = EDGES["nothing behind"]
    outcome = see(*rows, **{WORDING.title: sheet}, settings={"outline": "简讯"}, **rest)
    assert len(complaints(outcome)) == 1
    assert "重点工程进展简讯" in text(outcome.bulletin)
