"""Pages as an outside judge makes them: LibreOffice's PDF, read by poppler."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from cases.office import convert

POINT = 25.4 / 72
"""Millimetres a point."""

MARGIN = 34
"""Left of this stands a turned page's number, in mm."""

_STAND_INS = {"黑体": "Noto Sans CJK SC"}
_RULE = (
    '<match target="pattern"><test name="family"><string>{name}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{stand_in}</string></edit></match>'
)


@dataclass(frozen=True)
class PrintedLine:
    """One line of a page, in mm from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class PrintedPage:
    """One page: its size in mm, its lines from above, its page number apart."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    number: PrintedLine | None


def to_pdf(
    documents: Sequence[Path], folder: Path, fonts: Sequence[str], rules: str = ""
) -> list[Path]:
    """PDFs of all documents in one run of LibreOffice.

    The fonts of an office are not installed here: Noto CJK stands in for each, whose full-width characters are as wide;
    `rules` is a fontconfig file that says otherwise.
    """
    stand_ins = "".join(
        _RULE.format(name=name, stand_in=_STAND_INS.get(name, "Noto Serif CJK SC"))
        for name in fonts
    )
    configuration = folder / "fonts.conf"
    configuration.write_text(
        rules
        or f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{stand_ins}</fontconfig>',
        encoding="utf-8",
    )
    return convert(folder, "pdf", *documents, FONTCONFIG_FILE=str(configuration))


def read(pdf: Path) -> list[PrintedPage]:
    """A PDF's pages."""
    layout = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return [
        _page(float(found[1]) * POINT, float(found[2]) * POINT, found[3])
        for found in re.finditer(
            r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', layout, re.DOTALL
        )
    ]


def _page(width: float, height: float, content: str) -> PrintedPage:
    rows: dict[float, list[PrintedLine]] = {}
    turned: list[PrintedLine] = []
    for found in re.finditer(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
        content,
    ):
        left, top, right, bottom = (float(found[at]) * POINT for at in range(1, 5))
        word = PrintedLine(left, top, right, bottom, unescape(found[5]))
        if width > height and right < MARGIN:
            turned.append(word)
        else:
            rows.setdefault(round(bottom, 1), []).append(word)
    lines = [_joined(sorted(rows[bottom], key=lambda word: word.left)) for bottom in sorted(rows)]
    last = [_joined(sorted(turned, key=lambda word: word.top))] if turned else lines[-1:]
    number = next((line for line in last if re.fullmatch(r"—\d+—", line.text)), None)
    return PrintedPage(width, height, tuple(lines[:-1] if number in lines else lines), number)


def _joined(words: Sequence[PrintedLine]) -> PrintedLine:
    """Words that follow each other as one."""
    return PrintedLine(
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        "".join(word.text for word in words),
    )
