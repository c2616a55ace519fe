"""Killed: at every system call that writes, and at any moment. No file is torn, a mixed set says so, the next run puts it right."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from torture.scenes import COMMANDS, MARK, PASSING, Scene, scene
from torture.tries import KP, Try, kp, state

CALLS = (
    "write,pwrite64,writev,ftruncate,truncate,rename,renameat,renameat2,link,linkat,symlink,unlink,unlinkat,"
    "fsync,fdatasync,chmod,fchmod,fchmodat,chown,fchown,mkdir,setxattr,fsetxattr,removexattr"
)
STRIDE = 4
"""The gate kills at every fourth."""
_LONGEST = 1.3
"""Seconds within which a command is killed; most are done by then."""


def traced(*how: str) -> tuple[str, ...]:
    """What is put before a command so that its system calls are counted, or one of them kills it."""
    calls = ("-e", f"trace={CALLS}")
    return ("strace", "-f", "-qq", "-e", "signal=none", "--seccomp-bpf", *calls, *how)


def can_trace(folder: Path) -> bool:
    """Whether this machine has strace and lets it trace."""
    if not shutil.which("strace"):
        return False
    done = subprocess.run([*traced("-o", str(folder / "trace")), "true"], check=False)
    return done.returncode == 0


def at_every_call(folder: Path, full: bool) -> Iterator[Try]:
    """Each command that writes, killed on entering its first system call that writes, its second …: of any of its processes."""
    if not can_trace(folder):
        return
    for name in COMMANDS if full else ("bulletin --in-place",):
        (folder / name).mkdir()
        stage = scene(folder / name, name, log=True)
        for number in range(1, _calls(folder, stage) + 1, 1 if full else STRIDE):
            kill = ("-o", os.devnull, "-e", f"inject={CALLS}:signal=SIGKILL:when={number}")
            stage.reset()
            kp(stage.folder, *stage.words, before=traced(*kill))
            yield Try(f"{name}, call {number}", after_a_kill(stage))


def _calls(folder: Path, stage: Scene) -> int:
    """How many of these calls the busiest process of a command makes."""
    stage.reset()
    kp(stage.folder, *stage.words, before=traced("-o", str(folder / "trace")))
    lines = (folder / "trace").read_text("utf-8", "replace").splitlines()
    return max(Counter(line.split()[0] for line in lines).values())


def at_any_moment(folder: Path, full: bool) -> Iterator[Try]:
    """Each command that writes, with all that it has started, killed after a time by chance."""
    chance = random.Random(11)
    names = list(COMMANDS) if full else ["bulletin", "batch"]
    stages = {}
    for name in names:
        (folder / name).mkdir()
        stages[name] = scene(folder / name, name, log=name in ("archive", "rollup"))
    for number in range(500 if full else 12):
        name = names[number % len(names)]
        stage, moment = stages[name], chance.uniform(0.1, _LONGEST)
        stage.reset()
        run = subprocess.Popen(
            [KP, *stage.words],
            cwd=stage.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(moment)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        yield Try(f"{name}, {moment:.3f} s", _survivor(stage.folder) or after_a_kill(stage))


def _survivor(folder: Path) -> str:
    """A process that works in a folder though nobody waits for it any more."""
    end = time.monotonic() + 5
    while True:
        alive = [entry for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, folder)]
        if not alive:
            return ""
        if time.monotonic() > end:
            return f"a process lives on: {(alive[0] / 'cmdline').read_bytes()!r}"
        time.sleep(0.05)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return os.readlink(process / "cwd") == str(folder.resolve())
    except OSError:
        return False


def after_a_kill(stage: Scene) -> str:
    """What is wrong with what a killed run left, or with what the next one makes of it."""
    left = state(stage.folder)
    if miss := stage.found(left):
        return miss
    return stage.run_again()


def passing(files: dict[str, bytes]) -> list[str]:
    """What should not lie there once nothing runs any more."""
    return [name for name in files if PASSING.search(name) or name.endswith(MARK)]
