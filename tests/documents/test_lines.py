"""Titles and column heads are broken between words, into lines of about the same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplugin.measure import width
from xlplugin.render.docx.lines import balanced


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("关于重点工程的通报", 20, ["关于重点工程的通报"]),
        (
            "关于2021年省市县三级重点工程推进情况的通报",
            20,
            ["关于2021年省市县三级", "重点工程推进情况的通报"],
        ),
        ("年度计划投资", 4, ["年度计划", "投资"]),
        ("累计完成投资", 5, ["累计完成", "投资"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
        ("", 20, [""]),
    ],
)
def test_breaks(text: str, room: float, lines: list[str]) -> None:
    assert balanced(text, room) == lines


@given(st.text("重点工程项目的，《》2021 年", min_size=1, max_size=60))
def test_nothing_is_lost_and_every_line_fits(text: str) -> None:
    lines = balanced(text, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= 12 for line in lines)
