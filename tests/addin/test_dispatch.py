"""Every KP_ function through xlwings' own `XLPython.CallUDF`, with the values that our VBA hands over."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from addin.harness import UDFS, Dispatch, dispatch

from xlplugin.functions import AS_OF, FUNCTIONS, SAMPLE
from xlplugin.schema import LEDGER, SETTINGS

BOOK, STAMP = "C:\\重点工程\\台账.xlsm", "20211008.1"
PLACE = f"{BOOK}\n\n{STAMP}"
NA = -2146826246
EMPTY = tuple(None for _ in range(5))


def serial(value: Any) -> Any:
    """A cell's value as COM has it: dates with a time, numbers as floats."""
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return float(value) if type(value) is int else value


LEDGER_GRID = tuple(tuple(map(serial, row)) for row in SAMPLE)
SETTINGS_GRID = (("参数", "值"), ("报告截止日期", dt.datetime.combine(AS_OF, dt.time())))


def hand_over(
    call: Dispatch, ledger: Any = LEDGER_GRID, settings: Any = SETTINGS_GRID, place: str = PLACE
) -> str:
    reason = call(
        UDFS,
        "KP_LOAD",
        (place, ("KP_LEDGER", "KP_SETTINGS", "KP_ISSUES"), (ledger, settings, None)),
    )
    assert isinstance(reason, str)
    return reason


def ask(call: Dispatch, name: str, *given: Any, place: str = PLACE) -> Any:
    count = len(FUNCTIONS[name].arguments) - 1
    return call(UDFS, name, (*given, *EMPTY[: count - len(given)], place))


@pytest.fixture
def loaded(call_udf: Dispatch) -> Dispatch:
    assert ask(call_udf, "KP_COUNT") == "#KP:LOAD"
    assert hand_over(call_udf) == ""
    return call_udf


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.mapped])
def test_a_function_of_a_project(loaded: Dispatch, name: str) -> None:
    one = ask(loaded, name, "S-01")
    assert one not in (None, "", "#KP:N/A", "#KP:VALUE", "#KP:LOAD")
    assert ask(loaded, name, " ｓ-01") == one, "as it is typed"
    assert ask(loaded, name, "没有这个项目") == "#KP:N/A"
    assert ask(loaded, name) == ask(loaded, name, "") == ""
    column = (("S-01",), (None,), ("没有",), (NA,), (42.0,))
    assert ask(loaded, name, column) == [[one], [""], ["#KP:N/A"], ["#KP:ERR2042"], ["#KP:N/A"]]
    assert ask(loaded, name, (("S-01", "没有"),)) == [one, "#KP:N/A"], (
        "CallUDF gives one row as a list"
    )
    assert ask(loaded, name, (("S-01", None), ("没有", "S-01"))) == [[one, ""], ["#KP:N/A", one]]


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("KP_SUM", ("plan",), 33000.0),
        ("KP_SUM", ("年度计划投资", "县重点"), 7000.0),
        ("KP_SUM", ("别的",), "#KP:VALUE"),
        ("KP_SUM", (), "#KP:VALUE"),
        ("KP_SUM", ((("plan",), ("done",)),), "#KP:VALUE"),
        ("KP_COUNT", (), 5),
        ("KP_COUNT", ("县重点", "在建", "未开工"), 1),
        ("KP_COUNT", ("乡重点",), "#KP:VALUE"),
        ("KP_RATE", (), 19100 / 33000),
        ("KP_LIST", ("市重点",), "样例二厂房建设项目"),
        ("KP", ("全部.完成率",), 19100 / 33000),
        ("KP", ("县重点.在建.年度计划",), 7000.0),
        ("KP", ("省重点、市重点.项数",), 2),
        ("KP", ("S-01.差距",), -14.5),
        ("KP", ("前期.完成率",), "—"),
        ("KP", ("全部.完成律",), "#KP:VALUE"),
        ("KP", (), "#KP:VALUE"),
    ],
)
def test_a_function_over_the_ledger(
    loaded: Dispatch, name: str, given: tuple[Any, ...], value: Any
) -> None:
    assert ask(loaded, name, *given) == value
    assert ask(loaded, name, *given) == value, "remembered"


def test_another_stamp_asks_for_the_ledger_again(loaded: Dispatch) -> None:
    assert ask(loaded, "KP_COMPLETION", "S-01") == 0.605
    later = f"{BOOK}\n\n20211008.2"
    assert ask(loaded, "KP_COMPLETION", "S-01", place=later) == "#KP:LOAD"
    changed = tuple(
        tuple(20000.0 if cell == 12100.0 else cell for cell in row) for row in LEDGER_GRID
    )
    assert hand_over(loaded, changed, place=later) == ""
    assert ask(loaded, "KP_COMPLETION", "S-01", place=later) == 1.0
    assert ask(loaded, "KP_COMPLETION", "S-01") == "#KP:LOAD", "one reading a source is kept"


def test_workbooks_and_sources_are_kept_apart(loaded: Dispatch) -> None:
    other, elsewhere = f"D:\\别的.xlsm\n\n{STAMP}", f"{BOOK}\n[账.xlsx]表!$A$1:$B$2\n{STAMP}"
    for place in (other, elsewhere):
        assert ask(loaded, "KP_COUNT", place=place) == "#KP:LOAD"
        assert hand_over(loaded, LEDGER_GRID[:3], place=place) == ""
        assert ask(loaded, "KP_COUNT", place=place) == 2
    assert ask(loaded, "KP_COUNT") == 5


@pytest.mark.parametrize(
    ("ledger", "settings", "word"),
    [
        (None, SETTINGS_GRID, LEDGER.title),
        ((("编号", "别的"), ("S-01", 1.0)), SETTINGS_GRID, "项目名称"),
        (LEDGER_GRID, None, "报告截止日期"),
        ("只有一格", SETTINGS_GRID, LEDGER.title),
    ],
)
def test_a_broken_ledger_gives_errors_and_the_reason(
    call_udf: Dispatch, ledger: Any, settings: Any, word: str
) -> None:
    assert word in hand_over(call_udf, ledger, settings)
    assert ask(call_udf, "KP_COMPLETION", "S-01") == "#KP:VALUE"
    assert ask(call_udf, "KP_COUNT") == "#KP:VALUE"


def test_errors_in_cells_are_problems_and_stop_no_function(call_udf: Dispatch) -> None:
    broken = tuple(tuple(NA if cell == 12100.0 else cell for cell in row) for row in LEDGER_GRID)
    assert hand_over(call_udf, broken) == ""
    assert ask(call_udf, "KP_COMPLETION", "S-01") == "—"
    assert ask(call_udf, "KP_COMPLETION", "S-02") == 1.0


def test_the_sample_needs_no_date(call_udf: Dispatch) -> None:
    place = f"{BOOK}\nKP_SAMPLE\n{STAMP}"
    assert hand_over(call_udf, LEDGER_GRID, None, place) == ""
    assert ask(call_udf, "KP_GAP", "S-01", place=place) == pytest.approx(-14.5)


def test_a_workbook_without_names_hands_over_its_sheets_by_title(call_udf: Dispatch) -> None:
    assert (
        call_udf(
            UDFS,
            "KP_LOAD",
            (PLACE, (f"={LEDGER.title}", f"={SETTINGS.title}"), (LEDGER_GRID, SETTINGS_GRID)),
        )
        == ""
    )
    assert ask(call_udf, "KP_COUNT") == 5


@pytest.mark.parametrize("name", FUNCTIONS)
def test_xlwings_knows_the_registrys_arguments(call_udf: Dispatch, name: str) -> None:
    ask(call_udf, name)
    described = getattr(sys.modules[UDFS], name).__xlfunc__
    names = [argument.name for argument in FUNCTIONS[name].arguments[:-1]]
    assert [argument["name"] for argument in described["args"]] == [*names, "place"]
    assert all(argument["options"] == {"convert": "raw"} for argument in described["args"])


def test_the_stubs_do_not_leak() -> None:
    before = set(sys.modules)
    with dispatch() as call:
        assert ask(call, "KP_COUNT") == "#KP:LOAD"
    assert not {
        name
        for name in set(sys.modules) - before
        if "win" in name or "com_server" in name or name == "xlwings.udfs"
    }
