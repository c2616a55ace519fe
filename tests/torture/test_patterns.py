"""No pattern over a workbook's bytes takes more than their length: each is fed what it likes least, at 10 and at 100 kB."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from torture.patterns import asked, made_of

SHORT, LONG = 10_000, 100_000
STEPS = 30
"""Ten times the text may take ten times as long, and three times that where the machine does something else."""

SLOW = 0.002
FILLS = (b" ", b"a", b"A", b"0", b"<", b">", b"&", b'"', b"'", b"=", b"x ", b"<f ", b"<c ", b"<c>", b"<v ", b'"s"', b"[", b"<a>", b"\xe7")  # fmt: skip

WELL_FORMED = re.compile(rb"<!--|table:|\?>|\.\*")
"""What is only asked of XML that was found well-formed, where each beginning has its end; or of the first 200 bytes."""


def patterns(folder: Path) -> list[re.Pattern[bytes]]:
    """The patterns over bytes that the program compiles when it reads and writes."""
    home = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, home / "patterns.py", folder],
        env={"PYTHONPATH": str(home.parent), "PATH": ""},
        capture_output=True,
        check=True,
    )
    return [each for each in pickle.loads(done.stdout) if isinstance(each.pattern, bytes)]


def seconds(pattern: re.Pattern[bytes], text: bytes) -> float:
    """How long it takes to find all there is, of two tries the shorter."""

    def once() -> float:
        begun = time.perf_counter()
        if pattern.pattern.startswith(
            b"(?:<"
        ):  # rows and cells as most write them, asked of a whole
            pattern.fullmatch(text)
        else:
            for _ in pattern.finditer(text):
                pass
        return time.perf_counter() - begun

    return min(once(), once())


def literals(pattern: re.Pattern[bytes]) -> list[bytes]:
    """Stretches of a pattern that stand for themselves."""
    plain = pattern.pattern.replace(rb"\"", b'"').replace(rb"\s", b" ")
    found = re.findall(rb"[<\w:/\"'=&! ]+", plain)
    return list(dict.fromkeys((b"", *found[:6])))


def test_every_pattern_takes_as_long_as_its_text_is(tmp_path):
    found = patterns(tmp_path)
    assert len(found) > 60, "the program compiles more than that"
    worse = []
    for pattern in found:
        if WELL_FORMED.search(pattern.pattern):
            continue
        heads = literals(pattern)
        for head in heads:
            for fill in dict.fromkeys((*FILLS, *(each for each in heads if each), head + b" ")):
                short = head + fill * (SHORT // len(fill))
                if (taken := seconds(pattern, short)) < SLOW:
                    continue
                long = head + fill * (LONG // len(fill))
                if seconds(pattern, long) > STEPS * taken:
                    worse.append((pattern.pattern, head, fill))
    assert not worse


TEXTS = (" ", "1", "a", "甲", "1,", "(", "[", "年", "1.", '"', "{{", "、")


def answered(pattern: re.Pattern[str], how: str, text: str) -> float:
    """How long it takes to be answered."""
    begun = time.perf_counter()
    if how in ("match", "fullmatch"):
        getattr(pattern, how)(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.perf_counter() - begun


def test_every_pattern_over_text_takes_as_long_as_its_text_is():
    """As it is asked in the program: of a text's beginning, of the whole, of all that is in it."""
    found = asked()
    assert len(found) > 120, "the program asks more than that"
    worse = []
    for (pattern, how), where in found.items():
        signs, words = made_of(pattern)
        heads = ("", *signs[:2], *words[:1])
        for head in heads:
            for fill in dict.fromkeys((*signs[:8], *words[:3], *TEXTS, head + " ", head + "1")):
                short = head + fill * (SHORT // len(fill))
                if answered(pattern, how, short) < SLOW:
                    continue
                long = head + fill * (LONG // len(fill))
                if all(
                    answered(pattern, how, long) > STEPS * answered(pattern, how, short)
                    for _ in range(3)  # or the machine was busy
                ):
                    worse.append((where, pattern.pattern, head, fill))
    assert not worse


@pytest.mark.parametrize("text", ["<!--" * 25_000, "<![CDATA[" * 11_000, "<?x " * 25_000])
def test_what_does_not_end_is_found_out_first(tmp_path, text):
    from hosts import small

    from xlplugin.errors import UserError
    from xlplugin.hosts.file import FileBook

    begun = time.perf_counter()
    with pytest.raises(UserError, match="不是正确的 XML"):
        FileBook(small.save(tmp_path / "台账.xlsx", small.parts(f"<row>{text}</row>"))).read("表")
    assert time.perf_counter() - begun < 2
