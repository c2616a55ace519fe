"""Full disks: a small file system where one may be mounted, a bound on the size of files everywhere. All of a set or none, and what is said is true."""

from __future__ import annotations

import contextlib
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from torture.scenes import COMMANDS, Scene, scene
from torture.tries import BUG, Try, kp, restore, same, state

_PAGE = 4096
JOURNAL = "out/.kp-batch.jsonl"
"""What a batch without its summary leaves for the next run."""
_REASONS = ("磁盘空间不足", "超过允许的文件大小")


def full(folder: Path, full: bool) -> Iterator[Try]:
    """Every command that writes, with room for nothing, for a little more, … until there is enough."""
    for name in COMMANDS if full else ("batch", "bulletin --in-place", "bundle"):
        (folder / name).mkdir()
        stage = scene(folder / name, name, log=True)
        yield from _bounded_files(name, stage, 1 if full else 5)
        if mounted := _mounted(stage.folder):
            with mounted:
                yield from _small_disk(name, stage, 1 if full else 4)


def _bounded_files(name: str, stage: Scene, stride: int) -> Iterator[Try]:
    """No file may be larger than so much: the largest cannot be written, then a smaller one, then none."""
    sizes = {len(content) for content in stage.after.values()}
    bounds = sorted({0, 1, 100, *(size - 1 for size in sizes), *(size // 2 for size in sizes)})
    for bound in bounds[::stride]:
        stage.reset()
        limit = (bound, bound)
        done = kp(
            stage.folder,
            *stage.words,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )
        yield Try(f"{name}, files up to {bound} bytes", _miss(stage, done))


def _mounted(folder: Path) -> contextlib.ExitStack | None:
    """A small file system in a folder's place; None where this user may mount none."""
    how = ("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    if (
        not shutil.which("mount")
        or subprocess.run(how, capture_output=True, check=False).returncode
    ):
        return None
    stack = contextlib.ExitStack()
    stack.callback(subprocess.run, ("umount", "-l", str(folder)), check=True)
    return stack


def _small_disk(name: str, stage: Scene, stride: int) -> Iterator[Try]:
    """So many pages are free; enough where the command is done in full, three times in a row."""
    enough, pages = 0, 0
    while enough < 3:
        restore(stage.folder, stage.before)
        _leave(stage.folder, pages)
        done = kp(stage.folder, *stage.words)
        enough = 0 if done.returncode else enough + 1
        (stage.folder / ".kp-filler").unlink()
        yield Try(f"{name}, {pages} pages free", _miss(stage, done))
        pages += stride


def _leave(folder: Path, pages: int) -> None:
    with open(folder / ".kp-filler", "wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while file.write(bytes(_PAGE)):
                pass
        file.truncate(max(file.tell() - pages * _PAGE, 0))


def _miss(stage: Scene, done: subprocess.CompletedProcess[str]) -> str:
    """What is wrong with what was said and done, or with the next run."""
    now, said = state(stage.folder), done.stdout + done.stderr
    if BUG.search(said):
        return said
    kept = (*stage.before, *stage.after, JOURNAL)
    if left := [name for name in now if name not in kept]:
        return f"{left} were left: {said}"
    if any(stage.mixed(names, now) for names in stage.sets):
        return f"a set is mixed: {said}"
    if done.returncode and not any(reason in said for reason in _REASONS):
        return f"no reason was given: {said}"
    if "没有写任何文件" in said and not stage.untouched(now):
        return f"files were written, and it says {said}"
    new = [all(same(now.get(n), stage.after[n]) for n in names) for names in stage.sets]
    if not done.returncode and not all(new):
        return f"it says that all was done: {said}"
    return _told(stage, said, new) or stage.found(now) or stage.run_again()


def _told(stage: Scene, said: str, new: list[bool]) -> str:
    """What is wrong with what a batch says of its workbooks."""
    if stage.words[0] != "batch":
        return ""
    for number, is_new in enumerate(new[:2]):
        if (f"已生成 {number:03}.xlsx" in said) != is_new:
            return f"{number:03} was {'' if is_new else 'not '}written, and it says {said}"
    return ""
