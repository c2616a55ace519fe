"""Ledgers as offices keep them: none wrong in silence, nine of ten right without a question where a careful clerk would have none."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from layouts.registry import LAYOUTS, Layout
from layouts.tried import Outcome, attempt


@cache
def outcome_of(layout: Layout) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return attempt(layout, Path(folder))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_a_layout_comes_out_as_a_clerk_may_expect(layout: Layout) -> None:
    outcome = outcome_of(layout)
    assert outcome.well, f"{layout.title}: {outcome.found}, want {layout.want}: {outcome.why}"


def test_none_is_wrong_in_silence_and_nine_of_ten_are_right_without_a_question() -> None:
    assert all(outcome_of(layout).found != "wrong" for layout in LAYOUTS)
    plain = [outcome_of(layout).found for layout in LAYOUTS if layout.want != "asked"]
    assert 10 * plain.count("right") >= 9 * len(plain)
