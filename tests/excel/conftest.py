"""Real Excel on Windows, driven through xlwings; everywhere else these tests are skipped, and say so."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORKBOOKS = Path(__file__).parents[2] / "workbooks"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs Excel."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.excel)


@pytest.fixture(scope="session")
def app() -> Iterator[Any]:
    """An Excel of our own, which shows no alerts: messages of macros then stand in the status bar."""
    if sys.platform != "win32":
        pytest.skip("needs Windows with Excel; here there is none")
    import xlwings as xw

    try:
        excel = xw.App(visible=True, add_book=False)
    except Exception as error:
        pytest.skip(f"Excel does not start: {error}")
    excel.display_alerts = False
    yield excel
    excel.quit()


def opened(app: Any, name: str, folder: Path, interpreter: str = "") -> Any:
    """A copy of a committed workbook, opened as a clerk opens it, events and macros on; with another `interpreter` than hers."""
    path = folder / name
    shutil.copy(WORKBOOKS / name, path)
    book = app.books.open(str(path))
    if interpreter:
        book.sheets.add("xlwings.conf")["A1"].value = ["INTERPRETER_WIN", interpreter]
    app.api.Run(f"'{book.name}'!KpWake")  # what Excel does by itself as soon as it is idle
    return book


@pytest.fixture
def standard(app: Any, tmp_path: Path) -> Iterator[Any]:
    """workbooks/standard.xlsm, as delivered."""
    book = opened(app, "standard.xlsm", tmp_path)
    yield book
    book.close()


@pytest.fixture
def case(app: Any, tmp_path: Path) -> Iterator[Any]:
    """workbooks/lingchuan-2021.xlsm, the case county."""
    book = opened(app, "lingchuan-2021.xlsm", tmp_path)
    yield book
    book.close()
