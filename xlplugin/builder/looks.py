"""How the workbook's own cells look: the output's styles, and a few for what clerks fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openpyxl import Workbook

from xlplugin.book import STYLES, Style
from xlplugin.hosts.openpyxl import named_style
from xlplugin.outline import style_of
from xlplugin.schema import Column

INPUT_FILL = "FFFBE6"
"""Pale yellow: a cell that clerks may change, among others that they may not."""
REQUIRED_FILL, REQUIRED_COLOR = "FCE4D6", "C00000"

_TEXT, _WORD = (
    replace(STYLES["文字"], number_format="@"),
    replace(STYLES["居中"], number_format="@"),
)
_FILLED = replace(_TEXT, fill=INPUT_FILL, indent=1)
_OWN: Mapping[str, Style] = {
    "表名": Style(font="黑体", size=16, bold=True, horizontal="center"),
    "长表名": Style(font="黑体", size=16, bold=True, horizontal="left"),
    "填表说明": Style(size=10, color="595959", wrap=True, horizontal="left"),
    "必填表头": replace(
        STYLES["表头"], fill=REQUIRED_FILL, color=REQUIRED_COLOR, number_format='@" *"'
    ),
    "编号": _WORD,
    "短文字": _WORD,
    "长文字": _TEXT,
    "日期": replace(_WORD, number_format="yyyy-m-d"),
    "个数": replace(STYLES["数字"], number_format="0"),
    "数值": replace(STYLES["数字"], number_format="#,##0.##"),
    "固定文字": replace(STYLES["文字"], fill="F2F2F2", indent=1),
    "填写文字": _FILLED,
    "填写日期": replace(_FILLED, number_format="yyyy-m-d"),
    "填写比例": replace(_FILLED, number_format="0.0%"),
    "填写数字": replace(_FILLED, number_format="General"),
    "说明文字": replace(STYLES["文字"], indent=1),
    "小标题": Style(font="黑体", size=12, color="1F3864", vertical="bottom"),
}
"""Beside `STYLES`. The required heading shows an asterisk that is no part of its text: a table needs the bare heading."""


def style_name(key: str) -> str:
    """The named cell style for a look."""
    return f"KP{key}"


def size_of(key: str) -> float:
    """Font size of a look, in points."""
    return (_OWN.get(key) or STYLES[key]).size


def number_format_of(key: str) -> str:
    """Number format of a look, in Excel's English form."""
    return (_OWN.get(key) or STYLES[key]).number_format


def set_looks(workbook: Workbook) -> None:
    """Every look as a named cell style, the output's first."""
    for key, style in {**STYLES, **_OWN}.items():
        workbook.add_named_style(named_style(style_name(key), style))


def input_look(column: Column) -> str:
    """The look of a column's cells where clerks fill them in; text stays text, so 10-1 does not become a date."""
    own = {"id": "编号", "flag": "短文字", "number": "数值", "count": "个数"}.get(column.kind)
    style = style_of(column)
    return own or {"居中": "短文字", "文字": "长文字"}.get(style, style)


def heading_look(column: Column, *, output: bool) -> str:
    """The look of a heading that clerks must not miss, or of any other."""
    return "必填表头" if column.required and not output else "表头"


def value_look(kind: str) -> str:
    """The look of a parameter's value."""
    return {
        "date": "填写日期",
        "share": "填写比例",
        "points": "填写数字",
        "count": "填写数字",
        "number": "填写数字",
    }.get(kind, "填写文字")
