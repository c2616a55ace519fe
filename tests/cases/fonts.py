"""Fonts for pictures: free ones that look like an office's. 仿宋, 楷体, 宋体 and 黑体 by Fandol (Debian: texlive-lang-chinese), else Noto CJK.

KP_FONTS names a folder that holds them, where they are not installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FANDOL = {"仿宋": "FandolFang", "楷体": "FandolKai", "黑体": "FandolHei", "宋体": "FandolSong"}
_RULE = (
    '<match target="pattern"><test name="family"><string>{name}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{family}</string><string>{other}</string></edit>{bold}</match>'
)
_BOLD = '<edit name="weight" mode="assign"><const>bold</const></edit>'


def configuration(names: Iterable[str]) -> str:
    """A fontconfig file: each font that a workbook or a document names, and what stands in for it."""
    own = os.environ.get("KP_FONTS")
    rules = "".join(
        _RULE.format(
            name=name,
            family=next((FANDOL[face] for face in FANDOL if face in name), "Noto Serif CJK SC"),
            other=f"Noto {'Sans' if '黑' in name else 'Serif'} CJK SC",
            bold=_BOLD if "小标宋" in name else "",
        )
        for name in names
    )
    place = f"<dir>{own}</dir>" if own else ""
    return f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{place}{rules}</fontconfig>'


def write(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The environment in which LibreOffice uses them."""
    path = folder / "fonts.conf"
    path.write_text(configuration(names), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(path)}
