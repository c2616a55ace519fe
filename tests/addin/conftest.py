"""The workbooks with macros, built once; genuine xlwings dispatch; the workbook open in an Excel in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from addin.excel import Desk
from addin.harness import Dispatch, dispatch
from cases.build import contents

from xlplugin.builder import Contents, build


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workbook, as `kp new` makes it."""
    path = tmp_path_factory.mktemp("macros") / "standard.xlsm"
    build(path, Contents())
    return path


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the case county in it."""
    path = tmp_path_factory.mktemp("macros") / "case.xlsm"
    build(path, contents())
    return path


@pytest.fixture
def call_udf() -> Iterator[Dispatch]:
    """`XLPython.CallUDF`, with nothing handed over yet."""
    with dispatch() as found:
        yield found


@pytest.fixture
def desk(case: Path, call_udf: Dispatch) -> Desk:
    """The case county's workbook, opened."""
    found = Desk(case, call_udf)
    found.open()
    return found
