"""Everything of the workbook's VBA project as text: our modules, the generated wrappers, xlwings' standalone module."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from xlplugin.builder.wrappers import MODULE, wrappers

STANDARD = ("KpCore", "KpState", "KpHelp", "KpMacros", "KpRibbon")
"""Modules of ours whose text is a file beside this package, in the order of the project."""
CLASSES = ("KpSource",)
"""Classes of ours, likewise."""
WORKBOOK = "ThisWorkbook"
"""The document module that holds the workbook's events."""
XLWINGS, DICTIONARY = "xlwings", "Dictionary"

_SAFE = (
    (' -B -c ""', ' -P -B -c ""', 2),
    ('GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")', '"false"', 2),
    (
        '& PYTHONPATH & "\\"");',
        '& PYTHONPATH & "\\"");import sys;sys.path[:]=filter(None,sys.path);',
        2,
    ),
    ('If source = "" Or source = "directory" Then', 'If source = "directory" Then', 1),
)
"""What is changed in it, and in how many places: nothing runs that lies beside the workbook or in Excel's current
folder, which an empty PYTHONPATH puts on Python's path; an xlwings.conf found there names no interpreter."""


def own() -> dict[str, str]:
    """Our standard modules by name."""
    return {**{name: source(f"{name}.bas") for name in STANDARD}, MODULE: wrappers()}


def classes() -> dict[str, str]:
    """Our class modules by name."""
    return {name: source(f"{name}.cls") for name in CLASSES}


def source(name: str) -> str:
    """The text of one file in builder/vba, line ends as they are."""
    return (files("xlplugin.builder") / "vba" / name).read_bytes().decode("ascii")


def xlwings_modules() -> dict[str, str]:
    """xlwings' standalone module and the class it uses, from the installed xlwings: module, DLL and package must match.

    Its command lines are made safe.
    """
    import xlwings

    home = Path(xlwings.__file__).parent
    parts = {XLWINGS: home / "xlwings.bas", DICTIONARY: home / "addin" / "Dictionary.cls"}
    modules = {name: path.read_bytes().decode("ascii") for name, path in parts.items()}
    for theirs, ours, places in _SAFE:
        assert modules[XLWINGS].count(theirs) == places, theirs
        modules[XLWINGS] = modules[XLWINGS].replace(theirs, ours)
    return modules
