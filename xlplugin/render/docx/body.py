"""The bulletin's blocks as the body of the document: paragraphs, tables, pictures, and the sections that share a kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from xlplugin.bulletin import blocks
from xlplugin.bulletin.blocks import Block, Chart
from xlplugin.measure import width
from xlplugin.render.docx.lines import balanced
from xlplugin.render.docx.page import CHARACTER, PORTRAIT, TWIPS, Page, section_xml
from xlplugin.render.docx.paragraph import FOOTERS, WordParagraph, picture_xml
from xlplugin.render.docx.signature import place
from xlplugin.render.docx.styles import HEADINGS, STYLES, line_pitch
from xlplugin.render.docx.table import page_of, table_xml
from xlplugin.render.docx.wordml import root
from xlplugin.settings import Settings

LABEL, NOTE = "附件标签", "附件"
"""The roles of a Line that say where an appendix begins, and at the text's end that there is one."""

POINTS = {style.id: style.points for style in STYLES}
ROLES = {"文号": "Number", "主送": "Addressee", NOTE: "Note", LABEL: "Label"}
"""The style of each role of a Line."""

HELD = ("Note", "Office", "Date")
"""Never alone on a page: some of the text goes with them."""


@dataclass
class Draft:
    """A body in the making: paragraphs, which may change until all is there, and tables as text."""

    settings: Settings
    pictures: Mapping[Chart, bytes] = field(default_factory=dict)
    page: Page = PORTRAIT
    content: list[WordParagraph | str] = field(default_factory=list)
    last: WordParagraph | None = None
    shown: list[bytes] = field(default_factory=list)
    """The pictures in it, in the order of their numbers."""
    numbered: bool = False
    """Whether a section has the page's number already: those after it go on with what it has."""

    def write(self, content: Sequence[Block]) -> None:
        """Put in all blocks, in the sections that they need."""
        for number, (page, part) in enumerate(sections(content)):
            if number:
                self.turn(page)
            for block in part:
                write(block, self)

    def add(self, style: str, text: str = "") -> WordParagraph:
        """One more paragraph."""
        if self.last is not None and style in HELD:
            self.last.keep_next = True
        self.last = WordParagraph(style, text)
        self.content.append(self.last)
        return self.last

    def centred(self, style: str, text: str) -> None:
        """A title, in lines of about the same length."""
        self.add(style, "\n".join(balanced(text, self.page.text_width / TWIPS / POINTS[style])))

    def turn(self, page: Page) -> None:
        """End the section here, unless nothing stands in it; what follows is on a new page of this kind."""
        if self.last is not None:
            self.last.section = self._section()
        self.page = page

    def xml(self) -> str:
        """word/document.xml."""
        body = "".join(part if isinstance(part, str) else part.xml() for part in self.content)
        return root("document", f"<w:body>{body}{self._section()}</w:body>")

    def _section(self) -> str:
        footers = FOOTERS if self.settings.page_numbers and not self.numbered else ()
        self.numbered = True
        return section_xml(self.page, line_pitch(self.settings), footers)


def write(block: Block, draft: Draft) -> None:
    """Put a block into the draft."""
    match block:
        case blocks.Title(text):
            draft.centred("Title", text)
        case blocks.Line():
            _line(block, draft)
        case blocks.Heading(level, text):
            draft.add(HEADINGS[min(level, len(HEADINGS)) - 1], text)
        case blocks.Paragraph(text):
            draft.add("Body", text)
        case blocks.Items(lines):
            for line in lines:
                draft.add("Body", line)
        case blocks.PrintedTable():
            _table(block, draft)
        case blocks.Chart():
            png = draft.pictures[block]
            draft.shown.append(png)
            shown = picture_xml(png, len(draft.shown), block.title, PORTRAIT.text_width)
            draft.add("Picture").picture = shown
        case blocks.Signature():
            _signature(block, draft)
        case _:
            assert_never(block)


def _line(line: blocks.Line, draft: Draft) -> None:
    paragraph = draft.add(ROLES.get(line.role, "Body"), line.text)
    if line.role == NOTE:
        head = re.match(r"([^：]{0,4}：)?(\d+[.．])?", line.text)
        hanging = width(head[0]) if head else 0
        paragraph.indents = _characters(2 + hanging), _characters(-hanging)


def _table(table: blocks.PrintedTable, draft: Draft) -> None:
    if table.title:
        draft.centred("TableTitle", table.title)
    if table.unit:
        draft.add("TableUnit", table.unit)
    draft.content.append(table_xml(table, draft.page.text_width))
    draft.add("Break")


def _signature(signed: blocks.Signature, draft: Draft) -> None:
    at = place(width(signed.office), width(signed.date), seal=draft.settings.seal)
    lines = at.lines
    for style, text, left in (("Office", signed.office, at.office), ("Date", signed.date, at.date)):
        if text:
            paragraph = draft.add(style, text)
            paragraph.indents = _characters(left), 0
            paragraph.align = "center" if at.centred else "left"
            paragraph.before = lines * line_pitch(draft.settings)
            lines = 0


def sections(content: Sequence[Block]) -> Iterator[tuple[Page, list[Block]]]:
    """The text; each appendix on pages of its own; and within one, whatever needs the paper the other way round."""
    parts: list[list[Block]] = [[]]
    for block in content:
        page = wanted(block)
        turned = (
            len(parts) > 1
            and page
            and any((other := wanted(before)) and other != page for before in parts[-1])
        )
        if turned or (isinstance(block, blocks.Line) and block.role == LABEL and parts[-1]):
            parts.append([])
        parts[-1].append(block)
    for number, part in enumerate(parts):
        yield next((page for block in part if number and (page := wanted(block))), PORTRAIT), part


def wanted(block: blocks.Block) -> Page | None:
    """The page that a block of an appendix must have; None where either will do."""
    if isinstance(block, blocks.PrintedTable):
        return page_of(block)
    return PORTRAIT if isinstance(block, blocks.Chart) else None


def _characters(count: float) -> int:
    """A length in characters as twips."""
    return round(count * CHARACTER)
