"""The standard workbook with macros: the same sheets, 自检, KP_ formulas, the VBA project and the ribbon."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from xlplugin.book import Changes
from xlplugin.builder import modules, ribbon, selfcheck
from xlplugin.builder.saving import package, rewritten
from xlplugin.builder.texts import TEXTS
from xlplugin.builder.wrappers import INPUTS, defined_name
from xlplugin.cells import column_letters
from xlplugin.errors import UserError
from xlplugin.functions import FUNCTIONS, SAMPLE
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.render.analysis import analysis
from xlplugin.render.live import TABLE_NAME, waiting
from xlplugin.schema import ANALYSIS, FUNCTION_HELP, LEDGER, PARAMETERS, SELF_CHECK, SETTINGS

_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROJECT = "xl/vbaProject.bin"
_FIRST = "Sheet1"
"""The module of the library's own first sheet, which comes compiled."""
_MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def with_macros(workbook: Workbook) -> bytes:
    """The file of a standard workbook, macros added; the same content gives the same bytes."""
    selfcheck.write_self_check(workbook.create_sheet(SELF_CHECK.title))
    _name_ranges(workbook)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsm"
        path.write_bytes(rewritten(package(workbook), {"[Content_Types].xml": _as_macro_enabled}))
        _write_formulas(path)
        _add_project(path)
        with zipfile.ZipFile(path) as file:
            project = _uncompiled(file.read(_PROJECT))
        return rewritten(
            path.read_bytes(),
            {"_rels/.rels": ribbon.with_relationship, "xl/workbook.xml": _calculated},
            {ribbon.PART: ribbon.ribbon(), _PROJECT: project},
        )


def _name_ranges(workbook: Workbook) -> None:
    """The ASCII names by which VBA and the formulas find their ranges."""
    check = SELF_CHECK.title
    as_of = SETTINGS.header_row + 1 + [parameter.key for parameter in PARAMETERS].index("as_of")
    value = SETTINGS.standard_columns.index(SETTINGS["value"]) + 1
    top, sample, texts = selfcheck.TOP, selfcheck.SAMPLE_COLUMN, selfcheck.TEXTS_COLUMN
    helps = FUNCTION_HELP.first_column
    places = {
        **{defined_name(sheet): _fixed(sheet.title, sheet.header_row, 1) for sheet in INPUTS},
        "KP_ASOF": _fixed(SETTINGS.title, as_of, value),
        selfcheck.DATE_NAME: _fixed(check, *selfcheck.DATE_CELL),
        "KP_SAMPLE": _fixed(check, top, sample, top + len(SAMPLE) - 1, sample + len(SAMPLE[0]) - 1),
        "KP_HELP": _fixed(
            check, top + 1, helps, top + len(FUNCTIONS), helps + len(FUNCTION_HELP.columns) - 1
        ),
        "KP_TEXTS": _fixed(check, top + 1, texts, top + len(TEXTS), texts + 1),
        TABLE_NAME: f"{LEDGER.table}[#All]",
    }
    for name, place in places.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=place)


def _fixed(
    title: str, row: int, column: int, last_row: int | None = None, last_column: int | None = None
) -> str:
    first = f"${column_letters(column)}${row}"
    last = f":${column_letters(last_column)}${last_row}" if last_row and last_column else ""
    return f"'{title}'!{first}{last}"


def _write_formulas(path: Path) -> None:
    """KP_ formulas with their values, which openpyxl cannot write: the sheets read right where no macro runs."""
    book = FileBook(path)
    try:
        filled = analysis(run(book), live=True)
    except UserError:  # no project yet, or no date: the sheet waits
        filled = waiting(book.read(ANALYSIS.title))
    book.write(ANALYSIS.title, filled)
    book.write(SELF_CHECK.title, Changes(selfcheck.formulas()))
    book.save()


def _add_project(path: Path) -> None:
    """The VBA project, as Excel makes one at the first macro: a document module for the workbook and each sheet."""
    from pyopenvba import ExcelFile
    from pyopenvba.vba import VBAModuleKind

    with ExcelFile(path) as file:
        project = file.add_vba_project()
        for name, text in modules.own().items():
            project.add_module(name, text)
        for name, text in modules.classes().items():
            project.add_module(name, text, kind=VBAModuleKind.other)
        from_xlwings = modules.xlwings_modules()
        project.add_module(modules.XLWINGS, from_xlwings[modules.XLWINGS])
        project.add_module(
            modules.DICTIONARY, from_xlwings[modules.DICTIONARY], kind=VBAModuleKind.other
        )
        file.set_module(modules.WORKBOOK, modules.source(f"{modules.WORKBOOK}.cls"))
        file.set_module(_FIRST, file.get_module(_FIRST))  # without what once was compiled
        file.save()


def _uncompiled(project: bytes) -> bytes:
    """The project without anything compiled, as MS-OVBA 2.3.4.1 has it written: Excel compiles the sources."""
    from pyopenvba.cfb import CFB

    file = CFB.from_bytes(project)
    file.write_stream_in_storage("VBA", "_VBA_PROJECT", b"\xcc\x61\xff\xff\0\0\0")
    done: bytes = file.to_bytes()
    return done


def _calculated(workbook: str) -> str:
    """All values are there: Excel, which has no Python yet while it opens a workbook, need not calculate."""
    return re.sub(r"<calcPr[^<>]*/>", "", workbook)


def _as_macro_enabled(types: str) -> str:
    return types.replace(_PLAIN_TYPE, _MACRO_TYPE)
