"""The shared strings, worked out only where a cell's present text must be known."""

from __future__ import annotations

import re

from xlplugin.hosts.xlsx import opc, xmltext
from xlplugin.hosts.xlsx.package import Package

_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?si\s*>)", re.S)
_PHONETIC = re.compile(rb"<((?:[\w.-]+:)?)rPh(?=[\s>]).*?</\1rPh\s*>", re.S)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?t\s*>)", re.S)


def rich_text(inside: bytes) -> str:
    """The text of an <si> or <is>: its runs together, without readings of characters (rPh)."""
    texts = _TEXT.findall(_PHONETIC.sub(b"", inside))
    return xmltext.unescaped("".join(xmltext.text_of(text) for text in texts))


class SharedStrings:
    """The texts that cells refer to by number."""

    def __init__(self, package: Package, workbook: str) -> None:
        part = next(iter(opc.related(package, workbook, "sharedStrings")), None)
        self._items: list[bytes] = _ITEM.findall(package.xml(part)) if part else []

    def text(self, number: int) -> str | None:
        """A text by its number; None where there is none."""
        return rich_text(self._items[number]) if 0 <= number < len(self._items) else None
