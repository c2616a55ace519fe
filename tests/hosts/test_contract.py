"""What every host must do, whoever holds the workbook: one examination for all of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hosts.examined import HOSTS, Host
from hosts.readers import READERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlplugin.book import STYLES, Area, Changes, Filling, Grid, Layout, Put, Span
from xlplugin.cells import CellError, Uncalculated, normal
from xlplugin.errors import UserError

LONG = "重点项目" * 8000
DAY = dt.date(2021, 7, 9)


EXAMINED = {**HOSTS, **READERS}


@pytest.fixture(params=EXAMINED)
def host(request, tmp_path) -> Host:
    """Each host; where its format has a limit that a question needs, the question must fail, for the reason given."""
    host = EXAMINED[request.param](tmp_path)
    for mark in request.node.iter_markers("needs"):
        if reason := host.limits.get(mark.args[0]):
            request.applymarker(
                pytest.mark.xfail(
                    reason=reason, strict=True, raises=(AssertionError, pytest.fail.Exception)
                )
            )
    return host


def test_every_limit_is_examined():
    needed = {
        mark.args[0]
        for test in globals().values()
        for mark in getattr(test, "pytestmark", ())
        if mark.name == "needs"
    } | set(OF_VALUES.values())
    assert {limit for host in EXAMINED.values() for limit in host.limits} <= needed


def written(host: Host, cells, **more) -> Grid:
    """What a sheet says after these cells were written over a small ledger."""
    book = host.open({"台账": Grid([["编号", "投资"], ["ZD1", 100], ["ZD2", 200]])}, {})
    book.write("台账", Changes(cells, **more))
    return host.again(book).read("台账")


VALUES = {
    "text": ("城关镇", "城关镇"),
    "outer spaces stay": (" 前后 ", " 前后 "),
    "blank text is empty": ("  ", None),
    "several lines": ("甲\n乙", "甲\n乙"),
    "markup": ("<&>\"']]>", "<&>\"']]>"),
    "beyond the basic plane": ("𠮷😀", "𠮷😀"),
    "looks like an escape": ("_x0041_", "_x0041_"),
    "long text": (LONG, LONG),
    "begins with =": ("=1+1", "=1+1"),
    "begins with +": ("+86", "+86"),
    "begins with @": ("@SUM", "@SUM"),
    "begins with -": ("-1+1", "-1+1"),
    "begins with a tab": ("\t=1+1", "\t=1+1"),
    "whole number": (7, 7),
    "decimal number": (0.1, 0.1),
    "negative": (-3.5, -3.5),
    "large": (123456789012345, 123456789012345),
    "exact": (Decimal("12.10"), Decimal("12.1")),
    "truth": (True, True),
    "falsehood": (False, False),
    "date": (DAY, DAY),
    "time of day dropped": (dt.datetime.combine(DAY, dt.time(18, 30)), DAY),
    "error": (CellError("#REF!"), CellError("#REF!")),
    "nothing": (None, None),
}


@pytest.mark.parametrize(("value", "wanted"), VALUES.values(), ids=VALUES)
def test_what_is_written_is_read_in_normal_form(host, value, wanted):
    got = written(host, {(2, 3): Put(value)}).at(2, 3)
    assert got == (
        float(wanted) if isinstance(wanted, Decimal) and isinstance(got, float) else wanted
    )
    assert isinstance(got, bool) is isinstance(wanted, bool)
    assert isinstance(got, CellError) is isinstance(wanted, CellError)


OF_VALUES = {"error": "errors", "begins with +": "signs"}
"""What a format must be able to hold for these."""


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        pytest.param(*pair, marks=[pytest.mark.needs(OF_VALUES[name])] if name in OF_VALUES else [])
        for name, pair in VALUES.items()
        if name not in ("exact", "time of day dropped")
    ],
)
def test_what_the_workbook_has_is_read_in_normal_form(host, value, wanted):
    assert host.open({"表": Grid([[1, value, 2]])}, {}).read("表").at(1, 2) == wanted


@pytest.mark.needs("sheets")
def test_sheets_in_order(host):
    assert tuple(host.open({"乙": Grid([]), "甲": Grid([[1]])}, {}).sheets) == ("乙", "甲")


def test_missing_sheet(host):
    with pytest.raises(KeyError):
        host.open({"台账": Grid([])}, {}).read("通报")


def test_empty_sheet(host):
    assert host.open({"空": Grid([])}, {}).read("空").at(1, 1) is None


def test_untouched_cells_stay(host):
    grid = written(host, {(3, 2): Put(250)})
    assert [list(row[:2]) for row in grid.rows] == [["编号", "投资"], ["ZD1", 100], ["ZD2", 250]]


def test_emptying(host):
    assert written(host, {(3, 2): Put(None)}).at(3, 2) is None


def test_emptying_what_is_not_there(host):
    assert len(written(host, {(90, 9): Put(None)}).rows) == 3


def test_added_sheet_comes_last(host):
    book = host.open({"台账": Grid([[1]])}, {})
    layout = Layout(widths={1: 8, 2: 40}, freeze=2, landscape=True, title_rows=(1, 2))
    book.write(
        "县长's 通报", Changes({(1, 1): Put("标题", style="标题"), (3, 2): Put(0.5)}, layout=layout)
    )
    book = host.again(book)
    assert tuple(book.sheets) == ("台账", "县长's 通报")
    assert book.read("县长's 通报").at(1, 1) == "标题"
    assert book.read("县长's 通报").at(3, 2) == 0.5


@pytest.mark.needs("marks")
def test_a_sheet_that_the_program_made_says_so_and_no_other(host):
    book = host.open({"台账": Grid([[1]]), "县长's 通报": Grid([["旧"]])}, {})
    for sheet in ("县长's 通报", "检查结果", "县长's 通报"):
        book.write(sheet, Changes({(1, 1): Put("标题")}, made=True))
    book.write("检查结果", Changes({(1, 1): Put("又写")}))
    book = host.again(book)
    assert [title for title in book.sheets if title in book.made] == ["县长's 通报", "检查结果"]


@pytest.mark.parametrize("name", ["", "甲/乙", "[1]", "问?", "'引'", "长" * 32])
def test_added_sheet_needs_a_proper_name(host, name):
    with pytest.raises(UserError, match="工作表名"):
        host.open({"台账": Grid([])}, {}).write(name, Changes({}))


def test_formula_with_its_result(host):
    assert written(host, {(2, 3): Put(200, formula="B2*2")}).at(2, 3) == 200


@pytest.mark.needs("formulas")
def test_formula_without_result_is_uncalculated(host):
    got = written(host, {(2, 3): Put(formula="B2*2")}).at(2, 3)
    assert (type(got), got) == (Uncalculated, "B2*2")


@pytest.mark.needs("links")
def test_formula_gives_way_to_a_value(host):
    book = host.open({"表": Grid([[1, 5]], formulas={(1, 2): "[1]年初!A1"})}, {})
    assert book.read("表").formulas == {(1, 2): "[1]年初!A1"}
    book.write("表", Changes({(1, 2): Put(6)}))
    grid = host.again(book).read("表")
    assert (grid.at(1, 2), dict(grid.formulas)) == (6, {})


def test_formula_over_tables_is_no_link(host):
    grid = written(host, {(2, 3): Put(1, formula="SUM(台账[年度计划])")})
    assert dict(grid.formulas) == {}


@pytest.mark.needs("facts")
def test_facts_of_a_sheet(host):
    facts = Grid([["甲", 1]] * 9, hidden=frozenset({3, 4}), merged=("D2:E3",), filtered=True)
    grid = host.open({"表": facts}, {}).read("表")
    assert (grid.hidden, tuple(grid.merged), grid.filtered) == ({3, 4}, ("D2:E3",), True)


def test_facts_of_a_plain_sheet(host):
    grid = host.open({"表": Grid([["甲", 1]])}, {}).read("表")
    assert (grid.hidden, tuple(grid.merged), grid.filtered) == (frozenset(), (), False)


@pytest.mark.needs("merging")
def test_merging(host):
    assert tuple(written(host, {(5, 1): Put("正文")}, merges=("A5:G5",)).merged) == ("A5:G5",)


@pytest.mark.needs("merging")
def test_merging_again_changes_nothing(host):
    book = host.open({"表": Grid([["题"]], merged=("A1:C1",))}, {})
    book.write("表", Changes({(1, 1): Put("新题"), (1, 2): Put(None)}, merges=("A1:C1",)))
    assert tuple(host.again(book).read("表").merged) == ("A1:C1",)


@pytest.mark.needs("merged")
def test_overlapping_merge_is_refused(host):
    book = host.open({"表": Grid([["题"]], merged=("A1:C1",))}, {})
    with pytest.raises(UserError, match="「表」B1:D1 与已有的合并单元格 A1:C1 重叠"):
        book.write("表", Changes({}, merges=("B1:D1",)))


@pytest.mark.needs("merging")
def test_a_sheet_written_instead_is_merged_anew(host):
    book = host.open({"表": Grid([["题", None, "注"], ["甲"]], merged=("A1:B1", "A2:C2"))}, {})
    book.write("表", Changes({(1, 2): Put("值")}, merges=("A2:B2",), instead=True))
    grid = host.again(book).read("表")
    assert tuple(grid.merged) == ("A2:B2",)
    assert grid.at(1, 2) == "值"


@pytest.mark.needs("heights")
def test_widths(host):
    book = host.open({"表": Grid([["题", "注"]])}, {})
    book.write("表", Changes({}, widths={1: 30.5, 3: 12}))
    book = host.again(book)
    assert [host.width(book, "表", column) for column in (1, 3)] == [30.5, 12]


@pytest.mark.needs("merged")
def test_writing_under_a_merge_is_refused(host):
    book = host.open({"表": Grid([["题"]], merged=("A1:C1",))}, {})
    with pytest.raises(UserError, match="「表」B1 被合并单元格 A1:C1 盖住"):
        book.write("表", Changes({(1, 2): Put("看不见")}))


@pytest.mark.parametrize(
    ("put", "said"),
    [(Put("长" * 32768), "超过单元格的上限"), (Put(dt.date(1899, 12, 1)), "早于 1900-03-01")],
    ids=["text too long", "date before all dates"],
)
def test_what_no_cell_can_hold(host, put, said):
    with pytest.raises(UserError, match="「台账」B2.*" + said):
        written(host, {(2, 2): put})


@pytest.mark.needs("merged")
def test_refused_writing_leaves_all_as_it_was(host):
    book = host.open({"表": Grid([["题"]], merged=("A1:C1",))}, {})
    with pytest.raises(UserError):
        book.write("表", Changes({(1, 1): Put("新"), (1, 2): Put("看不见", style="红")}))
    with pytest.raises(UserError):
        book.write("新表", Changes({(1, 1): Put("长" * 32768)}))
    assert tuple(host.again(book).sheets) == ("表",)
    assert host.again(book).read("表").at(1, 1) == "题"


@pytest.mark.needs("styles")
@pytest.mark.parametrize("key", STYLES)
def test_styles(host, key):
    book = host.open({"表": Grid([["甲", 1]])}, {})
    book.write("表", Changes({(1, 1): Put("甲", style=key), (2, 2): Put(None, style=key)}))
    book = host.again(book)
    assert [host.style(book, "表", *place) for place in ((1, 1), (2, 2))] == ["KP" + key] * 2


@pytest.mark.needs("heights")
def test_heights(host):
    book = host.open({"表": Grid([["甲"], ["乙"]])}, {})
    book.write("表", Changes({}, heights={1: 30.5, 2: None, 5: 42}))
    book = host.again(book)
    assert [host.height(book, "表", row) for row in (1, 2, 5)] == [30.5, None, 42]


LEDGER = Grid([["编号", "投资"], ["ZD1", 100], ["ZD2", 200], ["ZD3", 300]])


@pytest.mark.needs("tables")
@pytest.mark.parametrize("last", [3, 4, 9])
def test_table_reaches_its_last_row(host, last):
    book = host.open({"进度": LEDGER}, {"进度": ("tblProgress", "A1:B4")})
    book.write("进度", Changes({(4, 1): Put("ZD3")}, span=Span("tblProgress", 1, last)))
    assert host.table(host.again(book), "进度", "tblProgress") == f"A1:B{last}"


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=40
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
CELLS = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
    | TEXTS
)
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 30))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(PLACES, CELLS, max_size=12))
def test_law_what_is_written_is_read(host, cells):
    """Whatever is written is read back in its normal form, and nothing else changes."""
    before = {
        (row, column): value
        for row, values in enumerate(LEDGER.rows, 1)
        for column, value in enumerate(values, 1)
    }
    book = host.open({"台账": LEDGER}, {})
    book.write("台账", Changes({place: Put(value) for place, value in cells.items()}))
    grid = host.again(book).read("台账")
    for place, value in {**before, **cells}.items():
        assert grid.at(*place) == normal(value)


def test_an_area_is_its_cells(host):
    """A table's body over rows that are there and rows that are not, beside single cells: as if written one by one."""
    table = Area(
        2,
        2,
        (
            Filling([1, 2.5, None, 40], "数字"),
            Filling(["甲", "", "=丙", "丁\n戊"], ["文字", "错误", "文字", "绿"]),
            Filling([DAY, None, True, 80], "居中", [None, None, None, "B5*2"]),
        ),
    )
    whole = Changes({(4, 6): Put("旁", style="红")}, {2: 30, 5: 40.5, 7: 20}, areas=(table,))
    books = [
        host.open({"台账": Grid([["编号", "投资"], ["ZD1", 100], ["ZD2", 200]])}, {})
        for _ in range(2)
    ]
    books[0].write("台账", whole)
    books[1].write("台账", Changes(whole.puts(), whole.heights))
    one, other = (host.again(book) for book in books)
    assert [list(row) for row in one.read("台账").rows] == [
        list(row) for row in other.read("台账").rows
    ]
    assert one.read("台账").at(5, 4) == 80
    for row, column in whole.puts():
        assert host.style(one, "台账", row, column) == host.style(other, "台账", row, column)
    assert [host.height(one, "台账", row) for row in range(1, 8)] == [
        host.height(other, "台账", row) for row in range(1, 8)
    ]


def test_what_is_written_instead_empties_what_it_does_not_name(host):
    """A shorter list over a longer one, narrower in one row: nothing of the old one is left, and what was empty stays so."""
    old = [["甲", 1, "旁"], ["乙", 2], ["丙", 3.5, None, DAY], [], [None, "戊"]]
    book = host.open({"台账": Grid(old)}, {})
    book.write("台账", Changes({}, dict.fromkeys((2, 3), 40)))
    book = host.again(book)
    one = Area(1, 1, (Filling(["新", "乙"], "文字"),))
    book.write("台账", Changes({(2, 3): Put(True)}, {2: 30}, areas=(one,), instead=True))
    book = host.again(book)
    grid = book.read("台账")
    held = [[cell for cell in row if cell is not None] for row in grid.rows]
    assert held[:2] == [["新"], ["乙", True]]
    assert grid.at(2, 3) is True
    assert not any(held[2:])
    assert {
        host.style(book, "台账", *place) for place in ((1, 2), (2, 2), (3, 1), (3, 4), (5, 2))
    } == {host.style(book, "台账", 1, 3)}
    assert host.height(book, "台账", 3) != 40


def test_an_area_holds_only_what_a_cell_can(host):
    book = host.open({"台账": Grid([[1]])}, {})
    with pytest.raises(UserError, match="B3"):
        book.write(
            "台账", Changes({}, areas=(Area(2, 2, (Filling(["短", "长" * 40_000], "文字"),)),))
        )
    assert host.again(book).read("台账").at(2, 2) is None
