"""排名: only where 参数 asks; by unrounded completion; ties share a place; small and planless groups are listed unranked."""

from __future__ import annotations

import pytest
from line.county import lingchuan
from line.desk import behind, problems, project, see

from xlplugin.bulletin.blocks import PrintedTable
from xlplugin.pipeline import Outcome, run
from xlplugin.render.paper import bulletin
from xlplugin.render.text import text


def placed(outcome: Outcome) -> list[tuple[str, str, str]]:
    """(place, name, rate) of the first ranking."""
    table = next(
        block
        for block in outcome.bulletin.blocks
        if isinstance(block, PrintedTable) and block.head[0] == "名次"
    )
    return [(row[0], row[1], row[5]) for row in table.rows]


def by(agencies: str, done: tuple[float | None, ...], **settings: object) -> Outcome:
    """One project an agency (a letter), each with a plan of 100 (None: no plan)."""
    return see(
        *(
            project(n, agency=f"{letter}局", done=value or 0, plan=None if value is None else 100)
            for n, (letter, value) in enumerate(zip(agencies, done, strict=True), start=1)
        ),
        settings={"rankings": "责任单位", **settings},
    )


def test_no_ranking_unless_asked() -> None:
    assert "排名" not in text(see(project(1, agency="甲局"), project(2, agency="乙局")).bulletin)


def test_best_first_and_ties_share_a_place() -> None:
    assert placed(by("甲乙丙丁", (80, 90, 90, 76))) == [
        ("1", "乙局", "90.00"),
        ("1", "丙局", "90.00"),
        ("3", "甲局", "80.00"),
        ("4", "丁局", "76.00"),
    ]


def test_what_prints_alike_is_still_told_apart() -> None:
    assert placed(by("甲乙", (80.001, 80.002))) == [("1", "乙局", "80.00"), ("2", "甲局", "80.00")]


def test_no_plan_no_place() -> None:
    assert placed(by("甲乙丙", (80, None, 90)))[-1] == ("—", "乙局", "—")


def test_small_groups_are_listed_but_not_ranked() -> None:
    outcome = see(
        *(
            project(n, agency=agency)
            for n, agency in enumerate(("甲局", "甲局", "乙局", "丙局", "丙局"), start=1)
        ),
        settings={"rankings": "责任单位", "ranking_least": 2},
    )
    assert placed(outcome) == [
        ("1", "甲局", "80.00"),
        ("1", "丙局", "80.00"),
        ("—", "乙局", "80.00"),
    ]


def test_one_group_is_no_ranking() -> None:
    assert "排名" not in text(by("甲甲", (80, 90)).bulletin)


@pytest.mark.parametrize("words", ["责任单位、行业、级别", "责任单位；行业；项目级别"])
def test_several_rankings_of_the_case_county(words: str) -> None:
    book = lingchuan()
    rows = [list(row) for row in book.read("参数").rows]
    sheets = {title: book.read(title).rows for title in book.sheets}
    outcome = run(type(book)({**sheets, "参数": [*rows, ["排名栏目", words]]}))
    said = text(outcome.bulletin)
    assert [
        line.split("完成率")[0] for line in said.splitlines() if "排名，完成率居前的是" in line
    ] == ["　　按责任单位排名，", "　　按行业排名，", "　　按项目级别排名，"]
    assert "（四）完成情况排名" in said
    assert problems(outcome) != []


def test_the_bulletin_sheet_has_the_ranking_cell_by_cell() -> None:
    outcome = by("甲乙", (80, 90))
    changes = bulletin(outcome.bulletin)
    rows = [[changes.at(row, column) for column in range(1, 9)] for row in changes.heights]
    written = [[put.value if put else None for put in row] for row in rows]
    assert ["1", "乙局", "1", "100", "90", "90.00", "0", "0"] in written
    assert written[-1][0] == "县级重点工程进展情况表（见「进度分析」）"


def test_a_ranking_word_that_is_none_is_told() -> None:
    outcome = see(project(1, agency="甲局"), settings={"rankings": "镇街"})
    assert [(p.code, p.severity) for p in outcome.problems] == [("KP37", "W")]


def test_forecast_and_monthly_need_where_asked() -> None:
    assert "年底预计" not in text(see(behind(1)).bulletin)
    assert "照现有进度年底预计完成0.01亿元，要完成年度计划，余下3个月月均需完成13.33万元。" in text(
        see(behind(1), settings={"forecast": "是"}).bulletin
    )
