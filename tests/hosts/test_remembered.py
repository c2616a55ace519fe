"""Sheets that say the same are read once, whatever workbook they come in; whatever differs by a little is read anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hosts import small

from xlplugin.book import Grid
from xlplugin.cells import show
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx.package import Package
from xlplugin.hosts.xlsx.remembered import Remembered
from xlplugin.hosts.xlsx.values import Reader
from xlplugin.pipeline import run

CASE = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"
_FORMATS = '<numFmts count="1"><numFmt numFmtId="170" formatCode="{}"/></numFmts>'
_STYLES = _FORMATS + '<cellXfs count="2"><xf/><xf numFmtId="170"/></cellXfs>'
_TEXTS = "<si><t>{}</t></si><si><t>己县</t></si>"
ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44469</v></c></row>'


def read(tmp_path: Path, **said: str) -> Grid:
    """The sheet of a small workbook: 甲县, and a day, unless it is said otherwise."""
    said = {"styles": _STYLES.format("yyyy/m/d"), "strings": _TEXTS.format("甲县"), **said}
    rows = said.pop("rows", ROWS)
    path = tmp_path / "表.xlsx"
    small.save(path, small.parts(rows, **said))
    return FileBook(path).read("表")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"strings": _TEXTS.format("乙县")}, "乙县 2021-09-30"),
        ({"styles": _STYLES.format("0.00")}, "甲县 44469"),
        ({"calendar": 'date1904="1"'}, "甲县 2025-10-01"),
        ({"rows": ROWS.replace(">0<", ">1<")}, "己县 2021-09-30"),
    ],
)
def test_whatever_differs_is_read_anew(tmp_path: Path, said: dict[str, str], shown: str) -> None:
    assert _shown(read(tmp_path)) == "甲县 2021-09-30"
    assert _shown(read(tmp_path, **said)) == shown
    assert _shown(read(tmp_path)) == "甲县 2021-09-30"


def _shown(grid: Grid) -> str:
    return " ".join(map(show, grid.rows[0]))


def _edited(path: Path, *edits: tuple[str, str, str]) -> Path:
    """The case county, where some parts say something else; all others lie in the file as they did."""
    package = Package(CASE.read_bytes())
    for part, *words in edits:
        encoding = "utf-8" if part == "xl/workbook.xml" else "ascii"
        old, new = (text.encode(encoding, "xmlcharrefreplace") for text in words)
        assert old in package.read(part)
        package.replace(part, package.read(part).replace(old, new))
    path.write_bytes(package.build())
    return path


PARTS = {"参数": "xl/worksheets/sheet6.xml", "措辞": "xl/worksheets/sheet7.xml"}


@pytest.mark.parametrize(
    ("sheet", "old", "new"),
    [("措辞", "按建设性质分", "按建设类别分"), ("参数", "陵川县", "凌川县")],
)
def test_counties_that_differ_in_one_row_each_say_their_own(
    tmp_path: Path, sheet: str, old: str, new: str
) -> None:
    there = _edited(tmp_path / "甲.xlsx", (PARTS[sheet], old, new))
    said = [str(run(FileBook(path)).bulletin) for path in (CASE, there, CASE)]
    assert said[0] == said[2]
    assert new not in said[0]
    assert new in said[1]
    assert old not in said[1].replace(new, "")


def test_a_sheet_hidden_in_one_workbook_is_shown_in_the_other(tmp_path: Path) -> None:
    hidden = _edited(
        tmp_path / "甲.xlsx",
        (
            "xl/workbook.xml",
            'name="问题清单" sheetId="5" state="visible"',
            'name="问题清单" sheetId="5" state="hidden"',
        ),
    )
    told = [FileBook(path).read("问题清单").concealed for path in (CASE, hidden, CASE)]
    assert told == [False, True, False]


def test_a_filter_of_a_table_in_one_workbook_is_not_the_others(tmp_path: Path) -> None:
    filtered = _edited(
        tmp_path / "甲.xlsx",
        (
            "xl/tables/table1.xml",
            "<tableColumns",
            '<autoFilter ref="A3:AD44"><filterColumn colId="0"><filters><filter val="1"/></filters>'
            "</filterColumn></autoFilter><tableColumns",
        ),
    )
    told = [FileBook(path).read("项目台账").filtered for path in (CASE, filtered, CASE)]
    assert told == [False, True, False]


def test_what_an_office_s_workbooks_have_in_common_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(FileBook(CASE))
    began: list[str] = []
    begin: Callable[[Reader, str], Any] = Reader._begin

    def noted(self: Reader, name: str) -> Any:
        began.append(name)
        return begin(self, name)

    monkeypatch.setattr(Reader, "_begin", noted)
    run(FileBook(_edited(tmp_path / "甲.xlsx", (PARTS["参数"], "陵川县", "临川县"))))
    assert began == ["参数"]


def test_only_the_last_few_are_kept_and_no_failure() -> None:
    known, made = Remembered[str](2), list[str]()

    def ask(content: str) -> str:
        def make() -> str:
            made.append(content)
            return content

        return known.of(content, make)

    assert [ask(content) for content in "abacab"] == [*"abacab"]
    assert made == [*"abcb"]

    def refuse() -> str:
        raise UserError("坏了")

    for _ in range(2):
        with pytest.raises(UserError):
            known.of("bad", refuse)
    assert ask("b") == "b"
    assert made == [*"abcb"]
