"""A table that grows or shrinks takes along its filter, validations, formats and the sheet's own charts."""

from __future__ import annotations

import re

import openpyxl
import pytest
import xlsxwriter
from hosts import small
from hosts.rich import rich

from xlplugin.book import Changes, Put, Span
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

LEDGER, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"


@pytest.fixture
def progress(tmp_path):
    """进度分析 as our workbooks have it: a table at B4:D8 with charts over its columns beside it."""
    path = tmp_path / "进度.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("进度分析")
        data = [[f"项目{n}", 10 * n, "绿"] for n in range(1, 5)]
        heads = [{"header": each} for each in ("名称", "完成", "灯")]
        sheet.add_table("B4:D8", {"name": "tblProgress", "data": data, "columns": heads})
        column = book.add_chart({"type": "column"})
        column.add_series(
            {
                "name": "=进度分析!$C$4",
                "categories": "=进度分析!$B$5:$B$8",
                "values": "=进度分析!$C$5:$C$8",
                "categories_data": ["项目1", "项目2", "项目3", "项目4"],
                "values_data": [10, 20, 30, 40],
            }
        )
        column.add_series({"values": "=进度分析!$C$5:$C$6"})
        column.add_series({"values": "=进度分析!$H$5:$H$8"})
        sheet.insert_chart("F2", column)
        sheet.conditional_format("D5:D8", {"type": "cell", "criteria": "==", "value": '"红"'})
        sheet.conditional_format("C5:C6", {"type": "data_bar"})
        sheet.conditional_format("C5:C8", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("D5:D8", {"validate": "list", "source": ["红", "黄", "绿"]})
    return path


def saved(path, changes: Changes, sheet: str = "进度分析"):
    book = FileBook(path)
    book.write(sheet, changes)
    target = path.with_name("后" + path.suffix)
    book.save(target)
    return {
        name: data.decode() for name, data in small.load(target).items() if name.endswith(".xml")
    }


def grown(last: int, values=range(5, 50)) -> Changes:
    puts = {(row, 3): Put(row * 1.5) for row in values if row <= last}
    return Changes(
        {**puts, (9, 2): Put("新 & 项目")} if last > 8 else puts, span=Span("tblProgress", 4, last)
    )


@pytest.mark.parametrize(("last", "reaches"), [(11, 11), (6, 6), (5, 5), (4, 5), (0, 5)])
def test_table_filter_validations_and_formats(progress, last, reaches):
    parts = saved(progress, grown(last))
    assert re.findall(r' ref="([^"]+)"', parts[TABLE]) == [f"B4:D{reaches}"] * 2
    column = "D5" if reaches == 5 else f"D5:D{reaches}"
    assert re.findall(r'<conditionalFormatting sqref="(D[^"]+)"', parts[LEDGER]) == [column]
    assert re.findall(r'<dataValidation [^>]*sqref="([^"]+)"', parts[LEDGER]) == [column]
    assert re.findall(r"<xm:sqref>([^<]+)<", parts[LEDGER]) == [column.replace("D", "C")]
    assert '<conditionalFormatting sqref="C5:C6"' in parts[LEDGER]


def references(parts) -> list[tuple[str, list[str]]]:
    found = re.findall(
        r"<c:f>([^<]+)</c:f>(?:<c:(?:num|str)Cache>(.*?)</c:(?:num|str)Cache>)?",
        parts["xl/charts/chart1.xml"],
    )
    return [
        (formula.split("!")[1], re.findall(r"<c:v>([^<]*)</c:v>", cache))
        for formula, cache in found
    ]


def test_charts_follow_with_the_values_to_be_seen(progress):
    assert references(saved(progress, grown(9))) == [
        ("$C$4", ["完成"]),
        ("$B$5:$B$9", ["项目1", "项目2", "项目3", "项目4", "新 &amp; 项目"]),
        ("$C$5:$C$9", ["7.5", "9.0", "10.5", "12.0", "13.5"]),
        ("$C$5:$C$6", ["10", "20"]),
        ("$H$5:$H$8", []),
    ]


def test_charts_follow_a_shrunken_table(progress):
    assert references(saved(progress, grown(6)))[1:3] == [
        ("$B$5:$B$6", ["项目1", "项目2"]),
        ("$C$5:$C$6", ["7.5", "9.0"]),
    ]


def test_new_values_reach_the_chart_of_a_table_that_stays(progress):
    assert references(saved(progress, grown(8)))[2] == ("$C$5:$C$8", ["7.5", "9.0", "10.5", "12.0"])


def test_unknown_values_leave_no_stale_picture(progress):
    changes = Changes({(9, 3): Put(formula="C8*2")}, span=Span("tblProgress", 4, 9))
    assert references(saved(progress, changes))[2] == ("$C$5:$C$9", [])


def test_shrinking_to_one_row_and_growing_again(progress):
    saved(progress, grown(5))
    parts = saved(progress.with_name("后.xlsx"), grown(12))
    assert references(parts)[2][0] == "$C$5:$C$12"
    assert re.findall(r'<dataValidation [^>]*sqref="([^"]+)"', parts[LEDGER]) == ["D5:D12"]


def test_nothing_else_of_the_chart_changes(progress):
    before = small.load(progress)["xl/charts/chart1.xml"].decode()
    after = saved(progress, grown(9))["xl/charts/chart1.xml"]
    blank = re.compile(r"<c:(num|str)Ref>.*?</c:\1Ref>", re.S)
    assert blank.sub("", before) == blank.sub("", after)


def test_table_of_another_name_is_the_clerks_own_affair(progress):
    parts = saved(progress, Changes({(5, 3): Put(1)}, span=Span("tblGone", 4, 40)))
    assert 'ref="B4:D8"' in parts[TABLE]


def test_charts_on_other_sheets_stay(tmp_path):
    path = rich(tmp_path / "台账.xlsx")
    before = small.load(path)["xl/charts/chart1.xml"]
    saved(path, Changes({(16, 1): Put("ZD013")}, span=Span("tblLedger", 3, 16)), "台账")
    assert small.load(tmp_path / "后.xlsx")["xl/charts/chart1.xml"] == before


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_rich_ledger_grows(tmp_path):
    parts = saved(
        rich(tmp_path / "台账.xlsx"),
        Changes({(17, 1): Put("ZD014")}, span=Span("tblLedger", 3, 17)),
        "台账",
    )
    sheet = openpyxl.load_workbook(tmp_path / "后.xlsx")["台账"]
    assert (sheet.tables["tblLedger"].ref, sheet.tables["tblLedger"].autoFilter.ref) == (
        "A3:I17",
        "A3:I17",
    )
    assert {str(each.sqref) for each in sheet.data_validations.dataValidation} == {"C4:C17"}
    assert {str(each.sqref) for each in sheet.conditional_formatting} == {
        "A4:I17",
        "D4:D17",
        "F4:F17",
    }
    assert re.findall(r"<xm:sqref>([^<]+)<", parts[LEDGER]) == ["H4:H17", "D4:D17"]


def test_sparklines_stay(tmp_path):
    path = rich(tmp_path / "台账.xlsx")
    before = small.load(path)["xl/worksheets/sheet3.xml"]
    saved(path, Changes({}, span=Span("tblLedger", 3, 17)), "台账")
    assert small.load(tmp_path / "后.xlsx")["xl/worksheets/sheet3.xml"] == before


@pytest.mark.parametrize(
    ("totals", "below", "said"),
    [(True, False, "带有汇总行"), (False, True, "会碰到位于 A8:B10 的另一表格")],
    ids=["totals row", "another table below"],
)
def test_table_that_cannot_grow(tmp_path, totals, below, said):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.add_table("A1:B5", {"name": "tblOne", "total_row": totals})
        if below:
            sheet.add_table("A8:B10", {"name": "tblTwo"})
    with pytest.raises(UserError, match=said):
        FileBook(path).write("表", Changes({}, span=Span("tblOne", 1, 9)))
