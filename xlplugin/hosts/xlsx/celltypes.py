"""Whether each cell holds what its type says (ECMA-376, part 1, 18.3.1.4 and 18.18.11): of what does not, one program reads what another leaves out."""

from __future__ import annotations

import re
from functools import lru_cache

from xlplugin.cells import address
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.package import DAMAGED
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_TYPES = frozenset(("s", "str", "inlineStr", "n", "b", "e", "d"))
_BLANK = " \t\r\n"
"""White space as XML means it; Python's own takes in more."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
"""Neither INF nor NaN, which no cell holds, nor digits of other scripts, which Python takes for numbers."""
_TEXT_NUMBER = re.compile(r"[0-9]{1,9}")
_PLACE = re.compile(rb" r=\"[A-Z]+[0-9]+\"")
"""Without it cells' tags are few, and what their attributes say is remembered."""


def check(sheet: SheetXml) -> None:
    """Raises UserError where a cell is of a type that there is not, or where its content is not its type's."""
    if sheet.is_common:
        return
    for suspect in _suspects(sheet.prefix):
        at = sheet.start
        while found := suspect.search(sheet.scan, at, sheet.end):
            begin, at = sheet.cell_around(found.end(), at), found.end()
            tag = sheet.cell_tag.match(sheet.scan, begin, sheet.end) if begin is not None else None
            if tag:
                end = tag.end() if tag[0].endswith(b"/>") else sheet.cell_end(tag.end())
                if wrong := _wrong(tag[0], sheet.scan[tag.end() : end], sheet.prefix):
                    raise UserError(f"{address(*sheet.place(tag.start()))} {wrong}：{DAMAGED}")
                at = max(at, end)


@lru_cache(maxsize=16)
def _suspects(prefix: bytes) -> tuple[re.Pattern[bytes], ...]:
    """What every cell has that is not as its type says, and few others; found by its first letters, 0.1 s each in 80 MB."""
    p = re.escape(prefix)
    number = rb"-?+\d++(?:\.\d++)?+(?:E[-+]?+\d++)?+"
    text_number = rb"(?:/>|>(?:<%sv>(?:\d{1,9})?</%sv>|<%sv/>)?</%sc>)" % (p, p, p, p)
    return (
        re.compile(rb"t(?<=\st)(?<!<%sf t)\s*=\s*([\"'])(?!(?:s|str|inlineStr|n|b|e|d)\1)" % p),
        re.compile(rb"\"s\"(?![^<>]{0,200}%s)" % text_number),
        re.compile(rb"<%sv(?=[\s>])(?!>%s</%sv>)" % (p, number, p)),
        re.compile(rb"<%sis(?<!inlineStr\"><%sis)(?=[\s/>])" % (p, p)),
        re.compile(rb"inlineStr[\"'](?!><%sis>|></%sc>|/>)" % (p, p)),
        re.compile(rb"</%sis(?!></%sc>)" % (p, p)),
    )


@lru_cache(maxsize=16)
def _contents(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A cell's values, with what they say, and its own text."""
    p = re.escape(prefix)
    return re.compile(rb"<%sv(?:\s[^<>]*)?>([^<]*)<|<%sv\s*/>" % (p, p)), re.compile(
        rb"<%sis[\s/>]" % p
    )


def _wrong(tag: bytes, inside: bytes, prefix: bytes) -> str:
    """What is wrong with a cell; empty where nothing is."""
    kind = xmltext.attributes(_PLACE.sub(b"", tag)).get("t", "n")
    if kind not in _TYPES:
        return f"的类型是「{kind[:20]}」，没有这样的单元格"
    value, text = _contents(prefix)
    values, has_text = value.findall(inside), bool(text.search(inside))
    said = [xmltext.text_of(each).strip(_BLANK) for each in values if each]
    if has_text and (kind != "inlineStr" or values) or kind == "inlineStr" and any(said):
        return "的内容与它的类型不符"
    if kind == "s" and (odd := [each for each in said if not _TEXT_NUMBER.fullmatch(each)]):
        return f"的文字编号是「{odd[0][:20]}」，不是文字表中的一项"
    if kind == "n" and (odd := [each for each in said if each and not _NUMBER.fullmatch(each)]):
        return f"应是数字，写的是「{odd[0][:20]}」"
    return ""
