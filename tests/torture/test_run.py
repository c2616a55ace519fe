"""Every family of the harness at the size that the gate has time for; in full: `python -m torture.run --full`."""

from __future__ import annotations

import os
import shutil

import pytest
from torture import kills, run

TRACED, COLLECTED = (
    "killed at every system call that writes",
    "made to harm: the hostile collection",
)
"""Nothing is tried where nothing may be traced; each of the collection is a test of its own."""


@pytest.mark.skipif(os.name != "posix", reason="kills, mounts and limits as POSIX has them")
@pytest.mark.parametrize("name", run.FAMILIES)
def test_a_family(tmp_path, name):
    tries = list(run.FAMILIES[name][0](tmp_path, False))
    assert not [each for each in tries if each.miss]
    untraced = name == TRACED and not kills.can_trace(tmp_path)
    assert tries or untraced or name == COLLECTED


def test_a_row_that_is_not_tried_anew_stays():
    (first, other) = list(run.FAMILIES)[:2]
    before = f"<!-- generated: torture -->\nhead\nline\n| {other} | so | 3 | 3 | 0 |\n<!-- end -->"
    shown = run.shown(before, {first: f"| {first} | so | 1 | 0 | 1 |"})
    assert shown.splitlines()[3:5] == [
        f"| {first} | so | 1 | 0 | 1 |",
        f"| {other} | so | 3 | 3 | 0 |",
    ]


def test_a_miss_is_seen(tmp_path):
    """The harness bites: a workbook torn, a set mixed without a word."""
    from torture.scenes import scene

    stage = scene(tmp_path, "bulletin")
    torn = {**stage.before, "000-通报.docx": stage.after["000-通报.docx"][:-9]}
    mixed = {**stage.before, "000-通报.docx": stage.after["000-通报.docx"]}
    assert "neither" in stage.found(torn)
    assert "nobody can tell" in stage.found(mixed)
    assert not stage.found(stage.before)
    assert not stage.found(stage.after)
    shutil.rmtree(stage.folder)


def test_the_readme_shows_every_family_and_no_miss():
    """The figures of full runs."""
    lines = run.MARKED.search(run.README.read_text("utf-8"))[2].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [name for name, *_ in cells] == list(run.FAMILIES)
    assert [must for _, must, *_ in cells] == [must for _, must in run.FAMILIES.values()]
    assert all(tried == held and missed == "0" for _, _, tried, held, missed in cells)
