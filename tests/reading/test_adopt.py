"""kp adopt: the reading written down for the clerk, her answers kept; and her ledger as a standard workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from line.county import lingchuan
from line.desk import AS_OF, book, project

from xlplugin import tables
from xlplugin.adopt import add, lay_down
from xlplugin.adopt.rows import AdoptedRow, rows
from xlplugin.archive import archive
from xlplugin.book import Changes, Put
from xlplugin.cli import main
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.hosts.openpyxl import OpenpyxlBook
from xlplugin.pipeline import run
from xlplugin.render.record import record
from xlplugin.schema import ADOPTED, ARCHIVE, LEDGER, WORD_MEANS, WORDING

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
CASES = Path(__file__).parents[1] / "cases" / "ledgers"


def case(name: str) -> Path:
    return next(CASES.glob(f"{name}_*.xlsx"))


def kp(*arguments: object) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def adopted(path: Path) -> list[list[object]]:
    return [list(row) for row in FileBook(path).read(ADOPTED.title).rows[ADOPTED.header_row :]]


def laid_down(name: str) -> dict[str, AdoptedRow]:
    return {row.hers: row for row in rows(run(FileBook(case(name)), AS_OF).reading)}


def test_a_heading_and_its_unit_are_filled_in() -> None:
    row = laid_down("m05")["总投资"]
    assert (row.ours, row.unit, row.asked) == ("总投资", "亿元", "")


def test_a_word_is_filled_in() -> None:
    row = laid_down("m17")["续建"]
    assert (row.kind, row.place, row.ours) == (WORD_MEANS, "建设性质", "在建")


def test_what_names_a_month_is_shown_and_not_laid_down() -> None:
    """Next month 1-10月 stands beside it, and the evidence must decide."""
    row = laid_down("m21")["累计完成投资·1-9月"]
    assert (row.ours, row.asked) == ("", "")
    assert "累计完成投资" in row.note


def test_a_question_waits_in_its_cell() -> None:
    row = laid_down("m13")["开工(计划开工)时间"]
    assert (row.ours, row.asked) == ("", "ours")
    assert "应看得出是实际开工还是计划开工" in row.note


def test_a_question_about_a_column_that_is_not_there_waits_in_a_row_of_its_own() -> None:
    (asked,) = [row for row in rows(run(FileBook(case("m11")), AS_OF).reading) if row.asked]
    assert (asked.hers, asked.asked) == ("", "hers")


def test_the_copy_has_the_sheet_and_the_original_nothing_new(tmp_path: Path) -> None:
    source = Path(shutil.copy(case("m13"), tmp_path))
    before = source.read_bytes()
    said = kp("adopt", source, "--as-of", "2021-09-30")
    assert "有1处要问" in said
    assert source.read_bytes() == before
    copy = source.with_name(f"{source.stem}-认表.xlsx")
    sheet = openpyxl.load_workbook(copy)[ADOPTED.title]
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == [
        "A4:A500",
        "D4:D500",
        "E4:E500",
    ]
    assert all(len(each.formula1) <= 257 for each in sheet.data_validations.dataValidation)
    lit = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.style == "KP提醒"]
    assert len(lit) == 1


def test_dropdowns_of_an_open_workbook() -> None:
    workbook = openpyxl.Workbook()
    add([AdoptedRow("栏目", "投资额", "", "总投资")], OpenpyxlBook(workbook))
    offered = workbook[ADOPTED.title].data_validations.dataValidation
    assert [str(each.sqref) for each in offered] == ["A4:A500", "D4:D500", "E4:E500"]
    assert "总投资" in offered[1].formula1


def test_an_answer_is_honoured_and_kept(tmp_path: Path) -> None:
    """Her answer closes the question; adopting again overwrites nothing and adds what is new."""
    source = Path(shutil.copy(case("m13"), tmp_path))
    kp("adopt", source, "--as-of", "2021-09-30", "--in-place")
    workbook = openpyxl.load_workbook(source)
    sheet = workbook[ADOPTED.title]
    answer = next(cell for row in sheet.iter_rows() for cell in row if cell.style == "KP提醒")
    answer.value = "实际开工日期"
    sheet.cell(answer.row, 6).value = "问过张主任"
    workbook.save(source)
    assert not run(FileBook(source), AS_OF).reading.questions
    before = adopted(source)
    assert "新增0行" in kp("adopt", source, "--as-of", "2021-09-30", "--in-place")
    assert adopted(source) == before


@pytest.mark.parametrize(
    ("name", "answer", "left"),
    [
        ("m13", "计划开工日期", "应有「实际开工日期」或「是否开工」一栏"),
        ("m13", "实际开工日期", ""),
        ("m14", "计划竣工日期", ""),
        ("m10", "累计完成投资", "应为2021年1-9月累计完成的投资"),
    ],
)
def test_an_answer_means_that_and_nothing_else(name: str, answer: str, left: str) -> None:
    """A column laid down as planned does not come back as actual; August's does not become September's."""
    book = FileBook(case(name))
    (asked,) = [row for row in rows(run(book, AS_OF).reading) if row.asked]
    sheets = {title: book.read(title).rows for title in book.sheets}
    desk = MemoryBook(sheets)
    add([AdoptedRow("栏目", asked.hers, "", answer)], desk)
    now = run(desk, AS_OF).reading
    assert [
        meant.ours for meant in now.ledgers[0].columns if meant.heading.words == asked.hers
    ] == [answer]
    assert [question.expected for question in now.questions] == ([left] if left else [])


def test_headings_that_nobody_understood_are_asked_about(tmp_path: Path) -> None:
    source = tmp_path / "怪.xlsx"
    workbook = openpyxl.Workbook()
    for row in (
        ["序号", "项目", "建设性质", "项目等次", "投资额", "年内计划数", "干了多少"],
        [1, "水厂", "新建", "县重点", 50000, 10000, 8000],
    ):
        workbook.active.append(row)
    workbook.save(source)
    said = kp("adopt", source, "--as-of", "2021-09-30", "--in-place")
    assert "「累计完成投资」" in said
    workbook = openpyxl.load_workbook(source)
    answers = {"项目等次": "项目级别", "干了多少": "累计完成投资"}
    for row in workbook[ADOPTED.title].iter_rows(min_row=4):
        row[3].value = answers.get(row[1].value)
    workbook.save(source)
    totals = record(run(FileBook(source), AS_OF))["totals"]
    assert totals == {
        "count": 1,
        "investment": "5.00",
        "plan": "1.00",
        "done": "0.80",
        "completion": "80.00",
    }


def test_only_rows_that_are_new_are_added() -> None:
    desk = book(project(nature="续建"))
    add([AdoptedRow("栏目", "项目名称", "", "简称")], desk)
    lay_down(run(book(project(nature="续建")), AS_OF).reading, desk)
    hers = [row[:4] for row in desk.read(ADOPTED.title).rows]
    assert hers.count(["栏目", "项目名称", None, "简称"]) == 1
    assert ["栏目", "项目名称", None, "项目名称"] not in hers
    assert ["词语", "续建", "建设性质", "在建"] in hers


FIGURES = ("totals", "groups", "started", "start_rate", "not_started", "behind", "on_schedule")


@pytest.mark.parametrize(
    "name", ["m01", "m05", "m08", "m12", "m15", "m17", "m18", "m19", "m21", "m27"]
)
@pytest.mark.parametrize("suffix", [".xlsx"])
def test_the_standard_workbook_says_the_same_figures(
    tmp_path: Path, name: str, suffix: str
) -> None:
    target = tmp_path / f"新{suffix}"
    kp("adopt", case(name), "--into", target, "--as-of", "2021-09-30")
    then, now = (record(run(FileBook(path), AS_OF)) for path in (case(name), target))
    for key in FIGURES[:4]:
        assert now[key] == then[key]
    assert [len(now[key]) for key in FIGURES[4:]] == [len(then[key]) for key in FIGURES[4:]]


def test_the_whole_county_goes_into_a_workbook_with_macros(tmp_path: Path) -> None:
    """41 projects under other headings, months, issues and 参数 with them: the same bulletin, word for word."""
    county = lingchuan()
    source = tmp_path / "县.xlsx"
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title in county.sheets:
        page = workbook.create_sheet("2021重点" if title == LEDGER.title else title)
        for row in county.read(title).rows:
            page.append(list(row))
    workbook.save(source)
    target = tmp_path / "新.xlsm"
    kp("adopt", source, "--into", target)
    assert run(FileBook(target)).bulletin == run(FileBook(source)).bulletin


def test_foreign_columns_stand_beside_and_words_go_along(tmp_path: Path) -> None:
    desk = book(project(nature="待定类"))
    table = [list(row) for row in desk.read(LEDGER.title).rows]
    table[0].append("联系电话")
    table[1].append("0356-1")
    source = tmp_path / "自己的.xlsx"
    workbook = openpyxl.Workbook()
    for row in table:
        workbook.active.append(row)
    workbook.save(source)
    refused = CliRunner().invoke(
        main, ["adopt", str(source), "--into", str(tmp_path / "新.xlsx"), "--as-of", "2021-09-30"]
    )
    assert refused.exit_code == 1
    assert not (tmp_path / "新.xlsx").exists()
    own = FileBook(source)
    add([AdoptedRow(WORD_MEANS, "待定类", "建设性质", "前期")], own)
    own.save()
    said = kp("adopt", source, "--into", tmp_path / "新.xlsx", "--as-of", "2021-09-30")
    assert "程序没有的1栏接在右边" in said
    new = FileBook(tmp_path / "新.xlsx")
    head, *body = new.read(LEDGER.title).rows[LEDGER.header_row - 1 :]
    assert dict(zip(head, body[0], strict=False))["联系电话"] == "0356-1"
    outcome = run(new)
    assert not outcome.reading.questions
    assert outcome.facts.data.values("nature_word") == ["待定类"]


def test_her_wording_and_her_archive_go_along(tmp_path: Path) -> None:
    source, target = tmp_path / "case.xlsx", tmp_path / "新.xlsx"
    shutil.copy(WORKBOOKS / "lingchuan-2021.xlsx", source)
    own = FileBook(source)
    wording = tables.read_optional(own, WORDING)
    row, _ = next(wording.items("paragraph"))
    words = "陵川县重点工程本月情况如下。"
    own.write(WORDING.title, Changes({(row, wording.header.columns["template"]): Put(words)}))
    archive(run(own), own)
    own.save()
    kp("adopt", source, "--into", target)
    new = FileBook(target)
    assert words in tables.read_optional(new, WORDING).data.values("template")
    assert new.read(ARCHIVE.title).rows == own.read(ARCHIVE.title).rows


def test_into_overwrites_nothing(tmp_path: Path) -> None:
    target = tmp_path / "新.xlsx"
    target.write_bytes(b"hers")
    arguments = ["adopt", str(case("m05")), "--into", str(target), "--as-of", "2021-09-30"]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert target.read_bytes() == b"hers"


def test_a_row_without_heading_and_place_means_nothing() -> None:
    desk = MemoryBook({LEDGER.title: book(project()).read(LEDGER.title)})
    add([AdoptedRow("栏目", "", "", "简称")], desk)
    desk.write(ADOPTED.title, Changes({(9, 4): Put("总投资")}))
    (now,), (then,) = (run(each, AS_OF).reading.ledgers for each in (desk, book(project())))
    assert now.columns == then.columns
