"""The bulletin's blocks as the body of the document: paragraphs, tables and sections, one text of WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatch

from xlplugin.bulletin.blocks import (
    Block,
    Chart,
    Heading,
    Items,
    Line,
    Paragraph,
    Signature,
    Table,
    Title,
)
from xlplugin.render.docx_lines import balanced, width
from xlplugin.render.docx_page import CHARACTER, PORTRAIT, Page, section_xml
from xlplugin.render.docx_paragraph import WordParagraph
from xlplugin.render.docx_sections import LABEL, NOTE, sections
from xlplugin.render.docx_signature import place
from xlplugin.render.docx_styles import HEADINGS, PICTURE, STYLES, line_pitch
from xlplugin.render.docx_table import table_xml
from xlplugin.settings import Settings

POINTS = {style.id: style.points for style in STYLES}
ROLES = {"文号": "Number", "主送": "Addressee", NOTE: "Note", LABEL: "Label"}
"""The style of each role of a Line."""

HELD = ("Note", "Office", "Date")
"""Never alone on a page: some of the text goes with them."""


@dataclass
class Draft:
    """A body in the making: paragraphs, which may change until all is there, and tables as text."""

    settings: Settings
    page: Page = PORTRAIT
    content: list[WordParagraph | str] = field(default_factory=list)
    last: WordParagraph | None = None

    def add(self, style: str, text: str = "") -> WordParagraph:
        """One more paragraph."""
        if self.last is not None and style in HELD:
            self.last.keep_next = True
        self.last = WordParagraph(style, text)
        self.content.append(self.last)
        return self.last

    def centred(self, style: str, text: str) -> None:
        """A title, in lines of about the same length."""
        self.add(style, "\n".join(balanced(text, self.page.text_width / 20 / POINTS[style])))

    def turn(self, page: Page) -> None:
        """End the section here, unless nothing stands in it; what follows is on a new page of this kind."""
        if self.last is not None:
            self.last.section = self._section()
        self.page = page

    def xml(self) -> str:
        """The inside of the w:body."""
        return (
            "".join(part if isinstance(part, str) else part.xml() for part in self.content)
            + self._section()
        )

    def _section(self) -> str:
        return section_xml(self.page, line_pitch(self.settings))


def body_xml(blocks: Sequence[Block], settings: Settings) -> str:
    """The inside of the w:body; a chart is an empty paragraph of the style for pictures."""
    draft = Draft(settings)
    for number, (page, part) in enumerate(sections(blocks)):
        if number:
            draft.turn(page)
        for block in part:
            write(block, draft)
    return draft.xml()


@singledispatch
def write(block: Block, draft: Draft) -> None:  # noqa: ARG001
    """Put a block into the draft."""
    raise TypeError(f"no document for {block!r}")


@write.register
def _(block: Title, draft: Draft) -> None:
    draft.centred("Title", block.text)


@write.register
def _(block: Line, draft: Draft) -> None:
    paragraph = draft.add(ROLES.get(block.role, "Body"), block.text)
    if block.role == NOTE:
        head = re.match(r"([^：]{0,4}：)?(\d+[.．])?", block.text)
        hanging = width(head[0]) if head else 0
        paragraph.indents = _characters(2 + hanging), _characters(-hanging)


@write.register
def _(block: Heading, draft: Draft) -> None:
    draft.add(HEADINGS[min(block.level, len(HEADINGS)) - 1], block.text)


@write.register
def _(block: Paragraph, draft: Draft) -> None:
    draft.add("Body", block.text)


@write.register
def _(block: Items, draft: Draft) -> None:
    for line in block.lines:
        draft.add("Body", line)


@write.register
def _(block: Table, draft: Draft) -> None:
    if block.title:
        draft.centred("TableTitle", block.title)
    if block.unit:
        draft.add("TableUnit", block.unit)
    draft.content.append(table_xml(block, draft.page.text_width))
    draft.add("Break")


@write.register
def _(block: Chart, draft: Draft) -> None:  # noqa: ARG001
    draft.add(PICTURE)


@write.register
def _(block: Signature, draft: Draft) -> None:
    at = place(width(block.office), width(block.date), seal=draft.settings.seal)
    lines = at.lines
    for style, text, left in (("Office", block.office, at.office), ("Date", block.date, at.date)):
        if text:
            paragraph = draft.add(style, text)
            paragraph.indents = _characters(left), 0
            paragraph.align = "center" if at.centred else "left"
            paragraph.before = lines * line_pitch(draft.settings)
            lines = 0


def _characters(count: float) -> int:
    """A length in characters as twips."""
    return round(count * CHARACTER)
