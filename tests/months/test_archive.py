"""kp archive: a month kept, the next one compared with it, and the old one written again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from line.county import lingchuan
from line.county import rows as county_rows
from line.desk import book, day, project

from xlplugin.archive import archive, as_it_was
from xlplugin.cli import main
from xlplugin.deliver import of_day
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, LEDGER, MONTHLY_DONE, SETTINGS

CASE = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"
KEPT = (ARCHIVE.title, ARCHIVE_ISSUES.title, MONTHLY_DONE.title)
OCTOBER = day("2021-10-31")


def copy(book: MemoryBook) -> dict[str, list[list[Any]]]:
    """A book's sheets, to be changed."""
    return {title: [list(row) for row in book.read(title).rows] for title in book.sheets}


def october() -> MemoryBook:
    """An invented second month of the case county: September archived, new figures, one project caught up, one fell behind,
    one came, one left, one started at last."""
    book = lingchuan()
    archive(run(book), book)
    sheets = copy(book)
    ledger = county_rows("lingchuan-2021.csv")
    at = {heading: place for place, heading in enumerate(ledger[0])}
    done, plan, start, cause = (
        at[LEDGER[key].heading] for key in ("done", "plan", "actual_start", "cause")
    )
    for row in ledger[1:]:
        row[done] = {"LC2021-01": 17000, "LC2021-14": 5700, "LC2021-05": 3000}.get(
            row[0], min(row[done] * 1.12, row[plan])
        )
        if row[0] == "LC2021-05":
            row[start] = day("2021-10-12")
        if row[0] == "LC2021-14":
            row[cause] = "饲料供应中断"
    ledger = [row for row in ledger if row[0] != "LC2021-36"]
    new = [None] * len(ledger[0])
    for key, value in {
        "id": "LC2021-42",
        "name": "县档案馆新建工程",
        "level": "县重点",
        "nature": "在建",
        "total": 5000,
        "plan": 1000,
        "done": 900,
        "actual_start": day("2021-10-03"),
    }.items():
        new[at[LEDGER[key].heading]] = value
    ledger[0].append(LEDGER["move"].heading)
    sheets[LEDGER.title] = [ledger[0], *(row + [None] for row in ledger[1:]), [*new, "调入"]]
    done_sheet = sheets[MONTHLY_DONE.title]
    gone = next(row for row in done_sheet if "LC2021-36" in row)
    gone += [None] * (len(MONTHLY_DONE.columns) - len(gone))
    gone[-1] = "调出"
    for row in sheets[SETTINGS.title]:
        if row[0] == "报告截止日期":
            row[1] = OCTOBER
    return MemoryBook(sheets)


@pytest.fixture(scope="module")
def second() -> Outcome:
    """October's outcome."""
    return run(october())


def test_a_second_month_has_no_error(second: Outcome) -> None:
    assert second.errors == ()


@pytest.mark.parametrize(
    "clause",
    [
        "新增未达到序时进度1项（平城镇肉牛养殖基地建设项目）",
        "上月未达到、本月已赶上序时进度1项（王莽岭景区基础设施改造提升工程）",
        "城北社区棚户区改造及基础设施配套项目、城南生态公园建设项目、清阳路建设工程均连续2个月",
        "调入1项（县档案馆新建工程）",
        "调出1项（县物流园冷链仓储建设项目）",
        "预计开工时间已过而未开工2项（自供能垃圾完全热裂解处理项目原预计10月下旬开工，县城东北片区新建污水管网工程原预计10月下旬开工）",
        "完成率提高",
    ],
)
def test_a_second_month_says_what_is_new(second: Outcome, clause: str) -> None:
    assert clause in text(second.bulletin)


def test_the_old_month_is_written_again_word_for_word() -> None:
    book = october()
    september = day("2021-09-30")
    assert text(run(as_it_was(book, september), september).bulletin) == text(
        run(lingchuan()).bulletin
    )


def test_a_month_in_the_middle_is_written_again_word_for_word() -> None:
    """With the natures in the clerk's own words, beside a 储备 without figures, that month's issues, and what the month before had promised."""
    waiting = {"nature": "新建", "done": 0, "actual_start": None, "cause": "土地未批"}
    said = {}
    kept: dict[str, Any] = {}
    for month in ("2021-08-31", "2021-09-30", "2021-10-31"):
        desk = book(
            project(1, nature="续建", done=90),
            project(2, expected_start=f"{int(month[5:7])}月下旬", **waiting),
            project(3, nature="储备", plan=None, done=None, actual_start=None),
            issues=[{"id": "P02", "kind": "土地", "text": f"{month[5:7]}月的组卷未批"}],
            **kept,
        )
        outcome = run(desk, day(month))
        said[month] = text(outcome.bulletin)
        archive(outcome, desk)
        kept = {title: desk.read(title).rows for title in KEPT}
    september = day("2021-09-30")
    again = text(of_day(desk, september).bulletin)
    assert again == said["2021-09-30"]
    assert "续建项目1项，新建项目1项，储备项目1项" in again
    assert "预计开工时间已过而未开工1项" in again
    assert "09月的组卷未批" in again


def test_a_day_that_is_not_past_is_todays_ledger() -> None:
    book = october()
    assert as_it_was(book, OCTOBER) is book
    assert as_it_was(book, None) is book
    assert as_it_was(lingchuan(), day("2021-09-30")).sheets == lingchuan().sheets


def test_archiving_twice_keeps_one_record() -> None:
    book = lingchuan()
    for _ in range(2):
        archive(run(book), book)
    rows = [
        row for row in book.read(ARCHIVE.title).rows[1:] if any(cell is not None for cell in row)
    ]
    assert len(rows) == 41
    assert {row[0] for row in rows} == {dt.date(2021, 9, 30)}


def test_a_project_fewer_at_the_second_archiving_leaves_no_ghost() -> None:
    book = lingchuan()
    archive(run(book), book)
    sheets = copy(book)
    sheets[LEDGER.title] = [row for row in sheets[LEDGER.title] if row[0] != "LC2021-36"]
    fewer = MemoryBook(sheets)
    archive(run(fewer), fewer)
    rows = [
        row for row in fewer.read(ARCHIVE.title).rows[1:] if any(cell is not None for cell in row)
    ]
    assert sorted(row[1] for row in rows) == sorted(row[0] for row in sheets[LEDGER.title][1:])


def test_a_ledger_with_errors_is_not_archived() -> None:
    sheets = copy(lingchuan())
    sheets[LEDGER.title][1][0] = None
    book = MemoryBook(sheets)
    with pytest.raises(UserError, match="1处错误，不能归档"):
        archive(run(book), book)
    assert ARCHIVE.title not in book.sheets


def test_kp_archive_fills_the_workbook_and_its_table(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(CASE.read_bytes())
    result = CliRunner().invoke(main, ["archive", str(path)])
    assert (result.exit_code, result.output) == (
        0,
        "已归档2021年9月：41个项目记入「月度完成」9月一栏和「归档台账」。\n",
    )
    workbook = openpyxl.load_workbook(path)
    assert workbook[MONTHLY_DONE.title].tables["MonthlyDone"].ref == "A3:O44"
    grid = FileBook(path).read(MONTHLY_DONE.title)
    assert [row[10] for row in grid.rows[3:44]] == [
        row[10] for row in FileBook(path).read(LEDGER.title).rows[3:44]
    ]
    again = CliRunner().invoke(
        main, ["bulletin", str(path), "-o", str(tmp_path / "out"), "--no-docx"]
    )
    assert again.exit_code == 0, again.output


def test_kp_bulletin_of_an_archived_day_is_that_days(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(CASE.read_bytes())
    assert (
        CliRunner()
        .invoke(main, ["bulletin", str(path), "-o", str(tmp_path / "then"), "--no-docx"])
        .exit_code
        == 0
    )
    assert CliRunner().invoke(main, ["archive", str(path)]).exit_code == 0
    workbook = openpyxl.load_workbook(path)
    ledger = workbook[LEDGER.title]
    ledger["K4"] = 19000
    workbook[SETTINGS.title]["B4"] = day("2021-10-31")
    workbook.save(path)
    now = CliRunner().invoke(
        main,
        ["bulletin", str(path), "-o", str(tmp_path / "now"), "--as-of", "2021-09-30", "--no-docx"],
    )
    assert now.exit_code == 0, now.output
    then, again = (
        (tmp_path / folder / "台账-通报.txt").read_text(encoding="utf-8")
        for folder in ("then", "now")
    )
    assert again == then


@pytest.mark.parametrize(
    ("number", "told"), [("陵重点办〔2021〕3号", True), ("陵重点办〔2021〕4号", False), ("", False)]
)
def test_a_document_number_of_an_earlier_month_is_told(number: str, told: bool) -> None:
    """KP37: the archive keeps each month's 文号; the same month written again may bear its own."""
    first = {"number": "陵重点办〔2021〕3号"}
    desk = book(project(1), settings=first)
    archive(run(desk, day("2021-08-31")), desk)
    assert run(desk, day("2021-08-31")).problems == ()
    sheets = copy(desk) | {
        SETTINGS.title: [["参数", "值"], ["文号", number], ["报告截止日期", day("2021-09-30")]]
    }
    found = [problem.found for problem in run(MemoryBook(sheets)).problems]
    assert found == (["与截至2021年8月31日的一期相同"] if told else [])
