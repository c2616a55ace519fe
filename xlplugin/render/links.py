"""Links from an output sheet to a cell of the workbook."""

from __future__ import annotations


def hyperlink(sheet: str, cell: str, text: str = "") -> str | None:
    """The formula that leads to a cell and shows `text`, or its address; None where there is no cell."""
    if not cell:
        return None
    target = "#'" + sheet.replace("'", "''") + "'!" + cell.partition("—")[0].partition("、")[0]
    shown = (text or cell).replace('"', '""')
    return 'HYPERLINK("' + target.replace('"', '""') + f'","{shown}")'
