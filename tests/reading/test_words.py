"""Levels, natures, and whether building has begun: the clerk's words, kept and understood, or asked about once."""

from __future__ import annotations

import pytest
from line.desk import AS_OF
from reading.desk import HEAD, ONE, TWO, come_to, sheet

from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.render.text import text

BARE = HEAD.removesuffix(" 开工时间 |")
BEGUN, WAITING = "1: 5.00 1.00 0.80", "1: 5.00 1.00 0.00 未开工 1"


def project(headings: str, cells: str, nature: str = "在建", done: str = "8000") -> str:
    line = f"| 1 | 城南水厂 | 县重点 | {nature} | 50000 | 10000 | {done} | {cells} |"
    return come_to(sheet(f"{BARE} {headings} |", line))


@pytest.mark.parametrize(
    ("word", "came"),
    [
        *((word, BEGUN) for word in ("是", "已开工", "在建", "正常施工", "停工", "√")),
        *((word, "问 I2") for word in ("未开工", "前期", "否", "尚未开工")),
        ("待定", "问 H1"),
    ],
)
def test_marks_tell_who_has_begun(word: str, came: str) -> None:
    """Who has not, lacks a cause."""
    begun = came == BEGUN
    assert project("开工情况 | 原因", f"{word} | ", done="8000" if begun else "0") == came


@pytest.mark.parametrize(
    "date",
    [
        "2021年4月",
        "2021.4",
        "7月底",
        "2021-04",
        "2020.10",
        "2021年3月上旬",
        "2021-03-01T08:00:00.000Z",
    ],
)
def test_a_month_is_enough_for_a_start(date: str) -> None:
    assert project("开工时间", date) == BEGUN


@pytest.mark.parametrize(
    ("heading", "date", "done", "came"),
    [
        ("开工（计划开工）时间", "2020-05-01", "8000", BEGUN),
        ("开工（计划开工）时间", "2021-05-01", "0", "问 H1"),
        ("开工时间", "2021-12-01", "0", WAITING),
        ("计划开工时间", "2020-05-01", "8000", "问 A1"),
        ("计划开工时间", "2021-12-01", "0", "问 A1"),
        ("备注", "", "8000", "问 A1"),
        ("形象进度", "主体施工至三层", "8000", BEGUN),
    ],
)
def test_planned_or_actual_starts(heading: str, date: str, done: str, came: str) -> None:
    assert project(heading, date, done=done) == came


def test_a_nature_may_say_that_building_has_begun() -> None:
    assert project("备注", "", nature="续建") == BEGUN


@pytest.mark.parametrize(
    ("heading", "date", "done", "came"),
    [
        ("竣工时间", "2022-12-01", "8000", BEGUN),
        ("竣工时间", "2021-08-01", "10000", "1: 5.00 1.00 1.00"),
        ("竣工时间", "2021-08-01", "8000", "问 I1"),
        ("计划竣工时间", "2021-08-01", "8000", BEGUN),
        ("计划竣工时间", "待定", "8000", BEGUN),
    ],
)
def test_planned_or_actual_finishes(heading: str, date: str, done: str, came: str) -> None:
    assert project(f"开工时间 | {heading}", f"2020-05-01 | {date}", done=done) == came


@pytest.mark.parametrize("word", ["无", "—", "/", "暂无", "0", "没有"])
def test_nothing_is_no_cause(word: str) -> None:
    assert project("开工时间 | 存在问题", f"2020-05-01 | {word}", done="5000") == "问 I2"


def test_levels_are_open_and_in_order() -> None:
    words = ["其他", "镇级", "县级重点", "国家级", "省级重大项目", "市级", "区重点"]
    lines = [
        ONE.replace("县重点", word)
        .replace("| 1 |", f"| {n} |")
        .replace("城南", "甲乙丙丁戊己庚"[n])
        for n, word in enumerate(words)
    ]
    outcome = run(MemoryBook({"台账": sheet(HEAD, *lines)}), AS_OF)
    assert outcome.errors == ()
    assert [level for level, count in outcome.figures.levels.items() if count] == [
        "国家重点", "省级重大项目", "市重点", "县重点", "区重点", "镇重点", "其他",
    ]  # fmt: skip
    assert sum(group.count for group in outcome.figures.groups.values()) == 7


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        *(
            (word, "在建")
            for word in ("新建", "改扩建", "计划竣工", "新开工", "技改", "续建（跨年）")
        ),
        *((word, "前期") for word in ("储备", "谋划", "重大前期", "拟建")),
    ],
)
def test_a_nature_keeps_its_word_and_has_a_stage(word: str, stage: str) -> None:
    data = run(MemoryBook({"台账": sheet(HEAD, ONE.replace("在建", word))}), AS_OF).facts.data
    assert (data.values("nature_word"), data.values("nature")) == ([word], [stage])


@pytest.mark.parametrize("word", ["其他", "缓建", "未开工"])
def test_an_unknown_nature_is_asked_once(word: str) -> None:
    lines = [ONE, ONE.replace("| 1 |", "| 2 |").replace("城南", "城北")]
    assert come_to(sheet(HEAD, *(line.replace("在建", word) for line in lines))) == "问 D1"


def test_a_class_is_told_by_its_words() -> None:
    assert (
        come_to(sheet(HEAD.replace("建设性质", "项目类别"), ONE.replace("在建", "续建"))) == BEGUN
    )
    assert come_to(sheet(HEAD.replace("项目级别", "项目类别"), ONE)) == BEGUN


def test_natures_are_counted_in_the_ledgers_own_words() -> None:
    """The stage decides, the word is printed."""
    lines = (ONE.replace("在建", "新建项目"), TWO, TWO.replace("2 | 城北大桥", "3 | 城西厂房"))
    outcome = run(MemoryBook({"Sheet1": sheet(HEAD, *lines)}), AS_OF)
    assert outcome.figures.natures == {"新建项目": 1, "续建": 2, "前期": 0}
    assert "新建项目1项，续建项目2项" in text(outcome.bulletin)
    assert outcome.figures.building == 3


def test_one_column_of_states_tells_the_stage_and_the_start() -> None:
    head = HEAD.replace("| 建设性质 ", "").replace("开工时间", "项目状态 | 存在问题")
    states = ("在建", "竣工", "未开工", "前期")
    lines = [
        f"| {at} | 工程{at} | 县重点 | 50000 | 10000 | {8000 * (state != '未开工')} | {state} | 征地 |"
        for at, state in enumerate(states, 1)
    ]
    assert come_to(sheet(head, *lines)) == "4: 20.00 4.00 2.40 未开工 1"
    assert come_to(sheet(head, *lines[:3])) == "问 G1"
