"""Three kinds of wrong: a Problem (a value with an address), a UserError (stop and advise), a bug (anything else)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["E", "W"]


class UserError(Exception):
    """The work cannot go on: the message is one Chinese sentence that says what is wrong and what to do.

    Raise it for a file, a sheet or a column that stops everything; never for one cell (that is a `Problem`).
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place of the workbook: E stops the bulletin, W is only said.

    `cell` is an A1 address, or "" where the whole sheet is meant. `expected`, `found` and `advice` are Chinese
    fragments without final punctuation: 应为数字 · 现为「一百」 · 请改为以万元计的数字.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    heading: str
    expected: str
    found: str
    advice: str

    @property
    def place(self) -> str:
        """Where it is, as a clerk would say it: 「项目台账」K7「年度计划投资」."""
        return f"「{self.sheet}」{self.cell}" + (f"「{self.heading}」" if self.heading else "")

    @property
    def message(self) -> str:
        """Where — what should be — what is — what to do, in one line."""
        saying = "，".join(part for part in (self.expected, self.found) if part)
        return f"{self.place}：{saying}。{self.advice}。"
