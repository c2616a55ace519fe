"""The ready outlines: word for word on the case county, without a slip on any other, chosen in 参数 or with `kp new --outline`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from line.county import DECIDED, lingchuan
from line.desk import behind, day, project, see, table
from line.test_bulletin_closes import EDGES, PROJECTS
from line.test_printed_figures import COUNTS_NAMES, FIGURE, OF_A_PROJECT, printed
from outlines.slips import slips

from xlplugin import tables
from xlplugin.bulletin.ready import FILES, parse, ready, usual
from xlplugin.cli import main
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.text import text
from xlplugin.schema import OWN_OUTLINE, PARAMETERS, READY_OUTLINES, SETTINGS, WORDING

GOLDEN = Path(__file__).parent / "golden"
TITLES = {parameter.key: parameter.title for parameter in PARAMETERS}


def county(outline: str, **sheets: Any) -> Outcome:
    """The case county with an outline chosen in 参数."""
    decided = {**DECIDED, "outline": outline}
    rows = [{"name": TITLES[key], "value": value} for key, value in decided.items()]
    return run(lingchuan(**{SETTINGS.title: table(SETTINGS, rows), **sheets}))


@pytest.mark.parametrize("name", READY_OUTLINES)
def test_the_case_county_word_for_word(name: str) -> None:
    """Read aloud before it was kept; KP_UPDATE_GOLDEN writes it anew, to be read again."""
    outcome = county(name)
    said = text(outcome.bulletin).partition("\n附件\n")[0]
    kept = GOLDEN / f"{FILES[name]}.txt"
    if os.environ.get("KP_UPDATE_GOLDEN"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")
    assert slips(outcome) == []


@pytest.mark.parametrize("name", READY_OUTLINES)
@pytest.mark.parametrize("edge", EDGES)
def test_no_slip_on_edge_ledgers(name: str, edge: str) -> None:
    rows, rest = EDGES[edge]
    decided = {**rest.get("settings", {}), "outline": name}
    assert slips(see(*rows, **{**rest, "settings": decided})) == []


MORE = st.fixed_dictionaries(
    {
        "nature": st.sampled_from(["在建", "前期", "新建", "续建", "储备"]),
        "industry": st.sampled_from([None, "交通", "水利", "工业", "民生"]),
        "agency": st.sampled_from([None, "甲局", "乙局", "丙局", "丁局", "戊局", "己局", "庚局"]),
        "place": st.sampled_from([None, "东镇", "西乡", "南镇"]),
        "planned_start": st.sampled_from([None, day("2021-03-01"), day("2021-11-01")]),
    }
)
ROWS = st.lists(st.tuples(PROJECTS, MORE), min_size=1, max_size=12)


@pytest.mark.parametrize("name", READY_OUTLINES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ROWS,
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["亿元", "万元"]),
    st.sampled_from(["在建", "全部", "应开工"]),
    st.sampled_from(["2021-01-31", "2021-09-30", "2021-12-31"]),
)
def test_no_slip_on_any_county(
    name: str, rows: list[Any], decimals: int, unit: str, basis: str, as_of: str
) -> None:
    projects = [project(n, **{**base, **more}) for n, (base, more) in enumerate(rows, start=1)]
    decided = {"outline": name, "decimals": decimals, "unit": unit, "start_basis": basis}
    assert slips(see(*projects, as_of=as_of, settings=decided)) == []


def test_each_is_another_bulletin_and_says_what_it_is_for() -> None:
    assert len({text(county(name).bulletin) for name in (OWN_OUTLINE, *READY_OUTLINES)}) == 6
    assert all(len(ready(name).purpose) > 10 for name in READY_OUTLINES)


def test_what_was_changed_in_the_sheet_is_not_used_and_that_is_said_once() -> None:
    keys = ("paragraph", "depth", "each", "template")
    delivered = [dict(zip(keys, row, strict=True)) for row in usual()]
    same = county("简讯", **{WORDING.title: table(WORDING, delivered)})
    assert not [p for p in same.problems if p.code == "KP36"]
    changed = [*delivered[:3], {**delivered[3], "template": "改过。"}, *delivered[4:]]
    outcome = county("简讯", **{WORDING.title: table(WORDING, changed)})
    (told,) = [p for p in outcome.problems if p.code == "KP36"]
    assert (told.sheet, told.severity) == (SETTINGS.title, "W")
    assert "第5行" in told.found
    assert text(outcome.bulletin) == text(same.bulletin)


@pytest.mark.parametrize("name", READY_OUTLINES)
def test_a_column_that_the_ledger_lacks_is_passed_over(name: str) -> None:
    """One outline for every ledger: without industries, agencies and places the rest is written."""
    outcome = see(project(1), behind(2), behind(3, level="市重点"), settings={"outline": name})
    assert slips(outcome) == []
    assert len(text(outcome.bulletin)) > 100


def test_the_rows_that_were_passed_over_are_told_in_one_remark() -> None:
    outcome = see(project(1), behind(2), settings={"outline": "排名通报"})
    (told,) = [p for p in outcome.problems if p.code == "KP36"]
    assert (told.severity, told.sheet, told.cell != "") == ("W", SETTINGS.title, True)
    for lacking, row in (
        ("责任单位", "单位排名表"),
        ("行业", "行业表"),
        ("建设地点", "属地排名表"),
    ):
        assert f"没有「{lacking}」一栏" in told.found
        assert f"「{row}」" in told.found
    assert not [p for p in county("排名通报").problems if p.code == "KP36"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", "没有一行"),
        ("只有说明", "没有一行"),
        ("【】\n文", "【】"),
        ("【甲｜段｜级别｜多】\n文", "【甲｜段｜级别｜多】"),
    ],
)
def test_what_is_no_outline_is_told(source: str, found: str) -> None:
    with pytest.raises(UserError, match=re.escape(found)):
        parse(source)


def test_an_outline_is_read_as_it_is_written() -> None:
    found = parse("说明\n\n【甲|逐条|级别】\n第一行\n  第二行\n【落款】\n【乙】\n文")
    assert found.purpose == "说明"
    assert found.rows == (
        ("甲", "逐条", "级别", "第一行第二行"),
        ("落款", "落款", "", "{{ 发文单位 }}"),
        ("乙", "段", "", "文"),
    )


def test_a_new_workbook_begins_with_an_outline(tmp_path: Path) -> None:
    """By name or from a text file: 措辞 holds it, and the bulletin is the one that 参数 would have chosen."""
    source = tmp_path / "我的.txt"
    source.write_text("【标题】\n我的通报\n【文｜段】\n共{{ 全部.项数 }}项。", encoding="utf-8")
    for name, rows in (("督查通报", ready("督查通报").rows), (str(source), parse_file(source))):
        path = tmp_path / f"{Path(name).stem}.xlsx"
        assert CliRunner().invoke(main, ["new", str(path), "--outline", name]).exit_code == 0
        sheet = tables.read_optional(FileBook(path), WORDING)
        found = tuple(row[1:] for row in sheet.lines("paragraph", "depth", "each", "template"))
        assert found == rows


def parse_file(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8")).rows


def test_an_outline_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(main, ["new", str(tmp_path / "新.xlsx"), "--outline", "红榜"])
    assert outcome.exit_code == 1
    assert "红黑榜" in outcome.output
    assert not list(tmp_path.iterdir())


def unnamed(outcome: Outcome) -> set[str]:
    """Printed figures that no name gives: neither one that the bulletin lists nor a project's own."""
    names = [*outcome.bulletin.figures]
    for identity in outcome.facts.data.values("id"):
        names += [f"{identity}.{label}" for label in (*OF_A_PROJECT, "较序时")]
    told = {figure for name in names for figure in FIGURE.findall(outcome.names[name].text)}
    entered = "".join(
        str(cell)
        for key in ("cause", "stage", "actual_progress", "planned_progress")
        for cell in outcome.facts.data.listed(key)
    )
    said = "".join(COUNTS_NAMES.sub("", line) + "\n" for line in printed(outcome))
    return {each for each in FIGURE.findall(said) if each not in entered} - told


@pytest.mark.parametrize("name", READY_OUTLINES)
def test_every_figure_of_a_ready_outline_has_a_name(name: str) -> None:
    assert unnamed(county(name)) == set()
