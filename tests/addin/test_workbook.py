"""The workbook with macros: its package, its names, 自检, and the formulas of 进度分析 with their values."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from cases.build import committed
from cases.office import convert, needed
from lxml import etree
from python_calamine import CalamineWorkbook

from xlplugin.builder import build, selfcheck
from xlplugin.builder.wrappers import INPUTS, defined_name
from xlplugin.deliver import deliver
from xlplugin.functions import FUNCTIONS, SAMPLE, Answers
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.render import live
from xlplugin.schema import ANALYSIS, LEDGER, SELF_CHECK, SETTINGS, SHEETS

TITLES = [*(sheet.title for sheet in SHEETS), SELF_CHECK.title]
COLUMNS = {column.key: at for at, column in enumerate(ANALYSIS.columns, 1)}


@pytest.mark.parametrize(
    "path", [path for path in committed() if path.suffix == ".xlsm"], ids=lambda path: path.name
)
def test_the_committed_workbook_is_a_fresh_build(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / path.name
    build(fresh, committed()[path])
    assert parts(path) == parts(fresh), "run python tests/cases/build.py"


def parts(path: Path) -> dict[str, bytes]:
    """A package's parts: their bytes, not how this machine's zlib packs them."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_no_part_dangles(case: Path) -> None:
    with zipfile.ZipFile(case) as package:
        names = set(package.namelist())
        assert len(names) == len(package.namelist())
        types = etree.fromstring(package.read("[Content_Types].xml"))
        overrides = {
            each.get("PartName").lstrip("/"): each.get("ContentType")
            for each in types
            if each.get("PartName")
        }
        assert set(overrides) <= names
        assert (
            overrides["xl/workbook.xml"] == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        )
        assert {each.get("Extension"): each.get("ContentType") for each in types}[
            "bin"
        ] == "application/vnd.ms-office.vbaProject"
        for part in names:
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))
        rels = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        assert "vbaProject.bin" in {each.get("Target") for each in rels}
        assert not [
            part for part in names if "drawing" in part and b'macro="[0]' in package.read(part)
        ], "no shape buttons"


def test_each_sheet_has_a_code_name(case: Path) -> None:
    with zipfile.ZipFile(case) as package:
        found = re.findall(
            r'codeName="(\w+)"',
            "".join(
                package.read(name).decode()
                for name in sorted(package.namelist())
                if re.fullmatch(r"xl/(workbook|worksheets/sheet\d+)\.xml", name)
            ),
        )
    assert sorted(found) == sorted(
        ["ThisWorkbook", *(f"Sheet{at}" for at in range(1, len(TITLES) + 1))]
    )


def test_openpyxl_and_calamine_open_it(case: Path) -> None:
    assert openpyxl.load_workbook(case, keep_vba=True).sheetnames == TITLES
    assert CalamineWorkbook.from_path(case).sheet_names == TITLES


def test_the_names_stand_where_they_say(case: Path) -> None:
    workbook = openpyxl.load_workbook(case)
    names = {name: defined.attr_text for name, defined in workbook.defined_names.items()}
    assert all(name.isascii() for name in names)
    for sheet in INPUTS:
        assert names[defined_name(sheet)] == f"'{sheet.title}'!$A${sheet.header_row}"
    title, _, cell = names["KP_ASOF"].partition("!")
    assert title.strip("'") == SETTINGS.title
    assert workbook[SETTINGS.title][cell].offset(column=-1).value == "报告截止日期"
    title, _, area = names["KP_SAMPLE"].partition("!")
    rows = workbook[title.strip("'")][area.replace("$", "")]
    assert [row[0].value for row in rows] == [line[0] for line in SAMPLE]
    assert [cell.value for cell in rows[0]] == list(SAMPLE[0])
    title, _, area = names["KP_HELP"].partition("!")
    assert [row[0].value for row in workbook[title.strip("'")][area.replace("$", "")]] == list(
        FUNCTIONS
    )
    assert names[live.TABLE_NAME] == f"{LEDGER.table}[#All]"


@pytest.mark.parametrize("book", ["standard", "case"])
def test_the_self_check_has_every_example_and_is_all_true(
    request: pytest.FixtureRequest, book: str
) -> None:
    path = request.getfixturevalue(book)
    formulas = openpyxl.load_workbook(path)[SELF_CHECK.title]
    values = openpyxl.load_workbook(path, data_only=True)[SELF_CHECK.title]
    shown = [(row.function.name, row.example) for row in selfcheck.rows()]
    assert shown == [
        (name, example) for name, function in FUNCTIONS.items() for example in function.examples
    ]
    for row in selfcheck.rows():
        name, example, result, equals, right = (
            values.cell(row.number, at).value for at in range(1, 6)
        )
        assert (name, example, right) == (row.function.name, f"={row.example.formula}", True)
        assert (
            result
            == equals
            == (
                pytest.approx(row.example.value)
                if isinstance(row.example.value, float)
                else row.example.value
            )
        )
        assert formulas.cell(row.number, 3).value == "=" + selfcheck.in_file(row.example.formula)
        assert formulas.cell(row.number, 4).value == "=" + selfcheck.in_file(row.example.equals)
    assert values.cell(*selfcheck.VERDICT_CELL).value == "全部正确"


def test_the_analysis_has_functions_with_the_values_they_give(case: Path) -> None:
    """What stands in the cells, for who has no macros, is what the functions say."""
    answers = Answers(run(FileBook(case)))
    formulas = openpyxl.load_workbook(case)[ANALYSIS.title]
    values = openpyxl.load_workbook(case, data_only=True)[ANALYSIS.title]
    top = ANALYSIS.header_row + 1
    for row in range(top, top + 41):
        project = values.cell(row, COLUMNS["id"]).value
        for column, name in live.FUNCTIONS.items():
            cell = formulas.cell(row, COLUMNS[column])
            assert cell.value == f"={name}(A{row},KP_TABLE)"
            value, told = values.cell(row, COLUMNS[column]).value, FUNCTIONS[name](answers, project)
            assert value == (pytest.approx(told, abs=1e-9) if isinstance(told, float) else told), (
                cell.coordinate
            )


def test_an_empty_workbook_waits_with_functions(standard: Path) -> None:
    sheet = openpyxl.load_workbook(standard)[ANALYSIS.title]
    row = ANALYSIS.header_row + 1
    for column, name in live.FUNCTIONS.items():
        assert sheet.cell(row, COLUMNS[column]).value == f"={name}(A{row},KP_TABLE)"


def test_a_bulletin_keeps_macros_ribbon_and_functions(case: Path, tmp_path: Path) -> None:
    book = tmp_path / "陵川县.xlsm"
    shutil.copy(case, book)
    outputs = deliver(book, tmp_path / "out", None).outputs
    written = next(path for path in outputs if path.suffix == ".xlsm")
    with zipfile.ZipFile(case) as before, zipfile.ZipFile(written) as after:
        for part in ("xl/vbaProject.bin", "customUI/customUI.xml", "_rels/.rels"):
            assert before.read(part) == after.read(part)
    sheet = openpyxl.load_workbook(written)[ANALYSIS.title]
    assert sheet.cell(4, COLUMNS["light"]).value == "=KP_LIGHT(A4,KP_TABLE)"
    assert (
        openpyxl.load_workbook(written, data_only=True)[ANALYSIS.title]
        .cell(4, COLUMNS["light"])
        .value
        == "黄"
    )


def test_a_workbook_without_macros_never_gets_a_function(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    build(plain, next(contents for path, contents in committed().items() if path.suffix == ".xlsx"))
    outputs = deliver(plain, None, None).outputs
    written = next(path for path in outputs if path.suffix == ".xlsx")
    with zipfile.ZipFile(written) as package:
        assert not [
            part
            for part in package.namelist()
            if b"KP_" in package.read(part) and part.endswith(".xml")
        ]


def test_a_workbook_saved_without_its_macros_gets_no_function_any_more(tmp_path: Path) -> None:
    """Excel's 另存为 .xlsx keeps the sheet 自检 and drops the VBA that its functions need."""
    plain = tmp_path / "plain.xlsx"
    build(plain, next(contents for path, contents in committed().items() if path.suffix == ".xlsx"))
    workbook = openpyxl.load_workbook(plain)
    workbook.create_sheet(SELF_CHECK.title)
    workbook.save(plain)
    outputs = deliver(plain, None, None).outputs
    written = openpyxl.load_workbook(next(path for path in outputs if path.suffix == ".xlsx"))
    assert "KP_" not in str(written[ANALYSIS.title].cell(4, COLUMNS["completion"]).value)


@pytest.mark.office
def test_libreoffice_opens_it_and_keeps_the_modules(case: Path, tmp_path: Path) -> None:
    """An outside judge: it reads our VBA project and writes every module into its own format."""
    needed("soffice")
    convert(tmp_path, "ods", case)
    from xlplugin.builder import modules

    with zipfile.ZipFile(tmp_path / "case.ods") as package:
        for name, text in {
            **modules.own(),
            **modules.classes(),
            **modules.xlwings_modules(),
        }.items():
            tree = etree.fromstring(
                package.read(f"Basic/VBAProject/{name}.xml"),
                etree.XMLParser(load_dtd=False, resolve_entities=False),
            )
            read = squeezed(tree.text or "")
            assert read.endswith(code(text)), name
        content = package.read("content.xml").decode()
    assert "KP_COMPLETION" in content.upper()
    assert "未达到序时" in content


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def code(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].startswith("VERSION"):
        lines = lines[lines.index("END") + 1 :]
    return squeezed("\n".join(line for line in lines if not line.startswith("Attribute ")))


def test_what_should_come_out_is_computed_without_python(standard: Path) -> None:
    """The formulas beside the functions, calculated by an engine that is not ours, also give the registry's values."""
    from pyopenvba.apps.excel import ExcelApplication

    sheet = ExcelApplication.open(standard, with_vba=False).sheet(SELF_CHECK.title)
    for row in selfcheck.rows():
        cell = f"D{row.number}"
        sheet.sheet.vba_get("Range", [cell]).vba_set("Formula", sheet.formula(cell))  # type: ignore[attr-defined]
        value = sheet.value(cell)
        assert value == (
            pytest.approx(row.example.value)
            if isinstance(row.example.value, float)
            else row.example.value
        ), row.example
