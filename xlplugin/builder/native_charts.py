"""Native charts of 进度分析: completion against expected, by project and by level, and the year's S-curve."""

from __future__ import annotations

from math import ceil

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.drawing import BLUE, GREY, ORANGE, finish, hollow, label_values, line, solid
from xlplugin.cells import address, column_letters
from xlplugin.schema import ANALYSIS, BY_LEVEL, BY_MONTH, LEVELS, MONTHS, Sheet

_TOP = BY_LEVEL.header_row + 1
"""Charts stand below the row of headings, which is repeated on every printed page."""
_BOTTOM = BY_MONTH.header_row + len(MONTHS)
_BLOCKS = BY_LEVEL.first_column
_LEVEL = _BLOCKS + len(BY_LEVEL.columns) + 1
_MONTH = _LEVEL + 8
_PROJECT = _MONTH + 8
"""From left to right: the blocks, the two small charts, the chart of the projects; a narrow column before each."""
_COLUMN_WIDTH, _COLUMN_CM, _ROW_CM = 9.0, 1.7, 0.635
"""A column in characters, and the same in cm where it is narrowest; a row of 18 points in cm."""
_GAP_WIDTH = 3.0
_SLOT_CM, _FRAME_CM = 0.46, 3.0
"""What a project's bar takes with its name in whatever font, and title, legend and axis of that chart."""
_LEAST_COLUMNS, _MOST_COLUMNS, _ACROSS = 17, 24, 1.6
"""Columns that the chart of the projects lies over: so many that a page, filled across, has room for it downwards."""
_USUAL, _MOST = 40, 120
"""Projects that the chart of an empty workbook has room for; beyond the most it grows no more."""


def add_charts(worksheet: Worksheet, projects: int) -> None:
    """All three: the blocks and the table must have their headings by now."""
    for place in range(_LEVEL - 1, _end(projects) + 1):
        before_chart = place + 1 in (_LEVEL, _MONTH, _PROJECT)
        worksheet.column_dimensions[column_letters(place)].width = (
            _GAP_WIDTH if before_chart else _COLUMN_WIDTH
        )
    worksheet.add_chart(_by_project(worksheet, projects), address(_TOP, _PROJECT))
    worksheet.add_chart(_by_level(worksheet), address(_TOP, _LEVEL))
    worksheet.add_chart(_by_month(worksheet), address(_TOP, _MONTH))


def printed_areas(projects: int) -> tuple[str, str]:
    """The ranges to print for the blocks with the small charts, and for the chart of the projects."""
    bottom = _TOP + int(_large_height(projects) / _ROW_CM) + 1
    return (
        f"{address(1, _BLOCKS)}:{address(_BOTTOM + 1, _PROJECT - 2)}",
        f"{address(1, _PROJECT)}:{address(bottom, _end(projects))}",
    )


def _large_height(projects: int) -> float:
    return _FRAME_CM + _SLOT_CM * min(projects or _USUAL, _MOST)


def _end(projects: int) -> int:
    """The column behind the chart of the projects."""
    above = _FRAME_CM  # the sheet's title and headings
    wanted = ceil((_large_height(projects) + above) * _ACROSS / _COLUMN_CM)
    return _PROJECT + min(max(wanted, _LEAST_COLUMNS), _MOST_COLUMNS)


def _small_height() -> float:
    return (_BOTTOM - _TOP + 1) * _ROW_CM


def _width(first: int, end: int) -> float:
    return (end - first) * _COLUMN_CM


def _by_project(worksheet: Worksheet, projects: int) -> BarChart:
    """A bar a project, first project on top; the hollow frame reaches to what was expected."""
    last = ANALYSIS.header_row + max(projects, 1)
    chart = BarChart()
    chart.type, chart.overlap, chart.gapWidth = "bar", 100, 45
    chart.append(solid(_series(worksheet, ANALYSIS, "completion", "name", last), BLUE))
    chart.append(hollow(_series(worksheet, ANALYSIS, "expected", "name", last), ORANGE))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblSkip = 1
    chart.y_axis.crosses = "max"
    finish(
        chart,
        f"各项目{_against_expected()}",
        _width(_PROJECT, _end(projects)),
        _large_height(projects),
        "0%",
        label_size=8,
    )
    return chart


def _by_level(worksheet: Worksheet) -> BarChart:
    last = BY_LEVEL.header_row + len(LEVELS) + 1
    chart = BarChart()
    chart.type, chart.overlap, chart.gapWidth = "col", 0, 60
    chart.append(
        label_values(
            solid(_series(worksheet, BY_LEVEL, "completion", "level", last), BLUE), "0.00%"
        )
    )
    chart.append(solid(_series(worksheet, BY_LEVEL, "expected", "level", last), ORANGE))
    finish(chart, f"分级{_against_expected()}", _width(_LEVEL, _MONTH - 1), _small_height(), "0%")
    return chart


def _by_month(worksheet: Worksheet) -> LineChart:
    last = BY_MONTH.header_row + len(MONTHS)
    chart = LineChart()
    for key, colour, dashed in (("planned", GREY, True), ("reached", BLUE, False)):
        chart.append(line(_series(worksheet, BY_MONTH, key, "month", last), colour, dashed=dashed))
    unit = BY_MONTH["reached"].unit
    finish(
        chart, f"{BY_MONTH.title}（{unit}）", _width(_MONTH, _PROJECT - 1), _small_height(), "#,##0"
    )
    return chart


def _against_expected() -> str:
    return f"{ANALYSIS['completion'].heading}与{ANALYSIS['expected'].heading}"


def _series(worksheet: Worksheet, sheet: Sheet, key: str, label_key: str, last_row: int) -> Series:
    """A column of a table as a series: its heading is the name, another column's texts label the points."""
    first = sheet.header_row + 1
    place, label_place = (_place(sheet, wanted) for wanted in (key, label_key))
    values = Reference(worksheet, min_col=place, max_col=place, min_row=first, max_row=last_row)
    labels = Reference(
        worksheet, min_col=label_place, max_col=label_place, min_row=first, max_row=last_row
    )
    heading = Reference(
        worksheet, min_col=place, max_col=place, min_row=sheet.header_row, max_row=sheet.header_row
    )
    return Series(
        val=NumDataSource(numRef=NumRef(f=str(values))),
        cat=AxDataSource(strRef=StrRef(f=str(labels))),
        tx=SeriesLabel(strRef=StrRef(f=str(heading))),
    )


def _place(sheet: Sheet, key: str) -> int:
    return sheet.first_column + sheet.standard_columns.index(sheet[key])
