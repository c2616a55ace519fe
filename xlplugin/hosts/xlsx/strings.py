"""The shared strings: room for those that there are, and what they say where a cell's present text must be known."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import opc, shape, xmltext
from xlplugin.hosts.xlsx.package import DAMAGED, Package

_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?:\s[^<>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?si\s*>)", re.S)
_PHONETIC = re.compile(rb"<((?:[\w.-]+:)?)rPh(?=[\s>]).*?</\1rPh\s*>", re.S)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?t\s*>)", re.S)


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


def settle(package: Package, workbook: str) -> Callable[[], None]:
    """Have the reader make room for the texts that there are, not for those announced; what comes back waits for the verdict on their XML.

    A count of 10¹⁵ would bring down the process.
    """
    part, *more = (*opc.related(package, workbook, "sharedStrings"), None)
    if part is None:
        return lambda: None
    if len(more) > 1:
        raise UserError(f"有两份文字表，各程序读法不一：{DAMAGED}")
    data = package.text(part)
    sound = package.checking(part, data)
    shape.check_texts(data, part)
    tag = xmltext.tag_pattern("sst").search(data)
    told = xmltext.attributes(tag[0]) if tag else {}
    if tag and any(
        xmltext.number(told, name, len(data)) > len(data) // 5
        for name in ("count", "uniqueCount")
        if name in told
    ):
        plain = xmltext.with_attributes(tag[0], {"count": None, "uniqueCount": None})
        package.new[part] = data[: tag.start()] + plain + data[tag.end() :]
    return sound
