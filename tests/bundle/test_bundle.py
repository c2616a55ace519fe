"""The zip for a Windows desk: what an archive must be, what lies where, whether anything is missing."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle import standins
from click.testing import CliRunner
from packaging.utils import canonicalize_name

import xlplugin
from xlplugin.bundle import APP, BLANK, TOP, bundle, handbook, packages
from xlplugin.bundle.interpreter import Interpreter
from xlplugin.cli import main
from xlplugin.errors import UserError

PYTHON = f"{TOP}/{APP}"
SITE = f"{PYTHON}/{packages.SITE}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("zip")
    digest = standins.embeddable(folder / "python.zip")
    wheels = standins.wheels(folder / "wheels")
    said = list(bundle(folder / "重点工程.zip", folder / "python.zip", digest, wheels))
    assert said[0].startswith("Python 3.12（64 位 Windows）")
    with zipfile.ZipFile(folder / "重点工程.zip") as file:
        yield file


def test_what_a_clerk_sees(built: zipfile.ZipFile) -> None:
    seen = {name.split("/")[1] for name in built.namelist()}
    assert seen == {
        "生成通报.cmd",
        "装进Excel.cmd",
        "从Excel移除.cmd",
        handbook.NAME,
        "pictures",
        BLANK,
        "app",
    }
    page = built.read(f"{TOP}/{handbook.NAME}").decode()
    assert "<table>" in page
    assert all(
        f"{TOP}/{src}" in built.namelist()
        for src in {part.split('"')[0] for part in page.split('<img src="')[1:]}
    )


def test_the_python_knows_its_own_packages_only(built: zipfile.ZipFile) -> None:
    lines = built.read(f"{PYTHON}/python312._pth").decode().split("\r\n")
    assert "python312.zip" in lines
    assert r"Lib\site-packages" in lines
    assert "import site" in lines, "pywin32 is found by a .pth of its own"
    assert not [line for line in lines if line.startswith(("..", "/", "\\"))]


def test_the_libraries_lie_where_the_workbooks_vba_looks(built: zipfile.ZipFile) -> None:
    version = importlib.metadata.version("xlwings")
    for bits in (32, 64):
        assert f"{PYTHON}/xlwings{bits}-{version}.dll" in built.namelist()


def test_what_only_windows_needs_is_in_it(built: zipfile.ZipFile) -> None:
    """pip, which fetches, judges by the machine that it runs on."""
    held = {name.rpartition("/")[2] for name in built.namelist()}
    assert {"pywin32_here.py", "tzdata_here.py", "colorama_here.py", "late_here.py"} <= held
    assert "appscript_here.py" not in held


def test_the_program_itself(built: zipfile.ZipFile) -> None:
    names = set(built.namelist())
    own = Path(xlplugin.__file__).parent
    for path in own.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"{SITE}/xlplugin/{path.relative_to(own).as_posix()}" in names
    about = built.read(f"{SITE}/xlplugin-{xlplugin.__version__}.dist-info/METADATA").decode()
    assert "Requires-Dist: xlwings==" in about, "the doctor reads it"
    assert not [name for name in names if "__pycache__" in name]


def test_the_same_again_is_the_same_zip(tmp_path: Path) -> None:
    digest = standins.standalone(tmp_path / "cpython-3.12-x86_64-pc-windows-msvc.tar.gz")
    wheels = standins.wheels(tmp_path / "wheels")
    made = []
    for name in ("1.zip", "2.zip"):
        list(bundle(tmp_path / name, next(tmp_path.glob("*.tar.gz")), digest, wheels))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "1.zip") as file:
        assert f"{PYTHON}/python.exe" in file.namelist()
        assert f"{PYTHON}/Lib/os.py" in file.namelist()


def _old(path: Path) -> str:
    return standins.embeddable(
        path, {"python.exe": standins.PROGRAM, "python310.dll": standins.PROGRAM}
    )


def _narrow(path: Path) -> str:
    return standins.embeddable(path, {**standins.LAYOUT, "python.exe": standins.NARROW})


def _none(path: Path) -> str:
    return standins.embeddable(path, {"readme.txt": b""})


def _no_zip(path: Path) -> str:
    import hashlib

    path.write_bytes(b"no zip")
    return hashlib.sha256(b"no zip").hexdigest()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_old, "是 3.10，要 3.11 以上"),
        (_narrow, "不是 64 位 Windows 的 Python"),
        (_none, "没有 python.exe"),
        (_no_zip, "不是 .zip 或 .tar.gz 压缩包"),
        (lambda path: standins.embeddable(path)[:-1] + "x", "SHA-256 是"),
        (lambda path: standins.embeddable(path) and None, "不知道 python.zip 应有的 SHA-256"),
    ],
    ids=["old", "32 bits", "no Python", "no archive", "changed", "unknown"],
)
def test_an_archive_that_will_not_do(tmp_path: Path, make, reason: str) -> None:  # type: ignore[no-untyped-def]
    digest = make(tmp_path / "python.zip")
    with pytest.raises(UserError, match=reason):
        list(bundle(tmp_path / "a.zip", tmp_path / "python.zip", digest))
    assert not (tmp_path / "a.zip").exists()


def test_the_publishers_own_digest_beside_the_archive_will_do(tmp_path: Path) -> None:
    digest = standins.embeddable(tmp_path / "python.zip")
    (tmp_path / "python.zip.sha256").write_text(f"{digest.upper()}  python.zip\n")
    list(bundle(tmp_path / "a.zip", tmp_path / "python.zip", None, standins.wheels(tmp_path / "w")))


def test_what_an_archive_would_write_beside_its_folder_is_left_out(tmp_path: Path) -> None:
    odd = {**standins.LAYOUT, "../../beside.txt": b"", "Lib/../../../beside.txt": b""}
    digest = standins.embeddable(tmp_path / "python.zip", odd)
    home = tmp_path / "own" / "app" / "python"
    assert Interpreter.unpacked(tmp_path / "python.zip", digest, home).version == "3.12"
    assert {path.name for path in home.rglob("*") if path.is_file()} == set(standins.LAYOUT)
    assert not list(tmp_path.rglob("beside.txt"))


def test_a_package_that_cannot_be_had(tmp_path: Path) -> None:
    digest = standins.embeddable(tmp_path / "python.zip")
    wheels = standins.wheels(tmp_path / "wheels")
    next(wheels.glob("late-*.whl")).unlink()
    done = CliRunner().invoke(
        main,
        ["bundle", "-o", str(tmp_path / "a.zip"), "--python", str(tmp_path / "python.zip")]
        + ["--sha256", digest, "--wheels", str(wheels)],
    )
    assert done.exit_code == 1
    assert "pip 取不到 64 位 Windows 的组件" in done.output
    assert "late" in done.output


def test_every_import_is_answered_for() -> None:
    """What the code imports, lazily too, is a package that the zip has by its metadata; charts and clusters stay outside."""
    stays_outside = {"matplotlib", "dask", "distributed", "packaging", "markdown-it-py", "pip"}
    asked = {
        canonicalize_name(packages.Requirement(each).name)
        for each in _closure(importlib.metadata.requires("xlplugin") or [])
    }
    homes = importlib.metadata.packages_distributions()
    for name, path in sorted(_imported()):
        found = {canonicalize_name(each) for each in homes.get(name, [name])}
        assert found & (asked | stays_outside) or name in ("winreg", "win32com"), (name, path)


def _closure(requirements: list[str]) -> set[str]:
    found: set[str] = set()
    left = list(packages.wanted(requirements, "3.12", packages.EXTRAS))
    while left:
        each = left.pop()
        name = packages.Requirement(each).name
        if name in {packages.Requirement(one).name for one in found}:
            continue
        found.add(each)
        try:
            more = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # Windows' own
            continue
        left += packages.wanted(more, "3.12", ("",))
    return found


def _imported() -> set[tuple[str, str]]:
    found = set()
    for path in Path(xlplugin.__file__).parent.rglob("*.py"):
        if path.parent.name == "office":  # runs inside LibreOffice, never from the zip
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            for name in names:
                top = name.partition(".")[0]
                if top and top != "xlplugin" and top not in sys.stdlib_module_names:
                    found.add((top, path.name))
    return found
