"""Commands that write, each with what lay there before, what lies there after, and which files belong together."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from batch import counties
from torture.tries import State, kp, restore, same, state

LOG = "log.jsonl"
PASSING = re.compile(r"\.kp-(?!batch)|\.kp-batch\.jsonl|（未写完）\.txt$")
"""What may be left by a run that was killed: the next one clears it."""
MARK = "（未写完）.txt"


def _set(stem: str, workbook: str | None = None) -> tuple[str, ...]:
    return (workbook or f"{stem}-通报.xlsx", f"{stem}-通报.docx", f"{stem}-通报.txt")


COMMANDS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "bulletin": (("bulletin", "000.xlsx"), (_set("000"),)),
    "bulletin --in-place": (("bulletin", "000.xlsx", "--in-place"), (_set("000", "000.xlsx"),)),
    "archive": (("archive", "000.xlsx"), (("000.xlsx",),)),
    "new": (("new", "新.xlsx"), (("新.xlsx",),)),
    "bundle": (("bundle", "--libreoffice", "-o", "重点工程.oxt"), (("重点工程.oxt",),)),
    "adopt": (("adopt", "000.xlsx"), (("000-认表.xlsx",),)),
    "adopt --in-place": (("adopt", "000.xlsx", "--in-place"), (("000.xlsx",),)),
    "batch": (
        ("batch", "000.xlsx", "001.xlsx", "-o", "out", "--jobs", "1"),
        (_set("out/000"), _set("out/001"), ("out/summary.xlsx",), ("out/summary.jsonl",)),
    ),
    "rollup": (("rollup", "000.xlsx", "001.xlsx", "-o", "市.xlsx"), (_set("市", "市.xlsx"),)),
}
"""The words, and the sets of files that they write: all of a set or none."""
LOGGING = {"bulletin", "archive", "batch", "rollup"}


@dataclass(frozen=True)
class Scene:
    """A folder in which a command was run in August, and what it holds once it is run in September."""

    folder: Path
    words: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]
    before: State
    after: State

    def reset(self) -> None:
        """August again."""
        restore(self.folder, self.before)

    def run_again(self) -> str:
        """What is wrong with what lies there once the command was run with nothing in its way."""
        if self.words[0] == "new":  # which writes over nothing
            (self.folder / self.words[1]).unlink(missing_ok=True)
        done = kp(self.folder, *self.words)
        if done.returncode:
            return f"the next run: {done.stdout}{done.stderr}"
        now = state(self.folder)
        wrong = [n for n in self.after if n != LOG and not same(now.get(n), self.after[n])]
        left = [name for name in now if name not in self.after]
        if wrong or left:
            return f"the next run did not put it right: {wrong} {left}"
        return self.logged(now, whole=True)

    def found(self, now: State) -> str:
        """What is wrong after a run that was stopped: a file torn, lost or strange; a set mixed that does not say so."""
        for name in (*self.before, *now):
            if PASSING.search(name) or name == LOG:
                continue
            if name not in now:
                return f"{name} is gone"
            if "summary." in name:
                if not _is_whole(name, now[name]):
                    return f"{name} is torn"
            elif not any(same(now[name], known.get(name)) for known in (self.before, self.after)):
                return f"{name} is neither the old one nor the new one"
        for names in self.sets:
            if len(names) > 1 and self.mixed(names, now) and not _marked(names, now):
                return f"{names} are mixed, and nobody can tell"
        return self.logged(now)

    def mixed(self, names: tuple[str, ...], now: State) -> bool:
        """Whether some of a set are new and others old."""
        changed = [n for n in names if not same(self.before.get(n), self.after.get(n))]
        return len({same(now.get(name), self.after[name]) for name in changed}) > 1

    def untouched(self, now: State) -> bool:
        """Whether all is as it was."""
        return now == self.before

    def logged(self, now: State, *, whole: bool = False) -> str:
        """What is wrong with the log: a line of before is not what it was, or the last one speaks of other files than lie there."""
        if "--log" not in self.words:
            return ""
        old, new = self.before.get(LOG, b""), now.get(LOG, b"")
        if not new.startswith(old):
            return "the log is not what it was"
        entries = list(_entries(new))
        if whole and (not entries or not self._speaks_of(entries[-1], now)):
            return "the log's last line speaks of other files"
        return ""

    def _speaks_of(self, entry: dict[str, list[dict[str, str]]], now: State) -> bool:
        here = self.folder.resolve()
        return all(
            hashlib.sha256(
                now.get(Path(each["path"]).relative_to(here).as_posix(), b"")
            ).hexdigest()
            == each["sha256"]
            for each in entry["written"]
        )


def _is_whole(name: str, content: bytes) -> bool:
    """Whether a summary, which tells what was not done too, can be read to its end."""
    try:
        if name.endswith(".xlsx"):
            return zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        return all(json.loads(line)["path"] for line in content.splitlines())
    except (ValueError, KeyError, zipfile.BadZipFile):
        return False


def _marked(names: tuple[str, ...], now: State) -> bool:
    folder = Path(names[0]).parent
    return any(
        name.endswith(MARK) and Path(name).parent == folder and b"\xe8\xaf\xb7\xe4\xb8\x8d" in text
        for name, text in now.items()
    )


def _entries(log: bytes) -> Iterator[dict[str, list[dict[str, str]]]]:
    for line in log.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def scene(folder: Path, name: str, *, log: bool = False) -> Scene:
    """A command's scene, built below a folder."""
    words, sets = COMMANDS[name]
    desk = folder / "办公桌"
    desk.mkdir()
    for number in (0, 1):
        counties.county(desk, number)
    logged = ("--log", LOG) if log and words[0] in LOGGING else ()
    if name in ("bulletin", "bulletin --in-place", "batch", "rollup"):
        past = kp(desk, *words, *logged, "--as-of", "2021-08-31")
        assert past.returncode == 0, past.stdout + past.stderr
    before = state(desk)
    done = kp(desk, *words, *logged)
    assert done.returncode == 0, done.stdout + done.stderr
    after = state(desk)
    return Scene(desk, (*words, *logged), sets, before, after)
