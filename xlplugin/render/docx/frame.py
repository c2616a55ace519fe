"""版头 and 版记 where the office's paper has none (GB/T 9704-2012, 7.2, 7.4): the red line, and the block at the page's foot."""

from __future__ import annotations

from collections.abc import Iterator

from xlplugin.bulletin.blocks import Colophon, Letterhead
from xlplugin.measure import broken, width
from xlplugin.render.docx.lines import balanced
from xlplugin.render.docx.page import PORTRAIT, TWIPS, mm
from xlplugin.render.docx.paragraph import TextBox, WordParagraph, offset
from xlplugin.render.docx.styles import COLOPHON_POINTS, RED, letterhead_points, line_pitch
from xlplugin.settings import Settings

FROM_TOP = mm(35)
"""From the text area's upper edge to the head of the red letters."""

BLANK_LINES = 2
"""Between the letters and the number, and between the red line and the title."""

_RED_LINE = 12
"""Its width in eighths of a point, which the standard leaves to the office."""

_BELOW_NUMBER = 7
"""Points from the number's line to the red one: 4 mm from the digits themselves, whose line is higher than they are."""

_THICK, _THIN = 8, 6
"""Of the block's first and last line (0.35 mm) and those between (0.25 mm), in eighths of a point."""

RULE = 2 * TWIPS
"""What a line takes up, with the paragraph that bears it."""

_EM = COLOPHON_POINTS * TWIPS
_ROOM = PORTRAIT.text_width / _EM - 2
"""Characters of the block between its indents."""


def letterhead(head: Letterhead, settings: Settings) -> Iterator[WordParagraph]:
    """The red letters, the number below, the red line below that."""
    pitch, points = line_pitch(settings), letterhead_points(head.office)
    for number, line in enumerate(balanced(head.office, PORTRAIT.text_width / TWIPS / points)):
        above = None if number else FROM_TOP
        yield WordParagraph("Letterhead", line, keep_next=True, before=above)
    yield WordParagraph(
        "Number",
        head.number,
        keep_next=True,
        before=BLANK_LINES * pitch,
        border=_line("bottom", _RED_LINE, RED, _BELOW_NUMBER),
    )


def _line(side: str, eighths: int, colour: str = "000000", space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def colophon_xml(colophon: Colophon, settings: Settings, number: int) -> str:
    """A run whose box stands on the text's lower edge, whatever is above it: a line on top, one below, one between.

    A box, since LibreOffice lets a table and a frame stand where they come.
    """
    parts, lines = [_rule(_THICK)], 0
    if colophon.copies:
        hanging = width(colophon.copies.partition("：")[0] + "：")
        lines += broken(colophon.copies[int(hanging) :], _ROOM - hanging)
        parts += [_copies(colophon.copies, hanging), _rule(_THIN)]
    if colophon.office or colophon.date:
        lines += 1
        parts += [_printed(colophon.office, colophon.date), _rule(_THICK)]
    parts[-1] = _rule(_THICK)
    height = lines * line_pitch(settings) + RULE * sum(part.style == "Break" for part in parts)
    places = offset("margin", 0), offset("margin", PORTRAIT.text_height - height)
    box = TextBox(PORTRAIT.text_width, height, *places, wrap="wrapTopAndBottom")
    return box.xml(number, "版记", "".join(part.xml() for part in parts))


def _rule(eighths: int) -> WordParagraph:
    return WordParagraph("Break", border=_line("bottom", eighths))


def _copies(text: str, hanging: float) -> WordParagraph:
    """抄送, its lines hang by the first letter behind the colon."""
    indents = round((1 + hanging) * _EM), round(-hanging * _EM)
    return WordParagraph("Colophon", text, indents=indents, right=_EM)


def _printed(office: str, date: str) -> WordParagraph:
    """Who printed it at the left, the day at the right."""
    return WordParagraph(
        "Colophon", f"{office}\t{date}", indents=(_EM, 0), tab=PORTRAIT.text_width - _EM
    )
