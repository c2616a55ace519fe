"""Files, folders and patterns: which workbooks are meant, and where their bulletins go."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlplugin.errors import UserError
from xlplugin.inputs import collect, output_name


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name in (
        "b/1.xlsx",
        "b/c/1.xlsx",
        "b/c/2.XLSM",
        "b/~$1.xlsx",
        "b/.hidden.xlsx",
        "b/1-通报.xlsx",
        "b/summary.xlsx",
        "b/old.doc",
        "b/note.txt",
        "a/1.xlsx",
        "a/1.xlsm",
        ".git/x.xlsx",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def told(desk: Path, *arguments: str) -> list[str]:
    """Each workbook found, with its sub-folder: b/1.xlsx > b."""
    sources = collect([desk / argument for argument in arguments])
    return [f"{source.path.relative_to(desk)} > {source.sub}" for source in sources]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["b/1.xlsx"], ["b/1.xlsx > ."]),
        (["b"], ["b/1.xlsx > .", "b/c/1.xlsx > c", "b/c/2.XLSM > c"]),
        (
            ["b", "a/1.xlsx"],
            ["b/1.xlsx > b", "b/c/1.xlsx > b/c", "b/c/2.XLSM > b/c", "a/1.xlsx > a"],
        ),
        (["b/*.xlsx"], ["b/1.xlsx > ."]),
        (["*/1.xlsx"], ["a/1.xlsx > a", "b/1.xlsx > b"]),
        (["b/**/*.xlsx"], ["b/1.xlsx > .", "b/c/1.xlsx > c"]),
        (["b/1.xlsx", "b", "b/*.xlsx"], ["b/1.xlsx > .", "b/c/1.xlsx > c", "b/c/2.XLSM > c"]),
        (["b/1.xlsx", "b/gone.xlsx"], ["b/1.xlsx > .", "b/gone.xlsx > ."]),
        (["a"], ["a/1.xlsm > .", "a/1.xlsx > ."]),
        (["b/1-通报.xlsx"], ["b/1-通报.xlsx > ."]),  # named by the clerk
        (["b/1-通报.xlsx", "b/1.xlsx"], ["b/1.xlsx > ."]),  # as a shell writes out b/*.xlsx
        (["长" * 300, "b/1.xlsx"], [f"{'长' * 300} > .", "b/1.xlsx > b"]),
    ],
)
def test_which_workbooks_are_meant(desk: Path, arguments: list[str], expected: list[str]) -> None:
    assert told(desk, *arguments) == expected


def test_twins_share_no_document(desk: Path) -> None:
    names = [output_name(desk / name) for name in ("a/1.xlsx", "a/1.xlsm", "b/c/2.XLSM")]
    assert names == ["1-通报", "1.xlsm-通报", "2-通报"]


def test_formats_of_one_name_keep_out_of_each_others_way(desk: Path) -> None:
    (desk / "d").mkdir()
    for name in ("1.xls", "1.csv", "1.ods", "1.et", "2.CSV"):
        (desk / "d" / name).touch()
    assert [output_name(source.path) for source in collect([desk / "d"])] == [
        "1.csv-通报",
        "1.et-通报",
        "1.ods-通报",
        "1-通报",
        "2-通报",
    ]


def test_the_target_of_a_roll_up_is_no_input_of_it(desk: Path) -> None:
    sources = collect([desk / "a"], leave_out=desk / "a" / "1.xlsx")
    assert [source.path.name for source in sources] == ["1.xlsm"]


@pytest.mark.parametrize("argument", ["gone", "*.ods", "b/note.txt/*.xlsx"])
def test_nothing_found_is_said(desk: Path, argument: str) -> None:
    with pytest.raises(UserError, match="没有找到"):
        collect([desk / argument])
