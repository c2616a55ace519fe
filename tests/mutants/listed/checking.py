"""What is told of what was entered."""

from __future__ import annotations

from mutants.listed.mutant import room

ONE_WRONG = "line/test_checks.py::test_one_thing_wrong_is_told_and_nothing_else"

CHECKING = room(
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
