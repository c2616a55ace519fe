"""A worksheet that the workbook lacks: its first XML, its place in the workbook, its print titles."""

from __future__ import annotations

from itertools import count

from xlplugin.book import Layout
from xlplugin.hosts.guards import check_name
from xlplugin.hosts.xlsx import opc, xmltext
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.workbook import Workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MARGINS = (
    '<pageMargins left="0.59" right="0.59" top="0.79" bottom="0.79" header="0.31" footer="0.31"/>'
)
_A4 = 9


def add(package: Package, workbook: Workbook, name: str, layout: Layout) -> str:
    """Add an empty worksheet at the end; its part is returned. Raises UserError for a name no sheet can have."""
    check_name(name, [entry.name for entry in workbook.entries])
    part = free_part(package, workbook)
    opc.add_part(
        package,
        part,
        empty(layout, workbook.namespace, has_views=workbook.has_views).encode(),
        TYPE,
    )
    position = workbook.register(name, part)
    if layout.title_rows:
        first, last = layout.title_rows
        workbook.define_name("_xlnm.Print_Titles", position, f"${first}:${last}")
    return part


def free_part(package: Package, workbook: Workbook) -> str:
    """A name for one more worksheet's part, under which no other has left relationships behind."""
    names = (opc.beside(workbook.part, f"worksheets/sheet{number}.xml") for number in count(1))
    return next(
        part for part in names if part not in package and opc.rels_part(part) not in package
    )


def empty(layout: Layout, namespace: str, *, has_views: bool = True) -> str:
    """A worksheet without cells, set up as a layout says."""
    return (
        f"{_DECLARATION}<worksheet xmlns={xmltext.quoted(namespace)}>"
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1"/>'
        f"{_views(layout.freeze) if has_views else ''}"
        '<sheetFormatPr defaultRowHeight="15"/>'
        f"{_columns(layout)}<sheetData/>{_dropdowns(layout)}{_MARGINS}"
        f'<pageSetup paperSize="{_A4}" fitToHeight="0" orientation="{"landscape" if layout.landscape else "portrait"}"/>'
        "</worksheet>"
    )


def _views(freeze: int) -> str:
    if not freeze:
        return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    pane = f'<pane ySplit="{freeze}" topLeftCell="A{freeze + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<sheetViews><sheetView workbookViewId="0">{pane}<selection pane="bottomLeft" '
        f'activeCell="A{freeze + 1}" sqref="A{freeze + 1}"/></sheetView></sheetViews>'
    )


def _columns(layout: Layout) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in sorted(layout.widths.items())
    )
    return f"<cols>{columns}</cols>" if columns else ""


def _dropdowns(layout: Layout) -> str:
    lists = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{ranged}"><formula1>'
        f"&quot;{xmltext.escape(','.join(words))}&quot;</formula1></dataValidation>"
        for ranged, words in layout.dropdowns.items()
    )
    count = len(layout.dropdowns)
    return f'<dataValidations count="{count}">{lists}</dataValidations>' if lists else ""
