"""The ribbon's buttons: pressed as VBA presses them, on a workbook that is open in xlwings' remote engine."""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import pytest
import xlwings as xw
from hosts.remote import Model, model_of, opened
from xlwings import utils

from xlplugin import buttons
from xlplugin.addin import macros
from xlplugin.book import Grid
from xlplugin.cells import split_address
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.schema import ADOPTED, ANALYSIS, ARCHIVE, BULLETIN, LEDGER, RESULTS

CASE = Path(__file__, "../../../workbooks/lingchuan-2021.xlsx").resolve()


@pytest.fixture(scope="module")
def sheets() -> dict[str, Grid]:
    book = FileBook(CASE)
    return {name: book.read(name) for name in book.sheets}


@pytest.fixture
def model(sheets) -> Model:
    return model_of(sheets, {})


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


def press(key: str, model: Model) -> str:
    """Press a button; the workbook is as Excel has it afterwards."""
    with opened(model) as book:
        said = macros.perform(key, lambda: book)
        model.do(book.json()["actions"])
    return said


def column(model: Model, title: str, at: int = 1) -> list[object]:
    """A column's values."""
    page = next(page for page in model.pages if page.name == title)
    return [
        square.value
        for (_, place), square in sorted(page.squares.items())
        if place == at and square.value != ""
    ]


def spoil(model: Model) -> None:
    """A project's plan becomes text, which is an error."""
    page = next(page for page in model.pages if page.name == LEDGER.title)
    place = next(
        place
        for place, square in sorted(page.squares.items())
        if isinstance(square.value, float) and place[0] > 2
    )
    page.squares[place].value = "一百"


def contents(model: Model) -> dict[str, dict[tuple[int, int], object]]:
    return {
        page.name: {
            place: square.value for place, square in page.squares.items() if square.value != ""
        }
        for page in model.pages
    }


def test_bulletin(model, sheets):
    said = press("bulletin", model)
    assert said.startswith(
        "已生成通报，写入「通报」「进度分析」「检查结果」。截至2021年9月30日：41项"
    )
    memory = MemoryBook(sheets)
    buttons.press("bulletin", memory, Path("x.xlsm"))
    wanted = [row[0] for row in memory.read(BULLETIN.title).rows if row and row[0] is not None]
    assert column(model, BULLETIN.title) == wanted


def test_bulletin_with_errors_fills_only_the_results(model):
    spoil(model)
    before = contents(model)
    said = press("bulletin", model)
    assert said.startswith("ERR:台账有")
    assert "没有生成通报" in said
    after = contents(model)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {RESULTS.title}


def test_check_fills_only_the_results(model):
    before = contents(model)
    assert press("check", model).startswith("检查完毕")
    after = contents(model)
    assert {name for name in after if after[name] != before.get(name)} <= {RESULTS.title}
    assert column(model, RESULTS.title)[0] == RESULTS.title


def test_refresh_fills_only_the_analysis(model):
    before = contents(model)
    assert press("refresh", model).startswith("已刷新「进度分析」")
    after = contents(model)
    assert {name for name in after if after[name] != before.get(name)} <= {ANALYSIS.title}
    light = ANALYSIS.columns.index(ANALYSIS["light"]) + 1
    assert set(column(model, ANALYSIS.title, light)) > {"绿"}


def test_refresh_tells_of_errors(model):
    spoil(model)
    assert "数字仅供参考" in press("refresh", model)


def test_adopt_writes_the_reading_once(model):
    assert "没有要问的" in press("adopt", model)
    headings = column(model, ADOPTED.title, 2)
    assert "项目名称" in headings
    assert "新增0行" in press("adopt", model)
    assert column(model, ADOPTED.title, 2) == headings


def test_archive(model):
    assert press("archive", model).startswith("已归档2021年9月：41个项目")
    assert ARCHIVE.title in [page.name for page in model.pages]


def test_word_needs_a_place(model):
    before = contents(model)
    assert press("word", model).startswith("ERR:工作簿还没有保存到文件夹里")
    assert contents(model) == before


@pytest.mark.parametrize("key", [*buttons.BUTTONS, "doctor"])
@pytest.mark.parametrize(
    "address",
    [
        "https://gov.sharepoint.com/sites/fgj/Shared%20Documents/台账.xlsm",
        "https://gov-my.sharepoint.com/personal/zhang/Documents/台账.xlsm",
        "https://d.docs.live.net/0123/台账.xlsm",
    ],
)
def test_a_workbook_in_the_cloud_only_lacks_a_place_for_the_document(
    model, monkeypatch, key, address
):
    """xlwings' own error, where Excel gives an address and no folder of this desk answers to it."""
    monkeypatch.setattr(
        xw.Book, "fullname", property(lambda _: utils.fullname_url_to_local_path(address))
    )
    said = press(key, model)
    assert said.startswith("ERR:工作簿在网上") == (key == "word")
    assert "意外" not in said
    assert "kp.log" not in said


def test_word_is_written_beside_the_workbook(sheets, tmp_path):
    closing = buttons.press("word", MemoryBook(sheets), lambda: tmp_path / "台账.xlsm")
    written = tmp_path / "台账-通报.docx"
    assert closing.text.startswith(f"已导出 {written}。截至2021年9月30日：41项")
    words = "".join(paragraph.text for paragraph in docx.Document(str(written)).paragraphs)
    assert "累计完成投资24.02亿元" in words


def test_word_of_a_ledger_with_errors_is_not_written(sheets, tmp_path):
    wrong = {
        **sheets,
        LEDGER.title: Grid(
            [
                [*row[:10], "一百", *row[11:]] if row[0] == "LC2021-01" else row
                for row in sheets[LEDGER.title].rows
            ]
        ),
    }
    closing = buttons.press("word", MemoryBook(wrong), lambda: tmp_path / "台账.xlsm")
    assert closing.text.startswith("台账有1处错误，没有导出。")
    assert list(tmp_path.iterdir()) == []


def test_doctor_reports(model):
    said = press("doctor", model)
    assert "。" in said
    assert model.actions == []


def test_a_workbook_without_ledger():
    dated = Grid([["参数", "值"], ["报告截止日期", "2021-09-30"]])
    model = model_of({"甲": Grid([["乙"]]), "参数": dated}, {})
    before = contents(model)
    said = press("check", model)
    assert said.startswith("ERR:")
    assert LEDGER.title in said
    assert contents(model) == before


def test_a_bug_is_one_sentence_and_a_log(model, monkeypatch, tmp_path):
    """What was written before it is put back."""
    before = contents(model)
    from xlplugin.render import sheet

    def fails(_outcome):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(sheet, "results", fails)
    said = press("bulletin", model)
    log = tmp_path / "xlplugin" / "kp.log"
    assert said == f"ERR:程序出了意外，没有改动工作簿。详情已记入 {log}，请把它发给维护人员。"
    assert "ZeroDivisionError: a bug" in log.read_text(encoding="utf-8")
    assert contents(model) == before


def test_a_key_that_no_button_has(model):
    assert press("nonsense", model).startswith("ERR:程序出了意外")


def test_as_vba_calls_it(model):
    """xlwings' own dispatch finds the macro, and hands ThisWorkbook over."""
    from addin.harness import dispatch

    try:
        with opened(model) as book, dispatch() as call_udf:
            said = call_udf("xlplugin.addin.macros", "kp_macro", ("check",), book.impl)
            model.do(book.json()["actions"])
        assert said.startswith("检查完毕")
        assert column(model, RESULTS.title)[0] == RESULTS.title
    finally:
        macros.__dict__.pop("kp_macro", None)


def test_every_button_of_vba_has_its_key():
    """KpMacros.bas names the same keys."""
    vba = Path(sys.modules["xlplugin"].__file__).parent / "builder" / "vba" / "KpMacros.bas"
    import re

    keys = re.findall(r'RunInPython "(\w+)"', vba.read_text(encoding="ascii"))
    assert set(keys) == {*buttons.BUTTONS, "doctor"}


def test_addresses_in_the_results_are_links(model):
    spoil(model)
    press("check", model)
    page = next(page for page in model.pages if page.name == RESULTS.title)
    links = [square.formula for square in page.squares.values() if square.formula]
    assert links
    assert all(
        link.startswith("=HYPERLINK(") and split_address(link.split(',"')[1][:-2]) for link in links
    )
