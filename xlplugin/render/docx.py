"""The bulletin as a Word document in the official format (GB/T 9704-2012).

The only module that imports python-docx: what it puts together — styles, page, tables, places — is plain text and numbers
in the modules beside it.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch

import docx as python_docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph as WordParagraph

from xlplugin.bulletin.blocks import Block, Bulletin, Chart, Heading, Items, Line, Paragraph, Signature, Table, Title
from xlplugin.errors import Problem
from xlplugin.render import charts
from xlplugin.render.docx_footer import footer_xml
from xlplugin.render.docx_lines import balanced, width
from xlplugin.render.docx_page import CHARACTER, INCH, PORTRAIT, Page
from xlplugin.render.docx_sections import LABEL, NOTE, sections
from xlplugin.render.docx_signature import place
from xlplugin.render.docx_styles import HEADINGS, STYLES, line_pitch
from xlplugin.render.docx_table import legal, table_xml
from xlplugin.render.docx_template import stamped, template
from xlplugin.settings import Settings

POINTS = {style.id: style.points for style in STYLES}
ROLES = {"文号": "Number", "主送": "Addressee", NOTE: "Note", LABEL: "Label"}
"""The style of each role of a Line."""

HELD = ("Note", "Office", "Date")
"""Never alone on a page: some of the text goes with them."""


@dataclass
class Draft:
    """A document in the making."""

    document: Document
    settings: Settings
    page: Page = PORTRAIT
    pictures: Mapping[Chart, bytes] = field(default_factory=dict)
    last: WordParagraph | None = None

    def add(self, style: str, text: str = "") -> WordParagraph:
        """One more paragraph; its quotation marks and dashes are as wide as Chinese ones."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = style
        if text:
            run = paragraph.add_run(legal(text))
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        if self.last is not None and style in HELD:
            self.last.paragraph_format.keep_with_next = True
        self.last = paragraph
        return paragraph

    def centred(self, style: str, text: str) -> None:
        """A title, in lines of about the same length."""
        self.add(style, "\n".join(balanced(text, self.page.text_width / 20 / POINTS[style])))

    def turn(self, page: Page) -> None:
        """End the section here, unless nothing stands in it; what follows is on a new page of this kind."""
        section = self.document.sections[-1]
        if self.last is not None:
            self.last._p.set_sectPr(copy.deepcopy(section._sectPr))
        for key, length in page.lengths.items():
            setattr(section, key, Twips(length))
        section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
        self.page = page


def document(bulletin: Bulletin, settings: Settings) -> tuple[bytes, tuple[Problem, ...]]:
    """The .docx file, and what could not be put into it: charts, where matplotlib or a Chinese font is missing."""
    pictures, wrong = charts.draw(bulletin, settings, PORTRAIT.text_width / INCH, PORTRAIT.text_height / INCH)
    draft = Draft(python_docx.Document(io.BytesIO(template(settings))), settings, pictures=pictures)
    shown = [block for block in bulletin.blocks if not isinstance(block, Chart) or block in pictures]
    for number, (page, blocks) in enumerate(sections(shown)):
        if number:
            draft.turn(page)
        for block in blocks:
            write(block, draft)
    if settings.page_numbers:
        _number_pages(draft.document)
    _describe(draft.document, bulletin, settings)
    return _packed(draft.document), wrong


@singledispatch
def write(block: Block, draft: Draft) -> None:  # noqa: ARG001
    """Put a block into the document."""
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
        _indent(paragraph, 2 + hanging, -hanging)


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
    after = draft.add("Break")
    after._p.addprevious(parse_xml(table_xml(block, draft.page.text_width)))


@write.register
def _(block: Chart, draft: Draft) -> None:
    shape = draft.add("Picture").add_run().add_picture(io.BytesIO(draft.pictures[block]), width=Twips(draft.page.text_width))
    shape._inline.docPr.set("descr", block.title)


@write.register
def _(block: Signature, draft: Draft) -> None:
    at = place(width(block.office), width(block.date), seal=draft.settings.seal)
    lines = at.lines
    for style, text, left in (("Office", block.office, at.office), ("Date", block.date, at.date)):
        if text:
            paragraph = draft.add(style, text)
            _indent(paragraph, left)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if at.centred else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.space_before = Twips(lines * line_pitch(draft.settings))
            lines = 0


def _indent(paragraph: WordParagraph, left: float, first: float = 0) -> None:
    """Indents in characters; a negative first one hangs."""
    paragraph.paragraph_format.left_indent = Twips(round(left * CHARACTER))
    paragraph.paragraph_format.first_line_indent = Twips(round(first * CHARACTER))


def _number_pages(document: Document) -> None:
    """Odd and even pages differ; the sections after the first go on with what it has."""
    first = document.sections[0]
    for footer, style in ((first.footer, "OddFooter"), (first.even_page_footer, "EvenFooter")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        paragraph.addprevious(parse_xml(footer_xml(style)))
        paragraph.getparent().remove(paragraph)


def _describe(document: Document, bulletin: Bulletin, settings: Settings) -> None:
    """The file's properties: nothing of today's, nothing of this machine's."""
    properties = document.core_properties
    properties.title = next((legal(block.text) for block in bulletin.blocks if isinstance(block, Title)), "")[:255]
    properties.author = properties.last_modified_by = legal(settings.office)[:255]
    properties.created = properties.modified = dt.datetime.combine(settings.as_of, dt.time())
    properties.comments = ""


def _packed(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return stamped(saved.getvalue())
