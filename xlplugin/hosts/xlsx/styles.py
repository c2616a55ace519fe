"""styles.xml: what number formats the cells have, and named styles appended to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from xlplugin.book import STYLES, Style, tells_unit
from xlplugin.hosts.xlsx import opc, serials, stylexml, xmltext
from xlplugin.hosts.xlsx.package import SMALL, Package
from xlplugin.hosts.xlsx.serials import Shown

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
_ITEM = dict(
    zip(_ORDER, ("numFmt", "font", "fill", "border", "xf", "xf", "cellStyle"), strict=True)
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LOOK = ("numFmtId", "fontId", "fillId", "borderId")
_DATE = 14
_GENERAL = "General"
_FIRST_CUSTOM = 164


class _Sections(dict[str, list[bytes]]):
    """The items of each section, looked up when they are asked for: most readers need none."""

    def __init__(self, present: Callable[[str], list[bytes]]) -> None:
        super().__init__()
        self._present = present

    def __missing__(self, section: str) -> list[bytes]:
        return self.setdefault(section, self._present(section))


_STRIKES = re.compile(rb"<(?:[\w.-]+:)?strike(?:\s+val=[\"'](?:1|true)[\"'])?\s*/?>")


class Styles:
    """The styles of a package. What is missing is collected and joins the part with `flush`; nothing there is changed."""

    def __init__(self, package: Package, workbook: str, namespace: str) -> None:
        self._package, self._workbook = package, workbook
        self._part = next(iter(opc.related(package, workbook, "styles")), "")
        said = package.xml(self._part) if self._part else b""
        self._data = xmltext.settled(said) or f'<styleSheet xmlns="{namespace}"/>'.encode()
        self._home = opc.beside(workbook, "styles.xml")
        self._is_odd = bool(self._part) and (self._data != said or not self._is_at_home)
        root = xmltext.tag_pattern("styleSheet").search(xmltext.masked(self._data))
        self._prefix = xmltext.prefix(root[0]) if root else b""
        self._new: dict[str, list[bytes]] = {}
        self._items = _Sections(self._present)
        self._named: dict[str, int] = {}
        self._known: dict[int, Mapping[str, str]] = {}

    def _present(self, section: str) -> list[bytes]:
        return list((_known if len(self._data) <= SMALL else _items)(self._data, section))

    @property
    def _is_at_home(self) -> bool:
        """Whether the part bears the one name by which some programs look for it."""
        return self._part.casefold() == self._home.casefold()

    # -- what there is

    @cached_property
    def _codes(self) -> dict[int, str]:
        tags = [_attributes(item) for item in self._items["numFmts"]]
        return {xmltext.number(attrs, "numFmtId"): attrs.get("formatCode", "") for attrs in tags}

    @cached_property
    def unknown_dates(self) -> frozenset[int]:
        """Cell formats that show a date, which python-calamine takes for a number."""
        odd = {number for number, code in self._codes.items() if serials.is_unknown_date(code)}
        xfs = enumerate(self._items["cellXfs"]) if odd else ()
        return frozenset(at for at, xf in xfs if xmltext.number(_attributes(xf), "numFmtId") in odd)

    @cached_property
    def telling(self) -> Mapping[int, str]:
        """Number formats, by cell format, that show a number smaller than it is or write a unit of money behind it."""
        odd = {number: code for number, code in self._codes.items() if tells_unit(code)}
        xfs = enumerate(self._items["cellXfs"]) if odd else ()
        formats = ((at, xmltext.number(_attributes(xf), "numFmtId")) for at, xf in xfs)
        return {at: odd[number] for at, number in formats if number in odd}

    @cached_property
    def struck(self) -> frozenset[int]:
        """Cell formats that strike their text through."""
        fonts = {at for at, font in enumerate(self._items["fonts"]) if _STRIKES.search(font)}
        xfs = enumerate(self._items["cellXfs"]) if fonts else ()
        return frozenset(at for at, xf in xfs if xmltext.number(_attributes(xf), "fontId") in fonts)

    @cached_property
    def is_dated(self) -> bool:
        """Whether a cell that names no format shows a date."""
        block = xmltext.first(self._data, "cellXfs")
        first = next(xmltext.elements(self._data, "xf", *block[1:]), None) if block else None
        return first is not None and self._is_date(
            xmltext.number(xmltext.attributes(self._data[first[0] : first[1]]), "numFmtId")
        )

    def shows(self, xf: int, wanted: Shown) -> bool:
        """Whether every program takes what a cell format shows for a date, or for a number."""
        if wanted == "date":  # a cell that names no format is asked for none
            return xf > 0 and all(map(self._is_everywhere_a_date, self._number_formats(xf)))
        return wanted == "anything" or all(
            serials.is_number(number, self._codes.get(number))
            for number in self._number_formats(xf)
        )

    def _number_formats(self, xf: int) -> list[int]:
        """The number format that a cell format names, and that of its style where it says that its own does not apply."""
        attrs, bases = self._attributes(xf), self._items["cellStyleXfs"]
        found = [xmltext.number(attrs, "numFmtId")]
        base = xmltext.number(attrs, "xfId")
        if attrs.get("applyNumberFormat") in ("0", "false") and base < len(bases):
            found.append(xmltext.number(_attributes(bases[base]), "numFmtId"))
        return found

    def _is_date(self, number: int) -> bool:
        return serials.is_date(number, self._codes.get(number))

    def _is_everywhere_a_date(self, number: int) -> bool:
        is_known = number in self._codes or number in serials.KNOWN_EVERYWHERE
        return is_known and self._is_date(number)

    def is_based_on(self, xf: int, key: str) -> bool:
        """Whether a cell format belongs to the named style of a key, whatever the clerk changed on top of it."""
        style = self._style("KP" + key)
        return style is not None and xmltext.number(self._attributes(xf), "xfId") == style

    def _attributes(self, xf: int) -> Mapping[str, str]:
        items = self._items["cellXfs"]
        if xf not in self._known and xf < len(items):
            self._known[xf] = _attributes(items[xf])
        return self._known.get(xf, {})

    def _style(self, name: str) -> int | None:
        """A named style's place in cellStyleXfs."""
        at = self._places.get(name)
        return at if at is not None and at < len(self._items["cellStyleXfs"]) else None

    @cached_property
    def _places(self) -> dict[str, int]:
        attrs = map(_attributes, reversed(self._items["cellStyles"]))
        return {each.get("name", ""): xmltext.number(each, "xfId") for each in attrs}

    # -- what is wanted

    def named(self, key: str) -> int:
        """The cell format of the named style KP + key; the style is made from `STYLES` where it is missing."""
        if key not in self._named:
            style = self._style("KP" + key)
            self._named[key] = self._shown(
                self._make("KP" + key, STYLES[key]) if style is None else style
            )
        return self._named[key]

    def showing(self, xf: int, wanted: Shown) -> int:
        """A cell format like another that shows a date as one, or a number as one; never the first."""
        self._begin("cellXfs")
        items = self._items["cellXfs"]
        like = items[xf] if xf < len(items) else self._ours(stylexml.FIRST["cellXfs"][0])
        end = like.index(b">") + 1
        own = xmltext.number(_attributes(like), "numFmtId")
        number = self._dated(own) if wanted == "date" else self._number_format(_GENERAL)
        tag = xmltext.with_attributes(
            like[:end], {"numFmtId": str(number), "applyNumberFormat": "1"}
        )
        item = tag + like[end:]
        return items.index(item, 1) if item in items[1:] else self._append("cellXfs", item)

    def _dated(self, own: int) -> int:
        """A number format that every program takes for a date: a cell's own, spelled out where need be, or the usual one."""
        for number in (own, _DATE):
            if self._is_everywhere_a_date(number):
                return number
            if self._is_date(number):
                return self._number_format(serials.BUILT_IN[number])
        return self._number_format("yyyy/m/d")

    def _shown(self, style: int) -> int:
        """A cell format that shows a named style as it is."""
        base = self._items["cellStyleXfs"][style]
        look, inside = _attributes(base), _inside(base)
        for at, xf in enumerate(self._items["cellXfs"]):
            attrs = _attributes(xf)
            same = all(attrs.get(name, "0") == look.get(name, "0") for name in _LOOK)
            if same and xmltext.number(attrs, "xfId") == style and _inside(xf) == inside:
                return at
        end = base.index(b">") + 1
        return self._append(
            "cellXfs", xmltext.with_attributes(base[:end], {"xfId": str(style)}) + base[end:]
        )

    def _make(self, name: str, style: Style) -> int:
        """A new named style with all it needs; its place in cellStyleXfs is returned."""
        for section in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"):
            self._begin(section)
        number_format = self._number_format(style.number_format)
        font = self._place("fonts", self._ours(stylexml.font(style)))
        fill = self._place("fills", self._ours(stylexml.fill(style.fill))) if style.fill else 0
        border = self._place("borders", self._ours(stylexml.BORDER)) if style.border else 0
        xf = f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}">'
        at = self._append("cellStyleXfs", self._ours(xf + stylexml.alignment(style) + "</xf>"))
        self._append("cellStyles", self._ours(f'<cellStyle name="{name}" xfId="{at}"/>'))
        self._places[name] = at
        return at

    def _number_format(self, code: str) -> int:
        for number, present in {**stylexml.BUILT_IN_FORMATS, **self._codes}.items():
            if present == code:
                return number
        number = max([_FIRST_CUSTOM - 1, *self._codes]) + 1
        self._codes[number] = code
        self._append(
            "numFmts",
            self._ours(f'<numFmt numFmtId="{number}" formatCode={xmltext.quoted(code)}/>'),
        )
        return number

    def _place(self, section: str, item: bytes) -> int:
        """The place of an item, appended unless the very same is there."""
        items = self._items[section]
        return items.index(item) if item in items else self._append(section, item)

    def _append(self, section: str, item: bytes) -> int:
        self._begin(section)
        self._items[section].append(item)
        self._new.setdefault(section, []).append(item)
        return len(self._items[section]) - 1

    def _begin(self, section: str) -> None:
        """Give a section that is missing or empty what the format wants to stand in it first."""
        if not self._items[section]:
            first = [self._ours(item) for item in stylexml.FIRST.get(section, ())]
            self._items[section] = first
            self._new[section] = list(first)

    def _ours(self, xml: str) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1" + self._prefix, xml.encode())

    # -- into the part

    def flush(self) -> None:
        """Bring what was appended into the package, as a new part where the workbook has no styles."""
        if not any(self._new.values()) and not self._is_odd:
            return
        for section in _ORDER:
            if items := self._new.get(section):
                self._data = self._with(section, items)
        self._new = {}
        self._is_odd = False
        if self._part and (self._is_at_home or self._home in self._package):
            self._package.replace(self._part, self._data)
            return
        if self._part:
            opc.remove_part(self._package, self._workbook, self._part)
        self._part = self._home
        opc.add_part(self._package, self._part, self._data, _TYPE)
        opc.relate(
            self._package,
            self._workbook,
            self._part,
            opc.type_like(self._package, self._workbook, "styles"),
        )

    def _with(self, section: str, items: list[bytes]) -> bytes:
        data, p, new = self._data, self._prefix, b"".join(items)
        count = {"count": str(len(self._items[section]))}
        block = xmltext.first(data, section)
        if block and block[1] != block[2]:
            begin, inner, end = block
            at = data.rindex(b"</", inner, end)
            return (
                data[:begin]
                + xmltext.with_attributes(data[begin:inner], count)
                + data[inner:at]
                + new
                + data[at:]
            )
        tag = xmltext.with_attributes(b"<" + p + section.encode() + b">", count)
        whole = tag + new + b"</" + p + section.encode() + b">"
        if block:
            return data[: block[0]] + whole + data[block[2] :]
        before = _ORDER[: _ORDER.index(section)]
        ends = [found[2] for name in before if (found := xmltext.first(data, name))]
        if ends:
            return data[: max(ends)] + whole + data[max(ends) :]
        begin, inner, end = xmltext.first(data, "styleSheet") or (0, 0, 0)
        if inner != end:
            return data[:inner] + whole + data[inner:]
        return data[: inner - 2] + b">" + whole + b"</" + p + b"styleSheet>" + data[end:]


def _items(data: bytes, section: str) -> tuple[bytes, ...]:
    block = xmltext.first(data, section)
    found = xmltext.elements(data, _ITEM[section], *block[1:]) if block else ()
    return tuple(data[begin:end] for begin, _, end in found)


_known = lru_cache(32)(_items)
"""A workbook's styles are looked at three times, and an office's have the same ones (1 of 45 ms for a county's)."""


def _attributes(item: bytes) -> Mapping[str, str]:
    return xmltext.attributes(item[: item.index(b">") + 1])


def _inside(item: bytes) -> bytes:
    return (
        b""
        if item.endswith(b"/>") and item.count(b"<") == 1
        else item[item.index(b">") + 1 : item.rindex(b"</")]
    )
