"""Small batches that most tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch import counties


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four counties in good order and four broken ones, in two folders. Nothing may be written here."""
    folder = tmp_path_factory.mktemp("desk")
    for number in range(4):
        counties.county(folder / "good", number)
    (folder / "bad").mkdir()
    for name, spoil in counties.BROKEN.items():
        spoil(folder / "bad" / name)
    return folder


@pytest.fixture(scope="session")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that takes longer than any time limit of these tests."""
    path = tmp_path_factory.mktemp("endless") / "endless.xlsx"
    counties.endless(path)
    return path
