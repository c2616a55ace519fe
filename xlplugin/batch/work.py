"""One workbook of a batch: a path and options go in, plain data comes out. The function that every executor maps."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xlplugin import files
from xlplugin.errors import UserError

if TYPE_CHECKING:
    from xlplugin.minutes import (
        Log,  # it would bring the whole pipeline into a process that only looks on
    )

Status = Literal["done", "stopped", "failed", "timeout", "pending"]
"""done: written · stopped: errors in the data, nothing written · failed: cannot be read or written · timeout · pending:
not begun, because the batch was interrupted."""

STATUS_WORDS: Mapping[Status, str] = {
    "done": "已生成",
    "stopped": "有错误未生成",
    "failed": "失败",
    "timeout": "超时",
    "pending": "未做",
}
"""A status as a clerk reads it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a workbook is to be done; `folder` is where its bulletin goes."""

    folder: Path
    as_of: dt.date | None = None
    force: bool = False
    document: bool = True
    password: str | None = field(default=None, repr=False)
    """Of those workbooks that are locked."""
    log: Log | None = None
    """Where each workbook's line of minutes goes; what an earlier run did is done again then."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one workbook. `figures` is its `record()`; `amounts` are exact 万元 (total, plan, done) as text.

    Both are empty where nothing was computed; `error` is the reason, in one sentence, of anything but "done". `written` is
    the SHA-256 of each file by its name. `locked`: the workbook has a password, and its figures must not lie about.
    """

    path: str
    status: Status
    county: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    locked: bool = False


def undone(path: Path, error: str, status: Status = "failed") -> Result:
    """What came of a workbook without a bulletin, and why."""
    return Result(str(path), status, path.stem, error=error)


def run_one(path: Path, options: Options) -> Result:
    """Write one workbook's bulletin. Never raises: whatever goes wrong is the result."""
    try:
        return _run(path, options)
    except UserError as refusal:
        return undone(path, str(refusal))
    except Exception:
        from xlplugin.log import apology

        return undone(path, apology())


def _run(path: Path, options: Options) -> Result:
    from xlplugin.amounts import wan
    from xlplugin.deliver import deliver
    from xlplugin.render.record import record

    done = deliver(
        path,
        options.folder,
        options.as_of,
        force=options.force,
        document=options.document,
        password=options.password,
        log=options.log,
    )
    outcome, outputs = done.outcome, done.outputs
    whole = outcome.figures.whole
    amounts = {
        "total": f"{wan(whole.total):f}",
        "plan": f"{wan(whole.plan):f}",
        "done": f"{wan(whole.done):f}",
    }
    county = outcome.facts.settings.county or path.stem
    error = (
        ""
        if outputs
        else f"台账有{len(outcome.errors)}处错误，没有写通报。请改正后再生成，或加 --force。"
    )
    return Result(
        str(path),
        "done" if outputs else "stopped",
        county,
        record(outcome, outputs),
        amounts,
        error,
        {path.name: digest(path) for path in outputs},
        done.locked,
    )


def digest(path: Path) -> str:
    """A file's SHA-256; "" where it cannot be read."""
    try:
        return hashlib.sha256(files.read(path)).hexdigest()
    except OSError:
        return ""
