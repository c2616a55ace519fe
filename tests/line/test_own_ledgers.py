"""Ledgers as offices really have them: own order, titles, units, notes, sections. A test's docstring is its sheet."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from line.desk import AS_OF, behind, grid, problems, project, see, table

from xlplugin.book import Grid
from xlplugin.errors import UserError
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.schema import LEDGER

BASE = ["id", "name", "level", "nature", "total", "plan", "done"]


def read(test: Any, name: str = "Sheet1", **more: Any) -> Outcome:
    """What comes of the sheet in a test's docstring."""
    document = "\n".join(
        line for line in (inspect.getdoc(test) or "").splitlines() if line.startswith("|")
    )
    return run(MemoryBook({name: Grid(grid(document), **more)}), AS_OF)


def rows(outcome: Outcome) -> list[list[Any]]:
    """The projects as they were read, money in 万元."""
    return [
        [v / 1_000_000 if isinstance(v, int) else v for v in row]
        for row in zip(*map(outcome.facts.data.listed, BASE), strict=True)
    ]


JIA = ["1", "甲河水库", "县重点", "在建", 30000, 10000, 9000]


def test_own_order_title_and_unit() -> None:
    """
    | 2021年重点工程台账 |
    | 填报单位：发改局 | | | 单位：亿元 |
    | 项目名称 | 本月完成 | 1-9月累计完成投资 | 2021年度计划投资 | 概算总投资 | 级别 | 性质 | 编号 | 实际开工日期 |
    | 甲河水库 | 5 | 0.9 | 1 | 3 | 县级 | 在建 | 1 | 2021-03-01 |
    """
    outcome = read(test_own_order_title_and_unit)
    assert rows(outcome) == [JIA]
    assert problems(outcome) == ["KP06 W Sheet1!C3", "KP06 W Sheet1!D3", "KP06 W Sheet1!E3"]


def test_headings_of_two_rows_with_the_unit_above() -> None:
    """
    | 台账 |
    | 序号 | 工程名称 | 级别 | 性质 | 投资情况（亿元） | | | 进度 |
    | | | | | 总投资 | 2021年年度计划投资 | 截至9月30日累计完成投资 | 实际开工日期 |
    | 1 | 甲河水库 | 县级 | 在建 | 3 | 1 | 0.9 | 2021-03-01 |
    """
    outcome = read(test_headings_of_two_rows_with_the_unit_above, merged=("E2:G2", "A2:A3"))
    assert rows(outcome) == [JIA]
    assert {line.split()[0] for line in problems(outcome)} == {"KP06"}


def test_a_headings_own_unit_goes_before_the_one_above() -> None:
    """
    | 台账 | | | 单位：亿元 |
    | 编号 | 项目名称 | 级别 | 性质 | 总投资（万元） | 年度计划投资 | 累计完成投资（元） | 实际开工日期 |
    | 1 | 甲河水库 | 县级 | 在建 | 30000 | 1 | 90000000 | 2021-03-01 |
    """
    outcome = read(test_a_headings_own_unit_goes_before_the_one_above)
    assert rows(outcome) == [JIA]
    assert problems(outcome) == ["KP06 W Sheet1!F2", "KP06 W Sheet1!G2"]


def test_of_two_columns_with_one_heading_the_first_is_read() -> None:
    """
    | 编号 | 项目名称 | 级别 | 性质 | 总投资 | 2021年度计划投资 | 2022年度计划投资 | 累计完成投资 | 累计完成投资 | 实际开工日期 |
    | 1 | 甲河水库 | 县级 | 在建 | 30000 | 10000 | 20000 | 9000 | 1 | 2021-03-01 |
    """
    assert rows(read(test_of_two_columns_with_one_heading_the_first_is_read)) == [JIA]


def test_headings_may_stand_as_low_as_row_60() -> None:
    sheet = table(LEDGER, [project(1)])
    assert len(run(MemoryBook({"台账": [["填表说明"]] * 59 + sheet}), AS_OF).facts.data) == 1
    with pytest.raises(UserError, match="没有「项目台账」"):
        run(MemoryBook({"台账": [["填表说明"]] * 60 + sheet}), AS_OF)


def test_sections_notes_serial_numbers_and_signatures() -> None:
    """
    | 序号 | 项目名称 | 项目级别 | 建设性质 | 总投资（万元） | 年度计划投资 | 累计完成投资 | 实际开工日期 |
    | 一、县重点 |
    | 1 | 甲河水库 | 县重点 | 在建 | 30000 | 10000 | 9000 | 2021-03-01 |
    |  |
    | 2 |
    | 3 |
    | 注：数据截至9月30日 |
    | 制表：张三 | 审核：李四 | 日期：2021年10月8日 |
    """
    outcome = read(test_sections_notes_serial_numbers_and_signatures)
    assert rows(outcome) == [JIA]
    assert problems(outcome) == []


def test_subtotals_are_no_projects_and_are_checked() -> None:
    """
    | 序号 | 项目名称 | 项目级别 | 建设性质 | 总投资 | 年度计划投资 | 累计完成投资 | 实际开工日期 |
    | 1 | 甲河水库 | 县重点 | 在建 | 30000 | 10000 | 9000 | 2021-03-01 |
    | | 县重点小计（1项） | | | 30000 | 10000 | 9000 |
    | 2 | 小计量站改造 | 县重点 | 在建 | 30000 | 10000 | 9000 | 2021-03-01 |
    | 合 计 | | | | 60000 | 20000 | 18000.5 |
    """
    outcome = read(test_subtotals_are_no_projects_and_are_checked)
    assert rows(outcome) == [JIA, ["2", "小计量站改造", *JIA[2:]]]
    assert problems(outcome) == ["KP28 E Sheet1!G5"]


def test_a_subtotal_may_be_of_the_rows_right_above_it() -> None:
    """
    | 序号 | 项目名称 | 项目级别 | 建设性质 | 总投资 | 年度计划投资 | 累计完成投资 | 实际开工日期 |
    | 1 | 甲河水库 | 市重点 | 在建 | 30000 | 10000 | 9000 | 2021-03-01 |
    | 2 | 乙河灌区 | 县重点 | 在建 | 20000 | 7000 | 6000 | 2021-03-01 |
    | 3 | 丙河大桥 | 县重点 | 在建 | 10000 | 4000 | 3500 | 2021-03-01 |
    | | 县重点小计 | | | 30000 | 11000 | 9500 |
    | | 县重点小计 | | | 30000 | 11000 | 9501 |
    """
    outcome = read(test_a_subtotal_may_be_of_the_rows_right_above_it)
    assert problems(outcome) == ["KP28 E Sheet1!G6"]


def test_spaces_widths_and_stars_in_headings() -> None:
    """
    | ＊项目编号 | 项 目 名 称 | *项目级别： | 建设性质 | 总投资(万元) | 年度计划投资【万元】 | 累计完成投资 | 实际开工日期 |
    | 1 | 甲河水库 | 县重点 | 在建 | 30000 | 10000 | 9000 | 2021-03-01 |
    """
    assert rows(read(test_spaces_widths_and_stars_in_headings)) == [JIA]


@pytest.mark.parametrize(
    "heading",
    [
        "2021年度计划投资",
        "2021年计划投资",
        "2021年年度计划投资",
        "年度计划投资",
        "当年计划投资",
        "2021年度计划",
        "本年计划投资（万元）",
    ],
)
def test_periods_in_headings(heading: str) -> None:
    """A year in front of a heading does not hide it."""
    sheet = table(LEDGER, [project(1)])
    sheet[0] = [heading if text == LEDGER["plan"].heading else text for text in sheet[0]]
    assert problems(run(MemoryBook({"台账": sheet}), AS_OF)) == []


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({}, "没有「项目台账」"),
        ({"Sheet1": [["甲", "乙"], [1, 2]]}, "没有「项目台账」"),
        ({"项目台账": []}, "缺少「项目名称」"),
        ({"项目台账": [["项目编号", "项目名称"]]}, "缺少「总投资」、「年度计划投资」"),
        ({"项目台账": table(LEDGER, [])}, "没有项目"),
        ({"项目台账": [*table(LEDGER, [project(1)])[:1], ["合计"]]}, "没有项目"),
        (
            {"某表": [["项目编号", "项目名称", "级别", "性质", "总投资", "年度计划"]]},
            "「某表」最像，但缺少「累计完成投资」",
        ),
    ],
)
def test_what_stops_everything(sheets: dict[str, Any], said: str) -> None:
    """One sentence that says what is missing and what to do."""
    with pytest.raises(UserError, match=said) as stopped:
        run(MemoryBook(sheets), AS_OF)
    assert str(stopped.value).endswith("。")


@pytest.mark.parametrize(
    ("as_of", "settings", "said"),
    [
        (None, None, "不知道数字截至哪一天"),
        (None, {"as_of": "月底"}, "应为日期"),
        ("1021-09-30", None, "不合理"),
        ("2921-09-30", None, "不合理"),
    ],
)
def test_no_date_to_report_on(as_of: str | None, settings: Any, said: str) -> None:
    with pytest.raises(UserError, match=said):
        see(project(1), as_of=as_of, settings=settings)


def test_an_issue_list_with_serial_numbers_is_matched_by_name() -> None:
    """The 序号 of an issue is not the number of a project."""
    issues = [["序号", "项目名称", "类别", "存在问题"], [2, "甲河水库", "土地", "未批"]]
    book = MemoryBook(
        {
            "项目台账": table(
                LEDGER, [project(1, id=1, name="甲河水库"), behind(2, id=2, name="乙河水库")]
            ),
            "问题清单": issues,
        }
    )
    found = run(book, AS_OF)
    assert found.problems == ()
    assert any("甲河水库" in line and "未批" in line for line in text(found.bulletin).splitlines())


def test_many_projects_take_no_square_time() -> None:
    """Ten times the projects take about ten times as long, not a hundred times."""
    import time

    def seconds(count: int) -> float:
        begun = time.perf_counter()
        see(*(project(n, name=f"第{n}号工程") for n in range(count)))
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(2000) < 30 * max(seconds(200), 0.02)
