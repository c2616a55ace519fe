"""Native charts over the table and the blocks, and lights in colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook

from xlplugin.book import STYLES
from xlplugin.cells import column_letters
from xlplugin.flags.judgement import LIGHTS, STATUSES
from xlplugin.schema import ANALYSIS, BY_LEVEL, BY_MONTH, LEDGER, Sheet

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PREFIX = f"'{ANALYSIS.title}'!"
LAST = {"empty": 4, "case": 44}
"""The table's last row."""


def letters(sheet: Sheet, key: str) -> str:
    """Where a column of a table, or of a block beside it, stands."""
    return column_letters(sheet.first_column + sheet.columns.index(sheet[key]))


def series(sheet: Sheet, labels: str, last: int, *keys: str) -> list[tuple[str, ...]]:
    """What series of some columns refer to: heading, labels, values; one row is one cell."""
    top = sheet.header_row

    def column(key: str) -> str:
        first, end = (f"${letters(sheet, key)}${row}" for row in (top + 1, last))
        return first if first == end else f"{first}:{end}"

    return [(f"${letters(sheet, key)}${top}", column(labels), column(key)) for key in keys]


def charts(path: Path) -> Iterator[etree._Element]:
    """The chart parts, in their order."""
    with ZipFile(path) as package:
        for name in sorted(
            name for name in package.namelist() if name.startswith("xl/charts/chart")
        ):
            yield etree.fromstring(package.read(name))


def kind(chart: etree._Element) -> str:
    """What is drawn: barChart with its direction, or lineChart."""
    plot = next(chart.iter(f"{C}barChart", f"{C}lineChart"))
    direction = plot.find(f"{C}barDir")
    return etree.QName(plot).localname + ("" if direction is None else f" {direction.get('val')}")


@pytest.mark.parametrize("name", LAST)
def test_charts_refer_to_the_table_and_the_blocks(built: dict[str, Path], name: str) -> None:
    found = {
        kind(chart): [
            tuple(
                next(series.iter(f"{C}{part}")).findtext(f".//{C}f").removeprefix(PREFIX)
                for part in ("tx", "cat", "val")
            )
            for series in chart.iter(f"{C}ser")
        ]
        for chart in charts(built[name])
    }
    assert found == {
        "barChart bar": series(ANALYSIS, "name", LAST[name], "completion", "expected"),
        "barChart col": series(BY_LEVEL, "level", 7, "completion", "expected"),
        "lineChart": series(BY_MONTH, "month", 22, "planned", "reached"),
    }


def test_both_axes_are_in_sight(path: Path) -> None:
    for chart in charts(path):
        assert [
            axis.find(f"{C}delete").get("val") for axis in chart.iter(f"{C}catAx", f"{C}valAx")
        ] == ["0", "0"]


def test_the_chart_of_the_projects_has_room_for_every_name(workbook: Workbook) -> None:
    """8 points in the highest font that stands in (1.45 of its size), as many as there are, on one page's proportions."""
    chart = max(workbook[ANALYSIS.title]._charts, key=lambda chart: chart.anchor._from.col)
    size = chart.anchor.ext
    cases = len(workbook[LEDGER.title]["A"]) - LEDGER.header_row
    assert (size.height / 12700 - 3 * 72 / 2.54) / max(cases, 40) >= 8 * 1.45
    assert (size.height / 360000 + 3) / (size.width / 360000) < 17.4 / 26.7


def test_charts_do_not_cover_each_other_nor_any_cell(workbook: Workbook) -> None:
    """From left to right by level, by month, by project; each narrower than the columns to the next."""
    worksheet = workbook[ANALYSIS.title]
    boxes = sorted(
        (chart.anchor._from.col, chart.anchor._from.row, chart.anchor.ext.width)
        for chart in worksheet._charts
    )
    assert [row for _, row, _ in boxes] == [3, 3, 3]
    starts = [column for column, _, _ in boxes]
    assert starts[0] >= BY_LEVEL.first_column + len(BY_LEVEL.columns) - 1
    for (column, _, width), end in zip(boxes, starts[1:], strict=False):
        pixels = sum(
            worksheet.column_dimensions[worksheet.cell(1, place + 1).column_letter].width * 7 + 5
            for place in range(column, end)
        )
        assert width / 9525 < pixels


def test_lights_and_states_are_coloured_by_their_word(workbook: Workbook) -> None:
    rules = {
        rule.formula[0].strip('"'): (str(area.sqref), rule.dxf.fill.bgColor.rgb[-6:])
        for area in workbook[ANALYSIS.title].conditional_formatting
        for rule in area.rules
    }
    assert set(rules) == {*LIGHTS, *STATUSES}
    light, status = (letters(ANALYSIS, key) for key in ("light", "status"))
    assert {rules[word] for word in LIGHTS} == {
        (f"{light}4:{light}2000", STYLES[word].fill) for word in LIGHTS
    }
    assert {rules[word][0] for word in STATUSES} == {f"{status}4:{status}2000"}
