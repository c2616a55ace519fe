"""The grammar of figures: words, figures, months, rankings, 同比."""

from __future__ import annotations

from mutants.listed.mutant import room

NAMES = "line/test_names.py"

NAMES = room(
    "naming",
    (
        "a name's words are taken one by one",
        "figures/grammar.py",
        "for taken in range(len(pieces), 0, -1):",
        "for taken in range(1, len(pieces) + 1):",
        NAMES,
    ),
    (
        "a word of two meanings has the first",
        "figures/grammar.py",
        "if len(found) > 1:",
        "if False:",
        NAMES,
    ),
    (
        "前十二名 are two",
        "figures/grammar.py",
        "_DIGITS.get(tens, 1)",
        "_DIGITS.get(tens, 0)",
        NAMES,
    ),
)
