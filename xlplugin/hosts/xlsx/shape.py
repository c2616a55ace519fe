"""Whether cells and texts are put together as the format has them: what is said twice, or where nothing is said, each program reads in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.parsers import expat

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.package import DAMAGED
from xlplugin.hosts.xlsx.sheetxml import SheetXml

_RICH = {
    "is": ("t", "r", "rPh", "phoneticPr"),
    "si": ("t", "r", "rPh", "phoneticPr", "extLst"),
    "r": ("rPr", "t"),
    "rPh": ("t",),
    "t": (),
}
_SHEET: Mapping[str, tuple[str, ...]] = {
    "sheetData": ("row",),
    "row": ("c", "extLst"),
    "c": ("f", "v", "is", "extLst"),
    "f": (),
    "v": (),
    **_RICH,
}
_TEXTS: Mapping[str, tuple[str, ...]] = {"sst": ("si", "extLst"), **_RICH}
"""Which elements may stand in which; what others hold is none of ours."""

_ONCE = {"f", "v", "is", "t", "rPr"}

_AT_ONCE, _MOST_ODD = 1 << 18, 32 << 20
"""An element is walked through in 0.1 µs a byte: so much at a time, and so much of a sheet at most, within three seconds."""


def _element(name: str, inside: str) -> str:
    return rf"<%s{name}(?=[\s/>])[^<>]*+(?:(?<=/)>|(?<!/)>\s*+{inside}</%s{name}\s*+>)\s*+"


_T = _element("t", "[^<]*+")
_RPR = _element("rPr", r"(?:<(?!/?%srPr[\s/>]|%st[\s/>])[^<>]*+>\s*+)*+")
_RUNS = rf"(?:{_T})?+(?:{_element('r', f'(?:{_RPR})?+(?:{_T})?+')})*+(?:{_element('rPh', _T)})*+(?:<%sphoneticPr[^<>]*+/>\s*+)?+"
_VALUE = rf"(?:{_element('v', '[^<]*+')}|{_element('is', _RUNS)})?+"
_CELL = _element("c", rf"(?:{_element('f', '[^<]*+')})?+{_VALUE}")
_ROWS = rf"\s*+(?:{_element('row', f'(?:{_CELL})*+')})*+"
_ITEMS = rf"\s*+(?:{_element('si', _RUNS)})*+"


@lru_cache(maxsize=16)
def _pattern(said: str, prefix: bytes) -> re.Pattern[bytes]:
    """One look at a large sheet or list; what it does not take is walked through, an element at a time."""
    return re.compile(said.encode().replace(b"%s", re.escape(prefix)))


def check_sheet(sheet: SheetXml) -> None:
    """Raises UserError where a sheet says a cell's value twice or in no place of its own, or has its cells in two places."""
    is_one = sheet.scan.count(b"sheetData") == (1 if sheet.is_empty_tag else 2)
    if is_one and sheet.is_common and sheet.scan.find(b"xmlns", sheet.start, sheet.end) < 0:
        return
    if not is_one:
        if sheet.end - sheet.start > _MOST_ODD:
            raise _too_much(sheet)
        _Walk(_SHEET, sheet.part).through(sheet.data)
        return
    head, tail = sheet.data[: sheet.start], sheet.data[sheet.end :]
    if not sheet.is_empty_tag and b"<" in sheet.scan[sheet.start : sheet.end]:
        closing = tail[: tail.find(b">") + 1] + tail[tail.rfind(b"</") :]
        for begin, end in _odd(sheet):
            _Walk(_SHEET, sheet.part).through(head + sheet.data[begin:end] + closing)
    _Walk(_SHEET, sheet.part).through(head + tail)


def _odd(sheet: SheetXml) -> Iterator[tuple[int, int]]:
    """Where the rows are that one look does not take, with some that follow. Raises UserError where they are too many."""
    knows = sheet.scan.find(b"xmlns", sheet.start, sheet.end) < 0
    rows = _pattern(_ROWS if knows else "", sheet.prefix)
    at, walked = sheet.start, 0
    while found := rows.match(sheet.scan, at, sheet.end):
        if (begin := found.end()) >= sheet.end:
            return
        tag = sheet.row_tag.search(sheet.scan, begin + _AT_ONCE, sheet.end)
        at = tag.start() if tag else sheet.end
        walked += at - begin
        if walked > _MOST_ODD:
            raise _too_much(sheet)
        yield begin, at


def _too_much(sheet: SheetXml) -> UserError:
    return UserError(f"部件 {sheet.part} 的写法少见、又太大：{DAMAGED}")


def check_texts(data: bytes, part: str) -> None:
    """Raises UserError where a list of shared texts says one twice, or in no place of its own."""
    scan = xmltext.masked(data)
    tag = xmltext.tag_pattern("sst").search(scan)
    if tag and not tag[0].endswith(b"/>"):
        prefix = xmltext.prefix(tag[0])
        end = scan.rfind(b"</" + prefix + b"sst")
        if scan.find(b"xmlns", tag.end(), end) < 0 and _pattern(_ITEMS, prefix).fullmatch(
            scan, tag.end(), end
        ):
            return
    _Walk(_TEXTS, part).through(data)


class _Walk:
    """A look at every element: is it of the root's namespace, in its place, and not said before."""

    def __init__(self, children: Mapping[str, tuple[str, ...]], part: str) -> None:
        self._children, self._part, self._top = children, part, next(iter(children))
        self._open: list[tuple[str, set[str]]] = []
        self._space = self._cell = ""
        self._tops = self._strange = 0

    def through(self, data: bytes) -> None:
        """Raises UserError at the first that is not."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise UserError(f"部件 {self._part} 的{xmltext.BAD_XML}") from None

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        parent, said = self._open[-1] if self._open else ("", set())
        if not self._open:
            self._space = space
        if local == "c":
            self._cell = attributes.get("r", "")
        if local == self._top and space == self._space:
            self._tops += 1
            if self._tops > 1 or len(self._open) > 1:
                self._refuse("内容写了两份")
        self._look(space, local, parent, said)
        said.add(local)
        self._open.append((local if space == self._space else "", set()))

    def _look(self, space: str, local: str, parent: str, said: set[str]) -> None:
        allowed = self._children.get(parent)
        if self._strange or (allowed is not None and local not in self._children):
            self._strange += 1
        if self._strange and local in ("t", "AlternateContent"):
            self._refuse("有写在别处的内容")
        if allowed is None or self._strange > 1:
            return
        if local not in allowed or space != self._space:
            self._refuse("有不认识的内容")
        if local in said and local in _ONCE or local == "f" and "v" in said:
            self._refuse("内容重复或次序颠倒")
        if {local, *said} >= {"v", "is"}:
            self._refuse("内容重复或次序颠倒")

    def _end(self, _: str) -> None:
        self._open.pop()
        self._strange = max(self._strange - 1, 0)

    def _refuse(self, what: str) -> None:
        where = f"{self._cell[:10]} " if self._cell and self._top == "sheetData" else ""
        raise UserError(f"{where}{what}，各程序读法不一（部件 {self._part}）：{DAMAGED}")
