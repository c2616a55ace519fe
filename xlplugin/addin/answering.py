"""Answers kept between calls: a ledger is read once a change, however many cells ask about it.

VBA hands over plain values and never has to be called back. A cell asks with a place, one text of three lines: the
workbook's path, the source of its ledger ("" for the workbook's own) and a stamp. The answers of the latest stamp are
kept for each source. An unknown place is answered "#KP:LOAD": VBA then hands over the sheets' values once, and asks again.
(One text and not three, since xlwings takes its time over every argument.)
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlplugin import settings
from xlplugin.addin.handed import HandedRows, titled
from xlplugin.errors import UserError
from xlplugin.functions import AS_OF, Answers
from xlplugin.hosts.memory import MemoryBook
from xlplugin.log import record_bug
from xlplugin.pipeline import run
from xlplugin.schema import LEDGER

SAMPLE_SOURCE = "KP_SAMPLE"
"""The source of the self-check: it works even before a clerk has entered the cut-off date."""
KEPT = 32
"""Sources whose answers are kept; the ones handed over longest ago go first."""


@dataclass(frozen=True, slots=True)
class HandedLedger:
    """A ledger as it was handed over; `answers` is None where it cannot be read."""

    answers: Answers | None
    told: dict[tuple[object, ...], object] = field(default_factory=dict)
    """What has been asked over the whole ledger, with the answer: sums are the same for every cell that asks."""


class HandedLedgers:
    """What one Python process knows of the ledgers that were handed over to it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, HandedLedger] = OrderedDict()

    def ask(self, place: str) -> HandedLedger | None:
        """A ledger as it is now; None where it has not been handed over yet."""
        return self._kept.get(place)

    def load(self, place: str, sheets: Mapping[str, HandedRows]) -> str:
        """Read a ledger that is handed over. Returns "" or, in the clerk's words, why it cannot be read."""
        ledger = place.rpartition("\n")[0]
        source = ledger.partition("\n")[2]
        answers, reason = None, ""
        try:
            answers = (
                _sample(sheets) if source == SAMPLE_SOURCE else Answers(run(MemoryBook(sheets)))
            )
        except UserError as error:
            reason = str(error)
        except Exception:
            reason = f"程序出了意外，函数暂不能用。详情已记入 {record_bug()}，请把它发给维护人员。"
        for old in [old for old in self._kept if old.rpartition("\n")[0] == ledger]:
            del self._kept[old]
        self._kept[place] = HandedLedger(answers)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return reason


def _sample(sheets: Mapping[str, HandedRows]) -> Answers:
    """The sample ledger at the workbook's cut-off date, or at its own; the clerks' other decisions do not touch it."""
    try:
        as_of = settings.read(MemoryBook(sheets), None).as_of
    except UserError:
        as_of = AS_OF
    return Answers(run(MemoryBook({LEDGER.title: sheets[LEDGER.title]}), as_of))


def handed_over(names: Sequence[str], grids: Sequence[object]) -> dict[str, HandedRows]:
    """What VBA hands over, as sheets by title; sheets that the workbook lacks are left out."""
    return {
        title: rows
        for name, grid in zip(names, grids, strict=True)
        for title, rows in titled(name, grid)
    }
