"""A book that lies on a disk, in whatever format, serves every command: it is opened by its suffix and says what it saves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hosts.csvs import CsvFolder
from hosts.examined import SAVED
from hosts.readers import READERS
from line.desk import AS_OF, project, table

from xlplugin import files, hosts
from xlplugin.batch.work import Options, run_one
from xlplugin.book import Changes, Grid, Put, SavedBook
from xlplugin.cli import main
from xlplugin.deliver import deliver, keep
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.rollup.county import read
from xlplugin.schema import ANALYSIS, ARCHIVE, BULLETIN, LEDGER, MONTHLY_DONE, RESULTS, SETTINGS

LEDGER_ROWS = table(LEDGER, [project(1), project(2, done=75), project(3, done=81)])
SETTINGS_ROWS = [["参数", "值"], ["报告截止日期", AS_OF], ["地区名称", "甲县"]]


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format more: one line."""
    monkeypatch.setitem(hosts.FORMATS, CsvFolder.suffix, CsvFolder)


@pytest.fixture(params=SAVED.values(), ids=SAVED)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> SavedBook:
    """A small ledger with its 参数, as it lies on the disk."""
    sheets = {LEDGER.title: Grid(LEDGER_ROWS), SETTINGS.title: Grid(SETTINGS_ROWS)}
    return hosts.open(request.param(tmp_path).open(sheets, {}).path)


def held(path: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in ([*path.iterdir()] if path.is_dir() else [path])
    }


def test_it_is_opened_by_its_suffix(book: SavedBook) -> None:
    assert isinstance(book, CsvFolder) is (book.path.suffix == ".csvs")
    assert (book.suffix, book.macros) == (book.path.suffix, False)
    assert book.sheets == (LEDGER.title, SETTINGS.title)


def test_elsewhere_leaves_the_source(book: SavedBook, tmp_path: Path) -> None:
    before, saved = held(book.path), tmp_path / f"后{book.suffix}"
    book.write(LEDGER.title, Changes({(2, 2): Put("新名")}))
    files.write(book.outputs(saved))
    assert held(book.path) == before
    assert hosts.open(saved).read(LEDGER.title).at(2, 2) == "新名"


def test_nothing_to_save_in_its_own_place(book: SavedBook) -> None:
    assert list(book.outputs()) == []


def test_changed_meanwhile(book: SavedBook) -> None:
    book.write(LEDGER.title, Changes({(2, 2): Put("新名")}))
    other = hosts.open(book.path)
    other.write(LEDGER.title, Changes({(2, 2): Put("别名")}))
    files.write(other.outputs())
    with pytest.raises(UserError, match="已被他人改动"):
        files.write(book.outputs())
    assert hosts.open(book.path).read(LEDGER.title).at(2, 2) == "别名"


def test_its_bulletin(book: SavedBook, tmp_path: Path) -> None:
    """`kp bulletin` writes a workbook of the same format and the same text and document as for any other."""
    before = held(book.path)
    done = CliRunner().invoke(main, ["bulletin", str(book.path), "-o", str(tmp_path / "出")])
    assert done.exit_code == 0, done.output
    stem = f"{book.path.stem}-通报"
    assert {path.name for path in (tmp_path / "出").iterdir()} == {
        f"{stem}{book.suffix}",
        f"{stem}.docx",
        f"{stem}.txt",
    }
    made = hosts.open(tmp_path / "出" / f"{stem}{book.suffix}")
    assert {BULLETIN.title, ANALYSIS.title, RESULTS.title} <= set(made.sheets)
    assert "县级重点工程3项" in (tmp_path / "出" / f"{stem}.txt").read_text(encoding="utf-8")
    assert held(book.path) == before


def test_the_text_does_not_depend_on_the_format(tmp_path: Path) -> None:
    texts = set()
    for kind in SAVED.values():
        (folder := tmp_path / kind.__name__).mkdir()
        sheets = {LEDGER.title: Grid(LEDGER_ROWS), SETTINGS.title: Grid(SETTINGS_ROWS)}
        outputs = deliver(kind(folder).open(sheets, {}).path, folder, None, document=False).outputs
        texts.add(outputs[-1].read_bytes())
    assert len(texts) == 1


def test_in_its_own_place(book: SavedBook) -> None:
    outputs = deliver(book.path, None, None, in_place=True, document=False).outputs
    assert outputs[0] == book.path
    again = hosts.open(book.path)
    assert BULLETIN.title in again.sheets
    assert again.read(LEDGER.title).at(2, 1) == "P01"


def test_its_month_is_kept(book: SavedBook) -> None:
    assert "已归档2021年9月：3个项目" in keep(book.path)
    assert {MONTHLY_DONE.title, ARCHIVE.title} <= set(hosts.open(book.path).sheets)


def test_it_is_one_of_many(book: SavedBook, tmp_path: Path) -> None:
    """In a batch and in a roll-up."""
    assert run_one(book.path, Options(tmp_path / "出", document=False)).status == "done"
    counties, failures = read([book.path], None)
    assert ([county.name for county in counties], failures) == (["甲县"], [])


@pytest.fixture(params=READERS.values(), ids=READERS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same of a format that is only read."""
    sheets = {LEDGER.title: Grid(LEDGER_ROWS), SETTINGS.title: Grid(SETTINGS_ROWS)}
    path = Path(request.param(tmp_path).open(sheets, {}).path)
    path.chmod(0o600)
    return path


def test_a_format_that_is_only_read_is_saved_as_another(old: Path) -> None:
    before = held(old)
    outputs = deliver(old, None, AS_OF, document=False).outputs
    stem = f"{LEDGER.title}-通报"
    assert [path.name for path in outputs] == [f"{stem}.xlsx", f"{stem}.txt"]
    made = FileBook(outputs[0])
    assert {LEDGER.title, BULLETIN.title, ANALYSIS.title, RESULTS.title} <= set(made.sheets)
    assert made.read(LEDGER.title).rows == hosts.open(old).read(LEDGER.title).rows
    assert "县级重点工程3项" in outputs[1].read_text(encoding="utf-8")
    assert held(old) == before
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in outputs} == {0o600}


@pytest.mark.parametrize("arguments", [("bulletin", "--in-place"), ("archive",)])
def test_a_format_that_is_only_read_is_not_written(old: Path, arguments: tuple[str, ...]) -> None:
    before = held(old.parent)
    done = CliRunner().invoke(main, [arguments[0], str(old), *arguments[1:]])
    assert (done.exit_code, held(old.parent)) == (1, before)
    assert "只能读取，不能写回。请在 Excel 或 WPS 中打开后另存为 .xlsx" in done.stderr
