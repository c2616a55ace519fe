"""The KP_* functions: each declared once, with its help, its arguments and examples.

Unit tests, the clerk's manual, Excel's function wizard and the sheet 自检 all read this registry; so do the generated VBA
wrappers. The bodies are plain functions over `Answers` and know no Excel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlplugin.cells import Cell
from xlplugin.functions.answers import NOT_FOUND, Answers


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as the function wizard shows it. `name` is its VBA name (ASCII), `label` what a clerk reads."""

    name: str
    label: str
    help: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A formula over the sample ledger, what it gives there on 2021-09-30, and a formula that says the same at any date."""

    formula: str
    value: Cell
    equals: str


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function. `mapped`: its first argument is a project, or a range of them that gives a column."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    examples: tuple[Example, ...]
    body: Callable[..., object]
    mapped: bool

    def __call__(self, answers: Answers, *arguments: object) -> object:
        """What it gives for plain values: "" for an empty project, `NOT_FOUND` for an unknown one, `WRONG` for a word
        that means nothing.
        """
        if self.mapped and (not arguments or arguments[0] in (None, "")):
            return ""
        value = self.body(answers, *arguments)
        return NOT_FOUND if value is None else value


SOURCE = Argument(
    "ledger",
    "台账区域",
    "可省略。写上台账的整块区域（如 Ledger[#All]），Excel 就能跟踪它，不必每次重算都查。",
    optional=True,
)


def function(
    name: str, help: str, *arguments: Argument, examples: Sequence[Example], mapped: bool = False
) -> Callable[[Callable[..., object]], Function]:
    """A body under its worksheet name; the ledger range is every function's last argument."""

    def made(body: Callable[..., object]) -> Function:
        return Function(name, help, (*arguments, SOURCE), tuple(examples), body, mapped)

    return made
