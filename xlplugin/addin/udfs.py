"""The KP_* functions as xlwings sees them: built from the registry, so that a function is spelled once.

VBA (builder/vba/KpCore.bas) calls them through `XLPython.CallUDF` with plain values: the registry's arguments but the
ledger, then the place (workbook, source and stamp, see `answering`). All arguments and results go "raw": xlwings' own conversion
of a single cell costs more than the answer. Marks such as "#KP:N/A" become real Excel errors in VBA.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature

from xlplugin.addin.answering import HandedLedgers, handed_over
from xlplugin.addin.handed import error_number
from xlplugin.functions import FUNCTIONS, WRONG, Answers, Function
from xlplugin.log import record_bug

LOAD = "#KP:LOAD"
"""The ledger is not known under this stamp: VBA hands it over and asks again."""
ERROR = "#KP:ERR"
"""Before an Excel error number: the same error goes back into the cell."""
PLACE = "place"
"""The last argument of every function."""

_ledgers = HandedLedgers()


def load(place: str, names: Sequence[str], grids: Sequence[object]) -> str:
    """Hand a ledger over: "" or why it cannot be read."""
    return _ledgers.load(place, handed_over(names, grids))


def answer(function: Function, arguments: tuple[object, ...], place: str) -> object:
    """One cell's value, or a range's; never raises, since xlwings would put the text of an error into the cell."""
    try:
        reading = _ledgers.ask(place)
        if reading is None:
            return LOAD
        if reading.answers is None:
            return WRONG
        if function.mapped:
            return _of_projects(function, reading.answers, *arguments)
        asked = (function.name, *arguments)
        if asked not in reading.told:
            reading.told[asked] = function(reading.answers, *arguments)
        return reading.told[asked]
    except Exception:
        record_bug()
        return WRONG


def _of_projects(function: Function, answers: Answers, first: object, *rest: object) -> object:
    if not isinstance(first, (tuple, list)):
        return _one(function, answers, first, *rest)
    rows = first if first and isinstance(first[0], (tuple, list)) else [first]
    return [[_one(function, answers, value, *rest) for value in row] for row in rows]


def _one(function: Function, answers: Answers, first: object, *rest: object) -> object:
    number = error_number(first)
    return function(answers, first, *rest) if number is None else f"{ERROR}{number}"


def _udf(function: Function) -> Callable[..., object]:
    names = [argument.name for argument in function.arguments[:-1]]

    def udf(*given: object) -> object:
        found = answer(function, given[:-1], str(given[-1]))
        return found if isinstance(found, list) else [[found]]

    return _exposed(udf, function.name, function.help, (*names, PLACE))


def _load_udf() -> Callable[..., object]:
    def udf(place: str, names: Sequence[str], grids: Sequence[object]) -> object:
        return [[load(place, names, grids)]]

    return _exposed(udf, "KP_LOAD", "把台账交给 Python。", (PLACE, "names", "grids"))


def _ping_udf() -> Callable[..., object]:
    def udf(word: object) -> object:
        return [[word]]

    return _exposed(udf, "KP_PING", "看 Python 在不在。", ("word",))


def _exposed(
    udf: Callable[..., object], name: str, help: str, parameters: tuple[str, ...]
) -> Callable[..., object]:
    """A function with its real signature, as xlwings reads it; annotations would be taken for converters."""
    from xlwings import udfs

    udf.__name__ = udf.__qualname__ = name
    udf.__doc__ = help
    udf.__annotations__ = {}
    signature = Signature([Parameter(each, Parameter.POSITIONAL_OR_KEYWORD) for each in parameters])
    udf.__signature__ = signature  # type: ignore[attr-defined]
    exposed: Callable[..., object] = udfs.xlfunc(udf)
    for each in parameters:
        exposed = udfs.xlarg(each, "raw")(exposed)
    result: Callable[..., object] = udfs.xlret("raw")(exposed)
    return result


def functions() -> dict[str, Callable[..., object]]:
    """Every worksheet function by name, KP_LOAD and KP_PING, ready for xlwings."""
    return {
        **{name: _udf(function) for name, function in FUNCTIONS.items()},
        "KP_LOAD": _load_udf(),
        "KP_PING": _ping_udf(),
    }


def __getattr__(name: str) -> Callable[..., object]:
    """xlwings looks its functions up here; on machines without Excel nothing of xlwings' server is imported before."""
    if name.startswith("KP"):
        globals().update(functions())
        if name in globals():
            found: Callable[..., object] = globals()[name]
            return found
    raise AttributeError(name)
