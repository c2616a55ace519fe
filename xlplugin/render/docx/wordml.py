"""WordprocessingML in general: what may stand in it, and a part's root."""

from __future__ import annotations

import re
from html import escape  # xml.sax would bring urllib along, 30 ms of every start

SCHEMAS = "http://schemas.openxmlformats.org"
_PREFIXES = {
    "w": "wordprocessingml/2006/main",
    "r": "officeDocument/2006/relationships",
    "a": "drawingml/2006/main",
    "wp": "drawingml/2006/wordprocessingDrawing",
    "pic": "drawingml/2006/picture",
    "mc": "markup-compatibility/2006",
}
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
"""Text boxes, which Word has known since 2010."""
_SPACES = " ".join(
    (
        *(f'xmlns:{prefix}="{SCHEMAS}/{name}"' for prefix, name in _PREFIXES.items()),
        f'xmlns:wps="{SHAPE}"',
    )
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """A text or an attribute's value as XML, without the characters that no XML file can hold."""
    return escape(_ILLEGAL.sub("", text))


def root(tag: str, content: str) -> str:
    """A part's root element, with every prefix that may stand in it."""
    return f"<w:{tag} {_SPACES}>{content}</w:{tag}>"
