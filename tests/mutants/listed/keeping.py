"""归档, 记录 and 核对: a month is told as it was."""

from __future__ import annotations

from mutants.listed.mutant import room

ARCH = "months/test_archive.py"
VER = "months/test_verify.py"

KEEPING = room(
    "keeping",
    (
        "an archived day is past once a later one is archived only",
        "archive.py",
        "(max(days) > as_of or (current and current > as_of))",
        "max(days) > as_of",
        ARCH,
    ),
    (
        "an old month is told with today's issues",
        "archive.py",
        "for sheet in (LEDGER, ISSUES) if",
        "for sheet in (LEDGER,) if",
        "months/test_archive.py::test_a_month_in_the_middle_is_written_again_word_for_word",
    ),
    (
        "a month archived again keeps its ghosts",
        "archive.py",
        "for row in own[count:]:",
        "for row in ():",
        ARCH,
    ),
    (
        "an old month loses its natures' own words",
        "archive.py",
        'if table.has("nature_word") and table.has("nature"):',
        "if False:",
        ARCH,
    ),
    (
        "a ledger with errors is archived",
        "archive.py",
        "if outcome.errors:",
        "if False:",
        ARCH,
    ),
    (
        "the first minutes of a workbook count",
        "verify.py",
        "for entry in reversed(meant)",
        "for entry in meant",
        "months/test_verify.py::test_of_two_runs_the_last_counts",
    ),
    (
        "a changed document is no difference",
        "verify.py",
        "return not (wrong or self.cells",
        "return not (self.cells",
        "months/test_verify.py::test_a_document_that_was_changed_or_is_gone",
    ),
    (
        "the version that wrote is the one of now",
        "verify.py",
        "        entry[minutes.PROGRAM],",
        "        __version__,",
        "months/test_verify.py::test_the_version_that_wrote_it_is_told_beside_the_one_of_now",
    ),
    (
        "what was read may change before it is written",
        "minutes.py",
        "if read(log, [each.path for each in taken]) != list(taken):",
        "if False:",
        "months/test_verify.py::test_a_ledger_that_is_saved_meanwhile_is_not_what_was_read",
    ),
    (
        "a locked ledger's minutes are open",
        "minutes.py",
        'entry |= {"locked": _locked(decided, password)} if password else decided',
        "entry |= decided",
        VER,
    ),
    (
        "rows of one name are one",
        "verify.py",
        "seen[name] += 1",
        "seen[name] = 1",
        "months/test_verify.py::test_each_of_several_rows_of_one_project_is_compared",
    ),
    (
        "what archiving writes is a change",
        "verify.py",
        "left_out = later if key == MONTHLY_DONE.key else set()",
        "left_out = set[str]()",
        VER,
    ),
    (
        "a run that archives is the bulletin's",
        "verify.py",
        'if each["command"] != "archive" and',
        "if",
        VER,
    ),
)
