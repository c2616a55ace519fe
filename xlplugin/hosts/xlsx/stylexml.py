"""A `Style` in the words of styles.xml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlplugin.book import Style
from xlplugin.hosts.xlsx import xmltext

BUILT_IN_FORMATS: Mapping[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
}

FIRST: Mapping[str, Sequence[str]] = {
    "fonts": ('<font><sz val="11"/><name val="宋体"/><charset val="134"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
    "cellStyles": ('<cellStyle name="Normal" xfId="0" builtinId="0"/>',),
}
"""What must stand first in each section of styles.xml that a workbook lacks."""

_LINE = '<{0} style="thin"><color auto="1"/></{0}>'
BORDER = (
    "<border>"
    + "".join(map(_LINE.format, ("left", "right", "top", "bottom")))
    + "<diagonal/></border>"
)
"""Thin lines all round."""

_CHINESE = 134


def font(style: Style) -> str:
    """The style's <font>."""
    bold = "<b/>" if style.bold else ""
    color = f'<color rgb="FF{style.color}"/>'
    name = f'<name val={xmltext.quoted(style.font)}/><charset val="{_CHINESE}"/>'
    return f'<font>{bold}<sz val="{style.size:g}"/>{color}{name}</font>'


def fill(color: str) -> str:
    """A solid <fill>."""
    inside = f'<fgColor rgb="FF{color}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{inside}</patternFill></fill>'


def alignment(style: Style) -> str:
    """The style's <alignment>."""
    parts = {"horizontal": style.horizontal, "vertical": style.vertical}
    if style.horizontal == "general":
        del parts["horizontal"]
    if style.wrap:
        parts["wrapText"] = "1"
    if style.indent:
        parts["indent"] = str(style.indent)
        parts.setdefault("horizontal", "left")
    return "<alignment" + "".join(f' {key}="{value}"' for key, value in parts.items()) + "/>"
