"""Law: the words of the document are the words of the text, in the same order."""

from __future__ import annotations

from documents.made import bulletins, settings
from documents.verifier import faults, stripped, words
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis

from xlplugin.bulletin.blocks import Bulletin, Items, Line, Paragraph, PrintedTable, Title
from xlplugin.pipeline import Outcome
from xlplugin.render.docx import document
from xlplugin.render.text import text


@hypothesis(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(bulletins())
def test_any_bulletin(bulletin: Bulletin) -> None:
    content = document(bulletin, settings())
    assert words(content) == stripped(text(bulletin))
    assert faults(content) == []


def test_the_case_county(case: Outcome) -> None:
    content = document(case.bulletin, case.facts.settings)
    assert words(content) == stripped(text(case.bulletin))


def test_characters_that_no_xml_can_hold_are_left_out() -> None:
    content = document(Bulletin((Title("甲\x0b乙"), Paragraph("丙\x00丁\ufffe"))), settings())
    assert words(content) == "甲乙丙丁"


def test_an_appendix_after_nothing() -> None:
    content = document(
        Bulletin(
            (Items(()), Line("附件标签", "附件"), PrintedTable("表", "单位：元", ("甲",), ()))
        ),
        settings(),
    )
    assert (words(content), faults(content)) == ("附件表单位：元甲", [])


def test_an_empty_bulletin_is_a_document() -> None:
    content = document(Bulletin(()), settings())
    assert (words(content), faults(content)) == ("", [])
