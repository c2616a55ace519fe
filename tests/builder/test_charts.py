"""Native charts over the table and the blocks, and lights in colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook

from xlplugin.book import STYLES
from xlplugin.flags.judgement import LIGHTS, STATUSES
from xlplugin.schema import ANALYSIS

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PREFIX = f"'{ANALYSIS.title}'!"
SERIES = {
    "barChart bar": [
        ("$H$3", "$B$4:$B${last}", "$H$4:$H${last}"),
        ("$I$3", "$B$4:$B${last}", "$I$4:$I${last}"),
    ],
    "barChart col": [("$X$3", "$T$4:$T$7", "$X$4:$X$7"), ("$Y$3", "$T$4:$T$7", "$Y$4:$Y$7")],
    "lineChart": [("$U$10", "$T$11:$T$22", "$U$11:$U$22"), ("$V$10", "$T$11:$T$22", "$V$11:$V$22")],
}


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


@pytest.mark.parametrize(("name", "last"), [("empty", 4), ("case", 44)])
def test_charts_refer_to_the_table_and_the_blocks(
    built: dict[str, Path], name: str, last: int
) -> None:
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
    expected = {
        key: [tuple(_area(ref, last) for ref in refs) for refs in series]
        for key, series in SERIES.items()
    }
    assert found == expected


def _area(text: str, last: int) -> str:
    """A reference with the table's last row; one row is one cell."""
    first, _, end = text.replace("{last}", str(last)).partition(":")
    return first if end in ("", first) else f"{first}:{end}"


def test_both_axes_are_in_sight(path: Path) -> None:
    for chart in charts(path):
        assert [
            axis.find(f"{C}delete").get("val") for axis in chart.iter(f"{C}catAx", f"{C}valAx")
        ] == ["0", "0"]


def test_charts_do_not_cover_each_other_nor_any_cell(workbook: Workbook) -> None:
    """From left to right by level, by month, by project; each narrower than the columns to the next."""
    worksheet = workbook[ANALYSIS.title]
    boxes = sorted(
        (chart.anchor._from.col, chart.anchor._from.row, chart.anchor.ext.width)
        for chart in worksheet._charts
    )
    assert [row for _, row, _ in boxes] == [3, 3, 3]
    starts = [column for column, _, _ in boxes]
    assert starts[0] > 24  # Y is the last column of the blocks
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
    assert {rules[light] for light in LIGHTS} == {
        ("P4:P2000", STYLES[light].fill) for light in LIGHTS
    }
    assert {rules[state][0] for state in STATUSES} == {"O4:O2000"}
