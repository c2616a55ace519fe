"""Whether a sheet's cells are put together as they should be: one look at what all write, a walk through the rows that it does not take."""

from __future__ import annotations

import pytest
from hosts import small

from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx import shape


def row(number: int, more: str = "", cell: str = "") -> str:
    """A row with a formula, which is not the commonest, and what else stands in it."""
    return f'<row r="{number}"><c r="A{number}"><f>1+1</f><v>{number}</v>{cell}</c>{more}</row>'


def read(folder, *rows: str):
    return FileBook(small.save(folder / "表.xlsx", small.parts("".join(rows)))).read("表")


@pytest.fixture
def walked(monkeypatch) -> list[int]:
    """How much was walked through, a stretch at a time; a few rows are one."""
    monkeypatch.setattr(shape, "_AT_ONCE", 200)
    found: list[int] = []
    through = shape._Walk.through
    monkeypatch.setattr(
        shape._Walk, "through", lambda self, data: found.append(len(data)) or through(self, data)
    )
    return found


@pytest.mark.parametrize("at", [1, 57, 300])
def test_what_is_said_twice_is_found_wherever_it_stands(tmp_path, walked, at):
    rows = [row(n, cell="<v>9</v>" if n == at else "") for n in range(1, 301)]
    with pytest.raises(UserError, match=rf"A{at} 内容重复"):
        read(tmp_path, *rows)
    assert sum(walked) < 2_000, "the other rows are known at one look"


def test_rows_that_are_rare_but_sound_are_read(tmp_path, walked):
    grid = read(tmp_path, *(row(n, "甲" if n % 50 == 0 else "") for n in range(1, 301)))
    assert [grid.at(n, 1) for n in (1, 50, 300)] == [1, 50, 300]
    assert len(walked) == 7  # six rows, and what stands around them


def test_more_that_is_rare_than_anybody_has_is_refused(tmp_path, walked, monkeypatch):
    """It would be walked through for ever."""
    monkeypatch.setattr(shape, "_MOST_ODD", 3_000)
    with pytest.raises(UserError, match="写法少见、又太大"):
        read(tmp_path, *(row(n, "甲") for n in range(1, 301)))
    assert sum(walked) < 12_000
