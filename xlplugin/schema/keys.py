"""Columns as code spells them, by the values they hold: a slip in a key, and a text taken for a date, are refused by mypy.

A column is declared once, in its sheet; its key stands here as soon as code asks for it by name. A test holds the two together.
"""

from __future__ import annotations

from typing import Literal, get_args

Identity = Literal["id", "name", "alias", "level", "nature", "industry", "agency", "county", "move"]
Told = Literal["planned_progress", "actual_progress", "cause", "stage", "note", "verdict_reason"]
Judged = Literal["yardstick", "verdict", "cause_kind", "adjustment", "last_cause"]
Expected = Literal["expected_tender", "expected_start"]
LedgerText = Literal[Identity, Told, Judged, Expected]
Adopted = Literal["hers", "place", "ours", "unit"]
Outlined = Literal["paragraph", "depth", "each", "template", "names"]
ClassKey = Literal["word", "belongs", "printed"]
OtherText = Literal["kind", "text", "measure", "state", "document", Outlined, Adopted, ClassKey]
Judgement = Literal["used", "status", "light", "nature_word"]
Own = Literal[
    "own1",
    "own2",
    "own3",
    "own4",
    "own5",
    "own6",
    "own7",
    "own8",
    "own9",
    "own10",
    "own11",
    "own12",
]
"""Columns that the office added itself, by their place among these: see `reading/own.py`."""
OWN_KEYS: tuple[Own, ...] = get_args(Own)
TextKey = Literal[LedgerText, OtherText, Judgement, Own]
"""Text, "" where there is none."""

MonthKey = Literal["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"]
Amount = Literal["total", "plan", "done"]
AMOUNTS: tuple[Amount, ...] = get_args(Amount)
MONTH_KEYS: tuple[MonthKey, ...] = get_args(MonthKey)
Joined = Literal["planned", "last_done", "before_last_done"]
WholeKey = Literal[Amount, "earlier_done", "parts", "parts_behind", "order", MonthKey, Joined]
"""Money in 分, counts; None where there is none."""

DateKey = Literal[
    "planned_start", "actual_start", "planned_finish", "actual_finish", "since", "cutoff"
]
FlagKey = Literal["model", "cited", "marked_started", "started", "finished"]
NumberKey = Literal["quantity"]
CellKey = Literal["value"]
IndicatorKey = Literal["completion", "expected", "gap", "spi", "remaining", "run_rate", "forecast"]
ColumnKey = Literal[TextKey, WholeKey, DateKey, FlagKey, NumberKey, CellKey, IndicatorKey]
