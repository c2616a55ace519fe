"""What is known of a batch between two runs: summary.jsonl, and a journal beside it while the batch runs."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlplugin import __version__, files
from xlplugin.batch.work import Options, Result, digest
from xlplugin.errors import UserError

LINES = "summary.jsonl"
JOURNAL = ".kp-batch.jsonl"
"""Results in the order in which they came; gone once they stand in summary.jsonl. It survives a power cut."""

Record = dict[str, Any]


def fingerprint(path: Path, options: Options, sub: Path) -> str | None:
    """What a result depends on: the workbook's content, the options, where it goes, the program. None: not readable."""
    settings = [
        __version__,
        options.as_of and options.as_of.isoformat(),
        options.force,
        options.document,
        sub.as_posix(),
        path.name,
    ]
    try:
        return hashlib.sha256(json.dumps(settings).encode() + files.read(path)).hexdigest()
    except OSError:
        return None


def row(result: Result, mark: str | None) -> Record:
    """A result as an object of summary.jsonl; one that may be taken over by another run is sealed.

    Of a locked workbook it says what became of it and no more: it is done again each time.
    """
    if result.locked:
        return {"path": result.path, "status": result.status, "county": Path(result.path).stem}
    found: Record = {"path": result.path, "status": result.status, "county": result.county}
    if result.error:
        found["error"] = result.error
    found |= result.figures
    if result.amounts:
        found["amounts"] = dict(result.amounts)
    if result.written:
        found["written"] = dict(result.written)
    if not mark or result.status not in ("done", "stopped"):
        return found
    return found | {"fingerprint": mark, "seal": _seal(found | {"fingerprint": mark})}


def _seal(found: Record) -> str:
    """What tells that an object is whole: all that the summary needs stands in it, as it was written."""
    own = {key: value for key, value in found.items() if key not in ("rank", "seal")}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def result(found: Mapping[str, Any]) -> Result:
    """An object of summary.jsonl as the result that it was."""
    own = {"path", "status", "county", "error", "amounts", "written", "fingerprint", "seal", "rank"}
    figures = {key: value for key, value in found.items() if key not in own}
    return Result(
        found["path"],
        found["status"],
        found.get("county", ""),
        figures,
        found.get("amounts", {}),
        found.get("error", ""),
        found.get("written", {}),
    )


def known(folder: Path) -> dict[str, Result]:
    """Earlier results by fingerprint, of those workbooks that need not be done again if nothing changed."""
    found: dict[str, Result] = {}
    for name in (LINES, JOURNAL):
        for line in _lines(folder / name):
            with contextlib.suppress(
                ValueError, KeyError, TypeError, AttributeError, RecursionError
            ):
                item = json.loads(line)
                if item["seal"] == _seal(item):
                    found[item["fingerprint"]] = result(item)
    return found


def _lines(path: Path) -> list[bytes]:
    try:
        return files.read(path).splitlines()
    except OSError:
        return []


def again(earlier: Result | None, path: Path, folder: Path) -> Result | None:
    """An earlier result as this run's, if what it wrote lies there, byte for byte; None where the work is to be done."""
    if earlier is None:
        return None
    outputs = [folder / Path(name).name for name in earlier.figures.get("outputs", [])]
    if any(digest(output) != earlier.written.get(output.name) for output in outputs):
        return None
    return replace(
        earlier,
        path=str(path),
        figures={**earlier.figures, "outputs": [str(output) for output in outputs]},
    )


@contextlib.contextmanager
def journal(folder: Path) -> Iterator[Callable[[Record], None]]:
    """Keep each result as it comes.

    Raises UserError where another batch is writing into the folder, or nobody can. A link is not followed.
    """
    path = folder / JOURNAL
    try:
        file = files.held(path, os.O_RDWR | os.O_CREAT, patience=0)
    except UserError:
        raise UserError(
            f"另一个 kp batch 正在往 {folder} 里写。请等它做完，或用 -o 另指一个文件夹。"
        ) from None
    except OSError as failure:
        raise UserError(
            f"不能在 {folder} 里写文件（{files.reason(failure)}）。请用 -o 另指一个文件夹。"
        ) from None
    with file:

        def keep(item: Record) -> None:
            line = b"\n" + json.dumps(item).encode()  # an earlier one may be broken off
            with contextlib.suppress(OSError):  # a full disk: this workbook will be done again
                os.lseek(file.fileno(), 0, os.SEEK_END)
                os.write(file.fileno(), line + b"\n")
                os.fsync(file.fileno())

        yield keep


def forget_journal(folder: Path) -> None:
    """summary.jsonl has everything."""
    with contextlib.suppress(OSError):
        (folder / JOURNAL).unlink()


def write(folder: Path, rows: Iterable[Record]) -> Path:
    """summary.jsonl, whole or not at all."""
    lines = b"".join(
        json.dumps(item, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        for item in rows
    )
    files.write([files.Output(path := folder / LINES, lines)])
    return path
