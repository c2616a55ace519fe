"""Any ledger gives a document that the verifier accepts; a few of them are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from documents.made import ledgers, projects, settings
from documents.pages import PrintedPage
from documents.verifier import faults, stripped, words
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from line.desk import behind, early, project, see, unstarted

from xlplugin.pipeline import Outcome
from xlplugin.render.docx import document
from xlplugin.render.text import text


@hypothesis(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers)
def test_twenty_random_ledgers(drawn: list[Any]) -> None:
    outcome = see(*projects(drawn))
    content = document(
        outcome.bulletin, settings(office="陵川县重点工程办公室", issued="2021年10月8日")
    )
    assert faults(content) == []
    assert words(content) == stripped(text(outcome.bulletin))


def county(size: int) -> Outcome:
    """A county with so many projects, every kind among them."""
    kinds = [project, behind, unstarted, early, project]
    return see(
        *(kinds[number % 5](number) for number in range(1, size + 1)),
        settings={"office": "某县重点工程办公室", "issued": "2021-10-08"},
    )


@pytest.mark.office
def test_large_and_small_ones_in_print(
    printed: Callable[[Sequence[bytes]], list[list[PrintedPage]]],
) -> None:
    documents = [
        document((outcome := county(size)).bulletin, outcome.facts.settings)
        for size in (1, 60, 300)
    ]
    for pages in printed(documents):
        for number, page in enumerate(pages, start=1):
            assert page.number
            assert page.number.text == f"—{number}—"
            upright = page.width < page.height
            assert min(line.left for line in page.lines) > (27 if upright else 34)
            assert max(line.right for line in page.lines) < page.width - (25 if upright else 36)
            assert max(line.bottom for line in page.lines) < page.height - (34 if upright else 25)
