"""记录: what a bulletin was made from and what was decided, one JSON line a run, so that it can be defended a year later."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from xlplugin import __version__, files, tables
from xlplugin.archive import as_typed
from xlplugin.book import Book
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import encryption
from xlplugin.ledger import Ledger
from xlplugin.pipeline import Outcome
from xlplugin.render import text
from xlplugin.render.reading import record as reading
from xlplugin.render.record import problems
from xlplugin.schema import (
    ADOPTED,
    PARAMETERS,
    WORDING,
)
from xlplugin.schema.keys import ColumnKey
from xlplugin.tables import SHEET_ROWS, Table

PROGRAM = "kp"
"""What the first key of each line is called; its value is the version."""
_HEAD = b'{"kp":'
_MEMBER, _FILLER = "minutes.json", 4096

LogEntry = dict[str, Any]
"""A line, as JSON has it."""
Tables = dict[str, dict[str, Any]]
"""What was entered: by a sheet's key its `columns` (headings), `places` (title, number of each column) and `rows` (place, row,
what it is called, a text a column)."""
_NAMING = ("id", "name", "paragraph", "hers")
"""What a row is called by: the first of these that it has. Of 参数 name is the parameter's."""


@dataclass(frozen=True, slots=True)
class Log:
    """Where lines are added, and when the run was, as ISO 8601 has it."""

    path: Path
    at: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read."""

    path: Path
    size: int
    sha256: str

    def record(self) -> dict[str, object]:
        """As a line has it."""
        return {"path": str(self.path.resolve()), "size": self.size, "sha256": self.sha256}


def read(log: Log | None, paths: Sequence[Path]) -> list[Read]:
    """Files as they lie there, where there is a log to be kept. Those that cannot be read are left out: whoever opens them says why."""
    found = []
    for path in paths if log else ():
        try:
            content = files.read(path)
        except (OSError, ValueError):
            continue
        found.append(Read(path, len(content), digest(content)))
    return found


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def check(log: Log, others: Iterable[Path]) -> None:
    """Raises UserError where the log is one of the other files, or is there and no log of ours."""
    for other in others:
        if log.path.resolve() == other.resolve() or _is_same(log.path, other):
            raise UserError(
                f"--log 指的「{log.path}」就是要读或要写的文件，没有往里记。请另指一个文件。"
            )
    try:
        if log.path.exists() and not _HEAD.startswith(files.read(log.path, len(_HEAD))):
            raise UserError(f"「{log.path}」不是 kp 的记录，没有往里记。请用 --log 另指一个文件。")
    except OSError as failure:
        raise UserError(
            f"不能用「{log.path}」作记录（{files.reason(failure)}）。请用 --log 另指一个文件。"
        ) from None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def line(
    log: Log | None,
    command: str,
    taken: Sequence[Read],
    outcome: Outcome,
    book: Book,
    outputs: Sequence[files.Output],
    *,
    sheet: str | None = None,
    password: str | None = None,
) -> files.Line | None:
    """The line of a run that is about to write `outputs`; None without a log. With a password what was decided and entered is locked.

    Raises UserError where a file was changed since it was read, or where the log cannot be written to.
    """
    if log is None:
        return None
    check(log, (*(each.path for each in taken), *(output.path for output in outputs)))
    if read(log, [each.path for each in taken]) != list(taken):
        raise UserError("台账在处理期间已被他人改动，没有写任何文件，请重新运行。")
    entry: dict[str, object] = {
        PROGRAM: __version__,
        "at": log.at,
        "command": command,
        "as_of": outcome.as_of.isoformat(),
        "sheet": sheet,
        "read": [each.record() for each in taken],
        "written": [
            {"path": str(output.path.resolve()), "sha256": digest(output.content)}
            for output in outputs
        ],
    }
    decided = _decided(outcome, book) | {"held": _held(outcome, book)}
    entry |= {"locked": _locked(decided, password)} if password else decided
    like = taken[0].path if taken else None
    return files.Line(log.path, json.dumps(entry, ensure_ascii=False), like)


def _decided(outcome: Outcome, book: Book) -> dict[str, object]:
    """What anybody may want to read: settings, questions and answers, problems, and the figures as they are printed."""
    settings = outcome.facts.settings
    adopted = tables.read_optional(book, ADOPTED).lines("kind", "hers", "place", "ours", "unit")
    return {
        "settings": {each.title: _said(getattr(settings, each.key)) for each in PARAMETERS},
        "questions": reading(outcome.reading)["questions"],
        "answers": [words for _, *words in adopted if words[3] or words[4]],
        "problems": problems(outcome.problems),
        "figures": figures(outcome),
    }


def figures(outcome: Outcome) -> dict[str, str]:
    """The figures that the bulletin's sentences print, by their names."""
    return {name: outcome.names[name].text for name in outcome.bulletin.figures}


def _held(outcome: Outcome, book: Book) -> str:
    """What was entered, and the bulletin's text: packed, for `kp verify`."""
    kept = {"tables": entered(outcome, book), "text": text.text(outcome.bulletin)}
    content = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(content, 9)).decode()


def held(entry: Mapping[str, Any]) -> tuple[Tables, str]:
    """What a line keeps of what was entered, and the bulletin's text. Raises ValueError and the like where it is damaged."""
    kept = json.loads(zlib.decompress(base64.b64decode(entry["held"])))
    return kept["tables"], kept["text"]


def entered(outcome: Outcome, book: Book) -> Tables:
    """What the clerks entered, as far as the bulletin was made from it: the ledger, and the sheets beside it."""
    facts = outcome.facts
    ledger = facts.ledger
    found = {ledger.table.sheet.key: _rows(ledger.table, ledger)}
    beside = (
        facts.settings.table,
        facts.monthly_plan,
        facts.monthly_done,
        facts.issues,
        *(tables.read_optional(book, sheet) for sheet in (WORDING, ADOPTED)),
    )
    return found | {table.sheet.key: _rows(table) for table in beside if len(table)}


def _rows(table: Table, ledger: Ledger | None = None) -> dict[str, Any]:
    """A table's values as text; what a ledger's cell holds though it was refused, as it stands there."""
    columns = [column for column in table.sheet.columns if table.has(cast(ColumnKey, column.key))]
    rows = table.data.rows.tolist()
    texts = [
        [_said(as_typed(column, value)) for value in table.data.listed(column.key)]
        for column in columns
    ]
    keys = [column.key for column in columns]
    if ledger:
        for row, key in (each for each in table.refusals if each[0] in rows and each[1] in keys):
            said = ledger.cell(row, cast(ColumnKey, key))
            texts[keys.index(key)][rows.index(row)] = _said(said)
    names = [
        next(filter(None, words), "")
        for words in zip(*(texts[keys.index(key)] for key in _NAMING if key in keys), strict=True)
    ]
    headings = {column.key: column.heading for column in columns}
    return {
        "places": [
            [
                place.title,
                {headings[key]: at for key, at in place.header.columns.items() if key in headings},
            ]
            for place in table.places
        ],
        "columns": list(headings.values()),
        "rows": [
            [*divmod(row, SHEET_ROWS), *said]
            for row, *said in zip(rows, names, *texts, strict=True)
        ],
    }


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(map(str, value))
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _locked(decided: Mapping[str, object], password: str) -> str:
    """What was decided, as the one member of a zip file that has the workbook's password."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MEMBER, json.dumps(decided, ensure_ascii=False))
        archive.writestr("filler", bytes(_FILLER), zipfile.ZIP_STORED)
    return base64.b64encode(encryption.sealed(packed.getvalue(), password)).decode()


def unlocked(entry: Mapping[str, Any], password: str | None) -> LogEntry:
    """A line with what was decided, which may be locked. Raises UserError where its password is lacking or another."""
    if "locked" not in entry:
        return dict(entry)
    if not password:
        raise UserError("这次的记录设有密码（台账当时设有打开密码），请用 --password-file 指明。")
    try:
        raw = encryption.unlocked(base64.b64decode(entry["locked"]), password)
    except UserError as refusal:
        raise UserError(f"这次的记录{refusal}") from None
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {**entry, **json.loads(archive.read(_MEMBER))}


def entries(path: Path) -> list[LogEntry]:
    """The lines of a log; a broken one, which a killed run leaves, is none. Raises UserError where it cannot be read."""
    try:
        content = files.read(path)
    except (OSError, ValueError) as failure:
        raise UserError(f"读不了记录「{path}」（{files.reason(failure)}），请核对路径。") from None
    found: list[LogEntry] = []
    for line in content.splitlines():
        with contextlib.suppress(ValueError, RecursionError):
            entry = json.loads(line)
            if isinstance(entry, dict) and PROGRAM in entry:
                found.append(entry)
    return found
