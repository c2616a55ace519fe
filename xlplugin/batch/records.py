"""What is known of a batch between two runs: summary.jsonl, and a journal beside it while the batch runs."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlplugin import __version__, files
from xlplugin.batch.work import Options, Result
from xlplugin.errors import UserError

LINES = "summary.jsonl"
JOURNAL = ".kp-batch.jsonl"
"""Results in the order in which they came; gone once they stand in summary.jsonl. It survives a power cut."""

Row = dict[str, Any]


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
        return hashlib.sha256(json.dumps(settings).encode() + path.read_bytes()).hexdigest()
    except OSError:
        return None


def row(result: Result, mark: str | None) -> Row:
    """A result as an object of summary.jsonl."""
    found: Row = {"path": result.path, "status": result.status, "county": result.county}
    if result.error:
        found["error"] = result.error
    found |= result.figures
    if result.amounts:
        found["amounts"] = dict(result.amounts)
    return found | ({"fingerprint": mark} if mark and result.status in ("done", "stopped") else {})


def result(found: Mapping[str, Any]) -> Result:
    """An object of summary.jsonl as the result that it was."""
    own = {"path", "status", "county", "error", "amounts", "fingerprint", "rank"}
    figures = {key: value for key, value in found.items() if key not in own}
    return Result(
        found["path"],
        found["status"],
        found.get("county", ""),
        figures,
        found.get("amounts", {}),
        found.get("error", ""),
    )


def known(folder: Path) -> dict[str, Result]:
    """Earlier results by fingerprint, of those workbooks that need not be done again if nothing changed."""
    found: dict[str, Result] = {}
    for name in (LINES, JOURNAL):
        for line in _lines(folder / name):
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                item = json.loads(line)
                found[item["fingerprint"]] = result(item)
    return found


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except OSError:
        return []


def again(earlier: Result | None, path: Path, folder: Path) -> Result | None:
    """An earlier result as this run's, if every file that it wrote is still there; None where the work is to be done."""
    if earlier is None:
        return None
    outputs = [folder / Path(name).name for name in earlier.figures.get("outputs", [])]
    if not all(output.is_file() for output in outputs):
        return None
    return replace(
        earlier,
        path=str(path),
        figures={**earlier.figures, "outputs": [str(output) for output in outputs]},
    )


@contextlib.contextmanager
def journal(folder: Path) -> Iterator[Callable[[Row], None]]:
    """Keep each result as it comes. The journal goes when the block ends well: by then summary.jsonl has everything."""
    path = folder / JOURNAL
    try:
        file = path.open("ab")
    except OSError as failure:
        raise UserError(
            f"不能在 {folder} 里写文件（{failure.strerror}）。请用 -o 另指一个文件夹。"
        ) from None
    with file:
        file.write(b"\n")  # the last line of an earlier one may be broken off

        def keep(item: Row) -> None:
            file.write(json.dumps(item, ensure_ascii=False).encode() + b"\n")
            file.flush()

        yield keep
    path.unlink(missing_ok=True)


def write(folder: Path, rows: Iterable[Row]) -> Path:
    """summary.jsonl, whole or not at all."""
    lines = b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in rows)
    files.write([files.Output(path := folder / LINES, lines)])
    return path
