"""By whatever column an office sorts its projects: its words are words of names, rows repeat over them, tables go by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.desk import AS_OF, behind, book, day, early, problems, project

from xlplugin.figures import UnknownName
from xlplugin.functions import Answers
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.analysis import analysis
from xlplugin.render.text import text
from xlplugin.schema import BY_LEVEL, CLASSES, LEDGER, SETTINGS, WORDING
from xlplugin.trace.bulletin import explained


def see(
    *rows: Mapping[str, Any],
    own: Mapping[str, list[Any]],
    outline: list[tuple[str, str, str, str]] | None = None,
    rankings: str = "",
) -> Outcome:
    """What comes of a ledger with columns of the office's own, each with a cell a project."""
    desk = book(*rows)
    ledger = [list(line) for line in desk.read(LEDGER.title).rows]
    for heading, cells in own.items():
        for line, cell in zip(ledger, [heading, *cells], strict=True):
            line.append(cell)
    sheets: dict[str, Any] = {LEDGER.title: ledger}
    if outline:
        heads = [WORDING[key].heading for key in ("paragraph", "depth", "each", "template")]
        sheets[WORDING.title] = [heads, *map(list, outline)]
    if rankings:
        sheets[SETTINGS.title] = [["参数", "值"], ["排名栏目", rankings]]
    return run(MemoryBook(sheets), AS_OF)


def test_a_column_of_the_offices_own_is_asked_by_its_words() -> None:
    outcome = see(
        project(1), behind(2), early(3),
        own={"所属片区": ["东片", "西片", "东片"], "包保领导": ["张三", "李四", None]},
    )  # fmt: skip
    names = outcome.names
    assert problems(outcome) == []
    assert names["片区=东片.项数"].value == names["东片.项数"].value == 2
    assert names["东片.在建.项数"].value == 1
    assert names["所属片区=西片.名单"].text == behind(2)["name"]
    assert names["李四.完成率"].text == "60.00%"
    assert names["包保领导=待核.项数"].value == 1
    assert names["片区.前一名"].text == "东片（80.00%）"
    assert str(names["片区=东片"].name) == "东片.项数"


def test_rows_repeat_over_it_and_tables_and_rankings_go_by_it() -> None:
    outline = [
        ("标题", "标题", "", "通报"),
        ("各片区", "段", "片区", "{{ 本项 }}{{ 本项.项数 }}项，{{ 本项.完成率 }}。"),
        ("片区表", "表", "所属片区", "各片区进展"),
        ("排名情况", "段", "排名栏目", "按{{ 栏目 }}，{{ 前列 }}居前。"),
    ]
    own = {"所属片区": ["西片", "东片", "西片"]}
    outcome = see(project(1), behind(2), project(3), own=own, outline=outline, rankings="片区")
    said = text(outcome.bulletin)
    assert problems(outcome) == []
    assert "西片2项，80.00%。" in said
    assert "东片1项，60.00%。" in said
    assert "按所属片区，西片（80.00%）、东片（60.00%）居前。" in said
    assert [line for line in said.splitlines() if line.startswith("1\t西片\t2")]


@pytest.mark.parametrize("word", ["在建", "未开工", "已开工", "连续滞后", "标杆"])
def test_words_of_the_programs_sentences_keep_their_meaning(word: str) -> None:
    outcome = see(project(1), early(2), own={"推进类型": [word, word]})
    assert problems(outcome) == []
    assert outcome.names[f"推进类型={word}.项数"].value == 2
    assert outcome.names[f"{word}.项数"].value != 2


def test_a_word_that_means_two_things_is_asked_for_its_column() -> None:
    names = see(
        project(1, industry="交通"), project(2, industry="水利"), own={"领域": ["水利", "水利"]}
    ).names
    with pytest.raises(UnknownName, match="请写成「行业=水利」或「领域=水利」"):
        names["水利.项数"]
    assert names["领域=水利.项数"].value == 2


@pytest.mark.parametrize(
    "cells",
    [
        ["这一栏写的是很长的建设内容和规模，不是用来分类的词语，谁也不会按它统计项目", "二"],
        [1, 2],
        [None, None],
        [day("2021-03-01"), day("2021-04-01")],
    ],
)
def test_texts_numbers_and_dates_sort_nothing(cells: list[Any]) -> None:
    names = see(project(1), project(2), own={"建设内容": cells}).names
    with pytest.raises(UnknownName, match="建设内容"):
        names["建设内容=二.项数"]


def test_a_natures_own_word_beside_its_stage() -> None:
    names = see(project(1), project(2, nature="续建"), early(3), own={}).names
    assert names["在建.项数"].value == names["性质=在建.项数"].value == 2
    parts = [names.vocabulary.word("nature_word", word) for word in names.values("nature_word")]
    assert [word.text for word in parts] == ["性质用语=在建", "续建", "前期"]
    assert [names[f"{word.text}.项数"].value for word in parts] == [1, 1, 1]


WORDS = st.sampled_from(
    ["东片", "西片", "交通", "在建", "未开工", "3.1", "甲、乙", "前三名", "9月"]
)
ROWS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["省重点", "省、市重点", "县重点", "A类"]),
        "nature": st.sampled_from(["在建", "前期", "续建", "计划新开工"]),
        "industry": st.sampled_from(["交通", "水利", "东片"]),
        "plan": st.integers(0, 1000),
        "done": st.integers(0, 1000),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ROWS, WORDS, st.one_of(st.none(), WORDS)), min_size=1, max_size=12))
def test_every_columns_parts_add_up_to_the_whole(
    rows: list[tuple[dict[str, Any], str, str]],
) -> None:
    """Law: by every classifying column, those left empty counted in; a list has as many names as its count; and a table's and
    a cell's figures are the names'."""
    outcome = see(
        *(project(n, **row) for n, (row, *_) in enumerate(rows, start=1)),
        own={"所属片区": [first for _, first, _ in rows], "网格": [second for *_, second in rows]},
    )
    names = outcome.names
    for key in ("level", "nature_word", "industry", "status", "own1", "own2"):
        if key not in names.classes.columns or not names.classes.there(key):
            continue
        parts = [names.vocabulary.word(key, word).text for word in (*names.values(key), "")]
        for figure in ("项数", "年度计划", "完成投资"):
            assert sum(names[f"{part}.{figure}"].value for part in parts) == names[figure].value
        for part in parts:
            listed = names[f"{part}.名单"].value
            assert isinstance(listed, tuple)
            assert len(listed) == names[f"{part}.项数"].value
            assert names[str(names[part].name)].value == names[part].value


def classified(
    *rows: tuple[Any, ...], ledger: list[dict[str, Any]], own: Mapping[str, list[Any]] | None = None
) -> Outcome:
    """What comes of a ledger with a sheet 分类: word, what it belongs to, how it is printed, stage, order."""
    desk = book(*ledger)
    grid = [list(line) for line in desk.read(LEDGER.title).rows]
    for heading, cells in (own or {}).items():
        for line, cell in zip(grid, [heading, *cells], strict=True):
            line.append(cell)
    heads = [column.heading for column in CLASSES.columns]
    return run(MemoryBook({LEDGER.title: grid, CLASSES.title: [heads, *map(list, rows)]}), AS_OF)


def test_the_office_says_how_it_sorts() -> None:
    outcome = classified(
        ("重大", "级别", "市重大", None, None),
        ("省、市重点", "项目级别"),
        ("B类", "性质", "储备类", "前期", None),
        ("A类", "建设性质", None, "在建", 1),
        ("西片", "片区", None, None, None),
        ("东片", "片区", None, None, None),
        ledger=[
            project(1, level="省、市重点", nature="A类"),
            project(2, level="重大", nature="A类"),
            early(3, level="重大") | {"nature": "B类"},
        ],
        own={"工作片区": ["东片", "西片", "东片"]},
    )
    names, said = outcome.names, text(outcome.bulletin)
    assert problems(outcome) == []
    assert names["市重大.项数"].value == names["级别=市重大.项数"].value == 2
    assert [word for word in names.values("level") if names[f"级别={word}"].value] == [
        "市重大",
        "省、市重点",
    ]
    assert names.values("nature_word") == ["A类", "储备类"]
    assert names["前期.项数"].value == names["储备类.项数"].value == 1
    assert names.values(names.classes.headings["片区"]) == ["西片", "东片"]
    assert "市重大2项，省、市重点1项" in said
    assert "市重大在建工程1项" in said


def test_words_that_are_printed_alike_are_one() -> None:
    rows = [project(1, industry="公路"), project(2, industry="铁路"), project(3, industry="水利")]
    outcome = classified(("公路", "行业", "交通"), ("铁路", "行业", "交通"), ledger=rows)
    assert outcome.names.values("industry") == ["交通", "水利"]
    assert outcome.names["交通.项数"].value == 2


@pytest.mark.parametrize("level", ["省重占", "省点", "省重点点", "省点重", "者重点"])
def test_a_level_written_wrong_is_asked(level: str) -> None:
    rows = [project(1, level="省重点"), project(2, level=level), project(3)]
    outcome = run(book(*rows), AS_OF)
    (asked,) = outcome.problems
    assert (asked.code, asked.severity, asked.cell) == ("KP39", "E", "C1")
    assert f"「{level}」（C3）与「省重点」只差一个字" in asked.message
    assert classified((level, "级别"), ledger=rows).problems == ()


@pytest.mark.parametrize(
    "level", ["省、市重点", "国家重点", "县直重点", "区重点", "乡镇重点", "重大", "A类", "一般"]
)
def test_a_level_of_ones_own_is_none_of_ours_written_wrong(level: str) -> None:
    outcome = run(book(project(1, level="省重点"), project(2, level=level), project(3)), AS_OF)
    assert outcome.problems == ()
    assert (
        sum(outcome.names[f"级别={word}.项数"].value for word in outcome.names.values("level")) == 3
    )
    assert f"{level}在建工程1项" in text(outcome.bulletin)


ASKED = ("项数", "完成投资", "完成率", "差距", "名单", "最差一项", "项数占比", "开工率")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(ROWS, st.sampled_from(["东片", "西片"])), min_size=1, max_size=8),
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["全部", "在建", "县重点", "西片", "未达到序时"]), max_size=3),
            st.sampled_from(ASKED),
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_a_name_says_the_same_in_a_cell_in_a_sentence_and_where_it_is_explained(
    rows: list[tuple[dict[str, Any], str]], asked: list[tuple[list[str], str]]
) -> None:
    """Law: the number in print is the cell's, in the office's unit and decimals, and what `kp explain` gives."""
    names = [".".join([*(words or ["全部"]), figure]) for words, figure in asked]
    outline = [(f"第{at}句", "段", "", f"〔{{{{ {name} }}}}〕") for at, name in enumerate(names)]
    projects = [project(1)]
    projects += [
        project(n, **row, cause=f"第{n}处缺图") for n, (row, _) in enumerate(rows, start=2)
    ]
    areas = ["西片", *(area for _, area in rows)]
    outcome = see(*projects, own={"片区": areas}, outline=outline)
    said = [line.strip("　〔〕") for line in text(outcome.bulletin).splitlines() if "〔" in line]
    answers = Answers(outcome)
    for name, printed in zip(names, said, strict=True):
        named, cell = outcome.names[name], answers.named(name)
        assert explained(outcome, named).result == named.text
        if named.value is None:
            assert (printed, cell) == ("", "—")
        elif isinstance(cell, str):
            assert printed == cell == named.text
        else:
            assert named.text.startswith(printed)
            assert digits(printed) == pytest.approx(cell * SCALES[named.figure.kind], abs=0.00501)


SCALES = {"count": 1, "money": 1e-4, "share": 100, "points": 1}


def digits(text: str) -> float:
    """The number at a text's beginning; money that is said in 万元 in 亿元."""
    found = re.match(r"-?[\d.]+", text)
    return float(found[0]) * (1e-4 if "万元" in text else 1) if found else float("nan")


@pytest.mark.parametrize(
    ("levels", "rows"),
    [
        ("县重点 县重点 省重点", ["省重点 1", "市重点 0", "县重点 2", "合计 3"]),
        ("区重点 国家重点", ["国家重点 1", "省重点 0", "区重点 1", "合计 2"]),
        ("A类 省重点 县重点 B类 B类", ["省重点 1", "县重点 1", "其他 3", "合计 5"]),
    ],
)
def test_the_levels_beside_the_analysis_are_the_ledgers(levels: str, rows: list[str]) -> None:
    outcome = run(
        book(*(project(n, level=word) for n, word in enumerate(levels.split(), 1))), AS_OF
    )
    changes = analysis(outcome)
    told = []
    for at in range(BY_LEVEL.header_row + 1, BY_LEVEL.header_row + 5):
        level, count = (changes.at(at, BY_LEVEL.first_column + place) for place in (0, 1))
        assert level
        assert count
        told.append(f"{level.value} {count.value}")
    assert told == rows
