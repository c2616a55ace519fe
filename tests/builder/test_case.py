"""The committed workbook of the case county is what its CSV files make, part by part."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from cases.build import WORKBOOK


def parts(path: Path) -> dict[str, bytes]:
    """What the package holds; compression may differ between machines."""
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_workbook_equals_a_fresh_build(built: dict[str, Path]) -> None:
    """After a change: python tests/cases/build.py"""
    assert parts(WORKBOOK) == parts(built["case"])
