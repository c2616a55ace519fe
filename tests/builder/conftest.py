"""The standard workbook, empty and with the case county in it, built once and read by others than its builder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from cases.build import contents
from cases.office import convert, needed
from openpyxl import Workbook

from xlplugin.builder import Contents, build

CONTENTS = {"empty": Contents(), "case": contents()}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Paths of the two workbooks."""
    folder = tmp_path_factory.mktemp("built")
    for name, filling in CONTENTS.items():
        build(folder / f"{name}.xlsx", filling)
    return {name: folder / f"{name}.xlsx" for name in CONTENTS}


@pytest.fixture(scope="session", params=list(CONTENTS))
def path(request: pytest.FixtureRequest, built: dict[str, Path]) -> Path:
    """Each of the two workbooks in turn."""
    return built[request.param]


@pytest.fixture(scope="session")
def workbook(path: Path) -> Workbook:
    """The same, as openpyxl reads it back."""
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="session")
def case(built: dict[str, Path]) -> Workbook:
    """The case county's workbook, as openpyxl reads it back."""
    return openpyxl.load_workbook(built["case"])


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """LibreOffice as a function (workbook, format) → what it made of it; skips where there is none."""
    needed("soffice")
    return lambda source, form: convert(tmp_path_factory.mktemp("office"), form, source)[0]
