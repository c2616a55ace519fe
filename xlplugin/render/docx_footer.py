"""The page number as WordprocessingML: — 1 — (GB/T 9704-2012, 7.5); its style says on which side it stands."""

from __future__ import annotations

DASH = "—"
_RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{}</w:r>'


def footer_xml(style: str) -> str:
    """A w:p with the page's number, which the word processor fills in."""
    pieces = (_text(f"{DASH} "), _mark("begin"), '<w:instrText xml:space="preserve">PAGE</w:instrText>', _mark("separate"), _text("1"),
              _mark("end"), _text(f" {DASH}"))
    return (f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            f"{''.join(map(_RUN.format, pieces))}</w:p>")


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'
