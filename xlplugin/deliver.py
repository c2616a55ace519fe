"""One workbook's bulletin, from file to files: run the pipeline, and write all of it or nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from xlplugin.archive import archive, as_it_was
from xlplugin.book import Book
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.inputs import OUTPUT
from xlplugin.pipeline import Outcome, run
from xlplugin.render import sheet, text


def deliver(
    book: Path,
    output: Path | None,
    as_of: dt.date | None,
    *,
    in_place: bool = False,
    force: bool = False,
    document: bool = True,
) -> tuple[Outcome, list[Path]]:
    """Write <stem>-通报.xlsx, <stem>-通报.docx (unless `document` is off) and <stem>-通报.txt into `output`, or beside the workbook.

    Returns the outcome and what was written: nothing where the data has errors and `force` is off. Raises UserError.
    """
    source = FileBook(book)
    outcome = of_day(source, as_of)
    if outcome.errors and not force:
        return outcome, []
    folder = _folder(output or book.parent)
    workbook = book if in_place else folder / f"{book.stem}{OUTPUT}{book.suffix}"
    texts = {
        folder / f"{book.stem}{OUTPUT}.txt": text.text(outcome.bulletin)
        .replace("\n", "\r\n")
        .encode()
    }
    if document:
        outcome, content = _document(outcome)
        texts = {folder / f"{book.stem}{OUTPUT}.docx": content, **texts}
    sheet.write(outcome, source, macros=workbook.suffix.lower() == ".xlsm")
    with contextlib.ExitStack() as staged:
        commits = [staged.enter_context(_staged(path, content)) for path, content in texts.items()]
        source.save(None if in_place else workbook)
        for commit in commits:
            commit()
    return outcome, [workbook, *texts]


def word(outcome: Outcome, workbook: Path) -> Path:
    """Write only the Word document, beside the workbook. Raises UserError where it cannot be written."""
    path = workbook.with_name(f"{workbook.stem}{OUTPUT}.docx")
    with _staged(path, _document(outcome)[1]) as commit:
        commit()
    return path


def _document(outcome: Outcome) -> tuple[Outcome, bytes]:
    """The Word document; what could not be drawn in it joins the problems."""
    from xlplugin.render import docx

    content, wrong = docx.document(outcome.bulletin, outcome.facts.settings)
    return dataclasses.replace(outcome, problems=(*outcome.problems, *wrong)), content


def of_day(book: Book, as_of: dt.date | None) -> Outcome:
    """Run the pipeline; for an archived day that is past, on the ledger as it was then."""
    return run(as_it_was(book, as_of), as_of)


def keep(book: Path) -> str:
    """Archive a workbook's month in the workbook itself; says what was done. Raises UserError."""
    source = FileBook(book)
    done = archive(run(source), source)
    source.save()
    return done


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UserError(f"{path} 不是文件夹。请用 -o 另指一个文件夹。") from None
    except OSError as error:
        raise UserError(
            f"不能在 {path} 里写文件（{error.strerror}）。请用 -o 另指一个文件夹。"
        ) from None
    return path


@contextlib.contextmanager
def _staged(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """A file written in full beside its place; it takes its place only when `commit` is called."""
    with _refusal(path):
        if path.exists():
            path.open("r+b").close()  # refused while Word has it open
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kp-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)

    def commit() -> None:
        with _refusal(path):
            os.replace(temporary, path)

    try:
        yield commit
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


@contextlib.contextmanager
def _refusal(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"写不了 {path}（{error.strerror}）。请看它是否正打开着、磁盘是否已满，再试一次。"
        ) from None
