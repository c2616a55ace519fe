"""Which sheet, heading, row, unit and word is meant."""

from __future__ import annotations

from mutants.listed.mutant import room

COLS = "reading/test_columns.py"
UNITS = "reading/test_units.py"
ROWS = "reading/test_rows.py"
SHEETS = "reading/test_sheets.py"
CASES = "reading/test_cases.py"
WRD = "reading/test_words.py"
ONE = "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else"

LEDGERS = room(
    "a clerk's own sheet",
    (
        "the first plan beats the adjusted one",
        "reading/periods.py",
        "    rank = 2 + 2 * bool(said.year or said.basis == YEAR)\n    return Fit(rank + (said.version == ADJUSTED) - (said.version == FIRST))",
        "    rank = 2 + 2 * bool(said.year or said.basis == YEAR)\n    return Fit(rank - (said.version == ADJUSTED) + (said.version == FIRST))",
        COLS,
    ),
    (
        "another month's figure is this one's",
        "reading/periods.py",
        "if last != as_of.month:",
        "if False:",
        COLS,
    ),
    (
        "since the start is this year's",
        "reading/periods.py",
        "    if said.basis == SINCE_START:\n",
        "    if False:\n",
        COLS,
    ),
    (
        "a format's 0!.0 does not count",
        "reading/units.py",
        " * 10.0 ** _few(dot)",
        "",
        UNITS,
    ),
    (
        "a unit behind the number is not seen",
        "reading/units.py",
        'return times, money_unit(unit[1]) if unit else ""',
        'return times, ""',
        UNITS,
    ),
    (
        "projects may be of any size",
        "reading/units.py",
        "if not least <= middle <= most:",
        "if False:",
        UNITS,
    ),
    (
        "plans may be ten thousand times the whole",
        "reading/units.py",
        "if not low <= share <= high:",
        "if False:",
        UNITS,
    ),
    (
        "a section goes on over the next of its height",
        "reading/given.py",
        "_rank(below.lead(o)) <= rank",
        "_rank(below.lead(o)) < rank",
        ROWS,
    ),
    (
        "a section's number is not read",
        "reading/rows.py",
        "        found.claims[position] = Claim(_claims(below, position), _count(leads))\n        return SECTION\n    return PROJECT",
        "        found.claims[position] = Claim(_claims(below, position))\n        return SECTION\n    return PROJECT",
        ROWS,
    ),
    (
        "a sum may be off by 1 万元",
        "checks/sums.py",
        "SLACK = 10_000",
        "SLACK = 1_000_000",
        (ONE, ROWS),
    ),
    (
        "a hidden twin is a rival",
        "reading/columns.py",
        "return seen or list(columns)",
        "return list(columns)",
        (CASES, COLS, "hosts/test_file_shown.py"),
    ),
    (
        "sheets of other projects are parts, whatever they are called",
        "reading/sheets.py",
        "if disjoint and all(sheet.is_part for sheet in sheets):",
        "if disjoint:",
        SHEETS,
    ),
    (
        "another year's sheet is this one's",
        "reading/sheets.py",
        "return year in (None, as_of.year) and month",
        "return month",
        SHEETS,
    ),
    (
        "a name beside the same with 东 is near",
        "checks/identity.py",
        " and name[i] not in _SERIAL",
        "",
        ONE,
    ),
    (
        "an amount is guessed though it was laid down",
        "reading/columns.py",
        "    if key in choice.taken:\n        return\n    whats",
        "    whats",
        (SHEETS, COLS, "reading/test_adopt.py", "reading/test_answers.py"),
    ),
    (
        "a unit that was laid down is guessed",
        "reading/units.py",
        "    if laid_down := choice.units.get(key):",
        '    if laid_down := "":',
        ("reading/test_answers.py", UNITS, "reading/test_adopt.py"),
    ),
    (
        "a hidden sheet is a ledger",
        "reading/sheets.py",
        "if not s.grid.concealed and not s.is_copy]",
        "if not s.is_copy]",
        (SHEETS, CASES),
    ),
    (
        "a copy is a ledger",
        "reading/sheets.py",
        "if not s.grid.concealed and not s.is_copy]",
        "if not s.grid.concealed]",
        (SHEETS, CASES),
    ),
    (
        "a merged cell does not reach its last row",
        "reading/given.py",
        "for row in range(top + 1, bottom + 1) if",
        "for row in range(top + 1, bottom) if",
        ROWS,
    ),
    (
        "省重占 is a level of the office's own",
        "reading/translating.py",
        'near = next((p for p in known if terms.one_slip(plain(word), p)), "")',
        'near = ""',
        ("line/test_classes.py", WRD),
    ),
    (
        "the first of two adjusted amounts is taken",
        "reading/columns.py",
        "if any(_differ(amounts[0], other) for other in amounts[1:]):",
        "if False:",
        COLS,
    ),
    (
        "a title's month is not looked at",
        "reading/stated.py",
        "    if done is None or done.meaning.months:",
        "    if True:",
        COLS,
    ),
)
