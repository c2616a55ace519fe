"""Whether Excel must calculate a workbook anew when it opens it: where a formula that is not ours rests on what was written.

A workbook that is calculated at opening is one that Excel asks to save at closing, and whose functions are asked before
their program is there: so it is not, unless it must.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from xlplugin.hosts.xlsx import listobjects, xmltext
from xlplugin.hosts.xlsx.intake import LARGE
from xlplugin.hosts.xlsx.package import Package

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^<>]*)?>([^<]*)<")
_NAME = re.compile(r"<(?:[\w.-]+:)?definedName\s([^<>]*)>([^<]*)<")


def is_due(
    package: Package, workbook: str, worksheets: Mapping[str, str], written: Mapping[str, bool]
) -> bool:
    """`written` says of each sheet whether it was written as a whole, with the values of its own formulas.

    Not looked through is a sheet of several megabytes that holds formulas: it counts as one that rests on the others.
    """
    words = set(_words(package, workbook, worksheets, written))
    for name, part in worksheets.items():
        if written.get(name):
            continue
        data = package.read(part)
        if name in written or len(data) > LARGE:
            if _FORMULA.search(data):
                return True
        elif _names_one(data, words):
            return True
    return False


def _names_one(data: bytes, words: Collection[str]) -> bool:
    formulas = "\n".join(found.decode("utf-8", "replace") for found in _FORMULA.findall(data))
    told = xmltext.unescape(formulas).casefold()
    return any(word in told for word in words)


def _words(
    package: Package, workbook: str, worksheets: Mapping[str, str], written: Collection[str]
) -> Iterator[str]:
    """What a formula says that reads from the sheets written: their names, their tables', names that mean places on them."""
    titles = {name.replace("'", "''").casefold() for name in written}
    yield from titles
    for name in written:
        for table in listobjects.of_sheet(package, worksheets[name]):
            yield from (each.casefold() for each in table.names)
    for attributes, place in _NAME.findall(package.xml(workbook).decode("utf-8", "replace")):
        named = xmltext.attributes(f"<n {attributes}>".encode()).get("name", "")
        told = xmltext.unescape(place).casefold()
        if not named.startswith("_xlnm.") and any(title in told for title in titles):
            yield named.casefold()
