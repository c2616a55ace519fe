"""Ledgers as offices keep them: none wrong in silence, nine of ten right without a question."""

from __future__ import annotations

import pytest

from layouts import tried
from layouts.registry import LAYOUTS, Layout
from layouts.tried import attempt


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_a_layout_comes_out_as_a_clerk_may_expect(layout: Layout, tmp_path) -> None:
    outcome = attempt(layout, tmp_path)
    assert outcome.well, f"{layout.title}: {outcome.found}, want {layout.want}: {outcome.why}"


def test_nine_of_ten_are_right_without_a_question() -> None:
    """Held by the wants themselves, each of which is tested above."""
    assert len(LAYOUTS) >= 60
    assert sum(layout.want == "right" for layout in LAYOUTS) >= 0.87 * len(LAYOUTS)
    assert tried
