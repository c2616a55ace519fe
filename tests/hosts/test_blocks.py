"""Rectangles: they cover what they should, once, and are few where cells are alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlplugin.hosts.excel.blocks import blocks, uniform

PLACES = st.tuples(st.integers(1, 9), st.integers(1, 9))


@given(st.dictionaries(PLACES, st.sampled_from("甲乙")))
def test_law_each_place_is_covered_once_with_its_key(places):
    covered = [
        ((row, column), key)
        for (top, left, bottom, right), key in blocks(places)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert len(covered) == len(places)
    assert dict(covered) == places


def test_columns_are_one_block_each():
    cells = {
        (row, column): "甲" if column < 3 else "乙" for row in range(1, 500) for column in (1, 2, 3)
    }
    assert blocks(cells) == [((1, 1, 499, 2), "甲"), ((1, 3, 499, 3), "乙")]


@given(st.dictionaries(PLACES, st.sampled_from("甲乙"), min_size=1))
def test_law_answers_are_found_for_each_cell(places):
    def ask(box):
        top, left, bottom, right = box
        held = {
            places.get((row, column), "")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        return held.pop() if len(held) == 1 else None

    found = {
        (row, column): answer
        for (top, left, bottom, right), answer in uniform((1, 1, 9, 9), ask)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    assert found == {
        (row, column): places.get((row, column), "")
        for row in range(1, 10)
        for column in range(1, 10)
    }
