"""A .docx as a package: its parts, how they are related, the zip that holds them. The same parts give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from xlplugin.render.docx.wordml import SCHEMAS, escaped, root

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = f"{SCHEMAS}/package/2006/metadata/core-properties"
_CORE_RELATION = f"{SCHEMAS}/package/2006/relationships/metadata/core-properties"
_RELATION = f"{SCHEMAS}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats"
_STAMP = (1980, 1, 1, 0, 0, 0)
_LONGEST = 255
"""Characters that Word keeps of a property."""


def packed(parts: Mapping[str, str], pictures: Sequence[bytes], properties: str) -> bytes:
    """The file, from the XML of the parts by their names below word/. Pictures are called image1, image2 … .

    The document knows a part by its bare name; that name without its number is also its kind.
    """
    texts = {**parts, "settings.xml": _SETTINGS}
    images = {f"media/image{number}.png": each for number, each in enumerate(pictures, start=1)}
    related = [name for name in (*texts, *images) if name != "document.xml"]
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(texts),
        "_rels/.rels": _relations(
            [
                ("document", f"{_RELATION}/officeDocument", "word/document.xml"),
                ("core", _CORE_RELATION, "docProps/core.xml"),
            ]
        ),
        "word/_rels/document.xml.rels": _relations(
            (_bare(name), f"{_RELATION}/{_kind(name)}", name) for name in related
        ),
        "docProps/core.xml": properties,
        **{f"word/{name}": xml for name, xml in texts.items()},
        **{f"word/{name}": picture for name, picture in images.items()},
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in contents.items():
            whole = _DECLARATION + content if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name, _STAMP), whole, zipfile.ZIP_DEFLATED)
    return package.getvalue()


def properties_xml(title: str, author: str, day: dt.date) -> str:
    """docProps/core.xml: nothing of today's, nothing of this machine's."""
    office, date = escaped(author[:_LONGEST]), f"{day}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title[:_LONGEST])}</dc:title><dc:creator>{office}</dc:creator>"
        f"<cp:lastModifiedBy>{office}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified></cp:coreProperties>'
    )


def _bare(name: str) -> str:
    return PurePosixPath(name).stem


def _kind(name: str) -> str:
    return _bare(name).rstrip("0123456789")


def _content_types(parts: Iterable[str]) -> str:
    kinds = {name: _kind(name).replace("document", "document.main") for name in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPES}-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPES}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_TYPES}-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{entries}</Relationships>'


_SETTINGS = root(
    "settings",
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>'
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
)
"""Page numbers differ between odd and even pages; punctuation keeps its full width, or the grid would not hold."""
