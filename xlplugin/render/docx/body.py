"""The bulletin's blocks as the body of the document: paragraphs, tables, pictures, and the sections that share a kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from xlplugin.bulletin import blocks
from xlplugin.bulletin.blocks import Block, Chart
from xlplugin.measure import width
from xlplugin.render.docx.footer import footers
from xlplugin.render.docx.frame import BLANK_LINES, colophon_xml, letterhead
from xlplugin.render.docx.lines import balanced
from xlplugin.render.docx.page import CHARACTER, PORTRAIT, TWIPS, Page, section_xml
from xlplugin.render.docx.paragraph import WordParagraph, picture_xml
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


ABOVE_PICTURE = 5
"""Lines of a page that a chart's label, its title and the distance between them take up."""


def picture_room(settings: Settings) -> int:
    """How high a chart may be, in twips."""
    return PORTRAIT.text_height - ABOVE_PICTURE * line_pitch(settings)


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
    breaks: bool = False
    """Whether the next paragraph begins a page."""
    attached: bool = False
    """Whether what comes now is attached to the text: its titles are large."""

    def write(self, content: Sequence[Block]) -> None:
        """Put in all blocks, in the sections that they need."""
        for number, (page, part) in enumerate(sections(content)):
            if number:
                self.turn(page)
            for block in part:
                write(block, self)

    def add(self, style: str, text: str = "") -> WordParagraph:
        """One more paragraph."""
        paragraph = WordParagraph(style, text)
        self.put(paragraph)
        return paragraph

    def put(self, *paragraphs: WordParagraph) -> None:
        """More paragraphs, each as far from the one above as the standard has it."""
        for each in paragraphs:
            if self.last is not None:
                self.last.keep_next |= each.style in HELD
                each.before = self._distance(self.last, each.style) or each.before
            each.new_page, self.breaks = self.breaks, False
            self.last = each
            self.content.append(each)

    def _distance(self, above: WordParagraph, style: str) -> int:
        """Twips above a paragraph, beyond what its style has: below the red line, and below a title without an addressee."""
        if style == "Title" and above.border:
            return BLANK_LINES * line_pitch(self.settings)
        below_head = above.style in ("Title", "Number") and style not in ("Title", *ROLES.values())
        return line_pitch(self.settings) if below_head else 0

    def centred(self, style: str, text: str) -> None:
        """A title, in lines of about the same length."""
        self.add(style, "\n".join(balanced(text, self.page.text_width / TWIPS / POINTS[style])))

    def turn(self, page: Page) -> None:
        """What follows is on a new page of this kind: in a section of its own, where the pages turn.

        LibreOffice loses the place of a turned page's number in a second section of such pages.
        """
        if self.last is not None and page.landscape and page == self.page:
            self.breaks = True
        elif self.last is not None:
            self.last.section = self._section()
        self.page = page

    def xml(self) -> str:
        """word/document.xml."""
        body = "".join(part if isinstance(part, str) else part.xml() for part in self.content)
        return root("document", f"<w:body>{body}{self._section()}</w:body>")

    def _section(self) -> str:
        below = footers(self.page) if self.settings.page_numbers else ()
        parts = [(each.pages, each.id) for each in below]
        return section_xml(self.page, line_pitch(self.settings), parts)


def write(block: Block, draft: Draft) -> None:
    """Put a block into the draft."""
    match block:
        case blocks.Letterhead():
            draft.put(*letterhead(block, draft.settings))
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
            draft.centred("TableTitle" if draft.attached else "Caption", block.title)
            png = draft.pictures[block]
            draft.shown.append(png)
            shown = picture_xml(png, len(draft.shown), block.title, PORTRAIT.text_width)
            draft.add("Picture").picture = shown
        case blocks.Signature():
            _signature(block, draft)
        case blocks.Colophon():
            foot = draft.add("Break")
            foot.picture = colophon_xml(block, draft.settings, len(draft.pictures) + 1)
        case _:
            assert_never(block)


def _line(line: blocks.Line, draft: Draft) -> None:
    draft.attached |= line.role == LABEL
    if line.role == NOTE:
        _note(line.text, draft)
    else:
        draft.add(ROLES.get(line.role, "Body"), line.text)


def _note(text: str, draft: Draft) -> None:
    """附件：1.甲, the others below: each name hangs by its own first letter, every number stands under the first."""
    first, *others = text.split("\n")
    head = re.match(r"([^：]{0,4}：)?(\d+[.．])?", first)
    label, number = (width(part or "") for part in head.groups()) if head else (0, 0)
    for line, hanging in ((first, label + number), *((each, number) for each in others)):
        paragraph = draft.add("Note", line)
        paragraph.indents = _characters(2 + label + number), _characters(-hanging)
        paragraph.before = None if line is first else 0


def _table(table: blocks.PrintedTable, draft: Draft) -> None:
    if table.title:
        draft.centred("TableTitle" if draft.attached else "Caption", table.title)
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
    return PORTRAIT if isinstance(block, (blocks.Chart, blocks.Colophon)) else None


def _characters(count: float) -> int:
    """A length in characters as twips."""
    return round(count * CHARACTER)
