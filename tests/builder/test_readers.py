"""Others read the workbook: python-calamine, our own reading, LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xlplugin.builder.settings import delivered
from xlplugin.bulletin.outline import delivered as outline
from xlplugin.schema import LEDGER, PARAMETERS, SHEETS, WORDING


def rows(path: Path, title: str) -> list[list[object]]:
    """A sheet's cells from A1, as calamine reads them."""
    return (
        CalamineWorkbook.from_path(path).get_sheet_by_name(title).to_python(skip_empty_area=False)
    )


def test_calamine_reads_sheets_and_headings(path: Path) -> None:
    assert CalamineWorkbook.from_path(path).sheet_names == [sheet.title for sheet in SHEETS]
    assert rows(path, LEDGER.title)[2] == [column.heading for column in LEDGER.standard_columns]


def test_calamine_reads_the_case(built: dict[str, Path]) -> None:
    """41 projects, 年度计划 308,300 万元, 完成 240,200 万元: the bulletin's 30.83 and 24.02 亿元."""
    table = rows(built["case"], LEDGER.title)
    plan, done = (table[2].index(LEDGER[key].heading) for key in ("plan", "done"))
    data = table[3:]
    assert (len(data), sum(row[plan] for row in data), sum(row[done] for row in data)) == (
        41,
        308_300,
        240_200,
    )


def test_every_paragraph_is_there_to_be_edited(path: Path) -> None:
    assert [row[:4] for row in rows(path, WORDING.title)[3:]] == [
        [row.name, row.depth, row.each, row.template] for row in outline()
    ]


@pytest.mark.parametrize("parameter", PARAMETERS, ids=[parameter.key for parameter in PARAMETERS])
def test_what_is_delivered_is_the_example_or_the_default(parameter: object) -> None:
    value = delivered(parameter)  # type: ignore[arg-type]
    assert (value is None) == (not (parameter.example or parameter.default))  # type: ignore[attr-defined]


@pytest.mark.office
def test_libreoffice_opens_it_and_saves_the_same_cells(
    path: Path, soffice: Callable[[Path, str], Path]
) -> None:
    saved = soffice(path, "xlsx")
    for sheet in SHEETS:
        before, after = (
            {
                (r, c): value
                for r, row in enumerate(rows(book, sheet.title))
                for c, value in enumerate(row)
                if value != ""
            }
            for book in (path, saved)
        )
        assert after == before


@pytest.mark.office
def test_libreoffice_prints_it(path: Path, soffice: Callable[[Path, str], Path]) -> None:
    assert soffice(path, "pdf").read_bytes()[:5] == b"%PDF-"
