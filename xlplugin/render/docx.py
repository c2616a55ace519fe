"""The bulletin as a Word document in the official format (GB/T 9704-2012).

The only module that imports python-docx: what it puts together — body, styles, page, tables, places — is plain text and
numbers in the modules beside it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import docx as python_docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Twips

from xlplugin.bulletin.blocks import Bulletin, Chart, Title
from xlplugin.errors import Problem
from xlplugin.render import charts
from xlplugin.render.docx_body import body_xml
from xlplugin.render.docx_footer import footer_xml
from xlplugin.render.docx_page import INCH, PORTRAIT
from xlplugin.render.docx_paragraph import legal
from xlplugin.render.docx_styles import PICTURE
from xlplugin.render.docx_template import stamped, template
from xlplugin.settings import Settings


def document(bulletin: Bulletin, settings: Settings) -> tuple[bytes, tuple[Problem, ...]]:
    """The .docx file, and what could not be put into it: charts, where matplotlib or a Chinese font is missing."""
    pictures, wrong = charts.draw(
        bulletin, settings, PORTRAIT.text_width / INCH, PORTRAIT.text_height / INCH
    )
    shown = [
        block for block in bulletin.blocks if not isinstance(block, Chart) or block in pictures
    ]
    written = python_docx.Document(io.BytesIO(template(body_xml(shown, settings), settings)))
    if pictures:
        _hang(
            written, [(block.title, pictures[block]) for block in shown if isinstance(block, Chart)]
        )
    if settings.page_numbers:
        _number_pages(written)
    _describe(written, bulletin, settings)
    return _packed(written), wrong


def _hang(document: Document, pictures: Sequence[tuple[str, bytes]]) -> None:
    """Each picture with its title in the next paragraph that waits for one."""
    places = [paragraph for paragraph in document.paragraphs if paragraph._p.style == PICTURE]
    for paragraph, (title, picture) in zip(places, pictures, strict=True):
        shape = paragraph.add_run().add_picture(
            io.BytesIO(picture), width=Twips(PORTRAIT.text_width)
        )
        shape._inline.docPr.set("descr", title)


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
    properties.title = next(
        (legal(block.text) for block in bulletin.blocks if isinstance(block, Title)), ""
    )[:255]
    properties.author = properties.last_modified_by = legal(settings.office)[:255]
    properties.created = properties.modified = dt.datetime.combine(settings.as_of, dt.time())
    properties.comments = ""


def _packed(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return stamped(saved.getvalue())
