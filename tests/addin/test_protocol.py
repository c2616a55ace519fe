"""Our VBA at work, in an Excel in memory: what a clerk sees in the cells, the status bar and the closing message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from addin.excel import Desk, day, plain
from addin.harness import Dispatch
from pyopenvba.apps.excel._model import Range
from pyopenvba.interpreter import VBAArray, VBADate, VBAObject, member
from pyopenvba.interpreter._values import VBACurrency, error

from xlplugin import hosts
from xlplugin.archive import archive
from xlplugin.book import Changes, Put
from xlplugin.builder import modules, selfcheck
from xlplugin.builder.texts import TEXTS
from xlplugin.cells import column_letters
from xlplugin.functions import FUNCTIONS
from xlplugin.pipeline import run
from xlplugin.schema import ANALYSIS, CLASSES, ISSUES, LEDGER, SELF_CHECK, SETTINGS

PROJECT, OTHER = "LC2021-01", "LC2021-02"
DONE, PLAN = (
    f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[LEDGER.standard_columns.index(LEDGER[key])]}4"
    for key in ("done", "plan")
)


def loads(desk: Desk) -> int:
    return desk.server.calls.count("KP_LOAD")


def test_the_ledger_is_handed_over_once_however_many_cells_ask(desk: Desk) -> None:
    for number in range(1, 42):
        assert desk.call("KP_STATUS", f"LC2021-{number:02}") in ("达到序时", "未达到序时", "未开工")
    assert (loads(desk), desk.server.starts) == (1, 1)


def test_both_forms_give_the_same_values(desk: Desk) -> None:
    table = desk.named("KP_TABLE")
    for name, function in FUNCTIONS.items():
        given = (PROJECT,) if function.mapped else ("plan",) if name == "KP_SUM" else ()
        missing = len(function.arguments) - 1 - len(given)
        tracked = desk.app.interpreter.run(name, [*given, *[""] * missing, table])
        assert tracked == desk.app.interpreter.run(name, list(given)), name
    assert loads(desk) <= 2, "the table of the own ledger is the own ledger"


def test_ranges_missing_and_wrong_arguments(desk: Desk) -> None:
    assert desk.call("KP_COMPLETION", desk.range(LEDGER.title, "A4:A6")) == [
        [0.605],
        [pytest.approx(0.902222, abs=1e-6)],
        [pytest.approx(0.916667, abs=1e-6)],
    ]
    assert desk.call("KP_COMPLETION", desk.range(LEDGER.title, "A4")) == 0.605
    assert desk.call("KP_LIGHT", desk.range(LEDGER.title, "A1:A1048576"))[3] == ["黄"], (
        "no further than the sheet's last row"
    )
    assert desk.call("KP_COMPLETION", "没有") == "#2042"
    assert desk.call("KP_COMPLETION") == desk.call("KP_COMPLETION", "") == ""
    assert desk.call("KP_SUM", "别的") == "#2015"
    assert desk.call("KP_COMPLETION", PROJECT, "不是区域") == "#2015"


def test_an_error_in_a_cell_goes_on_as_that_error(desk: Desk) -> None:
    from pyopenvba.interpreter import VBAErrorValue

    assert desk.call("KP_COMPLETION", VBAErrorValue(2007)) == "#2007"
    assert desk.call("KP_COMPLETION", PROJECT, VBAErrorValue(2029)) == "#2029"


def test_a_change_in_the_ledger_reaches_both_forms(desk: Desk) -> None:
    table = desk.named("KP_TABLE")
    desk.cell("volatile", "KP_COMPLETION", PROJECT)
    desk.cell("tracked", "KP_COMPLETION", PROJECT, table)
    assert [volatile for _, _, volatile in desk.cells.values()] == [True, False]
    read = loads(desk)
    desk.enter(LEDGER.title, DONE, 20000)
    assert desk.shown == {"volatile": 1.0, "tracked": 1.0}
    assert loads(desk) == read + 1, "read once a change"


@pytest.mark.parametrize("arguments", [(), ("KP_TABLE",)], ids=["volatile", "tracked"])
def test_each_form_alone_follows_the_ledger(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.cell("cell", "KP_COMPLETION", PROJECT, *map(desk.named, arguments))
    desk.enter(LEDGER.title, PLAN, 12100)
    assert desk.shown["cell"] == 1.0
    desk.enter(LEDGER.title, DONE, 6050)
    assert desk.shown["cell"] == 0.5


def test_a_change_of_another_input_reaches_both_forms(desk: Desk) -> None:
    desk.cell("volatile", "KP_REQUIRED", PROJECT)
    desk.cell("tracked", "KP_REQUIRED", PROJECT, desk.named("KP_TABLE"))
    desk.enter(SETTINGS.title, "B4", day(2021, 10, 31))
    assert desk.shown == {"volatile": pytest.approx(10 / 12), "tracked": pytest.approx(10 / 12)}


def test_changes_elsewhere_cost_no_reading(desk: Desk) -> None:
    desk.cell("volatile", "KP_COMPLETION", PROJECT)
    read, calculated = loads(desk), desk.calculations
    desk.enter(ANALYSIS.title, "Z99", 1)
    assert (loads(desk), desk.calculations) == (read, calculated)


def test_calculation_by_hand_is_respected(desk: Desk) -> None:
    desk.cell("tracked", "KP_COMPLETION", PROJECT)
    desk.excel.calculation = -4135
    calculated = desk.calculations
    desk.enter(ISSUES.title, "D4", "还没有解决")
    assert desk.calculations == calculated
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605


def test_a_formula_on_an_input_sheet_that_gives_something_else_is_noticed(desk: Desk) -> None:
    desk.app.sheet(SETTINGS.title).sheet.vba_get("Range", ["B4"]).vba_set(
        "Formula", "=DATE(2021,9,30)"
    )  # type: ignore[union-attr]
    desk.cell("cell", "KP_REQUIRED", PROJECT)
    sheet = desk.app.sheet(SETTINGS.title).sheet
    desk.event("Workbook_SheetCalculate", sheet)
    assert desk.shown["cell"] == 0.75
    desk.excel.enable_events = False
    desk.app.sheet(SETTINGS.title).sheet.vba_get("Range", ["B4"]).vba_set(
        "Formula", "=DATE(2021,6,30)"
    )  # type: ignore[union-attr]
    desk.excel.enable_events = True
    desk.event("Workbook_SheetCalculate", sheet)
    assert desk.shown["cell"] == 0.5
    calculated = desk.calculations
    desk.event("Workbook_SheetCalculate", sheet)
    assert desk.calculations == calculated, "nothing new, nothing done"


def test_a_broken_ledger_gives_value_errors_and_says_why(desk: Desk) -> None:
    desk.cell("cell", "KP_COMPLETION", PROJECT)
    desk.enter(LEDGER.title, "B3", "不是名称")
    assert desk.shown["cell"] == "#2015"
    assert LEDGER["name"].heading in str(desk.status)
    desk.enter(LEDGER.title, "B3", LEDGER["name"].heading)
    assert desk.shown["cell"] == 0.605
    assert desk.status is False


def test_a_range_of_another_place_is_a_ledger_of_its_own(desk: Desk) -> None:
    sample = desk.named("KP_SAMPLE")
    assert desk.call("KP_SUM", "plan", "", "", "", sample) == 33000.0
    part = desk.range(LEDGER.title, "A3:AC13")
    assert desk.call("KP_COUNT", "", "", "", part) == 10
    assert desk.call("KP_COUNT") == 41


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_examples_are_true(standard: Path, call_udf: Dispatch, name: str) -> None:
    """What stands in the registry is what our VBA gives over the sample, before any date has been entered."""
    desk = Desk(standard, call_udf)
    for example in FUNCTIONS[name].examples:
        if not example.formula.startswith(name) or "INDEX" in example.formula:
            continue
        inner = example.formula[len(name) + 1 : -1].split(",")[:-1]
        value = desk.call(name, *[each.strip('"') for each in inner], desk.named("KP_SAMPLE"))
        assert value == (
            pytest.approx(example.value) if isinstance(example.value, float) else example.value
        )


def test_without_python_cells_keep_their_values_and_it_is_said_once(desk: Desk) -> None:
    sheet = ANALYSIS.title
    column = {column.key: column_letters(at) for at, column in enumerate(ANALYSIS.columns, 1)}
    asked: list[tuple[str, object, Range]] = [
        ("KP_COMPLETION", OTHER, desk.range(sheet, f"{column['completion']}5")),
        ("KP_GAP", OTHER, desk.range(sheet, f"{column['gap']}5")),
        ("KP_STATUS", PROJECT, desk.range(sheet, f"{column['status']}4")),
        ("KP_LAGGING", PROJECT, desk.range(SELF_CHECK.title, "E4")),
        ("KP_COMPLETION", "没有的项目", desk.range(sheet, "Z98")),
        ("KP_LIGHT", desk.range(sheet, "A4:A5"), desk.range(sheet, f"{column['light']}4:T5")),
    ]
    before = [desk.call(name, given, caller=caller) for name, given, caller in asked]
    assert len(str(before[0])) > len("0.9022"), "more decimals than a cell shows"
    assert before[2:] == ["未达到序时", True, "#2042", [["黄"], ["绿"]]]
    desk.server.reachable = False
    starts = desk.server.starts
    assert [desk.call(name, given, caller=caller) for name, given, caller in asked] == before
    assert desk.call("KP_COMPLETION", PROJECT, caller=desk.range(sheet, "Z99")) == ""
    assert desk.status == TEXTS["OFFLINE"]
    assert desk.server.starts <= starts + 1, "not tried again for every cell"


def test_what_a_cell_shows_is_taken_only_where_that_is_all_of_it(
    case: Path, call_udf: Dispatch
) -> None:
    """A workbook that is opened without Python: there is no last answer yet."""
    desk = Desk(case, call_udf)
    desk.server.reachable = False
    sheet = ANALYSIS.title
    column = {column.key: column_letters(at) for at, column in enumerate(ANALYSIS.columns, 1)}
    assert [
        desk.call("KP_STATUS", PROJECT, caller=desk.range(sheet, f"{column[key]}4"))
        for key in ("completion", "gap", "status", "light")
    ] == ["#2042", "#2042", "未达到序时", "黄"], "a number is shown rounded"
    assert desk.call("KP_LAGGING", PROJECT, caller=desk.range(SELF_CHECK.title, "E4")) is True
    desk.app.sheet(sheet).set_value("Z9", "########")
    assert desk.call("KP_STATUS", PROJECT, caller=desk.range(sheet, "Z9")) == "#2042"


def test_opening_without_python_calculates_nothing(case: Path, call_udf: Dispatch) -> None:
    desk = Desk(case, call_udf)
    desk.server.reachable = False
    desk.open()
    assert (desk.calculations, desk.server.starts, desk.status) == (0, 1, TEXTS["OFFLINE"])


def test_python_gets_a_new_chance_at_opening(desk: Desk) -> None:
    desk.server.reachable = False
    desk.cell("cell", "KP_COMPLETION", PROJECT)
    desk.server.reachable = True
    assert desk.call("KP_COMPLETION", PROJECT) == ""
    desk.open()
    assert desk.shown["cell"] == 0.605


def test_a_process_that_died_is_started_once_more(desk: Desk) -> None:
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605
    dispatch, died = desk.server.dispatch, []

    def dies_once(*given: object) -> object:
        if not died:
            died.append(given)
            raise ZeroDivisionError
        return dispatch(*given)

    def call(*given: object) -> object:
        try:
            return dies_once(*given)
        except ZeroDivisionError:
            raise error(462, "the remote server does not exist") from None

    desk.server.dispatch = call
    assert desk.call("KP_COMPLETION", OTHER) == pytest.approx(0.902222, abs=1e-6)
    assert desk.server.starts == 2


def test_the_wizard_and_opening_start_no_python_and_show_no_zero(
    case: Path, call_udf: Dispatch
) -> None:
    desk = Desk(case, call_udf)
    desk.excel.wizard = True
    assert desk.call("KP_COMPLETION", PROJECT) == ""
    assert desk.call("KP_STATUS", PROJECT, caller=desk.range(ANALYSIS.title, "O4")) == "未达到序时"
    assert desk.server.starts == 0
    desk.excel.wizard = False
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605


def test_opening_registers_the_help_without_python(case: Path, call_udf: Dispatch) -> None:
    desk = Desk(case, call_udf)
    desk.event("Workbook_Open")
    assert desk.server.starts == 0
    assert list(desk.help) == list(FUNCTIONS)
    for name, (category, help, arguments) in desk.help.items():
        assert (category, help) == ("重点工程", FUNCTIONS[name].help)
        assert [str(text).partition("：")[0] for text in arguments] == [
            each.label for each in FUNCTIONS[name].arguments
        ]
    assert desk.app.workbook.saved, "a look at the workbook is no change"


@pytest.mark.parametrize(
    ("macro", "key"),
    [
        ("KpBulletin", "bulletin"),
        ("KpCheck", "check"),
        ("KpRefresh", "refresh"),
        ("KpWord", "word"),
        ("KpAdopt", "adopt"),
        ("KpArchive", "archive"),
        ("KpDoctor", "doctor"),
    ],
)
def test_a_macro_says_what_it_does_and_what_came_of_it(desk: Desk, macro: str, key: str) -> None:
    seen: list[object] = []

    def perform(module: str, function: str, given: tuple[object, ...]) -> object:
        if function != "KP_PING":
            seen.extend([(module, function, given), desk.status])
        return "已生成通报。"

    desk.cell("cell", "KP_COMPLETION", PROJECT)
    dispatch, desk.server.dispatch = desk.server.dispatch, perform
    desk.excel.calculation = -4135
    desk.app.run(macro)
    assert seen == [("xlplugin.addin.macros", "kp_macro", (key,)), TEXTS[f"BUSY_{key.upper()}"]]
    assert [(prompt, title) for _, prompt, title, _ in desk.app.dialogs] == [
        ("已生成通报。", "重点工程")
    ]
    assert desk.status is False
    desk.server.dispatch = dispatch


def test_a_macro_that_fails_says_so(desk: Desk) -> None:
    dispatch, desk.server.dispatch = desk.server.dispatch, lambda *_: "ERR:台账有3处错误。"
    desk.excel.calculation = -4135
    desk.app.run("KpBulletin")
    kind, prompt, _, style = desk.app.dialogs[-1]
    assert (prompt, style) == ("台账有3处错误。", 48)
    assert desk.status is False
    desk.server.dispatch = dispatch
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605


@pytest.mark.parametrize(
    ("dies", "message", "done"),
    [("KP_PING", "已归档。", ["kp_macro"]), ("kp_macro", TEXTS["BROKEN"], [])],
    ids=["before", "in the middle"],
)
def test_a_macro_whose_python_dies_is_never_done_twice(
    desk: Desk, dies: str, message: str, done: list[str]
) -> None:
    """What died before is started anew; how far a macro got that died in the middle, nobody knows."""
    asked: list[str] = []

    def perform(_module: str, function: str, _given: tuple[object, ...]) -> object:
        if function == dies and dies not in died:
            died.append(function)
            raise error(462, "the remote server does not exist")
        asked.append(function)
        return "已归档。" if function == "kp_macro" else ""

    died: list[str] = []
    desk.call("KP_COMPLETION", PROJECT)
    desk.server.dispatch = perform
    desk.excel.calculation = -4135
    desk.app.run("KpArchive")
    assert desk.app.dialogs[-1][1] == message
    assert [function for function in asked if function == "kp_macro"] == done
    assert desk.status is False or desk.status == TEXTS["OFFLINE"]


def test_a_formula_on_the_ledgers_sheet_does_not_hand_itself_over(desk: Desk) -> None:
    """Its own cell would be a circular reference: the table goes over, not all that is used."""
    desk.app.sheet(LEDGER.title).set_value("AZ4", 1)
    desk.app.sheet(LEDGER.title).set_value("B60", "说明")
    handed: list[tuple[object, ...]] = []

    def watch(module: str, function: str, given: tuple[object, ...]) -> object:
        if function == "KP_LOAD":
            handed.append(given)
        return dispatch(module, function, given)

    dispatch, desk.server.dispatch = desk.server.dispatch, watch
    desk.app.interpreter.run("KpState.KpTouched")
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605
    grid = handed[0][2][0]  # type: ignore[index]
    assert (len(grid), len(grid[0])) == (44, len(LEDGER.standard_columns))


def test_a_currency_cell_keeps_all_its_decimals(desk: Desk) -> None:
    class Area(VBAObject):
        vba_type_name = "Range"

        def __init__(self, *values: object) -> None:
            self.values = values

        @member
        def Value(self) -> object:  # noqa: N802
            return VBAArray([(1, 1), (1, len(self.values))], items=list(self.values))

        @member
        def Value2(self) -> object:  # noqa: N802
            return VBAArray([(1, 1), (1, len(self.values))], items=[1.234567, "甲", 44469.0])

    area = Area(VBACurrency("1.2346"), "甲", day(2021, 9, 30))
    found = desk.app.interpreter.run("KpCore.KpValues", [area])
    assert isinstance(found, VBAArray)
    assert plain(found)[0][:2] == [1.234567, "甲"]
    assert isinstance(found.get([1, 3]), VBADate), "a date stays one"


def test_what_is_asked_of_a_range_does_not_fetch_it() -> None:
    """IsError(range) reads all of its values."""
    answer = (
        modules.own()["KpCore"]
        .partition("Public Function KpAnswer")[2]
        .partition("End Function")[0]
    )
    asked = answer.index("IsError(ledger)")
    assert answer.rindex('If TypeName(ledger) <> "Range" Then', 0, asked) > answer.rindex(
        "End If", 0, asked
    )
    core = modules.own()["KpCore"]
    assert core.count("area.HasSpill") == 1
    assert core.rindex("ByVal area As Object", 0, core.index("area.HasSpill")) > core.rindex(
        "End Function", 0, core.index("area.HasSpill")
    )


def test_a_macro_without_python_says_what_to_do(case: Path, call_udf: Dispatch) -> None:
    desk = Desk(case, call_udf)
    desk.server.reachable = False
    desk.app.run("KpDoctor")
    assert desk.app.dialogs[-1][1].startswith(TEXTS["NO_PYTHON"])
    desk.server.reachable = True
    desk.server.dispatch = lambda *_: "一切正常。"
    desk.excel.calculation = -4135
    desk.app.run("KpDoctor")
    assert desk.app.dialogs[-1][1] == "一切正常。"


def test_cells_wait_while_a_macro_works(desk: Desk) -> None:
    desk.cell("cell", "KP_COMPLETION", PROJECT)
    place = desk.range(ANALYSIS.title, "H5")
    known = desk.call("KP_COMPLETION", OTHER, caller=place)
    inside: list[object] = []

    def perform(module: str, function: str, given: tuple[object, ...]) -> object:
        if function == "kp_macro":
            inside.append(desk.call("KP_COMPLETION", OTHER, caller=place))
            return "好了。"
        return dispatch(module, function, given)

    dispatch, desk.server.dispatch = desk.server.dispatch, perform
    desk.app.run("KpArchive")
    assert inside == [known], "the last answer; Python is busy"
    assert desk.shown["cell"] == 0.605
    assert loads(desk) == 2, "read again after the macro"


def test_a_workbook_that_lost_its_names_still_answers(desk: Desk) -> None:
    names = desk.app.workbook.names_
    names.entries = [
        entry for entry in names.entries if entry.name not in ("KP_LEDGER", "KP_TABLE")
    ]
    desk.app.interpreter.run("KpState.KpTouched")
    assert desk.call("KP_COMPLETION", PROJECT) == 0.605


def test_with_alerts_off_the_message_is_in_the_status_bar(desk: Desk) -> None:
    desk.server.dispatch = lambda *_: "已归档。"
    desk.excel.calculation, desk.excel.display_alerts = -4135, False
    desk.app.run("KpArchive")
    assert (desk.status, desk.app.dialogs) == ("已归档。", [])


@pytest.mark.parametrize("date", [(2021, 5, 31), (2021, 12, 31), (2024, 10, 31)])
def test_the_self_check_is_true_at_any_date(
    standard: Path, call_udf: Dispatch, date: tuple[int, int, int]
) -> None:
    """The function on the left says what the formula on the right says, which needs no Python."""
    desk = Desk(standard, call_udf)
    desk.enter(SETTINGS.title, "B4", day(*date))
    sheet = desk.app.sheet(SELF_CHECK.title)
    for row in selfcheck.rows():
        name, _, rest = row.example.formula.partition("(")
        if name not in FUNCTIONS or "INDEX" in rest:
            continue
        told = desk.call(
            name, *[each.strip('"') for each in rest[:-1].split(",")[:-1]], desk.named("KP_SAMPLE")
        )
        cell = f"D{row.number}"
        desk.range(SELF_CHECK.title, cell).vba_set("Formula", sheet.formula(cell))
        assert told == (
            pytest.approx(sheet.value(cell), abs=1e-9)
            if isinstance(told, float)
            else sheet.value(cell)
        ), row.example


def test_a_year_ago_is_known_to_cells_where_the_workbook_keeps_it(
    case: Path, call_udf: Dispatch, tmp_path: Path
) -> None:
    """归档台账 and 分类 are handed over where they are there, and a change in them is one of the ledger's."""
    path = tmp_path / "kept.xlsm"
    shutil.copy(case, path)
    kept = hosts.open(path)
    archive(run(kept), kept)
    kept.write(CLASSES.title, Changes({(1, 1): Put("词"), (1, 2): Put("印作")}))
    kept.save()
    desk = Desk(path, call_udf)
    desk.open()
    assert desk.call("KP", "同比") == "—"
    row = next(
        at
        for at in range(1, 40)
        if desk.app.sheet(SETTINGS.title).value(f"A{at}") == "报告截止日期"
    )
    desk.enter(SETTINGS.title, f"B{row}", day(2022, 9, 30))
    assert desk.cell("growth", "KP", "同比") == 0
    desk.enter(CLASSES.title, "A2", "县住建局")
    desk.enter(CLASSES.title, "B2", "住建局")
    assert desk.call("KP", "住建局.项数") == 8
