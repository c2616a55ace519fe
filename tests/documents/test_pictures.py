"""附图: pictures after the table, or one clear sentence why not."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from documents.made import settings
from documents.verifier import faults, stripped, words
from line.desk import AS_OF, behind, book, project, see

from xlplugin import buttons
from xlplugin.bulletin.blocks import Bulletin, Chart
from xlplugin.pipeline import Outcome, run
from xlplugin.render import pictures
from xlplugin.render.docx import document
from xlplugin.render.text import text

CHART = Chart(
    "bars", "完成率", "%", ("甲", "乙"), (("完成率", (60.0, None)), ("序时进度", (75.0, None)))
)


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    pytest.importorskip("matplotlib")


def two_months(**rest: Any) -> Outcome:
    """Two projects of which the month before last is known, too: a curve has two points."""
    done = [{"id": f"P{number:02}", "m7": 30, "m8": 50} for number in (1, 2)]
    return see(project(1), behind(2), settings={"charts": "是"}, monthly_done=done, **rest)


def test_two_pictures_on_upright_pages() -> None:
    outcome = two_months()
    content = document(outcome.bulletin, outcome.facts.settings)
    found = docx.Document(io.BytesIO(content))
    assert outcome.problems == ()
    assert faults(content) == []
    assert words(content) == stripped(text(outcome.bulletin))
    assert [shape._inline.docPr.get("descr") for shape in found.inline_shapes] == [
        "各项目完成率与序时进度",
        "投资进度曲线",
    ]
    assert found.sections[-1].page_width < found.sections[-1].page_height


def test_a_chart_that_stands_there_twice_is_shown_twice() -> None:
    content = document(Bulletin((CHART, CHART)), settings(charts="是"))
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 2


def test_figures_of_the_charts() -> None:
    bars, curve = (block for block in two_months().bulletin.blocks if isinstance(block, Chart))
    assert bars.series == (("完成率", (80.0, 60.0)), ("序时进度", (75.0, 75.0)))
    assert curve.series[0][1][:2] == (pytest.approx(200 / 12), pytest.approx(200 / 6))
    assert curve.series[1][1] == (None,) * 6 + (60.0, 100.0, 140.0) + (None,) * 3


def test_charts_are_attachments_with_their_numbers() -> None:
    """Each as the note calls it: its number on the page's label, its title above the picture."""
    said = text(two_months().bulletin).splitlines()
    at = said.index("　　附件：1.县级重点工程进展情况表")
    titles = ["县级重点工程进展情况表", "各项目完成率与序时进度", "投资进度曲线"]
    assert said[at + 1 : at + 3] == [f"　　　　　{n}.{titles[n - 1]}" for n in (2, 3)]
    assert [said[said.index(f"附件{n}") + 1] for n in (1, 2, 3)] == titles


def test_a_curve_of_one_point_is_not_drawn() -> None:
    """Neither is it listed."""
    bulletin = see(project(1), behind(2), settings={"charts": "是"}).bulletin
    assert [block.title for block in bulletin.blocks if isinstance(block, Chart)] == [
        "各项目完成率与序时进度"
    ]
    assert "曲线" not in text(bulletin)


def test_what_cannot_be_drawn_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FONTS", ())
    desk = book(project(1), settings={"charts": "是"})
    said = text(run(desk, AS_OF, pictures.obstacle).bulletin)
    assert "　　附件：县级重点工程进展情况表" in said.splitlines()


def test_many_projects_are_drawn_by_group() -> None:
    outcome = see(*(project(number) for number in range(1, 60)), settings={"charts": "是"})
    assert next(
        block for block in outcome.bulletin.blocks if isinstance(block, Chart)
    ).categories == ("县重点在建",)


def test_the_same_chart_gives_the_same_picture() -> None:
    assert pictures.picture(CHART, 6, 8) == pictures.picture(CHART, 6, 8)


def test_no_chart_unless_asked_for() -> None:
    assert not any(isinstance(block, Chart) for block in see(project(1)).bulletin.blocks)


def test_without_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known before the bulletin is written, so that every view of the outcome says so."""
    monkeypatch.setattr(pictures, "FONTS", ())
    (wrong,) = run(book(project(1), settings={"charts": "是"}), AS_OF, pictures.obstacle).problems
    assert (
        wrong.message
        == "「参数」B2「附图」：应画出附图，没有找到中文字体，文档里没有附图。请安装仿宋、宋体或思源字体后再生成。"
    )
    assert words(document(Bulletin((CHART, CHART)), settings(charts="是"))) == ""


@pytest.mark.parametrize("chosen", [{"charts": "否"}, {"charts": "是", "appendix": "否"}])
def test_nobody_looks_for_fonts_where_nothing_is_drawn(chosen: dict[str, str]) -> None:
    def look() -> None:
        raise AssertionError("looked for fonts")

    assert run(book(project(1), settings=chosen), AS_OF, look).problems == ()


def test_the_word_button_says_what_is_not_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "FONTS", ())
    ledger = book(project(1), settings={"charts": "是", "as_of": AS_OF})
    assert buttons.press("word", ledger, lambda: tmp_path / "台账.xlsm").text.endswith("提醒1处。")


def test_no_empty_page_stays_where_a_chart_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FONTS", ())
    outcome = see(project(1), behind(2), settings={"charts": "是"})
    content = document(outcome.bulletin, outcome.facts.settings)
    assert len(docx.Document(io.BytesIO(content)).sections) == 2


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (wrong,) = run(book(project(1), settings={"charts": "是"}), AS_OF, pictures.obstacle).problems
    assert (wrong.code, wrong.severity) == ("KP38", "W")
    assert "pip install" in wrong.message
