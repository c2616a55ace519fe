"""Whether it holds: `python -m torture.run [--full] [--render] [WORD …]`, run in `tests/`, tries every family and prints tried, held, missed.

With words only the families whose name has one of them. `--full` is what the README shows, an hour or so on two processors;
without it, what the gate runs. `--render` writes the rows into the README. `--books DIR` adds the workbooks below a folder to those at hand.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from torture import collected, disks, kills, mutations, races, shipped
from torture.tries import Family, Try

README = Path(__file__).parents[2] / "README.md"
MARKED = re.compile(r"(<!-- generated: torture -->\n)(.*?)(<!-- end -->)", re.S)
HEAD = ("| what happens | what must hold | tried | held | missed |", "|---|---|---|---|---|")
PUT_RIGHT = "no file torn or lost, a mixed set says so, the next run puts it right"

FAMILIES: dict[str, tuple[Family, str]] = {
    "killed at every system call that writes": (kills.at_every_call, PUT_RIGHT),
    "killed at any moment": (kills.at_any_moment, f"{PUT_RIGHT}, no process lives on"),
    "a disk fills": (
        disks.full,
        "all of a set or none, what is said is true, the next run puts it right",
    ),
    "somebody saves meanwhile": (
        races.saved,
        "what they saved is there; we are done or told why not",
    ),
    "two of us at once": (races.together, "one is done, the other is told, no set is mixed"),
    "one thing wrong in a real workbook": (
        mutations.mutated,
        "read as openpyxl reads it, or refused in a sentence; 10 s, 1 GB, no traceback",
    ),
    "made to harm: the hostile collection": (
        collected.all_of_them,
        "read as it is meant, or refused in a sentence; 10 s, 1 GB, no traceback",
    ),
    "a workbook that a package ships": (
        shipped.written,
        "what is written is read by openpyxl and calamine, nothing else changed",
    ),
}
"""What is tried, and what must hold."""


def tried(name: str, *, full: bool) -> list[Try]:
    """A family, tried in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for each in FAMILIES[name][0](Path(folder), full):
            found.append(each)
            if each.miss:
                sys.stdout.write(f"missed: {name}: {each.what}: {each.miss}\n")
                sys.stdout.flush()
        return found


def row(name: str, tries: list[Try]) -> str:
    """A family's line of the table."""
    missed = sum(bool(each.miss) for each in tries)
    counts = (len(tries), len(tries) - missed, missed)
    return f"| {name} | {FAMILIES[name][1]} | " + " | ".join(f"{n:,}" for n in counts) + " |"


def shown(readme: str, rows: dict[str, str]) -> str:
    """The README with these rows of the table, and the others as they were."""

    def table(found: re.Match[str]) -> str:
        old = {line.split("|")[1].strip(): line for line in found[2].splitlines()[2:]}
        lines = [line for name in FAMILIES if (line := rows.get(name) or old.get(name))]
        return found[1] + "\n".join((*HEAD, *lines)) + "\n" + found[3]

    return MARKED.sub(table, readme)


def main() -> int:
    """Try, tell, and write the table where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of families' names; all without")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--render", action="store_true")
    wanted = parser.parse_args()
    rows, missed = {}, 0
    for name in FAMILIES:
        if not wanted.words or any(word in name for word in wanted.words):
            tries = tried(name, full=wanted.full)
            missed += sum(bool(each.miss) for each in tries)
            rows[name] = row(name, tries)
            sys.stdout.write(rows[name] + "\n")
            sys.stdout.flush()
    if wanted.render:
        README.write_text(shown(README.read_text("utf-8"), rows), "utf-8")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
