"""A paragraph of the document as WordprocessingML. Lengths are twips."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_MARK = re.compile("([\t\n\r])")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that no XML file can hold."""
    return _ILLEGAL.sub("", text)


def text_xml(text: str) -> str:
    """The inside of a run: the text with its tabs and line breaks."""
    return "".join(
        _MARKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _MARK.split(legal(text))
        if part
    )


def run_xml(content: str) -> str:
    """A w:r whose quotation marks and dashes are as wide as Chinese ones."""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{content}</w:r>'


@dataclass(slots=True)
class WordParagraph:
    """Its style, its text, and what it has besides its style."""

    style: str
    text: str = ""
    keep_next: bool = False
    before: int | None = None
    indents: tuple[int, int] | None = None
    """Of all lines, and of the first one beyond that; negative: it hangs."""
    align: str = ""
    section: str = ""
    """The w:sectPr of the section that ends here."""

    def xml(self) -> str:
        """The w:p."""
        keep = "<w:keepNext/>" if self.keep_next else ""
        spacing = "" if self.before is None else f'<w:spacing w:before="{self.before}"/>'
        aligned = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        run = run_xml(text_xml(self.text)) if self.text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{keep}{spacing}{self._indents()}{aligned}{self.section}</w:pPr>{run}</w:p>'

    def _indents(self) -> str:
        if self.indents is None:
            return ""
        left, first = self.indents
        return f'<w:ind w:left="{left}" ' + (
            f'w:hanging="{-first}"/>' if first < 0 else f'w:firstLine="{first}"/>'
        )
