"""Small faults that someone could make, each with the tests that must fail with it. What they say is the fault.

`old` is found exactly once in the file, so that no refactoring can void a mutant unseen (`test_anchors.py`): where code moves,
its mutant moves with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in a file of the package, `new` stands instead of `old`. `tests` are what pytest is to run."""

    room: str
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _room(name: str, *faults: tuple[str, str, str, str, str | tuple[str, ...]]) -> Iterator[Mutant]:
    """The faults of one room: name, file below xlplugin/, old, new, tests below tests/."""
    for fault, file, old, new, tests in faults:
        paths = (tests,) if isinstance(tests, str) else tests
        yield Mutant(
            name, fault, f"xlplugin/{file}", old, new, tuple(f"tests/{path}" for path in paths)
        )


TABLES = "line/test_tables.py"
OWN = "line/test_own_ledgers.py"
ONE_WRONG = "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else"
STATUS = "line/test_status.py::test_the_first_rule_that_fits_decides"
LIGHTS = "line/test_status.py::test_lights"
AMOUNTS = "line/test_amounts.py"
SAID = "line/test_said.py"
ALOUD = "line/test_counties.py::test_the_text_is_the_one_that_was_read_aloud"
PERIODS = "line/test_periods.py"
SINCE = "months/test_since_last_month.py"
WORDS = "line/test_words.py"
FIGURES = "line/test_figures.py"
COUNTY = "line/test_county.py"
INDICATORS = "line/test_indicators.py"
SAFE = "line/test_files.py"
READ = "hosts/test_file_read.py"
WRITE = "hosts/test_file_write.py"
LOSSLESS = "hosts/test_file_lossless.py"
INTAKE = "hosts/test_file_intake.py::test_refused_with_advice"

READING = _room(
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

JUDGING = _room(
    "judging",
    (
        "behind for want of a figure is green",
        "flags/judgement.py",
        'yellow |= facts.where("verdict", MISSED) | np.isnan(data["gap"])',
        'yellow |= facts.where("verdict", MISSED)',
        LIGHTS,
    ),
    (
        "judged to lag is green",
        "flags/judgement.py",
        'yellow |= facts.where("verdict", MISSED) | np.isnan(data["gap"])',
        'yellow |= np.isnan(data["gap"])',
        LIGHTS,
    ),
    (
        "without a figure on schedule",
        "flags/judgement.py",
        '& ~np.isnan(data["gap"])',
        "",
        STATUS,
    ),
    (
        "the finished are judged by ratio",
        "flags/judgement.py",
        "return ruling(facts) >= Ruling.IN_TIME",
        "return (ruling(facts) >= Ruling.IN_TIME) | (ruling(facts) == Ruling.FINISHED)",
        ONE_WRONG,
    ),
    (
        "finished counts after 人工认定",
        "flags/judgement.py",
        '        data["finished"],\n        facts.where("verdict", REACHED),\n        facts.where("verdict", MISSED),\n',
        '        facts.where("verdict", REACHED),\n        facts.where("verdict", MISSED),\n        data["finished"],\n',
        STATUS,
    ),
    (
        "exactly as expected is behind",
        "flags/judgement.py",
        "facts.settings.tolerance) >= 0)",
        "facts.settings.tolerance) > 0)",
        STATUS,
    ),
    (
        "tolerance works the other way",
        "flags/judgement.py",
        '_sign(facts, "gap", facts.settings.tolerance)',
        '_sign(facts, "gap", -facts.settings.tolerance)',
        STATUS,
    ),
    (
        "exactly at the red threshold is red",
        "flags/judgement.py",
        'red = _sign(facts, "gap", settings.red_points) < 0',
        'red = _sign(facts, "gap", settings.red_points) <= 0',
        LIGHTS,
    ),
    (
        "planned for today is not due yet",
        "flags/judgement.py",
        "[due > cutoff, due <= late]",
        "[due >= cutoff, due <= late]",
        LIGHTS,
    ),
    (
        "three months late to the day is not red",
        "flags/judgement.py",
        "[due > cutoff, due <= late]",
        "[due > cutoff, due < late]",
        LIGHTS,
    ),
    (
        "floats decide at a threshold",
        "indicators/arithmetic.py",
        "DOUBT = 1e-9",
        "DOUBT = 0",
        STATUS,
    ),
    (
        "a yardstick that fails gives way to 按月",
        "flags/facts.py",
        "fallback = at.yardstick if at.yardstick in indicators.UNIFORM else MONTHLY",
        "fallback = MONTHLY",
        STATUS,
    ),
    (
        "按日 forgets leap years",
        "periods.py",
        "return 366 if calendar.isleap(year) else 365",
        "return 365",
        STATUS,
    ),
    (
        "started tomorrow is started",
        "flags/facts.py",
        '"started": (data["actual_start"] <= cutoff)',
        '"started": (data["actual_start"] <= cutoff + 1)',
        STATUS,
    ),
)

CHECKING = _room(
    "checking",
    (
        "a downward slip is not told",
        "checks/amounts.py",
        "((done >= last * SLIP) | ((done > 0) & (done * SLIP <= last)))",
        "(done >= last * SLIP)",
        ONE_WRONG,
    ),
    (
        "an upward slip is told beyond a thousand times only",
        "checks/amounts.py",
        "(done >= last * SLIP)",
        "(done > last * SLIP)",
        ONE_WRONG,
    ),
    (
        "a slip is a hundred times",
        "checks/amounts.py",
        "SLIP = 1000",
        "SLIP = 100",
        ONE_WRONG,
    ),
    (
        "a plan of all the investment is asked about",
        "checks/amounts.py",
        'facts.data["plan"] > facts.data["total"]',
        'facts.data["plan"] >= facts.data["total"]',
        ONE_WRONG,
    ),
    (
        "all parts behind is an error",
        "checks/amounts.py",
        'facts.data["parts_behind"] > facts.data["parts"]',
        'facts.data["parts_behind"] >= facts.data["parts"]',
        ONE_WRONG,
    ),
    (
        "all of the investment done is an error",
        "checks/amounts.py",
        'np.nan_to_num(data["earlier_done"]) > data["total"]',
        'np.nan_to_num(data["earlier_done"]) >= data["total"]',
        ONE_WRONG,
    ),
    (
        "999 % is an error",
        "checks/amounts.py",
        "wild = share * 100 > 999",
        "wild = share * 100 >= 999",
        ONE_WRONG,
    ),
    (
        "100 % is asked about",
        "checks/amounts.py",
        "(plan > 0) & (done > plan)",
        "(plan > 0) & (done >= plan)",
        ONE_WRONG,
    ),
    (
        "a start on the cut-off day is too late",
        "checks/dates.py",
        'data["actual_start"] > np.datetime64(as_of)',
        'data["actual_start"] >= np.datetime64(as_of)',
        ONE_WRONG,
    ),
    (
        "a monthly plan may fall",
        "checks/plans.py",
        "if now < before:",
        "if False:",
        ONE_WRONG,
    ),
)

COUNTING = _room(
    "counting",
    (
        "the figures are not proved to close",
        "checks/sums.py",
        "    n = figures.whole.count\n    for what",
        "    return\n    n = figures.whole.count\n    for what",
        FIGURES,
    ),
    (
        "the pipeline does not ask whether they close",
        "pipeline.py",
        "problems = _in_order(*problems, *checks.closing(figures, projects.table.title))",
        "pass",
        FIGURES,
    ),
    (
        "a project may be listed twice",
        "checks/sums.py",
        "if len(listed) != n or len(set(listed)) != n:",
        "if len(listed) != n:",
        FIGURES,
    ),
    (
        "what is planned for the cut-off day is not 应开工",
        "figures/counted.py",
        "(planned <= np.datetime64(facts.settings.as_of))",
        "(planned < np.datetime64(facts.settings.as_of))",
        "line/test_status.py::test_what_should_have_been_started",
    ),
    (
        "without a planned date nothing is 应开工",
        "figures/counted.py",
        "np.isnat(planned) | ",
        "",
        "line/test_status.py::test_what_should_have_been_started",
    ),
    (
        "whatever has started early is not 应开工",
        "figures/counted.py",
        ' | facts.data["started"]\n',
        "\n",
        "line/test_status.py::test_the_start_rate_has_three_bases",
    ),
    (
        "a 市重点 project is in no group",
        "figures/counted.py",
        "((PROVINCE, CITY), BUILDING)",
        "((PROVINCE,), BUILDING)",
        COUNTY,
    ),
    (
        "whoever is not started is started as well",
        "figures/counted.py",
        "started=buildings - missing",
        "started=buildings",
        COUNTY,
    ),
    (
        "the plan of a month is the year's",
        "figures/counted.py",
        "whole.plan * month // 12 if planned is None",
        "whole.plan if planned is None",
        FIGURES,
    ),
    (
        "the curve goes on after this month",
        "figures/counted.py",
        "recorded if month < now else None",
        "recorded",
        FIGURES,
    ),
    (
        "the year has 11 months for a forecast",
        "indicators/progress.py",
        "divide(done * 12, at.as_of.month)",
        "divide(done * 11, at.as_of.month)",
        INDICATORS,
    ),
    (
        "an indicator's formula is left out",
        "schema/indicators.py",
        'formula="{completion}/{expected}"',
        'formula=""',
        INDICATORS,
    ),
    (
        "a formula does not wait for the plan",
        "schema/indicators.py",
        'where="AND(ISNUMBER({completion}),ISNUMBER({expected}))",',
        "",
        INDICATORS,
    ),
    (
        "what is not there is a dash in a column of money",
        "schema/indicators.py",
        "        blank=True,\n",
        "",
        INDICATORS,
    ),
    (
        "an explanation forgets what the yardstick needs",
        "indicators/rules.py",
        "                yield from NEEDS[row[name]]\n",
        "",
        "months/test_explain.py",
    ),
    (
        "this month is still to come",
        "indicators/yardsticks.py",
        "return 12 - self.as_of.month",
        "return 13 - self.as_of.month",
        INDICATORS,
    ),
    (
        "what was done beyond the plan is owed back",
        "indicators/progress.py",
        "return at_least(plan - done, 0)",
        "return plan - done",
        INDICATORS,
    ),
    (
        "equals have different places",
        "figures/ranking.py",
        "placed[-1].place if same else at",
        "at",
        "months/test_ranking.py",
    ),
    (
        "a subtotal may not be of the rows above it",
        "checks/sums.py",
        "        *_runs(above.tolist()),\n",
        "",
        OWN,
    ),
    (
        "rounding is half down",
        "amounts.py",
        "(2 * abs(part) * int(10**decimals) + whole) // (2 * whole)",
        "-((whole - 2 * abs(part) * int(10**decimals)) // (2 * whole))",
        AMOUNTS,
    ),
    (
        "rounding cuts off",
        "amounts.py",
        "(2 * abs(part) * int(10**decimals) + whole) // (2 * whole)",
        "(2 * abs(part) * int(10**decimals)) // (2 * whole)",
        AMOUNTS,
    ),
    (
        "half a 分 is rounded to even",
        "amounts.py",
        "quantize(Decimal(1), ROUND_HALF_UP)",
        "quantize(Decimal(1))",
        AMOUNTS,
    ),
    (
        "floats round whatever they are near to",
        "bulletin/printed.py",
        "HAIR = 1e-6",
        "HAIR = 0",
        WORDS,
    ),
    (
        "small money is 0.00亿元",
        "figures/said.py",
        'if fen and not text.strip("-0."):',
        "if False:",
        WORDS,
    ),
    (
        "very small money is 0万元",
        "figures/said.py",
        "self.decimals if half_up(Fraction(fen, FEN_PER_WAN), self.decimals) else 6",
        "self.decimals",
        WORDS,
    ),
    (
        "a month archived twice is its first day's",
        "flags/history.py",
        "cutoffs == cutoffs[same].max()",
        "cutoffs == cutoffs[same].min()",
        SINCE,
    ),
    (
        "newly behind are those alone who were on schedule",
        "flags/history.py",
        "was[row] in (ON_SCHEDULE, NOT_STARTED)",
        "was[row] == ON_SCHEDULE",
        SINCE,
    ),
    (
        "a run is followed back 3 months",
        "flags/history.py",
        "LOOKED_BACK = 24",
        "LOOKED_BACK = 3",
        SINCE,
    ),
)

FILES = _room(
    "files",
    (
        "a DTD across two pieces comes in",
        "hosts/xlsx/intake.py",
        "near = tail + chunk[:32]",
        "near = chunk[:32]",
        INTAKE,
    ),
    (
        "an array below the last row is no obstacle",
        "hosts/xlsx/splice.py",
        "                *(box[2] for box in self._cells.arrays),\n",
        "",
        "hosts/test_file_areas.py",
    ),
    (
        "$ holds no column in a shared formula",
        "hosts/xlsx/formulas.py",
        "letters if fixed else column_letters((number + columns - 1) % MAX_COLUMN + 1)",
        "column_letters((number + columns - 1) % MAX_COLUMN + 1)",
        READ,
    ),
    (
        "$ holds no row in a shared formula",
        "hosts/xlsx/formulas.py",
        "digits if fixed else str((int(digits) + rows - 1) % MAX_ROW + 1)",
        "str((int(digits) + rows - 1) % MAX_ROW + 1)",
        READ,
    ),
    (
        "bytes before the zip are lost",
        "hosts/xlsx/package.py",
        "self.raw[: order[0].header_offset]",
        "b''",
        LOSSLESS,
    ),
    (
        "a member written anew says not that its name is in UTF-8",
        "hosts/xlsx/package.py",
        "_UTF8_NAME if info.flag_bits & _UTF8_NAME or not info.filename.isascii() else 0",
        "0",
        LOSSLESS,
    ),
    (
        "an ASCII name loses its mark of UTF-8",
        "hosts/xlsx/package.py",
        "info.flag_bits & _UTF8_NAME or not info.filename.isascii()",
        "not info.filename.isascii()",
        LOSSLESS,
    ),
    (
        "two blanks inside a text are not kept",
        "hosts/xlsx/cellxml.py",
        ' or "  " in value',
        "",
        WRITE,
    ),
    (
        "blanks around a text are not kept",
        "hosts/xlsx/cellxml.py",
        'value != value.strip() or "\\n" in value',
        '"\\n" in value',
        WRITE,
    ),
    (
        "there was no leap day in 1900",
        "hosts/xlsx/serials.py",
        "if not date1904 and days < 61:",
        "if False:",
        READ,
    ),
    (
        "a document may be read by more than its ledger",
        "files/rights.py",
        "own if lent is None else own & lent",
        "own",
        SAFE,
    ),
    (
        "a new document is everybody's to read",
        "files/rights.py",
        "0o666 if lent is None else lent",
        "0o666",
        SAFE,
    ),
    (
        "what has its place already keeps it when a later file fails",
        "files/__init__.py",
        "undo.callback(_put_back, old, output.path, ready, unless=staged[-1])",
        "pass",
        SAFE,
    ),
    (
        "what was written is not verified",
        "files/__init__.py",
        "if output.verify:",
        "if False:",
        ("hosts/test_file_save.py", SAFE),
    ),
)

MANY = _room(
    "many workbooks",
    (
        "a batch forgets that --force was given",
        "batch/records.py",
        "        options.force,\n",
        "",
        "batch/test_batch.py",
    ),
    (
        "a batch takes what was done for another day",
        "batch/records.py",
        "        options.as_of and options.as_of.isoformat(),\n",
        "",
        "batch/test_batch.py",
    ),
    (
        "a batch trusts results whose files are gone",
        "batch/records.py",
        "if any(digest(output) != earlier.written.get(output.name) for output in outputs):",
        "if False:",
        "batch/test_batch.py",
    ),
    (
        "a county's yardstick is lost in the city's ledger",
        "rollup/merge.py",
        "if own != yardstick:",
        "if False:",
        "batch/test_rollup.py",
    ),
)

SAYING = _room(
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
)

MUTANTS: tuple[Mutant, ...] = (*READING, *JUDGING, *CHECKING, *COUNTING, *SAYING, *FILES, *MANY)
