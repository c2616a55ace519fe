"""What the document's tests share: settings, generated bulletins, LibreOffice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cases.build import WORKBOOK
from documents.pages import PrintedPage, read, to_pdf

from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render.docx.styles import fonts


@pytest.fixture(scope="session")
def case() -> Outcome:
    """The case county."""
    return run(FileBook(WORKBOOK))


@pytest.fixture(scope="session")
def printed(
    tmp_path_factory: pytest.TempPathFactory, case: Outcome
) -> Callable[[Sequence[bytes]], list[list[PrintedPage]]]:
    """LibreOffice as a function: documents → their pages; skips where there is none."""
    if missing := [tool for tool in ("soffice", "pdftotext") if shutil.which(tool) is None]:
        if os.environ.get("KP_REQUIRE_OFFICE") == "1":
            pytest.fail(f"required here: {missing}")
        pytest.skip(f"no {missing}")

    def convert(documents: Sequence[bytes]) -> list[list[PrintedPage]]:
        folder: Path = tmp_path_factory.mktemp("pages")
        paths = [folder / f"{number}.docx" for number in range(len(documents))]
        for path, content in zip(paths, documents, strict=True):
            path.write_bytes(content)
        return [read(pdf) for pdf in to_pdf(paths, folder, fonts(case.facts.settings))]

    return convert
