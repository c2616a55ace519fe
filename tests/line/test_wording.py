"""措辞: what clerks change is used; what cannot be used is told with its row and the names that exist, and does no harm."""

from __future__ import annotations

import time
from typing import Any

import pytest
from line.desk import behind, early, problems, project, see, unstarted
from line.test_bulletin_closes import EDGES

from xlplugin.bulletin.compose import compose
from xlplugin.bulletin.template import check
from xlplugin.bulletin.wording import PARAGRAPHS, DefaultParagraph
from xlplugin.pipeline import Outcome
from xlplugin.render.text import text

DEFAULT = "关于2021年县级重点工程推进情况的通报"


def lines(outcome: Outcome) -> list[str]:
    return [line.strip("　") for line in text(outcome.bulletin).splitlines()]


@pytest.mark.parametrize(
    ("template", "first"),
    [
        ("{{ 本地 }}{{ 年份 }}年通报", "全县2021年通报"),
        ("{% if 总数 > 1 %}多项{% elif 总数 == 1 %}一项{% endif %}通报", "一项通报"),
        ("第一行\n  第二行", "第一行第二行"),
        ("{{ 年份\n }}年{% if\n年份 %}通报{% endif %}", "2021年通报"),
        ("{{ '县' if 级别统称 in ('县级', '市级') else '省' }}", "县"),
        ("{{ 总数 + 1 }}项{{ '甲' ~ 本地 }}", "2项甲全县"),
        ("没有名称的标题", "没有名称的标题"),
        ("100% 的“通报”<b>&", "100% 的“通报”<b>&"),
    ],
)
def test_a_changed_paragraph_is_used(template: str, first: str) -> None:
    outcome = see(project(1), wording={"标题": template})
    assert problems(outcome) == []
    assert lines(outcome)[0] == first


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{{ 县名 }}通报", "「县名」"),
        ("{{ 总数 }}{{ 甲 }}{{ 乙 }}", "「乙」、「甲」"),
        ("{{ 年份 }通报", "花括号"),
        ("{% if 年份 %}通报", "花括号"),
        ("{{ 年份", "花括号"),
        ("{ 年份 }", "花括号"),
        ("｛｛ 年份 ｝｝", "花括号"),
        ("{% endif %}", "花括号"),
        ("{{ 年份 年份 }}", "花括号"),
        ("{{ 年份 + 本地 }}", "加减"),
        ("{% if 本地 > 3 %}甲{% endif %}", "加减"),
        ("{{ '甲' * 1000000000 }}", "循环"),
        ("{{ 9 ** 9 ** 9 }}", "循环"),
        ("{{ '%1000000000d' % 1 }}", "循环"),
        ("{% for a in 本地 %}{{ a }}{% endfor %}", "循环"),
        ("{{ 本地.__class__.__mro__ }}", "「本地」不是"),
        ("{{ 全部.完成率.__class__ }}", "「完成率」不是"),
        ("{{ 全部.完成律 }}", "「完成律」不是项目、分类、状态或数字的名称。相近的有：完成率"),
        ("{{ 全部.项数() }}", "循环"),
        ("{{ 全部.名单|length }}", "循环"),
        ("{{ (全部).项数 }}", "循环"),
        ("".join(f"{{{{ 最差{n}项.名单 }}}}" for n in range(1, 60)), "数字名称太多"),
        ("{{ ''['__class__'] }}", "循环"),
        ("{{ 本地|center(1000000000) }}", "循环"),
        ("{{ 本地.center(10) }}", "循环"),
        ("{% set 甲 = 本地 ~ 本地 %}{{ 甲 }}", "循环"),
        ("{{ range(9) }}", "循环"),
        ("{% include '甲' %}", "循环"),
        ("{% macro a() %}{% endmacro %}", "循环"),
        ("{{ lipsum() }}", "循环"),
        ("{{ self }}", "「self」"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "花括号"),
        ("{% if 年份 %}" * 150 + "甲" + "{% endif %}" * 150, "花括号"),
    ],
)
def test_a_wrong_paragraph_is_told_and_the_usual_words_stand_in(template: str, found: str) -> None:
    """KP36 names the row, what is wrong, and every name that may be used; nothing runs away, nothing breaks out."""
    begun = time.monotonic()
    outcome = see(project(1), wording={"无此段": "话", "标题": template})
    problem = next(each for each in outcome.problems if each.cell == "B3")
    assert not outcome.errors
    assert (problem.code, problem.sheet, problem.cell) == ("KP36", "措辞", "B3")
    assert found in problem.found
    assert all(
        name in problem.expected
        for name in ("年份", "截止日期", "截止月日", "本地", "总数", "级别统称")
    )
    assert lines(outcome)[0] == DEFAULT
    assert time.monotonic() - begun < 5


def test_the_forced_note_is_said_in_the_usual_words_where_its_own_fail() -> None:
    outcome = see(behind(1, cause=None), wording={"强制生成说明": "{{ 错误数 + 本地 }}"})
    assert [problem.code for problem in outcome.errors] == ["KP18"]
    assert any("尚有1处错误" in line for line in lines(outcome))


def test_composing_leaves_no_trace() -> None:
    """What is composed again, with the same wording, is the same: bulletin and problems."""
    outcome = see(project(1), wording={"标题": "{{ 年份 + 本地 }}"})
    again = compose(outcome.names, outcome.figures, outcome.wording)
    assert again == (outcome.bulletin, outcome.problems)
    assert outcome.wording.problems == ()


@pytest.mark.parametrize(
    ("key", "gone", "stays"),
    [
        ("标题", DEFAULT, "2021年，全县"),
        ("口径说明", "序时进度按", "项目进展情况"),
        ("打算引言", "密切配合", "下一步工作打算"),
        ("附件说明", "　　附件：", "附件"),
    ],
)
def test_an_emptied_paragraph_is_left_out(key: str, gone: str, stays: str) -> None:
    said = text(see(project(1), wording={key: ""}).bulletin)
    assert gone not in said
    assert stays in said
    assert "\n\n\n\n" not in said


def test_numbering_closes_up_over_emptied_headings() -> None:
    """
    | 段落 | 文字 |
    | 进展标题 | |
    | 未开工标题 | |
    | 未达到级别标题 | |
    """
    rows = [unstarted(1), project(2), behind(3), behind(4, level="市重点")]
    said = lines(see(*rows, wording={"进展标题": "", "未开工标题": "", "未达到级别标题": ""}))
    assert [line[:2] for line in said if line[1:2] == "、"] == ["一、", "二、"]
    assert [line[:3] for line in said if line.startswith("（") and "项目（" in line] == [
        "（一）",
        "（二）",
    ]
    assert not [line for line in said if line.endswith(".")]


def test_nothing_that_data_say_is_taken_for_wording() -> None:
    """Braces in a name are a name."""
    assert "{{ 总数 }}水库" in text(see(project(1, name="{{ 总数 }}水库")).bulletin)


@pytest.mark.parametrize("edge", EDGES)
def test_every_paragraph_gets_all_the_names_that_it_may_use(edge: str) -> None:
    """Each name of each paragraph is really provided: templates that use them all never fail, on no ledger."""
    rows, rest = EDGES[edge]
    everything = {p.key: "".join(f"{{{{ {name} }}}}" for name in p.names) for p in PARAGRAPHS}
    assert not [p for p in see(*rows, **rest, wording=everything).problems if p.code == "KP36"]


@pytest.mark.parametrize("paragraph", PARAGRAPHS, ids=lambda p: p.key)
def test_the_usual_words_are_right(paragraph: DefaultParagraph) -> None:
    """What the workbook is delivered with passes the check that a clerk's words must pass."""
    assert check(paragraph, f"{paragraph.template} ", see(project(1)).names) is None


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 全部.项数 }}项完成{{ 全部.完成率 }}", "3项完成60.00%"),
        ("{{甲局.名单}}", project(1)["name"]),
        ("{{ 1至9月.完成投资 }}", "180万元"),
        ("{{ 责任单位=乙局.项数 + 1 }}", "3"),
        ("{% if 乙局.项数 == 2 %}两项{% endif %}", "两项"),
        ("{% if 新增滞后.项数 %}新增{% else %}无记录{% endif %}", "无记录"),
        ("{{ 'a.b' }}{{ 1.5 }}", "a.b1.5"),
    ],
)
def test_a_figure_is_named_in_the_words(template: str, said: str) -> None:
    rows = [
        project(1, agency="甲局"),
        project(2, agency="乙局", done=100),
        behind(3, agency="乙局", done=0),
    ]
    outcome = see(*rows, wording={"标题": template}, settings={"unit": "万元"})
    assert lines(outcome)[0] == said


SILENT = {"与上月相比", "附表从略", "排名标题", "排名情况", "排名表标题"}
"""Paragraphs that need last month's archive or thousands of projects, or that the office must ask for; they have their own tests."""


def test_every_paragraph_is_said_on_some_ledger() -> None:
    """No paragraph is offered to clerks that no ledger brings out (otherwise the test above would prove nothing)."""
    rows = [
        unstarted(1, cause="缺土"),
        unstarted(2, cause="缺土"),
        unstarted(3),
        project(4),
        behind(5, level="市重点"),
        behind(6, cause="缺钱"),
        behind(7, cause="缺钱"),
        early(8, total=0.004),
        early(9, level="市重点", plan=100.4, total=None),
    ]
    many = [behind(5), behind(6), unstarted(7), unstarted(8)]
    rest = {"issues": [{"id": "P05", "kind": "土地", "text": "未批"}]}
    few = {"settings": {"detailed": 1}}
    assert _silent(rows, **rest) & _silent(many, **few) == SILENT


def _silent(rows: list[dict[str, Any]], **rest: Any) -> set[str]:
    usual = text(see(*rows, **rest).bulletin)
    return {
        p.key
        for p in PARAGRAPHS
        if text(see(*rows, **rest, wording={p.key: "变了"}).bulletin) == usual
    }


@pytest.mark.parametrize(
    "template",
    [
        "{{ 0x" + "f" * 20_000 + " }}",
        "{{ " + "9" * 9_000 + " }}",
        "{{ 1e309 }}",
        '{{ "\\x1b]0;x\\x07" }}',
        '{{ "\\ud800" }}',
        "{{ " + "(" * 900 + "1" + ")" * 900 + " }}",
        "{% if 1 %}" * 100 + "x" + "{% endif %}" * 100,
        "字" * 20_001,
    ],
    ids=["hex", "digits", "infinite", "escape", "half a character", "deep", "deep blocks", "long"],
)
def test_a_template_is_bounded(template: str) -> None:
    """Whatever is refused is refused in words; what passes can be filled in."""
    from xlplugin.bulletin.template import _fill, check
    from xlplugin.bulletin.wording import PARAGRAPHS

    found = check(PARAGRAPHS[0], template, see(project(1)).names)
    assert found or _fill(template, {}, str) == "x"


def test_no_control_character_reaches_the_text() -> None:
    from xlplugin.bulletin.template import _fill

    assert _fill("{{ 名称 }}", {"名称": "水库\x1b[31m\u202e一期\x00"}, str) == "水库[31m一期"
