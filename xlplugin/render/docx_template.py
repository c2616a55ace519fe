"""The document as python-docx opens it: our styles and settings about a body, made from text at each run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from xlplugin.render.docx_styles import fonts_xml, styles_xml
from xlplugin.settings import Settings

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STAMP = (1980, 1, 1, 0, 0, 0)
_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
}


def template(body: str, settings: Settings) -> bytes:
    """The package, with the inside of its w:body."""
    contents: Mapping[str, str] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations(
            {part: f"{part}.xml" for part in _PARTS if part != "document"}
        ),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles_xml(settings),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": fonts_xml(settings),
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, xml in contents.items():
            archive.writestr(name, _DECLARATION + xml)
    return package.getvalue()


def stamped(package: bytes) -> bytes:
    """A package with every part's date fixed: the same bulletin gives the same bytes."""
    fixed = io.BytesIO(package)
    with zipfile.ZipFile(fixed, "a") as archive:
        for info in archive.infolist():
            info.date_time = _STAMP
            fixed.seek(info.header_offset)
            fixed.write(info.FileHeader())
        archive.comment = b""  # has the directory written anew
    return fixed.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, kind in _PARTS.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


_SETTINGS = (
    f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>'
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
"""Page numbers differ between odd and even pages; punctuation keeps its full width, or the grid would not hold."""
