"""Answers given on the page: what is asked, what may be answered, and the copy that keeps them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from line.desk import AS_OF
from openpyxl import Workbook

from xlplugin.adopt import adopt
from xlplugin.adopt.answers import Asked, answered, questions, questions_of_unread
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.reading.model import Reading
from xlplugin.schema import ADOPTED
from xlplugin.tables import MissingColumn

CASES = Path(__file__).parents[1] / "cases" / "ledgers"


def case(name: str, folder: Path) -> Path:
    return Path(shutil.copy(next(CASES.glob(f"{name}_*.xlsx")), folder / "台账.xlsx"))


def reading(path: Path) -> Reading:
    return run(FileBook(path), AS_OF).reading


def ledger(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEAD = ("项目名称", "项目级别", "建设性质", "总投资", "年度计划投资", "累计完成投资", "开工时间")


def word(path: Path, nature: str, level: str) -> Path:
    return ledger(path, HEAD, ("水厂", level, nature, 50000, 10000, 8000, "2020-05-01"))


def test_over_a_row_that_waits_and_nothing_else_is_changed(tmp_path: Path) -> None:
    """`kp adopt` asked in the workbook; the answer comes from the page, into the cell that waits."""
    source = case("m13", tmp_path)
    adopt(source, AS_OF, in_place=True)
    before, (asked,) = source.read_bytes(), questions(reading(source))
    (tmp_path / "copy").mkdir()
    answer = replace(asked.row, ours="实际开工日期", asked="")
    copy = answered(source, tmp_path / "copy", [answer])
    assert copy.name == source.name
    assert source.read_bytes() == before
    assert not reading(copy).questions
    rows, now = (FileBook(path).read(ADOPTED.title).rows for path in (source, copy))
    assert [at for at, row in enumerate(rows) if now[at] != row] == [
        at for at, row in enumerate(rows) if row[1] == answer.hers
    ]


@pytest.mark.parametrize(
    ("nature", "level", "choices"),
    [
        ("滚动", "县重点", ("在建", "前期")),
        ("在建", "省重占", ("省重点", "市重点", "县重点", "省重占")),
    ],
)
def test_a_word_is_answered_with_any_of_its_choices(
    nature: str, level: str, choices: tuple[str, ...], tmp_path: Path
) -> None:
    source = word(tmp_path / "台账.xlsx", nature, level)
    (asked,) = questions(reading(source))
    assert asked.choices == choices
    (tmp_path / "copy").mkdir()
    for choice in choices:
        copy = answered(source, tmp_path / "copy", [replace(asked.row, ours=choice, asked="")])
        assert not reading(copy).questions


def test_a_unit_is_answered(tmp_path: Path) -> None:
    row = ("水厂", "县重点", "在建", 5, 1, 0.8, "2020-05-01")
    source = ledger(tmp_path / "台账.xlsx", HEAD, row)
    asked = questions(reading(source))
    assert {each.row.asked for each in asked} == {"unit"}
    (tmp_path / "copy").mkdir()
    answers = [replace(each.row, unit="亿元", asked="") for each in asked]
    copy = answered(source, tmp_path / "copy", answers)
    assert run(FileBook(copy), AS_OF).figures.whole.total == 50000 * 1_000_000


def test_a_column_that_is_missing_may_be_any_of_those_that_are_there(tmp_path: Path) -> None:
    """All headings are understood and the level is none of them: the clerk says which one it is."""
    head = ("项目名称", "备注", *HEAD[2:])
    row = ("水厂", "县重点", "在建", 50000, 10000, 8000, "2020-05-01")
    source = ledger(tmp_path / "台账.xlsx", head, row)
    book = FileBook(source)
    with pytest.raises(MissingColumn, match="项目级别"):
        run(book, AS_OF)
    asked: Asked = questions_of_unread(book)[-1]
    assert asked.row.asked == "hers"
    hers, place = next(each for each in asked.headings if each[0] == "备注")
    (tmp_path / "copy").mkdir()
    answer = replace(asked.row, hers=hers, place=place, ours="项目级别", asked="")
    assert reading(answered(source, tmp_path / "copy", [answer])).ledgers[0].rows.projects == 1
