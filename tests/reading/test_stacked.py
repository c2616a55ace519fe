"""Tables below one another on one sheet: each is read by its own headings."""

from __future__ import annotations

from line.desk import AS_OF
from reading.desk import HEAD, ONE, come_to, sheet

from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run

OTHER = (
    "| 开工时间 | 项目名称 | 累计完成投资 | 年度计划投资 | 总投资 | 建设性质 | 项目级别 | 序号 |"
)
BELOW = "| 2020-06-01 | 城北大桥 | 4800 | 6000 | 30000 | 续建 | 市重点 | 1 |"
RIGHT = "2: 8.00 1.60 1.28"


def test_another_order_of_columns() -> None:
    assert come_to(sheet(HEAD, ONE, OTHER, BELOW)) == RIGHT
    assert come_to(sheet(HEAD, ONE, "| | |", "| 市重点项目 | |", OTHER, BELOW)) == RIGHT


def test_each_has_its_own_unit_sums_and_groups() -> None:
    yi = HEAD.replace("总投资", "总投资（亿元）")
    below = "| 2 | 城北大桥 | 市重点 | 续建 | 3 | 6000 | 4800 | 2020-06-01 |"
    assert come_to(sheet(HEAD, ONE, yi, below)) == RIGHT
    lines = (
        "| 合计 | | | | 50000 | 10000 | 8000 | |",
        "| | | 2021年投资 | | | | | |",
        OTHER.replace("累计完成投资", "完成").replace("年度计划投资", "计划"),
        BELOW,
        "| | 合计 | 4800 | 6000 | 30000 | | | |",
    )
    assert come_to(sheet(HEAD, ONE, *lines)) == RIGHT
    wrong = (*lines[:-1], "| | 合计 | 4900 | 6000 | 30000 | | | |")
    assert come_to(sheet(HEAD, ONE, *wrong)) == "问 C7"


def test_a_third_one_may_go_back_to_the_first_headings() -> None:
    third = "| 3 | 城东车站 | 县重点 | 在建 | 20000 | 4000 | 3200 | 2020-06-01 |"
    assert come_to(sheet(HEAD, ONE, OTHER, BELOW, HEAD, third)) == "3: 10.00 2.00 1.60"


def test_one_that_lacks_a_column_is_asked_by_its_own_headings() -> None:
    lacking = OTHER.replace("| 年度计划投资 ", "| 建设地点 ").replace("总投资", "总投资")
    said = come_to(sheet(HEAD, ONE, lacking, BELOW.replace("6000", "东镇")))
    assert "缺少「年度计划投资」" in said
    assert "A3 开工时间" in said


def test_the_cells_of_the_lower_one_are_named_where_they_stand() -> None:
    wrong = BELOW.replace("4800", "四千八")
    outcome = run(MemoryBook({"台账": sheet(HEAD, ONE, OTHER, wrong)}), AS_OF)
    assert [p.cell for p in outcome.errors] == ["C4"]
