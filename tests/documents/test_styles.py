"""What offices may choose, and what they find in the styles."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import docx
import pytest
from documents.made import settings
from documents.verifier import faults
from docx.oxml.ns import qn

from xlplugin.bulletin.blocks import (
    Bulletin,
    Heading,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.pipeline import Outcome
from xlplugin.render.docx import document
from xlplugin.render.docx.signature import place

BULLETIN = Bulletin(
    (
        Title("关于重点工程的通报"),
        Line("文号", "陵重点办〔2021〕3号"),
        Line("主送", "各乡镇人民政府："),
        Heading(1, "一、进展"),
        Heading(2, "（一）未开工"),
        Heading(3, "1.省重点"),
        Paragraph("2021年，“完成”9项。"),
        Line("附件", "附件：表"),
        Signature("某办公室", "2021年10月8日"),
        Line("附件标签", "附件"),
        PrintedTable("表", "单位：万元", ("序号", "项目"), (("（一）省",), ("1", "甲"))),
    )
)


def opened(**chosen: Any) -> Any:
    """The document with these settings, as python-docx reads it."""
    content = document(BULLETIN, settings(**chosen))
    assert faults(content) == []
    return docx.Document(io.BytesIO(content))


def font(document: Any, style: str) -> set[str]:
    """The fonts that a style names."""
    return set(document.styles[style].element.rPr.rFonts.attrib.values())


@pytest.mark.parametrize(
    ("style", "name", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体_GB2312", 16),
        ("heading 3", "仿宋_GB2312", 16),
        ("heading 4", "仿宋_GB2312", 16),
        ("公文正文", "仿宋_GB2312", 16),
        ("附件标识", "黑体", 16),
        ("单页页码", "宋体", 14),
    ],
)
def test_fonts_and_sizes(style: str, name: str, points: float) -> None:
    found = opened()
    assert font(found, style) == {name}
    assert found.styles[style].font.size.pt == points
    assert not found.styles[style].font.bold


@pytest.mark.parametrize(
    ("key", "style"),
    [
        ("title_font", "Title"),
        ("body_font", "公文正文"),
        ("heading1_font", "heading 1"),
        ("heading2_font", "heading 2"),
    ],
)
def test_an_office_chooses_its_fonts(key: str, style: str) -> None:
    assert font(opened(**{key: '华文"中宋'}), style) == {'华文"中宋'}


def test_digits_may_have_a_font_of_their_own() -> None:
    fonts = opened(digits_font="Times New Roman").styles["公文正文"].element.rPr.rFonts
    assert [fonts.get(qn(f"w:{face}")) for face in ("ascii", "hAnsi", "eastAsia")] == [
        "Times New Roman",
        "Times New Roman",
        "仿宋_GB2312",
    ]


def test_line_pitch() -> None:
    found = opened(line_pitch="28")
    assert found.styles["Normal"].paragraph_format.line_spacing.pt == 28
    assert found.sections[0]._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "560"


def test_no_page_numbers_where_none_are_wanted() -> None:
    assert all(
        section.footer.is_linked_to_previous for section in opened(page_numbers="否").sections
    )
    first = opened().sections[0]
    assert (first.footer.paragraphs[0].text, first.even_page_footer.paragraphs[0].text) == (
        "— 1 —",
        "— 1 —",
    )


@pytest.mark.parametrize(
    ("office", "date", "seal", "expected"),
    [
        (10, 7.5, True, (12.5, 12.5)),  # centre of both: 4 + 7.5 ÷ 2 from the edge
        (20, 7.5, True, (8, 8)),  # a long name ends at the edge, the date still under its middle
        (
            10,
            7.5,
            False,
            (16, 18),
        ),  # the name two from the edge, the date two further in than the name
        (4, 7.5, False, (16.5, 18.5)),  # the date is longer: it ends two from the edge
        (0, 7.5, False, (18.5, 18.5)),
        (40, 7.5, True, (0, 0)),
    ],
)
def test_places_of_signature_and_date(
    office: float, date: float, seal: bool, expected: tuple[float, float]
) -> None:
    found = place(office, date, seal=seal)
    assert (found.office, found.date) == expected


def test_properties() -> None:
    """What a folder shows of the file; the office is the author, the report's date the day."""
    found = opened(office="某办<公>室").core_properties
    assert (found.title, found.author, found.last_modified_by) == (
        "关于重点工程的通报",
        "某办<公>室",
        "某办<公>室",
    )
    assert found.created == found.modified == dt.datetime(2021, 9, 30, tzinfo=found.created.tzinfo)


def test_every_part_is_led_to() -> None:
    """A part that nothing leads to would be lost when the file is saved again."""
    content = document(BULLETIN, settings())
    saved = io.BytesIO()
    docx.Document(io.BytesIO(content)).save(saved)
    names = [
        sorted(zipfile.ZipFile(io.BytesIO(each)).namelist()) for each in (content, saved.getvalue())
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0])


def test_the_same_bulletin_gives_the_same_bytes(case: Outcome) -> None:
    contents = {document(case.bulletin, case.facts.settings) for _ in range(2)}
    assert len(contents) == 1
    with zipfile.ZipFile(io.BytesIO(contents.pop())) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2021-09-30T00:00:00Z" in package.read("docProps/core.xml").decode()
