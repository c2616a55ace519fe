"""kp explain and 计算过程: any number of the bulletin, back to its cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from line.county import lingchuan
from line.desk import day, project, see

from xlplugin.cli import main
from xlplugin.errors import UserError
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render import sheet
from xlplugin.render.record import record
from xlplugin.schema import INDICATORS, WORKING
from xlplugin.trace import find, traces

CASE = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"


@pytest.fixture(scope="module")
def county() -> Outcome:
    return run(lingchuan())


@pytest.mark.parametrize(
    ("words", "result", "formula", "cells"),
    [
        (
            "totals.completion",
            "77.91%",
            "240200 ÷ 308300",
            "「项目台账」K2:K42，「项目台账」J2:J42",
        ),
        ("前期完成率", "39.76%", "3300 ÷ 8300", "「项目台账」K38:K42，「项目台账」J38:J42"),
        (
            "groups.县重点在建.count",
            "33项",
            "「项目级别」为县重点，「建设性质」为在建",
            "「项目台账」B5:B37",
        ),
        ("开工率", "91.67%", "已开工33 ÷ 36", "「项目台账」M2:M37"),
        ("序时进度", "75.00%", "9÷12", "程序默认"),
        ("未开工", "3项", "在建且截止日前没有实际开工日期", "「项目台账」B5:B7"),
        ("behind", "4项", "人工认定未达到，或完成率低于序时进度", "「项目台账」B2、B8:B10"),
        ("LC2021-01.完成率", "60.50%", "12100 ÷ 20000", "累计完成投资 K2、年度计划投资 J2"),
        (
            "王莽岭景区.gap",
            "-14.50个百分点",
            "12100 ÷ 20000 − 75.00%",
            "累计完成投资 K2、年度计划投资 J2、报告截止日期 「参数」B2；程序默认：序时口径",
        ),
        (
            "LC2021-01.年底预计",
            "1.61亿元",
            "12100 ÷ 9 × 12",
            "累计完成投资 K2、报告截止日期 「参数」B2",
        ),
        (
            "LC2021-04.推进状态",
            "未开工",
            "在建，截止日前没有实际开工日期",
            "建设性质 E5、实际开工日期 M5、报告截止日期 「参数」B2",
        ),
        (
            "LC2021-37.推进状态",
            "达到序时",
            "人工认定「达到」：前期手续按节点推进",
            "人工认定 U38、认定理由 V38",
        ),
    ],
)
def test_a_figure_names_its_formula_and_cells(
    county: Outcome, words: str, result: str, formula: str, cells: str
) -> None:
    [found] = find(county, words)
    assert (found.result, found.formula, found.cells) == (result, formula, cells)


def test_a_project_alone_gives_all_its_figures(county: Outcome) -> None:
    assert [trace.path.rsplit(".", 1)[1] for trace in find(county, "LC2021-01")] == [
        *(indicator.key for indicator in INDICATORS),
        "status",
        "light",
    ]


SEASON = {"season_start": "3月15日", "season_end": "11月10日"}


@pytest.mark.parametrize(
    ("given", "sheets", "figure", "cells"),
    [
        ({}, {}, "年底预计", "累计完成投资 G2"),
        ({}, {}, "月均需完成", "年度计划投资 F2、累计完成投资 G2"),
        ({}, {}, "序时进度", "程序默认：序时口径"),
        ({"yardstick": "按日"}, {}, "序时进度", "序时口径 I2"),
        ({}, {"settings": {"yardstick": "按日"}}, "序时进度", "序时口径 「参数」B2"),
        (
            {"yardstick": "月度计划"},
            {"monthly_plan": [{"id": "P01", "m9": 60}]},
            "序时进度",
            "序时口径 I2、9月 「月度计划」B2、年度计划投资 F2",
        ),
        (
            {},
            {"settings": {"yardstick": "有效施工期", **SEASON}},
            "序时进度",
            "序时口径 「参数」B2、施工期开始 「参数」B3、施工期结束 「参数」B4",
        ),
        (
            {},
            {"settings": {"yardstick": "按月×系数", "factor": "120%"}},
            "进度指数",
            "累计完成投资 G2、年度计划投资 F2、序时口径 「参数」B2、序时系数 「参数」B3；程序默认：系数封顶",
        ),
    ],
)
def test_a_project_names_the_cells_that_were_used(
    given: dict[str, Any], sheets: dict[str, Any], figure: str, cells: str
) -> None:
    """Not always 累计完成 and 年度计划: what the indicator, and the project's yardstick, looked at.

    The cut-off date comes from no cell here.
    """
    [found] = find(see(project(**given), **sheets), f"P01.{figure}")
    assert found.cells == cells


BEHIND = {"done": 60, "cause": "图纸未到"}
GAP_CELLS = "累计完成投资 G2、年度计划投资 F2"


@pytest.mark.parametrize(
    ("given", "settings", "figure", "formula", "cells"),
    [
        (
            {"done": 0, "actual_start": None},
            {},
            "推进状态",
            "在建，截止日前没有实际开工日期",
            "建设性质 D2、实际开工日期 H2",
        ),
        ({"actual_finish": day("2021-08-01")}, {}, "推进状态", "截止日前已竣工", "实际竣工日期 I2"),
        ({"plan": None}, {}, "推进状态", "没有年度计划，暂不评价", "年度计划投资 F2"),
        (
            {},
            {},
            "推进状态",
            "完成率与序时进度相比（第2行）",
            f"{GAP_CELLS}；程序默认：序时口径",
        ),
        (
            {},
            {"tolerance": 5},
            "推进状态",
            "完成率与序时进度相比，容差5.00个百分点（第2行）",
            f"{GAP_CELLS}、达到序时容差 「参数」B2；程序默认：序时口径",
        ),
        ({"plan": None}, {}, "亮灯", "推进状态为暂不评价", "年度计划投资 F2"),
        (
            {"done": 0, "actual_start": None, "planned_start": day("2021-12-31")},
            {"red_months": 2},
            "亮灯",
            "未开工，未到计划开工日期",
            "建设性质 D2、实际开工日期 I2、计划开工日期 H2、未开工红灯月数 「参数」B2",
        ),
        (
            {"done": 0, "actual_start": None, "planned_start": day("2021-03-31")},
            {"red_months": 2},
            "亮灯",
            "未开工，已到计划开工日期，满2个月亮红灯",
            "建设性质 D2、实际开工日期 I2、计划开工日期 H2、未开工红灯月数 「参数」B2",
        ),
        (
            BEHIND,
            {"red_points": 10},
            "亮灯",
            "亮灯方式：百分点；黄灯百分点0.00，红灯百分点10.00",
            f"{GAP_CELLS}、红灯百分点 「参数」B2；程序默认：序时口径、亮灯方式、黄灯百分点",
        ),
        (
            BEHIND,
            {"light_rule": "比例"},
            "亮灯",
            "亮灯方式：比例；黄灯比例100.00%，红灯比例60.00%",
            f"{GAP_CELLS}、亮灯方式 「参数」B2；程序默认：序时口径、黄灯比例、红灯比例",
        ),
        (
            {**BEHIND, "verdict": "未达到", "verdict_reason": "现场核实"},
            {},
            "亮灯",
            "亮灯方式：百分点；黄灯百分点0.00，红灯百分点20.00",
            f"人工认定 I2、{GAP_CELLS}；程序默认：序时口径、亮灯方式、黄灯百分点、红灯百分点",
        ),
    ],
)
def test_a_status_and_a_light_name_what_decided_them(
    given: dict[str, Any], settings: dict[str, Any], figure: str, formula: str, cells: str
) -> None:
    [found] = find(see(project(**given), settings=settings), f"P01.{figure}")
    assert (found.formula, found.cells) == (formula, cells)


def test_every_figure_of_the_record_can_be_traced(county: Outcome) -> None:
    """What --json prints under totals, groups and the counts is a name, and means the same."""
    printed = record(county)

    def result(path: str) -> str:
        (found,) = find(county, path)
        return found.result

    for where, figures in (
        ("totals", printed["totals"]),
        *((f"groups.{k}", v) for k, v in printed["groups"].items()),
    ):
        for key, value in figures.items():
            unit = {"count": "项", "completion": "%"}.get(key, "亿元")
            assert result(f"{where}.{key}") == f"{value}{unit}"
    assert result("required") == f"{printed['required']}%"
    assert result("start_rate") == f"{printed['start_rate']}%"
    assert result("started") == f"{printed['started']}项"
    for key in ("not_started", "on_schedule", "behind"):
        assert result(key) == f"{len(printed[key])}项"


def test_an_unknown_figure_lists_what_there_is(county: Outcome) -> None:
    with pytest.raises(
        UserError, match="「利润」不是项目、分类、状态或数字的名称。.*如「LC2021-01」"
    ):
        find(county, "利润")


def test_the_sheet_is_written_where_asked() -> None:
    book = lingchuan()
    sheets = {title: [list(row) for row in book.read(title).rows] for title in book.sheets}
    sheets["参数"].append(["计算过程", "是"])
    asked = MemoryBook(sheets)
    outcome = run(asked)
    sheet.write(outcome, asked)
    rows = asked.read(WORKING.title).rows[WORKING.header_row :]
    assert [row[0] for row in rows] == [trace.name for trace in traces(outcome)]
    sheet.write(run(book), book)
    assert WORKING.title not in book.sheets


def test_kp_explain() -> None:
    result = CliRunner().invoke(main, ["explain", str(CASE), "前期完成率"])
    assert (result.exit_code, result.output) == (
        0,
        "前期.完成率＝39.76%：3300 ÷ 8300；完成投资之和 ÷ 年度计划之和，用未四舍五入的合计数相除；没有年度计划的为—；"
        "「项目台账」K40:K44，「项目台账」J40:J44\n",
    )
    everything = json.loads(CliRunner().invoke(main, ["explain", str(CASE), "--json"]).output)
    assert {"path", "name", "result", "formula", "basis", "cells"} == set(everything[0])
    wrong = CliRunner().invoke(main, ["explain", str(CASE), "利润"])
    assert wrong.exit_code == 1
    assert "「利润」不是" in wrong.output


def test_kp_figure() -> None:
    names = ["省重点、市重点.在建.完成率", "未开工", "LC2021-01.差距"]
    result = CliRunner().invoke(main, ["figure", str(CASE), *names])
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "省重点、市重点.在建.完成率＝83.93%",
            "未开工.项数＝3项",
            "LC2021-01.差距＝-14.50个百分点",
        ],
    )
    records = json.loads(CliRunner().invoke(main, ["figure", str(CASE), *names, "--json"]).output)
    assert [(one["name"], one["value"], one["text"]) for one in records][1:] == [
        ("未开工.项数", 3, "3项"),
        ("LC2021-01.差距", -14.5, "-14.50个百分点"),
    ]
    wrong = CliRunner().invoke(main, ["figure", str(CASE), "未开功"])
    assert (wrong.exit_code, "相近的有：未开工" in wrong.output) == (1, True)
