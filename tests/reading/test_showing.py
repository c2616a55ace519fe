"""What a clerk sees of the reading: a dozen lines, a sheet with links, one object; one message a cause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from line.county import lingchuan
from line.desk import AS_OF, book, early, project, see

from xlplugin.cells import runs
from xlplugin.cli import main
from xlplugin.errors import Problem, together
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.render import reading, sheet
from xlplugin.schema import READING, RESULTS

CASES = Path(__file__).parents[1] / "cases" / "ledgers"


def case(name: str) -> Path:
    return next(CASES.glob(f"{name}_*.xlsx"))


def check(name: str, *options: str) -> str:
    done = CliRunner().invoke(main, ["check", str(case(name)), "--as-of", "2021-09-30", *options])
    return done.stdout


SAID = {
    "m05": "总投资 ← E2「总投资」，亿元（A1「单位：个、亿元」）",
    "m08": "读「县重点」（各表项目不同，合在一起）",
    "m15": "1个项目（第2—4行），子项2行",
    "m17": "用词：续建 → 在建 1处",
    "m19": "合计1行",
    "m21": "累计完成投资 ← H2「累计完成投资·1-9月」，1-9月",
    "m22": "没有用的表：「项目清单」",
    "m01": "没有用：",
}


@pytest.mark.parametrize(("name", "line"), SAID.items(), ids=SAID)
def test_the_reading_is_said_first_and_in_a_dozen_lines(name: str, line: str) -> None:
    lines = check(name).splitlines()
    assert lines[0].startswith("读「")
    told = [each for each in lines if each[:2] not in ("错误", "提醒")]
    assert any(line in each for each in told)
    assert len(told) <= 13


def test_a_standard_workbook_needs_a_line() -> None:
    outcome = run(lingchuan())
    assert reading.is_plain(outcome.reading)
    assert len(reading.text(outcome.reading)) == 1


def test_a_standard_workbook_gets_no_sheet_of_its_reading() -> None:
    desk = lingchuan()
    sheet.write(run(desk), desk)
    assert READING.title not in desk.sheets


def test_foreign_headings_and_questions_are_named() -> None:
    desk = book(project())
    rows = [list(row) for row in desk.read("项目台账").rows]
    rows[0].append("联系电话")
    rows[1].append("0356-1234567")
    rows[0][rows[0].index("建设性质")] = "建设性质"
    rows[1][rows[0].index("建设性质")] = "待定类"
    outcome = run(type(desk)({"项目台账": rows}), AS_OF)
    said = "".join(reading.text(outcome.reading))
    assert "程序没有的栏目：I1「联系电话」" in said
    assert "要问的有1处" in said


def test_the_sheet_links_to_the_cells() -> None:
    outcome = run(FileBook(case("m21")), AS_OF)
    changes = reading.sheet(outcome.reading)
    lines = [
        (row, changes.at(row, 2), changes.at(row, 3))
        for row in range(4, changes.areas[0].rows.stop)
    ]
    at = next(place for _, hers, place in lines if hers and hers.value == "累计完成投资·1-9月")
    assert at
    assert at.formula == 'HYPERLINK("#\'Sheet1\'!H2","「Sheet1」H2")'


def test_json_has_it() -> None:
    told = json.loads(check("m21", "--json"))["reading"]
    assert list(told) == ["sheets", "columns", "words", "rows", "questions"]
    assert {
        "kind": "栏目",
        "hers": "累计完成投资·1-9月",
        "sheet": "Sheet1",
        "cell": "H2",
        "ours": "累计完成投资",
        "unit": "万元",
    }.items() <= told["columns"][6].items()


def test_the_written_workbook_is_read_as_before(tmp_path: Path) -> None:
    """Sheets of ours are no ledgers, whatever they are called."""
    command = ["bulletin", str(case("m21")), "-o", str(tmp_path), "--as-of", "2021-09-30"]
    assert CliRunner().invoke(main, command).exit_code == 0
    written = FileBook(next(tmp_path.glob("*.xlsx")))
    assert READING.title in written.sheets
    before, now = run(FileBook(case("m21")), AS_OF), run(written, AS_OF)
    assert now.bulletin == before.bulletin
    (ledger,), (then,) = now.reading.ledgers, before.reading.ledgers
    assert (ledger.columns, ledger.rows) == (then.columns, then.rows)


def test_sheet_decides() -> None:
    assert "读「县重点」（由 --sheet 指定）" in check("m08", "--sheet", "县重点")
    assert "1项" in check("m08", "--sheet", "县重点").splitlines()[-1]
    failed = CliRunner().invoke(main, ["check", str(case("m08")), "--sheet", "乡重点"])
    assert failed.exit_code == 1


def problem(cell: str, found: str = "现在没有") -> Problem:
    return Problem("KP18", "E", "项目台账", cell, "原因", "应写明", found)


def test_what_is_said_of_several_cells_is_said_once() -> None:
    found = together([problem("U40"), problem("U41"), problem("V9", "现为空"), problem("U44")])
    assert [(p.cell, runs(cells)) for p, cells in found] == [("U40", "U40—U41、U44"), ("V9", "V9")]
    (one, cells), *rest = together([problem("U40"), problem("U41", "现为空")], alike=2)
    assert (one.found, cells, rest) == ("现在没有；现为空", ["U40", "U41"], [])


def test_results_have_a_row_a_cause() -> None:
    outcome = see(*(early(n, plan=None, done=None) for n in range(1, 6)))
    rows = sheet.results(outcome).areas[0]
    assert len(rows.rows) < len(outcome.problems)
    places = [rows.fillings[4].put(at).value for at in range(len(rows.rows))]
    assert any("（5处）" in str(place) for place in places), places
    assert RESULTS.columns[4].key == "cell"


def test_the_manual_shows_what_is_said() -> None:
    manual = (Path(__file__).parents[2] / "workbooks" / "README.md").read_text(encoding="utf-8")
    for line in check("m21").splitlines()[:4]:
        assert line in manual
