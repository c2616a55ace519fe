"""Relationships and content types: which part is what, and how a part joins or leaves the package."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from xlplugin.hosts.xlsx import xmltext
from xlplugin.hosts.xlsx.package import Package, Streamed

CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'


class Relationship(NamedTuple):
    """A part's internal relationship; `kind` is its type's last word, `target` the absolute part name."""

    id: str
    kind: str
    target: str
    type: str


def rels_part(part: str) -> str:
    """Where a part's relationships are kept; "" is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def relationships(package: Package, part: str) -> list[Relationship]:
    """A part's relationships to other parts of the package, in the file's order."""
    rels = rels_part(part)
    return list(_listed(package.xml(rels), part)) if rels in package else []


@lru_cache(maxsize=256)
def _listed(data: bytes, part: str) -> tuple[Relationship, ...]:
    found = []
    for tag in xmltext.tag_pattern("Relationship").findall(xmltext.masked(data)):
        attrs = xmltext.attributes(tag)
        if attrs.get("TargetMode") == "External":
            continue
        target = attrs.get("Target", "").replace("\\", "/")
        absolute = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip(
            "/"
        )
        kind = attrs.get("Type", "")
        found.append(Relationship(attrs.get("Id", ""), kind.rpartition("/")[2], absolute, kind))
    return tuple(found)


def listing(entries: str = "") -> bytes:
    """A part that lists relationships."""
    return _DECLARATION + _RELATIONSHIPS % entries.encode()


def related(package: Package, part: str, kind: str) -> list[str]:
    """The parts of a kind that a part refers to and that are there."""
    return [
        each.target
        for each in relationships(package, part)
        if each.kind == kind and each.target in package
    ]


def main_part(package: Package) -> str:
    """The package's main part; empty where none is named."""
    return next(
        (each.target for each in relationships(package, "") if each.kind == "officeDocument"), ""
    )


def content_type(package: Package, part: str) -> str:
    """The declared content type of a part; empty where none is."""
    own, by_extension = _types(package.xml(CONTENT_TYPES))
    extension = posixpath.splitext(part)[1].lstrip(".").casefold()
    return own.get(part.casefold(), by_extension.get(extension, ""))


@lru_cache(maxsize=16)
def _types(data: bytes) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Content types by a part's name and by extension, folded; of two declared the first."""
    found = []
    for element, key in (("Override", "PartName"), ("Default", "Extension")):
        tags = xmltext.tag_pattern(element).findall(xmltext.masked(data))
        listed = map(xmltext.attributes, reversed(tags))
        found.append(
            {tag.get(key, "").lstrip("/").casefold(): tag.get("ContentType", "") for tag in listed}
        )
    return found[0], found[1]


def add_part(package: Package, part: str, content: bytes | Streamed, kind: str) -> None:
    """Bring a new part with its content type into the package: declared once, also where it was declared though missing."""
    package.replace(part, content)
    types = _without(package.xml(CONTENT_TYPES), "Override", "PartName", part)
    package.replace(
        CONTENT_TYPES,
        _inserted(types, "Types", f'Override PartName="/{part}" ContentType="{kind}"'),
    )


def relate(package: Package, part: str, target: str, type_uri: str) -> str:
    """Let a part refer to another; the relationship's id is returned. Those of its kind that lead nowhere make room."""
    rels = rels_part(part)
    data = package.xml(rels) if rels in package else listing()
    kind = type_uri.rpartition("/")[2]
    for each in relationships(package, part):
        if each.kind == kind and (each.target == target or each.target not in package):
            data = _without(data, "Relationship", "Id", each.id)
    taken = {
        xmltext.attributes(tag).get("Id")
        for tag in xmltext.tag_pattern("Relationship").findall(data)
    }
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    path = posixpath.relpath("/" + target, posixpath.join("/", posixpath.dirname(part)))
    entry = f'Relationship Id="rId{number}" Type="{type_uri}" Target="{path}"'
    package.replace(rels, _inserted(data, "Relationships", entry))
    return f"rId{number}"


def remove_part(package: Package, owner: str, target: str) -> None:
    """Take a part out of the package, with the owner's relationship to it and its content type."""
    rels = rels_part(owner)
    for each in relationships(package, owner):
        if each.target == target:
            package.replace(rels, _without(package.xml(rels), "Relationship", "Id", each.id))
    package.replace(
        CONTENT_TYPES, _without(package.xml(CONTENT_TYPES), "Override", "PartName", target)
    )
    package.drop(target)


def _inserted(data: bytes, container: str, element: str) -> bytes:
    """The container with one more empty element at its end, in the container's prefix."""
    found = xmltext.first(data, container)
    if found is None:
        return data
    begin, inner, end = found
    prefix = xmltext.prefix(data[begin:inner])
    new = b"<" + prefix + element.encode() + b"/>"
    if inner == end:
        close = b"</" + prefix + container.encode() + b">"
        return data[: inner - 2] + b">" + new + close + data[end:]
    at = data.rindex(b"</", inner, end)
    return data[:at] + new + data[at:]


def _without(data: bytes, element: str, attribute: str, value: str) -> bytes:
    """XML without the elements whose attribute says so, be it in other letters or with a slash before."""
    for begin, inner, end in reversed(list(xmltext.elements(data, element))):
        said = xmltext.attributes(data[begin:inner]).get(attribute, "")
        if said.lstrip("/").casefold() == value.casefold():
            data = data[:begin] + data[end:]
    return data


def beside(part: str, name: str) -> str:
    """The name of a part in another's folder (or a folder below it)."""
    return posixpath.join(posixpath.dirname(part), name)


def type_like(package: Package, owner: str, kind: str) -> str:
    """A relationship type of a kind, strict or transitional as the owner's others are."""
    like = next(each.type for each in relationships(package, owner) if each.kind == "worksheet")
    return like.rpartition("/")[0] + "/" + kind
