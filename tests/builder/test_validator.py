"""Every workbook and document that the program makes is right by the Open XML SDK."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from builder.validator import errors, needs_validator
from cases.build import HERE, WORKBOOK
from click.testing import CliRunner

from xlplugin.cli import main
from xlplugin.hosts.file import FileBook
from xlplugin.schema import SETTINGS
from xlplugin.settings import TITLES

pytestmark = needs_validator
MACROS = WORKBOOK.with_suffix(".xlsm")
FRAME = {
    "letterhead": "某县文件",
    "copies": "县委办",
    "printed_by": "某县重点办",
    "printed_on": dt.date(2021, 10, 8),
    "rankings": "责任单位、级别",
    "charts": "是",
    "working": "是",
}


def run(*words: object) -> None:
    """The command, which must succeed."""
    result = CliRunner().invoke(main, list(map(str, words)), catch_exceptions=False)
    assert result.exit_code == 0, result.output


def judged(folder: Path, count: int) -> None:
    """Every file in a folder; there must be so many."""
    made = [path for path in sorted(folder.iterdir()) if path.suffix in (".xlsx", ".xlsm", ".docx")]
    assert len(made) == count
    assert {path.name: errors(path) for path in made} == {path.name: [] for path in made}


@pytest.mark.parametrize("name", ["standard.xlsm", WORKBOOK.name, MACROS.name])
def test_the_workbooks_that_are_delivered(name: str) -> None:
    assert errors(WORKBOOK.with_name(name)) == []


@pytest.mark.parametrize("source", [WORKBOOK, MACROS])
def test_workbook_and_document_of_a_bulletin(source: Path, tmp_path: Path) -> None:
    run("bulletin", source, "-o", tmp_path)
    judged(tmp_path, 2)


def test_with_all_that_a_bulletin_may_have(tmp_path: Path) -> None:
    """Red head, foot, rankings, charts, working; and the next month written over it in the same workbook."""
    from xlplugin.book import Changes, Put

    path = tmp_path / WORKBOOK.name
    book = FileBook(WORKBOOK)
    rows = enumerate(book.read(SETTINGS.title).rows, start=1)
    at = {row[0]: number for number, row in rows if row}
    puts = {(at[TITLES[key]], 2): Put(value) for key, value in FRAME.items()}
    book.write(SETTINGS.title, Changes(puts))
    book.save(path)
    run("bulletin", path, "--in-place")
    judged(tmp_path, 2)
    run("archive", path)
    run("bulletin", path, "--in-place", "--as-of", "2021-10-31", "--force")
    judged(tmp_path, 2)


def test_an_offices_own_ledger_with_its_reading(tmp_path: Path) -> None:
    """A workbook that another program made, with our sheets added; and the reading moved into ours."""
    source = tmp_path / "台账.xlsx"
    shutil.copy(next(HERE.glob("ledgers/m21_*.xlsx")), source)
    run("bulletin", source, "--as-of", "2021-09-30", "-o", tmp_path / "out")
    made = sorted((tmp_path / "out").glob("*.[dx]*"))
    assert {path.name: set(errors(path)) - set(errors(source)) for path in made} == {
        path.name: set() for path in made
    }
