"""A bulletin speaks of the place, of its projects and of their number as the office does."""

from __future__ import annotations

import pytest
from line.desk import AS_OF, behind, book, early, problems, project, see

from xlplugin.bulletin.words import levels_word
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.places import below, whole
from xlplugin.render.text import text
from xlplugin.schema import LEDGER


@pytest.mark.parametrize(
    ("name", "itself", "parts"),
    [
        ("陵川县", "全县", "乡镇"),
        ("晋城市", "全市", "乡镇"),
        ("松山区", "全区", "镇街"),
        ("高新技术产业开发区", "全区", "镇街"),
        ("延边朝鲜族自治州", "全州", "县市"),
        ("敖汉旗", "全旗", "苏木乡镇"),
        ("锡林郭勒盟", "全盟", "旗县"),
        ("大兴安岭地区", "全区", "县市"),
        ("内蒙古自治区", "全区", "市县"),
        ("", "全县", "乡镇"),
    ],
)
def test_a_place_speaks_of_itself_and_its_parts(name: str, itself: str, parts: str) -> None:
    assert (whole(name), below(name)) == (itself, parts)
    assert whole(name) in text(see(project(1), settings={"county": name}).bulletin)
    assert see(project(1), project(2), settings={"county": name}).names[f"{itself}.项数"].value == 2


@pytest.mark.parametrize(
    ("levels", "itself"),
    [
        (("县重点", "镇重点"), "全镇"),
        (("市重点", "区级重点"), "全区"),
        (("省重点", "市重点"), "全市"),
        (("国家重点",), "全县"),
    ],
)
def test_a_place_without_a_name_is_of_the_lowest_level(
    levels: tuple[str, ...], itself: str
) -> None:
    rows = [project(at, level=level) for at, level in enumerate(levels * 3, start=1)]
    assert f"{itself}共确定" in text(see(*rows).bulletin)


def test_a_citys_parts_are_counties() -> None:
    assert below("晋城市", counties=True) == "县区"


def test_what_projects_are_called_and_counted_in_is_the_offices_own() -> None:
    outcome = see(project(1), behind(2), early(3), settings={"called": "重大项目", "counted": "个"})
    said = text(outcome.bulletin)
    assert problems(outcome) == []
    assert not [word for word in ("重点工程", "3项") if word in said]
    assert not [
        word for word in ("重大项目3个", "在建项目2个", "县重点在建项目2个") if word not in said
    ]
    assert outcome.names["全部.项数"].text == "3个"


@pytest.mark.parametrize(
    ("levels", "word"),
    [
        (["省重点", "市重点", "县重点"], "省市县三级"),
        (["省、市重点", "县重点"], "省市县三级"),
        (["国家重点", "省重点"], "国家省两级"),
        (["旗重点"], "旗级"),
        (["A类", "县重点"], ""),
        (["A类重点"], ""),
        (["重点"], ""),
    ],
)
def test_levels_together(levels: list[str], word: str) -> None:
    assert levels_word(levels) == word


@pytest.mark.parametrize(
    ("heading", "said"),
    [("总投资", "概算总投资"), ("估算总投资（万元）", "估算总投资"), ("计划总投资", "计划总投资")],
)
def test_the_whole_investment_is_called_as_the_ledger_calls_it(heading: str, said: str) -> None:
    rows = [list(row) for row in book(project(1)).read(LEDGER.title).rows]
    rows[0][rows[0].index(LEDGER["total"].heading)] = heading
    outcome = run(MemoryBook({LEDGER.title: rows}), AS_OF)
    assert f"，{said}0.10亿元" in text(outcome.bulletin)
