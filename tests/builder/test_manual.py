"""The clerks' manual says what the program does: its generated parts are fresh, its pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlplugin.builder.manual import PARTS, refreshed
from xlplugin.bulletin.wording import PARAGRAPHS
from xlplugin.errors import CODES
from xlplugin.schema import PARAMETERS, SHEETS

MANUAL = Path(__file__).parents[2] / "workbooks" / "README.md"


@pytest.fixture(scope="module")
def manual() -> str:
    return MANUAL.read_text(encoding="utf-8")


def test_the_generated_parts_are_fresh(manual: str) -> None:
    """After a change: python -m xlplugin.builder.manual workbooks/README.md"""
    assert refreshed(manual) == manual


def test_every_part_is_in_the_manual_once(manual: str) -> None:
    assert sorted(re.findall(r"<!-- generated: ([\w ]+) -->", manual)) == sorted(PARTS)
    assert manual.count("<!-- end -->") == len(PARTS)


def test_everything_declared_is_named(manual: str) -> None:
    declared = [
        *(sheet.title for sheet in SHEETS),
        *(column.heading for sheet in SHEETS if not sheet.output for column in sheet.columns if not column.key.startswith("m")),
        *(parameter.title for parameter in PARAMETERS),
        *(paragraph.key for paragraph in PARAGRAPHS),
        *CODES,
    ]
    assert [word for word in declared if word not in manual] == []


def test_every_picture_is_there_and_small(manual: str) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", manual)
    assert pictures
    for picture in pictures:
        assert (MANUAL.parent / picture).stat().st_size < 250_000
    assert {f"pictures/{path.name}" for path in (MANUAL.parent / "pictures").iterdir()} == set(pictures)


def test_an_unknown_marker_is_an_error() -> None:
    with pytest.raises(KeyError):
        refreshed("<!-- generated: nothing -->\n<!-- end -->")
