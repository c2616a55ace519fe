"""What stands in a paragraph of the document, as WordprocessingML: text, a picture, the page's number. Lengths are twips."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplugin.render.docx.wordml import SCHEMAS, SHAPE, escaped

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
    new_page: bool = False
    before: int | None = None
    indents: tuple[int, int] | None = None
    """Of all lines, and of the first one beyond that; negative: it hangs."""
    right: int = 0
    tab: int | None = None
    """Where a tab stands; what follows it ends there."""
    align: str = ""
    border: str = ""
    """What its w:pBdr holds."""
    picture: str = ""
    """The run that shows one."""
    section: str = ""
    """The w:sectPr of the section that ends here."""

    def xml(self) -> str:
        """The w:p."""
        keep = "<w:keepNext/>" if self.keep_next else ""
        keep += "<w:pageBreakBefore/>" if self.new_page else ""
        border = f"<w:pBdr>{self.border}</w:pBdr>" if self.border else ""
        spacing = "" if self.before is None else f'<w:spacing w:before="{self.before}"/>'
        tab = (
            ""
            if self.tab is None
            else f'<w:tabs><w:tab w:val="right" w:pos="{self.tab}"/></w:tabs>'
        )
        aligned = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        run = run_xml(text_xml(self.text)) if self.text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{keep}{border}{tab}{spacing}{self._indents()}{aligned}{self.section}</w:pPr>{run}{self.picture}</w:p>'

    def _indents(self) -> str:
        if self.indents is None:
            return ""
        left, first = self.indents
        right = f'w:right="{self.right}" ' if self.right else ""
        return f'<w:ind w:left="{left}" {right}' + (
            f'w:hanging="{-first}"/>' if first < 0 else f'w:firstLine="{first}"/>'
        )


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


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box: its size, where it stands across and down the page, how its text runs and the page's text around it."""

    width: int
    height: int
    across: str
    down: str
    wrap: str = "wrapNone"
    vertical: bool = False

    def xml(self, number: int, name: str, content: str) -> str:
        """The run that holds it; `number` is its own among the part's drawings. Word has known such boxes since 2010."""
        size = f'cx="{self.width * EMU}" cy="{self.height * EMU}"'
        turned = ' vert="vert"' if self.vertical else ""
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
            'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f"<wp:positionH {self.across}</wp:positionH><wp:positionV {self.down}</wp:positionV>"
            f'<wp:extent {size}/><wp:{self.wrap}/><wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/><a:noFill/></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
            f'<wps:bodyPr{turned} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
            "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )


def offset(edge: str, twips: int) -> str:
    """A box's place, measured from an edge that `edge` names (page, margin)."""
    return f'relativeFrom="{edge}"><wp:posOffset>{twips * EMU}</wp:posOffset>'
