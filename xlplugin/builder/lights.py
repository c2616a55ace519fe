"""Lights and states in colour, by conditional formatting: the colour follows the word, whoever writes it."""

from __future__ import annotations

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.book import STYLES
from xlplugin.builder.validation import LAST_ROW
from xlplugin.cells import column_letters
from xlplugin.flags import BEHIND, LIGHTS, NOT_STARTED, ON_SCHEDULE
from xlplugin.schema import ANALYSIS, UNRATED

_STATES = {ON_SCHEDULE: "绿", BEHIND: "红", NOT_STARTED: "灰", UNRATED: "灰"}
"""A state has the colour of the light that it most often comes with."""


def colour_lights(worksheet: Worksheet) -> None:
    """Fill the cells of the light column, and of the states, by their words."""
    for light in LIGHTS:
        _colour(worksheet, "light", light, light)
    for state, look in _STATES.items():
        _colour(worksheet, "status", state, look)


def _colour(worksheet: Worksheet, key: str, word: str, look: str) -> None:
    place = ANALYSIS.standard_columns.index(ANALYSIS[key]) + 1
    letter = column_letters(place)
    style = STYLES[look]
    fill = PatternFill("solid", bgColor=style.fill or "FFFFFF", fgColor=style.fill or "FFFFFF")
    rule = Rule(
        type="cellIs",
        operator="equal",
        formula=[f'"{word}"'],
        dxf=DifferentialStyle(font=Font(color=style.color), fill=fill),
    )
    worksheet.conditional_formatting.add(
        f"{letter}{ANALYSIS.header_row + 1}:{letter}{LAST_ROW}", rule
    )
