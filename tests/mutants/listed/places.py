"""files.write, locks, marks of unfinished sets, open passwords."""

from __future__ import annotations

from mutants.listed.mutant import room

VER = "months/test_verify.py"
RACES = "torture/test_races.py"
SAFE = "line/test_files.py"
LOCKED = "hosts/test_locked.py"

PLACES = room(
    "taking places",
    (
        "what came out of the exchange is not compared",
        "files/__init__.py",
        "if not holds(ready.path, output.over):",
        "if False:",
        RACES,
    ),
    (
        "the last look compares nothing",
        "files/__init__.py",
        "if output.over and not holds(path, output.over):",
        "if False:",
        (RACES, SAFE),
    ),
    (
        "what somebody has open is written over",
        "files/__init__.py",
        "    locks.refuse_if_held(path)\n",
        "",
        SAFE,
    ),
    (
        "a living run's file is a leftover",
        "files/beside.py",
        "        if hold(file, patience=0):",
        "        if True:",
        SAFE,
    ),
    (
        "a set that is not whole is announced no more",
        "files/unfinished.py",
        "if done or count in (0, len(moves)):",
        "if True:",
        "torture/test_kills.py::test_what_cannot_be_put_back_stays_announced",
    ),
    (
        "what another set left unfinished is forgotten",
        "files/unfinished.py",
        "[*own, *(name for name in before if name not in own)]",
        "own",
        "torture/test_kills.py::test_what_another_set_left_unfinished_is_said_until_that_is_written",
    ),
    (
        "a line stays though its files do not",
        "files/adding.py",
        "            if not kept():",
        "            if False:",
        "line/test_files.py::test_all_or_none",
    ),
    (
        "a half-written line runs into the next",
        "files/adding.py",
        'b"\\n" * bool(broken) + text',
        "text",
        VER,
    ),
    (
        "two runs write one file",
        "files/holding.py",
        "if hold(file, patience=patience) is False:",
        "if False:",
        RACES,
    ),
    (
        "who writes into a file is not asked",
        "files/renaming.py",
        "not _is_written_to(file.fileno()) and ",
        "",
        (RACES, SAFE),
    ),
    (
        "Word's owner file of a short name is looked for by a cut one",
        "locks.py",
        "max(0, min(2, len(path.stem) - 6))",
        "2",
        SAFE,
    ),
    (
        "a new file takes a name that was given meanwhile",
        "files/__init__.py",
        'elif output.over != b"" or not rename(ready.path, path, NEW):',
        "else:",
        RACES,
    ),
    (
        "a locked workbook is written back unlocked",
        "hosts/locked.py",
        "replace(self.lock(output), over=",
        "replace(output, over=",
        LOCKED,
    ),
    (
        "a document of a locked ledger is open",
        "hosts/locked.py",
        "return encryption.locked(output, self._password)",
        "return output",
        LOCKED,
    ),
    (
        "a file's key may take minutes",
        "hosts/xlsx/encryption.py",
        'file.info["spinValue"] > _MOST_SPINS',
        "False",
        LOCKED,
    ),
    (
        "a second name is cut off",
        "files/rights.py",
        "if facts.st_nlink > 1:",
        "if False:",
        SAFE,
    ),
)
