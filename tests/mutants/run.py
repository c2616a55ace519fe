"""Whether the tests bite: each fault of `listed` planted on its own in a copy, and the tests that should see it run there.

`python tests/mutants/run.py [WORD …]` prints for each whether it was caught or survived, all or those whose name has a word;
it fails where one survives, does not fit the code any more, or leaves nothing to test. A full run that caught every one writes
the README's figures. Many minutes on two processors: whoever works on a part names its words.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutants.listed import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
README = ROOT / "xlplugin" / "README.md"
COPIED = ("xlplugin", "tests", "workbooks", "pyproject.toml", "README.md", "CHANGELOG.md")
MARKED = re.compile(r"(<!-- generated: mutants -->\n).*?(<!-- end -->)", re.S)
CAUGHT, SURVIVED = "caught", "survived"
_PASSED, _FAILED = 0, 1
"""What pytest exits with; anything else is no verdict."""


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def verdict(mutant: Mutant, folder: Path) -> str:
    """`CAUGHT`, `SURVIVED`, or why neither can be said. The copy is whole again afterwards."""
    file = folder / mutant.file
    whole = file.read_text(encoding="utf-8")
    if (found := whole.count(mutant.old)) != 1:
        return f"does not fit: its old text stands {found} times in {mutant.file}"
    file.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        code, said = tested(mutant.tests, folder)
    finally:
        file.write_text(whole, encoding="utf-8")
    return {_PASSED: SURVIVED, _FAILED: CAUGHT}.get(code, f"no verdict (pytest {code}):\n{said}")


def tested(tests: Iterable[str], folder: Path) -> tuple[int, str]:
    """How pytest ends over some tests of a copy, and its last words. The copy's package is the one that is imported."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout[-2000:] + done.stderr[-500:]


def verdicts(mutants: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its verdict, in order; `jobs` copies are at work. Raises SystemExit where the tests fail as it is."""
    with tempfile.TemporaryDirectory() as temporary:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            free.put(copied(Path(temporary) / str(number)))
        first = free.get()
        code, said = tested(sorted({test for mutant in mutants for test in mutant.tests}), first)
        if code != _PASSED:
            raise SystemExit(f"without any mutant the tests fail already:\n{said}")
        free.put(first)

        def one(mutant: Mutant) -> str:
            folder = free.get()
            try:
                return verdict(mutant, folder)
            finally:
                free.put(folder)

        with ThreadPoolExecutor(jobs) as threads:
            yield from zip(mutants, threads.map(one, mutants), strict=True)


def shown(readme: str) -> str:
    """The README with the list's figures; written only after a run that caught every one."""
    rooms = Counter(mutant.room for mutant in MUTANTS)
    among = ", ".join(f"{count} in {room}" for room, count in rooms.items())
    figures = f"{len(MUTANTS)} planted faults, {len(MUTANTS)} caught: {among}.\n"
    return MARKED.sub(lambda found: found[1] + figures + found[2], readme)


def render() -> None:
    """Write the README's figures."""
    README.write_text(shown(README.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> int:
    """Plant, test, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of names; all mutants without")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    chosen = [m for m in MUTANTS if not wanted.words or any(w in m.name for w in wanted.words)]
    told: Counter[str] = Counter()
    for mutant, said in verdicts(chosen, wanted.jobs):
        told[said.splitlines()[0]] += 1
        sys.stdout.write(f"{said.splitlines()[0]:9} {mutant.name}\n")
        sys.stdout.write("".join(f"    {line}\n" for line in said.splitlines()[1:]))
        sys.stdout.flush()
    sys.stdout.write(f"{told[CAUGHT]} of {len(chosen)} caught\n")
    if told[CAUGHT] != len(chosen):
        return 1
    if len(chosen) == len(MUTANTS):
        render()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
