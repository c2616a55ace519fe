"""核对: whether a bulletin is still what this ledger gives, and which cells and figures differ from what its minutes say."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from xlplugin import __version__, files, hosts, minutes, tables
from xlplugin.archive import Past, as_it_was
from xlplugin.book import Book
from xlplugin.cells import address
from xlplugin.deliver import of_day, text_file, word_document
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import encryption
from xlplugin.inputs import OUTPUT, output_name
from xlplugin.pipeline import Outcome
from xlplugin.render import sheet as sheets
from xlplugin.render import text
from xlplugin.schema import BULLETIN, LEDGER, MONTHLY_DONE
from xlplugin.schema.keys import MONTH_KEYS
from xlplugin.settings import TITLES

SAME, OTHER, GONE = "相同", "不同", "不在原处"
UNFINISHED, OLD = "没有写完", "以前的"
_DATE = TITLES["as_of"]
"""The minutes have the date that counted; the parameter goes on from month to month."""
_Row = dict[str, tuple[str, str]]
"""A value and its place by column."""
_SHOWN, _LONGEST = 20, 60
"""So many differences of a kind, and characters of each, are told; `--json` has all."""


@dataclass(frozen=True, slots=True)
class File:
    """A file, and whether it holds what it should: 相同, 不同, 不在原处, 没有写完, 以前的 (though the minutes have a later one)."""

    path: str
    state: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was and is; "" where it was not there, or is no more. `place` says what and where."""

    place: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing. Without minutes `at` and `version` are "", and there is nothing to say of cells."""

    as_of: str
    at: str
    version: str
    read: tuple[File, ...]
    written: tuple[File, ...]
    cells: tuple[Change, ...]
    figures: tuple[Change, ...]
    sentences: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether all that was written lies there and nothing differs. A ledger that was saved anew may hold the same."""
        wrong = not self.written or any(file.state != SAME for file in self.written)
        wrong |= any(file.state == OLD for file in self.read)
        return not (wrong or self.cells or self.figures or self.sentences)

    def record(self) -> dict[str, object]:
        """What `--json` prints."""
        return {"same": self.same, "program": __version__, **asdict(self)}

    def lines(self) -> Iterator[str]:
        """What a clerk reads."""
        if self.at:
            yield f"截至{self.as_of}的通报，{self.at} 由 {self.version} 版程序写出；现在的程序是 {__version__} 版。"
        else:
            yield f"没有记录可查，只与现在算出的比：截至{self.as_of}，{__version__} 版程序。"
        for file in self.read:
            yield f"台账 {file.path}：{_READ[file.state]}"
        for file in self.written:
            yield f"通报 {file.path}：{(_WRITTEN if self.at else _COMPUTED)[file.state]}"
        if not self.written:
            yield "那次台账有错误，没有写出通报。请改正后重新生成。"
        for changes, said in (
            (self.cells, "台账改了"),
            (self.figures, "通报里的数会变"),
            (self.sentences, "通报里的话会变"),
        ):
            if changes:
                yield f"{said}{len(changes)}处："
            for change in changes[:_SHOWN]:
                place = f"{change.place}：" if change.place else ""
                yield f"　{place}当时{_told(change.then)}，现在{_told(change.now)}"
            if len(changes) > _SHOWN:
                yield f"　……还有{len(changes) - _SHOWN}处，用 --json 看全部。"
        yield "核对结果：没有出入。" if self.same else "核对结果：有出入。"


def _told(said: str) -> str:
    """A value, or as much of a sentence as tells it."""
    return f"「{said if len(said) <= _LONGEST else said[:_LONGEST] + '…'}」" if said else "没有"


_OLD = "记录里后来又写过，放着的却还是以前的那一份：那次没有写成，或者后来换回去了。请把那次的命令再运行一次。"
_READ = {SAME: "与当时一字不差。", OTHER: "文件后来存过。", GONE: "不在原处。", OLD: _OLD}
_UNFINISHED = {
    UNFINISHED: f"没有写完，或正在写（旁边有「…{files.MARK}」），请不要使用。把同样的命令再运行一次，再来核对。"
}
_WRITTEN = {
    SAME: "就是当时写出的。",
    OTHER: "改过，不是当时写出的那一份。",
    GONE: "不在原处：没有写成，或者后来移走、删除了。请放回原处，或重新生成，再来核对。",
    OLD: _OLD,
    **_UNFINISHED,
}
_COMPUTED = {SAME: "就是现在这本台账算出的。", OTHER: "与现在算出的不同。", **_UNFINISHED}


def verify(
    book: Path,
    log: Path | None,
    as_of: dt.date | None,
    *,
    only: str | None = None,
    password: str | None = None,
) -> Verdict:
    """Compare a bulletin with what its ledger gives now: by its minutes in `log`, else by the 通报 and the files that are there.

    `book` is the ledger, or the workbook of its bulletin. Raises UserError, where no minutes speak of it, too.
    """
    if log is None:
        source = hosts.open(book, password)
        return _computed(book, source, of_day(source, as_of, document=True, only=only), password)
    own = minutes.digest(_content(book))
    source = hosts.open(book, password)
    try:
        entries = minutes.entries(log)
        entry = minutes.unlocked(_entry(entries, book, own, as_of, log), password)
        day, sheet = dt.date.fromisoformat(entry["as_of"]), only or entry["sheet"]
        kept, words = minutes.held(entry)
        read, written = _lying(entry, entries, book)
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error):
        raise UserError(f"「{log}」里这本台账的记录已损坏，不能核对。") from None
    outcome, then = of_day(source, day, only=sheet), as_it_was(source, day)
    return Verdict(
        entry["as_of"],
        entry["at"],
        entry[minutes.PROGRAM],
        tuple(read),
        tuple(written),
        tuple(
            _cells(
                kept, minutes.entered(outcome, then), day.month, whole=not isinstance(then, Past)
            )
        ),
        tuple(_figures(entry["figures"], outcome)),
        tuple(_sentences(words.splitlines(), text.text(outcome.bulletin).splitlines())),
    )


def _content(path: Path) -> bytes:
    try:
        return files.read(path)
    except (OSError, ValueError):  # whoever opens it says why
        return b""


def _entry(
    entries: Sequence[minutes.LogEntry], book: Path, own: str, as_of: dt.date | None, log: Path
) -> minutes.LogEntry:
    """The last line that speaks of a workbook: of this very content, else of its path, else of its name."""
    rules: tuple[Callable[[Mapping[str, str]], bool], ...] = (
        lambda file: file["sha256"] == own,
        lambda file: file["path"] == str(book.resolve()),
        lambda file: Path(file["path"]).name == book.name,
    )
    meant = [
        each
        for each in entries
        if each["command"] != "archive" and as_of in (None, dt.date.fromisoformat(each["as_of"]))
    ]
    said: Iterator[minutes.LogEntry] = (
        entry
        for rule in rules
        for entry in reversed(meant)
        if any(rule(file) for file in (*entry["read"], *entry["written"]))
    )
    if found := next(said, None):
        return found
    day = f"截至{as_of}的" if as_of else ""
    raise UserError(f"「{log}」里没有「{book.name}」{day}记录。请核对是哪一本、哪一天（--as-of）。")


def _lying(
    entry: minutes.LogEntry, entries: Sequence[minutes.LogEntry], book: Path
) -> tuple[list[File], list[File]]:
    """What lies there now of the files that were read, and of those that were written.

    A line is in the minutes a moment before its files are in their places: who was killed between has written nothing.
    """
    last = {file["path"]: file["sha256"] for each in entries for file in each["written"]}
    known = {file["sha256"] for each in entries for file in (*each["read"], *each["written"])}

    def state(place: Path, wanted: str) -> str:
        lies = minutes.digest(_content(place))
        if lies in known and last.get(str(place.resolve()), lies) != lies:
            return OLD
        return SAME if lies == wanted else OTHER

    def found(file: Mapping[str, str]) -> File:
        """Where it was, or beside the workbook, or the workbook itself under another name."""
        path, wanted = Path(file["path"]), file["sha256"]
        states = [
            state(each, wanted) for each in (path, book.with_name(path.name)) if each.is_file()
        ]
        if SAME not in states and minutes.digest(_content(book)) == wanted:
            states.insert(0, state(book, wanted))
        return File(path.name, SAME if SAME in states else next(iter(states), GONE))

    written = [found(file) for file in entry["written"]]
    own = {file["path"] for file in entry["written"]}
    read = [found(file) for file in entry["read"] if file["path"] not in own]
    for file in entry["written"][-1:]:
        path = Path(file["path"])
        for place in dict.fromkeys((path, book.with_name(path.name).resolve())):
            written = _marked(written, files.left_unfinished(place))
    return read, written


def _marked(found: Sequence[File], unfinished: Sequence[Path]) -> list[File]:
    """With those that a mark beside the set says are unfinished; what is as it should be was the last that was missing."""
    states = {file.path: file.state for file in found}
    for path in unfinished:
        if states.get(path.name) != SAME:
            states[path.name] = UNFINISHED
    return [File(*each) for each in states.items()]


def _rows(table: Mapping[str, Any]) -> dict[tuple[str, int], _Row]:
    """A table's rows by what they are called and the how manieth of that name: a value and its place by column."""
    seen: Counter[str] = Counter()
    found = {}
    for place, row, name, *texts in table["rows"]:
        title, numbers = table["places"][place]
        seen[name] += 1
        found[name, seen[name]] = {
            heading: (said, f"「{title}」{address(row, numbers.get(heading, 1))}")
            for heading, said in zip(table["columns"], texts, strict=True)
        }
    return found


def _cells(
    then: minutes.Tables, now: minutes.Tables, month: int, *, whole: bool
) -> Iterator[Change]:
    """What was entered otherwise, row by row as they are called: where they stand does not matter.

    What archiving writes is no change: 月度完成 from that month on, and projects that it has from then only. Without `whole` the ledger of now is an archive's, which
    may lack columns.
    """
    later = {MONTHLY_DONE[key].heading for key in ("id", "name", *MONTH_KEYS[month - 1 :])}
    for key in dict.fromkeys((*then, *now)):
        before = _rows(then[key]) if key in then else {}
        after = _rows(now[key]) if key in now else {}
        left_out = later if key == MONTHLY_DONE.key else set()
        if key == LEDGER.key and not whole:
            left_out = set(then[key]["columns"]) ^ set(now[key]["columns"])
        for row in dict.fromkeys((*before, *after)):
            if row[0] != _DATE:
                yield from _of_row(row[0], before.get(row), after.get(row), left_out)


def _of_row(
    name: str, before: _Row | None, after: _Row | None, left_out: Set[str]
) -> Iterator[Change]:
    """How a row differs; one that is only there or only was is one change, where it says anything."""
    if before is None or after is None:
        cells = {key: cell for key, cell in (before or after or {}).items() if key not in left_out}
        if any(value for value, _ in cells.values()):
            place = next(iter(cells.values()))[1]
            said = "、".join(value for value, _ in cells.values() if value)
            then, now = (said, "") if before else ("", said)
            yield Change(f"{place}「{name}」", then, now)
        return
    for key in dict.fromkeys((*before, *after)):
        then, was_at = before.get(key, ("", ""))
        now, place = after.get(key, ("", was_at))
        if then != now and key not in left_out:
            yield Change(f"{place}「{name}」{key}", then, now)


def _figures(then: Mapping[str, str], outcome: Outcome) -> Iterator[Change]:
    now = minutes.figures(outcome)
    for name in dict.fromkeys((*then, *now)):
        if name not in now:
            now[name] = _figure(name, outcome)
        if name in then and then[name] != now[name]:
            yield Change(name, then[name], now[name])


def _figure(name: str, outcome: Outcome) -> str:
    """A figure that the bulletin prints no more."""
    try:
        return outcome.names[name].text
    except UserError:
        return ""


def _sentences(then: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Lines of the bulletin that read otherwise."""
    for kind, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change("", "／".join(then[a:b]).strip(), "／".join(now[c:d]).strip())


def _computed(book: Path, source: Book, outcome: Outcome, password: str | None) -> Verdict:
    """Without minutes: the 通报 in the workbook, and the files beside it, against what is computed now."""
    stem = book.stem if book.stem.endswith(OUTPUT) else output_name(book)
    written, changes = [], []
    wanted = {".docx": word_document(outcome), ".txt": text_file(outcome)}
    for suffix, content in wanted.items():
        path = book.with_name(stem + suffix)
        if path.is_file():
            found = _content(path)
            if password and encryption.is_locked(found):
                found = encryption.unlocked(found, password)
            written.append(File(path.name, SAME if found == content else OTHER))
    for path in (book, *(book.with_name(stem + suffix) for suffix in (".xlsx", ".xlsm"))):
        if path == book or path.is_file():
            there = source if path == book else hosts.open(path, password)
            if (shown := _shown(there)) is not None:
                changes = list(_sentences(shown, _expected(outcome)))
                written.append(File(path.name, OTHER if changes else SAME))
                break
    written = _marked(written, files.left_unfinished(book.with_name(f"{stem}.txt")))
    if not written:
        raise UserError(
            f"「{book.name}」里没有「{BULLETIN.title}」，旁边也没有写出的通报，没有可核对的。请先用 kp bulletin 生成。"
        )
    day = outcome.as_of.isoformat()
    return Verdict(day, "", "", (), tuple(written), (), (), tuple(changes))


def _shown(book: Book) -> list[str] | None:
    """The bulletin that a workbook shows, a paragraph a line; None where it has none of ours, or none is written there yet."""
    found = tables.find(book, BULLETIN)
    if found is None or found[1].at(1, 1) == BULLETIN.help:
        return None
    return [str(row[0]) if row and row[0] is not None else "" for row in found[1].rows]


def _expected(outcome: Outcome) -> list[str]:
    (area,) = sheets.bulletin(outcome.bulletin).areas
    (filling,) = area.fillings
    lines = ["" if value is None else str(value) for value in filling.values]
    while lines and not lines[-1]:
        lines.pop()
    return lines
