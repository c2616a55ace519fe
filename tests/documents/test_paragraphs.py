"""A paragraph's text arrives in Word as it is: tabs, line breaks, signs that XML has for itself, blanks at its ends."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from xlplugin.render.docx.paragraph import WordParagraph


def opened(paragraph: WordParagraph) -> Paragraph:
    """The paragraph as python-docx reads it."""
    body = parse_xml(f"<w:body {nsdecls('w')}>{paragraph.xml()}</w:body>")
    return Paragraph(body[0], docx.Document()._body)


@pytest.mark.parametrize(
    "text", ["甲乙", "甲\t乙", "甲\n乙", "\n甲\t\n", "<甲&乙>\"丙'", "  甲 乙 ", " ", ""]
)
def test_text(text: str) -> None:
    assert opened(WordParagraph("Body", text)).text == text


def test_characters_that_no_xml_can_hold_are_left_out() -> None:
    assert opened(WordParagraph("Body", "甲\x00乙\ufffe")).text == "甲乙"


@pytest.mark.parametrize(("first", "expected"), [(-400, -400), (0, 0), (600, 600)])
def test_indents(first: int, expected: int) -> None:
    found = opened(WordParagraph("Note", "附件", indents=(1000, first))).paragraph_format
    assert found.left_indent is not None
    assert found.first_line_indent is not None
    assert (found.left_indent.twips, found.first_line_indent.twips) == (1000, expected)


def test_what_is_not_said_is_the_style_s() -> None:
    found = opened(WordParagraph("Body", "甲")).paragraph_format
    assert (found.left_indent, found.space_before, found.alignment, found.keep_with_next) == (
        None,
        None,
        None,
        None,
    )
