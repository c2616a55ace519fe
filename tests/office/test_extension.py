"""The extension's file, and the worker behind it, without LibreOffice."""

from __future__ import annotations

import ast
import datetime as dt
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from cases.build import WORKBOOK
from click.testing import CliRunner

from xlplugin import __version__
from xlplugin.addin import office
from xlplugin.bundle.extension import CODE, parts
from xlplugin.buttons import BUTTONS
from xlplugin.cli import main
from xlplugin.functions import FUNCTIONS
from xlplugin.hosts.file import FileBook
from xlplugin.schema import BULLETIN

OOR = "{http://openoffice.org/2001/registry}"
PARTS = parts("/usr/bin/python3")
CODES = [name for name in PARTS if name.endswith(".py")]


def test_the_command_builds_the_same_file_again(tmp_path: Path) -> None:
    made = []
    for name in ("甲.oxt", "乙.oxt"):
        done = CliRunner().invoke(main, ["bundle", "--libreoffice", "-o", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "甲.oxt") as package:
        assert package.testzip() is None
        assert package.namelist() == list(PARTS)
        desk = json.loads(package.read(f"{CODE}/desk.json"))
    assert desk["python"] == sys.executable


@pytest.mark.parametrize(
    "given",
    [["-o", "甲.oxt"], ["-o", "甲.oxt", "--libreoffice", "--python", "python.zip"]],
    ids=["neither", "both"],
)
def test_one_kind_of_bundle_is_asked_for(given: list[str]) -> None:
    assert CliRunner().invoke(main, ["bundle", *given]).exit_code == 2


def test_another_ending_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["bundle", "--libreoffice", "-o", str(tmp_path / "甲.zip")])
    assert done.exit_code == 1
    assert "应以 .oxt 结尾" in done.output


def test_every_part_is_listed_and_well_formed() -> None:
    listed = ElementTree.fromstring(PARTS["META-INF/manifest.xml"])
    names = [each.attrib["{http://openoffice.org/2001/manifest}full-path"] for each in listed]
    unlisted = {"META-INF/manifest.xml", "description.xml"}
    assert {*names} == {name for name in PARTS if "/" not in name} - unlisted
    assert names[0] == "types.idl", "what the component is made of is known before it"
    for name in (name for name in PARTS if name.endswith((".xml", ".xcu"))):
        ElementTree.fromstring(PARTS[name])
    assert f'<version value="{__version__}"/>' in PARTS["description.xml"]


def test_every_function_is_declared_with_its_arguments() -> None:
    declared = ElementTree.fromstring(PARTS["CalcAddIns.xcu"]).find(
        f".//*[@{OOR}name='AddInFunctions']"
    )
    assert declared is not None
    found = {
        each.attrib[f"{OOR}name"]: [one.attrib[f"{OOR}name"] for one in each.findall("node/node")]
        for each in declared
    }
    assert found == {name: [one.name for one in each.arguments] for name, each in FUNCTIONS.items()}
    for name, function in FUNCTIONS.items():
        arguments = "".join(f", [in] any {one.name}" for one in function.arguments)
        assert (
            f" {name}([in] com::sun::star::beans::XPropertySet caller{arguments});"
            in PARTS["types.idl"]
        )


def test_every_button_is_in_the_menu() -> None:
    for key in (*BUTTONS, "doctor"):
        assert f"<value>cn.kp.office:{key}</value>" in PARTS["Addons.xcu"]


@pytest.mark.parametrize("name", CODES)
def test_what_runs_inside_needs_nothing_but_an_old_python_and_uno(name: str) -> None:
    tree = ast.parse(PARTS[name], feature_version=(3, 7))
    roots = {
        module.partition(".")[0]
        for node in ast.walk(tree)
        for module in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert roots <= {*sys.stdlib_module_names, "uno", "unohelper", "com", "kp_office"}
    assert "removeprefix" not in PARTS[name], "3.9"


def handed(path: Path) -> list[dict[str, Any]]:
    """A workbook's sheets as LibreOffice hands them over."""
    book = FileBook(path)

    def plain(value: object) -> object:
        return {"date": value.isoformat()} if isinstance(value, dt.date) else value

    return [
        {
            "name": name,
            "rows": [[plain(value) for value in row] for row in book.read(name).rows],
            "made": name in book.made,
            "merged": [],
            "hidden": [],
            "hidden_columns": [],
            "filtered": False,
            "concealed": False,
            "formats": [],
        }
        for name in book.sheets
    ]


def test_the_worker_answers_by_lines_and_ends_with_the_pipe() -> None:
    sheets = handed(WORKBOOK)
    place = "1\n\nnow"
    asked = {"ask": [["KP_COMPLETION", "LC2021-02", None][:2], ["KP_STATUS", 0]], "place": place}
    load = {
        "load": place,
        "names": [f"={each['name']}" for each in sheets],
        "grids": [each["rows"] for each in sheets],
    }
    lines = "".join(
        json.dumps(each) + "\n"
        for each in (asked, load, asked, {"ask": [["KP_NO"]], "place": place})
    )
    done = subprocess.run(
        [sys.executable, "-P", "-m", "xlplugin.addin.office"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    first, loaded, values, unknown = map(json.loads, done.stdout.splitlines())
    assert first == {}, "it does not know the ledger yet"
    assert loaded == {"reason": ""}
    assert values == {"values": [pytest.approx(40600 / 45000), ""]}
    assert "values" not in unknown
    assert done.returncode == 0


def test_a_button_answers_with_steps_and_raises_nothing() -> None:
    pressed = office.answer({"press": "bulletin", "path": "", "sheets": handed(WORKBOOK)})
    assert pressed["done"]
    assert BULLETIN.title in [step["sheet"] for step in pressed["steps"]]
    json.dumps(pressed)
    assert (
        "还没有保存"
        in office.answer({"press": "word", "path": "", "sheets": handed(WORKBOOK)})["text"]
    )
    empty = office.answer({"press": "check", "path": "", "sheets": []})
    assert not empty["done"]
    assert "程序出了意外" not in empty["text"]
