"""The shared strings: whether cells refer to them soundly, and what they say where a cell's present text must be known."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlplugin.cells import address
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import opc, xmltext
from xlplugin.hosts.xlsx.package import DAMAGED, Package
from xlplugin.hosts.xlsx.sheetxml import SheetXml

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
    part = next(iter(opc.related(package, workbook, "sharedStrings")), None)
    if part is None:
        return lambda: None
    data = package.text(part)
    sound = package.checking(part, data)
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


def check_types(sheet: SheetXml) -> None:
    """Raises UserError where a cell is of a type that there is not: one reader takes its text, another nothing."""
    if sheet.is_common:
        return
    odd = re.compile(
        rb"<%sc\s(?:[^<>]*?\s)?t\s*=\s*([\"'])(?!(?:s|str|inlineStr|n|b|e|d)\1)([^<>\"']*)"
        % re.escape(sheet.prefix)
    )
    if found := odd.search(sheet.scan, sheet.start, sheet.end):
        place, said = address(*sheet.place(found.start())), xmltext.text_of(found[2])
        raise UserError(f"{place} 的类型是「{said[:20]}」，没有这样的单元格：{DAMAGED}")


def check_numbers(sheet: SheetXml) -> None:
    """Raises UserError where a cell refers to a text by what is no whole number: the reader would give it another's."""
    if sheet.is_common:
        return
    p = re.escape(sheet.prefix)
    suspect = re.compile(
        rb"\"s\"(?![^<>]{0,200}(?:/>|>(?:<%sv>(?:\d{1,9})?</%sv>|<%sv/>)?</%sc>))" % (p, p, p, p)
    )
    value = re.compile(rb"<%sv(?:\s[^<>]*)?>([^<]*)<" % p)
    at = sheet.start
    while found := suspect.search(sheet.scan, at, sheet.end):
        begin = sheet.scan.rfind(b"<", sheet.start, found.start())
        following = sheet.scan.find(b"<", found.end(), sheet.end)
        at = following if following >= 0 else sheet.end
        tag = sheet.cell_tag.match(sheet.scan, begin, sheet.end)
        if tag is None or xmltext.attributes(tag[0]).get("t") != "s" or tag[0].endswith(b"/>"):
            continue
        said = value.search(sheet.scan, tag.end(), sheet.cell_end(tag.end()))
        number = xmltext.text_of(said[1]).strip() if said else ""
        if number and not (number.isascii() and number.isdecimal() and len(number) < 10):
            place = address(*sheet.place(begin))
            raise UserError(f"{place} 的文字编号是「{number[:20]}」，不是文字表中的一项：{DAMAGED}")
