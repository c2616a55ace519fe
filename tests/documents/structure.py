"""A document's structure as text that a reader of goldens understands: a line a paragraph, a table, a page's turn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

_MM = 1440 / 25.4


def structure(content: bytes, longest: int = 40) -> str:
    """Style, what it has beside its style in mm, and how the text begins."""
    document = docx.Document(io.BytesIO(content))
    names = {style.style_id: style.name for style in document.styles}
    return "".join(f"{line}\n" for line in _lines(document.element.body, names, longest))


def _lines(body: Any, names: dict[str, str], longest: int) -> Iterator[str]:
    for element in body:
        if element.tag == qn("w:tbl"):
            rows = element.findall(qn("w:tr"))
            head = "、".join(_text(cell, longest) for cell in rows[0].findall(qn("w:tc")))
            yield f"〔表〕{len(rows)}行：{head}"
        elif element.tag == qn("w:p"):
            yield from _paragraph(element, names, longest)
    yield from _section(body.find(qn("w:sectPr")))


def _paragraph(element: Any, names: dict[str, str], longest: int) -> Iterator[str]:
    style = names[element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))]
    boxes = list(element.iter(qn("w:txbxContent")))
    own = "" if boxes else _text(element, longest)
    drawn = "〔图〕" if element.find(f".//{qn('wp:inline')}") is not None else ""
    yield f"{style}{_set(element)}｜{own}{drawn}"
    for box in boxes:
        yield from (f"　框内　{line}" for p in box for line in _paragraph(p, names, longest))
    yield from _section(element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}"))


def _set(element: Any) -> str:
    """What a paragraph has beside its style."""
    found = []
    spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is not None:
        found.append(f"段前{int(spacing.get(qn('w:before'))) / _MM:.1f}")
    border = element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    for line in border if border is not None else ():
        size, colour = int(line.get(qn("w:sz"))) / 8, line.get(qn("w:color"))
        found.append(f"线{size:g}磅{'红' if colour == 'FF0000' else ''}")
    return f"（{'，'.join(found)}）" if found else ""


def _section(section: Any) -> Iterator[str]:
    if section is not None:
        turned = section.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"
        parts = [part.get(qn("r:id")) for part in section.findall(qn("w:footerReference"))]
        yield f"〔{'横页' if turned else '竖页'}到此，页码{'、'.join(parts)}〕"


def _text(element: Any, longest: int) -> str:
    marks = {qn("w:tab"): "→", qn("w:br"): "↵"}
    said = "".join(
        marks.get(e.tag) or e.text or ""
        for e in element.iter(qn("w:t"), *marks)
        if e.getparent().tag == qn("w:r")
    )
    return said if len(said) <= longest else f"{said[:longest]}…"
