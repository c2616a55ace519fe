"""The clerks' picture of the document, its first page and its appendix: `python tests/documents/picture.py`.

Needs soffice, pdftoppm and the Noto CJK fonts, which stand in for those of an office.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from cases.build import WORKBOOK  # noqa: E402
from documents.pages import read, to_pdf  # noqa: E402

from xlplugin.hosts.file import FileBook  # noqa: E402
from xlplugin.pipeline import run  # noqa: E402
from xlplugin.render.docx import document  # noqa: E402
from xlplugin.render.docx.styles import fonts  # noqa: E402

PICTURE = WORKBOOK.parent / "pictures" / "document.png"
RESOLUTION, WIDTH, GAP, COLOURS = 100, 1400, 24, 24
"""Pixels; a page of text needs few greys."""


def main() -> None:
    """First page, last page of the text and first page of the appendix, side by side."""
    outcome = run(FileBook(WORKBOOK))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "document.docx"
        path.write_bytes(document(outcome.bulletin, outcome.facts.settings))
        pdf = to_pdf([path], folder, fonts(outcome.facts.settings))[0]
        upright = [
            number for number, page in enumerate(read(pdf), start=1) if page.width < page.height
        ]
        images = [_image(pdf, number) for number in (1, upright[-1], upright[-1] + 1)]
    height = max(image.height for image in images)
    sheet = Image.new(
        "RGB", (sum(image.width + GAP for image in images) + GAP, height + 2 * GAP), "#D0D0D0"
    )
    left = GAP
    for image in images:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    sheet = sheet.resize(
        (WIDTH, round(sheet.height * WIDTH / sheet.width)), Image.Resampling.LANCZOS
    )
    sheet.quantize(COLOURS).save(PICTURE, optimize=True)


def _image(pdf: Path, page: int) -> Image.Image:
    stem = pdf.with_name(f"page-{page}")
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(RESOLUTION),
            "-f",
            str(page),
            "-l",
            str(page),
            "-singlefile",
            "-png",
            str(pdf),
            str(stem),
        ],
        check=True,
    )
    return ImageOps.expand(Image.open(f"{stem}.png").convert("RGB"), 1, "#909090")


if __name__ == "__main__":
    main()
