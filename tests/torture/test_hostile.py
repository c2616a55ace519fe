"""What was made to harm is read as it is meant or refused in one sentence, in bounded time and memory, and never brings the process down."""

from __future__ import annotations

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
