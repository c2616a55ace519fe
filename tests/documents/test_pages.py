"""The page in millimetres, lines and characters, as LibreOffice prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from documents.made import settings
from documents.pages import PrintedPage
from line.counties import COUNTIES

from xlplugin.bulletin.blocks import Bulletin, Line, Paragraph
from xlplugin.pipeline import Outcome, run
from xlplugin.render.docx import document

pytestmark = pytest.mark.office
LINE = 28.95 * 25.4 / 72
NEAR = 1.0
"""Millimetres."""


@pytest.fixture(scope="module")
def pages(
    printed: Callable[[Sequence[bytes]], list[list[PrintedPage]]], case: Outcome
) -> dict[str, list[PrintedPage]]:
    """The case county, and a text that fills every line and page."""
    full = document(Bulletin((Paragraph("国" * 28 * 22 * 3),)), settings())
    return dict(
        zip(
            ("case", "full"),
            printed([document(case.bulletin, case.facts.settings), full]),
            strict=True,
        )
    )


def test_a4(pages: dict[str, list[PrintedPage]]) -> None:
    sizes = {tuple(sorted((page.width, page.height))) for page in (*pages["case"], *pages["full"])}
    assert all(abs(a - 210) < 0.1 and abs(b - 297) < 0.1 for a, b in sizes)


def test_margins(pages: dict[str, list[PrintedPage]]) -> None:
    """LibreOffice sets a line of fixed height on that height's lower edge."""
    for page in pages["full"][:2]:
        first, last = page.lines[0], page.lines[-1]
        assert abs(first.bottom - LINE - 37) < NEAR
        assert abs(297 - last.bottom - 35) < NEAR
        assert abs(last.left - 28) < NEAR
        assert abs(210 - last.right - 26) < NEAR


def test_22_lines_of_28_characters(pages: dict[str, list[PrintedPage]]) -> None:
    first, second, *_ = pages["full"]
    assert [len(first.lines), len(second.lines)] == [22, 22]
    assert {len(line.text) for line in (*first.lines[1:], *second.lines)} == {28}
    assert len(first.lines[0].text) == 26
    steps = [b.bottom - a.bottom for a, b in zip(second.lines, second.lines[1:], strict=False)]
    assert max(abs(step - LINE) for step in steps) < 0.1


def test_the_text_of_the_case_county_stays_within_the_page(
    pages: dict[str, list[PrintedPage]],
) -> None:
    for page in pages["case"]:
        if page.width < page.height:
            assert len(page.lines) <= 22
            assert min(line.left for line in page.lines) > 28 - NEAR
            assert max(line.right for line in page.lines) < 210 - 26 + NEAR
            assert page.lines[-1].bottom < 297 - 35 + NEAR


def test_600_projects_with_60_behind_are_four_pages(
    printed: Callable[[Sequence[bytes]], list[list[PrintedPage]]],
) -> None:
    """Before what is attached."""
    outcome = run(COUNTIES["08-sixty-of-600"]())
    blocks = outcome.bulletin.blocks
    attached = next(n for n, block in enumerate(blocks) if block == Line("附件标签", "附件1"))
    said = Bulletin(blocks[:attached])
    (found,) = printed([document(said, outcome.facts.settings)])
    assert len(found) <= 4


def test_page_numbers_stand_outside_one_character_in(pages: dict[str, list[PrintedPage]]) -> None:
    """7 mm below the text, at the same edge of the paper on every page: a turned one has it at its left, read from above."""
    character = 14 * 25.4 / 72
    for at, page in enumerate(pages["case"], start=1):
        number, upright = page.number, page.width < page.height
        assert number
        assert number.text == f"—{at}—"
        if upright:
            first, last = number.left - 28, page.width - 26 - number.right
            below = (number.top + number.bottom) / 2 - (page.height - 35)
        else:
            first, last = number.top - 28, page.height - 26 - number.bottom
            below = 35 - (number.left + number.right) / 2
        assert abs((last if at % 2 else first) - character) < NEAR
        assert abs(below - 7) < NEAR


def test_the_order_of_the_pages(pages: dict[str, list[PrintedPage]]) -> None:
    """Text first; the appendix on pages of its own, its label in the first line and its title in the third."""
    body = [page for page in pages["case"] if page.width < page.height]
    appendix = pages["case"][len(body)]
    assert body[0].lines[0].text.startswith("关于2021年")
    assert body[-1].lines[-1].text == "2021年10月8日"
    assert [line.text for line in appendix.lines[:2]] == ["附件", "省市县三级重点工程进展情况表"]
    assert 1.5 * LINE < appendix.lines[1].bottom - appendix.lines[0].bottom < 2.5 * LINE
    heads = {page.lines[1].text[:4] for page in pages["case"][len(body) + 1 :]}
    assert len(heads) == 1  # the table's head again


def test_signature_is_centred_over_the_date_four_characters_from_the_edge(
    pages: dict[str, list[PrintedPage]],
) -> None:
    page = [page for page in pages["case"] if page.width < page.height][-1]
    office, date = page.lines[-2:]
    character = 156 / 28
    assert abs((office.left + office.right) / 2 - (date.left + date.right) / 2) < NEAR
    wider = (
        date.right - date.left - 6.5 * character
    )  # the font that stands in has wider digits; LibreOffice spaces them out
    assert abs(210 - 26 - date.right + wider / 2 - 4 * character) < NEAR
    assert len(page.lines) > 2  # never alone on its page
