"""One name for every figure: what it is, how it is written, and what is said of one that is none."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from line.county import lingchuan
from line.desk import behind, day, early, project, see, table, unstarted

from xlplugin.figures import Names, UnknownName
from xlplugin.figures.declared import FIGURES
from xlplugin.figures.words import CHANGES, STATES
from xlplugin.pipeline import run
from xlplugin.schema import ARCHIVE


@pytest.fixture(scope="module")
def county() -> Names:
    return run(lingchuan()).names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("全部.完成率", "77.91%"),
        ("完成率", "77.91%"),
        ("totals.completion", "77.91%"),
        ("省重点、市重点.在建.项数", "3项"),
        ("县重点.在建.年度计划", "21.10亿元"),
        ("前期.完成率", "39.76%"),
        ("级别=省级.项数", "1项"),
        ("县住建局.项数", "8项"),
        ("责任单位=县住建局.未开工", "3项"),
        ("未开工", "3项"),
        ("已开工.项数", "33项"),
        ("开工率", "91.67%"),
        ("未开工.项数占比", "7.32%"),
        ("在建.未开工.项数占比", "8.33%"),
        ("序时进度", "75.00%"),
        ("差距", "2.91个百分点"),
        ("LC2021-01.完成率", "60.50%"),
        ("王莽岭景区.gap", "-14.50个百分点"),
        ("lc2021-01 . 亮灯", "黄"),
        ("责任单位.前三名", "县教育局（96.79%）、县能源局（90.65%）、县工信局（89.05%）"),
        ("县教育局.名次", "1名"),
        ("未达到序时.最差一项", "清阳路建设工程"),
        ("1至9月.完成投资", "24.02亿元"),
        ("当月完成", "—"),
        ("新增滞后.名单", "—"),
        ("同比", "—"),
    ],
)
def test_figures_of_the_case_county(county: Names, name: str, text: str) -> None:
    assert county[name].text == text
    assert county[str(county[name].name)].text == text, "its own spelling names the same"


def test_what_it_is_called_in_its_own_spelling(county: Names) -> None:
    assert str(county["本月新开工"].name) == "9月.新开工.项数"
    assert str(county["责任单位.前3名"].name) == "全部.责任单位.前3名"
    assert str(county["责任单位.前十二名"].name) == "全部.责任单位.前12名"
    assert str(county["最差二十项"].name) == "全部.最差20项"
    assert str(county["牵头单位=县住建局"].name) == "县住建局.项数"


@pytest.mark.parametrize(
    ("name", "saying"),
    [
        ("省重点.完成律", "「完成律」不是项目、分类、状态或数字的名称。相近的有：完成率"),
        ("县交同局.项数", "相近的有：县"),
        ("级别=乡重点", "「级别=乡重点」不是"),
        ("行业.项数", "「行业」是栏目"),
        ("9月.项数", "月份没有用处"),
        ("8月.9月.完成投资", "两处月份"),
        ("13月.完成投资", "「13月」不是"),
        ("0月.完成投资", "「0月」不是"),
        ("9至8月新开工", "「9至8月」不是"),
        ("前三名", "要写按哪一栏排"),
        ("责任单位.前十十名", "不是项目"),
        ("全部..完成率", "「」不是"),
        ("", "「」不是"),
        ("项" * 300, "名称太长"),
        (".".join(["全部"] * 20), "名称太长"),
    ],
)
def test_a_name_that_is_none_says_why(county: Names, name: str, saying: str) -> None:
    with pytest.raises(UnknownName, match=saying):
        county[name]


def test_a_word_that_means_two_things_asks_for_its_heading() -> None:
    names = see(project(1, industry="交通", place="交通"), project(2, place="交通")).names
    with pytest.raises(
        UnknownName, match="「交通」有两种意思，请写成「行业=交通」或「建设地点=交通」"
    ):
        names["交通.项数"]
    assert names["行业=交通.项数"].value == 1
    assert names["建设地点=交通.项数"].value == 2


def test_words_may_hold_dots_and_commas() -> None:
    names = see(
        project(1, id="3.1", agency="甲局、乙局"), project(2, id="3.2", agency="甲局")
    ).names
    assert names["3.1.项数"].value == 1
    longest = see(project(1, agency="甲局"), project(2, agency="甲局.一处")).names
    assert longest["甲局.一处.名单"].text == project(2)["name"]
    assert names["甲局、乙局.名单"].text == project(1)["name"]
    assert names["责任单位=甲局.名单"].text == project(2)["name"]


def test_starts_and_finishes_by_month() -> None:
    names = see(
        project(1, actual_start=day("2021-09-02"), planned_finish=day("2021-10-31")),
        project(2, actual_start=day("2021-08-31"), actual_finish=day("2021-09-30")),
        project(3, actual_start=day("2020-09-10"), planned_finish=day("2021-09-30")),
        unstarted(4, planned_start=day("2021-09-30")),
        unstarted(5, planned_start=day("2021-10-31")),
    ).names

    def of(name: str) -> str:
        return ",".join(str(row - 1) for row in names.select(name).rows or ())

    assert of("本月新开工") == "1"
    assert of("新开工") == "1,2"
    assert of("三季度.新开工") == "1,2"
    assert of("上月.新开工") == "2"
    assert of("本月竣工") == of("已竣工") == "2"
    assert of("10月.计划竣工") == "1"
    assert of("计划竣工") == "1,3"
    assert of("计划新开工") == "4,5"
    assert of("逾期未开工") == "4"
    assert see(unstarted(1, actual_start=day("2021-10-03"))).names["新开工.项数"].value == 0
    assert names["竣工率"].value == names["9月.竣工率"].value == 0
    assert (
        see(project(1, planned_finish=day("2021-08-31"), actual_finish=day("2021-08-30")))
        .names["竣工率"]
        .value
        == 1
    )


def test_money_by_month_is_what_the_months_record_says() -> None:
    rows = [project(1, done=80), project(2, done=60)]
    months = [{"id": "P01", "m6": 30, "m8": 70}, {"id": "P02", "m8": 60}]
    names = see(*rows, monthly_done=months).names
    assert names["本月.完成投资"].cell == 10.0
    assert names["1至8月.完成投资"].cell == 130.0
    assert names["P01.7至8月.完成投资"].cell == 40.0
    assert names["1至6月.完成投资"].cell == "—", "of the second nobody knows"
    assert names["10月.完成投资"].cell == "—"


def test_growth_is_against_the_last_day_that_was_kept_of_that_month_a_year_ago() -> None:
    """What other months, or an earlier day of the same one, closed with does not count; 持平 is no growth."""
    kept = [
        {**project(n), "cutoff": day(cutoff), "done": done, "level": level}
        for cutoff, n, done, level in (
            ("2020-09-15", 1, 10, "县重点"),
            ("2020-09-30", 1, 64, "县重点"),
            ("2020-09-30", 2, 36, "省重点"),
            ("2020-10-31", 1, 70, "县重点"),
        )
    ]
    rows = [project(1, done=80), project(2, done=36, level="省重点")]
    names = see(*rows, **{ARCHIVE.title: table(ARCHIVE, kept)}).names
    assert (names["同比"].text, names["同比增减"].text) == ("16.00%", "增长16.00%")
    assert (names["县重点.同比"].text, names["省重点.同比增减"].text) == ("25.00%", "持平")
    assert names["未开工.同比"].text == "—", (
        "of whom that was so a year ago the archive does not say"
    )


def test_groups_above_and_below_the_whole_the_farthest_first() -> None:
    done = {"甲局": 90, "乙局": 50, "丙局": 80, "丁局": 60, "戊局": 20}
    rows = [project(n, agency=a, done=d) for n, (a, d) in enumerate(done.items(), start=1)]
    names = see(*rows).names

    def of(name: str) -> str:
        return "".join(each[0] for each in names[f"责任单位.{name}"].text.split("、"))

    assert (of("高于总体"), of("低于总体")) == ("甲丙", "戊乙")
    assert (of("前二名"), of("后二名")) == ("甲丙", "乙戊")
    assert names["责任单位.后三名"].text == "", "of five the last three would meet the first three"


def test_the_clerks_own_natures_stand_beside_the_stages() -> None:
    names = see(project(1, nature="续建"), project(2, nature="新建"), early(3)).names
    assert names["续建.项数"].value == names["新建.项数"].value == names["前期.项数"].value == 1
    assert names["在建.项数"].value == 2
    assert names.values("nature_word") == ["续建", "新建", "前期"]


def test_a_change_is_known_where_last_month_was_recorded() -> None:
    rows = [behind(1), project(2), unstarted(3)]
    months = [{"id": f"P{n:02}", "m8": done} for n, done in enumerate((80, 10, 0), start=1)]
    names = see(*rows, monthly_done=months).names
    assert names["新增滞后.名单"].text == behind(1)["name"]
    assert names["已赶上.名单"].text == project(2)["name"]
    assert names["调出项数"].value == 0
    assert names["完成率变化"].value == Fraction(140 - 90, 300)


def test_every_word_and_figure_says_what_it_is() -> None:
    for each in (*FIGURES.values(), *STATES.values(), *CHANGES.values()):
        assert each.definition, each.label
    labels = [each.label for each in (*FIGURES.values(), *STATES.values(), *CHANGES.values())]
    assert len(set(labels)) == len(labels)


ROWS = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["省重点", "市重点", "县重点", "区重点"]),
        "nature": st.sampled_from(["在建", "前期", "续建"]),
        "industry": st.sampled_from([None, "交通", "水利"]),
        "agency": st.sampled_from(["甲局", "乙局"]),
        "plan": st.one_of(st.none(), st.integers(0, 10**6)),
        "done": st.one_of(st.none(), st.integers(0, 10**6)),
        "actual_start": st.sampled_from([None, day("2021-01-05"), day("2021-12-05")]),
    }
)
_ADDED = ("项数", "总投资", "年度计划", "完成投资")


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_parts_add_up_to_wholes(rows: list[dict[str, Any]]) -> None:
    """Law: by every column that all have, and within every part, the parts' figures add up to the whole's."""
    names = see(*(project(n, **row) for n, row in enumerate(rows, start=1))).names
    natures = names.values("nature_word")
    for figure in _ADDED:
        for parts in (
            names.values("level"),
            ["在建", "前期"],
            [names.vocabulary.word("nature_word", word).text for word in natures],
            names.values("status"),
            names.values("agency"),
        ):
            for whole in ("全部", "在建"):
                own = [names[f"{whole}.{part}.{figure}"].value for part in parts]
                assert sum(own) == names[f"{whole}.{figure}"].value


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12), st.data())
def test_a_list_has_as_many_names_as_its_count(rows: list[dict[str, Any]], data: Any) -> None:
    names = see(*(project(n, **row) for n, row in enumerate(rows, start=1))).names
    words = st.sampled_from(
        ["全部", "在建", "省重点", "未开工", "达到序时", "未达到序时", "已开工", "逾期未开工"]
    )
    name = ".".join(data.draw(st.lists(words, min_size=1, max_size=3)))
    listed, count = names[f"{name}.名单"], names[f"{name}.项数"].value
    assert isinstance(listed.value, tuple)
    assert len(listed.value) == count == len([each for each in listed.text.split("、") if each])
