"""How the charts look: flat colours, thin grid, one size of type, so that they print well in black and white, too."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

BLUE, ORANGE, GREY = "4472C4", "C55A11", "7F7F7F"
_GRID = "D9D9D9"
_EMU_PER_POINT = 12_700


def solid(series: Series, colour: str) -> Series:
    """Filled bars."""
    series.spPr = GraphicalProperties(solidFill=colour)
    series.spPr.line.noFill = True
    series.invertIfNegative = False
    return series


def hollow(series: Series, colour: str) -> Series:
    """Bars of which only the outline is drawn, over other bars."""
    series.spPr = GraphicalProperties(
        noFill=True, ln=LineProperties(solidFill=colour, w=int(1.5 * _EMU_PER_POINT))
    )
    series.invertIfNegative = False
    return series


def line(series: Series, colour: str, *, dashed: bool) -> Series:
    """A straight line with round marks; dashed for what is only planned."""
    style = LineProperties(
        solidFill=colour, w=int(2.25 * _EMU_PER_POINT), prstDash="dash" if dashed else "solid"
    )
    series.spPr = GraphicalProperties(ln=style)
    mark = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    series.marker = Marker(symbol="circle", size=5, spPr=mark)
    series.smooth = False
    return series


def label_values(series: Series, number_format: str) -> Series:
    """Print each value at the end of its bar."""
    series.dLbls = DataLabelList(
        numFmt=number_format,
        dLblPos="outEnd",
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        txPr=_type(800),
    )
    return series


def finish(
    chart: BarChart | LineChart,
    title: str,
    width: float,
    height: float,
    number_format: str,
    *,
    label_size: int = 9,
) -> None:
    """Title, size in cm, legend below the title, both axes in sight (their type in points), value axis from 0."""
    chart.title = _title(title)
    chart.width, chart.height = width, height  # type: ignore[assignment]  # the stubs know whole cm only
    chart.legend = Legend(legendPos="t", txPr=_type(900))
    chart.display_blanks = "gap"
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _type(label_size * 100)
        axis.title = None
    chart.x_axis.majorTickMark = "none"
    chart.y_axis.number_format = number_format
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    )
    chart.y_axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))


def _title(text: str) -> Title:
    look = CharacterProperties(sz=1300, b=True, solidFill="404040", ea=Font(typeface="黑体"))
    run = RegularTextRun(rPr=look, t=text)
    body = RichText(
        bodyPr=RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])]
    )
    return Title(tx=Text(rich=body), overlay=False)


def _type(size: int) -> RichText:
    """Type in hundredths of a point."""
    look = CharacterProperties(sz=size, solidFill="404040")
    return RichText(
        bodyPr=RichTextProperties(),
        p=[
            Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=CharacterProperties(sz=size))
        ],
    )
