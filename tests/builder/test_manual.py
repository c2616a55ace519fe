"""The clerks' manual says what the program does: its generated parts are fresh, its commands and messages are real."""

from __future__ import annotations

import contextlib
import inspect
import re
import shlex
from pathlib import Path

import click
import pytest
from cases.build import WITH_MACROS

from xlplugin.builder.manual import PARTS, refreshed
from xlplugin.builder.ribbon import GROUPS, TAB
from xlplugin.builder.texts import TEXTS
from xlplugin.bulletin.wording import PARAGRAPHS
from xlplugin.buttons import press
from xlplugin.cli import main
from xlplugin.desk import doctor
from xlplugin.desk.examples import WELL, every_diagnosis
from xlplugin.errors import CODES
from xlplugin.functions import FUNCTIONS
from xlplugin.hosts.file import FileBook
from xlplugin.schema import ARCHIVE, ARCHIVE_ISSUES, PARAMETERS, SELF_CHECK, SHEETS, WORKING

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
        *(sheet.title for sheet in (*SHEETS, SELF_CHECK, ARCHIVE, ARCHIVE_ISSUES, WORKING)),
        *(
            column.heading
            for sheet in SHEETS
            if not sheet.output
            for column in sheet.columns
            if not column.key.startswith("m")
        ),
        *(parameter.title for parameter in PARAMETERS),
        *(paragraph.key for paragraph in PARAGRAPHS),
        *CODES,
        *(f"`kp {command} " for command in main.commands if command not in ("doctor", "install")),
        "`kp doctor`",
        "`kp install`",
        *FUNCTIONS,
        TAB,
        *(button.label for buttons in GROUPS.values() for button in buttons),
    ]
    assert [word for word in declared if word not in manual] == []


def test_every_command_that_it_shows_is_one(manual: str) -> None:
    shown = [*re.findall(r"^ *(kp .+)$", manual, re.M), *re.findall(r"`(kp [a-z]+[^`]*)`", manual)]
    assert len(shown) > 20
    for line in shown:
        _, name, *arguments = shlex.split(line, posix=False)
        if name != "--help":
            with contextlib.suppress(click.MissingParameter):  # a command's bare name in the text
                main.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("key", ["bulletin", "check", "refresh", "adopt", "archive"])
def test_what_a_button_closes_with(manual: str, key: str) -> None:
    """Word for word, but for how many rows 栏目对应 gets: a column more is a row more."""
    said = press(key, FileBook(WITH_MACROS), WITH_MACROS).text
    assert re.sub(r"\d+行", "若干行", said) in re.sub(r"\d+行", "若干行", manual)


def test_what_the_status_bar_says_without_python(manual: str) -> None:
    said = TEXTS["OFFLINE"].removeprefix(f"{TAB}：").split("。")[0]
    assert said in manual


def test_every_diagnosis_of_the_doctor_is_explained() -> None:
    assert doctor.diagnoses(WELL) == []
    assert len(list(every_diagnosis())) == inspect.getsource(doctor).count("yield Diagnosis(")


def test_every_picture_is_there_and_small(manual: str) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", manual)
    assert pictures
    for picture in pictures:
        assert (MANUAL.parent / picture).stat().st_size < 250_000
    assert {f"pictures/{path.name}" for path in (MANUAL.parent / "pictures").iterdir()} == set(
        pictures
    )


def test_an_unknown_marker_is_an_error() -> None:
    with pytest.raises(KeyError):
        refreshed("<!-- generated: nothing -->\n<!-- end -->")
