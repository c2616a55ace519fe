"""Paper: size, scale, repeated headings, page numbers."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_CM = 1 / 2.54
WIDE = 100
"""Characters across from which a sheet is printed lengthwise."""


def set_up_page(
    worksheet: Worksheet,
    *,
    landscape: bool,
    a3: bool = False,
    pages_across: int = 1,
    heading_row: int | None = None,
    fixed_columns: str | None = None,
    side_cm: float = 1.5,
) -> None:
    """Fit a sheet on paper: `pages_across` pages wide, as many down as it takes, headings on each page.

    `fixed_columns` such as "A:B" are repeated on each page beside the first.
    """
    setup = worksheet.page_setup
    setup.paperSize = int(worksheet.PAPERSIZE_A3 if a3 else worksheet.PAPERSIZE_A4)
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = pages_across, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(
        left=side_cm * _CM,
        right=side_cm * _CM,
        top=1.8 * _CM,
        bottom=1.8 * _CM,
        header=0.8 * _CM,
        footer=0.8 * _CM,
    )
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页", size=9))
    if heading_row:
        worksheet.print_title_rows = f"{heading_row}:{heading_row}"
    if fixed_columns:
        worksheet.print_title_cols = fixed_columns
