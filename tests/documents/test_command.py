"""`kp bulletin` writes the document with the other files: all of them or none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cases.build import WORKBOOK
from click.testing import CliRunner
from documents.verifier import faults

from xlplugin.cli import main


def bulletin(*arguments: str) -> tuple[int, list[str]]:
    """Exit code and names of what was written."""
    result = CliRunner().invoke(main, ["bulletin", str(WORKBOOK), "--json", *arguments])
    return result.exit_code, [
        Path(path).name for path in json.loads(result.stdout).get("outputs", [])
    ]


def test_the_document_is_written_by_default(tmp_path: Path) -> None:
    stem = f"{WORKBOOK.stem}-通报"
    assert bulletin("-o", str(tmp_path)) == (0, [f"{stem}.xlsx", f"{stem}.docx", f"{stem}.txt"])
    assert faults((tmp_path / f"{stem}.docx").read_bytes()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{stem}.docx",
        f"{stem}.txt",
        f"{stem}.xlsx",
    ]


def test_it_can_be_left_out(tmp_path: Path) -> None:
    assert bulletin("-o", str(tmp_path), "--no-docx") == (
        0,
        [f"{WORKBOOK.stem}-通报.xlsx", f"{WORKBOOK.stem}-通报.txt"],
    )


def test_all_or_nothing(tmp_path: Path) -> None:
    """Where the document cannot be written nothing is."""
    (tmp_path / f"{WORKBOOK.stem}-通报.docx").mkdir()
    result = CliRunner().invoke(main, ["bulletin", str(WORKBOOK), "-o", str(tmp_path)])
    assert result.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == [f"{WORKBOOK.stem}-通报.docx"]


@pytest.mark.parametrize(
    ("option", "loaded"), [("--docx", [True, False]), ("--no-docx", [False, False])]
)
def test_renderers_are_loaded_when_they_are_needed(
    tmp_path: Path, option: str, loaded: list[bool]
) -> None:
    """The document's for a document only, matplotlib for charts only."""
    program = (
        "import sys\nfrom xlplugin.cli import main\ntry:\n    main()\nfinally:\n"
        "    print([name in sys.modules for name in ('xlplugin.render.docx', 'matplotlib')], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "bulletin", str(WORKBOOK), "-o", str(tmp_path), option],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr.strip().splitlines()[-1] == str(loaded)
