"""The promises of the design that a machine can hold: arrows, one spelling, small files, no clock, light starts."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from xlplugin.errors import CODES
from xlplugin.schema import PARAMETERS, SHEETS, Depth

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xlplugin"
MODULES = sorted(PACKAGE.rglob("*.py"))


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """lint-imports over the package in a folder."""
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that may be spoilt."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "xlplugin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold(copied: Path) -> None:
    told = lint(copied)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("cells.py", "import xlplugin.amounts", "the ladder"),
        ("tables/header.py", "import xlplugin.ledger", "the ladder"),
        ("amounts.py", "import xlplugin.periods", "neighbours"),
        ("render/text.py", "import xlplugin.hosts.memory", "neighbours"),
        ("coercion.py", "import xlplugin.tables", "the ladder"),
        ("hosts/memory.py", "import xlplugin.schema", "hosts know nothing"),
        ("pipeline.py", "import xlwings", "xlwings only"),
        ("hosts/file.py", "import xlwings", "xlwings only"),
        ("tables/header.py", "import openpyxl", "openpyxl only"),
        ("deliver.py", "import docx", "no Word library"),
        ("render/text.py", "import matplotlib", "matplotlib only"),
    ],
)
def test_a_forbidden_import_fails(copied: Path, module: str, line: str, contract: str) -> None:
    """Each contract bites: with one forbidden import added to a copy, the check fails and names the contract."""
    path = copied / "xlplugin" / module
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{kept}\n{line}\n", encoding="utf-8")
        told = lint(copied)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert told.returncode != 0
    assert "BROKEN" in told.stdout
    broken = [
        each
        for each in " ".join(told.stdout.split()).partition("Broken contracts")[0].split("KEPT")
        if "BROKEN" in each
    ]
    assert any(contract in each for each in broken), told.stdout


def test_the_readmes_ladder_is_the_contract() -> None:
    """Every module, from the top rung to the bottom."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rungs = project["tool"]["importlinter"]["contracts"][0]["layers"]
    readme = (PACKAGE / "README.md").read_text(encoding="utf-8")
    picture = re.search(r"^ {4}faces .*?\n\n", readme, re.DOTALL | re.MULTILINE)
    assert picture
    on = {module: at for at, rung in enumerate(rungs) for module in re.findall(r"\w+", rung)}
    drawn = [re.findall(r"\w+", line[14:53]) for line in picture[0].splitlines()]
    assert sorted(module for line in drawn for module in line) == sorted(on)
    places = [{on[module] for module in line} for line in drawn if line]
    assert all(len(place) == 1 for place in places)
    assert [*map(min, places)] == sorted(map(min, places))


def test_a_module_without_a_rung_fails(copied: Path) -> None:
    """The ladder is exhaustive: a new module must say where it stands."""
    path = copied / "xlplugin" / "newcomer.py"
    path.write_text("", encoding="utf-8")
    try:
        assert lint(copied).returncode != 0
    finally:
        path.unlink()


def spelled() -> set[str]:
    """Every heading, choice, sheet's and parameter's title of the schema."""
    words = {parameter.title for parameter in PARAMETERS} | {
        choice for parameter in PARAMETERS for choice in parameter.choices
    }
    for sheet in SHEETS:
        words |= {
            sheet.title,
            *(c.heading for c in sheet.columns),
            *(choice for c in sheet.columns for choice in c.choices),
        }
    return words


PLAIN = {
    "是": "yes, in any sentence",
    "否": "no, in any sentence",
    "万元": "the unit of money, declared in amounts.UNITS, below the schema",
    "亿元": "the unit of money, declared in amounts.UNITS, below the schema",
    "其他": "an everyday word",
    "说明": "a style's name in book.STYLES, below the schema",
    "单位": "an everyday word",
    "问题": "an everyday word",
    "全部": "an everyday word",
    "比例": "a style's name in book.STYLES",
    "百分点": "a style's name in book.STYLES",
    "文字": "a style's name in book.STYLES",
    "状态": "an everyday word",
    "附表": "an everyday word",
    "通报": "a group of the ribbon",
    "文号": "a line's role in blocks.Line",
    "主送": "a line's role in blocks.Line",
    "人工认定": "the title of a check in errors.py, below the schema",
    "调入": "a name in the wording",
    "调出": "a name in the wording",
    **dict.fromkeys(get_args(Depth), "what a row of the outline is: mypy refuses a slip"),
}
"""Words of the schema that are also plain words, each with the reason why it may stand elsewhere."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module but docstrings and the pieces of f-strings, which are sentences."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


def test_no_heading_is_spelled_outside_the_schema() -> None:
    """A heading, a choice, a title is written once, in schema/; everything else refers to it."""
    words = spelled() - PLAIN.keys()
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {text}"
        for path in MODULES
        if PACKAGE / "schema" not in path.parents
        for line, text in literals(path)
        if text in words
    ]
    assert found == []


def test_the_plain_words_are_needed() -> None:
    """No exception outlives its use."""
    used = {
        text
        for path in MODULES
        if PACKAGE / "schema" not in path.parents
        for _, text in literals(path)
    }
    assert {word for word in PLAIN if word not in used or word not in spelled()} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_long(path: Path) -> None:
    """Nor a function: what takes more than a screen is told in steps that have a name."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 500
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


BLOCKS = {"Heading", "Line"}
"""What the bulletin consists of is always said with its module: `blocks.Heading`."""


def test_a_class_has_a_name_of_its_own() -> None:
    """Whoever reads a name need not ask which of two it is."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name[0] != "_":
                places[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert {name for name, found in places.items() if len(found) > 1} == BLOCKS


FACES = ("cli", "log.py", "addin", "desk", "buttons.py")


def test_no_clock_below_the_faces() -> None:
    """The report's date is given, never today's: no today(), no now() below the faces (a log may say when)."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] not in FACES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("today", "now", "utcnow")
    ]
    assert found == []


def loaded(*arguments: str) -> set[str]:
    """Top-level modules that `kp` with these arguments has loaded when it ends."""
    program = (
        "import sys\nfrom xlplugin.cli import main\n"
        f"try:\n    main({list(arguments)!r}, prog_name='kp')\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_starts_light() -> None:
    assert not loaded("--help") & {
        "pandas",
        "numpy",
        "openpyxl",
        "xlwings",
        "docx",
        "lxml",
        "jinja2",
        "python_calamine",
        "matplotlib",
    }


def test_a_bulletin_needs_no_openpyxl(tmp_path: Path) -> None:
    """`kp bulletin` reads, computes and writes by itself: neither openpyxl nor pandas, xlwings or a Word library, unless asked
    for, nor the net (xml.sax brings it along)."""
    from line.desk import project, table
    from openpyxl import Workbook

    from xlplugin.schema import LEDGER

    workbook = Workbook()
    for row in table(LEDGER, [project(1)]):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "甲.xlsx")
    names = loaded("bulletin", str(tmp_path / "甲.xlsx"), "--as-of", "2021-09-30", "--no-docx")
    assert (tmp_path / "甲-通报.xlsx").exists()
    assert not names & {"openpyxl", "pandas", "xlwings", "docx", "matplotlib", "ssl"}


WRITES = {
    "files/__init__.py": "the one writer: its last look at a place",
    "files/beside.py": "the one writer: what stands beside a place",
    "locks.py": "a lock is renamed to itself, to see whether Windows lets it go",
    "log.py": "a log is added to, and a bug must be told whatever the disk says",
    "desk/machine.py": "whether the folder for temporary files can be written is found out by writing",
    **{
        f"bundle/{name}.py": "the zip is put together in a folder that is gone at once"
        for name in ("__init__", "interpreter", "packages", "handbook")
    },
    "serve/alone.py": "what is dropped on the page lies in a folder that is gone with it",
    "builder/macros.py": "pyOpenVBA works on a file: one in a folder that is gone at once",
}
"""Who touches the disk otherwise than through `files.write`, each with the reason."""


def writes(tree: ast.AST) -> Iterator[int]:
    """Lines that write, rename or make a file: calls by these names, and any `open` that is not for reading."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        modes = [
            each.value
            for each in (*node.args[:2], *(key.value for key in node.keywords if key.arg == "mode"))
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if (
            name in ("write_text", "write_bytes", "mkstemp", "mkdtemp", "link")
            or name.endswith(("TemporaryFile", "TemporaryDirectory"))
            or (name in ("replace", "rename") and ast.unparse(owner or node) == "os")
            or (name.startswith(("copy", "move")) and ast.unparse(owner or node) == "shutil")
            or (name == "open" and any(set(mode) & set("wax+") and len(mode) < 4 for mode in modes))
        ):
            yield node.lineno


def test_files_are_written_in_one_place() -> None:
    """Whole or not at all, as readable as their source, cleared up: only `files.write` sees to that."""
    found = {
        str(path.relative_to(PACKAGE).as_posix())
        for path in MODULES
        if any(writes(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(WRITES)


@pytest.mark.parametrize(
    "line",
    [
        "os.replace(a, b)",
        "tempfile.NamedTemporaryFile()",
        "handle, name = tempfile.mkstemp(dir=a)",
        "open(a, 'w')",
        "path.open('ab')",
        "path.open(mode='x')",
        "path.write_bytes(b)",
        "shutil.copyfile(a, b)",
    ],
)
def test_another_way_to_write_is_seen(line: str) -> None:
    assert list(writes(ast.parse(line))) == [1]


@pytest.mark.parametrize("line", ["open(a)", "path.open('rb')", "text.replace('w', 'a')"])
def test_reading_is_no_writing(line: str) -> None:
    assert list(writes(ast.parse(line))) == []


NO_CHECKS = {
    "coercion.py": "a cell that cannot be read",
    "reading/questions.py": "what cannot be decided",
    "bulletin/outline.py": "a text that is no template",
}
"""Who may raise a problem outside `checks/` (and `rollup/`, over many workbooks), and what it is."""


def raised() -> Iterator[tuple[str, str]]:
    """(code, module) wherever a code is handed on to make a problem; one that is only asked for stands in a set."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = node.args if isinstance(node, ast.Call) else []
            for word in node.elts if isinstance(node, ast.Tuple) else given:
                if isinstance(word, ast.Constant) and word.value in CODES:
                    yield word.value, path.relative_to(PACKAGE).as_posix()


def test_a_code_is_raised_in_one_module_of_a_room() -> None:
    """What is wrong with what was entered is looked for in one place: a rule is not spread, nor told twice."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, module in raised():
        room = module.partition("/")[0] if module.startswith(("checks/", "rollup/")) else "reading"
        places[room, code].add(module)
    assert {
        module for (room, _), found in places.items() if room == "reading" for module in found
    } == set(NO_CHECKS)
    assert {place: found for place, found in places.items() if len(found) > 1} == {}
    assert {code for _, code in places} == CODES.keys()


def test_the_bulletin_names_no_province_city_or_county() -> None:
    """What a place is, and which levels there are, follows from its name and its ledger."""
    found = []
    for module in (PACKAGE / "bulletin").glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        notes = {id(docstring(node)) for node in ast.walk(tree)}
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) and id(node) not in notes else ""
            if isinstance(said, str) and re.search("[省市县]", said):
                found.append(f"{module.name}: {said}")
    assert found == []


def docstring(node: ast.AST) -> ast.AST | None:
    """The constant that only tells the reader: an expression by itself."""
    return node.value if isinstance(node, ast.Expr) else None


@pytest.mark.parametrize("package", ["reading", "bulletin", "cli"])
def test_the_engineers_page_names_every_room(package: str) -> None:
    told = re.findall(r"`([^`]+)`", (PACKAGE / "README.md").read_text(encoding="utf-8"))
    named = {word for each in told for word in re.findall(r"\w+", each)}
    rooms = {path.stem for path in (PACKAGE / package).glob("[!_]*.py")}
    assert rooms - named == set()
