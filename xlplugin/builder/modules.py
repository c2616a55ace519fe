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
    """xlwings' standalone module and the class it uses, from the installed xlwings: module, DLL and package must match."""
    import xlwings

    home = Path(xlwings.__file__).parent
    parts = {XLWINGS: home / "xlwings.bas", DICTIONARY: home / "addin" / "Dictionary.cls"}
    return {name: path.read_bytes().decode("ascii") for name, path in parts.items()}
