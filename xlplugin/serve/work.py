"""What the page asks of a ledger, done where it may fall: a path and a wish go in, plain data comes out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from xlplugin import archive, deliver, files, hosts
from xlplugin.adopt.answers import Asked, answered, questions, questions_of_unread
from xlplugin.adopt.rows import AdoptedRow
from xlplugin.amounts import money, percent, ratio
from xlplugin.book import Book
from xlplugin.errors import UserError
from xlplugin.pipeline import run
from xlplugin.render import reading, screen, text
from xlplugin.schema import STATUSES
from xlplugin.tables import MissingColumn

MODULES = ("xlplugin.serve.work", "xlplugin.render.docx")
"""What a worker process loads before its first ledger."""

LABELS = {
    "as-of": "「截止日期」",
    "sheet": "「哪一张表」",
    "password-file": "「打开密码」",
    "force": "「有错误也生成」",
}
"""The command line's options as the page calls them."""
_OPTION = re.compile(rf" ?--({'|'.join(LABELS)})\b ?")

KEPT = "-归档"
"""What the name of a ledger ends with in which the month was archived."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """How the clerk wants a ledger to be read: "" and None where the ledger itself tells."""

    as_of: dt.date | None = None
    sheet: str | None = None
    password: str | None = field(default=None, repr=False)
    answers: tuple[AdoptedRow, ...] = ()
    force: bool = False
    """Write a bulletin in spite of errors."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the page shows of a ledger, in the words of `kp check`. `refusal`: why it could not be read, "" where it could."""

    refusal: str = ""
    as_of: str = ""
    sheets: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    closing: str = ""
    errors: int = 0
    problems: tuple[tuple[str, str, str, str, str], ...] = ()
    """Severity, code, where, what should be and is, what to do."""
    questions: tuple[Asked, ...] = ()
    history: tuple[tuple[str, ...], ...] = ()
    """By archived day: the day, how many projects of each status, plan and done in 亿元, the rate, the bulletin's number."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was made of a ledger: files, the bulletin's text, what is to be known of it. `refusal`: why there is none."""

    files: tuple[Path, ...] = ()
    text: str = ""
    note: str = ""
    refusal: str = ""


def tried(do: Callable[P, T]) -> Callable[P, T | str]:
    """A function that never raises: what it gives, or in one sentence why it could not."""

    @wraps(do)
    def safe(*given: P.args, **more: P.kwargs) -> T | str:
        try:
            return do(*given, **more)
        except UserError as refusal:
            return spoken(str(refusal))
        except Exception:
            from xlplugin.log import apology

            return apology()

    return safe


def spoken(words: str) -> str:
    """What is said to who has a page and no command line."""
    return _OPTION.sub(lambda found: LABELS[found[1]], words)


@tried
def look(path: Path, wish: Wish, folder: Path) -> Look:
    """Read and check a ledger. `folder` is where its copy with the answers goes."""
    source = hosts.open(_own(path, wish, folder), wish.password)
    try:
        outcome = deliver.of_day(source, wish.as_of, only=wish.sheet)
    except MissingColumn as missing:
        asked = tuple(questions_of_unread(source))
        return Look(spoken(str(missing)), sheets=tuple(source.sheets), questions=asked)
    asked = tuple(questions(outcome.reading))
    notes = "".join(each.row.note for each in asked)
    return Look(
        as_of=outcome.as_of.isoformat(),
        sheets=tuple(sheet.title for sheet in outcome.reading.sheets),
        reading=tuple(spoken(line) for line in reading.text(outcome.reading)),
        closing=screen.closing(outcome),
        errors=len(outcome.errors),
        problems=tuple(
            (
                screen.SEVERITIES[each.severity],
                each.code,
                each.place,
                each.saying,
                spoken(each.remedy),
            )
            for each in screen.findings(outcome)
            if each.saying not in notes
        ),
        questions=asked,
        history=tuple(_history(source)),
    )


def _own(path: Path, wish: Wish, folder: Path) -> Path:
    """The ledger that is meant: the clerk's file, or its copy with her answers."""
    return answered(path, folder, wish.answers, wish.password) if wish.answers else path


def _history(source: Book) -> list[tuple[str, ...]]:
    return [
        (
            each.day.isoformat(),
            *(str(each.statuses.get(status, 0)) for status in STATUSES),
            money(each.plan),
            money(each.done),
            percent(ratio(each.done, each.plan)) or "",
            each.document,
        )
        for each in archive.kept(source)
    ]


@tried
def write(path: Path, wish: Wish, folder: Path, output: Path) -> Written:
    """Write a ledger's bulletin into `output`; a copy of the ledger with the answers, where there are some, in `folder`."""
    own = _own(path, wish, folder)
    done = deliver.deliver(
        own, output, wish.as_of, force=wish.force, only=wish.sheet, password=wish.password
    )
    if not done.outputs:
        return Written(refusal=spoken(screen.stopped(done.outcome)))
    return Written(
        (*done.outputs, *((own,) if wish.answers else ())),
        text.text(done.outcome.bulletin),
        screen.LOCKED if done.locked else "",
    )


@tried
def keep(path: Path, wish: Wish, folder: Path, output: Path) -> Written:
    """Archive a ledger's month in a copy in `output`, which the clerk goes on with next month."""
    source = hosts.open(_own(path, wish, folder), wish.password)
    done = archive.archive(run(source, wish.as_of, sheet=wish.sheet), source)
    target = output / f"{path.stem}{KEPT}{source.suffix}"
    files.write(source.outputs(target))
    return Written((target,), note=done)
