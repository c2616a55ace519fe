"""措辞 is the outline: rows are moved, removed, added and repeated; what cannot be followed is told, and the rest is written."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from line.closing import faults
from line.county import lingchuan
from line.desk import behind, problems, project, see, table, unstarted
from line.test_bulletin_closes import EDGES

from xlplugin.bulletin.outline import MOST_ROWS, OUTLINE, delivered
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.schema import WORDING

ROWS = [
    unstarted(1, agency="甲局"),
    project(2, agency="甲局"),
    behind(3, agency="乙局"),
    behind(4, agency="乙局", level="市重点"),
]


def outlined(*rows: tuple[str, str, str, str], of: Any = ROWS, **rest: Any) -> Outcome:
    """What comes of an outline of these rows: 段落, 层级, 逐项, 文字."""
    keys = ("paragraph", "depth", "each", "template")
    sheet = table(WORDING, (dict(zip(keys, row, strict=True)) for row in rows))
    return see(*of, **{WORDING.title: sheet}, **rest)


def said(outcome: Outcome) -> list[str]:
    return [line.strip("　") for line in text(outcome.bulletin).splitlines() if line]


SUPERVISION = (
    ("标题", "标题", "", "{{ 本地 }}重点工程督查通报"),
    ("总体", "一级", "", "总体情况"),
    (
        "总数",
        "段",
        "",
        "{{ 全部.项数 }}项重点工程年度计划投资{{ 全部.年度计划 }}，截至{{ 截止月日 }}完成{{ 全部.完成投资 }}，完成率{{ 全部.完成率 }}，"
        "与序时进度{{ 全部.序时进度 }}相差{{ 全部.差距 }}。",
    ),
    ("各级", "段", "级别", "{{ 本项 }}{{ 本项.项数 }}项，完成率{{ 本项.完成率 }}。"),
    ("未达到标题", "一级", "", "推进滞后的项目（{{ 项数 }}项）"),
    (
        "滞后",
        "逐条",
        "未达到序时.最差三项",
        "{{ 本项 }}完成率{{ 本项.完成率 }}，差距{{ 本项.差距 }}。",
    ),
    ("快", "一级", "", "推进较快的单位"),
    (
        "快者",
        "逐条",
        "责任单位.前三名",
        "{{ 本项 }}{{ 本项.项数 }}项，完成率{{ 本项.完成率 }}，第{{ 本项.名次 }}名。",
    ),
    ("各单位", "表", "责任单位", "各责任单位完成情况表"),
    ("久", "一级", "", "连续滞后的项目"),
    ("连续", "逐条", "连续滞后", "{{ 本项 }}。"),
    ("要求", "一级", "", "工作要求"),
    ("加快", "一是", "", "{{ 责任单位.后三名 }}要加快进度。"),
    ("开工", "一是", "", "{{ 未开工.名单 }}要尽快开工。"),
    ("结语", "段", "", "特此通报。"),
    ("落款", "落款", "", "{{ 发文单位 }}"),
)
"""A supervision bulletin, as another office writes it: behind before good, a ranking, requirements with units named."""
GOLDEN = Path(__file__).parent / "golden" / "lingchuan-2021-supervision.txt"


def test_another_offices_bulletin_is_written_without_code() -> None:
    """Word for word; a heading with nothing under it (no month was kept) is gone, and 四 follows 三."""
    keys = ("paragraph", "depth", "each", "template")
    sheet = table(WORDING, (dict(zip(keys, row, strict=True)) for row in SUPERVISION))
    outcome = run(lingchuan(**{WORDING.title: sheet}))
    assert not [problem for problem in outcome.problems if problem.sheet == WORDING.title]
    said = text(outcome.bulletin)
    if os.environ.get("KP_UPDATE_GOLDEN"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


DEFAULT = tuple((row.name, row.depth, row.each, row.template) for row in delivered())


@pytest.mark.parametrize("edge", EDGES)
def test_the_delivered_outline_written_out_says_what_no_outline_says(edge: str) -> None:
    rows, rest = EDGES[edge]
    usual = see(*rows, **rest)
    again = outlined(*DEFAULT, of=rows, **rest)
    assert text(again.bulletin) == text(usual.bulletin)
    assert problems(again) == problems(usual)


def test_a_section_is_moved_with_its_numbers() -> None:
    """The behind first; the whole still closes."""
    names = [row[0] for row in DEFAULT]
    first, last = names.index("未达到标题"), names.index("排名标题")
    target = names.index("未开工标题")
    moved = (*DEFAULT[:target], *DEFAULT[first:last], *DEFAULT[target:first], *DEFAULT[last:])
    found = outlined(*moved)
    headings = [line[:8] for line in said(found) if line.startswith("（") and "项目（" in line]
    assert headings == ["（一）未达到序时", "（二）未开工项目", "（三）达到序时进"]
    assert faults(text(found.bulletin), found.facts.data.values("name")) == []


def test_a_removed_row_is_not_written_and_numbers_close_up() -> None:
    kept = [row for row in DEFAULT if row[0] not in ("未开工标题", "未开工单项", "附表标题")]
    lines = said(outlined(*kept))
    assert [line[:3] for line in lines if line.startswith("（")] == ["（一）", "（二）"]
    assert not [line for line in lines if line.startswith("附件")]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("结语", "段", "", "特此通报。")], ["特此通报。"]),
        ([("结语", "", "", "共{{ 全部.项数 }}项。")], ["共4项。"]),
        (
            [("各级", "段", "级别", "{{ 本项 }}{{ 本项.项数 }}项。")],
            ["市重点1项。", "县重点3项。"],
        ),
        (
            [("各局", "逐条", "责任单位", "{{ 本项 }}完成{{ 本项.完成率 }}。")],
            ["1.甲局完成40.00%。", "2.乙局完成60.00%。"],
        ),
        (
            [("各局", "逐条", "责任单位.未达到序时", "{{ 本项 }}")],
            [],
        ),
        (
            [("甲", "一是", "", "抓早。"), ("乙", "一是", "", "抓紧。")],
            ["一是抓早。", "二是抓紧。"],
        ),
        ([("甲", "一是", "", "抓早。")], ["抓早。"]),
        (
            [("滞后", "逐条", "乙局.未达到序时", "{{ 本项 }}差{{ 本项.差距 }}")],
            [
                f"1.{ROWS[2]['name']}差-15.00个百分点",
                f"2.{ROWS[3]['name']}差-15.00个百分点",
            ],
        ),
        (
            [
                ("空", "一级", "", "没有内容"),
                ("实", "一级", "", "有内容"),
                ("文", "段", "", "文。"),
            ],
            ["一、有内容", "文。"],
        ),
        (
            [
                ("章", "一级", "责任单位", "{{ 本项 }}"),
                ("节", "二级", "级别", "{{ 本项 }}"),
                ("文", "段", "", "{{ 本项.项数 }}项。"),
            ],
            ["一、甲局", "2项。", "二、乙局", "（一）市重点", "1项。", "（二）县重点", "1项。"],
        ),
        (
            [
                ("句", "段", "", "各级："),
                ("级", "接上段", "级别", "{{ 本项 }}{{ 本项.项数 }}项；"),
                ("局", "接上段", "责任单位", "{{ 本项 }}、"),
                ("又", "段", "", "又一段。"),
            ],
            ["各级：市重点1项；县重点3项。甲局、乙局。", "又一段。"],
        ),
        ([("级", "接上段", "级别", "{{ 本项 }}、")], ["市重点、县重点。"]),
        (
            [
                ("引", "段", "", "已竣工的有："),
                ("竣", "接上段", "已竣工", "{{ 本项 }}、"),
                ("又", "段", "", "逾期的有："),
                ("逾", "逐条", "逾期未开工", "{{ 本项 }}"),
                ("末", "段", "", "末句。"),
            ],
            ["末句。"],
        ),
        (
            [("局", "逐条", "未达到序时.责任单位", "{{ 本项 }}{{ 本项.未达到序时.名单 }}")],
            [f"乙局{ROWS[2]['name']}、{ROWS[3]['name']}"],
        ),
        (
            [("局", "段", "", "{{ 未开工、未达到序时.责任单位 }}抓紧。")],
            ["甲局、乙局抓紧。"],
        ),
        (
            [
                (
                    "局",
                    "段",
                    "责任单位.低于总体",
                    "{{ 本项 }}较序时{{ 本项.较序时 }}，较总体{{ 本项.较总体 }}。",
                )
            ],
            ["甲局较序时低35.00个百分点，较总体低10.00个百分点。"],
        ),
        (
            [("项", "段", "未开工", "{{ 本项.责任单位 }}：{{ 本项.原因 }}。")],
            [f"甲局：{ROWS[0]['cause']}。"],
        ),
        (
            [("句", "段", "责任单位", "{{ 本项 }}。"), ("又", "段", "责任单位", "又{{ 本项 }}。")],
            ["甲局。", "又甲局。", "乙局。", "又乙局。"],
        ),
    ],
)
def test_rows_of_its_own(rows: list[tuple[str, str, str, str]], lines: list[str]) -> None:
    outcome = outlined(*rows)
    assert said(outcome) == lines or not lines
    assert bool(lines) == (problems(outcome) == [])


def test_a_table_of_its_own_has_a_row_for_each_value_and_their_sum() -> None:
    """By any column; under a heading that repeats, of its projects only; a small group has no place, and the sum has it still."""
    heading, row = (
        ("章", "一级", "级别", "{{ 本项 }}"),
        ("表", "表", "责任单位", "{{ 本项 }}各单位表"),
    )
    lines = said(outlined(row, settings={"ranking_least": 2}))
    assert [line.split("\t") for line in lines[3:]] == [
        ["1", "乙局", "2", "200", "120", "60.00", "2", "0"],
        ["2", "甲局", "2", "200", "80", "40.00", "0", "1"],
        ["—", "合计", "4", "400", "200", "50.00", "2", "1"],
    ]
    lines = said(outlined(heading, row, settings={"ranking_least": 2}))
    assert lines[:2] == ["一、市重点", "市重点各单位表"]
    assert [line.split("\t")[:3] for line in lines[3:6]] == [
        ["名次", "责任单位", "项数"],
        ["—", "乙局", "1"],
        ["—", "合计", "1"],
    ]


@pytest.mark.parametrize("by", ["行业", "无此项", "级别、性质、亮灯"])
def test_a_table_by_no_column_is_told(by: str) -> None:
    outcome = outlined(("表", "表", by, "表"), ("文", "段", "", "末句。"))
    assert [(p.code, p.cell) for p in outcome.problems] == [("KP36", "C2")]
    assert said(outcome) == ["末句。"]


def test_a_delivered_row_lists_what_it_is_told_to() -> None:
    """逐项 of a row that lists projects is any name of projects; under a heading that repeats, only its own."""
    rows = [
        ("各局", "二级", "责任单位", "{{ 本项 }}"),
        (
            "未达到单项",
            "逐条",
            "市重点.未达到序时",
            dict(zip(OUTLINE, DEFAULT, strict=True))["未达到单项"][3],
        ),
    ]
    lines = said(outlined(*rows))
    assert len(lines) == 1
    assert lines[0].startswith(f"{ROWS[3]['name']}（责任单位：")


def test_a_forced_draft_says_so_whatever_the_outline() -> None:
    outcome = outlined(
        ("标题", "标题", "", "通报"), ("文", "段", "", "文。"), of=[behind(1, cause=None)]
    )
    assert said(outcome)[:2] == ["通报", "本稿在台账尚有1处错误的情况下生成，仅供核对，不得印发。"]


@pytest.mark.parametrize(
    ("row", "cell", "found", "stays"),
    [
        (("坏", "四级", "", "坏。"), "B3", "四级", "坏。"),
        (("口径说明", "落款", "", "口径。"), "B3", "落款", "口径。"),
        (("坏", "段", "行业", "{{ 本项 }}。"), "C3", "没有「行业」一栏", ""),
        (("坏", "段", "无此项", "{{ 本项 }}。"), "C3", "「无此项」", ""),
        (("坏", "段", "全部.完成率", "{{ 本项 }}。"), "C3", "是一个数字", ""),
        (("坏", "段", "", "{% for 甲 in 本地 %}{{ 甲 }}{% endfor %}"), "D3", "循环", ""),
        (("坏", "段", "", "{{ 全部.完成律 }}"), "D3", "完成率", ""),
        (("坏", "段", "", "{{ 本项.完成律 }}"), "D3", "完成率", ""),
        (("坏", "段", "", "{{ 年份 + 本地 }}"), "D3", "加减", ""),
        (("坏", "一级", "", "{{ 完成律 }}"), "D3", "完成律", "一、坏"),
        (("坏", "一级", "级别", "{{ 本项 + 1 }}"), "D3", "加减", "二、县重点"),
        (("文", "段", "", "又一行。"), "", "", "又一行。"),
        (("标题", "标题", "", "又一个"), "A3", "第2行", ""),
    ],
)
def test_a_wrong_row_is_told_with_its_cell_and_the_rest_is_written(
    row: tuple[str, str, str, str], cell: str, found: str, stays: str
) -> None:
    outcome = outlined(("标题", "标题", "", "通报"), row, ("文", "段", "", "末句。"))
    wrong = [problem for problem in outcome.problems if problem.sheet == "措辞"]
    assert [problem.cell for problem in wrong] == ([cell] if cell else [])
    assert all(found in problem.found and problem.expected for problem in wrong)
    lines = said(outcome)
    assert lines[0] == "通报"
    assert lines[-1] == "末句。"
    assert (stays in lines) == bool(stays)


def test_an_outline_of_ten_thousand_rows_and_a_text_of_a_megabyte_are_cut_and_told() -> None:
    begun = time.monotonic()
    rows = [(f"行{n}", "段", "", f"第{n}句。") for n in range(10_000)]
    outcome = outlined(("长", "段", "", "长" * 1_000_000), *rows)
    told = [(p.cell, p.code) for p in outcome.problems if p.sheet == "措辞"]
    assert told == [("D2", "KP36"), (f"A{MOST_ROWS + 2}", "KP36")]
    assert said(outcome)[:2] == ["第0句。", "第1句。"]
    assert time.monotonic() - begun < 5


def test_where_nothing_is_left_to_say_the_bulletin_stops() -> None:
    """A title alone is no bulletin; the delivered outline is written once the sheet is gone."""
    outcome = outlined(("标题", "标题", "", "通报"), ("坏", "段", "", "{{ 全部.完成律 }}"))
    assert [(p.code, p.cell) for p in outcome.errors] == [("KP36", "A2")]
    assert len(outcome.problems) == 2


def test_a_repeat_within_a_repeat_comes_to_an_end() -> None:
    """However many rows repeat over however many projects: what is too much is told once, and what was written stays."""
    projects = [project(n) for n in range(1, 201)]
    rows = [(f"行{n}", "段", "全部", "{{ 本项 }}{{ 本项.完成率 }}。") for n in range(100)]
    begun = time.monotonic()
    outcome = outlined(*rows, of=projects)
    told = [p.cell for p in outcome.problems if p.sheet == WORDING.title]
    assert told == ["C2"]
    assert len(said(outcome)) == 10_000
    assert time.monotonic() - begun < 30


def test_headings_under_another_begin_anew():
    headings = ("在建", 1), ("省重点", 2), ("市重点", 2), ("前期", 1), ("县重点", 2)
    rows = []
    for text_, level in headings:
        rows.append((f"{text_}题", "一二"[level - 1] + "级", "", text_))
        rows.append((f"{text_}文", "段", "", "略。"))
    told = [line for line in said(outlined(*rows)) if "、" in line or "）" in line]
    assert told == ["一、在建", "（一）省重点", "（二）市重点", "二、前期", "（一）县重点"]


def test_a_solved_issue_is_none():
    issue = {"id": "P03", "name": None, "text": "待办", "state": "未解决"}
    told = outlined(
        ("问题", "逐条", "问题类别", "{{ 本项 }}方面的困难问题。"),
        issues=[{**issue, "kind": "土地"}, {**issue, "kind": "资金", "state": "已解决"}],
    )
    assert [line for line in said(told) if "困难" in line] == ["土地方面的困难问题。"]
