"""One workbook's bulletin, from file to files: run the pipeline, and write all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlplugin import files, hosts, minutes
from xlplugin.archive import archive, as_it_was
from xlplugin.book import Book, SavedBook
from xlplugin.files import Output
from xlplugin.hosts.locked import LockedBook
from xlplugin.inputs import output_name
from xlplugin.minutes import Log
from xlplugin.pipeline import Outcome, run
from xlplugin.render import pictures, sheet, text


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a workbook: no `outputs` where its data has errors. `locked`: it has a password, and so have they."""

    outcome: Outcome
    outputs: tuple[Path, ...]
    locked: bool


def deliver(
    book: Path,
    output: Path | None,
    as_of: dt.date | None,
    *,
    in_place: bool = False,
    force: bool = False,
    document: bool = True,
    only: str | None = None,
    password: str | None = None,
    log: Log | None = None,
) -> Delivered:
    """Write <stem>-通报.xlsx, <stem>-通报.docx (unless `document` is off) and <stem>-通报.txt into `output`, or beside the workbook.

    `only` names the one sheet that holds the ledger. Nothing is written where the data has errors and `force` is off. What
    was read, decided and written goes into `log`, together with what is written. Raises UserError.
    """
    taken = minutes.read(log, [book])
    source = hosts.open(book, password)
    locked = isinstance(source, LockedBook)
    if in_place:
        source.outputs()  # what cannot be written back says so before all else
    outcome = of_day(source, as_of, document=document, only=only)
    outputs: dict[Path, Sequence[Output]] = {}
    if force or not outcome.errors:
        outputs = _made(outcome, source, output, in_place=in_place, document=document)
    written = [each for group in outputs.values() for each in group]
    own = as_it_was(source, as_of) if log else source
    secret = password if locked else None
    said = minutes.line(log, "bulletin", taken, outcome, own, written, sheet=only, password=secret)
    files.write(written, said)
    return Delivered(outcome, tuple(outputs), locked)


def _made(
    outcome: Outcome, source: SavedBook, output: Path | None, *, in_place: bool, document: bool
) -> dict[Path, Sequence[Output]]:
    """A workbook's bulletin as it is to lie in `output`, or beside the workbook."""
    book = source.path
    stem = files.folder(output or book.parent) / output_name(book)
    workbook = None if in_place else stem.with_name(stem.name + source.suffix)
    return bundle(outcome, source, workbook, stem, document=document)


def bundle(
    outcome: Outcome, source: SavedBook, workbook: Path | None, stem: Path, *, document: bool
) -> dict[Path, Sequence[Output]]:
    """What a bulletin consists of: by what a clerk calls a file, the files themselves, none of them written yet.

    The workbook goes to `workbook` (None: in its own place), the others to `stem`.docx and .txt. Of a locked workbook the
    document has its password, and there is no text, which cannot have one. Raises UserError.
    """
    others = {".docx": word_document(outcome)} if document else {}
    if not isinstance(source, LockedBook):
        others[".txt"] = text_file(outcome)
    sheet.write(outcome, source, macros=source.macros)
    outputs = {workbook or source.path: source.outputs(workbook)}
    for suffix, content in others.items():
        path = stem.with_name(stem.name + suffix)
        output = Output(path, content, like=source.path)
        outputs[path] = [source.lock(output) if isinstance(source, LockedBook) else output]
    return outputs


def word(outcome: Outcome, workbook: Path) -> Path:
    """Write only the Word document, beside the workbook. Raises UserError where it cannot be written."""
    path = workbook.with_name(f"{output_name(workbook)}.docx")
    files.write([Output(path, word_document(outcome), like=workbook)])
    return path


def word_document(outcome: Outcome) -> bytes:
    """The bulletin's Word document; of the same outcome the same bytes."""
    from xlplugin.render import docx

    return docx.document(outcome.bulletin, outcome.facts.settings)


def text_file(outcome: Outcome) -> bytes:
    """The bulletin as a text file, its lines ended as Windows' editors want them."""
    return text.text(outcome.bulletin).replace("\n", "\r\n").encode()


def of_day(
    book: Book, as_of: dt.date | None, *, document: bool = False, only: str | None = None
) -> Outcome:
    """Run the pipeline, `document` where one is to be written; for an archived day that is past, on the ledger as it was then."""
    then = as_it_was(book, as_of)
    return run(then, as_of, pictures.obstacle if document else None, only, kept=book)


def keep(
    book: Path, only: str | None = None, password: str | None = None, log: Log | None = None
) -> str:
    """Archive a workbook's month in the workbook itself; says what was done. Raises UserError."""
    taken = minutes.read(log, [book])
    source = hosts.open(book, password)
    source.outputs()  # what cannot be written back says so before all else
    outcome = run(source, sheet=only)
    done = archive(outcome, source)
    outputs = source.outputs()
    secret = password if isinstance(source, LockedBook) else None
    said = minutes.line(
        log, "archive", taken, outcome, source, outputs, sheet=only, password=secret
    )
    files.write(outputs, said)
    return done
