"""版头 and 版记 (GB/T 9704-2012, 7.2, 7.4): where 参数 gives them, and nothing where it does not."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from documents.made import settings
from documents.pages import PrintedLine, PrintedPage
from documents.structure import structure
from documents.test_pages import LINE, NEAR
from documents.verifier import faults, stripped, words
from line.desk import project, see

from xlplugin.bulletin.blocks import (
    Bulletin,
    Colophon,
    Heading,
    Items,
    Letterhead,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.bulletin.frame import framed
from xlplugin.pipeline import Outcome
from xlplugin.render.docx import document
from xlplugin.render.text import text

GOLDEN = Path(__file__).parent / "golden" / "framed.txt"
FRAME = {
    "office": "某县重点工程办公室",
    "letterhead": "某县重点工程办公室文件",
    "number": "某重点办〔2021〕3号",
    "addressee": "各乡镇人民政府",
    "copies": "县委办，县人大办，县政府办，县政协办，县纪委监委，县发改局，县财政局，县住建局，县自然资源局",
    "printed_by": "某县重点工程办公室",
    "printed_on": "2021-10-08",
}


GIVEN = ("letterhead", "copies", "printed_by", "printed_on")
WRITTEN = Bulletin(
    (
        Letterhead("某县重点工程办公室文件", "某重点办〔2021〕3号"),
        Title("关于2021年重点工程推进情况的通报"),
        Line("主送", "各乡镇人民政府："),
        Paragraph("2021年，全县共确定重点工程41项。"),
        Heading(1, "一、项目进展情况"),
        Heading(2, "（一）未开工项目（2项）"),
        Items(("1.甲项目。", "2.乙项目。")),
        PrintedTable("按责任单位排名表", "单位：项、%", ("名次", "责任单位"), (("1", "县教育局"),)),
        Line("附件", "附件：1.重点工程进展情况表\n2.各项目完成率与序时进度"),
        Signature("某县重点工程办公室", "2021年10月8日"),
        Line("附件标签", "附件1"),
        PrintedTable("重点工程进展情况表", "单位：万元", ("很长的栏目名称一二三四五六",) * 14, ()),
        Line("附件标签", "附件2"),
        PrintedTable("各项目完成率与序时进度", "", ("序号", "项目"), (("1", "甲项目"),)),
        Colophon("抄送：县委办，县人大办。", "某县重点工程办公室", "2021年10月8日印发"),
    )
)


def whole(**chosen: Any) -> tuple[Outcome, bytes]:
    """A small county's bulletin in its frame."""
    outcome = see(project(1), project(2), settings=FRAME | chosen)
    return outcome, document(outcome.bulletin, outcome.facts.settings)


def test_the_document_paragraph_by_paragraph() -> None:
    """Read once beside the standard. After a change that is meant: KP_UPDATE_GOLDEN=1 pytest, then read the difference."""
    content = document(WRITTEN, settings(**{key: FRAME[key] for key in GIVEN}))
    found = structure(content)
    if os.environ.get("KP_UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_its_words_are_those_of_the_text() -> None:
    outcome, content = whole()
    assert faults(content) == []
    assert words(content) == stripped(text(outcome.bulletin))


def test_nothing_of_it_unless_it_is_given() -> None:
    """An office with printed paper has neither; its number stands below the title as before."""
    given = ("letterhead", "copies", "printed_by", "printed_on")
    outcome, content = whole(**dict.fromkeys(given, ""))
    assert not any(isinstance(b, (Letterhead, Colophon)) for b in outcome.bulletin.blocks)
    styles = [p.style.name for p in docx.Document(io.BytesIO(content)).paragraphs[:3]]
    assert styles == ["Title", "公文文号", "主送机关"]


@pytest.mark.parametrize(
    ("office", "points"), [("某县文件", 42), ("某县重点工程办公室文件", 40), ("某" * 30, 26)]
)
def test_the_letters_are_as_large_as_one_line_allows(office: str, points: float) -> None:
    found = docx.Document(io.BytesIO(whole(letterhead=office)[1])).styles["发文机关标志"]
    assert (found.font.size.pt, str(found.font.color.rgb)) == (points, "FF0000")


@pytest.mark.parametrize("key", ["copies", "printed_by", "printed_on"])
def test_each_part_may_stand_alone(key: str) -> None:
    chosen = settings(**{key: FRAME[key]})
    (block,) = framed((), chosen)
    assert isinstance(block, Colophon)
    assert sum(map(bool, (block.copies, block.office, block.date))) == 1


def test_without_number_and_addressee_the_title_keeps_its_distance() -> None:
    _, content = whole(letterhead="", number="", addressee="")
    title, first, *_ = docx.Document(io.BytesIO(content)).paragraphs
    assert title.style.name == "Title"
    assert first.paragraph_format.space_before.pt == pytest.approx(28.95)


@pytest.fixture(scope="module")
def pages(printed: Callable[[Sequence[bytes]], list[list[PrintedPage]]]) -> list[PrintedPage]:
    return printed([whole()[1]])[0]


def line(page: PrintedPage, begins: str) -> PrintedLine:
    """A page's line that begins so."""
    return next(each for each in page.lines if each.text.startswith(begins))


@pytest.mark.office
def test_the_head_in_print(pages: list[PrintedPage]) -> None:
    """The letters 35 mm below the text's edge, two lines to the number, two below the red line to the title."""
    page = pages[0]
    head, number, title = (
        line(page, w) for w in ("某县重点工程办公室文件", "某重点办", "关于2021")
    )
    middle, size = (head.top + head.bottom) / 2, 40 * 25.4 / 72
    assert abs(middle - size / 2 - 37 - 35) < 3 * NEAR
    assert abs((head.left + head.right) / 2 - (28 + 156 / 2)) < NEAR
    assert abs(number.bottom - head.bottom - 3 * LINE) < 4 * NEAR
    assert 3 * LINE < title.bottom - number.bottom < 4 * LINE


@pytest.mark.office
def test_the_foot_in_print(pages: list[PrintedPage]) -> None:
    """On the last page, its last line in the text's last line, one character in from either edge."""
    page, character = pages[-1], 14 * 25.4 / 72
    copies, printed_by = line(page, "抄送："), line(page, "某县重点工程办公室2021")
    assert 0 < 297 - 35 - printed_by.bottom < LINE / 2
    assert abs(copies.left - 28 - character) < NEAR
    assert abs(210 - 26 - printed_by.right - character) < NEAR


def test_a_turned_appendix_is_followed_by_an_upright_page() -> None:
    outcome = see(
        *(project(n, agency="县住建局", name="很长的名称" * 8 + str(n)) for n in range(1, 4))
    )
    blocks = (*outcome.bulletin.blocks, Colophon("", "某办", ""))
    content = document(replace(outcome.bulletin, blocks=blocks), outcome.facts.settings)
    turns = [s.page_width > s.page_height for s in docx.Document(io.BytesIO(content)).sections]
    assert turns == [False, True, False]
