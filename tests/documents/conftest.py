"""What the document's tests share: settings, generated bulletins, LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cases.build import WORKBOOK
from cases.office import needed
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
    needed("soffice", "pdftotext")

    def convert(documents: Sequence[bytes]) -> list[list[PrintedPage]]:
        folder: Path = tmp_path_factory.mktemp("pages")
        paths = [folder / f"{number}.docx" for number in range(len(documents))]
        for path, content in zip(paths, documents, strict=True):
            path.write_bytes(content)
        return [read(pdf) for pdf in to_pdf(paths, folder, fonts(case.facts.settings))]

    return convert
