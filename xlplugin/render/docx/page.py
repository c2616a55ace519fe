"""The official page (GB/T 9704-2012, 5.1–5.2): A4, margins, the grid of 22 lines by 28 characters. Lengths are twips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

CHARACTERS = 28
"""Characters a line; the standard's size 3 (16 points) is a little too wide for that, so the grid draws them closer."""

BODY_POINTS = 16
TWIPS, INCH = 20, 1440
"""Twips a point, and an inch."""


def mm(length: float) -> int:
    """Millimetres as twips."""
    return round(length / 25.4 * 72 * TWIPS)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper and its margins."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """Between the left and the right margin."""
        return self.width - self.left - self.right

    @property
    def footer_distance(self) -> int:
        """From the paper's lower edge to the page number."""
        return self.bottom - FOOTER_HEIGHT

    @property
    def text_height(self) -> int:
        """Between the top and the bottom margin."""
        return self.height - self.top - self.bottom


PORTRAIT = Page(width=11906, height=16838, top=mm(37), right=mm(26), bottom=mm(35), left=mm(28))

LANDSCAPE = Page(
    width=PORTRAIT.height,
    height=PORTRAIT.width,
    top=PORTRAIT.left,
    right=PORTRAIT.top,
    bottom=PORTRAIT.right,
    left=PORTRAIT.bottom,
    landscape=True,
)
"""The same sheet turned, its head at the edge where the pages are bound (7.4)."""

CHARACTER = PORTRAIT.text_width / CHARACTERS
"""The grid's pitch."""

CLOSER = PORTRAIT.text_width // CHARACTERS - BODY_POINTS * TWIPS - 1
"""What the body's letters are drawn closer by, in twips; a full line is then justified to the margin. The grid says the same, but
LibreOffice gives a character that is wider than the grid's pitch two cells, and keeps the text within whole cells: so the grid is
declared, the styles keep it by themselves in every program alike, and with a twip to spare."""

HEADER_DISTANCE, FOOTER_HEIGHT, PAGE_NUMBER_DEPTH = mm(15), mm(10.2), mm(7)
"""From the paper's upper edge to the header; from the text to the page number's foot, and to its middle (7.5)."""


def character_space() -> int:
    """How much wider than its font the grid makes a character, in 1/4096 points (negative: closer)."""
    return int((Fraction(PORTRAIT.text_width, CHARACTERS * TWIPS) - BODY_POINTS) * 4096) - 1


def twips(points: Fraction | float) -> int:
    """Points as whole twips, never more than the points."""
    return int(points * TWIPS)


def section_xml(page: Page, line_pitch: int, footers: Iterable[tuple[str, str]] = ()) -> str:
    """A section's w:sectPr: page numbers (the pages and the part that they have), paper, margins and grid."""
    orientation = ' w:orient="landscape"' if page.landscape else ""
    references = "".join(
        f'<w:footerReference w:type="{pages}" r:id="{part}"/>' for pages, part in footers
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{page.width}" w:h="{page.height}"{orientation}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}"'
        f' w:header="{HEADER_DISTANCE}" w:footer="{page.footer_distance}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{line_pitch}" w:charSpace="{character_space()}"/></w:sectPr>'
    )
