"""The office's outline: repeats, headings, lists, tables with 小计, attachments."""

from __future__ import annotations

from mutants.listed.mutant import room

TAB = "line/test_tabled.py"
OWNOUT = "line/test_office_outline.py"

OUTLINES = room(
    "outlines",
    (
        "a part's 小计 is of all parts",
        "bulletin/tabled.py",
        "_sum(story, SUBTOTAL, own)",
        "_sum(story, SUBTOTAL, story.chosen)",
        TAB,
    ),
    (
        "a table of projects has 小计 of all",
        "bulletin/tabled.py",
        "_sums(story, columns, SUBTOTAL, own)",
        "_sums(story, columns, SUBTOTAL, every)",
        TAB,
    ),
    (
        "who has no value is left out of a table",
        "bulletin/items.py",
        '(*names.values(key), "")',
        "names.values(key)",
        (TAB, OWNOUT),
    ),
    (
        "a solved issue is repeated over",
        "bulletin/items.py",
        "state != SOLVED and text",
        "text",
        OWNOUT,
    ),
    (
        "numbers go on under the next heading",
        "bulletin/compose.py",
        "counts[level + 1 :] = [0] * (3 - level)",
        "pass",
        OWNOUT,
    ),
    (
        "all that lag are in 附件1, whatever stands before",
        "bulletin/story.py",
        "return label(2, 2) if",
        "return label(1, 2) if",
        ("line/test_said.py", "line/test_counties.py"),
    ),
    (
        "the note numbers from 0",
        "bulletin/attachments.py",
        "enumerate(titles, start=1)",
        "enumerate(titles)",
        "line/test_said.py",
    ),
    (
        "a delivered row may stand twice",
        "bulletin/outline.py",
        "if key in seen:",
        "if False:",
        OWNOUT,
    ),
    (
        "a list goes on after its ；",
        "bulletin/joined.py",
        'return piece.text[:-1] + ("" if counted else "。")',
        "return piece.text",
        OWNOUT,
    ),
    (
        "a heading holds the next of its height",
        "bulletin/outline.py",
        "own <= depth",
        "own < depth",
        OWNOUT,
    ),
    (
        "a row of a kind repeats over one place",
        "bulletin/compose.py",
        "alone = row.each and len(found) == 1",
        "alone = False",
        (OWNOUT, "line/test_counties.py"),
    ),
)
