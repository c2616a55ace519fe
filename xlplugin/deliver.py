"""One workbook's bulletin, from file to files: run the pipeline, and write all of it or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
from pathlib import Path

from xlplugin.archive import archive, as_it_was
from xlplugin.book import Book
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render import sheet, text

SUFFIX = "-通报"


def deliver(book: Path, output: Path | None, as_of: dt.date | None, *, in_place: bool = False,
            force: bool = False) -> tuple[Outcome, list[Path]]:
    """Write <stem>-通报.xlsx and <stem>-通报.txt into `output`, or beside the workbook.

    Returns the outcome and what was written: nothing where the data has errors and `force` is off. Raises UserError.
    """
    source = FileBook(book)
    outcome = of_day(source, as_of)
    if outcome.errors and not force:
        return outcome, []
    folder = _folder(output or book.parent)
    workbook = book if in_place else folder / f"{book.stem}{SUFFIX}{book.suffix}"
    document = folder / f"{book.stem}{SUFFIX}.txt"
    sheet.write(outcome, source)
    with _staged(document, text.text(outcome.bulletin)) as commit:
        source.save(None if in_place else workbook)
        commit()
    return outcome, [workbook, document]


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
        raise UserError(f"不能在 {path} 里写文件（{error.strerror}）。请用 -o 另指一个文件夹。") from None
    return path


@contextlib.contextmanager
def _staged(path: Path, content: str):  # type: ignore[no-untyped-def]
    """A text file written in full beside its place; it takes its place only when `commit` is called."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kp-", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\r\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        yield lambda: os.replace(temporary, path)
    except OSError as error:
        raise UserError(f"写不了 {path}（{error.strerror}）。请看它是否正打开着、磁盘是否已满，再试一次。") from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
