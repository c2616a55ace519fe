"""The official format (GB/T 9704-2012) measured: in a document's XML, and on the pages that LibreOffice makes of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from lxml import etree

MM = 1440 / 25.4
A4 = (210, 297)
MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28}
FACES = {qn(f"w:{face}") for face in ("ascii", "hAnsi", "eastAsia", "cs")}


def faults(content: bytes) -> list[str]:
    """What is wrong with a document, as far as its XML tells; python-docx must be able to open it."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    return [*_fonts(parts), *_sections(body), *_tables(body), *_structure(body)]


def words(content: bytes) -> str:
    """Every printed character of the document's text, without blanks and page numbers."""
    body = docx.Document(io.BytesIO(content)).element.body
    return stripped("".join(text.text or "" for text in body.iter(qn("w:t"))))


def stripped(text: str) -> str:
    """A text without its blanks, tabs and line ends."""
    return "".join(text.split())


def _fonts(parts: dict[str, Any]) -> Iterator[str]:
    if themes := [name for name in parts if "theme" in name.lower()]:
        yield f"a theme: {themes}"
    for name, root in parts.items():
        for fonts in root.iter(qn("w:rFonts")):
            faces = set(fonts.attrib) - {qn("w:hint")}
            if any("theme" in face.lower() for face in faces):
                yield f"{name}: a theme font {dict(fonts.attrib)}"
            elif faces not in (set(), FACES):
                yield f"{name}: not all four faces {dict(fonts.attrib)}"
    for style in parts["word/styles.xml"].iter(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph" and style.find(f".//{qn('w:rFonts')}") is None:
            yield f"style {style.get(qn('w:styleId'))} names no font"


def _number(element: Any, name: str) -> int:
    return int(element.get(qn(f"w:{name}")))


def _sections(body: Any) -> Iterator[str]:
    for number, section in enumerate(body.iter(qn("w:sectPr")), start=1):
        size, margins, grid = (
            section.find(qn(f"w:{name}")) for name in ("pgSz", "pgMar", "docGrid")
        )
        wide, high = (_number(size, key) / MM for key in ("w", "h"))
        turned = size.get(qn("w:orient")) == "landscape"
        if (
            max(abs(a - b) for a, b in zip((wide, high), A4[::-1] if turned else A4, strict=True))
            > 0.1
        ):
            yield f"section {number}: {wide:.1f} × {high:.1f} mm is not A4"
        expected = dict(zip(MARGINS, (28, 37, 26, 35), strict=True)) if turned else MARGINS
        for side, length in expected.items():
            if abs(_number(margins, side) / MM - length) > 0.1:
                yield f"section {number}: {side} margin {_number(margins, side) / MM:.1f} mm"
        if grid.get(qn("w:type")) != "linesAndChars":
            yield f"section {number}: no grid of lines and characters"
        if not turned:
            room = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
            characters = room / 20 / (16 + int(grid.get(qn("w:charSpace"))) / 4096)
            height = _number(size, "h") - _number(margins, "top") - _number(margins, "bottom")
            if (int(height / _number(grid, "linePitch")), int(characters + 1e-6)) != (22, 28):
                yield f"section {number}: {height / _number(grid, 'linePitch'):.2f} lines, {characters:.2f} characters"


def _tables(body: Any) -> Iterator[str]:
    for table in body.iter(qn("w:tbl")):
        widths = [_number(column, "w") for column in table.iter(qn("w:gridCol"))]
        whole = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
        if (
            whole is None
            or whole.get(qn("w:type")) != "dxa"
            or _number(whole, "w") != sum(widths)
            or min(widths) <= 0
        ):
            yield f"tblW and gridCol disagree: {widths}"
        rows = table.findall(qn("w:tr"))
        for row in rows:
            cells = [_number(cell, "w") for cell in row.iter(qn("w:tcW"))]
            spans = [_number(span, "val") for span in row.iter(qn("w:gridSpan"))] or [1] * len(
                cells
            )
            if sum(cells) != sum(widths) or sum(spans) != len(widths):
                yield f"a row's cells do not fill the table: {cells} of {widths}"
            if row.find(f".//{qn('w:cantSplit')}") is None:
                yield "a row may be split"
        if [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] != [True] + [False] * (
            len(rows) - 1
        ):
            yield "the head is not repeated"
        if table.getnext() is None or table.getnext().tag != qn("w:p"):
            yield "no paragraph after a table"


def _structure(body: Any) -> Iterator[str]:
    labels = [
        p
        for p in body.iter(qn("w:p"))
        if p.find(f".//{qn('w:pStyle')}[@{qn('w:val')}='Label']") is not None
    ]
    for label in labels:
        before = label.getprevious()
        alone = label.find(f".//{qn('w:pageBreakBefore')}") is not None
        if before is not None and not alone and before.find(f".//{qn('w:sectPr')}") is None:
            yield "an appendix does not begin on its own page"
    if re.search(r"<w:b[ />]", etree.tostring(body, encoding="unicode")):
        yield "bold letters"
