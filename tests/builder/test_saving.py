"""The file: the same bytes each time, never over another file, never half written."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from xlplugin.builder import Contents, build
from xlplugin.errors import UserError


def test_two_builds_give_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    build(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == built["empty"].read_bytes()


def test_no_clock_in_the_file(path: Path) -> None:
    with ZipFile(path) as package:
        assert {member.date_time for member in package.infolist()} == {(2021, 1, 1, 0, 0, 0)}
        assert package.read("docProps/core.xml").count(b"2021-01-01T00:00:00Z") == 2


def test_a_file_is_not_overwritten_unless_told(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(UserError, match="已经存在"):
        build(target)
    assert target.read_bytes() == b"mine"
    build(target, Contents(), overwrite=True)
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "saying"),
    [
        ("没有/新.xlsx", "文件夹「.*没有」不存在"),
        ("新.xls", "应以 .xlsx 结尾"),
        ("长" * 100 + ".xlsx", "写不了"),
        ("是文件夹.xlsx", "已经存在"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, saying: str) -> None:
    (tmp_path / "是文件夹.xlsx").mkdir()
    with pytest.raises(UserError, match=saying):
        build(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["是文件夹.xlsx"]
