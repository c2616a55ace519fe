"""Every sheet that the program writes is laid out in one way, and a text is measured in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from line.desk import behind, project, see

from xlplugin.archive import archive
from xlplugin.book import Changes, Filling
from xlplugin.hosts.memory import MemoryBook
from xlplugin.measure import LEAST_HEIGHT, height_of, lines, width
from xlplugin.outline import filled, laid_out, style_of
from xlplugin.render.sheet import working
from xlplugin.schema import ARCHIVE, MONTHLY_DONE, WORKING, Column, Sheet

SHEET = Sheet(
    "sheet",
    "表",
    "",
    (Column("name", "名称", "text", "", width=20), Column("money", "金额", "money", "")),
    first_column=2,
    table="Sheet",
)


@pytest.mark.parametrize(
    ("kind", "wide", "style"),
    [
        ("money", 12, "万元"),
        ("share", 40, "比例"),
        ("month", 12, "日期"),
        ("id", 40, "居中"),
        ("text", 12, "居中"),
        ("text", 13, "文字"),
    ],
)
def test_a_column_s_look(kind, wide, style):
    assert style_of(Column("key", "标题", kind, "", width=wide)) == style


def laid(*names: str) -> Changes:
    """The sheet with these names."""
    values = {"name": names, "money": [1] * len(names)}
    return laid_out(SHEET, "一句话", filled(SHEET, values), ("name",))


def test_a_sheet_has_title_line_headings_and_body():
    changes = laid("甲", "乙")
    shown = {place: (put.value, put.style) for place, put in changes.puts().items()}
    assert shown == {
        (1, 1): ("表", "标题"),
        (2, 1): ("一句话", "说明"),
        (3, 2): ("名称", "表头"),
        (3, 3): ("金额", "表头"),
        (4, 2): ("甲", "文字"),
        (4, 3): (1, "万元"),
        (5, 2): ("乙", "文字"),
        (5, 3): (1, "万元"),
    }
    assert (changes.span.header_row, changes.span.last_row) == (3, 5)
    assert (dict(changes.layout.widths), changes.layout.title_rows) == ({2: 20, 3: 12}, (3, 3))


def test_a_row_is_as_high_as_its_longest_text():
    heights = laid("短", "很长的名称" * 5).heights
    assert heights[4] == LEAST_HEIGHT
    assert heights[5] == height_of("很长的名称" * 5, 20) > LEAST_HEIGHT


def test_the_working_sheet_s_rows_hold_their_longest_text():
    changes = working(see(project(1), behind(2)))
    (body,) = changes.areas
    for row in body.rows:
        texts = [
            (filling.values[row - body.row] or "", column.width)
            for filling, column in zip(body.fillings, WORKING.columns, strict=True)
        ]
        assert changes.heights[row] == max(height_of(*each) for each in texts)


def test_the_archive_looks_as_its_columns_say():
    written: dict[str, Changes] = {}

    class Watched(MemoryBook):
        def write(self, sheet: str, changes: Changes) -> None:
            written[sheet] = changes
            super().write(sheet, changes)

    archive(see(project(1), behind(2)), Watched({}))
    for sheet in (ARCHIVE, MONTHLY_DONE):
        cells = written[sheet.title].cells
        assert {put.style for (row, _), put in cells.items() if row == sheet.header_row} == {"表头"}
        body = [(at, put) for (row, at), put in cells.items() if row > sheet.header_row]
        assert all(put.style == style_of(sheet.columns[at - 1]) for at, put in body)
        assert len(body) >= 4


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("项目", 2), ("a1", 1), ("甲a，", 2.5), ("—“”…", 4)]
)
def test_width(text, wide):
    assert width(text) == wide


@given(st.text("项目ab12，\n", max_size=40), st.integers(1, 20))
def test_a_text_takes_the_lines_of_its_parts(text, room):
    assert lines(text, room) == sum(
        max(1, -(-int(2 * width(part)) // (2 * room))) for part in text.split("\n")
    )


def test_a_column_of_nothing():
    assert laid_out(
        SHEET, "", {"name": Filling([], "文字"), "money": Filling([], "万元")}, ("name",)
    ).areas[0].rows == range(4, 4)
