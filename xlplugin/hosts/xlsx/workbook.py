"""The workbook part: which sheets there are, and the few things of it that change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from xlplugin.book import MARK
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import opc, xmltext
from xlplugin.hosts.xlsx.package import DAMAGED, Package

WORKSHEET = "worksheet"
_TABLELESS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
"""Kinds of sheets that hold no table. What is of no kind at all might be one that would be missed in silence."""
_BEFORE_NAMES = ("functionGroups", "externalReferences")
_BEFORE_CALC = (*_BEFORE_NAMES, "definedNames")


class SheetEntry(NamedTuple):
    """A sheet of any kind: its name, its part and the last word of its relationship's type; old macro modules have neither."""

    name: str
    part: str
    kind: str


class Workbook:
    """The workbook part of a package. Raises UserError where it lists no sheet that is there."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = opc.main_part(package)
        self._listed: tuple[bytes, list[SheetEntry]] = b"", []
        self.is_macro = "macroEnabled" in opc.content_type(package, self.part)
        attrs = self._attributes("workbookPr")
        self.date1904 = attrs.get("date1904") in ("1", "true", "on")
        if not self.entries:
            raise UserError(f"内没有工作表，{DAMAGED}")
        if not self.worksheets:
            names = "、".join(f"「{entry.name}」" for entry in self.entries[:3])
            raise UserError(
                f"里没有可读的工作表，只有图表、宏表或对话框：{names}。请选择有台账的工作簿。"
            )

    @property
    def entries(self) -> list[SheetEntry]:
        """All sheets in their order, chart sheets too."""
        listed = self.package.xml(self.part)
        if self._listed[0] != listed:  # a sheet may have been added
            self._listed = listed, self._entries(listed)
        return self._listed[1]

    def _entries(self, listed: bytes) -> list[SheetEntry]:
        targets = {each.id: each for each in opc.relationships(self.package, self.part)}
        entries = []
        for attrs in _listed(listed):
            rid = next((v for k, v in attrs.items() if k.endswith(":id")), "")
            target = targets.get(rid)
            if not rid:  # Excel keeps the name of a module, whose text is in vbaProject.bin
                entries.append(SheetEntry(attrs.get("name", ""), "", ""))
            elif (
                target and target.target in self.package and target.kind in (WORKSHEET, *_TABLELESS)
            ):
                entries.append(SheetEntry(attrs.get("name", ""), target.target, target.kind))
            else:
                raise UserError(f"内的工作表「{attrs.get('name', '')}」缺少内容，{DAMAGED}")
        return entries

    def with_ids(self, spare: str) -> bytes:
        """The part, where sheets without any part refer to a spare relationship."""
        data = self.package.xml(self.part)
        begin, inner, end = xmltext.first(data, "sheets") or (0, 0, 0)

        def named(tag: re.Match[bytes]) -> bytes:
            keys = [key for key in xmltext.attributes(tag[0]) if key.endswith(":id")]
            empty = {key: spare for key in keys if not xmltext.attributes(tag[0])[key]}
            return xmltext.with_attributes(tag[0], empty)

        return data[:inner] + xmltext.tag_pattern("sheet").sub(named, data[inner:end]) + data[end:]

    @property
    def worksheets(self) -> dict[str, str]:
        """Worksheets' names in order, with their parts."""
        return {entry.name: entry.part for entry in self.entries if entry.kind == WORKSHEET}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Names of the sheets that are hidden from the clerk."""
        listed = xmltext.masked(self.package.xml(self.part))
        tags = map(xmltext.attributes, xmltext.tag_pattern("sheet").findall(listed))
        return frozenset(tag["name"] for tag in tags if "idden" in tag.get("state", ""))

    def _attributes(self, element: str) -> Mapping[str, str]:
        found = xmltext.tag_pattern(element).search(xmltext.masked(self.package.xml(self.part)))
        return xmltext.attributes(found[0]) if found else {}

    def register(self, name: str, part: str) -> int:
        """List a new worksheet part at the end; its position among all sheets, from 0, is returned."""
        entries = self.entries
        like = next(
            each for each in opc.relationships(self.package, self.part) if each.kind == WORKSHEET
        )
        rid = opc.relate(self.package, self.part, part, like.type)
        data = self.package.xml(self.part)
        block = xmltext.first(data, "sheets")
        assert block is not None  # or there would be no entries
        inside = xmltext.masked(data)[block[1] : block[2]]
        tags = list(xmltext.tag_pattern("sheet").finditer(inside))
        last = tags[-1]
        attrs = [xmltext.attributes(tag[0]) for tag in tags]
        number = max(xmltext.number(each, "sheetId") for each in attrs) + 1
        rid_name = next(key for key in attrs[-1] if key.endswith(":id"))
        declared = "".join(
            f" {key}={xmltext.quoted(value)}"
            for key, value in attrs[-1].items()
            if key.startswith("xmlns")
        )
        new = b'<%ssheet name=%s sheetId="%d"%s %s="%s"/>' % (
            xmltext.prefix(last[0]),
            xmltext.quoted(name).encode(),
            number,
            declared.encode(),
            rid_name.encode(),
            rid.encode(),
        )
        at = data.rindex(b"</", block[1], block[2])
        self.package.replace(self.part, data[:at] + new + data[at:])
        return len(entries)

    @property
    def made(self) -> frozenset[str]:
        """Names of the sheets that bear the program's mark."""
        listed = self.package.xml(self.part)
        if MARK.encode() not in listed:
            return frozenset()
        tags = map(
            xmltext.attributes, xmltext.tag_pattern("definedName").findall(xmltext.masked(listed))
        )
        at = {xmltext.number(tag, "localSheetId", -1) for tag in tags if tag.get("name") == MARK}
        return frozenset(entry.name for at_, entry in enumerate(self.entries) if at_ in at)

    def mark(self, name: str) -> None:
        """Let a sheet say that the program made it."""
        at = next(at for at, entry in enumerate(self.entries) if entry.name == name)
        self.define_name(MARK, at, "$A$1", hidden=True)

    def define_name(self, name: str, sheet: int, place: str, *, hidden: bool = False) -> None:
        """Add a name that belongs to one sheet (its position among all sheets, from 0) and means a place on it."""
        quoted = self.entries[sheet].name.replace("'", "''")
        data = self.package.xml(self.part)
        block = next(self._own(data, "definedNames"), None)
        p = xmltext.prefix(data[slice(*block[:2])]) if block else self._prefix(data)
        new = b'<%sdefinedName name=%s localSheetId="%d"%s>%s</%sdefinedName>' % (
            p,
            xmltext.quoted(name).encode(),
            sheet,
            b' hidden="1"' if hidden else b"",
            xmltext.plain_text(f"'{quoted}'!{place}"),
            p,
        )
        if block and block[1] != block[2]:
            at = data.rindex(b"</", block[1], block[2])
            data = data[:at] + new + data[at:]
        else:
            whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (p, new, p)
            begin, end = (
                (block[0], block[2])
                if block
                else 2 * (self._after(data, "sheets", *_BEFORE_NAMES),)
            )
            data = data[:begin] + whole + data[end:]
        self.package.replace(self.part, data)

    def calculate_on_load(self) -> None:
        """Let Excel calculate everything when it opens the file."""
        data = self.package.xml(self.part)
        found = xmltext.tag_pattern("calcPr").search(xmltext.masked(data))
        if found:
            tag = xmltext.with_attributes(data[slice(*found.span())], {"fullCalcOnLoad": "1"})
            data = data[: found.start()] + tag + data[found.end() :]
        else:
            at = self._after(data, "sheets", *_BEFORE_CALC)
            data = data[:at] + b'<%scalcPr fullCalcOnLoad="1"/>' % self._prefix(data) + data[at:]
        self.package.replace(self.part, data)

    def forget_calculation_order(self) -> None:
        """Drop calcChain: it names the cells with formulas and is made anew by Excel."""
        for part in opc.related(self.package, self.part, "calcChain"):
            opc.remove_part(self.package, self.part, part)

    @property
    def has_views(self) -> bool:
        """Whether there is a window for a sheet's view to refer to."""
        return bool(
            xmltext.tag_pattern("workbookView").search(xmltext.masked(self.package.xml(self.part)))
        )

    @property
    def namespace(self) -> str:
        """The spreadsheet namespace, strict or transitional."""
        data = xmltext.masked(self.package.xml(self.part))
        root = xmltext.tag_pattern("workbook").search(data)
        p = self._prefix(data).rstrip(b":").decode()
        attrs = xmltext.attributes(root[0]) if root else {}
        return attrs.get(
            f"xmlns:{p}" if p else "xmlns",
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        )

    def _prefix(self, data: bytes) -> bytes:
        root = xmltext.tag_pattern("workbook").search(xmltext.masked(data))
        return xmltext.prefix(root[0]) if root else b""

    def _after(self, data: bytes, *names: str) -> int:
        """Where the last of some elements ends."""
        return max(end for name in names for _, _, end in self._own(data, name))

    def _own(self, data: bytes, name: str) -> Iterator[tuple[int, int, int]]:
        """`xmltext.elements` in the workbook's own words: an extension has definedNames of its own (x14:)."""
        p = self._prefix(data)
        return (
            found
            for found in xmltext.elements(data, name)
            if xmltext.prefix(data[found[0] : found[1]]) == p
        )


@lru_cache(maxsize=16)
def _listed(data: bytes) -> tuple[Mapping[str, str], ...]:
    """The sheets' tags: a workbook is asked for them ten times, and an office's have the same ones (1 of 45 ms for a county's)."""
    scan = xmltext.masked(data)
    block, *more = (*xmltext.elements(scan, "sheets"), None)
    if len(more) > 1:
        raise UserError(f"列了两份工作表，{DAMAGED}")
    tags = xmltext.tag_pattern("sheet").findall(scan[block[1] : block[2]] if block else b"")
    return tuple(map(xmltext.attributes, tags))


def refuses_changes(package: Package) -> str | None:
    """Why a workbook may be read but not changed; None where it may."""
    for part in package.parts:
        if re.match(r"_xmlsignatures/", part):
            return "带有数字签名，改动会使签名失效，请另存一份无签名的副本再试"
        if re.match(r"xl/revisions/", part):
            return "是旧式「共享工作簿」，改动会使修订记录出错，请在 Excel 中取消共享后再试"
    return None
