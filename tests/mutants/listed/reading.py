"""What a sheet's headings, units and words mean."""

from __future__ import annotations

from mutants.listed.mutant import room

TABLES = "line/test_tables.py"
OWN = "line/test_own_ledgers.py"
ONE_WRONG = "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else"
STATUS = "line/test_status.py::test_the_first_rule_that_fits_decides"
PERIODS = "line/test_periods.py"

READING = room(
    "reading",
    (
        "the line's unit beats the heading's own",
        "tables/header.py",
        "own[1] if own else line[1] if line else column.unit",
        "line[1] if line else own[1] if own else column.unit",
        TABLES,
    ),
    (
        "a heading's own unit is not looked at",
        "tables/header.py",
        "own[1] if own else line[1] if line else column.unit",
        "line[1] if line else column.unit",
        TABLES,
    ),
    (
        "headings are looked for in 10 rows",
        "tables/header.py",
        "SEARCHED_ROWS = 20",
        "SEARCHED_ROWS = 10",
        TABLES,
    ),
    (
        "headings are looked for in 21 rows",
        "tables/header.py",
        "SEARCHED_ROWS = 20",
        "SEARCHED_ROWS = 21",
        TABLES,
    ),
    (
        "of like headings the last is read",
        "tables/header.py",
        "place.setdefault(words, number)",
        "place[words] = number",
        TABLES,
    ),
    (
        "of headings alike but for their year the last is read",
        "tables/header.py",
        'bare.setdefault(_PERIOD.sub("", words), number)',
        'bare[_PERIOD.sub("", words)] = number',
        TABLES,
    ),
    (
        "a ledger's headings are looked for in 20 rows",
        "reading/headings.py",
        "SEARCHED_ROWS = 60",
        "SEARCHED_ROWS = 20",
        OWN,
    ),
    (
        "a ledger's headings are looked for in 61 rows",
        "reading/headings.py",
        "SEARCHED_ROWS = 60",
        "SEARCHED_ROWS = 61",
        OWN,
    ),
    (
        "the line's unit beats the ledger's own heading",
        "reading/units.py",
        "if not own and len(said) == 1:",
        "if len(said) == 1:",
        OWN,
    ),
    (
        "an alias of two projects means the first",
        "ledger.py",
        "for word, row in told if found[word] != row",
        "for word, row in told if not row",
        ONE_WRONG,
    ),
    (
        "names are near by a core of 3",
        "checks/identity.py",
        "len(core) >= 4",
        "len(core) >= 3",
        ONE_WRONG,
    ),
    (
        "names are near by a core of 5 only",
        "checks/identity.py",
        "len(core) >= 4",
        "len(core) >= 5",
        ONE_WRONG,
    ),
    (
        "amounts beyond the limit go the fast way",
        "coercion.py",
        "(np.abs(scaled) < 2**46)",
        "(np.abs(scaled) < 2**53)",
        ONE_WRONG,
    ),
    (
        "the largest amount is refused",
        "amounts.py",
        "MOST_FEN = 100_000 * FEN_PER_YI",
        "MOST_FEN = 10_000 * FEN_PER_YI",
        ONE_WRONG,
    ),
    (
        "a share typed without % is taken as it stands",
        "settings.py",
        "(per_cent or exact > 10)",
        "per_cent",
        STATUS,
    ),
    (
        "the nearest month is next year's at −6",
        "periods.py",
        "(month - as_of.month < -6)",
        "(month - as_of.month <= -6)",
        PERIODS,
    ),
    (
        "the nearest month is last year's at +6",
        "periods.py",
        "(month - as_of.month > 6)",
        "(month - as_of.month >= 6)",
        PERIODS,
    ),
    (
        "an earlier dated setting beats a later one",
        "settings.py",
        "return max(in_force)[1] if in_force else None",
        "return min(in_force)[1] if in_force else None",
        "line/test_status.py::test_dated_thresholds_are_picked_by_the_reports_date",
    ),
)
