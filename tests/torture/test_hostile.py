"""What was made to harm is read as it is meant or refused in one sentence, in bounded time and memory, and never brings the process down."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hosts import small
from torture import hostile
from torture.bounded import bounded

from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook

ALL = hostile.all_of_them()


@pytest.mark.parametrize("name", ALL)
def test_hostile(tmp_path, name):
    case = ALL[name]
    path = small.save(tmp_path / "台账.xlsx", case.parts())
    found = bounded(lambda: look(path, case))
    assert found == ("", True), (found, case.said)


@pytest.mark.parametrize("name", hostile.SIZES)
def test_sizes_follow_what_is_there(tmp_path, name):
    """Checked and written into, or refused; within 10 s and 1 GB."""
    path = tmp_path / "台账.xlsx"
    bounded(lambda: str(small.save(path, hostile.SIZES[name]())))  # this process stays small
    assert bounded(lambda: serve(path)) == ("", True)


def serve(path: Path) -> str:
    """Empty where the bulletin of a ledger was written into it, or it was refused in a sentence."""
    from xlplugin.cli import main

    said = io.StringIO()
    status: object = None
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(["bulletin", str(path), "--in-place", "--force", "--as-of", "2021-09-30"])
        except SystemExit as end:
            status = end.code
    if len(said.getvalue()) > 20_000:
        return f"{len(said.getvalue())} characters printed"
    return "" if status in (0, 1, 2) and "意外" not in said.getvalue() else said.getvalue()[:2000]


def look(path: Path, case: hostile.Hostile) -> str:
    """Empty where a workbook became what it should; else what became of it."""
    import re

    try:
        grid = FileBook(path).read("表")
    except UserError as refusal:
        said = str(refusal)
        return (
            "" if case.at is None and re.search(case.said, said) and said.endswith("。") else said
        )
    if case.at is None:
        return f"read as {grid.rows[:3]}"
    wrong = {place: grid.at(*place) for place, value in case.at.items() if grid.at(*place) != value}
    return str(wrong) if wrong else ""
