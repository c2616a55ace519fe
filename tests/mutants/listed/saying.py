"""What the text claims and how it is worded."""

from __future__ import annotations

from mutants.listed.mutant import room

SAID = "line/test_said.py"
ALOUD = "line/test_counties.py::test_the_text_is_the_one_that_was_read_aloud"

SAYING = room(
    "saying",
    (
        "the text promises what its reader knows to be past",
        "bulletin/clock.py",
        '"逾期" if day <= self.as_of else "原" if day <= self.today else ""',
        '""',
        SAID,
    ),
    (
        "the text blames who is not due",
        "bulletin/clock.py",
        "return project.planned_start is None or project.planned_start <= self.as_of",
        "return True",
        SAID,
    ),
    (
        "the text is short of time in June",
        "bulletin/clock.py",
        "0 < (self._end - self.as_of).days <= PRESSING",
        "True",
        ALOUD,
    ),
    (
        "the text aims at a year that is over",
        "bulletin/plans.py",
        " and not story.clock.year_over",
        "",
        ALOUD,
    ),
    (
        "the text compares January with another year's plan",
        "bulletin/changes.py",
        "history if story.settings.as_of.month > 1 else None",
        "history",
        SAID,
    ),
    (
        "the text loses amounts where issues are told together",
        "bulletin/issues.py",
        "sum(amounts, Decimal(0)) or None",
        "amounts[0] or None",
        SAID,
    ),
    (
        "the text leaves a cause without its predicate",
        "bulletin/words.py",
        'f"受{bare}影响"',
        'f"受{bare}"',
        SAID,
    ),
    (
        "the text names more projects than a sentence bears",
        "bulletin/words.py",
        "islice(names, MOST_NAMES)",
        "names",
        ALOUD,
    ),
    (
        "the text has a paragraph of any length",
        "bulletin/short.py",
        "len(text) + len(sentence) > LONGEST",
        "False",
        SAID,
    ),
    (
        "the text shortens a name before it was said in full",
        "bulletin/short.py",
        "if name in seen:",
        "if name:",
        ALOUD,
    ),
    (
        "titles have a 、 between them",
        "bulletin/words.py",
        '.replace("》、《", "》《")',
        "",
        SAID,
    ),
    (
        "the twelfth heading is 零十二",
        "bulletin/words.py",
        "gap = bool(text) and not digit",
        "gap = not digit",
        "line/test_words.py",
    ),
    (
        "今明两年 is no word of today",
        "checks/texts.py",
        "今明两年|",
        "",
        "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else",
    ),
    (
        "a cause that ends with 影响 has it twice",
        "bulletin/words.py",
        '.removesuffix("的影响").removesuffix("影响")',
        "",
        SAID,
    ),
    (
        "a name in two counties is told bare",
        "figures/said.py",
        'if facts.across_counties else ""',
        'if False else ""',
        ("line/test_counties.py", "batch/test_rollup.py"),
    ),
)
