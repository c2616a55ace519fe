"""The KP_* functions: each registered once, with its help, its arguments and examples.

Unit tests, the clerk's manual, Excel's function wizard and the sheet 自检 all read this registry; so do the generated VBA
wrappers. The bodies are plain functions over `Answers` and know no Excel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlplugin.cells import Cell
from xlplugin.functions.answers import Answers

NOT_FOUND, WRONG = "#KP:N/A", "#KP:VALUE"
"""Marked return values: the VBA wrapper turns them into real Excel errors, #N/A and #VALUE!."""


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


FUNCTIONS: dict[str, Function] = {}
"""Every function by name, in the order of the manual."""

SOURCE = Argument(
    "ledger",
    "台账区域",
    "可省略。写上台账的整块区域（如 Ledger[#All]），Excel 就能跟踪它，不必每次重算都查。",
    optional=True,
)


def function(
    name: str, help: str, *arguments: Argument, examples: Sequence[Example], mapped: bool = False
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a body under its worksheet name; the ledger range is every function's last argument."""

    def register(body: Callable[..., object]) -> Callable[..., object]:
        FUNCTIONS[name] = Function(name, help, (*arguments, SOURCE), tuple(examples), body, mapped)
        return body

    return register


def call(name: str, answers: Answers, *arguments: object) -> object:
    """Call a function on plain values: a scalar gives a scalar, a range (rows of cells) a range of the same shape.

    An empty project gives "", an unknown one `NOT_FOUND`, a word that means nothing `WRONG`. Raises KeyError for a function
    that does not exist.
    """
    found = FUNCTIONS[name]
    first, *rest = arguments or (None,)
    if found.mapped and isinstance(first, (list, tuple)):
        return [
            [
                _one(found, answers, cell, *rest)
                for cell in (row if isinstance(row, (list, tuple)) else [row])
            ]
            for row in first
        ]
    return _one(found, answers, *arguments)


def _one(found: Function, answers: Answers, *arguments: object) -> object:
    if found.mapped and (not arguments or arguments[0] is None or arguments[0] == ""):
        return ""
    value = found.body(answers, *arguments)
    return NOT_FOUND if value is None else value
