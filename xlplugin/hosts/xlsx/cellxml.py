"""One cell: what its XML says, and the XML for what it is to say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlplugin.cells import Cell, CellError
from xlplugin.hosts.xlsx import serials, xmltext
from xlplugin.hosts.xlsx.strings import rich_text

MOST_TEXTS = 20_000
"""So many texts are remembered, so that those which come once take no room."""

Content = tuple[str, str | float | bool] | None
"""A cell's content in the file's words: number, text, truth or error, with its value; None for an empty cell."""


_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)")
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w+)")

_OF_VALUE = re.compile(rb"\s(?:t|vm|ph)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class _Patterns(NamedTuple):
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]
    inline: re.Pattern[bytes]


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    return _Patterns(
        re.compile(rb"<%sf((?:\s[^<>]*?)?)(?:/>|>(.*?)</%sf\s*>)" % (p, p), re.S),
        re.compile(rb"<%sv(?:\s[^<>]*)?>(.*?)</%sv\s*>" % (p, p), re.S),
        re.compile(rb"<%sis(?:\s[^<>]*)?>(.*)</%sis\s*>" % (p, p), re.S),
    )


class Present(NamedTuple):
    """A cell as it stands in the file; `formula` is the whole <f> element, with its attributes and text apart."""

    tag: bytes
    style: int
    said: Callable[[], Content]
    formula: bytes = b""
    formula_attrs: bytes = b""
    formula_text: bytes = b""


def parse(xml: bytes, prefix: bytes, text_by_number: Callable[[int], str | None]) -> Present:
    """What a <c> element says. Its value is worked out when asked for."""
    end = xml.index(b">") + 1
    tag, inside = xml[:end], b"" if xml[end - 2 : end] == b"/>" else xml[end : xml.rindex(b"</")]
    style, kind = _STYLE.search(tag), _TYPE.search(tag)
    patterns = _patterns(prefix)
    formula = patterns.formula.search(inside) if inside else None

    def said() -> Content:
        return _said(kind[1] if kind else b"n", inside, patterns, text_by_number)

    number = int(style[1]) if style else 0
    if not formula:
        return Present(tag, number, said)
    return Present(tag, number, said, formula[0], formula[1], formula[2] or b"")


def _said(
    kind: bytes, inside: bytes, patterns: _Patterns, text_by_number: Callable[[int], str | None]
) -> Content:
    if kind == b"inlineStr":
        found = patterns.inline.search(inside)
        return ("text", rich_text(found[1])) if found else None
    value = patterns.value.search(inside)
    if not value:
        return None
    text = xmltext.text_of(value[1])
    if kind == b"s":
        shared = text_by_number(int(text)) if text.strip().isdigit() else None
        return None if shared is None else ("text", shared)
    if kind == b"str":
        return "text", xmltext.unescaped(text)
    if kind == b"e":
        return "error", text
    if kind == b"b":
        return "truth", text.strip() in ("1", "true")
    try:
        return "number", float(text)
    except ValueError:
        return ("text", text) if text else None


def say(value: Cell, date1904: bool) -> Content:
    """A value in the file's words."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "truth", value
    if isinstance(value, CellError):
        return "error", str(value)
    if isinstance(value, str):
        return "text", value
    if isinstance(value, dt.date):
        return "number", float(serials.to_serial(value, date1904))
    return "number", float(value)


def head(tag: bytes) -> bytes:
    """A cell's opening tag up to where its type may be said, without what belongs to the old value."""
    return _OF_VALUE.sub(b"", tag).rstrip(b"/> \t\r\n")


def render(prefix: bytes, head: bytes, value: Cell, formula: bytes, date1904: bool) -> bytes:
    """A whole <c> out of its head, a value and a ready <f> element."""
    if value is None:
        return b"%s>%s</%sc>" % (head, formula, prefix) if formula else head + b"/>"
    kind = b""
    if isinstance(value, bool):
        kind, body = b' t="b"', b"%d" % value
    elif isinstance(value, CellError):
        kind, body = b' t="e"', xmltext.plain_text(value)
    elif isinstance(value, str) and formula:
        kind, body = b' t="str"', xmltext.cell_text(value)
    elif isinstance(value, str):
        space = (
            b' xml:space="preserve"'
            if value != value.strip() or "\n" in value or "  " in value
            else b""
        )
        told = b"<%sis><%st%s>%s</%st></%sis>" % (
            prefix,
            prefix,
            space,
            xmltext.cell_text(value),
            prefix,
            prefix,
        )
        return b'%s t="inlineStr">%s</%sc>' % (head, told, prefix)
    elif isinstance(value, dt.date):
        body = b"%d" % serials.to_serial(value, date1904)
    else:
        body = f"{value:f}".encode() if isinstance(value, Decimal) else repr(value).encode()
    return b"%s%s>%s<%sv>%s</%sv></%sc>" % (head, kind, formula, prefix, body, prefix, prefix)


def format_attribute(number: int | None) -> str:
    """How a cell says its format; nothing where it has none."""
    return "" if number is None else f' s="{number}"'


class Bodies:
    """What follows a cell's format in its XML: a number at once, and a text that comes again only once."""

    def __init__(self, prefix: bytes, *, date1904: bool) -> None:
        self._prefix, self._date1904 = prefix, date1904
        self._head, self._tail = (
            f"><{prefix.decode()}v>",
            f"</{prefix.decode()}v></{prefix.decode()}c>",
        )
        self._texts: dict[Cell, str] = {}

    def __call__(self, value: Cell, formula: str | None = None) -> str:
        if formula is not None:
            p = self._prefix
            told = b"<%sf>%s</%sf>" % (p, xmltext.plain_text(formula), p)
            return render(p, b"", value, told, self._date1904).decode()
        if value.__class__ is float:
            return f"{self._head}{value!r}{self._tail}"
        known = self._texts.get(value) if value.__class__ is str else None
        if known is None:
            known = render(self._prefix, b"", value, b"", self._date1904).decode()
            if value.__class__ is str:
                if len(self._texts) >= MOST_TEXTS:
                    self._texts.clear()
                self._texts[value] = known
        return known
