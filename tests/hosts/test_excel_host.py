"""The examination of hosts, sat by Excel: xlwings' remote engine here, real Excel where there is one (`-m excel`).

Where Excel differs from a file, the test of the same name below stands in the place of the examination's, with the reason.
"""

from __future__ import annotations

import datetime as dt
import sys

import hosts.test_contract as contract
import pytest
from hosts.desktop import Desktop, excel, why_not
from hosts.remote import Model, Page, Remote, Square, engine, model_of, opened

from xlplugin.book import STYLES, Changes, Grid, Put, Span
from xlplugin.cells import CellError
from xlplugin.errors import UserError

globals().update({name: test for name, test in vars(contract).items() if name.startswith("test_")})

EXCEL = pytest.param(
    "excel", marks=[pytest.mark.excel, pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")]
)


@pytest.fixture(scope="module")
def desk():
    """One Excel for all tests that want the real one."""
    with excel() as app:
        yield app


@pytest.fixture(params=["remote", EXCEL])
def host(request):
    if request.param == "excel":
        yield Desktop(request.getfixturevalue("desk"))
        return
    with engine() as xlwings:
        yield Remote(xlwings)


# --- where Excel differs from a file --------------------------------------------------------------------------------------


def test_formula_with_its_result(host):
    """Excel's own result counts, not the one that came along."""
    assert contract.written(host, {(2, 3): Put(999, formula="B2*2")}).at(2, 3) == 200


def test_formula_without_result_is_uncalculated(host):
    """Excel calculates what is put into it."""
    assert contract.written(host, {(2, 3): Put(formula="B2*2")}).at(2, 3) == 200


def test_formula_gives_way_to_a_value(host):
    """The remote engine tells no formulas, so no links to other workbooks either."""
    if not isinstance(host, Remote):
        pytest.skip("real Excel asks for the other workbook: to be seen with eyes")
    book = host.open({"表": Grid([[1, 5]], formulas={(1, 2): "[1]年初!A1"})}, {})
    assert book.read("表").formulas == {}
    book.write("表", Changes({(1, 2): Put(6)}))
    assert (host.again(book).read("表").at(1, 2), host.model.pages[0].at(1, 2).formula) == (6, None)


def test_facts_of_a_sheet(host):
    """The remote engine tells neither hidden rows nor merges nor filters; nothing is claimed, nothing fails."""
    if not isinstance(host, Remote):
        contract.test_facts_of_a_sheet(host)
        return
    grid = host.open(
        {"表": Grid([["甲", 1]] * 9, hidden=frozenset({3}), merged=("D2:E3",), filtered=True)}, {}
    ).read("表")
    assert (grid.hidden, tuple(grid.merged), grid.filtered) == (frozenset(), (), False)


def test_merging(host):
    """The remote engine merges, but does not tell what is merged."""
    if not isinstance(host, Remote):
        contract.test_merging(host)
        return
    contract.written(host, {(5, 1): Put("正文")}, merges=("A5:G5",))
    assert host.model.pages[0].merged == {"A5:G5"}


@pytest.mark.parametrize(
    "name",
    [
        "test_merging_again_changes_nothing",
        "test_overlapping_merge_is_refused",
        "test_a_sheet_written_instead_is_merged_anew",
        "test_writing_under_a_merge_is_refused",
        "test_refused_writing_leaves_all_as_it_was",
    ],
)
def test_of_merges_that_are_there(host, name):
    """As in the examination, where the engine tells what is merged."""
    if isinstance(host, Remote):
        pytest.skip("the remote engine does not tell what is merged")
    getattr(contract, name)(host)


def test_refused_writing_leaves_all_as_it_was(host):
    """Without merges, which the remote engine does not tell."""
    book = host.open({"表": Grid([["题"]])}, {})
    for sheet in ("表", "新表"):
        with pytest.raises(UserError):
            book.write(sheet, Changes({(1, 1): Put("新"), (1, 2): Put("长" * 32768, style="红")}))
    book = host.again(book)
    assert tuple(book.sheets) == ("表",)
    assert book.read("表").rows == [["题"]]


del test_merging_again_changes_nothing  # noqa: F821
del test_a_sheet_written_instead_is_merged_anew  # noqa: F821
del test_overlapping_merge_is_refused  # noqa: F821
del test_writing_under_a_merge_is_refused  # noqa: F821


@pytest.mark.parametrize("key", STYLES)
def test_styles(host, key):
    """Without named styles the looks themselves are put on; two keys of the same looks cannot be told apart then."""
    if not isinstance(host, Remote):
        contract.test_styles(host, key)
        return
    book = host.open({"表": Grid([["甲", 1]])}, {})
    book.write("表", Changes({(1, 1): Put("甲", style=key), (2, 2): Put(None, style=key)}))
    host.again(book)
    for place in ((1, 1), (2, 2)):
        assert host.looks("表", *place) == {
            name: getattr(STYLES[key], name) for name in host.looks("表", *place)
        }


# --- what only Excel does -------------------------------------------------------------------------------------------------

TYPED = [
    "007",
    "1/2",
    "2021-7-9",
    "1e5",
    "50%",
    "TRUE",
    "=1+1",
    "-",
    "+86",
    "@SUM",
    "#N/A 不适用",
    "'引",
]


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("style", [None, "文字", "万元"])
def test_text_stays_text(host, text, style):
    """Excel would take it for a number, a date, a formula."""
    assert contract.written(host, {(2, 2): Put(text, style=style)}).at(2, 2) == text


@pytest.mark.parametrize("value", [12.5, True, dt.date(2021, 7, 9), CellError("#REF!")])
def test_a_text_cell_takes_other_values_as_they_are(host, value):
    """What was text before is formatted as text: a number put there would become text."""
    book = host.open({"表": Grid([["文字", 1]])}, {})
    book.write("表", Changes({(1, 1): Put(value, style="居中")}))
    got = host.again(book).read("表").at(1, 1)
    assert (type(got), got) == (type(value), value)


def test_a_text_cell_takes_a_formula(host):
    book = host.open({"表": Grid([["文字", 4]])}, {})
    book.write("表", Changes({(1, 1): Put(formula="B1*2", style="数字")}))
    assert host.again(book).read("表").at(1, 1) == 8


def test_long_text_is_not_left_in_text_format():
    """Older Excels show such a cell as ####."""
    model, text = model_of({"表": Grid([])}, {}), "长" * 300
    _write(
        model,
        "表",
        {(1, 1): Put(text, style="正文"), (2, 1): Put("短", style="正文"), (3, 1): Put(text)},
    )
    squares = [model.pages[0].at(row, 1) for row in (1, 2, 3)]
    assert [(square.value, square.format) for square in squares] == [
        (text, "General"),
        ("短", "@"),
        (text, "General"),
    ]


def test_few_calls():
    """A ledger of 500 projects goes in by columns, not by cells."""
    rows = {
        (row, column): Put(
            row if column > 2 else f"项目{row}", style="文字" if column < 3 else "万元"
        )
        for row in range(1, 501)
        for column in range(1, 7)
    }
    model = model_of({"表": Grid([])}, {})
    _write(model, "表", rows)
    assert model.actions.count("setValues") == 1
    assert len(model.actions) < 60
    assert model.pages[0].at(500, 6).value == 500


def test_settings_are_restored():
    model = model_of({"表": Grid([])}, {})
    model.calculation = "AutomaticExceptTables"
    _write(model, "表", {(1, 1): Put(1)})
    assert model.calculation == "AutomaticExceptTables"
    assert [name for name in model.actions if name == "setCalculation"] == ["setCalculation"] * 2


def three_sheets(book) -> None:
    with book.together():
        book.write(
            "表", Changes({(1, 1): Put("新"), (2, 1): Put(8), (9, 9): Put("远")}, merges=("D1:E1",))
        )
        book.write("进度", Changes({(5, 1): Put("ZD4")}, span=Span("tblProgress", 1, 9)))
        book.write("通报", Changes({(1, 1): Put("炸")}))


def test_failure_half_way_puts_everything_back(monkeypatch):
    """Whatever fails, the sheets are as they were, the settings too, and an added sheet is gone."""
    from xlplugin.hosts import excel

    model = model_of(
        {"表": Grid([["题", 7], ["007", 2]]), "进度": contract.LEDGER},
        {"进度": ("tblProgress", "A1:B4")},
    )
    entered = excel.enter

    def fails_late(sheet, native, ready, texts):
        entered(sheet, native, ready, texts)
        if any(cell.value == "炸" for cell in ready.values()):
            raise OSError("lost the connection")

    monkeypatch.setattr(excel, "enter", fails_late)
    with opened(model) as xlbook:
        book = excel.ExcelBook(xlbook)
        with pytest.raises(OSError, match="lost"):
            three_sheets(book)
        model.do(xlbook.json()["actions"])
    with opened(model) as xlbook:
        book = excel.ExcelBook(xlbook)
        assert book.sheets == ("表", "进度")
        assert book.read("表").rows == [["题", 7], ["007", 2]]
        assert book.read("进度").rows == [list(row) for row in contract.LEDGER.rows]
    assert (model.pages[0].merged, model.pages[1].tables) == (set(), {"tblProgress": "A1:B4"})
    assert model.calculation == "Automatic"


def test_a_table_does_not_run_into_another():
    model = Model(
        [
            Page(
                "进度",
                {(1, 1): Square("甲"), (9, 1): Square("乙")},
                tables={"一": "A1:B4", "二": "A8:B9"},
            )
        ]
    )
    with pytest.raises(UserError, match="会碰到表格 二"):
        _write(model, "进度", {}, span=Span("一", 1, 8))


def test_the_sheet_in_sight_stays_in_sight():
    model = model_of({"甲": Grid([]), "乙": Grid([])}, {})
    _write(model, "通报", {(1, 1): Put("题")})
    assert model.actions.index("activateSheet") > model.actions.index("addSheet")


def test_reading_needs_no_xlwings_elsewhere():
    """Other hosts do not pay for its import."""
    import subprocess

    code = "import sys, xlplugin.hosts.file, xlplugin.hosts.memory, xlplugin.cli; sys.exit('xlwings' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _write(model: Model, sheet: str, cells, **more) -> None:
    from xlplugin.hosts.excel import ExcelBook

    with opened(model) as book:
        ExcelBook(book).write(sheet, Changes(cells, **more))
        model.do(book.json()["actions"])
