"""Somebody saves while we write, or two of us write at once: what they saved stands, and what is done is said to be done."""

from __future__ import annotations

import io
import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from torture.scenes import Scene, scene
from torture.tries import BUG, KP, Try, same, state

SHEET = "他人的表"
CHANGED = ("已被他人改动", "另一个 kp", "正由")
"""What the one who came too late is told."""


def saved(folder: Path, full: bool) -> Iterator[Try]:
    """Somebody saves the workbook at a moment by chance while a command writes into it, by a new file or over the old one."""
    chance = random.Random(7)
    stages = []
    for name in ("archive", "bulletin --in-place", "adopt --in-place"):
        (folder / name).mkdir()
        stages.append(scene(folder / name, name))
    theirs = _theirs(stages[0].before["000.xlsx"])
    for number in range(150 if full else 9):
        stage, moment = stages[number % len(stages)], chance.uniform(0.2, 0.7)
        stage.reset()
        run = _started(stage.folder, stage.words)
        time.sleep(moment)
        book = stage.folder / "000.xlsx"
        if number % 2:
            book.write_bytes(theirs)
        else:
            beside = stage.folder / "他人.tmp"
            beside.write_bytes(theirs)
            os.replace(beside, book)
        said, code = run.communicate()[0], run.returncode
        yield Try(f"{stage.words[0]}, {moment:.3f} s", _lost(stage, said, code))


def _started(folder: Path, words: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [KP, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def _theirs(book: bytes) -> bytes:
    """The workbook as somebody else saves it: with a sheet of their own."""
    theirs = openpyxl.load_workbook(io.BytesIO(book))
    theirs.create_sheet(SHEET)["A1"] = "别丢"
    saved = io.BytesIO()
    theirs.save(saved)
    return saved.getvalue()


def _lost(stage: Scene, said: str, code: int) -> str:
    """Empty where their sheet is there, and we are done, or refused in one sentence."""
    if BUG.search(said):
        return said
    book = openpyxl.load_workbook(stage.folder / "000.xlsx", read_only=True)
    if SHEET not in book.sheetnames:
        return f"what they saved is gone: {said}"
    if code and not any(words in said for words in (*CHANGED, "损坏", "不是")):
        return f"no reason was given: {said}"
    return ""


def together(folder: Path, full: bool) -> Iterator[Try]:
    """Two commands write the same files at once, one for August and one for September."""
    chance = random.Random(5)
    for name in ("bulletin --in-place", "bulletin", "rollup") if full else ("bulletin --in-place",):
        (folder / name).mkdir()
        stage = scene(folder / name, name)
        for _ in range(34 if full else 8):
            stage.reset()
            runs = [_started(stage.folder, (*stage.words, "--as-of", "2021-08-31"))]
            time.sleep(chance.uniform(0, 0.05))
            runs.append(_started(stage.folder, stage.words))
            said = [run.communicate()[0] for run in runs]
            yield Try(name, _mixed(stage, said, [run.returncode for run in runs]))


def _mixed(stage: Scene, said: list[str], codes: list[int]) -> str:
    """Empty where at least one is done, who is not was told why, and each set is of one of them."""
    now = state(stage.folder)
    if 0 not in codes:
        return f"neither is done: {said}"
    for words, code in zip(said, codes, strict=True):
        if BUG.search(words) or (code and not any(each in words for each in CHANGED)):
            return f"no reason was given: {words}"
    if now.keys() != stage.after.keys():
        return f"left: {sorted(now)}"
    documents = [name for names in stage.sets for name in names if not name.endswith(".xlsx")]
    kinds = {
        tuple(same(now[name], known[name]) for name in documents)
        for known in (stage.before, stage.after)
    }
    return "" if (True,) * len(documents) in kinds else f"the set is mixed: {said}"
