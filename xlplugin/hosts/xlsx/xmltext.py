"""Small tools for XML as bytes: finding, reading and changing a tag while all around it stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from xlplugin.errors import UserError

BAD_XML = "内容不是正确的 XML，文件可能已损坏，请在 Excel 中打开修复后另存为 .xlsx 再试。"
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
_ATTRIBUTE = re.compile(rb"(?<![\w:.-])([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"<\?xml[^<>]*?\bencoding\s*=\s*[\"']([\w.-]+)[\"']")
_ENCODING = re.compile(
    r"utf-?(8|16([lb]e)?|16-[lb]e)|(us-)?ascii|iso-?8859-\d+|latin-?1|(windows-|cp)(125\d|936|950)"
    r"|gb(2312|k|18030)|big5|euc-(jp|kr|cn)|shift_jis|koi8-[ru]"
)
"""What XML is written in. Python knows others, which turn one text into another: unicode_escape, utf-7, rot13."""
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.S)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\r]|_(?=x[0-9A-Fa-f]{4}_)"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(lt|gt|amp|quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = rb"(?=[\s/>])(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>"
_NESTED = 4
"""Ways of saying something may stand in each other; nobody puts them deeper."""

_PREFIX = rb"(?:[\w.-]+:)?"


def encoding_of(head: bytes) -> str:
    """What XML is written in, told by its first bytes."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if head[0] else "utf-16-be"
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    return declared[1].decode("ascii").lower() if declared else "utf-8"


def is_utf8(head: bytes) -> bool:
    """Whether XML is in UTF-8, told by its first bytes."""
    return _begins_utf8(head[:200])


@lru_cache(maxsize=256)
def _begins_utf8(head: bytes) -> bool:
    return encoding_of(head) in ("utf-8", "utf8", "us-ascii", "ascii")


def as_utf8(raw: bytes, part: str) -> bytes:
    """XML in UTF-8; what is in UTF-8 already comes back as it is. Raises UserError where it cannot be read."""
    if is_utf8(raw):
        return raw
    try:
        encoding = encoding_of(raw[:200])
        if not _ENCODING.fullmatch(encoding):
            raise LookupError(encoding)
        text = raw.decode(encoding)
    except (LookupError, UnicodeError):
        raise UserError(f"部件 {part} 的{BAD_XML}") from None
    return _DECLARATION.sub(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text, count=1
    ).encode()


def hides(data: bytes) -> bool:
    """Whether there are comments, CDATA or instructions, which may hide what looks like a tag, and never end."""
    begin = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return any(
        data.find(mark[1:], begin) >= 0  # the search for one byte is many times faster
        and data.find(mark, begin) >= 0
        for mark in (b"<!", b"<?")
    )


def masked(data: bytes) -> bytes:
    """The same bytes at the same places, but comments, CDATA and instructions are blank: tags can be searched for."""
    return _HIDDEN.sub(lambda found: b" " * len(found[0]), data) if hides(data) else data


def unhidden(data: bytes) -> bytes:
    """XML that says the same without CDATA, comments and instructions; the very same bytes where it has none."""
    if masked(data) is data:
        return data
    begin = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:begin] + _HIDDEN.sub(
        lambda found: _escaped(found[0]) if found[0].startswith(b"<![") else b"", data[begin:]
    )


def settled(data: bytes) -> bytes:
    """XML where what is said in several ways (mc:AlternateContent) is said once: as to programs that know no extension.

    The fallback is taken, where there is none the first choice.
    """
    for _ in range(_NESTED):
        if b"AlternateContent" not in data:
            break
        kept: list[bytes] = []
        at = 0
        for begin, _, end in elements(data, "AlternateContent"):
            block = data[begin:end]
            ways = [found for name in ("Fallback", "Choice") for found in elements(block, name)]
            _, inner, close = ways[0] if ways else (0, 0, 0)
            kept += data[at:begin], block[inner : block.rfind(b"</", 0, close)]
            at = end
        data = b"".join((*kept, data[at:]))
    return data


def _escaped(cdata: bytes) -> bytes:
    return escape(cdata[9:-3].decode("utf-8", "replace")).encode()


@lru_cache(maxsize=256)
def tag_pattern(name: str) -> re.Pattern[bytes]:
    """Finds the opening (or empty) tags of an element by its local name, whatever the prefix."""
    return re.compile(rb"<" + _PREFIX + name.encode() + _TAG)


@lru_cache(maxsize=64)
def _edges(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)" + _PREFIX + name.encode() + _TAG)


def elements(
    data: bytes, name: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, int]]:
    """Where elements of a local name stand: begin, end of the opening tag, end of the whole; not nested ones."""
    scan = masked(data)
    depth = begin = inner = 0
    for found in _edges(name).finditer(scan, start, len(scan) if end is None else end):
        if found[1]:
            depth -= 1
            if depth == 0:
                yield begin, inner, found.end()
        elif depth == 0:
            begin, inner = found.span()
            if found[0].endswith(b"/>"):
                yield begin, inner, inner
            else:
                depth = 1
        elif not found[0].endswith(b"/>"):
            depth += 1


def first(data: bytes, name: str) -> tuple[int, int, int] | None:
    """The first element of a local name, as `elements` gives it."""
    return next(elements(data, name), None)


def prefix(tag: bytes) -> bytes:
    """x: out of <x:row …>; empty where the tag has none."""
    found = re.match(rb"</?([\w.-]+:)", tag)
    return found[1] if found else b""


@lru_cache(maxsize=4096)
def attributes(tag: bytes) -> Mapping[str, str]:
    """A tag's attributes by their full name, unescaped. Remembered: a workbook's tags are much alike, and like the next one's."""
    return {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def number(attrs: Mapping[str, str], name: str, default: int = 0) -> int:
    """An attribute as a whole number; the default where it is missing or none."""
    value = attrs.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else default


@lru_cache(maxsize=64)
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(\s)" + re.escape(name.encode()) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A tag with attributes set, added or (None) taken away; the others stay byte for byte."""
    for name, value in changes.items():
        pattern = _attribute(name)
        if value is None:
            tag = pattern.sub(b"", tag)
            continue
        written = f"{name}={quoted(value)}".encode()
        if pattern.search(tag):
            tag = pattern.sub(lambda found, new=written: found[1] + new, tag, count=1)  # type: ignore[misc]
        else:
            close = 2 if tag.endswith(b"/>") else 1
            tag = tag[:-close].rstrip() + b" " + written + tag[-close:]
    return tag


def escape(text: str) -> str:
    """Text as XML says it. (The library's own escape brings the whole of urllib and ssl along.)"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """XML's text as it is meant."""
    return _ENTITY.sub(_meant, text) if "&" in text else text


def _meant(found: re.Match[str]) -> str:
    name = found[1]
    if name in _NAMED:
        return _NAMED[name]
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(number) if number < 0x110000 else found[0]


def quoted(value: str) -> str:
    """An attribute's value with its quotes."""
    value = escape(value)
    for char, written in (('"', "&quot;"), ("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;")):
        value = value.replace(char, written)
    return f'"{value}"'


def text_of(content: bytes) -> str:
    """What an element without children says."""
    if b"<![CDATA[" in content:
        content = unhidden(content)
    return unescape(content.decode("utf-8", "replace").replace("\r\n", "\n"))


def unescaped(text: str) -> str:
    """Cell text with Excel's _x000D_ turned back to what it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def cell_text(text: str) -> bytes:
    """Text for a cell's <t> or <v>: escaped for XML, and Excel's _xHHHH_ for what XML cannot hold."""
    speakable = _UNSPEAKABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(speakable).encode()


def plain_text(text: str) -> bytes:
    """Text of an element that is no cell text, such as a formula."""
    return escape(text).encode()
