"""The VBA sources, and what others read back from the built workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyvbaanalysis import AnalysisFailure, analyze_workbook

from xlplugin.builder import modules
from xlplugin.builder.wrappers import INPUTS, MODULE, defined_name, wrappers
from xlplugin.functions import FUNCTIONS
from xlplugin.schema import SHEETS

OWN = {**modules.own(), **modules.classes(), modules.WORKBOOK: modules.source("ThisWorkbook.cls")}
XLWINGS = modules.xlwings_modules()


@pytest.mark.parametrize("name", OWN)
def test_a_source_is_what_vba_can_hold(name: str) -> None:
    text = OWN[name]
    assert text.isascii(), "VBA files know no Chinese"
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", ""), "CRLF only"
    assert "\t" not in text
    assert max(map(len, text.split("\r\n"))) <= 240, "VBA takes 1,023 characters, readers fewer"
    assert "\r\nOption Explicit\r\n" in f"\r\n{text}"
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,30}", name)


def test_every_file_is_in_the_project() -> None:
    listed = {*modules.STANDARD, *modules.CLASSES, modules.WORKBOOK}
    assert {
        Path(str(each)).stem for each in (files("xlplugin.builder") / "vba").iterdir()
    } == listed


def test_the_wrappers_are_the_registrys_functions() -> None:
    found = re.findall(
        r"Public Function (\w+)\((.*)\) As Variant\r\n    Application\.Volatile IsMissing\(ledger\)\r\n"
        r'    (\w+) = KpAnswer\("(\w+)", Array\((.*)\), ledger\)\r\nEnd Function',
        wrappers(),
    )
    assert [name for name, *_ in found] == list(FUNCTIONS)
    for name, parameters, assigned, asked, given in found:
        names = [argument.name for argument in FUNCTIONS[name].arguments]
        assert assigned == asked == name
        assert parameters == ", ".join(f"Optional ByVal {each} As Variant" for each in names)
        assert given == ", ".join(f"KpPlain({each})" for each in names[:-1])
        assert names[-1] == "ledger"


def test_the_input_sheets_have_names() -> None:
    assert f'KP_INPUT_NAMES As String = "{",".join(map(defined_name, INPUTS))}"' in wrappers()
    assert {sheet.key for sheet in INPUTS} <= {sheet.key for sheet in SHEETS}


@pytest.mark.parametrize("book", ["standard", "case"])
def test_the_compiler_has_nothing_to_say(request: pytest.FixtureRequest, book: str) -> None:
    """Neither error nor warning nor remark on any module of ours; xlwings' own keeps its remarks."""
    found = analyze_workbook(request.getfixturevalue(book))
    assert not [each for each in found if isinstance(each, AnalysisFailure)]
    ours = {name: each for name, each in found.items() if name not in XLWINGS}
    assert set(OWN) <= set(ours)
    assert not {name: each for name, each in ours.items() if each}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its own
@pytest.mark.parametrize("book", ["standard", "case"])
def test_olevba_reads_back_every_module(request: pytest.FixtureRequest, book: str) -> None:
    from oletools.olevba import VBA_Parser

    parser = VBA_Parser(str(request.getfixturevalue(book)))
    try:
        read = {
            file.rpartition(".")[0]: code.replace("\r\n", "\n")
            for _, _, file, code in parser.extract_all_macros()
        }
    finally:
        parser.close()
    for name, text in {**OWN, **XLWINGS}.items():
        assert body(read[name]) == body(text.replace("\r\n", "\n")), name
    documents = {name for name in read if name not in {**OWN, **XLWINGS}}
    assert documents == {f"Sheet{number}" for number in range(1, len(SHEETS) + 2)}


_ASKED = """
Function GetConfig(configKey As String, Optional default As Variant = "") As Variant
    GetConfig = default
End Function
"""


def test_excel_runs_no_code_that_lies_beside_the_workbook(case: Path, tmp_path: Path) -> None:
    """The command line that starts Python for our functions, carried out as far as Windows is not needed."""
    text = XLWINGS[modules.XLWINGS]
    [asked] = re.findall(r"Function XLPyCommand\(\).*?\r\nEnd Function", text, re.S)
    book = shutil.copy(case, tmp_path)
    excel = ExcelApplication.open(book, with_vba=False)
    excel.add_module(f'#Const App = "Microsoft Excel"\r\n{asked}{_ASKED}', name="xlwings")
    [(options, code)] = re.findall(
        r'pythonw"(.*)-c "(.*)""', excel.interpreter.run("XLPyCommand", [])
    )
    for name in ("jinja2", "json", "numpy", "os", "xlwings", "pythoncom"):
        (tmp_path / f"{name}.py").write_text(f"open({name!r}, 'w')\n")
    code = code.replace('\\"', '"').partition("import xlwings; xlwings.serve")[0]
    asked_then = f"{code}import json, jinja2, numpy, xlwings, sys; print(sys.path)"
    command = [sys.executable, *options.split(), "-c", asked_then]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) not in done.stdout
    assert [each.name for each in tmp_path.iterdir() if not each.suffix] == []


def test_an_xlwings_conf_beside_the_workbook_counts_for_nothing() -> None:
    """It would name the interpreter; the user's own, in the home folder, still does."""
    [asked] = re.findall(r"Function GetConfig\(.*?\r\nEnd Function", XLWINGS[modules.XLWINGS], re.S)
    conditions = re.findall(r'If (.*source = "\w+") Then', asked)
    assert conditions == [
        'source = "" Or source = "sheet"',
        'source = "directory"',
        'source = "" Or source = "user"',
    ]


def test_pyopenvba_finds_the_project_sound(case: Path) -> None:
    with ExcelFile(case) as file:
        assert file.validate() == []
        assert MODULE in file.module_names()
        assert not file.vba_signature().present


def body(text: str) -> str:
    """A module's code without the header that only files and streams carry."""
    lines = text.split("\n")
    if lines[0].startswith("VERSION"):
        lines = lines[lines.index("END") + 1 :]
    while lines and lines[0].startswith("Attribute VB_"):
        lines.pop(0)
    return "\n".join(lines).strip("\n")
