"""The functions and the buttons in a live LibreOffice, over the case county's workbook."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cases.build import WITH_MACROS, WORKBOOK
from office.conftest import Calc, needed, started

from xlplugin.builder.ribbon import GROUPS
from xlplugin.bundle.extension import CODE, parts
from xlplugin.buttons import BUTTONS
from xlplugin.functions import FUNCTIONS, Answers
from xlplugin.functions.answers import NOT_FOUND
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.render import sheet
from xlplugin.schema import ANALYSIS, BULLETIN, LEDGER, RESULTS, SELF_CHECK, SETTINGS

pytestmark = pytest.mark.office
DONE = LEDGER.standard_columns.index(LEDGER["done"]) + 1


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The case workbook with macros, to be opened."""
    return Path(shutil.copy(WITH_MACROS, tmp_path / "台账.xlsm"))


def soon(ask: Callable[[], Any], wanted: Any) -> None:
    """What is wanted comes within ten seconds: Calc tells of changes when it is idle."""
    end = time.monotonic() + 10
    while ask() != wanted and time.monotonic() < end:
        time.sleep(0.1)
    assert ask() == wanted


def near(found: Any, wanted: Any) -> bool:
    """The same to Calc: text, or a number to twelve digits; truth is 1 or 0."""
    if isinstance(wanted, str):
        return bool(found == wanted)
    return bool(found == pytest.approx(float(wanted), rel=1e-12, abs=1e-12))


def test_the_wizard_tells_every_function(calc: Calc) -> None:
    assert sorted(calc("wizard")) == sorted(
        [each.name, each.help, [[one.label, one.help] for one in each.arguments]]
        for each in FUNCTIONS.values()
    )


def test_the_menu_has_the_ribbons_buttons(calc: Calc) -> None:
    title, entries = calc("menu")
    assert title == "重点工程"
    labels = [button.label for group in GROUPS.values() for button in group]
    assert [label for label, _ in entries] == labels
    assert [url for _, url in entries if url.endswith(":bulletin")] == ["cn.kp.office:bulletin"]
    assert {url.rpartition(":")[2] for _, url in entries} == {*BUTTONS, "doctor"}


@pytest.mark.parametrize(
    ("ending", "kind"), [(".ods", "calc8"), (".xlsx", "Calc MS Excel 2007 XML")]
)
def test_saved_and_opened_again_it_is_alive(calc: Calc, book: Path, ending: str, kind: str) -> None:
    saved = book.with_suffix(ending)
    with calc.opened(book) as document:
        calc("put", document, "使用说明", "K1", "=KP_RATE()")
        calc("store", document, str(saved), kind)
    with calc.opened(saved) as document:
        place = (document, "使用说明", "K1")
        changed, undoable = calc("state", document)
        assert undoable == []
        assert not changed or ending == ".ods", "whose charts LibreOffice draws later, and counts"
        assert near(calc("get", *place), FUNCTIONS["KP_RATE"](Answers(run(FileBook(book)))))
        before = calc("get", *place)
        calc("put", document, LEDGER.title, "K5", 20000)
        soon(lambda: calc("get", *place) < before, True)


def test_every_cell_of_the_case_is_what_is_computed(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        assert calc("state", document) == [False, []], "opening changes nothing"
        analysed(calc, document, run(FileBook(book)))
        rows = calc("values", document, SELF_CHECK.title)[3:]
        checked = [row[:5] for row in rows if str(row[0]).startswith("KP")]
        assert len(checked) == sum(len(each.examples) for each in FUNCTIONS.values())
        assert [row for row in checked if row[4] != 1] == []


def test_another_date_changes_every_cell(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        keys = [row[0] for row in calc("values", document, SETTINGS.title)]
        at = keys.index(SETTINGS_DATE) + 1
        calc("put", document, SETTINGS.title, f"B{at}", 44439)  # 2021-08-31
        outcome = run(FileBook(book), dt.date(2021, 8, 31))
        soon(lambda: analysed(calc, document, outcome, ask=True), [])


SETTINGS_DATE = "报告截止日期"


def analysed(calc: Calc, document: str, outcome: Any, *, ask: bool = False) -> list[Any]:
    """Every KP_ cell of 进度分析 against the registry's own answer; the cells that differ."""
    answers = Answers(outcome)
    values = calc("values", document, ANALYSIS.title)
    formulas = calc("formulas", document, ANALYSIS.title)
    seen, wrong = 0, []
    for row, line in enumerate(formulas):
        for column, text in enumerate(line):
            if called := re.search(r"\b(KP_\w+)\(A(\d+);KP_TABLE\)", text):
                seen += 1
                wanted = FUNCTIONS[called[1]](answers, values[int(called[2]) - 1][0])
                if not near(values[row][column], wanted):
                    wrong.append((row, column, text, values[row][column], wanted))
    assert seen > 300
    assert ask or wrong == []
    return wrong


def test_typed_functions_follow_the_ledger(calc: Calc, tmp_path: Path) -> None:
    """In a workbook without macros, names or a table of ours: as a clerk has it."""
    path = Path(shutil.copy(WORKBOOK, tmp_path / "台账.xlsx"))
    answers = Answers(run(FileBook(path)))
    with calc.opened(path) as document:
        place = (document, LEDGER.title)
        typed = {
            "AJ1": ('KP_COMPLETION("LC2021-02")', FUNCTIONS["KP_COMPLETION"](answers, "LC2021-02")),
            "AJ2": ("KP_RATE()", FUNCTIONS["KP_RATE"](answers)),
            "AJ3": (
                'KP_LIST("市重点";;"达到序时")',
                FUNCTIONS["KP_LIST"](answers, "市重点", None, "达到序时"),
            ),
            "AJ4": ("KP_COMPLETION(A4)", FUNCTIONS["KP_COMPLETION"](answers, "LC2021-01")),
            "AJ5": ('KP("在建.完成率")', FUNCTIONS["KP"](answers, "在建.完成率")),
            "AJ6": ("KP_COMPLETION(Z900)", ""),
            "AJ7": ("KP_RATE(;;;A3:Y44)", FUNCTIONS["KP_RATE"](answers)),
        }
        for address, (formula, _) in typed.items():
            calc("put", *place, address, f"={formula}")
        for address, (formula, wanted) in typed.items():
            soon(
                lambda address=address, wanted=wanted: near(calc("get", *place, address), wanted),
                True,
            )
            assert wanted != NOT_FOUND, formula
        ledger = openpyxl.load_workbook(path)
        ledger[LEDGER.title].cell(5, DONE).value = 20000
        ledger.save(path)
        now = Answers(run(FileBook(path)))
        calc("put", *place, "K5", 20000)
        for address, name, *given in (
            ("AJ1", "KP_COMPLETION", "LC2021-02"),
            ("AJ2", "KP_RATE"),
            ("AJ5", "KP", "在建.完成率"),
            ("AJ7", "KP_RATE"),
        ):
            wanted = FUNCTIONS[name](now, *given)
            assert wanted != FUNCTIONS[name](answers, *given)
            soon(
                lambda address=address, wanted=wanted: near(calc("get", *place, address), wanted),
                True,
            )


def test_errors_are_real_and_a_column_gives_a_column(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        place = (document, "使用说明")
        for address, formula, error in (
            ("K1", '=KP_COMPLETION("没有这个")', "#N/A"),
            ("K2", '=KP_SUM("没有")', "#VALUE!"),
            ("K3", "=KP_COMPLETION(1/0)", "#DIV/0!"),
        ):
            calc("put", *place, address, formula)
            assert calc("get", *place, address) == {"error": error}
        calc("put", *place, "K4", '=ISNA(KP_COMPLETION("没有这个"))')
        assert calc("get", *place, "K4") == 1
        calc("put_array", *place, "L1:L3", f"=KP_STATUS($'{LEDGER.title}'.A4:A6)")
        answers = Answers(run(FileBook(book)))
        wanted = [FUNCTIONS["KP_STATUS"](answers, f"LC2021-0{n}") for n in (1, 2, 3)]
        assert [calc("get", *place, f"L{n}") for n in (1, 2, 3)] == wanted


def cells(calc: Calc, document: str) -> dict[str, Any]:
    """All that stands in a document, and how it looks."""
    return {
        name: [calc(what, document, name) for what in ("formulas", "looks")]
        for name in calc("sheets", document)
    }


def test_the_button_writes_what_the_command_writes_and_can_be_undone(
    calc: Calc, book: Path
) -> None:
    outcome = run(FileBook(book))
    written = MemoryBook({name: FileBook(book).read(name) for name in FileBook(book).sheets})
    sheet.write(outcome, written)
    with calc.opened(book) as document:
        before = cells(calc, document)
        text, done = calc("press", document, "bulletin")
        assert done, text
        assert text.startswith(
            "已生成通报，写入「通报」「进度分析」「检查结果」。截至2021年9月30日：41项"
        )
        assert calc("state", document) == [True, ["生成通报"]]
        for each in (BULLETIN, RESULTS):
            told = [
                [cell or "" for cell in row if isinstance(cell, str)]
                for row in written.read(each.title).rows
            ]
            shown = calc("values", document, each.title)
            for row, line in enumerate(told):
                assert {*line} - {""} <= {*shown[row]}, (each.title, row)
        analysed(calc, document, outcome)
        now = cells(calc, document)
        assert {name for name in now if now[name] != before[name]} <= {
            "通报",
            "进度分析",
            "检查结果",
        }
        calc("undo", document)
        assert cells(calc, document) == before


def test_every_button(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        for key in ("check", "refresh", "adopt", "word", "archive"):
            text, done = calc("press", document, key)
            assert done, (key, text)
        assert {"栏目对应", "归档台账"} <= {*calc("sheets", document)}
        assert (book.parent / "台账-通报.docx").exists()
        saved = book.with_name("另存.xlsx")
        calc("store", document, str(saved), "Calc MS Excel 2007 XML")
    assert "归档台账" in FileBook(saved).made, "the program's mark outlives LibreOffice"


def test_errors_in_the_ledger_are_said_and_no_bulletin_is_written(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        calc("put", document, LEDGER.title, "J4", -5)
        before = calc("values", document, BULLETIN.title)
        text, done = calc("press", document, "bulletin")
        assert not done
        assert "没有生成通报" in text
        assert calc("values", document, BULLETIN.title) == before


def test_a_protected_sheet_is_said_before_anything_is_written(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        calc("protect", document, RESULTS.title)
        before = cells(calc, document)
        text, done = calc("press", document, "bulletin")
        assert not done
        assert text.startswith(f"「{RESULTS.title}」受保护，不能写入。请")
        assert cells(calc, document) == before


def test_part_of_an_array_formula_is_said_and_nothing_is_written(calc: Calc, book: Path) -> None:
    with calc.opened(book) as document:
        calc("put_array", document, BULLETIN.title, "A5:A8", "=ROW(A1:A4)")
        before = cells(calc, document)
        text, done = calc("press", document, "bulletin")
        assert not done
        assert text == f"「{BULLETIN.title}」A5 属于数组公式，不能单独改写，请先删除该公式再重试。"
        assert cells(calc, document) == before


def altered(folder: Path, changed: dict[str, str], python: str = sys.executable) -> Path:
    """An extension with some of its parts as given."""
    oxt = folder / "重点工程.oxt"
    with zipfile.ZipFile(oxt, "w") as package:
        for name, text in {**parts(python), **changed}.items():
            package.writestr(name, text)
    return oxt


def test_what_fails_half_way_is_put_back_and_no_more(tmp_path: Path, book: Path) -> None:
    needed()
    name, failing = f"{CODE}/writing.py", 'for row, column, text in step["formulas"]:'
    text = parts(sys.executable)[name]
    assert failing in text
    broken = text.replace(failing, f"{failing}\n            raise RuntimeError('满了')")
    for calc in started(tmp_path, altered(tmp_path, {name: broken})):
        with calc.opened(book) as document:
            calc("put", document, "使用说明", "K1", "我的")
            before = cells(calc, document)
            told, done = calc("press", document, "bulletin")
            assert (told, done) == ("写到一半，LibreOffice 说：满了。已恢复原样。", False)
            assert cells(calc, document) == before
            assert len(calc("state", document)[1]) == 1, (
                "what the clerk typed is still hers to undo"
            )


def test_without_python_values_stay_and_a_button_says_what_to_do(
    tmp_path: Path, book: Path
) -> None:
    needed()
    for calc in started(tmp_path, altered(tmp_path, {}, "/没有/python")):
        with calc.opened(book) as document:
            assert analysed(calc, document, run(FileBook(book))) == []
            assert calc("state", document) == [False, []]
            before = cells(calc, document)
            text, done = calc("press", document, "bulletin")
            assert not done
            assert text.startswith("打不开 /没有/python。请在这台电脑上用 kp bundle --libreoffice")
            assert cells(calc, document) == before
