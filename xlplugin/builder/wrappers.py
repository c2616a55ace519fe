"""The VBA module KpFunctions: one worksheet function for every function of the registry, written at build time."""

from __future__ import annotations

from xlplugin.functions import FUNCTIONS, Function
from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, MONTHLY_PLAN, SETTINGS, WORDING, Sheet

MODULE = "KpFunctions"
INPUTS = (LEDGER, SETTINGS, ISSUES, MONTHLY_PLAN, MONTHLY_DONE, WORDING)
"""The sheets that are handed over to Python, the ledger first."""

_HEAD = """\
Attribute VB_Name = "{module}"
Option Explicit
' Written by "kp new" from xlplugin/functions: not to be edited here.
'
' Without a ledger a function is volatile, with one it is tracked by Excel: see KpState.

Public Const KP_INPUT_NAMES As String = "{names}"
"""
_FUNCTION = """
Public Function {name}({parameters}) As Variant
    Application.Volatile IsMissing(ledger)
    {name} = KpAnswer("{name}", Array({given}), ledger)
End Function
"""


def defined_name(sheet: Sheet) -> str:
    """The ASCII name under which VBA finds a sheet: it stands for the sheet's first heading."""
    return f"KP_{sheet.key.upper()}"


def wrappers() -> str:
    """The module's text, with CRLF as VBA keeps it."""
    names = ",".join(defined_name(sheet) for sheet in INPUTS)
    head = _HEAD.format(module=MODULE, names=names)
    return (head + "".join(map(_wrapper, FUNCTIONS.values()))).replace("\n", "\r\n")


def _wrapper(function: Function) -> str:
    """All arguments are optional: Excel's own message for a missing one says less than our #VALUE!."""
    names = [argument.name for argument in function.arguments]
    return _FUNCTION.format(
        name=function.name,
        parameters=", ".join(f"Optional ByVal {name} As Variant" for name in names),
        given=", ".join(f"KpPlain({name})" for name in names[:-1]),
    )
