"""The page's number (GB/T 9704-2012, 7.5): at the same edge of the paper on every page, be it turned or not (8)."""

from __future__ import annotations

from dataclasses import dataclass

from xlplugin.render.docx.page import LANDSCAPE, PAGE_NUMBER_DEPTH, Page
from xlplugin.render.docx.paragraph import TextBox, offset, run_xml, text_xml
from xlplugin.render.docx.wordml import root

DASH = "—"

LINE = 20 * 20
"""The number's line in twips, as its style has it."""


@dataclass(frozen=True, slots=True)
class Footer:
    """A part with the page's number, its style, on which pages it stands, and whether these are turned."""

    id: str
    style: str
    pages: str
    turned: bool = False

    def xml(self) -> str:
        """The part: — 1 —, the number filled in by the word processor."""
        numbered = _paragraph(self.style, _number())
        return root("ftr", _turned(self.style, numbered) if self.turned else numbered)


FOOTERS = (
    Footer("footer1", "OddFooter", "default"),
    Footer("footer2", "EvenFooter", "even"),
    Footer("footer3", "OddFooter", "default", turned=True),
    Footer("footer4", "EvenFooter", "even", turned=True),
)


def footers(page: Page) -> tuple[Footer, ...]:
    """Those of a section with such pages."""
    return tuple(footer for footer in FOOTERS if footer.turned == page.landscape)


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _number() -> str:
    mark = '<w:fldChar w:fldCharType="{}"/>'.format
    pieces = (
        text_xml(f"{DASH} "),
        mark("begin"),
        '<w:instrText xml:space="preserve">PAGE</w:instrText>',
        mark("separate"),
        text_xml("1"),
        mark("end"),
        text_xml(f" {DASH}"),
    )
    return "".join(map(run_xml, pieces))


def _turned(style: str, numbered: str) -> str:
    """The number in a box down the left margin, which is the lower one of the paper held upright."""
    left = LANDSCAPE.left - PAGE_NUMBER_DEPTH - LINE // 2
    places = offset("page", left), offset("page", LANDSCAPE.top)
    box = TextBox(LINE, LANDSCAPE.text_height, *places, vertical=True)
    return _paragraph(style, box.xml(1, "页码", numbered))
