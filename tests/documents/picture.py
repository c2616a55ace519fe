"""The clerks' pictures of the document: `python tests/documents/picture.py`.

Needs soffice, pdftoppm and fonts that stand in for those of an office (`cases/fonts.py`).
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from cases.build import WORKBOOK  # noqa: E402
from cases.fonts import configuration  # noqa: E402
from cases.office import page_image  # noqa: E402
from documents.pages import read, to_pdf  # noqa: E402

from xlplugin.bulletin.frame import framed
from xlplugin.hosts.file import FileBook  # noqa: E402
from xlplugin.pipeline import run  # noqa: E402
from xlplugin.render.docx import document  # noqa: E402
from xlplugin.render.docx.styles import fonts  # noqa: E402

PICTURES = WORKBOOK.parent / "pictures"
RESOLUTION, WIDTH, GAP, COLOURS = 100, 1400, 24, 32
"""Pixels; a page of text needs few greys."""
FRAME = {
    "letterhead": "陵川县重点工程办公室文件",
    "copies": "县委办，县人大办，县政府办，县政协办",
    "printed_by": "陵川县重点工程办公室",
    "printed_on": dt.date(2021, 10, 8),
}


def main() -> None:
    """First page, last page of the text and first page of the appendix; and the first and the last page with head and foot."""
    outcome = run(FileBook(WORKBOOK))
    plain, chosen = outcome.bulletin, replace(outcome.facts.settings, **FRAME)
    whole = replace(plain, blocks=tuple(framed(plain.blocks, chosen)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / "document.docx", folder / "framed.docx"]
        paths[0].write_bytes(document(plain, outcome.facts.settings))
        paths[1].write_bytes(document(whole, chosen))
        named = fonts(chosen)
        first, second = to_pdf(paths, folder, named, configuration(named))
        upright = [n for n, page in enumerate(read(first), start=1) if page.width < page.height]
        _beside(first, (1, upright[-1], upright[-1] + 1))
        _beside(second, (1, len(read(second))))


def _beside(pdf: Path, pages: Sequence[int]) -> None:
    """Some pages side by side, as the picture that is called like the document."""
    images = [_image(pdf, number) for number in pages]
    height = max(image.height for image in images)
    size = sum(image.width + GAP for image in images) + GAP, height + 2 * GAP
    sheet = Image.new("RGB", size, "#D0D0D0")
    left = GAP
    for image in images:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    wide = min(WIDTH, sheet.width)
    sheet = sheet.resize((wide, round(sheet.height * wide / sheet.width)), Image.Resampling.LANCZOS)
    sheet.quantize(COLOURS).save(PICTURES / f"{pdf.stem}.png", optimize=True)


def _image(pdf: Path, page: int) -> Image.Image:
    return ImageOps.expand(page_image(pdf, page, RESOLUTION), 1, "#909090")


if __name__ == "__main__":
    main()
