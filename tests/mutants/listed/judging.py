"""Status and light of each project."""

from __future__ import annotations

from mutants.listed.mutant import room

ONE_WRONG = "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else"
STATUS = "line/test_status.py::test_the_first_rule_that_fits_decides"
LIGHTS = "line/test_status.py::test_lights"

JUDGING = room(
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
    (
        "a plan of 0 is judged",
        "flags/judgement.py",
        '~(data["plan"] > 0)',
        'np.isnan(data["plan"])',
        STATUS,
    ),
    (
        "without a plan the light is green",
        "flags/judgement.py",
        "[waiting, behind, 3]",
        "[waiting, behind, 0]",
        LIGHTS,
    ),
    (
        "人工认定 waits for a plan",
        "flags/judgement.py",
        '        facts.where("verdict", REACHED),\n        facts.where("verdict", MISSED),\n        ~(data["plan"] > 0),\n',
        '        ~(data["plan"] > 0),\n        facts.where("verdict", REACHED),\n        facts.where("verdict", MISSED),\n',
        STATUS,
    ),
)
