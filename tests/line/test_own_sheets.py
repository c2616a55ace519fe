"""Nothing of the clerk's is overwritten: a sheet that the program did not make stays, and ours stands beside it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from line.desk import AS_OF, book, project

from xlplugin import deliver, made
from xlplugin.book import Changes, Put
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.render import sheet
from xlplugin.schema import ANALYSIS, ARCHIVE, BULLETIN, MONTHLY_DONE, RESULTS

HERS = [["关于全县重点工程的通报"], ["各部门：我自己写的话。"]]
OURS = f"{BULLETIN.title}（程序生成）"


def desk(**sheets: list[list[object]]) -> MemoryBook:
    """A ledger, and sheets of the clerk's own."""
    own = book(project(), settings={"as_of": AS_OF})
    return MemoryBook({**{title: own.read(title).rows for title in own.sheets}, **sheets})


def remarks(desk: MemoryBook) -> list[str]:
    return [problem.message for problem in run(desk).problems if problem.code == "KP40"]


def test_her_bulletin_stays_and_ours_stands_beside_it():
    own = desk(通报=HERS)
    titles = sheet.write(run(own), own)
    assert own.read("通报").rows == HERS
    assert titles[BULLETIN.key] == OURS
    assert own.read(OURS).rows
    assert remarks(own) == [
        f"「通报」：不是程序写的表，不改动，程序写在「{OURS}」。想用原来的名称，请给自己的表改名。"
    ]


def test_next_month_the_same_sheet_is_used_again():
    own = desk(通报=HERS)
    for _ in range(2):
        sheet.write(run(own), own)
    assert [title for title in own.sheets if "通报" in title] == ["通报", OURS]


def test_a_name_that_is_taken_too_is_left_as_well():
    own = desk(**{"通报": HERS, OURS: HERS})
    assert sheet.write(run(own), own)[BULLETIN.key] == f"{BULLETIN.title}（程序生成2）"
    assert own.read(OURS).rows == HERS


def test_a_clerks_sheet_of_ours_renamed_is_hers():
    own = desk()
    sheet.write(run(own), own)
    kept = own._grids.pop("通报")
    own._grids["9月通报"] = kept
    own.made ^= {"通报", "9月通报"}
    sheet.write(run(own), own)
    assert own.read("9月通报").rows == kept.rows
    assert "通报" in own.sheets


def test_her_results_and_analysis_stay_and_the_bulletin_names_the_right_one():
    own = desk(检查结果=[["检查人", "结果"], ["张三", "好"]], 进度分析=[["项目", "分析"]])
    outcome = run(own)
    titles = sheet.write(outcome, own)
    assert own.read("检查结果").rows == [["检查人", "结果"], ["张三", "好"]]
    assert titles[ANALYSIS.key] == f"{ANALYSIS.title}（程序生成）"
    said = [cell for row in own.read(titles[BULLETIN.key]).rows for cell in row if cell]
    assert any(f"见「{titles[ANALYSIS.key]}」" in line for line in said)
    assert len(remarks(own)) == 2


def test_what_earlier_versions_wrote_is_written_over():
    own = desk()
    sheet.write(run(own), own)
    unmarked = MemoryBook({title: own.read(title).rows for title in own.sheets})
    assert not remarks(unmarked)
    assert {*sheet.write(run(unmarked), unmarked).values()} <= {*own.sheets}
    assert unmarked.made >= {each.title for each in (BULLETIN, ANALYSIS, RESULTS)}


def test_an_archive_of_her_own_is_neither_read_nor_written():
    from xlplugin.archive import archive

    hers = [["截止日期", "谁归的档"], ["2021-08-31", "张三"]]
    own = desk(归档台账=hers)
    archive(run(own), own)
    assert own.read(ARCHIVE.title).rows == hers
    assert made.place(own, ARCHIVE).title == f"{ARCHIVE.title}（程序生成）"


def test_a_monthly_sheet_of_another_shape_is_left_alone():
    from xlplugin.archive import archive

    hers = [["各月完成情况"], ["名称", "一月", "二月"], ["甲", 1, 2]]
    own = desk()
    outcome = run(own)
    own.write(
        MONTHLY_DONE.title,
        Changes({(r, c): Put(v) for r, row in enumerate(hers, 1) for c, v in enumerate(row, 1)}),
    )
    archive(outcome, own)
    assert [[c for c in row if c is not None] for row in own.read(MONTHLY_DONE.title).rows] == hers


@pytest.mark.parametrize("in_place", [False, True])
def test_her_text_survives_in_the_file(tmp_path: Path, in_place: bool):
    source = tmp_path / "台账.xlsx"
    workbook = openpyxl.Workbook()
    own = desk(通报=HERS)
    workbook.remove(workbook.active)
    for title in own.sheets:
        page = workbook.create_sheet(title)
        for row in own.read(title).rows:
            page.append(row)
    workbook.save(source)
    for _ in range(2):
        outputs = deliver.deliver(source, None, None, in_place=in_place, document=False).outputs
    saved = openpyxl.load_workbook(outputs[0])
    assert [[cell.value for cell in row] for row in saved["通报"].iter_rows()] == HERS
    assert saved[OURS].defined_names
    assert not saved["通报"].defined_names
    assert [title for title in saved.sheetnames if BULLETIN.title in title] == ["通报", OURS]
