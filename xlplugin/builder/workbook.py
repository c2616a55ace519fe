"""The standard workbook, from its first sheet to its last, and the file it lands in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from xlplugin import files
from xlplugin.builder.analysis import write_analysis
from xlplugin.builder.contents import Contents
from xlplugin.builder.guide import write_guide
from xlplugin.builder.inputs import write_input
from xlplugin.builder.looks import set_looks
from xlplugin.builder.outputs import write_bulletin, write_results
from xlplugin.builder.saving import package
from xlplugin.builder.settings import write_settings
from xlplugin.builder.wording import write_wording
from xlplugin.errors import UserError
from xlplugin.hosts.fresh import empty
from xlplugin.schema import (
    ANALYSIS,
    BULLETIN,
    GUIDE,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    RESULTS,
    SETTINGS,
    SHEETS,
    WORDING,
)

SUFFIX, MACRO_SUFFIX = ".xlsx", ".xlsm"
_GUIDE_TAB, _INPUT_TAB, _DECISION_TAB, _OUTPUT_TAB = "7F7F7F", "2E75B6", "BF8F00", "548235"


def build(path: Path, contents: Contents | None = None, *, overwrite: bool = False) -> None:
    """Write the standard workbook to `path`, filled with `contents`; the same contents give the same bytes.

    An .xlsm has macros, functions and the ribbon's tab as well. Raises UserError where `path` ends in neither, exists
    already (unless `overwrite`), or cannot be written.
    """
    data = drawn(path, contents or Contents())
    files.write([files.Output(path, data, over=None if overwrite else b"")])


def drawn(path: Path, contents: Contents) -> bytes:
    """The standard workbook that is to lie at `path`, which is not written. Raises UserError where it cannot be called so."""
    suffix = path.suffix.lower()
    if suffix not in (SUFFIX, MACRO_SUFFIX):
        raise UserError(
            f"文件名「{path.name}」应以 {SUFFIX} 结尾，要带宏和函数的应以 {MACRO_SUFFIX} 结尾。请改一下文件名。"
        )
    workbook = assemble(contents)
    return package(workbook) if suffix == SUFFIX else _with_macros(workbook)


def refuse_macros(path: Path) -> None:
    """Raises UserError where what comes from a locked workbook would become one with macros: VBA is added to a file on the disk."""
    if path.suffix.lower() == MACRO_SUFFIX:
        raise UserError(
            f"「{path.name}」要带宏，做的时候数据会落在临时文件里，设有密码的台账不能这样做。请把扩展名改为 {SUFFIX}。"
        )


def _with_macros(workbook: Workbook) -> bytes:
    from xlplugin.builder.macros import with_macros

    return with_macros(workbook)


def assemble(contents: Contents) -> Workbook:
    """Every sheet of the schema, in its order."""
    workbook = _empty_workbook()
    write_guide(workbook[GUIDE.title])
    for sheet in (LEDGER, MONTHLY_PLAN, MONTHLY_DONE, ISSUES):
        write_input(workbook[sheet.title], sheet, contents)
    write_settings(workbook[SETTINGS.title], contents.settings)
    write_wording(workbook[WORDING.title], contents.outline)
    write_bulletin(workbook[BULLETIN.title])
    write_analysis(workbook[ANALYSIS.title], contents.ledger)
    write_results(workbook[RESULTS.title])
    return workbook


def _empty_workbook() -> Workbook:
    """Sheets without anything on them, and all looks."""
    workbook = empty()
    for sheet in SHEETS:
        worksheet = workbook.create_sheet(sheet.title)
        worksheet.sheet_properties.tabColor = _tab_colour(sheet.key, output=sheet.output)
        worksheet.sheet_format.defaultRowHeight = 18
        worksheet.sheet_format.customHeight = True
    set_looks(workbook)
    workbook.properties.creator = "xlplugin"
    workbook.properties.title = GUIDE.title
    workbook.calculation = None  # there is nothing to calculate
    return workbook


def _tab_colour(key: str, *, output: bool) -> str:
    if output:
        return _OUTPUT_TAB
    return {GUIDE.key: _GUIDE_TAB, SETTINGS.key: _DECISION_TAB, WORDING.key: _DECISION_TAB}.get(
        key, _INPUT_TAB
    )
