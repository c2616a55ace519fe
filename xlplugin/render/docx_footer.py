"""The page number as WordprocessingML: — 1 — (GB/T 9704-2012, 7.5); its style says on which side it stands."""

from __future__ import annotations

from xlplugin.render.docx_paragraph import run_xml, text_xml

DASH = "—"


def footer_xml(style: str) -> str:
    """A w:p with the page's number, which the word processor fills in."""
    pieces = (
        text_xml(f"{DASH} "),
        _mark("begin"),
        '<w:instrText xml:space="preserve">PAGE</w:instrText>',
        _mark("separate"),
        text_xml("1"),
        _mark("end"),
        text_xml(f" {DASH}"),
    )
    return (
        f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{''.join(map(run_xml, pieces))}</w:p>"
    )


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'
