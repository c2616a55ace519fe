"""What stands in a paragraph of the document, as WordprocessingML: text, a picture, the page's number. Lengths are twips."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplugin.render.docx.wordml import SCHEMAS, escaped, root

_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_MARK = re.compile("([\t\n\r])")
EMU = 635
"""The drawing's own units in a twip."""


def text_xml(text: str) -> str:
    """The inside of a run: the text with its tabs and line breaks."""
    return "".join(
        _MARKS.get(part) or f'<w:t xml:space="preserve">{escaped(part)}</w:t>'
        for part in _MARK.split(text)
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
    picture: str = ""
    """The run that shows one."""
    section: str = ""
    """The w:sectPr of the section that ends here."""

    def xml(self) -> str:
        """The w:p."""
        keep = "<w:keepNext/>" if self.keep_next else ""
        spacing = "" if self.before is None else f'<w:spacing w:before="{self.before}"/>'
        aligned = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        run = run_xml(text_xml(self.text)) if self.text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{keep}{spacing}{self._indents()}{aligned}{self.section}</w:pPr>{run}{self.picture}</w:p>'

    def _indents(self) -> str:
        if self.indents is None:
            return ""
        left, first = self.indents
        return f'<w:ind w:left="{left}" ' + (
            f'w:hanging="{-first}"/>' if first < 0 else f'w:firstLine="{first}"/>'
        )


DASH = "—"


@dataclass(frozen=True, slots=True)
class Footer:
    """A part with the page's number, its style, and on which pages it stands."""

    id: str
    style: str
    pages: str


FOOTERS = (Footer("footer1", "OddFooter", "default"), Footer("footer2", "EvenFooter", "even"))


def footer_xml(footer: Footer) -> str:
    """The part: — 1 — (GB/T 9704-2012, 7.5), the number filled in by the word processor."""
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
    runs = "".join(map(run_xml, pieces))
    return root("ftr", f'<w:p><w:pPr><w:pStyle w:val="{footer.style}"/></w:pPr>{runs}</w:p>')


def picture_xml(png: bytes, number: int, title: str, width: int) -> str:
    """A run with the document's picture of this number, `width` twips wide, its height in proportion."""
    across, down = (int.from_bytes(png[at : at + 4]) for at in (16, 20))  # as a PNG's head has them
    size = f'cx="{width * EMU}" cy="{width * EMU * down // across}"'
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent {size}/>"
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{escaped(title)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{SCHEMAS}/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="image{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
