"""Real workbooks with one thing wrong: a byte of the file, of a part, a value in its XML. Read as others read it, or refused; never by halves."""

from __future__ import annotations

import contextlib
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from batch import counties
from torture.bounded import bounded
from torture.readings import Places, differing, of_openpyxl_apart, of_ours
from torture.tries import BUG, Try

ROOT = Path(__file__).parents[2]
PARTS = re.compile(r"xl/(worksheets/[^/]+|workbook|sharedStrings|styles)\.xml$|rels$|Content_Types")
VALUE = re.compile(rb'>[^<]+<|="[^"]*"')
NASTY = (
    b"",
    b"0",
    b"-1",
    b"1.5",
    b"1e309",
    b"-1e-400",
    b"NaN",
    b"INF",
    b"9" * 400,
    b"2147483648",
    b"18446744073709551616",
    b"XFD1048576",
    b"XFE1048577",
    b"A0",
    b"$A$1",
    b"A1:XFD1048576",
    b"true",
    b"s",
    b"str",
    b"inlineStr",
    b"d",
    b"e",
    b"b",
    b"n",
    b"#REF!",
    b"2021-02-30",
    b"1900-01-00T25:61:61Z",
    b" ",
    b"\xc2\xa0",
    b"&amp;",
    b"&#0;",
    b"&#x10FFFF;",
    b"&lt;c&gt;",
    b"_xD800_",
    "１２".encode(),
    "١".encode(),
    "县".encode() * 3000,
    b"../../etc/passwd",
    b"=1+1",
)


def mutated(folder: Path, full: bool) -> Iterator[Try]:
    """Seeded: the same at every run."""
    originals = [counties.county(folder, number).read_bytes() for number in range(6)]
    places = (ROOT / "tests" / "cases" / "workbooks", ROOT / "workbooks")
    real = [p for place in places for p in sorted(place.glob("*.xls[xm]"))]
    small = [path.read_bytes() for path in real if path.stat().st_size < 30_000]
    large = [path.read_bytes() for path in real if path.stat().st_size >= 30_000]
    target = folder / "台账.xlsx"
    target.write_bytes(originals[0])
    look(target, None)  # what is loaded here need not be loaded by each child
    for seed in range(5_000 if full else 250):
        chance = random.Random(seed)
        kinds: tuple[Callable[[bytes, random.Random], bytes], ...] = (_zip, _part, _value, _value)
        book = chance.choice(large if seed % 25 == 0 else originals if seed % 3 else small)
        target.write_bytes(kinds[seed % 4](book, chance))
        theirs = of_openpyxl_apart(target)
        said, kept = bounded(lambda theirs=theirs: look(target, theirs))  # type: ignore[misc]
        yield Try(f"seed {seed}", said or ("" if kept else "too slow, too large or too loud"))


def _zip(book: bytes, chance: random.Random) -> bytes:
    return _bytes(book, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Some bytes turned, lost, doubled or strange."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        at, length = chance.randrange(len(changed) + 1), chance.choice((1, 1, 2, 4, 40))
        old = bytes(changed[at : at + length])
        changed[at : at + length] = chance.choice(
            (chance.randbytes(length), b"", old * 2, old[::-1], b"\0" * length, b"<", b"&", b"\xff")
        )
    return bytes(changed)


def _part(book: bytes, chance: random.Random) -> bytes:
    return _with_part(book, chance, _bytes)


def _value(book: bytes, chance: random.Random) -> bytes:
    return _with_part(book, chance, _other_value)


def _other_value(xml: bytes, chance: random.Random) -> bytes:
    found = list(VALUE.finditer(xml))
    if not found:
        return xml
    old, new = chance.choice(found), chance.choice(NASTY)
    new = b">%s<" % new if old[0].startswith(b">") else b'="%s"' % new
    return xml[: old.start()] + new + xml[old.end() :]


def _with_part(
    book: bytes, chance: random.Random, change: Callable[[bytes, random.Random], bytes]
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        chosen = chance.choice([name for name in old.namelist() if PARTS.search(name)])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content, chance) if name == chosen else content)
    return made.getvalue()


def look(path: Path, theirs: Places | None) -> str:
    """Empty where it was read as openpyxl reads it, where openpyxl reads it, and served or refused in a sentence."""
    return _reading(path, theirs) or _serving(path)


def _reading(path: Path, theirs: Places | None) -> str:
    from xlplugin.errors import UserError
    from xlplugin.hosts.file import FileBook

    try:
        ours = of_ours(FileBook(path))
    except UserError as refusal:
        return "" if str(refusal).endswith("。") else f"refused: {refusal}"
    if theirs is None:
        return ""
    found = {
        name for name, _, _ in theirs
    }  # openpyxl takes a sheet that it does not find for an empty one
    wrong = differing({at: value for at, value in ours.items() if at[0] in found}, theirs)
    return f"read as {dict(list(wrong.items())[:4])}" if wrong else ""


def _serving(path: Path) -> str:
    from xlplugin.cli import main

    said, code = io.StringIO(), None
    with (
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            main(["bulletin", str(path), "--in-place", "--force", "--as-of", "2021-09-30"])
        except SystemExit as end:
            code = end.code
    if code not in (0, 1, 3) or BUG.search(said.getvalue()) or len(said.getvalue()) > 20_000:
        return f"exit {code}: {said.getvalue()[:500]}"
    return ""
