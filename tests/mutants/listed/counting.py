"""Sums, rounding, rankings, indicators, months against months."""

from __future__ import annotations

from mutants.listed.mutant import room

OWN = "line/test_own_ledgers.py"
AMOUNTS = "line/test_amounts.py"
SINCE = "months/test_since_last_month.py"
WORDS = "line/test_words.py"
FIGURES = "line/test_figures.py"
COUNTY = "line/test_county.py"
INDICATORS = "line/test_indicators.py"

COUNTING = room(
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
    (
        "亿元 are cut off, not rounded",
        "amounts.py",
        "digits = _digits(fen, UNITS[unit], decimals)",
        "digits = fen * 10**decimals // UNITS[unit]",
        AMOUNTS,
    ),
    (
        "a loss below one is a gain",
        "amounts.py",
        "{'-' if digits < 0 else ''}{whole}",
        "{whole}",
        AMOUNTS,
    ),
    (
        "a cell's 17 digits count",
        "amounts.py",
        ":.15g",
        ":.17g",
        AMOUNTS,
    ),
)
