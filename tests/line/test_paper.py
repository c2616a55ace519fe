"""The sheet 通报 prints as the document reads: rows as high as their text, tables as tables of cells, nothing of last month."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from line.desk import AS_OF, behind, book, project

from xlplugin.book import Changes
from xlplugin.bulletin.blocks import Bulletin, Paragraph, PrintedTable
from xlplugin.cells import split_range
from xlplugin.hosts.memory import MemoryBook
from xlplugin.measure import broken
from xlplugin.pipeline import run
from xlplugin.render import sheet
from xlplugin.render.paper import TEXT_WIDTH, bulletin
from xlplugin.schema import ANALYSIS, BULLETIN, RESULTS, WORKING

RANKED = PrintedTable(
    "排名表", "单位：项", ("名次", "责任单位", "项数"), (("1", "县教育局", "12"),)
)


def shown(changes: Changes) -> list[list[Any]]:
    """The sheet's rows as its cells hold them."""
    desk = MemoryBook({})
    desk.write(BULLETIN.title, changes)
    return [list(row) for row in desk.read(BULLETIN.title).rows]


def test_a_ranking_is_a_table_of_cells() -> None:
    changes = bulletin(Bulletin((Paragraph("按完成率排名。"), RANKED)))
    found = [[cell for cell in row if cell] for row in shown(changes)]
    assert [row for row in found if len(row) > 1] == [
        ["名次", "责任单位", "项数"],
        ["1", "县教育局", "12"],
    ]
    assert not any("｜" in str(cell) for row in found for cell in row)
    assert {changes.at(5, column).style for column in (1, 2, 3)} == {"表头"}  # type: ignore[union-attr]


def test_text_runs_over_all_columns_of_the_widest_table() -> None:
    wide = PrintedTable("大表", "", tuple("甲乙丙丁戊"), (tuple("12345"),))
    changes = bulletin(Bulletin((Paragraph("概况。"), RANKED, wide)))
    assert sum(changes.widths.values()) == pytest.approx(TEXT_WIDTH, abs=0.5)
    assert len(changes.widths) == 5
    assert "A1:E1" in changes.merges
    narrow = [split_range(text) for text in changes.merges if text.split(":")[0].endswith("5")]
    assert sum(right - left for _, left, _, right in narrow) == 2  # three columns over five


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6).flatmap(
        lambda sizes: st.tuples(*(st.just(("列" * n,) * n) for n in sizes))
    )
)
def test_tables_of_any_widths_fill_the_page(heads: tuple[tuple[str, ...], ...]) -> None:
    """Law: every row of every table reaches from the first column to the last, each cell seen."""
    tables = [PrintedTable("", "", head, (head,)) for head in heads]
    changes = bulletin(Bulletin(tuple(tables)))
    for row in range(1, len(changes.heights) + 1):
        reach = len(changes.widths)
        assert all(changes.at(row, column) for column in range(1, reach + 1))
    assert max(map(len, heads)) == len(changes.widths)


def test_a_month_without_tables_after_one_with_some() -> None:
    """Widths, merges and heights are this month's."""
    desk = book(
        *(behind(n, agency=f"第{n}局") for n in range(1, 5)), settings={"rankings": "责任单位"}
    )
    sheet.write(run(desk, AS_OF), desk)
    assert desk.read(BULLETIN.title).merged
    plain = MemoryBook({title: desk.read(title) for title in desk.sheets if title != "参数"})
    plain.heights |= desk.heights
    plain.made |= desk.made
    outcome = run(plain, AS_OF)
    sheet.write(outcome, plain)
    assert plain.read(BULLETIN.title).merged == ()
    assert plain.widths[BULLETIN.title] == {1: TEXT_WIDTH}
    wanted = [[cell for cell in row if cell] for row in shown(bulletin(outcome.bulletin))]
    left = [[cell for cell in row if cell] for row in plain.read(BULLETIN.title).rows]
    assert left[: len(wanted)] == wanted
    assert not any(left[len(wanted) :])


@pytest.mark.parametrize("text", ["概况，" * 30, "完成投资12345.67万元、" * 9, "国" * 200, "短。"])
def test_a_row_holds_its_text_in_the_fonts_that_stand_in(text: str) -> None:
    """Where a screen makes the page narrowest, in the highest of the fonts (1.45 of its size)."""
    (height,) = bulletin(Bulletin((Paragraph(text),))).heights.values()
    assert (height or 0) >= broken(f"　　{text}", 34, 0.53) * 14 * 1.45


def test_no_number_and_no_mark_is_parted_from_what_it_belongs_to() -> None:
    assert broken("一二三四五六，", 6) == 2
    assert broken("一二三四12345", 6) == 2
    assert broken("一二三四五《六》", 6) == 2
    assert broken("1234567890" * 3, 6) == 3


@pytest.mark.parametrize("declared", [RESULTS, ANALYSIS, WORKING])
def test_title_and_the_line_below_run_over_the_table(declared: Any) -> None:
    """In a clerk's own workbook, too, whose first column is narrow; what she merged there herself gives way."""
    desk = book(project(1), behind(2), settings={"working": "是"})
    sheet.write(run(desk, AS_OF), desk)
    found = [split_range(text) for text in desk.read(declared.title).merged]
    assert [box[:3] for box in sorted(found)] == [(1, 1, 1), (2, 1, 2)]
    assert all(right > 4 for *_, right in found)
    assert (desk.heights[declared.title][2] or 0) < 40
