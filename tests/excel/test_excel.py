"""The checklist for real Excel, in one command on a Windows desk: `pytest tests/excel -m excel`.

What no program can see, look at yourself: the tab 重点工程 with six buttons and their tool-tips; the function wizard's
category 重点工程 with Chinese help; that opening shows no repair message; that Undo still works after typing into 项目台账;
that closing after a mere look asks for nothing; that a workbook which lies in OneDrive has all buttons, and 导出Word says what
to do; that ending pythonw.exe in the task manager while 生成通报 runs gives one message and no second run.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from xlplugin.builder import selfcheck
from xlplugin.builder.texts import TEXTS
from xlplugin.render.live import FUNCTIONS as COLUMNS
from xlplugin.schema import ANALYSIS, BULLETIN, LEDGER, RESULTS, SELF_CHECK, SETTINGS

PLACES = {column.key: at for at, column in enumerate(LEDGER.standard_columns, 1)}
SPARE = "ZZ1"
"""A cell of 使用说明 that nothing else uses."""


def formula(book: Any, text: str) -> Any:
    """Enter a formula into a spare cell and give the cell back."""
    cell = book.sheets[0][SPARE]
    cell.formula = f"={text}"
    return cell


def shown(cell: Any) -> str:
    """What the cell shows, errors too."""
    return str(cell.api.Text)


def done(book: Any) -> Any:
    """累计完成投资 of the first project."""
    return book.sheets[LEDGER.title].cells(LEDGER.header_row + 1, PLACES["done"])


@pytest.mark.parametrize("name", ["standard", "case"])
def test_it_opens_without_repair(request: pytest.FixtureRequest, name: str) -> None:
    book = request.getfixturevalue(name)
    caption = str(book.app.api.ActiveWindow.Caption)
    assert "Repair" not in caption
    assert "修复" not in caption
    assert [sheet.name for sheet in book.sheets][-1] == SELF_CHECK.title


@pytest.mark.parametrize("name", ["standard", "case"])
def test_the_self_check_is_all_true(request: pytest.FixtureRequest, name: str) -> None:
    book = request.getfixturevalue(name)
    sheet = book.sheets[SELF_CHECK.title]
    wrong = {
        sheet.cells(row.number, 2).value: (
            shown(sheet.cells(row.number, 3)),
            shown(sheet.cells(row.number, 4)),
        )
        for row in selfcheck.rows()
        if sheet.cells(row.number, 5).value is not True
    }
    assert wrong == {}
    assert sheet.cells(*selfcheck.VERDICT_CELL).value == "全部正确"


def test_both_forms_follow_the_ledger(case: Any) -> None:
    volatile = formula(case, 'KP_COMPLETION("LC2021-01")')
    tracked = case.sheets[0]["ZZ2"]
    tracked.formula = '=KP_COMPLETION("LC2021-01",Ledger[#All])'
    assert volatile.value == tracked.value == pytest.approx(0.605)
    done(case).value = 20000
    assert volatile.value == tracked.value == pytest.approx(1.0)


def test_the_cut_off_date_reaches_tracked_cells(case: Any) -> None:
    cell = formula(case, 'KP_REQUIRED("LC2021-01",Ledger[#All])')
    assert cell.value == pytest.approx(0.75)
    as_of = case.names["KP_ASOF"].refers_to_range
    as_of.value = as_of.value.replace(month=6)
    assert cell.value == pytest.approx(0.5)


def test_a_column_spills_or_fills(case: Any) -> None:
    area = case.sheets[0]["ZZ10:ZZ12"]
    area.formula_array = f"=KP_LIGHT('{LEDGER.title}'!A4:A6)"
    assert area.value == ["黄", "绿", "绿"]


def test_errors_are_excels_own(case: Any) -> None:
    assert shown(formula(case, 'KP_COMPLETION("没有")')) == "#N/A"
    assert shown(formula(case, 'KP_SUM("别的")')) == "#VALUE!"
    assert shown(formula(case, "KP_COMPLETION(1/0)")) == "#DIV/0!"
    assert formula(case, 'IFERROR(KP_COMPLETION("没有"),"接住了")').value == "接住了"


def test_a_broken_ledger_says_why(case: Any) -> None:
    cell = formula(case, 'KP_COMPLETION("LC2021-01")')
    heading = case.sheets[LEDGER.title].cells(LEDGER.header_row, PLACES["name"])
    heading.value = "不是名称"
    assert shown(cell) == "#VALUE!"
    assert LEDGER["name"].heading in str(case.app.status_bar)
    heading.value = LEDGER["name"].heading
    assert cell.value == pytest.approx(0.605)


def test_the_analysis_is_live(case: Any) -> None:
    sheet = case.sheets[ANALYSIS.title]
    row = ANALYSIS.header_row + 1
    place = next(at for at, column in enumerate(ANALYSIS.columns, 1) if column.key == "completion")
    assert sheet.cells(row, place).formula == f"={COLUMNS['completion']}(A{row},KP_TABLE)"
    done(case).value = 20000
    assert sheet.cells(row, place).value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("macro", "sheet"), [("KpCheck", RESULTS), ("KpRefresh", ANALYSIS), ("KpBulletin", BULLETIN)]
)
def test_a_macro_writes_its_sheet_and_says_so(case: Any, macro: str, sheet: Any) -> None:
    case.app.api.Run(f"'{case.name}'!{macro}")
    assert "没有连上" not in str(case.app.status_bar)
    assert case.sheets[sheet.title].used_range.last_cell.row > ANALYSIS.header_row
    assert case.app.calculation == "automatic"
    assert case.app.screen_updating


def test_calculation_by_hand_stays_by_hand(case: Any) -> None:
    case.app.calculation = "manual"
    try:
        done(case).value = 20000
        assert case.app.calculation == "manual"
    finally:
        case.app.calculation = "automatic"


def test_without_python_the_figures_stay(app: Any, tmp_path: Path) -> None:
    """The workbook names a Python that is not there: cached values, one sentence, no #VALUE!."""
    from excel.conftest import opened

    book = opened(app, "lingchuan-2021.xlsm", tmp_path, r"C:\no\such\python.exe")
    try:
        sheet = book.sheets[ANALYSIS.title]
        texts = {
            shown(cell)
            for cell in sheet.range(
                (ANALYSIS.header_row + 1, 1), (ANALYSIS.header_row + 41, len(ANALYSIS.columns))
            )
        }
        assert not {text for text in texts if text.startswith("#")}
        assert {"绿", "黄"} <= texts
        assert app.status_bar == TEXTS["OFFLINE"]
    finally:
        book.close()


def test_opening_is_no_change(app: Any, tmp_path: Path) -> None:
    """Neither a calculation at opening nor the help in the wizard makes Excel ask for saving."""
    from excel.conftest import WORKBOOKS

    path = shutil.copy(WORKBOOKS / "lingchuan-2021.xlsm", tmp_path)
    book = app.books.open(str(path))
    try:
        assert book.api.Saved
    finally:
        book.close()


def test_a_formula_on_the_ledgers_own_sheet(case: Any) -> None:
    """It hands over the table, not itself."""
    sheet = case.sheets[LEDGER.title]
    cell = sheet.cells(LEDGER.header_row + 1, len(LEDGER.columns) + 3)
    cell.formula = f"=KP_COMPLETION(A{LEDGER.header_row + 1})"
    assert cell.value == pytest.approx(0.605)
    assert sheet.api.CircularReference is None


def test_a_currency_format_costs_no_decimals(case: Any) -> None:
    done(case).number_format = "¥#,##0.00"
    done(case).value = 12100.123456
    plan = case.sheets[LEDGER.title].cells(LEDGER.header_row + 1, PLACES["plan"]).value
    cell = formula(case, 'KP_COMPLETION("LC2021-01",KP_TABLE)')
    assert float(cell.api.Value2) == pytest.approx(12100.123456 / plan, rel=1e-12)


def test_added_sheets_need_no_code_names_of_ours(case: Any) -> None:
    """归档 adds a sheet; Excel names its module itself."""
    before = len(case.sheets)
    case.app.api.Run(f"'{case.name}'!KpArchive")
    assert len(case.sheets) == before + 1
    assert case.sheets[-1].api.CodeName.startswith("Sheet")


def test_the_project_compiles(case: Any) -> None:
    """Nothing of the compiled kind came with the file: Excel has made its own from the sources."""
    assert formula(case, 'KP_STATUS("LC2021-01",KP_TABLE)').value == "未达到序时"
    case.save()
    assert "修复" not in str(case.app.api.ActiveWindow.Caption)


def test_the_doctor_answers(case: Any) -> None:
    case.app.api.Run(f"'{case.name}'!KpDoctor")
    assert "32 位" not in str(case.app.status_bar), "a 64-bit Python, whatever Excel is"


def test_it_survives_saving_and_opening(case: Any) -> None:
    path = case.fullname
    case.save()
    case.close()
    import xlwings as xw

    book = xw.apps.active.books.open(path)
    book.app.api.Run(f"'{book.name}'!KpWake")
    assert formula(book, 'KP_COMPLETION("LC2021-01")').value == pytest.approx(0.605)
    assert book.sheets[SETTINGS.title].api.CodeName.startswith("Sheet")
    book.close()
    xw.apps.active.books.open(path)  # for the fixture to close
