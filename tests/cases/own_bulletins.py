"""Pictures for the manual's page 「怎样写自己的通报」: rows of 措辞, and below them what they write. `python tests/cases/own_bulletins.py`.

Needs what `pictures.py` needs.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from build import SETTINGS, contents
from pictures import PICTURES, TALL, _picture, _print
from PIL import Image

from xlplugin.builder import build
from xlplugin.bulletin.ready import OutlineRow, usual
from xlplugin.schema import BULLETIN, WORDING

USUAL = {row[0]: row for row in usual()}
OWN: dict[str, tuple[OutlineRow, ...]] = {
    "own-move": tuple(
        USUAL[name] for name in ("未达到标题", "未达到单项", "未开工标题", "未开工单项")
    ),
    "own-sentence": (
        USUAL["总体情况"],
        (
            "住建局",
            "段",
            "",
            "县住建局负责{{ 县住建局.项数 }}项，完成率{{ 县住建局.完成率 }}{% if 县住建局.未开工.项数 %}，{{ 县住建局.未开工.项数 }}项未开工{% endif %}。",
        ),
    ),
    "own-table": (
        ("各行业", "一级", "", "分行业进展"),
        ("行业高低", "段", "", "完成率高于总体的行业："),
        ("高的行业", "接上段", "行业.高于总体", "{{ 本项 }}{{ 本项.较总体 }}、"),
        ("行业表", "表", "行业", "各行业完成情况表"),
    ),
}
"""Each picture's rows, few enough for a page."""
STYLE = "督查通报"
GAP = 24
"""Pixels between the rows and what they write."""


def main() -> None:
    """The sheet with the rows and the bulletin that comes of them, one above the other; and a ready outline's bulletin."""
    with tempfile.TemporaryDirectory() as name:
        for picture, outline in OWN.items():
            folder = Path(name) / picture
            folder.mkdir()
            source, filled = _filled(folder, replace(contents(), outline=outline))
            shown = [_drawn(folder, source, WORDING.title), _drawn(folder, filled, BULLETIN.title)]
            _stacked(shown).save(PICTURES / f"{picture}.png", optimize=True)
        folder = Path(name) / "style"
        folder.mkdir()
        decided = {**SETTINGS, "outline": STYLE}
        _, filled = _filled(folder, replace(contents(), settings=decided))
        _picture(_print(folder, filled, BULLETIN.title), 1, PICTURES / "own-style.png")


def _filled(folder: Path, filling: object) -> tuple[Path, Path]:
    """The case workbook with another outline, and the same with its bulletin."""
    source = folder / "台账.xlsx"
    build(source, filling)
    subprocess.run(["kp", "bulletin", str(source)], check=True, capture_output=True)
    return source, next(folder.glob("台账-*.xlsx"))


def _drawn(folder: Path, workbook: Path, title: str) -> Image.Image:
    drawn = folder / f"{title}.png"
    _picture(_print(folder, workbook, title), 1, drawn)
    image = Image.open(drawn).convert("RGB")
    if (
        title == BULLETIN.title and image.width > TALL
    ):  # as large as a page of text is shown elsewhere
        image = image.resize(
            (TALL, round(image.height * TALL / image.width)), Image.Resampling.LANCZOS
        )
    return image


def _stacked(shown: list[Image.Image]) -> Image.Image:
    width = max(image.width for image in shown)
    height = sum(image.height for image in shown) + GAP
    whole, top = Image.new("RGB", (width, height), "white"), 0
    for image in shown:
        whole.paste(image, (0, top))
        top += image.height + GAP
    return whole.quantize(160, Image.Quantize.MAXCOVERAGE, kmeans=2)


if __name__ == "__main__":
    main()
